"""Where a difference is in words of the plan: which rooms it lies between, and whether on the outer face of a dwelling."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely
from shapely import LinearRing, MultiLineString, Polygon

from geo.drawing.compare.items import Item
from geo.drawing.compare.meaning import Placed

_OF_A_PLAN = frozenset({"wall", "opening"})
_BESIDE_M = 0.3  # a room lies this near to the faces of its walls, and to a door in them
_ON_M = 0.02
_OUTER_M = 0.3  # an inner wall ends at the inner face of an outer one; what lies on the outline for longer is of the outer wall
_LEAST_SHARE = 0.25  # of the stretch beside the room that has most of it: a corner's touch is not told
_MOST = 3


def situated(items: Iterable[Item], before: Sequence[Placed], after: Sequence[Placed]) -> list[Item]:
    """Return the items with the rooms that they lie beside, those with most of them first, and whether they are of an outer wall.

    before, after: the dwellings of both drawings in the axes that are compared; what was there before is told by the old plan.
    """
    return [_situated(one, before if one.shape_before else after) if one.what in _OF_A_PLAN else one for one in items]


def _situated(item: Item, plans: Sequence[Placed]) -> Item:
    shapes = [shape for shape in item.shape_before or item.shape_after if len(shape) > 1]
    if not shapes:
        return item
    lines = MultiLineString(shapes)
    near = shapely.box(*lines.bounds).buffer(_BESIDE_M)
    beside = [(_length(lines, shape, _BESIDE_M), label) for one in plans for label, shape in _named(one) if near.intersects(shape)]
    most = max((length for length, _ in beside), default=0.0)
    told = sorted({label: length for length, label in sorted(beside) if length >= max(_LEAST_SHARE * most, _ON_M)}.items(), key=lambda one: (-one[1], one[0]))
    outer = any(one.outline is not None and _length(lines, one.outline.exterior, _ON_M) >= _OUTER_M for one in plans)
    return replace(item, rooms=tuple(label for label, _ in told[:_MOST]), outer=outer)


def _named(plan: Placed) -> list[tuple[str, Polygon]]:
    return [(label, shape) for room, shape in plan.rooms for label in room.labels]


def _length(lines: MultiLineString, shape: Polygon | LinearRing, within_m: float) -> float:
    """Return how much of the lines lies within a distance of a shape."""
    return float(lines.intersection(shape.buffer(within_m)).length)
