"""How likely something is by chance alone, and what that is worth when many were looked at."""

import numpy as np
import numpy.typing as npt

from checks.verdict import Numbers


def at_least_so_many(found: Numbers, of: Numbers, probability: Numbers) -> Numbers:
    """Return the exact binomial probability of `found` or more among `of`; NaN of a probability counts as certainty."""
    from scipy.special import bdtrc  # SciPy is slow to import, and few questions are of chance

    tail = bdtrc(np.maximum(found - 1, 0), of.astype(np.int64), np.nan_to_num(probability, nan=1.0))
    return np.where(found > 0, tail, 1.0)


def corrected(chance: Numbers, family: npt.NDArray[np.int64]) -> Numbers:
    """Return probabilities corrected for how many were looked at in each family.

    Holm's method (1979): it holds however the things looked at depend on each other, so at a level of 5 % at most five of
    a hundred innocent families see any of their members named.
    """
    order = np.lexsort((chance, family))
    sizes = np.bincount(family)
    before = np.cumsum(sizes) - sizes
    rank = np.arange(len(order)) - before[family[order]]
    steps = np.minimum(chance[order] * (sizes[family[order]] - rank), 1.0)
    apart = 2.0 * family[order]  # families stand two apart, so that the running maximum starts anew in each
    holm = np.empty(len(chance))
    holm[order] = np.maximum.accumulate(steps + apart) - apart
    return holm
