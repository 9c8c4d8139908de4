"""Was the housing subsidy paid when it was due, to the right hands, and with nothing held back?

Counted: households of the registered poor, per approved person. In Henan 20,000 yuan are due when they move in and
10,000 after the old house is down. While it stands no more than 20,000 may be paid; a house that is down with less than
30,000 paid, or a family that has moved in with less than 20,000, is asked about. Concentrated households are paid to
the personal card first and the builder after. Money held back from dispersed households is judged by the day of the
payment: it was recommended until early 2017 (the last day was not found) and called a violation from about May 2017,
and the months between are a review; the two are in dispute and are said to be. What was held back as recommended and is
not paid out by the day of judgement is asked about as well, by what is said on that day: as much of it as the payments
on record fall short of what is due by now.

Not counted: households that move at their own cost. Where there was no old house, or it may stay with the county's
confirmation, nothing has to come down first. How soon after the day an instalment is due was not found, so being late
is a question. A first instalment paid before they moved in is not judged here (the document says on moving in); finance
may have to look at it. The path of money to dispersed households was not laid down.

Why: paid too early, the second instalment is the one lever that brings old houses down, given away; paid past the card,
nobody can show that the household ever had it. Each payment is judged by the rule of its own day. No document was found
that says what follows when an instalment was paid too early or too much, so the check says what to look at and who decides.
"""

import numpy as np

from checks.check import rule
from checks.choices import Mode, OldHouse, PaidTo
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import NO_RULE_THAT_DAY, Flags, Numbers, Outcome, Verdict, When, at_least, at_most, exceeds, first, instead, lacking, settled, strictest
from checks.vocabulary import HOUSEHOLD

_PATHS = np.array([*(path.id for path in PaidTo), "unknown"], dtype=object)  # the last answers for -1
PAST_THE_CARD = (PaidTo.BUILDER, PaidTo.CASH, PaidTo.VILLAGE)


@rule(
    about=HOUSEHOLD,
    dated_by="first_paid_on",
    needs=("registered_poor",),
    reads=("approved_persons", "first_paid_yuan"),
    applies=lambda home: home.registered_poor,
)
def subsidy_payment(home: Records, law: Terms) -> Verdict:
    """Judge what was held back, what was paid while the old house stood, its path, and what is due and not paid."""
    today = np.datetime64(law.as_of, "D")
    moved = home.moved_in | (home.moved_in_on <= today)
    paid_on = np.where(np.isnat(home.first_paid_on), home.moved_in_on, home.first_paid_on)
    then = _on(law, paid_on)
    one, two, held = (money / home.approved_persons for money in (home.first_paid_yuan, home.second_paid_yuan, home.held_back_yuan))
    held = np.where(home.mode == Mode.DISPERSED, np.nan_to_num(held), 0.0)
    still = _still_held(home, then, held, np.nan_to_num(one) + np.nan_to_num(two), today)
    verdict = strictest(
        _only(held > 0, at_most(held, then.most_held_back_yuan_person, within="held-as-advised", over="held-back")),
        _only(still > 0, at_most(still, law.as_judged().most_held_back_yuan_person, within="held-as-advised", over="still-held")),
        _while_standing(home, law, paid_on, one, two),
        _only(moved, at_least(one + held, then.first_instalment_yuan_person, within="in-order", under="first-short", fails=False)),
        _only(moved & (home.demolished_on <= today), _in_all(home, _on(law, np.fmax(home.demolished_on, paid_on)), one + two)),
        at_most(one + np.nan_to_num(two), then.subsidy_yuan_person, within="in-order", over="above-standard", fails=False),
        _only((home.mode == Mode.CONCENTRATED) & (home.first_paid_yuan > 0), _path(home, then)),
    )
    unpaid = (np.nan_to_num(home.first_paid_yuan) == 0) & (np.nan_to_num(home.second_paid_yuan) == 0)
    return first(
        When(unpaid & ~moved & lacking(home, "moved_in"), Outcome.NO_DATA, "missing", ("moved_in",)),
        When(unpaid & ~moved, Outcome.NOT_APPLICABLE, "nothing-due"),
        When((home.approved_persons < 1) & (then.subsidy_yuan_person.which >= 0), Outcome.NO_DATA, "nobody", ("approved_persons",)),
        otherwise=verdict,
    ).having(
        first_each=one,
        second_each=two,
        held_each=held,
        still_each=still,
        moved_in_on=home.moved_in_on,
        demolished_on=home.demolished_on,
        **{"stands.house.state": np.where(_standing(home), "standing", np.where(lacking(home, "demolished_on"), "unknown", "down")).astype(object)},
        **{"stands.house.on": home.demolished_on},
        **{"path.this.state": np.where(_builder_first(home), "builder-first", _PATHS[home.paid_to])},
    )


