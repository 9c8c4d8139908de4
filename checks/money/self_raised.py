"""Was the household asked for more of its own money than the rule of that day allowed, and has it been given back?

Counted: households of the registered poor. What they paid less what was refunded is divided by the approved persons and
set against the rule of the day the money was paid, or, where that day is not on record, of the day of approval; but the
money may have been paid before, so that is at most a review until the day is recorded. In Henan it is 3,000 yuan a
person until 25 October 2016 and nothing since the day after. From which day the 3,000 held was not found, so more than
that before 25 October 2016 is a review. Households that paid under the old rule and were not refunded, and those that
gave the move up for money, are listed as questions. A saying that no household pays more than 10,000 yuan, which nobody
has verified, is shown only where no rule per person is known, and is at most a review.

Not counted: households that move at their own cost. A refund that is not on record is taken as not shown, never as
done. Who pays instead is no household's matter: province, city and county 1,000 each, and in counties directly under
the province (such as Gushi) the province 2,000 and the county 1,000.

Why: the same 3,000 yuan were in order one day and a violation the next. Who judges them by today's rule accuses the
honest, and who forgets the refund leaves the poorest with the debt.
"""

import re
from typing import Any

import numpy as np

from checks.check import rule
from checks.policy import NO_RULE, Terms
from checks.records import Array, Records
from checks.verdict import Flags, Outcome, Verdict, When, at_most, exceeds, first, instead, lacking
from checks.vocabulary import HOUSEHOLD

FOR_MONEY = re.compile("钱|款|资金|自筹|缴|交不起|付不起|拿不出|出不起|负担|负债|借|贷|经济|太贵")


@rule(
    about=HOUSEHOLD,
    dated_by="self_raised_on",
    needs=("registered_poor",),
    reads=("self_raised_yuan", "approved_persons", "approved_on"),
    applies=lambda home: home.registered_poor,
)
def self_raised(home: Records, law: Terms) -> Verdict:
    """Judge what the household still bears per person by the rule of the day it paid, and name who is out of pocket today."""
    today = np.datetime64(law.as_of, "D")
    paid_on = np.where(np.isnat(home.self_raised_on), home.approved_on, home.self_raised_on)
    then, now = _on(law, paid_on), _on(law, np.full(len(home), today))
    limit = then.most_self_raised_yuan_person
    paid = home.self_raised_yuan
    borne = np.maximum(paid - np.nan_to_num(home.self_raised_refunded_yuan), 0.0)
    each, paid_each = (np.where(paid == 0, 0.0, money / home.approved_persons) for money in (borne, paid))
    by_saying = at_most(borne, then.most_self_raised_yuan_household, within="below-saying", over="above-saying")
    verdict = instead(at_most(each, limit), by_saying, limit.which == NO_RULE)  # a saying has no say where there is a rule
    gave_up, in_force = home.gave_up_on <= today, limit.which >= 0
    over = in_force & exceeds(each, limit.amounts)
    undated = over & np.isnat(home.self_raised_on)  # it may have been paid before approval, under the older rule
    fine = (verdict.outcome != Outcome.FAIL) | undated
    return first(
        When((home.approved_persons < 1) & (paid > 0) & in_force, Outcome.NO_DATA, "nobody", ("approved_persons",)),
        When(fine & gave_up & _for_money(home), Outcome.REVIEW, "gave-up-for-money"),
        When(fine & exceeds(home.self_raised_refunded_yuan, paid), Outcome.REVIEW, "refunded-too-much"),
        When(undated, Outcome.REVIEW, "over-undated", by_limit=True),
        When(in_force & ~over & exceeds(each, now.most_self_raised_yuan_person.amounts), Outcome.REVIEW, "not-refunded", by_limit=True),
        When(fine & gave_up & lacking(home, "gave_up_reason"), Outcome.NO_DATA, "gave-up-unexplained", ("gave_up_reason",)),
        When((verdict.outcome == Outcome.NO_DATA) & lacking(home, "self_raised_yuan"), Outcome.NO_DATA, "missing", ("self_raised_yuan",)),
        When((paid == 0) & (verdict.outcome != Outcome.NOT_APPLICABLE), Outcome.PASS, "nothing-paid", by_limit=True),
        When(exceeds(paid_each, limit.amounts) & (verdict.outcome == Outcome.PASS), Outcome.PASS, "refunded", by_limit=True),
        otherwise=verdict,
    ).having(
        paid_yuan=paid,
        refunded_yuan=home.self_raised_refunded_yuan,
        borne_yuan=borne,
        approved_persons=home.approved_persons,
        now_yuan_person=now.most_self_raised_yuan_person.amounts,
        gave_up_on=home.gave_up_on,
        gave_up_reason=home.gave_up_reason,
        **_when(home, paid_on),
    )


def _on(law: Terms, days: Array) -> Terms:
    """Return the same law on other days than those of the records' own governing day."""
    return Terms(law.parameters, days, law.places, law.as_of)


def _for_money(home: Records) -> Flags:
    """Tell who gave up for a reason that speaks of money."""
    reasons, reason_of = home.grouped("gave_up_reason")
    return np.array([bool(FOR_MONEY.search(reason)) for reason in reasons], dtype=np.bool_)[reason_of]


def _when(home: Records, paid_on: Array) -> dict[str, Any]:
    """Tell which day decided: the day of payment, or the day of approval in its place."""
    known = ~np.isnat(home.self_raised_on)
    state = np.where(known, "paid", np.where(np.isnat(paid_on), "unknown", "approved")).astype(object)
    return {"when.day.state": state, "when.day.on": paid_on}
