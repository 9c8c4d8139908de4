"""Sums over a county's records kept in the log, so that a record altered past this program is found: an area made smaller with an SQL tool.

They are made after an import, and before the checks judge what came otherwise, outside the transaction that wrote the records: nobody waits
for them. Between the two a county's records are not yet vouched for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from relocation.evidence.chain import Event, Problem
from relocation.store import files, ledgers, log, sums
from relocation.store.opening import Connection, Store

SUMMED, DIFFERED = "records.summed", "records.differed"


def sum_records(store: Store, *, now: datetime) -> None:
    """Append the sums of every county whose records changed since they were last summed; nothing where none did, or where more come just now."""
    with store.whole.reading() as connection:
        revision = files.revision(connection, "records")
        stale = [county for county, since in _touched(connection).items() if since]
        made = {county: sums.record_sums(connection, county) for county in stale}
    if not made:
        return
    with store.writing() as connection:
        if files.revision(connection, "records") != revision:
            return  # whoever brought more sums it
        for county, of in sorted(made.items()):
            log.append(connection, by=store.actor, at=now, action=SUMMED, kind="sum", county=county, new={"revision": revision, "sums": of})


def _touched(connection: Connection) -> dict[str, bool]:
    """Return county → whether its records changed since they were last summed, of every county that has any or had."""
    found = dict.fromkeys(ledgers.counties_with_records(connection), True)
    for _, county, action in log.places_of(connection, "records."):
        found[county] = action != SUMMED
    return {county: since for county, since in found.items() if county}


def vouch(store: Store, counties: Collection[str] | None, *, now: datetime) -> None:
    """Note in the log where records of some counties (None: of all) were altered past this program since they were last summed, before more hide it."""
    with store.whole.reading() as connection:
        events = [one for one in log.everything(connection, "records.") if counties is None or one.county in counties]
        found = [problem for problem in differing(connection, events) if problem is not None]
    if found:
        with store.writing() as connection:
            for county in sorted({problem.where.partition(" ")[0] for problem in found}):
                kinds = [problem.where.partition(" ")[2] for problem in found if problem.where.startswith(county)]
                entry = next(problem.entry for problem in found if problem.where.startswith(county))
                log.append(connection, by=store.actor, at=now, action=DIFFERED, kind="sum", county=county, new={"summed": entry, "kinds": kinds})


def differing(connection: Connection, events: Sequence[Event]) -> Iterator[Problem | None]:
    """Give for every county that is summed None, or a problem a kind whose records are not those of its last sum; and what was noted before."""
    last: dict[str, Event | None] = {}
    for event in events:
        if event.action == SUMMED:
            last[event.county] = event
        elif event.action.startswith("records.") and event.county:
            last[event.county] = None  # changed since by this program: not yet summed
    for county, summed in sorted(last.items()):
        if summed is not None:
            yield from _held(connection, county, summed)


def noted(events: Sequence[Event]) -> Iterator[Problem]:
    """Give what was found altered past this program at earlier times."""
    for event in events:
        if event.action == DIFFERED:
            kinds = event.new.get("kinds") if isinstance(event.new, dict) else None
            yield Problem("records-differed", event.seq, f"{event.county} {' '.join(map(str, kinds or ()))}")


def _held(connection: Connection, county: str, event: Event) -> Iterator[Problem | None]:
    then = event.new.get("sums") if isinstance(event.new, dict) else None
    if not isinstance(then, dict):
        yield Problem("records-altered", event.seq, county)
        return
    lost = [kind for kind, one in then.items() if not _stands(connection, county, kind, one)]
    lost += [kind for kind in sums.kinds_in(connection, county) if kind not in then]
    yield from (Problem("records-altered", event.seq, f"{county} {kind}") for kind in sorted(lost))
    if not lost:
        yield None


def _stands(connection: Connection, county: str, kind: str, then: Mapping[str, Any]) -> bool:
    try:
        return sums.record_sum(connection, kind, county, then["columns"]) == then
    except (KeyError, TypeError, AttributeError):
        return False  # no sum of this program's, or over columns that were since taken out