def _while_standing(home: Records, law: Terms, paid_on: Array, one: Numbers, two: Numbers) -> Verdict:
    """Judge what had been paid while the old house stood, by the law of the last payment's day."""
    comes_down = ~(home.no_old_house | home.kept_confirmed)
    standing = _standing(home)
    too_early = [comes_down & (standing | (day < home.demolished_on)) for day in (paid_on, home.second_paid_on)]
    paid = np.where(too_early[0], one, 0.0) + np.where(too_early[1], np.nan_to_num(two), 0.0)
    paid[np.isnan(one)] = np.nan
    limit = _on(law, np.fmax(paid_on, home.second_paid_on)).first_instalment_yuan_person
    asked = comes_down & ~standing & (home.second_paid_yuan > 0) & (limit.which >= 0) & ~exceeds(paid, limit.amounts)
    undated = lacking(home, "demolished_on")
    return first(
        When(asked & undated & lacking(home, "old_house"), Outcome.NO_DATA, "missing", ("old_house",)),
        When(asked & undated, Outcome.NO_DATA, "missing", ("demolished_on",)),
        When(asked & lacking(home, "second_paid_on"), Outcome.NO_DATA, "missing", ("second_paid_on",)),
        otherwise=at_most(paid, limit, within="in-order", over="before-demolition"),
    )


def _still_held(home: Records, law: Terms, held: Numbers, paid: Numbers, today: np.datetime64) -> Numbers:
    """Return how much of what was held back per person no payment on record has made good: at most what is short of what is due by now."""
    free = home.no_old_house | home.kept_confirmed | (home.demolished_on <= today)
    due = np.where(free, law.subsidy_yuan_person.amounts, law.first_instalment_yuan_person.amounts)
    return np.asarray(np.clip(np.nan_to_num(due - paid), 0.0, held))


def _in_all(home: Records, law: Terms, whole: Numbers) -> Verdict:
    """Judge whether all of the subsidy is paid, now that the old house is down."""
    limit = law.subsidy_yuan_person
    return first(
        When((limit.which >= 0) & lacking(home, "second_paid_yuan"), Outcome.NO_DATA, "missing", ("second_paid_yuan",)),
        otherwise=at_least(whole, limit, within="in-order", under="second-short", fails=False),
    )


def _path(home: Records, law: Terms) -> Verdict:
    """Judge whether the money went to the personal card before anybody else had it."""
    limit = law.most_paid_past_the_card
    past = np.isin(home.paid_to, PAST_THE_CARD) | _builder_first(home)
    return first(
        When((limit.which >= 0) & lacking(home, "paid_to"), Outcome.NO_DATA, "missing", ("paid_to",)),
        otherwise=at_most(past.astype(np.float64), limit, within="in-order", over="past-the-card"),
    )


def _standing(home: Records) -> Flags:
    return np.asarray((home.old_house == OldHouse.STANDING) | (home.old_house == OldHouse.AGREED))


def _builder_first(home: Records) -> Flags:
    return np.asarray((home.paid_to == PaidTo.CARD_THEN_BUILDER) & (home.builder_paid_on < home.first_paid_on))


def _only(asked: Flags, verdict: Verdict) -> Verdict:
    """Return a verdict that speaks of the asked rows only."""
    return instead(settled(len(asked), Outcome.NOT_APPLICABLE, NO_RULE_THAT_DAY), verdict, asked)


def _on(law: Terms, days: Array) -> Terms:
    """Return the same law on other days than those of the records' own governing day."""
    return Terms(law.parameters, days, law.places, law.as_of)
