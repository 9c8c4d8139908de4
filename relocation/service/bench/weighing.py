"""Alternatives side by side: measured values, weights somebody sets, the order they give, and how far each weight may move before the order changes.

A value counts from 0 (the worst of those compared) to 1 (the best), in a straight line between; a score is the sum of these by weight. So a
weight says how much the way from worst to best of its criterion matters, and adding an alternative can change the ends: both stand beside the
score. An alternative that fails, or of which a weighted value is not known, has no place in the order: what is missing is not zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is compared: `values` one an alternative, None where not known; `less` is better or more is."""

    id: str
    values: tuple[float | None, ...]
    less: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """How far the share of one weight (of all weights together) may move, the others keeping their proportions, and the order stays.

    `low` and `high` are shares from 0 to 1; `below` and `above` say which alternative overtakes which beyond them (None: none does).
    """

    share: float
    low: float
    high: float
    below: tuple[int, int] | None
    above: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The alternatives in order (by number), the score of each (None: not ranked), and of each weighted criterion how far its weight may move."""

    order: tuple[int, ...]
    scores: tuple[float | None, ...]
    ends: Mapping[str, tuple[float, float]]
    holds: Mapping[str, Holds]
    unranked: tuple[int, ...]


def weigh(criteria: Sequence[Criterion], weights: Mapping[str, float], count: int, barred: frozenset[int] = frozenset()) -> Weighed:
    """Order alternatives by weighted sum; `barred` are numbers of alternatives without a place. ValueError for a weight that is negative, or all zero."""
    used = [one for one in criteria if weights.get(one.id, 0.0)]
    if not used or any(weights[one.id] < 0 for one in used):
        raise ValueError("weights")
    ranked = [number for number in range(count) if number not in barred and all(one.values[number] is not None for one in used)]
    worth = {one.id: _worth(one, ranked) for one in used}
    total = sum(Fraction(weights[one.id]) for one in used)
    shares = {one.id: Fraction(weights[one.id]) / total for one in used}
    exact = {number: sum((shares[id] * worth[id][number] for id in shares), Fraction()) for number in ranked}
    order = tuple(sorted(ranked, key=lambda number: (-exact[number], number)))
    scores = tuple(float(exact[number]) if number in exact else None for number in range(count))
    ends = {one.id: _ends(one, ranked) for one in used if ranked}
    holds = {id: _holds(id, shares, worth, order) for id in shares}
    return Weighed(order, scores, ends, holds, tuple(number for number in range(count) if number not in exact))


def _ends(one: Criterion, ranked: Sequence[int]) -> tuple[float, float]:
    """Return the worst and the best value of those ranked."""
    known = [value for number in ranked if (value := one.values[number]) is not None]
    return (max(known), min(known)) if one.less else (min(known), max(known))


def _worth(one: Criterion, ranked: Sequence[int]) -> dict[int, Fraction]:
    """Return each ranked value from 0 (the worst of them) to 1 (the best); where all are the same, each is 1."""
    if not ranked:
        return {}
    worst, best = (Fraction(end) for end in _ends(one, ranked))
    if worst == best:
        return dict.fromkeys(ranked, Fraction(1))
    return {number: (Fraction(one.values[number] or 0.0) - worst) / (best - worst) for number in ranked}


def _holds(id: str, shares: Mapping[str, Fraction], worth: Mapping[str, dict[int, Fraction]], order: Sequence[int]) -> Holds:
    """Return the exact interval: a pair's difference is a straight line over the share, so it changes sign at one place at most."""
    share = shares[id]
    if share == 1:  # it alone decides: there are no others whose proportions could be kept
        return Holds(1.0, 1.0, 1.0, None, None)
    low, high = Fraction(0), Fraction(1)
    below: tuple[int, int] | None = None
    above: tuple[int, int] | None = None
    for better, worse in pairwise(order):
        own = worth[id][better] - worth[id][worse]
        others = sum((shares[other] * (worth[other][better] - worth[other][worse]) for other in shares if other != id), Fraction()) / (1 - share)
        if own == others:
            continue  # the same distance whatever this weight is
        turn = others / (others - own)
        if own > others and low < turn <= share:
            low, below = turn, (worse, better)
        if own < others and share <= turn < high:
            high, above = turn, (worse, better)
    return Holds(float(share), float(low), float(high), below, above)
