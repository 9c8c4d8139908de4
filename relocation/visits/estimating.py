"""What the visited households say of all: a share or a ratio with its interval, as anybody else would compute it from the weights.

Strata are drawn without replacement, so the variance carries the finite population correction; a ratio's comes from its residuals
(Cochran, Sampling Techniques, 3rd ed. 1977, sections 5.3 and 6.11; Särndal, Swensson and Wretman 1992, section 5.6 and 7.6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from relocation.visits.sizing import Key


@dataclass(frozen=True, slots=True)
class Summary:
    """A stratum in figures: how many it has, how many answered, their mean and variance (by n - 1; None of one alone)."""

    population: int
    answered: int
    mean: float
    variance: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one visited household says: y of x (x is 1 for a share), and the stratum it stands for."""

    stratum: Key
    y: float
    x: float = 1.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or ratio. `low` and `high` None where too few answered to tell how far it may be off; `covered` of `population` households have a voice.

    `merged` counts strata with a single answer, which were taken together to tell how much households differ: that errs to the wide side.
    """

    value: float
    error: float | None
    low: float | None
    high: float | None
    confidence: float
    answered: int
    covered: int
    population: int
    merged: int = 0


def stratified_mean(strata: Sequence[Summary]) -> tuple[float, float | None]:
    """Return the mean per household over all strata and its standard error; None for the error where a stratum's variance is not known.

    A stratum that was asked whole adds nothing to the error.
    """
    total = sum(one.population for one in strata)
    mean = sum(one.population * one.mean for one in strata) / total
    if any(one.variance is None and one.answered < one.population for one in strata):
        return mean, None
    parts = (one.population**2 * (1 - one.answered / one.population) * (one.variance or 0.0) / one.answered for one in strata)
    return mean, sqrt(sum(parts)) / total


def ratio(answers: Sequence[Answer], populations: dict[Key, int], *, confidence: float = 0.95) -> Estimate:
    """Return Σwy / Σwx over the answers (Hájek; x of 1 makes it the Horvitz-Thompson share, as weights sum to the strata's sizes).

    Of a stratum where not everybody answered, those who did speak for it; one where nobody did is not covered. The interval is
    Student's, on as many degrees as answers beyond one a stratum. ValueError without an answer, or when Σwx is not positive.
    """
    parts = _by_stratum(answers)
    weighted_y, weighted_x = (sum(populations[key] / len(part) * sum(getattr(one, axis) for one in part) for key, part in parts.items()) for axis in "yx")
    if not answers or weighted_x <= 0:
        raise ValueError("nothing to divide by")
    value = weighted_y / weighted_x
    residuals = {key: [one.y - value * one.x for one in part] for key, part in parts.items()}
    summaries, merged = _summaries(residuals, populations)
    covered = sum(populations[key] for key in parts)
    _, error = stratified_mean(summaries)
    error = None if error is None else error * covered / weighted_x
    degrees = sum(one.answered - 1 for one in summaries if one.answered < one.population)
    low, high = _interval(value, error, degrees, confidence)
    return Estimate(value, error, low, high, confidence, len(answers), covered, sum(populations.values()), merged)


def share(answers: Sequence[Answer], populations: dict[Key, int], *, confidence: float = 0.95) -> Estimate:
    """Return a share (y is 1 or 0) with Wilson's interval on the number of answers that a plain draw would need for the same error.

    A plain interval has no width where everybody says the same, and leaves 0 to 1; this one does neither (Korn and Graubard, Survey
    Methodology 24, 1998; compared in Franco, Little, Louis and Slud, J. Survey Statistics and Methodology 7, 2019). ValueError as `ratio`.
    """
    made = ratio(answers, populations, confidence=confidence)
    if made.error is None:
        return made
    if made.answered >= made.covered:
        return Estimate(made.value, 0.0, made.value, made.value, confidence, made.answered, made.covered, made.population)
    p, most = made.value, _at_most(answers, populations)
    effective = min(p * (1 - p) / made.error**2, most) if made.error > 0 else most  # small strata may seem more alike than they are
    t = _student(max(made.answered - len({one.stratum for one in answers}), 1), confidence)
    centre, width = p + t * t / (2 * effective), t * sqrt(p * (1 - p) / effective + t * t / (4 * effective**2))
    under = 1 + t * t / effective
    low, high = max(0.0, (centre - width) / under), min(1.0, (centre + width) / under)
    return Estimate(p, made.error, low, high, confidence, made.answered, made.covered, made.population, made.merged)


def _at_most(answers: Sequence[Answer], populations: dict[Key, int]) -> float:
    """Return the most that the answers can count for: fewer where they weigh unequally (Kish 1965), more where most households were asked."""
    parts = _by_stratum(answers)
    weights = {key: populations[key] / len(part) for key, part in parts.items()}
    squares = sum(len(part) * weights[key] * (weights[key] - 1) for key, part in parts.items())  # who was asked for sure adds no error
    covered = sum(populations[key] for key in parts)
    return covered**2 / squares


def _by_stratum(answers: Sequence[Answer]) -> dict[Key, list[Answer]]:
    parts: dict[Key, list[Answer]] = {}
    for one in answers:
        parts.setdefault(one.stratum, []).append(one)
    return parts


def _summaries(residuals: dict[Key, list[float]], populations: dict[Key, int]) -> tuple[list[Summary], int]:
    """Return the strata's residuals in figures, those with one answer taken together."""
    lone = [key for key, part in sorted(residuals.items()) if len(part) == 1 and populations[key] > 1]
    made = [_summary(part, populations[key]) for key, part in residuals.items() if key not in lone]
    if lone:
        together = [residuals[key][0] for key in lone]
        made.append(_summary(together, sum(populations[key] for key in lone)))
    return made, len(lone)


def _summary(values: Sequence[float], population: int) -> Summary:
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1) if len(values) > 1 else None
    return Summary(population, len(values), mean, variance)


def _interval(value: float, error: float | None, degrees: int, confidence: float) -> tuple[float | None, float | None]:
    if error is None:
        return None, None
    if error == 0:
        return value, value
    width = _student(max(degrees, 1), confidence) * error
    return value - width, value + width


def _student(degrees: int, confidence: float) -> float:
    from scipy.stats import t  # late: only who computes a score waits for it

    return float(t.ppf((1 + confidence) / 2, degrees))
