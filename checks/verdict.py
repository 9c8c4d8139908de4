"""The five outcomes, and how a rule says which of them holds, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from checks.policy import NO_RULE, UNDATED, Limit
from checks.records import Array

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


class Outcome(IntEnum):
    """What a check can say of a record; the numbers are those of the verdict columns."""

    PASS = 0
    FAIL = 1
    REVIEW = 2
    NO_DATA = 3
    NOT_APPLICABLE = 4

    @property
    def id(self) -> str:
        """The stable name in JSON and commands."""
        return self.name.lower().replace("_", "-")

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return ("合规", "不合规", "待核", "缺资料", "不适用")[self]

    @property
    def en(self) -> str:
        """The English word."""
        return ("pass", "fail", "review", "no data", "not applicable")[self]

    @classmethod
    def by_id(cls, text: str) -> "Outcome":
        """Return the outcome of that stable name; KeyError when there is none."""
        return cls[text.upper().replace("-", "_")]


WORST_FIRST = (Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA, Outcome.PASS, Outcome.NOT_APPLICABLE)
"""The order in which people want to see them, and the order in which one outcome stands for several."""

# Reasons every check may give; its sheet names the rest.
WITHIN, OVER, UNDER, TOO_CLOSE, MISSING, NO_RULE_THAT_DAY, OUTSIDE = (
    "within", "over", "under", "too-close", "missing", "no-rule", "outside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Columns of one check's answer, one entry a row.

    outcome : int8, numbers of `Outcome`
    reason  : object (str), which sentence of the sheet says it
    measured: float64 or None, in the check's unit
    limit   : the Limit that decided, or None where the check has no number
    missing : column or layer name → rows that miss it
    facts   : name → column, what the sentence and the map need beside the number
    """

    outcome: npt.NDArray[np.int8]
    reason: Array
    measured: Numbers | None = None
    limit: Limit | None = None
    missing: Mapping[str, Flags] = field(default_factory=dict)
    facts: Mapping[str, Array] = field(default_factory=dict)

    def having(self, **facts: Array) -> "Verdict":
        """Return the same verdict with more facts beside it."""
        return replace(self, facts={**self.facts, **facts})


SAME = 1e-14
"""Two quotients closer than this (relative) are equal.

Ledger figures are decimals; a double holds their nearest binary neighbour, and a quotient of two such is off by
at most three half-units in the last place (3.4e-16). Two *different* decimal quotients of operands with together at
most 14 significant digits lie further apart than 1e-14. So inside that range comparing with this width is exactly
comparing the decimals as typed: 25.00 passes, 96,120 ÷ 80.1 is 1,200 and not a hair more.
"""


def exceeds(left: Numbers, right: Numbers) -> Flags:
    """Tell where `left` > `right` as decimals; NaN on either side is False."""
    return np.asarray(left - right > SAME * np.abs(right))


def at_most(measured: Numbers, limit: Limit, uncertainty: Numbers | None = None) -> Verdict:
    """Pass where measured ≤ limit, equality included; where not, fail by a formal limit and review by any other.

    With an `uncertainty` (same unit, one-sided) a limit inside measured ± uncertainty gives review, too close to call.
    """
    return _against(measured, limit, exceeds(measured, limit.amounts), OVER, uncertainty)


def at_least(measured: Numbers, limit: Limit, uncertainty: Numbers | None = None) -> Verdict:
    """Pass where measured ≥ limit, equality included; the mirror of `at_most`."""
    return _against(measured, limit, exceeds(limit.amounts, measured), UNDER, uncertainty)


def _against(measured: Numbers, limit: Limit, broken: Flags, word: str, uncertainty: Numbers | None) -> Verdict:
    outcome = np.where(broken, np.where(limit.binding, Outcome.FAIL, Outcome.REVIEW), Outcome.PASS).astype(np.int8)
    reason = _words(len(outcome), WITHIN)
    reason[broken] = word
    if uncertainty is not None:
        close = np.abs(measured - limit.amounts) <= uncertainty
        outcome[close], reason[close] = Outcome.REVIEW, TOO_CLOSE
    silent = limit.which == NO_RULE
    outcome[silent], reason[silent] = Outcome.NOT_APPLICABLE, NO_RULE_THAT_DAY
    undated = limit.which == UNDATED
    outcome[undated], reason[undated] = Outcome.NO_DATA, MISSING
    return Verdict(outcome, reason, measured, limit)


def _words(rows: int, word: str) -> Array:
    return np.full(rows, word, dtype=object)


@dataclass(frozen=True, slots=True)
class When:
    """One branch of `first`: in these rows, this outcome, said with this sentence."""

    rows: Flags
    outcome: Outcome
    reason: str
    missing: tuple[str, ...] = ()


def first(*branches: When, otherwise: Verdict) -> Verdict:
    """Give each row the first branch that holds for it, and `otherwise` where none does.

    A branch that ends in NO_DATA names the columns it misses.
    """
    outcome, reason = otherwise.outcome.copy(), otherwise.reason.copy()
    missing = {name: rows.copy() for name, rows in otherwise.missing.items()}
    open_ = np.ones(len(outcome), dtype=np.bool_)
    for branch in branches:
        rows = open_ & branch.rows
        outcome[rows], reason[rows] = branch.outcome, branch.reason
        for lost in missing.values():
            lost[rows] = False
        for name in branch.missing:
            missing[name] = missing.get(name, np.zeros(len(outcome), dtype=np.bool_)) | rows
        open_ &= ~rows
    return replace(otherwise, outcome=outcome, reason=reason, missing=missing)


def settled(rows: int, outcome: Outcome, reason: str) -> Verdict:
    """Return a verdict that is the same for every row; the usual last resort of `first`."""
    return Verdict(np.full(rows, outcome, dtype=np.int8), _words(rows, reason))
