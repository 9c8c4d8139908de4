"""The checks run over what is stored, and their findings kept.

Sites, money and areas keep every outcome, lists of people only what wants something done: a nation of passing homes would be
stored to say nothing. How each record stands under each check is kept in a letter. What was found is compared by key with the run before; a run speaks only for the county and
the checks it was limited to, so a partial run never closes anything outside them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from checks.check import Check
from checks.finding import Finding
from checks.records import Array, RecordKind, Records
from checks.registry import checks
from checks.verdict import NOT_SUPPLIED, WORST_FIRST, Outcome
from checks.vocabulary import AREA, DRAWING, HOUSEHOLD, KINDS, LEDGERS
from relocation import steps
from relocation.accounts.roles import Right
from relocation.service.counting import counted
from relocation.service.judging import Judged, chosen, frames, judge
from relocation.service.lawbook import overlays
from relocation.service.rectification.days import day_of
from relocation.service.rectification.following import follow
from relocation.service.reference import around
from relocation.service.summing import sum_records, vouch
from relocation.service.summing_findings import sum_findings, vouch_findings
from relocation.store import digests, files, ledgers, log, runs, standings
from relocation.store.frames import StoredRow, read_ledgers, read_records
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

NAMED = 10
"""So many counties are named to somebody who asked for one that is not there."""

MOST_AT_ONCE = 50_000
"""So many households are judged at once, more than the largest county has; of more, as many counties at a time as have them."""

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


def check(
    store: Store, *, as_of: date | None, now: datetime, county: str | None = None, only: Sequence[str] = (), most_at_once: int = MOST_AT_ONCE
) -> RunReport:
    """Judge all sites, households and areas (of one county, by some checks) and keep what was found.

    Whoever is bound to places has their counties judged, one after the other and whole; the numbers returned are those of the places.
    `as_of` None is the day of the last run. Whoever is bound to whole counties may set a day that is no earlier than that, whoever is
    bound to townships none: the run is everybody's. Trouble for such a day, for somebody without the right, and for a county that is
    not theirs or has no records.
    """
    which = chosen(only)
    store.require(Right.CHECK)
    if store.actor.scope.everywhere:
        return _check(store, which, as_of or _last_day(store, now), now, county, only, most_at_once)
    if county is not None and not store.actor.scope.touches(county):
        raise Trouble("not-your-place", place=county)
    has_records(store, county)
    mine = [county] if county else _counties(store)
    days = {place: _day_for(store, place, as_of, now) for place in mine}
    made = [_check(store.whole, which, days[place], now, place, only, most_at_once).run_id for place in mine]
    with store.reading() as connection:
        return report(
            max(made, default=0),
            max(days.values(), default=as_of or day_of(now)),
            counted(connection, store.scope, county),
            which,
            runs.moved_in(connection, made),
        )


def _last_day(store: Store, now: datetime) -> date:
    """Return the day of the last run, today before the first."""
    with store.reading() as connection:
        last = runs.last_run(connection)
    return last["as_of"] if last else day_of(now)


def _day_for(store: Store, county: str, wanted: date | None, now: datetime) -> date:
    """Return the day by which somebody bound to places has a county judged. Trouble for one that they may not set."""
    with store.whole.reading() as connection:
        last = runs.judged_as_of(connection, county)
    usual = last or day_of(now)
    if wanted is None or wanted == usual:
        return usual
    if not store.actor.scope.holds(county):
        raise Trouble("check-day-township", last=usual)
    if last is not None and wanted < last:
        raise Trouble("check-day-earlier", day=wanted, last=last)
    return wanted


def _counties(store: Store) -> list[str]:
    """Return the counties of somebody's places that have records there."""
    with store.reading() as connection:
        return ledgers.counties_with_records(connection)


def _check(store: Store, which: Sequence[Check], as_of: date, now: datetime, county: str | None, only: Sequence[str], most_at_once: int) -> RunReport:
    made = _checked(store, which, as_of, now, county, only, most_at_once)
    sum_findings(store.whole, county, now=now)
    return made


