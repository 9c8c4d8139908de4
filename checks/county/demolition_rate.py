"""Of the old houses that should have come down, how many have?

Counted: households of the registered poor in a county and in each township that had an old house and whose days to take
it down, counted from the day they moved in as in the check of the old house, have run out by the day of judgement. The
rate is the old houses recorded as demolished or reclaimed, divided by those. It is shown beside the national figure
published in April 2020 where that was known on the day of judgement: a result that was observed, and no pass mark.

Not counted: households that never had a house, that have not moved in, that still have days left (those of them already
down are named beside the rate), that moved in before any deadline was known, and houses that may stay with the county's
confirmation; one kept without confirmation counts as one to come down. Households whose old house, moving in, its day or
being registered poor is not recorded are left out of the rate and named; if they are many, or could bring the rate below
the mark, the answer is open.

Why: a rate over all households looks worse than it is, one over those already dealt with looks better. The denominator
is the houses that should be down by now. No document seen sets a share to reach, so being below is a question; a place
may set its own. Where no province or county has a deadline, the two years are this program's practice value.
"""

import numpy as np

from checks.census import count_in
from checks.check import Beside, rule
from checks.choices import Kept, OldHouse
from checks.places import places_of
from checks.policy import Terms
from checks.records import Records
from checks.verdict import NOT_SUPPLIED, Flags, Outcome, Verdict, When, at_least, exceeds, first, lacking, settled, strictest
from checks.vocabulary import AREA


@rule(about=AREA, dated_by="counted_on", beside=("households",), linked={"households": ("county",)})
def demolition_rate(area: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge the share of old houses that are down among those that should be."""
    if "households" not in beside:
        absent = When(np.ones(len(area), dtype=np.bool_), Outcome.NO_DATA, NOT_SUPPLIED, ("households",))
        return first(absent, otherwise=settled(len(area), Outcome.NO_DATA, NOT_SUPPLIED))
    home = beside["households"]
    today = np.datetime64(law.as_of, "D")
    due, early, unknown = _due(home, law, today)
    down = due & _down(home, today)
    due_here, down_here, unknown_here = count_in(area, home, due), count_in(area, home, down), count_in(area, home, unknown)
    kept_unconfirmed = count_in(area, home, due & ~down & ~lacking(home, "kept_reason"))
    rate, lowest = 100 * down_here / due_here, 100 * down_here / (due_here + unknown_here)
    law = law.as_judged()  # the rate is that of the day of judgement, and so is what it is held against
    observed, own = law.observed_percent, law.own_least_percent
    verdict = strictest(
        at_least(rate, observed, within="above-observed", under="below-observed", fails=False),
        at_least(rate, own, within="above-own", under="below-own"),
    )
    could_turn = exceeds(np.fmax(observed.amounts, own.amounts), lowest) & (unknown_here > 0)
    return first(
        When((due_here == 0) & (unknown_here == 0), Outcome.NOT_APPLICABLE, "none-due"),
        When(due_here + unknown_here < law.least_houses_for_a_rate.amounts, Outcome.NOT_APPLICABLE, "too-few"),
        When(exceeds(100 * unknown_here / (due_here + unknown_here), law.most_unknown_percent.amounts), Outcome.NO_DATA, "too-many-unknown"),
        When((verdict.outcome == Outcome.PASS) & could_turn, Outcome.REVIEW, "could-turn"),
        otherwise=verdict,
    ).having(
        rate=rate,
        due=due_here,
        down=down_here,
        standing=due_here - down_here,
        unknown=unknown_here,
        kept_unconfirmed=kept_unconfirmed,
        early=count_in(area, home, early),
        early_down=count_in(area, home, early & _down(home, today)),
        **{
            "beside.figure.state": np.where(np.isnan(observed.amounts), "none", "published").astype(object),
            "beside.figure.percent": observed.amounts,
        },
    )


def _due(home: Records, law: Terms, today: np.datetime64) -> tuple[Flags, Flags, Flags]:
    """Return the households whose old house should be down by now, those with days left, and those of which that is not known."""
    days = (today - home.moved_in_on).astype("timedelta64[D]").astype(np.float64)
    limit = Terms(law.parameters, home.moved_in_on, places_of(home, law.parameters.values()), law.as_of).demolish_within_days
    days[np.isnat(home.moved_in_on)] = np.nan
    unsaid = lacking(home, "moved_in") & np.isnat(home.moved_in_on)
    moved = (home.moved_in | lacking(home, "moved_in")) & ~(home.moved_in_on > today) & ~unsaid
    kept = (home.kept_reason >= 0) & (home.kept_reason != Kept.OTHER) & home.kept_confirmed
    unregistered = lacking(home, "registered_poor")
    may_be = ~home.no_old_house & ~kept & (home.registered_poor | unregistered) & (moved | unsaid)
    late = exceeds(days, limit.amounts)
    unknown = may_be & (np.isnat(home.moved_in_on) | late & (unregistered | lacking(home, "old_house")))
    days_left = may_be & ~late & ~unknown & ~unregistered & (limit.which >= 0)
    return may_be & late & ~unknown, days_left, unknown


def _down(home: Records, today: np.datetime64) -> Flags:
    said = (home.old_house == OldHouse.DEMOLISHED) | (home.old_house == OldHouse.RECLAIMED)
    return np.asarray(said & ~(home.demolished_on > today))
