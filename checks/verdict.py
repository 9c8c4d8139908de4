"""The five outcomes, and how a rule says which of them holds, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from checks.policy import NO_RULE, UNDATED, Limit
from checks.records import Array, Records

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
WITHIN, OVER, UNDER, MISSING, NO_RULE_THAT_DAY, OUTSIDE, NOT_SUPPLIED = (
    "within", "over", "under", "missing", "no-rule", "outside", "not-supplied",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Columns of one check's answer, one entry a row.

    outcome : int8, numbers of `Outcome`
    reason  : int16, index into `words`: which sentence of the sheet says it
    measured: float64 or None, in the unit of the parameter that decided (the check's own unit where none did)
    limits  : the limits looked at; `by` (int8) says which of them decided a row, -1 for none
    missing : column or layer name → rows that miss it
    facts   : name → column, what the sentence and the map need beside the number; "near.township.m" nests
    at      : where only some rows were judged, each row's place in `limits` and `facts`, -1 for a row that was not
    """

    outcome: npt.NDArray[np.int8]
    reason: npt.NDArray[np.int16]
    words: tuple[str, ...]
    measured: Numbers | None = None
    limits: tuple[Limit, ...] = ()
    by: npt.NDArray[np.int8] | None = None
    missing: Mapping[str, Flags] = field(default_factory=dict)
    facts: Mapping[str, Array] = field(default_factory=dict)
    at: npt.NDArray[np.intp] | None = None

    def having(self, **facts: Array) -> "Verdict":
        """Return the same verdict with more facts beside it."""
        return replace(self, facts={**self.facts, **facts})

    def reason_of(self, row: int) -> str:
        """Return the name of the sentence that says a row."""
        return self.words[int(self.reason[row])]

    def saying(self, word: str) -> Flags:
        """Tell which rows are said by the sentence of that name."""
        said = np.zeros(len(self.reason), dtype=np.bool_)
        for number, own in enumerate(self.words):
            if own == word:
                said |= self.reason == number
        return said

    def limit_of(self, row: int) -> tuple[Limit, int] | None:
        """Return the limit that decided a row and the place of the row's value in it; None where no value did."""
        place = self.place_of(row)
        if place < 0 or self.by is None or self.by[row] < 0:
            return None
        limit = self.limits[int(self.by[row])]
        return (limit, place) if limit.which[place] >= 0 else None

    def place_of(self, row: int) -> int:
        """Return where a row stands in `limits` and `facts`, -1 for a row that was not judged."""
        return row if self.at is None else int(self.at[row])


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


def at_most(measured: Numbers, limit: Limit, *, within: str = WITHIN, over: str = OVER, fails: bool = True) -> Verdict:
    """Pass where measured ≤ limit, equality included; where not, fail by a formal limit and review by any other.

    `within` and `over` name the sentences. With `fails=False` going against the limit is at most a review:
    for a formal figure that was never a pass mark. A measurement that is not there (NaN) is no-data.
    """
    return _against(measured, limit, exceeds(measured, limit.amounts), within, over, fails)


def at_least(measured: Numbers, limit: Limit, *, within: str = WITHIN, under: str = UNDER, fails: bool = True) -> Verdict:
    """Pass where measured ≥ limit, equality included; the mirror of `at_most`."""
    return _against(measured, limit, exceeds(limit.amounts, measured), within, under, fails)


def _against(measured: Numbers, limit: Limit, broken: Flags, kept_word: str, broken_word: str, fails: bool) -> Verdict:
    against = np.where(limit.binding & fails, Outcome.FAIL, Outcome.REVIEW)
    outcome = np.where(broken, against, Outcome.PASS).astype(np.int8)
    reason = broken.astype(np.int16)
    silent = limit.which == NO_RULE
    outcome[silent], reason[silent] = Outcome.NOT_APPLICABLE, 2
    unknown = (limit.which == UNDATED) | (np.isnan(measured) & ~silent)
    outcome[unknown], reason[unknown] = Outcome.NO_DATA, 3
    said = (kept_word, broken_word, NO_RULE_THAT_DAY, MISSING)
    return Verdict(outcome, reason, said, measured, (limit,), np.zeros(len(outcome), dtype=np.int8))


_SEVERITY = np.array([1, 4, 3, 2, 0], dtype=np.int8)
"""By the outcomes' own numbers: fail 4, review 3, no-data 2, pass 1, not-applicable 0."""


def worst(outcomes: Sequence[npt.NDArray[np.int8]]) -> npt.NDArray[np.int8]:
    """Return, row by row, the outcome that stands for several: fail, review, no-data, pass, not-applicable."""
    by_severity = np.array([4, 0, 3, 2, 1], dtype=np.int8)
    return by_severity[np.maximum.reduce([_SEVERITY[outcome] for outcome in outcomes])]


def strictest(*verdicts: Verdict) -> Verdict:
    """Give each row the verdict that is worst for it; of equally bad ones the first named speaks."""
    best = verdicts[0]
    for other in verdicts[1:]:
        best = instead(best, other, _SEVERITY[other.outcome] > _SEVERITY[best.outcome])
    return best