def _checked(store: Store, which: Sequence[Check], as_of: date, now: datetime, county: str | None, only: Sequence[str], most_at_once: int) -> RunReport:
    if county or not _many(store, most_at_once):  # a nation is vouched for by `verify`, county by county when it imports
        vouch(store, {county} if county else None, now=now)
        vouch_findings(store, county, now=now)
    _settle(store, as_of, now, county)  # writes records itself, and so would hide what was altered
    sum_records(store, now=now)
    if county is None and _many(store, most_at_once):
        from relocation.service.batching import check_by_batches  # late: it keeps by what stands here

        return check_by_batches(store, which, as_of=as_of, now=now, only=only, batch=most_at_once)
    revision, judged = _judge(store, as_of, county, which)
    while True:
        with store.writing() as connection:
            if files.revision(connection, "records") == revision:
                kept = _keep_all(store, connection, judged, which, revision, as_of, now, county, only)
                log_run(store, connection, kept.run_id, county or "", now)
                return kept
        revision, judged = _judge(store, as_of, county, which)  # an import came between: judge what it left


def log_run(store: Store, connection: Connection, run: int, county: str, now: datetime) -> None:
    """Append a run to the log: as of when, by which checks, what moved."""
    rows = digests.digests(connection, ("check_run", {"id": run}), ("run_moved", {"run_id": run}))
    log.append(connection, by=store.actor, at=now, action="checks.run", kind="run", county=county, subject=str(run), new=digests.told(rows))


def _many(store: Store, most: int) -> bool:
    """Tell whether more households are stored than are judged at once."""
    with store.reading() as connection:
        return ledgers.count(connection, HOUSEHOLD.id) > most


def _settle(store: Store, as_of: date, now: datetime, county: str | None) -> None:
    """Let what drawings said follow the ledgers and the law, where there is any drawing."""
    with store.reading() as connection:
        drawn = ledgers.count(connection, DRAWING.id, county)
    if drawn:
        from relocation.service.drawings.settling import settle  # late: an office without drawings need not wait for their geometry

        settle(store, as_of=as_of, now=now, county=county)


def has_records(store: Store, county: str | None = None) -> bool:
    """Tell whether any ledger is stored. Trouble, with the counties that have one, when a named county has none."""
    with store.reading() as connection:
        codes = ledgers.counties_with_records(connection)
    if county and county not in codes:
        raise Trouble("county-empty", county=county, counties=", ".join(codes[:NAMED]), near=", ".join(codes[:NAMED]))
    return bool(codes)


def judged_now(store: Store, *, as_of: date, county: str | None = None, only: Sequence[str] = (), codes: Sequence[str] | None = None) -> list[Judged]:
    """Judge as `check` does and keep nothing: for those who want to see what passes as well. With `codes`, those records only.

    Whoever is bound to places names records they have seen; Trouble without `codes`, and for a county that is not theirs.
    """
    which = chosen(only)
    if not store.scope.everywhere and (codes is None or county is None or not store.scope.touches(county)):
        raise Trouble("not-your-place", place=county or "")
    return _judge(store, as_of, county, which)[1] if codes is None else _judge(store, as_of, county, which, codes)[1]


def found_now(store: Store, *, as_of: date, county: str | None = None, only: Sequence[str] = (), every: bool = False) -> list[Finding]:
    """Return what `check` finds on that day, worst first: of households all but what passes, or (`every`) that too."""
    found = [finding for one in judged_now(store, as_of=as_of, county=county, only=only) for finding in one.findings(every)]
    return sorted(found, key=lambda one: (WORST_FIRST.index(one.outcome), one.check, one.county, one.subject_kind, one.subject))


def _judge(store: Store, as_of: date, county: str | None, which: Sequence[Check], codes: Sequence[str] | None = None) -> tuple[int, list[Judged]]:
    store = store.whole  # a rule looks beside the record it judges, wherever that is
    layers = around(store)
    with store.reading() as connection:
        revision = files.revision(connection, "records")
        of = read_ledgers(connection, county, codes)
        beside = of if county is None and codes is None else laid_beside(connection, which, {} if codes else of)
        names = files.county_names(connection)
    judged = frames(of, names) if codes is None else tuple(of.values())
    return revision, list(judge(judged, which, as_of, layers, beside, overlays(store)))


def laid_beside(connection: Connection, which: Sequence[Check], here: Mapping[str, Records]) -> Mapping[str, Records]:
    """Return the ledgers that checks look into, of every county: whoever is entered twice may be so in two.

    `here` are the ledgers of one county, which serve where no other county has any.
    """
    looked_into = {name for check in which for name in check.beside}
    beside = {name: whole_ledger(connection, LEDGERS[name], here) for name in sorted(looked_into)}
    return {name: records for name, records in beside.items() if len(records)}


