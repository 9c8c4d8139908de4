"""The order of visits: one way past all households, cut into days. Route first, then cut (Beasley, Omega 11, 1983)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Metres = npt.NDArray[np.float64]
MOST_SWEEPS = 30


def way_past(metres: Metres) -> list[int]:
    """Return all places in an order with a short way: the nearest one next, from the place farthest from all others, then crossings undone.

    `metres` is a square table, symmetric, with no gaps. The way is open: it does not come back to its beginning.
    """
    count = len(metres)
    if count < 3:
        return list(range(count))
    order, left = [int(np.argmax(metres.sum(axis=1)))], np.ones(count, dtype=np.bool_)
    left[order[0]] = False
    while left.any():
        order.append(int(np.argmin(np.where(left, metres[order[-1]], np.inf))))
        left[order[-1]] = False
    return _uncrossed(np.array(order), metres)


def _uncrossed(order: npt.NDArray[np.int64], metres: Metres) -> list[int]:
    """Return the order after turning round every stretch whose turning shortens the way (2-opt)."""
    count = len(order)
    for _ in range(MOST_SWEEPS):
        better = False
        for begin in range(count - 1):
            ends = np.arange(begin + 1, count)
            gain = np.zeros(len(ends))
            if begin > 0:
                before = order[begin - 1]
                gain += metres[before, order[begin]] - metres[before, order[ends]]
            after = ends[:-1] + 1
            gain[:-1] += metres[order[ends[:-1]], order[after]] - metres[order[begin], order[after]]
            best = int(np.argmax(gain))
            if gain[best] > 1e-6:
                order[begin : ends[best] + 1] = order[begin : ends[best] + 1][::-1].copy()
                better = True
        if not better:
            break
    return [int(place) for place in order]


def days(order: Sequence[int], a_day: int) -> list[list[int]]:
    """Return the order cut into days of at most `a_day`. ValueError for fewer than one a day."""
    if a_day < 1:
        raise ValueError("at least one household a day")
    return [list(order[begin : begin + a_day]) for begin in range(0, len(order), a_day)]
