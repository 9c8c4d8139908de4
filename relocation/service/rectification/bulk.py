"""The same done with many entries in one go: how many it would be first, what could not be done and why, and taken back as long as nobody else went on."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from relocation.accounts.roles import Right
from relocation.ledger.entry import Entry, numbered, parted
from relocation.ledger.moves import RULES, Move
from relocation.ledger.moving import after, refused
from relocation.ledger.states import State
from relocation.ledger.workdays import Calendar
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.leading import lead, led_elsewhere
from relocation.service.rectification.listing import wanted
from relocation.service.rectification.logging import logged_together
from relocation.service.rectification.moving import Wish, ran_out
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.opening import Connection, Store
from relocation.store.rectification import Moved
from relocation.store.trouble import Trouble

IN_BULK = (Move.ASSIGN, Move.START, Move.EDIT, Move.EXTEND_REQUEST, Move.EXTEND_ANSWER)
"""What needs no look at each entry. Nothing is closed, accepted or dismissed by the dozen."""
SET_IN_BULK = frozenset({"unit", "person", "measure", "severity", "category"})
MOST_AT_ONCE = 5_000
HIGHEST = 2**31 - 1
"""No number of a batch is higher on any database."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was (or would be) done: the numbers of the entries, and of those left out how many for which reason. `batch` takes it back."""

    done: tuple[str, ...]
    left: Mapping[str, int]
    batch: int | None = None

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {"batch": self.batch, "done": list(self.done), "left_out": dict(self.left)}


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the entries on which somebody has gone on since, which stay as they are."""

    done: tuple[str, ...]
    left: tuple[str, ...]


def picked(store: Store, *, now: datetime, numbers: Sequence[str] | None = None, **filters: Any) -> list[Entry]:
    """Return the entries meant: those of the numbers, or all that fit the filters. Trouble when they are too many or a number is none."""
    if numbers is not None:
        try:
            filters = {**filters, "numbers": [parted(id) for id in numbers]}
        except ValueError as error:
            raise Trouble("unknown-entry", id=error.args[0]) from None
    asked = wanted(day_of(now), **filters)
    with store.reading() as connection:
        if lists.count(connection, asked) > MOST_AT_ONCE:
            raise Trouble("ledger-too-many", most=MOST_AT_ONCE)
        return lists.every(connection, asked)


def preview(store: Store, wish: Wish, entries: Sequence[Entry], *, now: datetime) -> Bulk:
    """Tell how many entries a move would be made with, and why not with the others. Nothing is changed."""
    wish = _in_bulk(store, wish)
    done, left = [], Counter[str]()
    calendars = _calendars(store, entries)
    with store.whole.reading() as connection:
        elsewhere = led_elsewhere(store, connection, {one.county for one in entries})
    for one in entries:
        why = _why_not(store, one, wish, now, calendars[one.county], elsewhere)
        if why:
            left[why] += 1
        else:
            done.append(one.id)
    return Bulk(tuple(done), left)


def move_all(store: Store, wish: Wish, entries: Sequence[Entry], *, now: datetime) -> Bulk:
    """Make a move with every entry it can be made with, as one batch. Entries somebody has changed since they were picked are left out ("changed")."""
    wish = _in_bulk(store, wish)
    left = Counter[str]()
    calendars = _calendars(store, entries)
    with store.writing() as connection:
        now_there = ledger.current(connection, [(one.county, one.number) for one in entries])
        elsewhere = led_elsewhere(store, connection, {one.county for one in entries})
        changes: list[tuple[Entry | None, Entry]] = []
        for one in entries:
            before = now_there.get((one.county, one.number))
            why = "changed" if before is None or before.version != one.version else _why_not(store, before, wish, now, calendars[one.county], elsewhere)
            if why or before is None:
                left[why] += 1
                continue
            before = ran_out(connection, store, before, now)
            changes.append((before, after(before, wish.step(store, day_of(now), calendars[one.county]))))
        batch = _keep(connection, store, changes, wish.move, now, wish.reason)
    return Bulk(tuple(one.id for _, one in changes), left, batch)


def _keep(
    connection: Connection, store: Store, changes: Sequence[tuple[Entry | None, Entry]], move: Move, now: datetime, reason: str, of: int | None = None
) -> int | None:
    """Keep what was done with many entries, note and log it as one batch, and take along those that follow them."""
    moved = [one for _, one in changes]
    ledger.save_all(connection, moved)
    batch = ledger.add_moves(connection, changes, move, store.actor.name, now, reason=reason)
    if batch is not None:
        logged_together(connection, store.actor, now, move, moved, batch, reason, of)
    leaders = ledger.leaders(connection, sorted({one.county for one in moved}))
    for one in moved:
        if (one.county, one.number) in leaders:
            lead(connection, store, one, now)
    return batch


def _calendars(store: Store, entries: Sequence[Entry]) -> dict[str, Calendar]:
    return {county: calendar_of(store, county) for county in sorted({one.county for one in entries})}


def _in_bulk(store: Store, wish: Wish) -> Wish:
    if wish.move not in IN_BULK:
        raise Trouble("ledger-bulk", move_zh=wish.move.zh, move_en=wish.move.en)
    if not set(wish.fields or {}) <= SET_IN_BULK:
        raise Trouble("ledger-field")
    duty = RULES[wish.move].duty
    assert duty is not None
    store.require(Right(duty.value))
    return wish.clean()


def _why_not(store: Store, one: Entry, wish: Wish, now: datetime, calendar: Calendar, elsewhere: Collection[tuple[str, int]]) -> str:
    if not store.actor.scope.holds(one.county, one.township) or (one.county, one.number) in elsewhere:
        return "place"
    return refused(one, wish.step(store, day_of(now), calendar))


def undo(store: Store, batch: int, *, now: datetime) -> Undone:
    """Take a batch back: every entry that nobody has touched since stands as before, with both moves in its history.

    Trouble for a batch there is none of, or of entries opened together: numbers are given for good.
    """
    with store.reading() as connection:
        moves = ledger.batch(connection, batch) if batch <= HIGHEST else []
    if not moves:
        raise Trouble("unknown-batch", id=batch)
    kind = moves[0].move
    duty = RULES[kind].duty if kind in IN_BULK else None
    if duty is None:
        raise Trouble("ledger-bulk", move_zh=Move.UNDO.zh, move_en=Move.UNDO.en)
    with store.writing() as connection:
        now_there = ledger.current(connection, [(one.county, one.number) for one in moves])
        elsewhere = led_elsewhere(store, connection, {one.county for one in moves})
        for before in now_there.values():
            store.require(Right(duty.value), before.county, before.township)
            if (before.county, before.number) in elsewhere:
                raise Trouble("ledger-group-elsewhere", id=before.id)
        untouched = [(now_there[one.county, one.number], one) for one in moves if now_there[one.county, one.number].version == one.version and _plain(one)]
        changes: list[tuple[Entry | None, Entry]] = [(before, _as_before(before, one)) for before, one in untouched]
        _keep(connection, store, changes, Move.UNDO, now, kind.zh, batch)
    done = {one.id for _, one in changes}
    every = [numbered(one.county, one.number) for one in moves]
    return Undone(tuple(id for id in every if id in done), tuple(id for id in every if id not in done))


def _plain(move: Moved) -> bool:
    """Tell whether a move can be taken back: a submission or an acceptance that it cancelled is given anew by whom it takes, and not by an undo."""
    return move.since not in (State.SUBMITTED, State.ACCEPTED_UNTIL) or move.to is move.since


def _as_before(now_there: Entry, move: Moved) -> Entry:
    old = {name: ledger.from_plain(name, pair[0]) for name, pair in move.fields.items()}
    return replace(now_there, **old, version=now_there.version + 1)
