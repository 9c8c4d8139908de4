"""How much of the resettlement is concentrated, and is a site that is called concentrated large enough to be one?

Counted: households of the registered poor in a county and in each township, concentrated against dispersed, by persons
and by households, each ratio with its base. It is shown beside three norms: the national plan's mix by persons (a plan
figure, no pass mark for a county), and the two mixes named in talk, 75 : 25 and 70 : 30, whose base nobody said, so
both bases have to meet them.

Not counted: households that move at their own cost. Households whose way of resettlement or approved persons are not
recorded are left out and named; if they are many, or could turn the answer, the answer is open. A place with few
households has no ratio worth the name.

Why: no document fixes a share a county must reach, so being below is a question and never a violation. "Concentrated"
sites at the edge of the old village were named at a meeting; where a place has set a smallest size, sites below it are
named.
"""

import numpy as np

from checks.check import rule
from checks.choices import Mode
from checks.policy import Limit, Terms
from checks.records import Array, Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_least, exceeds, first, strictest
from checks.vocabulary import AREA, SITE


@rule(about=AREA, dated_by="counted_on")
def resettlement_ratio(area: Records, law: Terms) -> Verdict:
    """Judge the concentrated share of an area against every norm, each on the base it speaks of."""
    households = area.concentrated_households + area.dispersed_households
    persons = area.concentrated_persons + area.dispersed_persons
    by_persons, by_households = (
        100 * area.concentrated_persons / persons,
        100 * area.concentrated_households / households,
    )
    smaller = np.minimum(by_persons, by_households)
    plan, upper, lower = law.plan_share_percent, law.upper_talked_share_percent, law.lower_talked_share_percent
    verdict = strictest(
        at_least(by_persons, plan, under="below-plan", within="above-plan", fails=False),
        at_least(smaller, upper, under="below-upper", within="above-upper"),
        at_least(smaller, lower, under="below-lower", within="above-lower"),
    )
    left_out = _known(area.unsorted_households) + _known(area.uncounted_households)
    left_out_percent = 100 * left_out / (households + _known(area.unsorted_households))
    return first(
        When(_known(households) + left_out == 0, Outcome.NO_DATA, "nobody"),
        When(households + left_out < law.least_households_for_a_ratio.amounts, Outcome.NOT_APPLICABLE, "too-few"),
        When(exceeds(left_out_percent, law.most_left_out_percent.amounts), Outcome.NO_DATA, "too-many-left-out"),
        When((verdict.outcome == Outcome.PASS) & _could_turn(area, persons, left_out, law), Outcome.REVIEW, "could-turn"),
        otherwise=verdict,
    ).having(
        by_persons=by_persons,
        by_households=by_households,
        concentrated_persons=area.concentrated_persons,
        persons=persons,
        concentrated_households=area.concentrated_households,
        households=households,
        left_out=left_out,
        **_norm("plan", by_persons, plan),
        **_norm("upper", smaller, upper),
        **_norm("lower", smaller, lower),
    )


@rule(about=SITE, dated_by="approved_on", reads=("households",), applies=lambda site: site.mode != Mode.DISPERSED)
def concentrated_site(site: Records, law: Terms) -> Verdict:
    """Name a site that is called concentrated and is smaller than the place's own smallest size."""
    return at_least(site.households, law.least_households_a_site, within="large-enough", under="small", fails=False)


def _known(column: Numbers) -> Numbers:
    return np.nan_to_num(column)


def _could_turn(area: Records, persons: Numbers, left_out: Numbers, law: Terms) -> Flags:
    """Tell whether the households left out, were they all dispersed and of mean size, would bring the share below the plan's."""
    mean = persons / (area.concentrated_households + area.dispersed_households)
    lowest = 100 * area.concentrated_persons / (persons + left_out * mean)
    return exceeds(law.plan_share_percent.amounts, lowest) & (left_out > 0)


def _norm(name: str, share: Numbers, limit: Limit) -> dict[str, Array]:
    below = exceeds(limit.amounts, share)
    state = np.where(np.isnan(limit.amounts), "silent", np.where(below, "below", "met")).astype(object)
    return {f"norms.{name}.state": state, f"norms.{name}.share": share, f"norms.{name}.norm": limit.amounts}