def whole_ledger(connection: Connection, kind: RecordKind, here: Mapping[str, Records]) -> Records:
    """Return a ledger of every county: the one in `here` where that is all there is."""
    known = here.get(kind.ledger, Records(kind, {}, 0))
    return known if ledgers.count(connection, kind.id) == len(known) else read_records(connection, kind)


def _keep_all(
    store: Store,
    connection: Connection,
    judged: Sequence[Judged],
    which: Sequence[Check],
    revision: int,
    as_of: date,
    now: datetime,
    county: str | None,
    only: Sequence[str],
) -> RunReport:
    steps.told("keeping")
    counted: dict[tuple[str, str, str], int] = {}
    for one in judged:
        for key, number in one.counts().items():
            counted[key] = counted.get(key, 0) + number
    ids = [one.id for one in which]
    runs.replace_counts(connection, ids, county, counted)
    run = runs.add_run(connection, files.in_utc(now), as_of, county, only, revision)
    moved, _ = keep(store, connection, run, [runs.Scope(ids if only else None, county)], judged, now)
    keep_standings(connection, judged)
    totals: Counter[tuple[str, str]] = Counter()
    for (id, _place, outcome), number in counted.items():
        totals[id, outcome] += number
    return report(run, as_of, totals, which, moved)


def keep(store: Store, connection: Connection, run: int, scopes: runs.Scopes, judged: Sequence[Judged], now: datetime) -> tuple[runs.Moved, list[StoredRow]]:
    """Make the stored findings of some scopes those of `judged`, and let the ledger follow; returns what moved and the rows that stood there before."""
    rows = [runs.as_row(finding) for one in judged for finding in one.kept()]
    before = runs.keep_findings(connection, scopes, rows)
    townships = {row[:4]: runs.lies_in(row) for row in (*before, *rows)}
    moved = runs.keep_entries(connection, run, scopes, {row[:4] for row in rows if row[6] in runs.OPEN}, townships)
    follow(store, connection, scopes, rows, now)
    files.advance(connection, "findings")
    return moved, before


def keep_standings(connection: Connection, judged: Sequence[Judged]) -> Counter[tuple[str, str, str]]:
    """Note how every record stands that was judged; returns by how much the totals shift."""
    shifts: Counter[tuple[str, str, str]] = Counter()
    for (kind, county), groups in _by_county(judged).items():
        judging = [check.id for check in checks().values() if KINDS[kind] in check.about]
        for codes, severities in groups:
            shifts.update(standings.keep_standings(connection, kind, county, codes.tolist(), severities, judging))
    return shifts


Standing = tuple[Array, dict[str, Array]]
"""Codes, and by check the place among the worst first of the outcome each got."""


def _by_county(judged: Sequence[Judged]) -> dict[tuple[str, str], list[Standing]]:
    """Sort verdicts by kind and county: of each county every set of codes that was judged, with the checks that judged it."""
    severity = np.array([WORST_FIRST.index(outcome) for outcome in Outcome], dtype=np.uint8)
    found: dict[tuple[str, str], list[Standing]] = {}
    for one in judged:
        if one.records.kind is AREA:
            continue
        got_by = np.where(one.verdict.saying(NOT_SUPPLIED), standings.UNSUPPLIED, severity[one.verdict.outcome]).astype(np.uint8)
        places, of = one.records.grouped("county")
        order = np.argsort(of, kind="stable")
        bounds = np.searchsorted(of[order], np.arange(len(places) + 1))
        for number, place in enumerate(places):
            rows = order[bounds[number] : bounds[number + 1]]
            codes, got = one.records.stored("code")[rows], got_by[rows]
            groups = found.setdefault((one.records.kind.id, place), [])
            same = next((known for known, _ in groups if len(known) == len(codes) and (known == codes).all()), None)
            if same is None:
                groups.append((codes, {one.check.id: got}))
            else:
                next(checked for known, checked in groups if known is same)[one.check.id] = got
    return found


def report(run: int, as_of: date, totals: Mapping[tuple[str, str], int], which: Sequence[Check], moved: runs.Moved) -> RunReport:
    """Return a run's report from (check, outcome id) → number."""
    counts = {one.id: {outcome.id: totals.get((one.id, outcome.id), 0) for outcome in Outcome} for one in which}
    return RunReport(run, as_of, counts, moved.new, moved.still, moved.gone, moved.back)
