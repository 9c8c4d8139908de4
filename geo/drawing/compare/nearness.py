"""Which shapes lie near each other, asked of a tree; and the rows that such pairs join."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.drawing.compare.leftovers import Shape, components
from geo.drawing.model import Floats, Ints

Shapes = NDArray[np.object_]


def drawn(shapes: Sequence[Shape]) -> Shapes:
    """Return polylines as shapes."""
    counts = [len(shape) for shape in shapes]
    points = np.array([at for shape in shapes for at in shape], np.float64).reshape(-1, 2)
    made: Shapes = np.atleast_1d(np.asarray(shapely.linestrings(points, indices=np.repeat(np.arange(len(shapes)), counts)), np.object_))
    return made


def near_pairs(shapes: Sequence[Shape], reach_m: float) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of rows (the smaller first) that lie within reach, and how far apart they are."""
    lines = drawn(shapes)
    a, b = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=reach_m)
    ahead = a < b
    a, b = a[ahead], b[ahead]
    apart: Floats = np.asarray(shapely.distance(lines[a], lines[b]), np.float64)
    return a, b, apart


def pairs_between(some: Sequence[Shape], others: Sequence[Shape], reach_m: float) -> tuple[Ints, Ints, Floats]:
    """Return which of some shapes lie within reach of which of others, and how far apart they are."""
    mine, theirs = drawn(some), drawn(others)
    a, b = shapely.STRtree(theirs).query(mine, predicate="dwithin", distance=reach_m)
    apart: Floats = np.asarray(shapely.distance(mine[a], theirs[b]), np.float64)
    return a, b, apart


def joined_rows(count: int, a: Ints, b: Ints, more: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """Return the groups of rows that pairs, and more pairs, join."""
    added = list(more)
    return components(count, np.r_[a, np.array([i for i, _ in added], np.int64)], np.r_[b, np.array([j for _, j in added], np.int64)])
