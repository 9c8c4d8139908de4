"""What two drawings differ by as dwellings: gross areas, rooms that grew, came or went. Told only where the lines around them differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import Polygon

from geo.drawing.compare.items import Item
from geo.drawing.dwelling import Plans, Room, UnitPlan
from geo.drawing.model import Floats

Placing = Callable[[Floats], Floats]
"""Takes points of a plan (metres in its own drawing's axes) to the axes that are compared."""
_LEAST_M = 0.0025  # how far a side must have moved on the average of a quarter of the outline: half of what is told of a wall
_SAME_SHARE = 0.3  # of the larger of two rooms that both have in common where they are one room
_CAUSE_M = 0.6  # how near the changed line is to the room that it changes
_CAUSES = frozenset({"wall", "opening", "line"})


@dataclass(frozen=True)
class Placed:
    """A dwelling with its outline and rooms in the axes that are compared."""

    plan: UnitPlan
    outline: Polygon | None
    rooms: tuple[tuple[Room, Polygon], ...]


def placed(plans: Plans, placing: Placing) -> list[Placed]:
    """Return the dwellings of a drawing in the axes that are compared."""
    return [_placed(one, placing) for one in plans.unit_plans]


def differing_dwellings(before: Sequence[Placed], after: Sequence[Placed], items: Sequence[Item]) -> list[Item]:
    """Return how the areas of dwellings and rooms differ. items: what is known to differ; no area changes without a line that did."""
    causes = _Causes([one for one in items if one.what in _CAUSES and (one.shape_before or one.shape_after)])
    if not causes.items:
        return []
    found: list[Item] = []
    for one, other in _fellows(before, after):
        found += [*_gross(one, other, causes), *_rooms(one, other, causes)]
    return found


def _placed(plan: UnitPlan, placing: Placing) -> Placed:
    rooms = tuple((room, _laid(room.outline, placing)) for room in plan.rooms)
    return Placed(plan, _laid(plan.outline, placing) if plan.outline is not None else None, rooms)


def _laid(shape: Polygon, placing: Placing) -> Polygon:
    moved = shapely.transform(shape, placing)
    return moved if moved.is_valid else Polygon(moved.exterior)


def _fellows(before: Sequence[Placed], after: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Yield the dwellings that lie on one another, the closest first."""
    ranked = sorted(
        (-_common(one.outline, other.outline), row, at)
        for row, one in enumerate(before)
        for at, other in enumerate(after)
        if one.outline is not None and other.outline is not None
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for share, row, at in ranked:
        if -share >= _SAME_SHARE and row not in used[0] and at not in used[1]:
            used[0].add(row)
            used[1].add(at)
            yield before[row], after[at]


def _common(one: Polygon | None, other: Polygon | None) -> float:
    """Return the share of the larger of two shapes that both have in common."""
    if one is None or other is None or not one.intersects(other):
        return 0.0
    return float(one.intersection(other).area / max(one.area, other.area, 1e-9))


def _differs(one: float, other: float, around_m: float) -> bool:
    return abs(one - other) > _LEAST_M * around_m / 4


class _Causes:
    """What changed among the lines, to be asked for what lies near a shape."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.boxes = [shapely.box(*one.box) for one in items]
        self.tree = shapely.STRtree(self.boxes)

    def of(self, shape: Polygon) -> Item | None:
        """Return what changed nearest to a shape's edge, the weightiest first; None where nothing near it did."""
        rows = self.tree.query(shape, predicate="dwithin", distance=_CAUSE_M).tolist()
        order = [(-self.items[row].weight, self.items[row].what != "wall", self.boxes[row].distance(shape.exterior), row) for row in rows]
        return self.items[min(order)[3]] if order else None


def _gross(one: Placed, other: Placed, causes: _Causes) -> Iterator[Item]:
    before, after = one.plan.gross_m2, other.plan.gross_m2
    if before is None or after is None or one.outline is None or not _differs(before, after, one.outline.length):
        return
    cause = causes.of(one.outline)
    if cause is not None:
        yield Item("changed", "area", before=round(before, 3), after=round(after, 3), weight=3, at=cause.where)


def _rooms(one: Placed, other: Placed, causes: _Causes) -> Iterator[Item]:
    ranked = sorted((-_common(a, b), row, at) for row, (_, a) in enumerate(one.rooms) for at, (_, b) in enumerate(other.rooms))
    used: tuple[set[int], set[int]] = (set(), set())
    for share, row, at in ranked:
        if -share < _SAME_SHARE or row in used[0] or at in used[1]:
            continue
        used[0].add(row)
        used[1].add(at)
        (room, shape), (fellow, _) = one.rooms[row], other.rooms[at]
        sure = room.confidence == fellow.confidence == "exact"
        cause = causes.of(shape) if sure and _differs(room.area_m2, fellow.area_m2, shape.length) else None
        if cause is not None:
            said = (round(room.area_m2, 3), round(fellow.area_m2, 3))
            names = room.labels or fellow.labels
            yield Item("changed", "room", before=said[0], after=said[1], weight=3, at=_at(shape, cause), rooms=names)
    for op, side, taken in (("removed", one, used[0]), ("added", other, used[1])):
        for row, (room, shape) in enumerate(side.rooms):
            cause = causes.of(shape) if row not in taken and room.confidence == "exact" else None
            if cause is not None:
                name = "、".join(room.labels) or f"{room.area_m2:.2f}㎡"
                yield Item(op, "room", before=name if op == "removed" else None, after=name if op == "added" else None, weight=3, at=_at(shape, cause))


def _at(shape: Polygon, cause: Item) -> tuple[float, float]:
    """Return the point of a room's edge that is nearest to what changed it."""
    (x, y), *_ = shapely.get_coordinates(shapely.shortest_line(shape.exterior, shapely.box(*cause.box)))
    return float(x), float(y)
