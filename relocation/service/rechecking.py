"""Some records judged again after an edit, and whatever else their edit can change; the rest stays as it was.

A rule judges a record by itself and by what it is linked with in the ledgers beside it. So the edited records are judged
again, those the edit bears on by a link, and the areas of the county; each beside what its own links reach, and no more.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np

from checks import census
from checks.check import Check
from checks.records import Kind, RecordKind, Records, joined
from checks.sheet import Overlay
from checks.verdict import NOT_SUPPLIED, WORST_FIRST
from checks.vocabulary import AREA, HOUSEHOLD, KINDS
from geo.layer import Layer
from relocation.accounts.roles import Right
from relocation.service.checking import RunReport, check, keep, keep_standings, log_run, report
from relocation.service.judging import Judged, chosen, judge
from relocation.service.lawbook import overlays
from relocation.service.linking import Edit, Surroundings
from relocation.service.reference import around
from relocation.store import files, ledgers, runs, standings
from relocation.store.frames import StoredRow, read_ledgers, read_records
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

FEW = 20
"""So many codes are looked for one by one; for more a table of all is made."""


def recheck(store: Store, kind: str, codes: Sequence[str], *, county: str, as_of: date, now: datetime) -> RunReport:
    """Judge some records of a county ("site", "household", "fund" …) again, and whatever their edit touches.

    The report's counts are the county's totals afterwards, the same that a whole run would give.
    """
    store.require(Right.CHECK)
    if not store.actor.scope.touches(county):
        raise Trouble("not-your-place", place=county)
    layers, places = around(store.whole), overlays(store.whole)
    with store.writing() as connection:
        judged_at = runs.judged_revision(connection, county)
        same_day = judged_at >= 0 and runs.judged_as_of(connection, county) == as_of
        if same_day and not ledgers.moved_elsewhere(connection, kind, county, codes, judged_at):
            edit = _edit(connection, KINDS[kind], county, codes, judged_at)
            here = _county(store, connection, edit.records, county, judged_at)
            again = _Again(Surroundings(connection, county, here), edit, as_of, layers, places)
            run = runs.add_run(connection, files.in_utc(now), as_of, county, (), files.revision(connection, "records"))
            moved, before = keep(store, connection, run, again.judged_all(), again.judged, now)
            runs.shift_counts(connection, keep_standings(connection, again.judged))
            runs.shift_counts(connection, _area_shifts(again.judged, before))
            log_run(store, connection, run, county, now)
            return report(run, as_of, runs.read_counts(connection, county), chosen(()), moved)
    return check(store, as_of=as_of, now=now, county=county)  # more has changed than was named, or it is another day


def _edit(connection: Connection, kind: RecordKind, county: str, codes: Sequence[str], judged_at: int) -> Edit:
    """Return the named records as they are, with what they said when they were judged."""
    records = read_records(connection, kind, county, codes)
    old = ledgers.old_values(connection, kind.id, county, codes, judged_at)
    fresh = ledgers.added_after(connection, kind.id, county, codes, judged_at)
    names = [column.name for column in kind if column.kind is Kind.TEXT]
    texts = {name: frozenset(text or "" for text in (*records.stored(name), *old.get(name, ()))) for name in names}
    return Edit(records, texts, frozenset(column.name for column in kind) if fresh else frozenset(old))


@dataclass
class _Again:
    """One edit, and what it makes be judged again."""

    around: Surroundings
    edit: Edit
    as_of: date
    layers: Mapping[str, Layer]
    places: Sequence[Overlay]
    judged: list[Judged] = field(default_factory=list)
    _scopes: dict[tuple[str | None, str, tuple[str, ...] | None], list[str]] = field(default_factory=dict)
    _left_open: dict[str, Mapping[tuple[str, str], str]] = field(default_factory=dict)
    _unsupplied: dict[tuple[str, str, tuple[str, ...]], Mapping[str, set[str]]] = field(default_factory=dict)

    def judged_all(self) -> list[runs.Scope]:
        """Judge by every check what the edit can have changed; returns what the verdicts speak for."""
        for one in chosen(()):
            for kind in dict.fromkeys(one.about):
                self._judge(one, kind)
        return [runs.Scope(checks, county, ledger, codes) for (county, ledger, codes), checks in self._scopes.items()]

    def _judge(self, one: Check, kind: RecordKind) -> None:
        mine = self.edit.records.kind
        if kind is AREA:
            if mine is HOUSEHOLD or mine.ledger in one.looks_into(kind):
                self._keep(one, AREA, self.around.county, self._verdicts(one, self.around.here.get(AREA.ledger, Records(AREA, {}, 0))))
            return
        if mine.ledger in one.looks_into(kind) and not one.links(kind, mine.ledger):
            self._keep(one, kind, None, self._verdicts(one, self.around.whole(kind.ledger)))
            return
        touched = joined([self.edit.records, self.around.bears_on(one, kind, self.edit)]) if kind is mine else self.around.bears_on(one, kind, self.edit)
        counties, county_of = touched.grouped("county")
        for number, county in enumerate(counties):
            records = touched if len(counties) == 1 else touched.take(county_of == number)
            parts = self._verdicts(one, records)
            if all(self._said_as_before(part, county) for part in parts):
                self._keep(one, kind, county, [replace(part, some=True) for part in parts], records)
            else:  # what is missing for a whole ledger is said with how many records it leaves open: all are asked
                self._keep(one, kind, county, self._verdicts(one, self.around.of_county(kind, county)))

    def _verdicts(self, one: Check, records: Records) -> list[Judged]:
        if not len(records):
            return []
        return list(judge((records,), [one], self.as_of, self.layers, self.around.beside(one, records), self.places))

    def _keep(self, one: Check, kind: RecordKind, county: str | None, judged: Sequence[Judged], some: Records | None = None) -> None:
        codes = None if some is None else tuple(some.stored("code").tolist())
        self.judged += judged
        self._scopes.setdefault((county, kind.ledger, codes), []).append(one.id)

    def _said_as_before(self, part: Judged, county: str) -> bool:
        """Tell whether what a ledger or layer that was not supplied leaves open is what it left open before."""
        open_now = part.verdict.saying(NOT_SUPPLIED)
        id, kind = part.check.id, part.records.kind
        if county not in self._left_open:
            self._left_open[county] = runs.ledgers_left_open(self.around.connection, county)
        said = self._left_open[county].get((id, kind.ledger))
        if said is None:
            return not open_now.any()
        codes = tuple(part.records.stored("code").tolist())
        key = (kind.id, county, codes)
        if key not in self._unsupplied:
            self._unsupplied[key] = standings.unsupplied(self.around.connection, *key)
        before = self._unsupplied[key]
        if any((id in before.get(code, ())) != now for code, now in zip(codes, open_now.tolist(), strict=True)):
            return False
        return all(" ".join(name for name, lost in part.verdict.missing.items() if lost[row]) == said for row in np.flatnonzero(open_now).tolist())


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
    codes = records.stored("code").tolist()
    place = {code: row for row, code in enumerate(codes)} if len(edited) > FEW else {}
    try:
        rows = [place[code] if place else codes.index(code) for code in edited.stored("code").tolist()]
    except (KeyError, ValueError):
        return None
    return records.patched(np.array(rows, dtype=np.intp), edited)


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
