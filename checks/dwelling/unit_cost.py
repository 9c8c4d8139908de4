"""What does a square metre cost to build, and does the subsidy carry it?

Counted: the building cost of a site's homes divided by their building area, and by its persons. It is set against the
cost that the housing subsidy carries at 25 m² a person (1,200 yuan/m² in Henan since late October 2016), against the
level called too high in 2017, against the funding ceiling per person, and against a cap the county has set for itself.
A figure that no house can be built for is asked about: as a rule the cost was typed in 10,000 yuan among others in yuan.

Not counted: the all-in cost of a project. It holds roads, water, power and schools and is never compared with a
building cost.

Why: a dear house breaks no cap by itself. It leaves a gap, and somebody fills it: the household with debt, or the
infrastructure money with facilities that are then not built. So the gap is named. The funding ceiling is a lump sum for
the county, so that a site above it is asked who pays the rest; only a cap the county set itself can be broken.
"""

import numpy as np

from checks.check import rule
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_least, at_most, exceeds, first, instead, lacking, strictest
from checks.vocabulary import SITE


@rule(about=SITE, dated_by="approved_on", reads=("building_cost_yuan", "building_area_m2", "persons"))
def unit_cost(site: Records, law: Terms) -> Verdict:
    """Judge cost per m² and per person against every limit that speaks; the strictest answer stands."""
    by_division = site.building_cost_yuan / site.building_area_m2
    per_m2 = np.where(np.isnan(by_division), site.stated_cost_yuan_m2, by_division)
    per_person = site.building_cost_yuan / site.persons
    carried = at_most(per_m2, law.break_even_yuan_m2, over="gap")
    high = at_most(per_m2, law.called_high_yuan_m2, over="called-high")
    purse = at_most(per_person, law.funding_ceiling_yuan_person, over="over-ceiling", within="below-ceiling", fails=False)
    verdict = strictest(
        instead(carried, high, high.outcome == Outcome.REVIEW),
        at_most(per_m2, law.county_most_yuan_m2, over="over-own-cap"),
        purse,
    )
    verdict = instead(verdict, purse, (purse.outcome == Outcome.REVIEW) & (verdict.outcome != Outcome.FAIL))
    low = at_least(per_m2, law.least_plausible_yuan_m2, under="too-low", fails=False)
    verdict = instead(verdict, low, low.outcome == Outcome.REVIEW)
    nothing = np.isnan(per_m2)
    ends = (site.building_area_m2 <= 0) | (site.persons <= 0)
    return first(
        When(ends, Outcome.NO_DATA, "nothing-to-divide"),
        When(nothing & ~lacking(site, "all_in_cost_yuan"), Outcome.NO_DATA, "all-in-only", ("building_cost_yuan",)),
        When((verdict.outcome == Outcome.PASS) & _disagree(site, by_division, law), Outcome.REVIEW, "disagree"),
        otherwise=verdict,
    ).having(
        per_m2=per_m2,
        per_person=per_person,
        stated=site.stated_cost_yuan_m2,
        break_even=law.break_even_yuan_m2.amounts,
        gap_yuan_person=law.housing_subsidy_yuan_person.amounts * (per_m2 / law.break_even_yuan_m2.amounts - 1),
        all_in_cost_yuan=site.all_in_cost_yuan,
    )


def _disagree(site: Records, by_division: Numbers, law: Terms) -> Flags:
    """Tell where the unit cost as written and the one from cost and area differ by more than rounding explains."""
    gap_percent = np.abs(site.stated_cost_yuan_m2 - by_division) / by_division * 100
    return exceeds(gap_percent, law.most_disagreement_percent.amounts)
