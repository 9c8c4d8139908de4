"""Is the new home within the area the plan allows each approved person?

Counted: households of the registered poor. Their home's building (gross floor) area is divided by the persons
approved for the move. Exactly 25.00 m² passes; there is no tolerance above it.

Not counted: households that move at their own cost; they count in the site's capacity, not here. A one-person
household that took cash or a voucher, or went into central care, with the reason on file, has no home of its own to
measure; one that shares a home is judged together with those it shares with.

Why: the area line is the one number every inspection reads first. A meeting in 2017 said that no subsidy is paid
above it (no document was seen). The mean of a county hides households over the line, so each one is judged.
"""

import numpy as np

from checks.check import rule
from checks.choices import OnePerson
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Outcome, Verdict, When, at_most, exceeds, first, lacking
from checks.vocabulary import HOUSEHOLD


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("registered_poor", "approved_persons"),
    reads=("floor_area_m2",),
    applies=lambda home: home.registered_poor,
)
def living_area(home: Records, law: Terms) -> Verdict:
    """Judge building area per approved person; see the page above for the ways out of a one-person household."""
    limit = law.most_m2_a_person
    verdict = at_most(home.floor_area_m2 / home.approved_persons, limit)
    way = np.where(home.approved_persons == 1, home.one_person_way, -1)
    elsewhere = np.isin(way, (OnePerson.CASH_OR_VOUCHER, OnePerson.CENTRAL_CARE))
    over = exceeds(home.floor_area_m2, limit.amounts)
    silent = lacking(home, "one_person_reason")
    net_only = lacking(home, "floor_area_m2") & ~lacking(home, "net_area_m2")
    return first(
        When(home.approved_persons < 1, Outcome.NO_DATA, "nobody", ("approved_persons",)),
        When(elsewhere & silent, Outcome.REVIEW, "one-person-unexplained"),
        When(elsewhere, Outcome.NOT_APPLICABLE, "one-person-elsewhere"),
        When((way == OnePerson.SHARED_HOME) & over, Outcome.REVIEW, "one-person-shared", by_limit=True),
        When((way != OnePerson.SHARED_HOME) & over & (home.approved_persons == 1), Outcome.FAIL, "one-person-over", by_limit=True),
        When(net_only, Outcome.NO_DATA, "net-only", ("floor_area_m2",)),
        When(exceeds(home.net_area_m2, home.floor_area_m2), Outcome.REVIEW, "net-above-gross"),
        otherwise=verdict,
    ).having(
        floor_area_m2=home.floor_area_m2,
        net_area_m2=home.net_area_m2,
        approved_persons=home.approved_persons,
        family_persons=home.family_persons,
        one_person_reason=home.one_person_reason,
    )