def instead(kept: Verdict, other: Verdict, rows: Flags) -> Verdict:
    """Return `kept` with `other`'s answer in the given rows."""
    shift = len(kept.limits)
    return Verdict(
        np.where(rows, other.outcome, kept.outcome),
        np.where(rows, other.reason + np.int16(len(kept.words)), kept.reason),
        (*kept.words, *other.words),
        np.where(rows, _measured(other), _measured(kept)),
        (*kept.limits, *other.limits),
        np.where(rows, np.where(_by(other) >= 0, _by(other) + shift, -1), _by(kept)).astype(np.int8),
        {name: np.where(rows, other.missing.get(name, False), kept.missing.get(name, False)) for name in dict.fromkeys((*kept.missing, *other.missing))},
        {**kept.facts, **other.facts},
    )


def _measured(verdict: Verdict) -> Numbers:
    return np.full(len(verdict.outcome), np.nan) if verdict.measured is None else verdict.measured


def _by(verdict: Verdict) -> npt.NDArray[np.int8]:
    return np.full(len(verdict.outcome), -1, dtype=np.int8) if verdict.by is None else verdict.by


@dataclass(frozen=True, slots=True)
class When:
    """One branch of `first`: in these rows, this outcome, said with this sentence.

    A branch rests on what it says itself; only one with `by_limit` keeps the measured number and the limit beside it.
    """

    rows: Flags
    outcome: Outcome
    reason: str
    missing: tuple[str, ...] = ()
    by_limit: bool = False


def lacking(records: Records, *names: str) -> Flags:
    """Return the rows that miss at least one of the named columns."""
    lost = np.zeros(len(records), dtype=np.bool_)
    for name in names:
        found = records.missing(name)
        if found is not None:
            lost |= found
    return lost


def first(*branches: When, otherwise: Verdict) -> Verdict:
    """Give each row the first branch that holds for it, and `otherwise` where none does.

    A branch that ends in NO_DATA names the columns it misses.
    """
    outcome, reason = otherwise.outcome.copy(), otherwise.reason.copy()
    measured, by = _measured(otherwise).copy(), _by(otherwise).copy()
    missing = {name: rows.copy() for name, rows in otherwise.missing.items()}
    open_ = np.ones(len(outcome), dtype=np.bool_)
    for number, branch in enumerate(branches, start=len(otherwise.words)):
        rows = open_ & branch.rows
        outcome[rows], reason[rows] = branch.outcome, number
        if not branch.by_limit:
            measured[rows], by[rows] = np.nan, -1
        for lost in missing.values():
            lost[rows] = False
        for name in branch.missing:
            missing[name] = missing.get(name, np.zeros(len(outcome), dtype=np.bool_)) | rows
        open_ &= ~rows
    words = (*otherwise.words, *(branch.reason for branch in branches))
    return replace(otherwise, outcome=outcome, reason=reason, words=words, measured=measured, by=by, missing=missing)


def settled(rows: int, outcome: Outcome, reason: str) -> Verdict:
    """Return a verdict that is the same for every row; the usual last resort of `first`."""
    return Verdict(np.full(rows, outcome, dtype=np.int8), np.zeros(rows, dtype=np.int16), (reason,))


def spread(judged: Verdict, rows: Flags, outcome: Outcome, reason: str) -> Verdict:
    """Return a verdict on all rows from one on the rows marked in `rows`; the others get this outcome and reason."""
    at = np.where(rows, np.cumsum(rows) - 1, -1)
    whole = settled(len(rows), outcome, reason)
    measured, by = np.full(len(rows), np.nan), np.full(len(rows), -1, dtype=np.int8)
    whole.outcome[rows], whole.reason[rows] = judged.outcome, judged.reason + 1
    measured[rows], by[rows] = _measured(judged), _by(judged)
    missing = {}
    for name, lost in judged.missing.items():
        missing[name] = np.zeros(len(rows), dtype=np.bool_)
        missing[name][rows] = lost
    return replace(judged, outcome=whole.outcome, reason=whole.reason, words=(reason, *judged.words), measured=measured, by=by, missing=missing, at=at)


def confined(judged: Verdict, rows: Flags, outcome: Outcome, reason: str) -> Verdict:
    """Return a verdict on all rows that speaks of those marked in `rows` only: the same that `spread` makes of a verdict on just these."""
    others = ~rows
    measured, by = _measured(judged).copy(), _by(judged).copy()
    measured[others], by[others] = np.nan, -1
    return replace(
        judged,
        outcome=np.where(rows, judged.outcome, outcome).astype(np.int8),
        reason=np.where(rows, judged.reason + 1, 0).astype(np.int16),
        words=(reason, *judged.words),
        measured=measured,
        by=by,
        missing={name: lost & rows for name, lost in judged.missing.items()},
        at=np.where(rows, np.arange(len(rows)), -1),
    )
