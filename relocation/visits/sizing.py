"""How many to draw for a wanted precision, and how a sample is shared out among strata."""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from statistics import NormalDist

Key = tuple[str, ...]
LEAST = 2
"""So many are drawn of every stratum that has them: with one alone nobody can tell how much its households differ."""


def size_for(population: int, half_width: float, *, confidence: float = 0.95, share: float = 0.5) -> int:
    """Return how many of a population must be drawn for a share to be known to ± `half_width`.

    Normal approximation n0 = z² p(1 - p) / d², then n = n0 / (1 + (n0 - 1) / N) for a finite population (Cochran, Sampling Techniques,
    3rd ed. 1977, section 4.4). `share` 0.5 asks for most. ValueError for a width, a confidence or a share that is none.
    """
    if not (0 < half_width < 1 and 0 < confidence < 1 and 0 < share < 1):
        raise ValueError("half width, confidence and share lie between 0 and 1")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    first = z * z * share * (1 - share) / half_width**2
    return min(population, ceil(first / (1 + (first - 1) / population) - 1e-9)) if population else 0


def shared_out(sizes: Mapping[Key, int], total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """Return how many of each stratum are drawn: `LEAST` of each (all where there are fewer), the rest by size times weight.

    Equal weights are proportional allocation, standard deviations Neyman's (Cochran, section 5.5). What a stratum cannot take goes to
    the others; largest remainders decide, and equal ones the order of the names. ValueError when `total` is too small or too large.
    """
    taken = {key: min(LEAST, size) for key, size in sizes.items()}
    if not sum(taken.values()) <= total <= sum(sizes.values()):
        raise ValueError("the total does not fit the strata")
    while (left := total - sum(taken.values())) > 0:
        open_ = [key for key in sorted(sizes) if taken[key] < sizes[key]]
        more = _rounded({key: sizes[key] * weights[key] for key in open_}, left)
        for key in open_:
            taken[key] = min(sizes[key], taken[key] + more[key])
    return taken


def _rounded(wanted: Mapping[Key, float], total: int) -> dict[Key, int]:
    """Return whole numbers in those proportions that sum to `total`."""
    whole = sum(wanted.values())
    exact = {key: total * (part / whole if whole > 0 else 1 / len(wanted)) for key, part in wanted.items()}
    given = {key: floor(part + 1e-9) for key, part in exact.items()}
    for key in sorted(exact, key=lambda key: (given[key] - exact[key], key))[: total - sum(given.values())]:
        given[key] += 1
    return given


def needed(sizes: Sequence[int]) -> int:
    """Return the least sample that gives every stratum its least."""
    return sum(min(LEAST, size) for size in sizes)
