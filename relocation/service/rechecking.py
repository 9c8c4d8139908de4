"""Some records judged again after an edit, and whatever else their edit can change; the rest stays as it was.

A rule judges every record by itself unless it says otherwise, so only the edited ones are judged again. One that looks into
the ledger of the edited record is asked again about everybody, one that compares the records of a county about the county.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from checks import census
from checks.check import Check
from checks.records import RecordKind, Records
from checks.verdict import NOT_SUPPLIED, WORST_FIRST
from checks.vocabulary import AREA, HOUSEHOLD, KINDS
from relocation.service.checking import RunReport, check, keep, keep_standings, laid_beside, report, whole_ledger
from relocation.service.judging import Judged, chosen, judge
from relocation.service.lawbook import overlays
from relocation.service.reference import around
from relocation.store import files, ledgers, runs
from relocation.store.frames import StoredRow, read_ledgers, read_records
from relocation.store.opening import Connection, Store


def recheck(store: Store, kind: str, codes: Sequence[str], *, county: str, as_of: date, now: datetime) -> RunReport:
    """Judge some records of a county ("site", "household", "fund" …) again, and whatever their edit touches.

    The report's counts are the county's totals afterwards, the same that a whole run would give.
    """
    with store.writing() as connection:
        judged_at = runs.judged_revision(connection, county)
        if judged_at >= 0 and not ledgers.moved_elsewhere(connection, kind, county, codes, judged_at):
            edited = read_records(connection, KINDS[kind], county, codes)
            here = _county(store, connection, edited, county, judged_at)
            again = _Again(connection, edited, county, here, runs.ledgers_left_open(connection, county))
            judged, scopes = _judge(store, again, as_of)
            run = runs.add_run(connection, files.in_utc(now), as_of, county, (), files.revision(connection, "records"))
            moved, before = keep(connection, run, scopes, judged)
            runs.shift_counts(connection, keep_standings(connection, judged))
            runs.shift_counts(connection, _area_shifts(judged, before))
            return report(run, as_of, runs.read_counts(connection, county), chosen(()), moved)
    return check(store, as_of=as_of, now=now, county=county)  # more has changed than was named


@dataclass(frozen=True)
class _Again:
    """One edit and what there is to judge it with: `here` the county's ledgers and areas, `beside` those of all counties."""

    connection: Connection
    edited: Records
    county: str
    here: Mapping[str, Records]
    left_open: set[tuple[str, str]]

    def touched(self, one: Check, kind: RecordKind, beside: Mapping[str, Records]) -> tuple[Records, runs.Scope] | None:
        """Return which records of a kind a check has to judge again, and what that speaks for; None where the edit changes nothing."""
        mine = self.edited.kind
        in_county = runs.Scope([one.id], self.county, kind.ledger)
        if mine.ledger in one.looks_into(kind):
            if kind is not AREA:
                return whole_ledger(self.connection, kind, self.here), runs.Scope([one.id], None, kind.ledger)
            if mine.ledger != HOUSEHOLD.ledger or len(beside[mine.ledger]) == len(self.here[mine.ledger]):
                return self.here.get(kind.ledger, Records(AREA, {}, 0)), in_county
            return census.areas(beside[mine.ledger], files.county_names(self.connection)), runs.Scope([one.id], None, kind.ledger)
        if kind is mine:
            if (one.id, kind.ledger) in self.left_open:
                return self.here[kind.ledger], in_county
            return self.edited, runs.Scope([one.id], self.county, kind.ledger, self.edited.stored("code").tolist())
        return (self.here[kind.ledger], in_county) if kind is AREA and mine is HOUSEHOLD else None


def _judge(store: Store, again: _Again, as_of: date) -> tuple[list[Judged], list[runs.Scope]]:
    """Judge what an edit can have changed; returns the verdicts and the scopes they speak for."""
    which, layers, law = chosen(()), around(store), overlays(store)
    beside = laid_beside(again.connection, which, again.here)
    judged: list[Judged] = []
    scopes: list[runs.Scope] = []
    for one in which:
        for kind in dict.fromkeys(one.about):
            touched = again.touched(one, kind, beside)
            if touched is None:
                continue
            records, scope = touched
            found = list(judge((records,), [one], as_of, layers, beside, law)) if len(records) else []
            if scope.codes is not None and any(part.verdict.saying(NOT_SUPPLIED).any() for part in found):
                # What is missing for a whole ledger is said with how many records it leaves open: all are asked.
                scope = runs.Scope([one.id], again.county, kind.ledger)
                found = list(judge((again.here[kind.ledger],), [one], as_of, layers, beside, law))
            judged += found
            scopes.append(scope)
    return judged, scopes


def _county(store: Store, connection: Connection, edited: Records, county: str, judged_at: int) -> Mapping[str, Records]:
    """Return the county's ledgers and areas. What was read for the edit before is kept, and while only `edited` has changed since, patched."""
    revision = files.revision(connection, "records")
    kept: tuple[str, int, dict[str, Records]] | None = store.kept.get("county-ledgers")
    read = dict(kept[2]) if kept and kept[0] == county and kept[1] in (judged_at, revision) else {}
    patched = _patched(read[edited.kind.ledger], edited) if edited.kind.ledger in read else None
    read = {**read, edited.kind.ledger: patched} if patched is not None else read_ledgers(connection, county)
    homes = read.get(HOUSEHOLD.ledger)
    if homes is not None and (patched is None or edited.kind is HOUSEHOLD):
        read[AREA.ledger] = census.areas(homes, files.county_names(connection))
    store.kept["county-ledgers"] = county, revision, read
    return read


def _patched(records: Records, edited: Records) -> Records | None:
    """Return the records with some of them as they are now; None where one is new."""
    place = {code: row for row, code in enumerate(records.stored("code"))}
    rows = [place.get(code) for code in edited.stored("code")]
    if None in rows:
        return None
    at = np.array(rows, dtype=np.intp)
    columns = {}
    for column in records.kind:
        columns[column.name] = records.stored(column.name).copy()
        columns[column.name][at] = edited.stored(column.name)
    return Records(records.kind, columns, len(records))


def _area_shifts(judged: Sequence[Judged], before: Sequence[StoredRow]) -> Counter[tuple[str, str, str]]:
    """Return what to add to the totals of areas, whose outcomes are all kept as findings: the new ones less the old."""
    shifts: Counter[tuple[str, str, str]] = Counter()
    for row in before:
        check, kind, county, subject, severity, facts = row[0], row[1], row[2], row[3], row[6], row[13]
        whole = kind == "county" and subject == f"{county}/{AREA.ledger}"
        if whole or kind == "township" or (kind == "county" and subject == county):
            shifts[check, county, WORST_FIRST[severity].id] -= int(json.loads(facts)["subjects"]) if whole else 1
    for one in judged:
        if one.records.kind is AREA:
            shifts.update(one.counts())
    return shifts
