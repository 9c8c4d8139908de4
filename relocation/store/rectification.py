"""The rectification ledger in the store: entries kept whole, every change of one with who, when and what it was before.

An entry is changed only if nobody else has changed it since it was read: its version tells.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, tuple_, update

from relocation.ledger.entry import Earlier, Entry
from relocation.ledger.moves import HANDS, Move
from relocation.ledger.states import Presence, Severity, State, Tier, Worded
from relocation.store.files import as_utc, in_utc
from relocation.store.rectification_tables import ledger_entry, ledger_move, ledger_number

COLUMNS = tuple(field.name for field in fields(Entry))
_WORDED: Mapping[str, type[Worded]] = {"tier": Tier, "severity": Severity, "state": State, "presence": Presence}
_AT_ONCE = 1_000
_DAYS = frozenset({"due_on", "asked_due_on", "submitted_on", "accepted_until", "closed_on"})


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of an entry: `fields` are its columns that changed, old and new as plain JSON values; `batch` what it was done together with."""

    id: int
    county: str
    number: int
    version: int
    at: datetime
    who: str
    move: Move
    since: State
    to: State
    reason: str
    evidence: tuple[str, ...]
    fields: Mapping[str, tuple[Any, Any]]
    batch: int | None


def plain(entry: Entry) -> dict[str, Any]:
    """Return an entry's columns as plain JSON values."""
    return {name: _plain(name, getattr(entry, name)) for name in COLUMNS}


def _plain(name: str, value: Any) -> Any:
    if name == "earlier":
        return [[one.due_on.isoformat(), one.changed_on.isoformat(), one.why] for one in value]
    if isinstance(value, Worded):
        return value.id
    return value.isoformat() if isinstance(value, date) else value


def from_plain(name: str, value: Any) -> Any:
    """Return one column's value from its plain one."""
    if name == "earlier":
        return tuple(Earlier(date.fromisoformat(was), date.fromisoformat(until), why) for was, until, why in value)
    if name in _WORDED:
        return _WORDED[name].by_id(value)
    return date.fromisoformat(value) if name in _DAYS and value else value


def _stored(entry: Entry) -> dict[str, Any]:
    made = {name: value.id if isinstance(value := getattr(entry, name), Worded) else value for name in COLUMNS}
    return {**made, "opened_at": in_utc(entry.opened_at), "earlier": json.dumps(_plain("earlier", entry.earlier), ensure_ascii=False)}


def as_entry(row: RowMapping) -> Entry:
    """Return a stored row as an entry."""
    told = {name: row[name] for name in COLUMNS}
    told |= {name: words.by_id(row[name]) for name, words in _WORDED.items()}
    return Entry(**{**told, "earlier": from_plain("earlier", json.loads(row["earlier"])), "opened_at": as_utc(row["opened_at"])})


def get(connection: Connection, county: str, number: int) -> Entry | None:
    """Return one entry, None for one there is none of."""
    row = connection.execute(select(ledger_entry).where(ledger_entry.c.county == county, ledger_entry.c.number == number)).mappings().first()
    return as_entry(row) if row else None


