"""Who signed the household's file card, and does the same helper stand on the card and on the visit log?

Counted: households of the registered poor, whose card asks for the head's own signature. Doubtful points are counted:
a card that nobody signed or that somebody outside the family signed, and a helper on the card who is not among those on
the visit log. A helper may be one of several; one name in common is enough.

Not counted: households that move at their own cost, which have no such card. A member of the family may sign for the
head: that is said and passes. A signature or a helper that is not recorded is not known, and passes nothing.

Why: at a meeting in 2017 proxy signatures and a different helper on each page were named as signs of cards filled in at
a desk. A helper may have been replaced and a head may not be able to write, so this is a question and never a fail. No
name is shown.
"""

import re

import numpy as np

from checks.check import rule
from checks.choices import Signature
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Flags, Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import HOUSEHOLD


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("registered_poor",),
    reads=("signed_by", "card_helper", "visit_helper"),
    applies=lambda home: home.registered_poor,
)
def signatures(home: Records, law: Terms) -> Verdict:
    """Judge the card as it lies there on the day of judgement: what is known to be wrong first, then what is not known."""
    unsigned, proxy = (home.signed_by == who for who in (Signature.NONE, Signature.PROXY))
    silent = lacking(home, "card_helper", "visit_helper")
    differ = _differ(home.card_helper, home.visit_helper, ~silent)
    points = (unsigned | proxy).astype(np.float64) + differ
    verdict = at_most(points, law.as_judged().most_doubtful_points, within="signed", over="different-helper", fails=False)
    against = Outcome.REVIEW
    return first(
        When(unsigned, against, "unsigned", by_limit=True),
        When(proxy, against, "by-proxy", by_limit=True),
        When(~differ & (silent | lacking(home, "signed_by")), Outcome.NO_DATA, "missing"),
        When(~differ & (home.signed_by == Signature.FAMILY), Outcome.PASS, "by-family", by_limit=True),
        otherwise=verdict,
    ).having(**{"helpers.card.state": np.where(silent, "unknown", np.where(differ, "differ", "same")).astype(object)})


def _differ(card: Array, visit: Array, known: Flags) -> Flags:
    """Tell where card and visit log have no helper in common; only texts that are not the same are taken apart."""
    differ = known & (card != visit)
    apart: dict[tuple[str, str], bool] = {}
    for row in np.flatnonzero(differ).tolist():
        pair = (card[row], visit[row])
        if pair not in apart:
            apart[pair] = _people(pair[0]).isdisjoint(_people(pair[1]))
        differ[row] = apart[pair]
    return np.asarray(differ, dtype=np.bool_)


def _people(text: str) -> set[str]:
    """Return the names in a cell: several stand apart by commas and the like, one may be spaced out (演  甲) or have a post in brackets."""
    without_posts = re.sub(r"[(（][^)）]*[)）]", "", text)
    return {name for name in re.split(r"[、,，;；/\n]", re.sub(r"[^\S\n]+", "", without_posts)) if name}
