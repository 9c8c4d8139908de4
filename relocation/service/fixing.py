"""The smallest change that would settle a finding, computed and proved by the check itself with the law of the run that found it.

What no change of the number settles says which reason stands in the way. Records of one type are also mended together.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from checks import census
from checks.check import Beside, Check
from checks.finding import Finding
from checks.mending import Mended, smallest_fix, smallest_fixes
from checks.records import Records
from checks.registry import checks
from checks.sentence import day, found, number
from checks.sheet import Fix
from checks.turning import RunBeside, smallest_turn
from checks.verdict import Outcome, Verdict
from checks.vocabulary import AREA, HOUSEHOLD, KINDS, LEDGERS
from relocation.service.findings import counts
from relocation.service.judging import judge, known
from relocation.service.lawbook import judged_by
from relocation.service.reference import around
from relocation.service.showing import heading, shown, unit
from relocation.store import files, ledgers, queries
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter

AGAINST = (Outcome.FAIL, Outcome.REVIEW)
CODES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """One field before and after."""

    name: str
    heading: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True, slots=True)
class FixShown:
    """The smallest fix of one finding in one language; not `feasible`: `said` tells what stands in the way.

    Where days ran out no number mends it: `due` is the last day on which the check would have let it pass.
    """

    check: str
    subject: str
    feasible: bool
    said: str
    steps: int
    fields: tuple[Moved, ...]
    blocked_by: str
    due: date | None = None

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        fields = [{"name": one.name, "heading": one.heading, "before": one.before, "after": one.after, "unit": one.unit} for one in self.fields]
        due = self.due.isoformat() if self.due else None
        return {"feasible": self.feasible, "said": self.said, "steps": self.steps, "fields": fields, "blocked_by": self.blocked_by, "due": due}


@dataclass(frozen=True, slots=True)
class TypeFix:
    """Records of one type that fail the same check, and what each of them has to change. `values`: column → as shown."""

    check: str
    title: str
    county: str
    values: Mapping[str, str]
    homes: int
    least: float
    most: float
    unit: str
    said: str
    codes: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "check": self.check, "title": self.title, "county": self.county, "values": dict(self.values), "subjects": self.homes,
            "least": self.least, "most": self.most, "unit": self.unit, "said": self.said, "codes": list(self.codes),
        }  # fmt: skip


def smallest(store: Store, finding: Finding, lang: str) -> FixShown | None:
    """Return the smallest fix of a finding as it was found; None where its check computes none, or nothing is to be mended."""
    check, kind = known(finding.check), _kind(finding)
    by_number = any(fix.about == kind for fix in check.sheet.fixes)
    if finding.outcome not in AGAINST or not (by_number or _ran_out(check, finding)):
        return None
    with store.reading() as connection:
        one = _record(connection, finding)
        if one is None:
            return None
        if _ran_out(check, finding):
            return _late(store, connection, check, one, finding, lang)
        mended = _mended(store, connection, check, one, finding)
    return _shown(check, finding, mended, lang) if mended else None


def _ran_out(check: Check, finding: Finding) -> bool:
    reason = check.sheet.reasons.get(finding.reason)
    return reason is not None and reason.due and finding.measured is not None and finding.limit is not None


_LATE = {"zh": "最迟应于{due}完成，已过 {days} 天", "en": "it had to be done by {due}, {days} days ago"}


def _late(store: Store, connection: Connection, check: Check, one: Records, finding: Finding, lang: str) -> FixShown | None:
    """Return the last day on which the check lets the record pass, proved by judging it on that day and on the next."""
    as_of = counts(store).as_of
    if as_of is None or finding.measured is None or finding.limit is None:
        return None
    days = int(finding.measured - finding.limit)
    due = as_of - timedelta(days=days)
    for on, passes in ((due, True), (due + timedelta(days=1), False)):
        found = _runner(store, connection, check, finding.county, on)
        if found is None or (int(found[0](one, found[1]).outcome[0]) == Outcome.PASS) is not passes:
            return None
    return FixShown(finding.check, finding.subject, True, _LATE[lang].format(due=day(due, lang), days=number(days)), 0, (), "", due)


def _kind(finding: Finding) -> str:
    return AREA.id if finding.subject_kind in ("county", "township") else finding.subject_kind


def _record(connection: Connection, finding: Finding) -> Records | None:
    """Read the record a finding is about; None when it is gone, or is not what was judged any more."""
    kind = KINDS[_kind(finding)]
    if kind is not AREA:
        one = read_records(connection, kind, finding.county, [finding.subject])
        return one if len(one) == 1 else None
    homes = read_records(connection, HOUSEHOLD, finding.county, columns=census.COUNTED)
    if not len(homes):
        return None
    areas = census.areas(homes, files.county_names(connection))
    rows = np.flatnonzero((areas.stored("code") == finding.subject) & (areas.stored("level") == finding.subject_kind))
    return areas.take(rows) if len(rows) == 1 else None


def _mended(store: Store, connection: Connection, check: Check, one: Records, finding: Finding) -> Mended | None:
    found = _runner(store, connection, check, finding.county)
    if found is None:
        return None
    run, beside = found
    turning = next((fix for fix in check.sheet.fixes if fix.about == one.kind.id and fix.turns), None)
    if turning:
        return smallest_turn(turning, one, beside, run, lambda area, verdict: check.findings(area, verdict)[0])
    return smallest_fix(check, one, lambda records: run(records, beside))


def _runner(store: Store, connection: Connection, check: Check, county: str, on: date | None = None) -> tuple[RunBeside, Beside] | None:
    """Return the check as the latest run ran it (or by another day `on`), and the ledgers beside. None before any run."""
    as_of = on or counts(store).as_of
    if as_of is None:
        return None
    layers, law = around(store.whole), judged_by(store.whole)
    wanted = {name for kind in check.about for name in check.looks_into(kind)}
    with nullcontext(connection) if store.scope.everywhere else store.whole.reading() as whole:
        read = {name: read_records(whole, LEDGERS[name], county) for name in wanted}

    def run(records: Records, beside: Beside) -> Verdict:
        return next(iter(judge([records], [check], as_of, layers, beside, law))).verdict

    return run, {name: records for name, records in read.items() if len(records)}


def _shown(check: Check, finding: Finding, mended: Mended, lang: str) -> FixShown:
    kind = KINDS[_kind(finding)]
    fields = tuple(
        Moved(name, heading(kind.column(name), lang), before, mended.after[name], unit(kind.column(name).unit, lang)) for name, before in mended.before.items()
    )
    if not mended.blocked_by:
        return FixShown(finding.check, finding.subject, True, mended.said()[lang], mended.steps, fields, "")
    why = found(check.sheet, mended.blocking, lang) if mended.blocking else ""
    return FixShown(finding.check, finding.subject, False, why, 0, (), mended.blocked_by)


MOST_COUNTIES = 30
"""Of so many counties at once the types are worked out; of more, one county at a time."""

ANSWERS_KEPT = 50


def by_type(store: Store, lang: str, *, county: str | None = None, township: str | None = None, office: str | None = None) -> tuple[TypeFix, ...]:
    """Return what each type of record has to change, for every check that mends records together; the largest groups first.

    Worked out once for each state of the findings. Empty where no county is named and there are too many to go through.
    """
    asked = lang, county, township, office
    with store.reading() as connection:
        state = files.revision(connection, "records"), files.revision(connection, "findings")
        held: tuple[tuple[int, int], dict[Any, tuple[TypeFix, ...]]] | None = store.kept.get("types")
        if held is None or held[0] != state or len(held[1]) >= ANSWERS_KEPT:
            held = store.kept["types"] = (state, {})
        if asked not in held[1]:
            held[1][asked] = _types(store, connection, lang, county, township, office)
    return held[1][asked]


def _types(store: Store, connection: Connection, lang: str, county: str | None, township: str | None, office: str | None) -> tuple[TypeFix, ...]:
    places = [county] if county else ledgers.counties_with_records(connection)
    if len(places) > MOST_COUNTIES:
        return ()
    mine = [check for check in checks().values() if office in (None, "", check.sheet.office)]
    made = [
        one
        for check in mine
        for fix in check.sheet.fixes
        if fix.by
        for place in places
        for one in _of_place(store, connection, check, fix, place, township, lang)
    ]
    return tuple(sorted(made, key=lambda one: (-one.homes, one.check, one.county, tuple(one.values.values()))))


def _of_place(store: Store, connection: Connection, check: Check, fix: Fix, county: str, township: str | None, lang: str) -> list[TypeFix]:
    wanted = FindingFilter(outcomes=AGAINST, checks=[check.id], county=county, kind=fix.about, township=township)
    codes = list(queries.outcomes(connection, wanted))
    records = read_records(connection, KINDS[fix.about], county, codes) if codes else Records(KINDS[fix.about], {}, 0)
    runner = _runner(store, connection, check, county) if len(records) else None
    if runner is None:
        return []
    run, beside = runner
    types: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    first = next(iter(fix.steps))
    for row, mended in enumerate(smallest_fixes(check, records, lambda some: run(some, beside))):
        if mended and not mended.blocked_by:
            key = tuple(_value(records, name, row, lang) for name in fix.by)
            types.setdefault(key, []).append((str(records.stored("code")[row]), round(abs(mended.after[first] - mended.before[first]), 6)))
    return [_type(check, fix, county, key, of, lang) for key, of in types.items()]


def _value(records: Records, name: str, row: int, lang: str) -> str:
    missing = records.missing(name)
    if missing is not None and missing[row]:
        return "（未填）" if lang == "zh" else "(not recorded)"
    column, value = records.kind.column(name), records.stored(name)[row]
    return number(float(value)) if isinstance(value, np.floating) else shown(column, str(value), lang)


def _type(check: Check, fix: Fix, county: str, key: tuple[str, ...], of: Sequence[tuple[str, float]], lang: str) -> TypeFix:
    values = dict(zip(fix.by, key, strict=True))
    least, most = min(change for _, change in of), max(change for _, change in of)
    change = number(least) if least == most else f"{number(least)}–{number(most)}"
    assert fix.together is not None
    said = fix.together[lang].format(**values, n=number(len(of)), change=change)
    words = unit(KINDS[fix.about].column(next(iter(fix.steps))).unit, lang)
    codes = tuple(sorted(code for code, _ in of)[:CODES_SHOWN])
    return TypeFix(check.id, check.title(lang), county, values, len(of), least, most, words, said, codes)
