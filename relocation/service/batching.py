"""A nation judged by batches of counties, and kept check by check: no more of its ledgers and findings is in memory than one batch of them.

The answer is that of judging everything at once. What bears on a batch from other counties is read beside it by the links
the rules declare, and a ledger that a rule looks into without a link is read whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from checks.check import Check
from checks.records import RecordKind, Records, joined
from checks.vocabulary import LEDGERS
from relocation import steps
from relocation.service.checking import RunReport, keep, keep_standings, log_run, report
from relocation.service.judging import Judged, frames, judge
from relocation.service.lawbook import overlays
from relocation.service.reference import around
from relocation.store import files, ledgers, runs
from relocation.store.frames import read_ledgers, read_records, read_tied
from relocation.store.opening import Connection, Store

MOST_COUNTIES = 200
"""So many counties make a batch at most, however few their households."""


def check_by_batches(store: Store, which: Sequence[Check], *, as_of: date, now: datetime, only: Sequence[str], batch: int) -> RunReport:
    """Judge every county, as many at a time as have `batch` households together, and keep what was found in one transaction."""
    layers, places = around(store), overlays(store)
    counted: Counter[tuple[str, str, str]] = Counter()
    moved: list[runs.Moved] = []
    with store.writing() as connection:
        run = runs.add_run(connection, files.in_utc(now), as_of, None, only, files.revision(connection, "records"))
        names = files.county_names(connection)
        for counties in steps.each("counties", list(_batches(ledgers.households_by_county(connection), batch))):
            of = read_ledgers(connection, counties)
            beside = _beside(connection, which, of, counties)
            counted += _kept((store, connection, run, now), which, judge(frames(of, names), which, as_of, layers, beside, places), counties, moved)
        runs.replace_counts(connection, [one.id for one in which], None, counted)
        every = runs.together(moved)
        runs.note_moved(connection, run, every)
        log_run(store, connection, run, "", now)
    totals: Counter[tuple[str, str]] = Counter()
    for (id, _place, outcome), number in counted.items():
        totals[id, outcome] += number
    return report(run, as_of, totals, which, every)


def _batches(households: Mapping[str, int], batch: int) -> Iterable[list[str]]:
    """Yield the counties in order, together as long as they have at most `batch` households; a larger county alone."""
    here: list[str] = []
    for county, number in sorted(households.items()):
        if here and (len(here) == MOST_COUNTIES or sum(households[one] for one in here) + number > batch):
            yield here
            here = []
        here.append(county)
    if here:
        yield here


def _beside(connection: Connection, which: Sequence[Check], of: Mapping[str, Records], counties: Sequence[str]) -> dict[str, Records]:
    """Return the ledgers that checks look into: those of the batch, and what is tied to them in other counties."""
    beside = dict(of)
    wanted = dict.fromkeys((kind, ledger) for check in which for kind in check.about for ledger in check.looks_into(kind))
    whole = {ledger for kind, ledger in wanted if any(kind in one.about and ledger in one.looks_into(kind) and not one.links(kind, ledger) for one in which)}
    for ledger in whole:
        beside[ledger] = read_records(connection, LEDGERS[ledger])
    for kind, ledger in wanted:
        for link in dict.fromkeys(link for check in which if kind in check.about and ledger in check.looks_into(kind) for link in check.links(kind, ledger)):
            if ledger not in whole and not link.within(()) and kind.ledger in of:
                tied = read_tied(connection, LEDGERS[ledger], kind, link, counties)
                if len(tied):
                    beside[ledger] = joined([beside[ledger], tied]) if ledger in beside else tied
    return {ledger: records for ledger, records in beside.items() if len(records)}


def _kept(
    sitting: tuple[Store, Connection, int, datetime], which: Sequence[Check], judged: Iterable[Judged], counties: Sequence[str], moved: list[runs.Moved]
) -> Counter[tuple[str, str, str]]:
    """Keep what a batch found, one check and ledger after the other, and how each record stands; adds what moved to `moved`."""
    counted: Counter[tuple[str, str, str]] = Counter()
    store, connection, run, now = sitting
    light: list[Judged] = []
    left = {(check.id, kind.ledger) for check in which for kind in check.about}

    def kept(check: str, ledger: str, parts: Sequence[Judged]) -> None:
        scope = runs.Scope([check], tuple(counties), ledger)
        told, _ = keep(store, connection, run, [scope], parts, now)
        moved.append(told)

    for (check, ledger), group in groupby(judged, key=_of):
        parts = list(group)
        kept(check, ledger, parts)
        left.discard((check, ledger))
        for one in parts:
            counted.update(one.counts())
            light.append(replace(one, verdict=replace(one.verdict, measured=None, limits=(), by=None, missing={}, facts={}, at=None)))
    for check, ledger in sorted(left):  # what was found there before is there no more
        kept(check, ledger, ())
    keep_standings(connection, light)
    return counted


def _of(one: Judged) -> tuple[str, str]:
    kind: RecordKind = one.records.kind
    return one.check.id, kind.ledger
