"""What does the housing subsidy leave open for each person, and who fills it?

Counted: the building cost of a site's homes for each person, which is the cost per m² times the area each person has,
less the housing subsidy per person. Where only a stated cost per m² is on record it is multiplied by the area per
person. At 25 m² a person, 1,700 yuan/m² leaves 12,500 yuan open, 1,800 leaves 15,000. Beside it stands who fills it.

Not counted: the all-in cost of a project, which holds roads, water and schools. Self-raised money of single households
is judged by a check of its own.

Why: a dear house breaks no cap by itself, so nothing here is a violation. But a gap is always filled by somebody: the
household with savings, which is money it raises itself, or with a loan, which is new debt, or the infrastructure money,
which is facilities not built. A gap
that nobody is named for often ends with the household.
"""

import numpy as np

from checks.check import rule
from checks.choices import GapFiller
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import SITE


@rule(about=SITE, dated_by="approved_on", reads=("building_cost_yuan", "building_area_m2", "persons"))
def subsidy_gap(site: Records, law: Terms) -> Verdict:
    """Set the building cost per person against the subsidy, and say who pays the difference."""
    area_per_person = site.building_area_m2 / site.persons
    by_division = site.building_cost_yuan / site.persons
    per_person = np.where(np.isnan(by_division), site.stated_cost_yuan_m2 * area_per_person, by_division)
    subsidy = law.housing_subsidy_yuan_person
    verdict = at_most(per_person, subsidy, within="carried", over="nobody-named", fails=False)
    open_ = verdict.outcome == Outcome.REVIEW
    ends = (site.persons <= 0) | (np.isnan(by_division) & (site.building_area_m2 <= 0))
    all_in_only = np.isnan(per_person) & ~lacking(site, "all_in_cost_yuan") & lacking(site, "building_cost_yuan")
    return first(
        When(ends, Outcome.NO_DATA, "nothing-to-divide"),
        When(all_in_only, Outcome.NO_DATA, "all-in-only", ("building_cost_yuan",)),
        When(open_ & (site.gap_filled_by == GapFiller.HOUSEHOLD_LOAN), Outcome.REVIEW, "debt", by_limit=True),
        When(open_ & (site.gap_filled_by == GapFiller.HOUSEHOLD_SAVINGS), Outcome.REVIEW, "savings", by_limit=True),
        When(open_ & (site.gap_filled_by == GapFiller.INFRASTRUCTURE_MONEY), Outcome.REVIEW, "squeezed", by_limit=True),
        When(open_ & (site.gap_filled_by == GapFiller.COUNTY_MONEY), Outcome.PASS, "county-pays", by_limit=True),
        When(open_ & (site.gap_filled_by == GapFiller.OTHER), Outcome.REVIEW, "other", by_limit=True),
        otherwise=verdict,
    ).having(gap_yuan_person=per_person - subsidy.amounts, area_per_person=area_per_person, all_in_cost_yuan=site.all_in_cost_yuan)
