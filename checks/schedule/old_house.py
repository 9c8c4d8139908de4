"""Has the old house come down in time after the family moved in?

Counted: households of the registered poor that have moved into their new home and still had an old one. Days run from
the day they moved in to the day of judgement while the old house stands. One that is lived in again is judged by the
law on that, whatever days are left. A house said to have come down before the move was approved, or its ground to have
been reclaimed before that, is asked about: a day is wrong, or there was no house left to leave.

Not counted: households that never had a house, that have not moved yet (they are not late), and houses that may stay:
a listed traditional village, one applied for listing, a wall shared with another household, each with the county's
confirmation; such a house may be lived in. A reason without confirmation is a question, not an exception.

Why: one family, one homestead. An old house that still stands, or is lived in again, is what inspections have named.
Farming the old land stays lawful, and giving up land may not be a condition of moving. Henan's own deadline was not
found; in the two provinces where one was seen it is about two years, Guangxi's in a form of agreement of 2016 to 2020.
About is no day, so the 730 days are a reading of it: without a county's or province's own formal deadline in days,
being late is a review and not a fail. That nobody may live in the old house again is what the field goes by; no
document was seen that says it, so it is a review too.
"""

import numpy as np

from checks.check import rule
from checks.choices import Kept, OldHouse
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_most, first, instead, lacking
from checks.vocabulary import HOUSEHOLD


@rule(
    about=HOUSEHOLD,
    dated_by="moved_in_on",
    needs=("registered_poor",),
    reads=("moved_in_on",),
    applies=lambda home: home.registered_poor,
)
def old_house(home: Records, law: Terms) -> Verdict:
    """Judge what became of the old house, in the order in which an inspector would ask."""
    today = np.datetime64(law.as_of, "D")
    down = (home.old_house == OldHouse.DEMOLISHED) | (home.old_house == OldHouse.RECLAIMED)
    days = (np.where(down, home.demolished_on, today) - home.moved_in_on).astype("timedelta64[D]").astype(np.float64)
    days[np.isnat(home.moved_in_on) | (down & np.isnat(home.demolished_on))] = np.nan
    limit = law.demolish_within_days
    verdict = first(
        When(home.no_old_house, Outcome.NOT_APPLICABLE, "no-old-house"),
        *_down(home, down, today),
        *_kept(home),
        When(lacking(home, "old_house"), Outcome.NO_DATA, "missing", ("old_house",)),
        *_not_moved(home, today),
        otherwise=at_most(days, limit, within="in-time", over="overdue"),
    )
    return instead(verdict, _lived_in_again(home, law, days, down), home.reoccupied & (verdict.outcome != Outcome.NOT_APPLICABLE)).having(
        demolished_on=home.demolished_on,
        reclaimed_on=home.reclaimed_on,
        approved_on=home.approved_on,
        moved_in_on=home.moved_in_on,
        agreed=home.old_house == OldHouse.AGREED,
        days=days,
        days_left=limit.amounts - days,
    )


def _lived_in_again(home: Records, law: Terms, days: Numbers, down: Flags) -> Verdict:
    """Judge that people live in the old house today, by today's law on that; a formal deadline that has passed speaks first."""
    again = at_most(home.reoccupied.astype(np.float64), law.as_judged().most_lived_in_again, within="in-time", over="lived-in-again")
    overdue = at_most(days, law.demolish_within_days, within="in-time", over="overdue-lived-in")
    return first(
        When(down, Outcome.REVIEW, "down-yet-lived-in"),
        otherwise=instead(again, overdue, overdue.outcome == Outcome.FAIL),
    )


def _down(home: Records, down: Flags, today: np.datetime64) -> tuple[When, ...]:
    standing = (home.old_house == OldHouse.STANDING) | (home.old_house == OldHouse.AGREED)
    dated = ~np.isnat(home.demolished_on)
    return (
        When(standing & dated & (home.demolished_on <= today), Outcome.REVIEW, "contradiction"),
        When(down & dated & (home.demolished_on > today), Outcome.REVIEW, "not-yet-down"),
        When(down & (home.demolished_on < home.approved_on), Outcome.REVIEW, "down-before-approval"),
        When(down & (home.reclaimed_on < home.demolished_on), Outcome.REVIEW, "reclaimed-before-down"),
        When(down & ~dated, Outcome.NO_DATA, "down-undated", ("demolished_on",)),
        When(down, Outcome.PASS, "down"),
    )


def _kept(home: Records) -> tuple[When, ...]:
    reason = ~lacking(home, "kept_reason")
    return (
        When(reason & (home.kept_reason == Kept.OTHER), Outcome.REVIEW, "kept-for-another-reason"),
        When(reason & home.kept_confirmed, Outcome.NOT_APPLICABLE, "kept"),
        When(reason, Outcome.REVIEW, "kept-unconfirmed"),
    )


def _not_moved(home: Records, today: np.datetime64) -> tuple[When, ...]:
    dated = ~np.isnat(home.moved_in_on)
    said_no = ~home.moved_in & ~lacking(home, "moved_in")
    return (
        When(said_no & dated & (home.moved_in_on <= today), Outcome.REVIEW, "moved-or-not"),
        When(said_no | (dated & (home.moved_in_on > today)), Outcome.NOT_APPLICABLE, "not-moved"),
        When(~dated & lacking(home, "moved_in"), Outcome.NO_DATA, "missing", ("moved_in",)),
    )
