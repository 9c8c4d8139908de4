"""Two drawings judged as they lie on the table: each unit type by either drawing, their agreement, typed figures, lineage.

The same checks as over stored records, run on records made here; nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from checks.check import Beside
from checks.choices import LineageClue
from checks.drawn import type_key
from checks.finding import Finding
from checks.instruments import Instruments
from checks.records import Records
from checks.registry import check_by_id
from checks.sentence import by_whose_word
from checks.sheet import Overlay
from checks.verdict import Outcome
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from geo.drawing.dwelling import Flag, Plans, Room
from relocation.reports.comparison_sheet import Judged, Said, UnitSide, UnitTypePair
from relocation.service.drawings.facts import UNNAMED, Row, Understood, as_records, before, day_of, drawing_row, key_of, unit_rows

DESIGN, CONSTRUCTION = "design", "construction"
OVER, KEPT = ("over-for-whom",), ("assigned-to-fewer", "more-than-homes")
"""Reviews of `unit-type-area` on drawings that exceed the rule, and on drawings that keep it."""


@dataclass(frozen=True)
class Bench:
    """By what is judged: the day, the places' own law, their documents, the ledgers beside, and what the ledger says of each type.

    known: key of a unit type → staff's columns of it (persons, approved_on, registered_poor, register_area_m2 …).
    given: columns that hold for every type where the ledger is silent (county, site_code, approved_on, registered_poor).
    told: keys of the types whose persons somebody gave for this comparison, over ledger and drawing.
    """

    as_of: date
    instruments: Instruments
    overlays: Sequence[Overlay] = ()
    beside: Beside = field(default_factory=dict)
    known: Mapping[str, Row] = field(default_factory=dict)
    given: Row = field(default_factory=dict)
    told: frozenset[str] = frozenset()

    def finding(self, check: str, records: Records) -> Finding:
        """Return a check's finding on one record."""
        one = check_by_id(check)
        beside = {name: ledger for name, ledger in self.beside.items() if name in one.beside}
        (finding,) = one.findings(records, one.run(records, self.as_of, overlays=self.overlays, beside=beside))
        return finding

    def judged(self, finding: Finding) -> Judged:
        """Return a finding with its sentence in both languages."""
        return Judged(finding.check, finding.outcome.id, self.said(finding), self.by(finding))

    def said(self, finding: Finding) -> Said:
        """Return a finding's sentence in both languages."""
        return {lang: check_by_id(finding.check).sentence(finding, lang, self.instruments) for lang in ("zh", "en")}

    def by(self, finding: Finding) -> Said:
        """Return the part of a finding's sentence that says whose rule it is; empty where no rule was applied."""
        sheet = check_by_id(finding.check).sheet
        return {lang: by_whose_word(sheet, finding.law, lang, self.instruments) for lang in ("zh", "en")} if finding.law else {}


@dataclass(frozen=True)
class TypeJudged:
    """One unit type judged by either drawing and by both: what the report shows, and the findings behind it."""

    key: str
    shown: UnitTypePair
    design: Finding | None
    construction: Finding | None
    agreement: Finding

    @property
    def built_passes_where_design_fails(self) -> bool:
        """Whether the design exceeds the rule, as far as is known for whom, and the construction drawing keeps it."""
        if self.design is None or self.construction is None:
            return False
        over = self.design.outcome is Outcome.FAIL or self.design.reason in OVER
        return over and (self.construction.outcome is Outcome.PASS or self.construction.reason in KEPT)


def types_judged(design: Understood, construction: Understood, bench: Bench) -> list[TypeJudged]:
    """Judge every unit type of either drawing, those of the design first; a lone one in each that has no fellow is laid beside it."""
    old, new = unit_rows(design, DESIGN, DESIGN), unit_rows(construction, CONSTRUCTION, CONSTRUCTION)
    fellows = {key: key for key in old if key in new}
    left, right = [key for key in old if key not in fellows], [key for key in new if key not in fellows]
    if len(left) == 1 == len(right):
        fellows[left[0]] = right[0]
    pairs: list[tuple[str | None, str | None]] = [(key, fellows.get(key)) for key in old]
    pairs += [(None, key) for key in right if key not in fellows.values()]
    return [_type_judged(old.get(one or ""), new.get(two or ""), (design.plans, construction.plans), bench) for one, two in pairs]


