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
    old, new = _Side(before), _Side(after)
    return [_situated(one, old if one.shape_before else new) if one.what in _OF_A_PLAN else one for one in items]


class _Side:
    """The named rooms and the outlines of one drawing's dwellings, to be asked for what lies near."""

    def __init__(self, plans: Sequence[Placed]) -> None:
        self.rooms = [(label, shape) for one in plans for room, shape in one.rooms for label in room.labels]
        self.outlines = [one.outline.exterior for one in plans if one.outline is not None]
        self._rooms = shapely.STRtree([shape for _, shape in self.rooms])
        self._outlines = shapely.STRtree(self.outlines)

    def near(self, lines: MultiLineString) -> tuple[list[tuple[str, Polygon]], list[LinearRing]]:
        """Return the rooms and the outlines that reach into the surroundings of lines, in the order of the plans."""
        around = shapely.box(*lines.bounds).buffer(_BESIDE_M)
        rooms, rings = (sorted(tree.query(around, predicate="intersects").tolist()) for tree in (self._rooms, self._outlines))
        return [self.rooms[row] for row in rooms], [self.outlines[row] for row in rings]


def _situated(item: Item, side: _Side) -> Item:
    shapes = [shape for shape in item.shape_before or item.shape_after if len(shape) > 1]
    if not shapes:
        return item
    lines = MultiLineString(shapes)
    rooms, rings = side.near(lines)
    beside = [(_length(lines, shape, _BESIDE_M), label) for label, shape in rooms]
    most = max((length for length, _ in beside), default=0.0)
    told = sorted({label: length for length, label in sorted(beside) if length >= max(_LEAST_SHARE * most, _ON_M)}.items(), key=lambda one: (-one[1], one[0]))
    outer = any(_length(lines, ring, _ON_M) >= _OUTER_M for ring in rings)
    return replace(item, rooms=tuple(label for label, _ in told[:_MOST]), outer=outer)


def _length(lines: MultiLineString, shape: Polygon | LinearRing, within_m: float) -> float:
    """Return how much of the lines lies within a distance of a shape."""
    return float(lines.intersection(shape.buffer(within_m)).length)
