"""What a brief is counted from: the findings of a county on a day, the households' persons, the runs; all as the reader may see them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from checks.finding import Finding
from checks.verdict import NOT_SUPPLIED
from checks.vocabulary import HOUSEHOLD, SITE
from relocation.service.briefing.questions import QUESTIONS
from relocation.service.checking import has_records, judged_now
from relocation.service.counting import counted
from relocation.service.rectification.days import day_of
from relocation.service.registers import last_import_at
from relocation.store import briefs, files, queries, runs
from relocation.store.briefs import Run
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble

ASKED = tuple(dict.fromkeys(check for question in QUESTIONS for count in question.counts for check in (*question.checks, *count.checks)))
"""Every check that a question rests on."""


@dataclass(frozen=True, slots=True)
class Ground:
    """`on` gives the day each check's findings are of. `persons`: approved persons by household, None where the register has none.

    `left_open`: (check, ledger) that wait for a layer or ledger nobody has supplied, with the names of what is missing.
    """

    county: str
    name: str
    places: tuple[str, ...]
    today: date
    as_of: date
    judged_anew: bool
    run: Run
    runs: tuple[Run, ...]
    on: Mapping[str, date]
    findings: tuple[Finding, ...]
    persons: Mapping[str, float | None]
    sites: int
    left_open: Mapping[tuple[str, str], str]
    totals: Mapping[tuple[str, str], int]  # (check, outcome id) → subjects, all five outcomes
    stale: bool
    imported_at: datetime | None


def places_in(store: Store, county: str) -> tuple[str, ...]:
    """Return the townships of a county that a reader is bound to; () for one who sees the whole county. Trouble for a county that is not theirs."""
    scope = store.actor.scope
    if not scope.touches(county):
        raise Trouble("not-your-place", place=county)
    return () if scope.holds(county) else tuple(sorted(township for of, township in scope.townships if of == county))


def lay(store: Store, county: str, *, as_of: date | None, now: datetime) -> Ground:
    """Gather what a brief of a county is counted from, as of the day of its last run or of a day given.

    Trouble for an unknown county, one without records, one never judged, and a day before the first run.
    """
    places = places_in(store, county)
    has_records(store, county)
    with store.reading() as connection:
        judged = briefs.runs_of(connection, county)
        names = files.county_names(connection)
    full = [run for run in judged if not run.only]
    if not full:
        raise Trouble("brief-unchecked", county=county)
    first, last = min(run.as_of for run in full), full[-1]
    day = as_of or last.as_of
    if day < first:
        raise Trouble("brief-before-first", day=day, first=first, at=day_of(full[0].at))
    anew = day != last.as_of
    if anew and places:
        raise Trouble("brief-day-bound", day=day, last=last.as_of)
    with store.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, county, columns=("code", "approved_persons"))
        sites = queries.count_records(connection, SITE, queries.RecordFilter(county=county))
        stale = files.revision(connection, "records") > runs.judged_revision(connection, county)
        kept = () if anew else tuple(queries.every_finding(connection, FindingFilter(checks=ASKED, county=county)))
        totals = {} if anew else counted(connection, store.scope, county)
    findings, totals = _anew(store, county, day) if anew else (kept, totals)
    persons = {str(code): None if value != value else float(value) for code, value in zip(homes.stored("code"), homes.approved_persons, strict=True)}
    on = {check: day if anew else next(run.as_of for run in reversed(judged) if run.judged(check)) for check in ASKED}
    return Ground(
        county, names.get(county) or county, places, day_of(now), day, anew, last, tuple(judged), on, findings, persons, sites,
        _left_open(store, county, findings if anew else None), totals, stale and not anew, last_import_at(store),
    )  # fmt: skip


def _anew(store: Store, county: str, day: date) -> tuple[tuple[Finding, ...], dict[tuple[str, str], int]]:
    """Judge the records as they are now as of another day; nothing is kept."""
    judged = judged_now(store.whole, as_of=day, county=county, only=ASKED)
    totals: Counter[tuple[str, str]] = Counter()
    for one in judged:
        for (check, _place, outcome), n in one.counts().items():
            totals[check, outcome] += n
    return tuple(finding for one in judged for finding in one.kept()), dict(totals)


def _left_open(store: Store, county: str, findings: tuple[Finding, ...] | None) -> Mapping[tuple[str, str], str]:
    """Return what was not supplied; that is said of the county, and holds for every township in it."""
    if findings is not None:
        said = [one for one in findings if one.reason == NOT_SUPPLIED and one.subject_kind == "county"]
        return {(one.check, one.subject.partition("/")[2]): " ".join(one.missing) for one in said}
    with store.whole.reading() as connection:
        return _seen_whole(connection, county)


def _seen_whole(connection: Connection, county: str) -> Mapping[tuple[str, str], str]:
    return {key: missing for key, missing in runs.ledgers_left_open(connection, county).items() if key[0] in ASKED}
