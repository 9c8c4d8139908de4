"""What does the house leave of each person's money for water, power and roads, and were they built?

Counted: the funding ceiling per person (60,000 yuan in Henan) less the building cost per person is what is left for
infrastructure; at 25 m² a person, 1,700 yuan/m² leaves 17,500 and 1,800 leaves 15,000. Where the infrastructure money
of the site is on record, house and infrastructure together are set against the ceiling, too: it is a lump sum for the
county, so that a site above it is only asked who pays the rest. A house that takes more than its half (the ceiling less
the subsidy is 30,000) is set beside what the site lacks: dear house and missing facilities are one finding.

Not counted: the all-in cost of a project. Doors and windows belong to the house. Schools and clinics are judged by a
check of their own.

Why: the ceiling is one purse. A dear house is no violation by itself, but what it takes is not there for the water
main; and where the facilities do stand, the same house hurts nobody.
"""

import numpy as np

from checks.check import rule
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Outcome, Verdict, When, at_least, at_most, first, instead, lacking
from checks.vocabulary import SITE

FACILITIES = ("has_water", "has_power", "has_road", "has_sewage")


@rule(about=SITE, dated_by="approved_on", reads=("building_cost_yuan", "building_area_m2", "persons"))
def infrastructure_share(site: Records, law: Terms) -> Verdict:
    """Judge what is left of the ceiling beside the facilities that are missing, and the purse as a whole."""
    by_division = site.building_cost_yuan / site.persons
    house = np.where(np.isnan(by_division), site.stated_cost_yuan_m2 * site.building_area_m2 / site.persons, by_division)
    ceiling = law.funding_ceiling_yuan_person
    together = house + np.nan_to_num(site.infrastructure_cost_yuan / site.persons)
    purse = at_most(together, ceiling, over="over-ceiling", fails=False)  # a lump sum for a county: one site may take more of it than another
    left = at_least(ceiling.amounts - house, law.least_left_yuan_person, within="enough-left", under="dear-unrecorded")
    dear = left.outcome == Outcome.REVIEW
    lacks = np.logical_or.reduce([site.stored(name) == 0 for name in FACILITIES])
    return first(
        When(site.persons <= 0, Outcome.NO_DATA, "nothing-to-divide"),
        When(np.isnan(house) & ~lacking(site, "all_in_cost_yuan"), Outcome.NO_DATA, "all-in-only", ("building_cost_yuan",)),
        When(dear & lacks & (purse.outcome != Outcome.REVIEW), Outcome.REVIEW, "dear-and-missing", by_limit=True),
        When(dear & ~lacking(site, *FACILITIES) & (purse.outcome != Outcome.REVIEW), Outcome.PASS, "dear-but-built", by_limit=True),
        otherwise=instead(left, purse, purse.outcome == Outcome.REVIEW),
    ).having(
        house_yuan_person=house,
        left_yuan_person=ceiling.amounts - house,
        together_yuan_person=together,
        ceiling=ceiling.amounts,
        all_in_cost_yuan=site.all_in_cost_yuan,
        **{f"facilities.{name}.state": np.array(["no", "yes", "unknown"], dtype=object)[site.stored(name)] for name in FACILITIES},
    )
