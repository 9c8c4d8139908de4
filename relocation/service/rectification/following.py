"""What a run of the checks means for the ledger: each entry that a check opened is new, still there, gone or back, and no run closes one.

A run speaks for its scope alone. Where a finding is back whose entry was closed, a new entry is opened that points to the old one.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.moving import lapsed
from relocation.ledger.states import Presence, State
from relocation.service.rectification.days import day_of
from relocation.service.rectification.leading import lead
from relocation.service.rectification.logging import logged, seen
from relocation.service.rectification.opening import CHECKS, entries_from, keep_from_run
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store import runs
from relocation.store.frames import StoredRow
from relocation.store.opening import Connection, Store

CHANGED = "接受以后数据有变，原来的批准失效"

CAME_BACK = "问题再现"
"""Why a run opens an entry, as its history says it."""


def follow(store: Store, connection: Connection, scopes: runs.Scopes, rows: Sequence[StoredRow], now: datetime) -> None:
    """Bring the presence of the scopes' entries up to what was found; `rows` are all findings kept of those scopes."""
    watched = lists.newest_by_finding(connection, runs.lying_in(scopes, lists.TABLE))
    if not watched:
        return
    found = {row[:4]: row for row in rows if row[6] in runs.OPEN}
    again: dict[runs.Key, int] = {}
    moved: dict[Presence, list[Entry]] = {}
    for key, one in watched.items():
        if one.state.closed and one.presence is Presence.GONE and key in found:
            again[key] = one.number
        elif (presence := _presence(one, key in found)) is not one.presence:
            moved.setdefault(presence, []).append(one)
    for key, one in watched.items():
        if one.state is State.ACCEPTED_UNTIL and key in found and _otherwise(one, found[key]):
            _lapse(store, connection, _standing(connection, one), now)
    for presence, entries in moved.items():
        ledger.set_presence(connection, entries, presence)
        for one in entries:
            seen(connection, store.actor, now, one, presence)
    if again:
        made = entries_from(store, [runs.as_finding(found[key]) for key in again], now)
        back = [replace(one, presence=Presence.BACK, repeats=number) for one, number in zip(made, again.values(), strict=True)]
        keep_from_run(store, connection, back, now, reason=CAME_BACK)


_WEIGHED = [runs.COLUMNS.index(name) for name in ("severity", "reason", "measured")]


def _otherwise(one: Entry, row: StoredRow) -> bool:
    """Tell whether something else is found now than when an entry was accepted."""
    before = json.loads(one.found)
    return any(before[at] != row[at] for at in _WEIGHED)


def _standing(connection: Connection, one: Entry) -> Entry:
    """Return the entry that was accepted with one: that which stands for it, or itself, as it is now."""
    found = ledger.get(connection, one.county, one.number if one.root is None else one.root)
    assert found is not None  # entries are never deleted
    return found


def _lapse(store: Store, connection: Connection, one: Entry, now: datetime) -> None:
    """Open an accepted entry again, and those it stands for: the approval was of what was found then."""
    if one.state is not State.ACCEPTED_UNTIL:
        return  # another of its group has opened it already
    after = lapsed(one, day_of(now))
    if ledger.save(connection, one, after):
        ledger.add_move(connection, one, after, Move.LAPSE, CHECKS, now, reason=CHANGED)
        logged(connection, store.actor, now, Move.LAPSE, one, after, CHANGED)
        lead(connection, store, after, now)


def _presence(one: Entry, found: bool) -> Presence:
    if not found:
        return Presence.GONE
    if one.presence is Presence.GONE:
        return Presence.BACK
    return Presence.STILL


def proposed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the entries whose finding is gone and which are not closed: closing is proposed, a person decides."""
    return (one for one in entries if one.presence is Presence.GONE and not one.state.closed)