def _type_judged(old: tuple[str, Row] | None, new: tuple[str, Row] | None, plans: tuple[Plans, Plans], bench: Bench) -> TypeJudged:
    labels = (old[0] if old else "", new[0] if new else "")
    named = next((label for label in labels if label and label != UNNAMED), labels[0] or labels[1])
    renamed = all(label and label != UNNAMED for label in labels) and type_key(labels[0]) != type_key(labels[1])
    one, two = (
        _side(side, row[0] if row[0] != UNNAMED else named, row, plan, bench) if row else None  # what bears no name is taken for its fellow
        for side, row, plan in ((DESIGN, old, plans[0]), (CONSTRUCTION, new, plans[1]))
    )
    limit = next((found[0].limit for found in (one, two) if found and found[0].limit is not None), None)
    label = " → ".join(labels) if renamed else named
    shown = UnitTypePair(label, one[1] if one else None, two[1] if two else None, limit, labels, renamed)
    # what staff wrote of one name says nothing of another: two names are weighed by the drawings alone
    staff = {"code": label, "name": label, **bench.given, **({} if renamed else bench.known.get(type_key(named), {}))}
    both = {**staff, **(old[1] if old else {}), **(new[1] if new else {})}
    agreement = bench.finding("drawing-agreement", as_records(UNIT_TYPE, [both]))
    return TypeJudged(type_key(named), shown, one[0] if one else None, two[0] if two else None, agreement)


def _side(side: str, label: str, row: tuple[str, Row], plans: Plans, bench: Bench) -> tuple[Finding, UnitSide]:
    """Judge a type by one drawing alone, under the name that this drawing gives it."""
    called, columns = row
    key = type_key(label)
    staff = {"code": label, "name": label, **bench.given, **bench.known.get(key, {})}
    finding = _alone(bench.finding("unit-type-area", as_records(UNIT_TYPE, [{**staff, **columns}])), side, told=key in bench.told)
    facts = finding.facts
    persons = facts.get("persons")
    return finding, UnitSide(
        gross_m2=columns[f"{side}_gross_m2"],
        error_m2=columns[f"{side}_error_m2"],
        balcony_m2=columns[f"{side}_balcony_m2"],
        counted_m2=_number(facts.get("counted")),
        annotated_m2=columns[f"{side}_annotated_m2"],
        persons=None if persons is None else int(persons),
        rooms=_rooms(plans, called),
        outcome=finding.outcome.id,
        sentence=bench.said(finding),
        by=bench.by(finding),
    )


def _alone(finding: Finding, side: str, *, told: bool) -> Finding:
    """Return a finding that speaks of its own drawing only, and of persons as of who gave them: the other drawing was not left out, it is judged apart."""
    facts = dict(finding.facts)
    if "areas" in facts:
        facts["areas"] = {side: facts["areas"][side]}
    if told and "whose" in facts:
        facts["whose"] = {"this": {"state": "told"}}
    return replace(finding, facts=facts)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _rooms(plans: Plans, label: str) -> tuple[Room, ...]:
    same = [plan for plan in plans.unit_plans if key_of(plan) == type_key(label)]
    return max(same, key=lambda plan: plan.gross_m2 or 0.0).rooms if same else ()


def figures_judged(of: Understood, code: str, bench: Bench) -> Finding:
    """Judge the typed figures of one drawing."""
    row = {"code": code, "name": of.drawing.name, **_placed(bench), "read_on": bench.as_of, **drawing_row(of)}
    return bench.finding("dimension-text", as_records(DRAWING, [row]))


def clues_of(design: Understood, construction: Understood, types: Sequence[TypeJudged], flags: Sequence[Flag], approved_on: date | None) -> list[LineageClue]:
    """Return the clues of a pair. `flags` are those found in the two files' past and geometry (F2, F6, F7, F8); F1 is judged here."""
    saved = design.drawing.lineage.updated_at
    built = construction.drawing.lineage.updated_at
    codes = {(flag.code, flag.facts.get("why", "")) for flag in flags}
    found = {code for code, _ in codes}
    clues = {
        LineageClue.FAILS_WHERE_BUILT_PASSES: any(one.built_passes_where_design_fails for one in types),
        LineageClue.SAVED_AFTER_CONSTRUCTION: saved is not None and built is not None and before(built, saved),
        LineageClue.EDITED_AFTER_APPROVAL: saved is not None and approved_on is not None and (day_of(saved) or approved_on) > approved_on,
        LineageClue.OUTLINE_CHANGED: "F6" in found,
        LineageClue.SAME_REVISION: ("F7", "") in codes,
        LineageClue.SAME_REVISION_WRITTEN: ("F7", "written") in codes,
        LineageClue.LABEL_SWAPPED: "F8" in found,
        LineageClue.BEGUN_AFTER_ITS_DATE: ("F2", "begun-after-its-date") in codes,
    }
    return [clue for clue, told in clues.items() if told]


def lineage_judged(row: Row, bench: Bench) -> Finding:
    """Judge a pair's row of facts."""
    return bench.finding("drawing-lineage", as_records(DRAWING_PAIR, [{**_placed(bench), **row}]))


def _placed(bench: Bench) -> Row:
    return {name: value for name, value in bench.given.items() if name in ("county", "township", "village", "site_code", "site_name")}
