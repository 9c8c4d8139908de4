"""Captions: titles and the lines under them, which belong to the plan over them and to each other."""

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.model import Floats, Ints

OVER = 3.0
"""A text over a plan counts as so many times as far from it as one under it."""
_NEXT_LINE, _FLUSH = 2.5, 2.0
"""Lines of one caption follow within so many heights of their letters, and begin or are centred within so many of each other."""

_MOST_PAIRS = 500_000
"""Texts heaped up more than this are no captions."""


def under_rather(corners: Floats, distance: Floats, at: Floats, turns: Floats) -> Floats:
    """Return distances of texts from a shape (its corners, n × 2), longer for those that stand over it as they are read.

    at, turns: where the texts stand (m × 2) and the direction of their lines, in the axes of the shape. Titles stand under their
    plans (GB/T 50001), so that between two rows of plans a title belongs to the upper one though the lower may be nearer.
    """
    up = np.column_stack([-np.sin(turns), np.cos(turns)])
    over = (at * up).sum(axis=1) > (corners @ up.T).max(axis=0)
    told: Floats = np.where(over, OVER * distance, distance)
    return told


def first_lines(at: Floats, heights: Floats, turns: Floats) -> Ints:
    """Return for each text the row of the first line of the caption that it is in, its own where it is in none.

    at: where the texts are anchored, n × 2; heights of their letters in the same unit; turns of their lines, radians.
    """
    first = np.arange(len(at))
    if len(at) < 2:
        return first
    cos, sin = np.cos(turns), np.sin(turns)
    up = at[:, 1] * cos - at[:, 0] * sin
    tree, reach = cKDTree(at), heights * np.hypot(_NEXT_LINE, _FLUSH)
    if int(tree.query_ball_point(at, reach, return_length=True).sum()) > _MOST_PAIRS:
        return first
    near = tree.query_ball_point(at, reach)
    for row in np.argsort(-up, kind="stable").tolist():
        above = [
            other
            for other in near[row]
            if 0.5 * heights[row] < up[other] - up[row] <= _NEXT_LINE * max(heights[row], heights[other])
            and abs((at[other] - at[row]) @ (cos[row], sin[row])) <= _FLUSH * heights[row]
            and abs(turns[other] - turns[row]) < 0.01
        ]
        if above:
            first[row] = first[min(above, key=lambda other: (up[other], other))]
    return first
