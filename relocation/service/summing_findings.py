"""Sums over what runs found in a county, kept in the log, so that a verdict altered past this program is found: a fail made a pass with an SQL tool.

As with records (`relocation.service.summing`) they are made after the run, outside the transaction that wrote it, and what was altered before the
next run is noted before that run writes over it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from relocation.evidence.chain import Event, Problem
from relocation.store import files, log, sums
from relocation.store.opening import Connection, Store

RUN, SUMMED, DIFFERED = "checks.run", "checks.summed", "checks.differed"
Sums = dict[str, Mapping[str, Any]]


def sum_findings(store: Store, county: str | None, *, now: datetime) -> None:
    """Append the sums of a county, or of all, after a run: those that differ from the last ones, and where any stand still one line that says so."""
    with store.whole.reading() as connection:
        revision, known = files.revision(connection, "findings"), _last(log.everything(connection, "checks."))[0]
        made = _sums(connection, None if county is None else {county})
    moved = {place: of for place, of in made.items() if place not in known or _told(known[place]) != of}
    if county is not None and not moved:
        moved = made
    with store.writing() as connection:
        if files.revision(connection, "findings") != revision:
            return  # another run came between, and sums for itself
        for place, of in sorted(moved.items()):
            _append(store, connection, SUMMED, place, now, {"revision": revision, "sums": of})
        if county is None and len(moved) < len(made):
            _append(store, connection, SUMMED, "", now, {"revision": revision, "counties": len(made) - len(moved)})


def vouch_findings(store: Store, county: str | None, *, now: datetime) -> None:
    """Note in the log where findings of a county (None: of all) were altered past this program since they were last summed, before a run hides it."""
    with store.whole.reading() as connection:
        lost = [one for one in differing(connection, log.everything(connection, "checks."), county) if one is not None]
    if lost:
        with store.writing() as connection:
            for place in sorted({one.where.partition(" ")[0] for one in lost}):
                mine = [one for one in lost if one.where.partition(" ")[0] == place]
                new = {"summed": mine[0].entry, "tables": [one.where.partition(" ")[2] for one in mine]}
                _append(store, connection, DIFFERED, place, now, new)


def differing(connection: Connection, events: Sequence[Event], county: str | None = None) -> Iterator[Problem | None]:
    """Give for every county whose findings are vouched for (or for one of them) None, or a problem a table that is not as its last sum says."""
    last, unsummed = _last(events)
    newest = max((event.seq for event in last.values()), default=0)
    held = {place: event for place, event in last.items() if place not in unsummed and county in (None, place)}
    if not held:
        return
    for table, columns in sums.FOUND.items():
        said = {place: _told(event).get(table, {}) for place, event in held.items()}
        for over in sorted({str(one.get("columns", columns)) for one in said.values()}):
            stands = _stands(connection, table, over, held if county else None)
            mine = {place: one for place, one in said.items() if one.get("columns", columns) == over}
            for place, then in mine.items():
                if dict(then) != stands.get(place, {}):
                    yield Problem("findings-altered", held[place].seq, f"{place} {table}")
            if not unsummed and county is None and over == columns:
                yield from (Problem("findings-altered", newest, f"{place} {table}") for place in sorted(stands.keys() - last.keys()))
    yield from (None for _ in held)


def noted(events: Sequence[Event]) -> Iterator[Problem]:
    """Give what was found altered past this program at earlier times."""
    for event in events:
        if event.action == DIFFERED:
            tables = event.new.get("tables") if isinstance(event.new, dict) else None
            yield Problem("findings-differed", event.seq, f"{event.county} {' '.join(map(str, tables or ()))}")


def _last(events: Sequence[Event]) -> tuple[dict[str, Event], set[str]]:
    """Return county → its last sums, and the counties whose runs came after them."""
    last: dict[str, Event] = {}
    unsummed: set[str] = set()
    for event in events:
        if event.action == SUMMED and event.county:
            last[event.county] = event
            unsummed.discard(event.county)
        elif event.action == SUMMED:
            unsummed.clear()
        elif event.action == RUN:
            unsummed |= {event.county} if event.county else set(last)
    return last, unsummed


def _told(event: Event) -> Sums:
    said = event.new.get("sums") if isinstance(event.new, dict) else None
    return {str(table): one for table, one in said.items() if isinstance(one, dict)} if isinstance(said, dict) else {}


def _sums(connection: Connection, counties: Collection[str] | None) -> dict[str, Sums]:
    made: dict[str, Sums] = {}
    for table, columns in sums.FOUND.items():
        for place, one in sums.found_sums(connection, table, columns, counties).items():
            made.setdefault(place, {})[table] = one
    return made


def _stands(connection: Connection, table: str, columns: str, counties: Collection[str] | None) -> Sums:
    try:
        return sums.found_sums(connection, table, columns, counties)
    except KeyError:
        return {}  # over columns that were since taken out, or none of this program's


def _append(store: Store, connection: Connection, action: str, county: str, now: datetime, new: Mapping[str, Any]) -> None:
    log.append(connection, by=store.actor, at=now, action=action, kind="sum", county=county, new=new)
