"""The checks run over what is stored, and their findings kept.

Sites and areas keep every outcome, households every outcome but pass: a nation of passing homes would be stored to say
nothing, and is counted instead. What was found is compared by key with the run before; a run speaks only for the county and
the checks it was limited to, so a partial run never closes anything outside them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from checks import census
from checks.check import Check
from checks.finding import Finding
from checks.records import Records
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import HOUSEHOLD, KINDS, SITE
from relocation.service.judging import Judged, chosen, frames, judge
from relocation.service.reference import around
from relocation.store import files, ledgers, runs
from relocation.store.frames import StoredRow, read_records
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

NAMED = 10
"""So many counties are named to somebody who asked for one that is not there."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run found: check → outcome → how many subjects, and what moved since the run before.

    An *open* finding is a fail, review or no-data. `new`: open now and never before; `still`: open now and then;
    `back`: open now, gone before; `gone`: open then, not now.
    """

    run_id: int
    as_of: date
    counts: Counts
    new: int
    still: int
    gone: int
    back: int


def check(store: Store, *, as_of: date, now: datetime, county: str | None = None, only: Sequence[str] = ()) -> RunReport:
    """Judge all sites, households and areas (of one county, by some checks) and keep what was found."""
    which = chosen(only)
    revision, judged = _judge(store, as_of, county, which)
    while True:
        with store.writing() as connection:
            if files.revision(connection, "records") == revision:
                return _keep_all(connection, judged, which, revision, as_of, now, county, only)
        revision, judged = _judge(store, as_of, county, which)  # an import came between: judge what it left


def has_records(store: Store, county: str | None = None) -> bool:
    """Tell whether any ledger is stored. Trouble, with the counties that have one, when a named county has none."""
    with store.reading() as connection:
        codes = ledgers.counties_with_records(connection)
    if county and county not in codes:
        raise Trouble("county-empty", county=county, counties=", ".join(codes[:NAMED]), near=", ".join(codes[:NAMED]))
    return bool(codes)


def judged_now(store: Store, *, as_of: date, county: str | None = None, only: Sequence[str] = (), codes: Sequence[str] | None = None) -> list[Judged]:
    """Judge as `check` does and keep nothing: for those who want to see what passes as well. With `codes`, those records only."""
    which, layers = chosen(only), around(store)
    if codes is None:
        return _judge(store, as_of, county, which)[1]
    with store.reading() as connection:
        of = [frame for kind in (SITE, HOUSEHOLD) if len(frame := read_records(connection, kind, county, codes))]
    return list(judge(of, which, as_of, layers))


def found_now(store: Store, *, as_of: date, county: str | None = None, only: Sequence[str] = (), every: bool = False) -> list[Finding]:
    """Return what `check` finds on that day, worst first: of households all but what passes, or (`every`) that too."""
    found = [finding for one in judged_now(store, as_of=as_of, county=county, only=only) for finding in one.findings(every)]
    return sorted(found, key=lambda one: (WORST_FIRST.index(one.outcome), one.check, one.county, one.subject_kind, one.subject))


def _judge(store: Store, as_of: date, county: str | None, which: Sequence[Check]) -> tuple[int, list[Judged]]:
    layers = around(store)
    with store.reading() as connection:
        revision = files.revision(connection, "records")
        sites, households = (read_records(connection, kind, county) for kind in (SITE, HOUSEHOLD))
        names = files.county_names(connection)
    return revision, list(judge(frames(sites, households, names), which, as_of, layers))


def _keep_all(
    connection: Connection, judged: Sequence[Judged], which: Sequence[Check], revision: int, as_of: date, now: datetime, county: str | None, only: Sequence[str]
) -> RunReport:
    counted: dict[tuple[str, str, str], int] = {}
    for one in judged:
        for key, number in one.counts().items():
            counted[key] = counted.get(key, 0) + number
    ids = [one.id for one in which]
    runs.replace_counts(connection, ids, county, counted)
    run = runs.add_run(connection, files.in_utc(now), as_of, county, only, revision)
    moved, _ = _keep(connection, run, runs.Scope(ids if only else None, county), judged)
    totals: Counter[tuple[str, str]] = Counter()
    for (id, _place, outcome), number in counted.items():
        totals[id, outcome] += number
    return _report(run, as_of, totals, which, moved)


def _keep(connection: Connection, run: int, scope: runs.Scope, judged: Sequence[Judged]) -> tuple[runs.Moved, list[StoredRow]]:
    rows = [runs.as_row(finding) for one in judged for finding in one.findings()]
    before = runs.keep_findings(connection, scope, rows)
    moved = runs.keep_entries(connection, run, scope, {row[:4] for row in rows if row[6] in runs.OPEN})
    files.advance(connection, "findings")
    return moved, before


def _report(run: int, as_of: date, totals: Mapping[tuple[str, str], int], which: Sequence[Check], moved: runs.Moved) -> RunReport:
    counts = {one.id: {outcome.id: totals.get((one.id, outcome.id), 0) for outcome in Outcome} for one in which}
    return RunReport(run, as_of, counts, moved.new, moved.still, moved.gone, moved.back)


def recheck(store: Store, kind: str, codes: Sequence[str], *, county: str, as_of: date, now: datetime) -> RunReport:
    """Judge some records of a county ("site" or "household") again, and the areas they belong to; the rest stays as it was.

    The report's counts are the county's totals afterwards, the same that a whole run would give.
    """
    which = chosen(())
    layers = around(store)
    with store.writing() as connection:
        judged_at = runs.judged_revision(connection, county)
        if not ledgers.moved_elsewhere(connection, kind, county, codes, judged_at) and judged_at >= 0:
            edited = read_records(connection, KINDS[kind], county, codes)
            revision = files.revision(connection, "records")
            of: tuple[Records, ...] = (edited,) if len(edited) else ()
            if kind == HOUSEHOLD.id:
                of += _areas(store, connection, county, edited, (judged_at, revision))
            elif (kept := store.kept.get(f"homes-{county}")) and kept[0] == judged_at:
                store.kept[f"homes-{county}"] = (revision, kept[1])  # only sites have moved
            judged = list(judge(of, which, as_of, layers))
            fresh = ledgers.added_after(connection, kind, county, codes, judged_at)
            run = runs.add_run(connection, files.in_utc(now), as_of, county, (), revision)
            moved, before = _keep(connection, run, runs.Scope(None, county, kind, codes, kind == HOUSEHOLD.id), judged)
            runs.shift_counts(connection, _shifts(judged, before, fresh))
            return _report(run, as_of, runs.read_counts(connection, county), which, moved)
    return check(store, as_of=as_of, now=now, county=county)  # more has changed than was named


_COUNTED = ("code", "county", "township", "mode", "approved_persons", "approved_on", "registered_poor")
"""What the census of areas reads of a household."""


def _areas(store: Store, connection: Connection, county: str, edited: Records, revisions: tuple[int, int]) -> tuple[Records, ...]:
    """Count the county's areas. What was read for the count before is kept, and while only `edited` has changed since, patched.

    `revisions` are the one all but the edited records were judged at, and the present one.
    """
    kept: tuple[int, Records] | None = store.kept.get(f"homes-{county}")
    known = kept is not None and kept[0] in revisions
    homes = _patched(kept[1], edited) if kept and known else read_records(connection, HOUSEHOLD, county, columns=_COUNTED)
    store.kept[f"homes-{county}"] = (revisions[1], homes)
    return (census.areas(homes, files.county_names(connection)),) if len(homes) else ()


def _patched(homes: Records, edited: Records) -> Records:
    codes = set(edited.stored("code"))
    others = np.fromiter((code not in codes for code in homes.stored("code")), np.bool_, len(homes))
    joined = {name: np.concatenate([homes.stored(name)[others], edited.stored(name)]) for name in _COUNTED}
    return Records(HOUSEHOLD, joined, int(others.sum()) + len(edited))


def _shifts(judged: Sequence[Judged], before: Sequence[StoredRow], fresh: set[str]) -> Counter[tuple[str, str, str]]:
    """Return what to add to the totals: the new outcomes less the old ones. A household judged before without a finding had passed."""
    shifts: Counter[tuple[str, str, str]] = Counter()
    had = set()
    for row in before:
        shifts[row[0], row[2], WORST_FIRST[row[6]].id] -= 1
        had.add((row[0], row[3]))
    for one in judged:
        for key, number in one.counts().items():
            shifts[key] += number
        if one.records.kind is HOUSEHOLD:
            for code, place in zip(one.records.stored("code"), one.records.stored("county"), strict=True):
                if (one.check.id, code) not in had and code not in fresh:
                    shifts[one.check.id, place, Outcome.PASS.id] -= 1
    return shifts
