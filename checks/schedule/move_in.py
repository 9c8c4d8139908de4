"""Has the family moved in, and not only been handed a key?

Counted: households of the registered poor. The ledger's own word (moved in, and on which day) is compared with the day
of approval, the day of the key and what a visit found. Where a family has the key and has not moved in, days are counted
from the day of the key. The law is that of the day they moved in, or of the day of the key while they have not.

Not counted: households that move at their own cost, that gave up, or that have no key yet (they are not late). Nobody at
home on one visit is not the same as not living there. Whether a home is fit to live in is asked by the check of the
fit-out.

Why: a key handed over is not moved in. For dispersed homes the recognition form seen in Guangxi asks that people
actually live there (a form of 2017, from which day of that year was not found, so it is a violation for those who moved
in from 2018 to 2020, and 2017 and later years are only asked about); for concentrated homes it asks for quality,
readiness and the key, so a home found not lived in is a question there and no violation. No document was found that
says how soon after the key a family has to move.
"""

import numpy as np

from checks.check import rule
from checks.choices import Mode
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Flags, Outcome, Verdict, When, at_most, first, instead, lacking
from checks.vocabulary import HOUSEHOLD


@rule(about=HOUSEHOLD, dated_by="handed_over_on", needs=("registered_poor",), applies=lambda home: home.registered_poor)
def move_in(home: Records, law: Terms) -> Verdict:
    """Judge whether people live there: contradictions first, then what a visit found, then how long the key has lain idle."""
    today = np.datetime64(law.as_of, "D")
    moved_on, key_on = home.moved_in_on, home.handed_over_on
    law = Terms(law.parameters, np.where(np.isnat(moved_on), key_on, moved_on), law.places, law.as_of)
    unsaid = lacking(home, "moved_in")
    moved = home.moved_in | (unsaid & (moved_on <= today))
    days = (today - key_on).astype("timedelta64[D]").astype(np.float64)
    days[np.isnat(key_on)] = np.nan
    idle = at_most(days, law.most_days_from_key, within="key-recent", over="key-idle")
    nobody = ~home.lived_in_found & ~lacking(home, "lived_in_found")
    empty = at_most(nobody.astype(np.float64), law.most_homes_found_empty, over="found-empty-dispersed")
    return first(
        When(home.gave_up_on <= today, Outcome.NOT_APPLICABLE, "gave-up"),
        *_contradictions(home, today, moved, unsaid),
        When(moved & np.isnat(moved_on), Outcome.NO_DATA, "moved-undated", ("moved_in_on",)),
        When(moved & ~nobody & home.lived_in_found, Outcome.PASS, "lived-in"),
        When(moved & ~nobody, Outcome.PASS, "recorded"),
        When(moved & (home.mode != Mode.DISPERSED), Outcome.REVIEW, "found-empty"),
        When(~moved & (key_on > today), Outcome.NOT_APPLICABLE, "no-key"),
        When(~moved & unsaid & (home.key_handed | (key_on <= today)), Outcome.NO_DATA, "key-only", ("moved_in",)),
        When(~moved & unsaid, Outcome.NO_DATA, "missing", ("moved_in",)),
        When(~moved & np.isnat(key_on) & home.key_handed, Outcome.NO_DATA, "key-undated", ("handed_over_on",)),
        When(~moved & np.isnat(key_on) & lacking(home, "key_handed"), Outcome.NO_DATA, "missing", ("key_handed",)),
        When(~moved & np.isnat(key_on), Outcome.NOT_APPLICABLE, "no-key"),
        otherwise=instead(idle, empty, moved),
    ).having(approved_on=home.approved_on, handed_over_on=key_on, moved_in_on=moved_on, days=days)


def _contradictions(home: Records, today: np.datetime64, moved: Flags, unsaid: Flags) -> tuple[When, ...]:
    said_no, moved_on = ~home.moved_in & ~unsaid, home.moved_in_on
    no_key = ~home.key_handed & ~lacking(home, "key_handed") & (home.handed_over_on <= today)
    return (
        When(said_no & (moved_on <= today), Outcome.REVIEW, "moved-or-not"),
        When(moved_on > today, Outcome.REVIEW, "not-yet"),
        When(moved & (moved_on < home.approved_on), Outcome.REVIEW, "before-approval"),
        When(moved & (moved_on < home.handed_over_on), Outcome.REVIEW, "before-key"),
        When(no_key, Outcome.REVIEW, "key-or-not"),
        When(said_no & home.lived_in_found, Outcome.REVIEW, "lived-in-unrecorded"),
    )
