"""The log of what was done: appended in the same transaction as the change itself, hash-chained, never altered."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from checks.free_text import without_numbers
from relocation.accounts.actor import Actor
from relocation.evidence.chain import FIRST, Event, Head, Kept, body, canonical, link
from relocation.store.connecting import ONE_WRITES
from relocation.store.files import in_utc
from relocation.store.tables import event

BACK_BY = timedelta(minutes=10)
"""An entry's moment is when its work began, so a long import may come behind a short save; a step back beyond this is the clock's."""

CLOCK_BACK = "clock.back"
"""The entry put before one whose moment lies before the last one's: from when to when the clock went."""


def append(
    connection: Connection,
    *,
    by: Actor,
    at: datetime,
    action: str,
    kind: str = "",
    county: str = "",
    township: str = "",
    subject: str = "",
    old: Any = None,
    new: Any = None,
    why: str = "",
    files: Sequence[str] = (),
) -> int:
    """Append an entry and return its number; the connection's transaction makes it stand or fall with the change.

    `action` is a noun and a past participle ("records.imported"). `old` and `new` are plain JSON values and never hold anybody's ID number, card,
    phone, illness or name: a personal field is named, its value is not. Where the clock went back, an entry before this one says so.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(ONE_WRITES)  # an entry needs the hash of the one before; a writer of the store has it already
    last = connection.execute(select(event.c.seq, event.c.hash, event.c.at).order_by(event.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    moment = in_utc(at)
    if last and moment < datetime.fromisoformat(last.at) - BACK_BY:
        previous = _insert(connection, Event(seq, _said(moment), by.name, CLOCK_BACK, old=last.at, new=_said(moment)), previous)
        seq += 1
    why = without_numbers(why)  # the last wall: whoever typed it was told before
    _insert(connection, Event(seq, _said(moment), by.name, action, kind, county, township, subject, old, new, why, tuple(files)), previous)
    return seq


def _insert(connection: Connection, one: Event, previous: str) -> str:
    columns = {name: getattr(one, name) for name in ("seq", "at", "who", "action", "kind", "county", "township", "subject", "why")}
    made = link(previous, body(one))
    connection.execute(
        insert(event).values(**columns, old=canonical(one.old), new=canonical(one.new), files=canonical(list(one.files)), previous=previous, hash=made)
    )
    return made


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def timeline(connection: Connection, kind: str, county: str, subject: str) -> list[Event]:
    """Return what was done to one subject, the oldest first."""
    wanted = select(event).where(event.c.kind == kind, event.c.county == county, event.c.subject == subject).order_by(event.c.seq)
    return [as_event(row) for row in connection.execute(wanted).mappings()]


def everything(connection: Connection, begun: str = "") -> list[Event]:
    """Return every entry a reader may see (whose action begins so), the oldest first, but for those that can no longer be read: `kept` gives them too."""
    wanted = select(event).order_by(event.c.seq)
    rows = connection.execute(wanted.where(event.c.action.startswith(begun, autoescape=True)) if begun else wanted).mappings()
    return [as_event(row) for row in rows if _body(row) != UNREADABLE]


def kept(connection: Connection) -> Iterator[Kept]:
    """Give every entry as it is kept, in the order of its number. A part that is not the JSON that was hashed makes the body another."""
    for row in connection.execute(select(event).order_by(event.c.seq)).mappings():
        yield Kept(row["seq"], _body(row), row["previous"], row["hash"])


UNREADABLE = "?"
"""Stands for the body of an entry whose parts are not the JSON that was hashed: no hash is made over it."""


def _body(row: Any) -> str:
    try:
        one = as_event(row)
    except ValueError:
        return UNREADABLE
    same = all(canonical(said) == row[name] for name, said in (("old", one.old), ("new", one.new), ("files", list(one.files))))
    return body(one) if same else UNREADABLE


def head(connection: Connection) -> Head | None:
    """Return the last entry's number, hash and moment; None before the first."""
    last = connection.execute(select(event.c.seq, event.c.hash, event.c.at).order_by(event.c.seq.desc()).limit(1)).first()
    return Head(last.seq, last.hash, last.at) if last else None


def hash_at(connection: Connection, seq: int) -> str | None:
    """Return the hash of the entry of a number, None where there is none."""
    return connection.execute(select(event.c.hash).where(event.c.seq == seq)).scalar()


def count(connection: Connection) -> int:
    """Return how many entries there are."""
    return connection.execute(select(func.count()).select_from(event)).scalar_one()


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the log are wanted: all conditions hold together, an empty one says nothing.

    before  : the number of an entry; only earlier ones
    action  : how the action begins ("records")
    day     : in UTC, YYYY-MM-DD
    between : two moments as they are kept, the latter left out
    """

    before: int | None = None
    subject: str = ""
    who: str = ""
    action: str = ""
    day: str = ""
    county: str = ""
    between: tuple[str, str] | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Give them as conditions on the table."""
        if self.before:
            yield event.c.seq < self.before
        for name in ("subject", "who", "county"):
            if value := getattr(self, name):
                yield event.c[name] == value
        for column, begins in ((event.c.action, self.action), (event.c.at, self.day)):
            if begins:
                yield column.startswith(begins, autoescape=True)
        if self.between:
            yield and_(event.c.at >= self.between[0], event.c.at < self.between[1])


def latest(connection: Connection, sought: Sought, *, limit: int) -> list[Event]:
    """Return the entries sought, the newest first."""
    wanted = select(event).where(*sought.conditions()).order_by(event.c.seq.desc()).limit(limit)
    return [as_event(row) for row in connection.execute(wanted).mappings()]


def places_of(connection: Connection, begun: str) -> list[tuple[int, str, str]]:
    """Return (number, county, action) of the entries whose action begins so, the oldest first."""
    wanted = select(event.c.seq, event.c.county, event.c.action).where(event.c.action.startswith(begun, autoescape=True)).order_by(event.c.seq)
    return [(seq, county, action) for seq, county, action in connection.execute(wanted)]


def as_event(row: Any) -> Event:
    """Return a stored row as the entry that was hashed."""
    old, new, files = (json.loads(row[name]) for name in ("old", "new", "files"))
    place = {name: row[name] for name in ("kind", "county", "township", "subject")}
    return Event(row["seq"], row["at"], row["who"], row["action"], **place, old=old, new=new, why=row["why"], files=tuple(files))
