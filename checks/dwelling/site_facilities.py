"""Does a large site have the five facilities: community centre, school, kindergarten, clinic, culture room?

Counted: resettlement sites whose persons reach the size of a large site. A facility that the ledger says is not there
is named; exactly the threshold counts as large.

Not counted: smaller sites, which may share those of the village or town they stand in. A facility about which the ledger
says nothing is not taken to be there: until it is recorded the answer is open.

Why: Henan asked for the five at larger sites in October 2017, but the size from which it meant them was not seen. The 800
persons used here come from elsewhere: a practice value of this program, since 2021 the national definition of a large
site. A duty joined with a size from another document is a reading and no rule, so a missing facility is a question. It
is a violation only where one formal document, such as a county's own, says both which sites it means and what they need.
"""

import numpy as np

from checks.check import rule
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Outcome, Verdict, When, at_most, exceeds, first, instead, lacking
from checks.vocabulary import SITE

FIVE = ("has_community_centre", "has_school", "has_kindergarten", "has_clinic", "has_culture_room")


@rule(about=SITE, dated_by="approved_on", needs=("persons",), reads=FIVE)
def site_facilities(site: Records, law: Terms) -> Verdict:
    """Count the facilities a large site is said not to have; no more may be missing than the law allows."""
    large, duty = law.least_persons_large_site, law.most_facilities_missing
    missing = np.add.reduce([site.stored(name) == 0 for name in FIVE], dtype=np.float64)
    joined = at_most(missing, duty, within="all-there", over="missing-by-joined-size", fails=False)
    by_one_document = large.binding & duty.same_document(large)
    verdict = instead(joined, at_most(missing, duty, within="all-there", over="some-missing"), by_one_document)
    return first(
        When(exceeds(large.amounts, site.persons) & (duty.which >= 0), Outcome.NOT_APPLICABLE, "small-site"),
        When((verdict.outcome == Outcome.PASS) & lacking(site, *FIVE), Outcome.NO_DATA, "missing"),
        otherwise=verdict,
    ).having(
        persons=site.persons,
        large_from=large.amounts,
        **{f"five.{name}.state": np.array(["no", "yes", "unknown"], dtype=object)[site.stored(name)] for name in FIVE},
    )
