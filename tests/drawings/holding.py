"""A comparison held against what was planted: what was missed, and what was told where nothing is."""

from collections.abc import Iterable

from geo.drawing.difference import Comparison, Difference
from tests.drawings.pairs import Pair
from tests.drawings.planting import Box, Expected

NEAR_MM = 60.0
"""A difference is in its place when its box comes so near to where it was planted."""


def box_mm(one: Difference) -> Box:
    """Return the box around what a difference draws and its place, in mm of the old drawing; told in metres."""
    points = [one.where, *(at for shape in one.shape_before + one.shape_after for at in shape)]
    xs, ys = zip(*points, strict=True)
    return min(xs) * 1000, min(ys) * 1000, max(xs) * 1000, max(ys) * 1000


def near(one: Box, other: Box, by_mm: float = NEAR_MM) -> bool:
    """Tell whether two boxes come near each other."""
    return one[0] <= other[2] + by_mm and one[2] >= other[0] - by_mm and one[1] <= other[3] + by_mm and one[3] >= other[1] - by_mm


def missed(expected: Iterable[Expected], comparison: Comparison) -> list[Expected]:
    """Return what was planted and is not told by its kind at its place."""
    told = [(one.op, one.what, box_mm(one)) for one in comparison.differences]
    return [each for each in expected if not any(op in each.ops and what in each.whats and near(box, each.box_mm) for op, what, box in told)]


def stray(pair: Pair, comparison: Comparison) -> list[Difference]:
    """Return what is told where the two drawings of a pair do not differ."""
    return [one for one in comparison.differences if not any(near(box_mm(one), box) for box in pair.allowed)]
