"""Are the fields that matter filled in, and which are blank?

Counted: the fields of a household's or a site's record that this program weighs as must, should or may; a must counts
three times a may. Some are asked of some records only: causes and measures of the registered poor, the site of those
who move to one, the day of moving in of those who have. The share that is filled is measured, the blank ones are named.

Not counted: what a field says. "无" (none) is an answer and a blank is not; a dash where nothing is known was read as a
blank. A household that gave up the move keeps its file as it is. A record with nothing in it at all measures nothing.

Why: a card full of blanks was filled in for the cabinet. No document ranks the fields; the ranking is this program's
practice and a county may set its own weights and share. So a blank is a question and never a fail; where another rule
needs a field that is blank, that rule says so itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from checks.check import rule
from checks.choices import Mode, OldHouse
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_least, first
from checks.vocabulary import HOUSEHOLD, SITE

MUST, SHOULD, MAY = "must", "should", "may"

HOUSEHOLD_FIELDS: Mapping[str, tuple[str, ...]] = {
    MUST: ("id_number", "township", "village", "registered_poor", "approved_persons", "approved_on", "mode"),
    SHOULD: ("family_persons", "move_reason", "resettlement", "floor_area_m2", "moved_in"),
    MAY: ("natural_village", "household_book", "net_area_m2", "unit_type", "filled_by"),
}
POOR_FIELDS: Mapping[str, tuple[str, ...]] = {
    SHOULD: ("poverty_cause", "measures", "support_plan", "income_yuan", "signed_by", "card_helper"),
    MAY: ("support_effect", "labour_count", "employed_count", "visit_helper"),
}
SITE_FIELDS: Mapping[str, tuple[str, ...]] = {
    MUST: ("name", "township", "village", "mode", "approved_on", "households", "persons", "lon", "lat"),
    SHOULD: ("resettlement", "claimed_proximity", "building_area_m2", "building_cost_yuan", "stage", "support_plan"),
    MAY: ("contractor", "all_in_cost_yuan", "infrastructure_cost_yuan", "unit_type", "started_on", "planned_finish_on"),
}


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    weighs: str
    asked_of: Flags


@rule(about=HOUSEHOLD, dated_by="approved_on")
def household_record(home: Records, law: Terms) -> Verdict:
    """Judge a household's record as it is on the day of judgement."""
    down = (home.old_house == OldHouse.DEMOLISHED) | (home.old_house == OldHouse.RECLAIMED)
    fields = [
        *_fields(HOUSEHOLD_FIELDS, np.ones(len(home), dtype=np.bool_)),
        *_fields({SHOULD: ("site_name",)}, home.mode == Mode.CONCENTRATED),
        *_fields({SHOULD: ("moved_in_on",)}, home.moved_in),
        *_fields({SHOULD: ("old_house",)}, ~home.no_old_house),
        *_fields({SHOULD: ("demolished_on",)}, down),
        *_fields(POOR_FIELDS, home.registered_poor),
    ]
    gave_up = home.gave_up_on <= np.datetime64(law.as_of, "D")
    return _judged(home, law.as_judged(), fields, gave_up)


@rule(about=SITE, dated_by="approved_on")
def site_record(site: Records, law: Terms) -> Verdict:
    """Judge a site's record as it is on the day of judgement."""
    everywhere = np.ones(len(site), dtype=np.bool_)
    return _judged(site, law.as_judged(), _fields(SITE_FIELDS, everywhere), ~everywhere)


def _fields(lists: Mapping[str, tuple[str, ...]], asked_of: Flags) -> list[_Field]:
    return [_Field(name, weighs, asked_of) for weighs, names in lists.items() for name in names]


def _judged(records: Records, law: Terms, fields: list[_Field], closed: Flags) -> Verdict:
    """Weigh what is blank against what was asked; name the blanks, the weightiest first."""
    asked, blank = ({weighs: np.zeros(len(records)) for weighs in (MUST, SHOULD, MAY)} for _ in range(2))
    missing: dict[str, Flags] = {}
    for field in sorted(fields, key=lambda field: (MUST, SHOULD, MAY).index(field.weighs)):
        asked[field.weighs] += field.asked_of
        gone = records.missing(field.name)
        if gone is not None:
            missing[field.name] = gone & field.asked_of
            blank[field.weighs] += missing[field.name]
    weights = {MUST: law.must_weight, SHOULD: law.should_weight, MAY: law.may_weight}
    whole, lost = (sum((weights[weighs].amounts * count[weighs] for weighs in weights), start=np.zeros(len(records))) for count in (asked, blank))
    verdict = first(
        When(closed, Outcome.NOT_APPLICABLE, "gave-up"),
        When(lost == whole, Outcome.NO_DATA, "empty"),
        When(blank[MUST] > 0, Outcome.REVIEW, "must-blank", by_limit=True),
        otherwise=at_least(100 * (whole - lost) / whole, law.least_filled_percent, within="filled", under="thin", fails=False),
    )
    silent = (verdict.outcome == Outcome.NOT_APPLICABLE) | (verdict.outcome == Outcome.NO_DATA)
    missing = {name: rows & ~silent for name, rows in missing.items()}
    return replace(verdict, missing=missing).having(must_blank=blank[MUST], blank=_total(blank), asked=_total(asked))


def _total(counts: Mapping[str, Numbers]) -> Numbers:
    return counts[MUST] + counts[SHOULD] + counts[MAY]
