"""One difference in the making: what it is made of before it has an identifier, a number and a place in the list."""

import cmath
import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geo.drawing.compare.leftovers import Shape, Stroke, box_of
from geo.drawing.difference import Difference
from geo.drawing.model import Drawing

Box = tuple[float, float, float, float]
Point = tuple[float, float]
_SIDES = ("right", "up", "left", "down")
_ASKEW_DEG = 20.0
GRID_M = 0.01  # places are told apart in identifiers to a centimetre, so that the last digits of an alignment do not matter


@dataclass(frozen=True)
class Item:
    """A difference in metres of the axes that are compared. of_before, of_after: rows of either drawing's entities."""

    op: str
    what: str
    shape_before: tuple[Shape, ...] = ()
    shape_after: tuple[Shape, ...] = ()
    of_before: tuple[int, ...] = ()
    of_after: tuple[int, ...] = ()
    before: str | float | None = None
    after: str | float | None = None
    moved_m: float | None = None
    weight: int = 1
    at: Point | None = None
    way: complex | None = None  # of what moved, in the axes that are compared
    rooms: tuple[str, ...] = ()  # beside which it lies, or whose area changed
    outer: bool = False  # of the outer face of a dwelling

    @property
    def box(self) -> Box:
        """The least box around everything that it draws, or its point."""
        return around(self.shape_before + self.shape_after) if self.shape_before or self.shape_after else (*self.where, *self.where)

    @property
    def where(self) -> Point:
        """The point to zoom to: where it is now, or was."""
        if self.at is not None:
            return self.at
        x1, y1, x2, y2 = around(self.shape_after or self.shape_before)
        return (x1 + x2) / 2, (y1 + y2) / 2


Said = tuple[str | float | None, str | float | None]


def stroked(
    op: str, what: str, before: Sequence[Stroke], after: Sequence[Stroke], said: Said = (None, None), moved_m: float | None = None, weight: int = 1
) -> Item:
    """Return the item that strokes of both sides make."""
    of_before, of_after = (tuple(sorted({row for one in side for row in one.of})) for side in (before, after))
    shape_before, shape_after = (tuple(one.shape for one in side) for side in (before, after))
    return Item(op, what, shape_before, shape_after, of_before, of_after, said[0], said[1], moved_m, weight)


def around(shapes: Iterable[Shape]) -> Box:
    """Return the least box around shapes."""
    boxes = [box_of(shape) for shape in shapes]
    return min(one[0] for one in boxes), min(one[1] for one in boxes), max(one[2] for one in boxes), max(one[3] for one in boxes)


def square(x: float, y: float, half: float) -> Shape:
    """Return a small closed square, the shape of what has only a place."""
    return (x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)


@dataclass(frozen=True)
class Telling:
    """How places of the compared axes are told: times a factor, plus an origin, in the axes of the old drawing."""

    factor: float
    x: float
    y: float

    def point(self, at: Point) -> Point:
        """Return a point as it is told, to a tenth of a millimetre of the compared metre."""
        digits = 4 if self.factor == 1 else 6
        return round(at[0] * self.factor + self.x, digits), round(at[1] * self.factor + self.y, digits)

    def shapes(self, shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return shapes as they are told."""
        return tuple(tuple(self.point(at) for at in shape) for shape in shapes)


def as_differences(items: Iterable[Item], old: Drawing, new: Drawing, telling: Telling, view: int) -> list[Difference]:
    """Return items as differences, in the order of their place; an identifier that occurs twice is numbered."""
    made = [_difference(one, old, new, telling, view) for one in items]
    made.sort(key=lambda one: (-one.weight, round(-one.where[1], 1), round(one.where[0], 1), one.what, one.op, one.id))
    seen: dict[str, int] = {}
    for row, one in enumerate(made):
        seen[one.id] = seen.get(one.id, 0) + 1
        if seen[one.id] > 1:
            made[row] = replace(one, id=f"{one.id}-{seen[one.id]}")
    return made


def _difference(item: Item, old: Drawing, new: Drawing, telling: Telling, view: int) -> Difference:
    drawing, of = (new, item.of_after) if item.of_after else (old, item.of_before)
    moved = None if item.moved_m is None else round(item.moved_m * telling.factor, 4 if telling.factor == 1 else 6)
    return Difference(
        id=_identifier(item),
        op=item.op,
        what=item.what,
        layer=drawing.layer_of(of[0]) if of else "",
        before=item.before,
        after=item.after,
        where=telling.point(item.where),
        shape_before=telling.shapes(item.shape_before),
        shape_after=telling.shapes(item.shape_after),
        moved_m=moved,
        weight=item.weight,
        view=view,
        handles_before=_handles(old, item.of_before),
        handles_after=_handles(new, item.of_after),
        way=_toward(item.way),
        rooms=item.rooms,
        outer=item.outer,
    )


def _toward(way: complex | None) -> str:
    """Return whither a thing went as the drawing hangs on the wall: right, up, left, down, "" for askew."""
    if way is None or not way:
        return ""
    degrees = math.degrees(cmath.phase(way)) % 360
    side = round(degrees / 90)
    return _SIDES[side % 4] if abs(degrees - 90 * side) <= _ASKEW_DEG else ""


def _identifier(item: Item) -> str:
    """Return what names a difference by its facts: what happened to what, from what to what, and where; no layer, no handle, no order."""
    box = [round(value / GRID_M) for value in item.box]
    said = [item.op, item.what, *(str(round(one, 3) if isinstance(one, float) else one) for one in (item.before, item.after)), *map(str, box)]
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _handles(drawing: Drawing, of: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(drawing.entities.handle[row] for row in of if drawing.entities.handle[row]))