def columns_of_all(connection: Connection, names: Sequence[str]) -> dict[tuple[str, int], dict[str, Any]]:
    """Return (county, number) → some columns of every entry as they stand in the database, days and moments as text; nothing of them is interpreted."""
    rows = connection.execute(select(ledger_entry)).mappings()
    return {(row["county"], row["number"]): {name: _said(row[name]) for name in names} for row in rows}


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_utc(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def notes_of_all(connection: Connection) -> list[dict[str, Any]]:
    """Return the note of every move as it stands in the database, in the order in which they were made."""
    return [dict(row) for row in connection.execute(select(ledger_move).order_by(ledger_move.c.id)).mappings()]


def add(connection: Connection, entries: Sequence[Entry], who: str, at: datetime, *, batch: bool = False, reason: str = "") -> tuple[list[Entry], int | None]:
    """Give entries their numbers and keep them with the moves that opened them; returns them and, with `batch`, what they were opened in together."""
    numbers = {county: _numbers(connection, county, sum(one.county == county for one in entries)) for county in sorted({one.county for one in entries})}
    given = [replace(one, number=next(numbers[one.county])) for one in entries]
    if given:
        connection.execute(insert(ledger_entry), [_stored(one) for one in given])
    return given, add_moves(connection, [(None, one) for one in given], Move.OPEN, who, at, reason=reason, batch=batch)


def _numbers(connection: Connection, county: str, wanted: int) -> Iterator[int]:
    """Take so many numbers of a county, in order."""
    here = ledger_number.c.county == county
    last = connection.execute(update(ledger_number).where(here).values(last=ledger_number.c.last + wanted).returning(ledger_number.c.last)).scalar()
    if last is None:
        connection.execute(insert(ledger_number).values(county=county, last=wanted))
        last = wanted
    return iter(range(last - wanted + 1, last + 1))


def save(connection: Connection, before: Entry, after: Entry) -> bool:
    """Keep a changed entry; False, with nothing done, when it is no longer as it was read."""
    old, new = _stored(before), _stored(after)
    here = and_(ledger_entry.c.county == before.county, ledger_entry.c.number == before.number, ledger_entry.c.version == before.version)
    changed = {name: value for name, value in new.items() if value != old[name]}
    return connection.execute(update(ledger_entry).where(here).values(**changed)).rowcount == 1


def current(connection: Connection, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Entry]:
    """Return entries by county and number as they are now, to be changed in this transaction: on a server nobody else changes them meanwhile."""
    found: dict[tuple[str, int], Entry] = {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = select(ledger_entry).where(tuple_(ledger_entry.c.county, ledger_entry.c.number).in_(keys[start : start + _AT_ONCE])).with_for_update()
        found |= {(row["county"], row["number"]): as_entry(row) for row in connection.execute(wanted).mappings()}
    return found


def save_all(connection: Connection, entries: Sequence[Entry]) -> None:
    """Keep changed entries that were read by `current` in this transaction."""
    here = and_(ledger_entry.c.county == bindparam("of_county"), ledger_entry.c.number == bindparam("of_number"))
    rows = [{**_stored(one), "of_county": one.county, "of_number": one.number} for one in entries]
    if rows:
        connection.execute(update(ledger_entry).where(here), rows)


def leaders(connection: Connection, counties: Sequence[str]) -> set[tuple[str, int]]:
    """Return the entries of some counties that stand for others."""
    wanted = select(ledger_entry.c.county, ledger_entry.c.root).where(ledger_entry.c.root.is_not(None), ledger_entry.c.county.in_(counties)).distinct()
    return {(row.county, row.root) for row in connection.execute(wanted)}


def set_presence(connection: Connection, entries: Sequence[Entry], presence: Presence) -> None:
    """Note what the checks' latest run says of entries. That is nobody's edit: it counts no version, so that no edit meets it."""
    keys = [(one.county, one.number) for one in entries]
    for start in range(0, len(keys), _AT_ONCE):
        here = tuple_(ledger_entry.c.county, ledger_entry.c.number).in_(keys[start : start + _AT_ONCE])
        connection.execute(update(ledger_entry).where(here).values(presence=presence.id))


def add_move(
    connection: Connection, before: Entry | None, after: Entry, move: Move, who: str, at: datetime, *, reason: str = "", evidence: Sequence[str] = ()
) -> int:
    """Note a change of an entry (before None: its opening) and return the note's id."""
    values = _note(before, after, move, who, at, reason, evidence)
    return int(connection.execute(insert(ledger_move).values(**values).returning(ledger_move.c.id)).scalar_one())


def add_moves(
    connection: Connection, changes: Sequence[tuple[Entry | None, Entry]], move: Move, who: str, at: datetime, *, reason: str = "", batch: bool = True
) -> int | None:
    """Note the same move of several entries; with `batch` as done in one go, which is named by the id of its first note and returned."""
    if not changes:
        return None
    (before, after), *rest = changes
    first = add_move(connection, before, after, move, who, at, reason=reason)
    named = first if batch else None
    connection.execute(update(ledger_move).where(ledger_move.c.id == first).values(batch=named))
    notes = [{**_note(*one, move, who, at, reason, ()), "batch": named} for one in rest]
    if notes:
        connection.execute(insert(ledger_move), notes)
    return named


def _note(before: Entry | None, after: Entry, move: Move, who: str, at: datetime, reason: str, evidence: Sequence[str]) -> dict[str, Any]:
    old, new = plain(before) if before else {}, plain(after)
    changed = {name: [old.get(name), new[name]] for name in COLUMNS if (not old or old[name] != new[name]) and name != "version"}
    if before is None:  # an opening holds everything, so that what never changes is vouched for too
        changed["opened_at"] = [None, in_utc(after.opened_at).isoformat()]
    return {
        "county": after.county, "township": after.township, "number": after.number, "version": after.version, "at": in_utc(at), "who": who,
        "move": move.id, "since": (before or after).state.id, "to": after.state.id, "reason": reason,
        "evidence": json.dumps(list(evidence)), "fields": json.dumps(changed, ensure_ascii=False), "batch": None,
    }  # fmt: skip


def moves(connection: Connection, county: str, number: int) -> list[Moved]:
    """Return what was done with an entry, the oldest first."""
    wanted = select(ledger_move).where(ledger_move.c.county == county, ledger_move.c.number == number).order_by(ledger_move.c.version)
    return [as_moved(row) for row in connection.execute(wanted).mappings()]


def hands(connection: Connection, county: str, number: int) -> frozenset[str]:
    """Return who opened, worked on or submitted an entry or one for which it stands."""
    group = select(ledger_entry.c.number).where(ledger_entry.c.county == county, or_(ledger_entry.c.number == number, ledger_entry.c.root == number))
    wanted = select(ledger_move.c.who).where(
        ledger_move.c.county == county, ledger_move.c.number.in_(group), ledger_move.c.move.in_(sorted(one.id for one in HANDS))
    )
    return frozenset(connection.execute(wanted.distinct()).scalars())


def batch(connection: Connection, id: int) -> list[Moved]:
    """Return the moves of what was done in one go."""
    wanted = select(ledger_move).where(ledger_move.c.batch == id).order_by(ledger_move.c.id)
    return [as_moved(row) for row in connection.execute(wanted).mappings()]


def as_moved(row: RowMapping) -> Moved:
    """Return a stored row as a change."""
    return Moved(
        row["id"], row["county"], row["number"], row["version"], as_utc(row["at"]), row["who"], Move.by_id(row["move"]),
        State.by_id(row["since"]), State.by_id(row["to"]), row["reason"], tuple(json.loads(row["evidence"])),
        {name: (old, new) for name, (old, new) in json.loads(row["fields"]).items() if row["version"] > 1}, row["batch"],
    )  # fmt: skip


def at_version(entry: Entry, past: Sequence[Moved], version: int) -> Entry:
    """Return an entry as it was at one of its versions: what was changed since, taken back."""
    for one in reversed(past):
        if one.version > version:
            entry = replace(entry, **{name: from_plain(name, old) for name, (old, _) in one.fields.items()}, version=one.version - 1)
    return entry


def followers(connection: Connection, county: str) -> list[tuple[int, str]]:
    """Return of every entry of a county that another stands for: the number of that one, and its own township."""
    wanted = select(ledger_entry.c.root, ledger_entry.c.township).where(ledger_entry.c.county == county, ledger_entry.c.root.is_not(None))
    return [(row.root, row.township) for row in connection.execute(wanted)]


def of_root(connection: Connection, county: str, number: int) -> list[Entry]:
    """Return the entries for which one stands."""
    wanted = select(ledger_entry).where(ledger_entry.c.county == county, ledger_entry.c.root == number).order_by(ledger_entry.c.number)
    return [as_entry(row) for row in connection.execute(wanted).mappings()]
