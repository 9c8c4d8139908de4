"""Differences planted between two drawings, each with its kind and place: what must be found, and by what is left nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tests.drawings.sheets import Layout, Sheet, Title, sheet
from tests.drawings.strokes import Arc, Fill, Line, Measure, Point, Poly, Put, Stroke, Words
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import INNER_MM, UnitType, deepened, wall_deleted, wall_moved

Box = tuple[float, float, float, float]
ORIGIN: Point = (6000.0, 14500.0)
"""Where the first unit of a sheet has its lower left corner, in mm."""


@dataclass(frozen=True)
class Expected:
    """One difference that must be reported: any of these operations on any of these kinds, touching this box (mm, old drawing)."""

    ops: tuple[str, ...]
    whats: tuple[str, ...]
    box_mm: Box


@dataclass(frozen=True)
class Plant:
    """A pair of sheets and what was planted between them; `kind` names the row of the accuracy table."""

    kind: str
    old: Sheet
    new: Sheet
    expected: tuple[Expected, ...]
    amount_mm: float = 0.0


def around(points: Iterable[Point], margin: float = 0.0) -> Box:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def box_of(stroke: Stroke) -> Box:
    """Return the box of a stroke; of a text only its height and a guess of its length."""
    match stroke:
        case Line():
            return around((stroke.a, stroke.b))
        case Arc():
            return around((stroke.centre,), stroke.radius)
        case Poly():
            return around(stroke.points)
        case Fill():
            return around(stroke.ring)
        case Words():
            reach = stroke.height * max(2, len(stroke.value))
            return (
                stroke.at[0] - (reach if stroke.centred else stroke.height),
                stroke.at[1] - stroke.height,
                stroke.at[0] + reach,
                stroke.at[1] + 2 * stroke.height,
            )
        case Measure():
            return around((stroke.a, stroke.b, stroke.base), 300)
        case Put():
            reach = 2500 * abs(stroke.scale_y) if stroke.block != "TITLE_A3" else 20000 * abs(stroke.scale_y)
            return around((stroke.at,), reach)


def changed_boxes(old: Sheet, new: Sheet) -> tuple[Box, ...]:
    """Return the boxes of the strokes that only one of two sheets has, both in mm: where a difference may be reported, and nowhere else."""
    return tuple(map(box_of, (*_only(old.strokes, new.strokes), *_only(new.strokes, old.strokes))))


def _only(some: Iterable[Stroke], others: Iterable[Stroke]) -> list[Stroke]:
    there = list(others)
    kept = []
    for one in some:
        if one in there:
            there.remove(one)
        else:
            kept.append(one)
    return kept


def _pair(kind: str, old: UnitType, new: UnitType, manner: Manner, expected: Iterable[Expected], amount_mm: float = 0.0) -> Plant:
    return Plant(kind, sheet((old,), manner), sheet((new,), manner), tuple(expected), amount_mm)


def _at(x0: float, y0: float, x1: float, y1: float) -> Box:
    return x0 + ORIGIN[0], y0 + ORIGIN[1], x1 + ORIGIN[0], y1 + ORIGIN[1]


def moved_wall(unit: UnitType, axis: Literal["x", "y"], low: float, by_mm: float, manner: Manner, rooms: tuple[str, ...] = ()) -> Plant:
    """Move an inner wall; rooms, axis, chain dimensions and written areas follow it."""
    new = wall_moved(unit, axis, low, by_mm, rooms)
    reach = [room.rect for room in unit.rooms if (not rooms or room.name in rooms) and (low in room.rect or low + INNER_MM in room.rect)]
    near, far = min(low, low + by_mm), max(low, low + by_mm) + INNER_MM
    if axis == "x":
        box = _at(near, min(rect[1] for rect in reach), far, max(rect[3] for rect in reach))
    else:
        box = _at(min(rect[0] for rect in reach), near, max(rect[2] for rect in reach), far)
    return _pair("wall moved", unit, new, manner, [Expected(("moved", "changed"), ("wall",), box)], abs(by_mm))


def moved_outer_wall(unit: UnitType, by_mm: float, manner: Manner) -> Plant:
    """Move the northern outer wall: the dwelling grows deeper."""
    width, depth = unit.size_mm
    new = deepened(unit, depth - 1000, by_mm)
    box = _at(0, depth - 240 + min(0, by_mm), width, depth + max(0, by_mm))
    return _pair("outer wall moved", unit, new, manner, [Expected(("moved", "changed"), ("wall",), box)], abs(by_mm))


def deleted_wall(unit: UnitType, first: str, second: str, manner: Manner) -> Plant:
    """Take the wall between two rooms away."""
    new = wall_deleted(unit, first, second)
    one, other = (next(room.rect for room in unit.rooms if room.name == name) for name in (first, second))
    box = _at(one[2], one[1], other[0], one[3]) if one[2] < other[0] else _at(one[0], one[3], one[2], other[1])
    return _pair("wall deleted", unit, new, manner, [Expected(("removed",), ("wall",), box)])


def moved_door(unit: UnitType, which: int, by_mm: float, manner: Manner) -> Plant:
    """Slide one opening along its wall; its kind is door or window."""
    one = unit.openings[which]
    other = replace(one, x=one.x + by_mm) if one.along == "x" else replace(one, y=one.y + by_mm)
    openings = tuple(other if at == which else each for at, each in enumerate(unit.openings))
    box = around((*_corners(one.rect), *_corners(other.rect)), one.width)
    kind = "door moved" if one.kind == "door" else "window moved"
    expected = Expected(("moved", "changed"), ("opening", "block", "arc"), _at(*box))
    return _pair(kind, unit, replace(unit, openings=openings), manner, [expected], abs(by_mm))


def dropped_opening(unit: UnitType, which: int, manner: Manner) -> Plant:
    """Close one opening up."""
    one = unit.openings[which]
    openings = tuple(each for at, each in enumerate(unit.openings) if at != which)
    expected = Expected(("removed",), ("opening", "block"), _at(*around(_corners(one.rect), one.width)))
    return _pair("opening removed", unit, replace(unit, openings=openings), manner, [expected])


def _corners(rect: Box) -> tuple[Point, Point]:
    return (rect[0], rect[1]), (rect[2], rect[3])


def edited(
    kind: str, old: Sheet, choose: Callable[[Stroke], bool], edit: Callable[[Stroke], Stroke | None], ops: tuple[str, ...], whats: tuple[str, ...]
) -> Plant:
    """Edit the first stroke that is chosen; None takes it away."""
    target = next(one for one in old.strokes if choose(one))
    made = edit(target)
    strokes = [one if one is not target else made for one in old.strokes]
    new = replace(old, strokes=tuple(one for one in strokes if one is not None))
    boxes = [box_of(target)] + ([box_of(made)] if made is not None else [])
    corners = [point for box in boxes for point in _corners(box)]
    return Plant(kind, old, new, (Expected(ops, whats, around(corners)),))


def added(kind: str, old: Sheet, stroke: Stroke, whats: tuple[str, ...]) -> Plant:
    """Draw one more stroke."""
    return Plant(kind, old, replace(old, strokes=(*old.strokes, stroke)), (Expected(("added",), whats, box_of(stroke)),))


def reworded(kind: str, old: Sheet, before: str, after: str, whats: tuple[str, ...]) -> Plant:
    """Change what one text says, the first that says it."""
    target = next(one for one in old.strokes if isinstance(one, Words) and one.value == before)
    return edited(kind, old, lambda one: one is target, lambda _: replace(target, value=after), ("changed",), whats)


def swapped_labels(old: Sheet, first: str, second: str) -> Plant:
    """Let two room labels change places, so that each room is called as the other was."""
    names = {first: second, second: first}
    strokes = tuple(replace(one, value=names.get(one.value, one.value)) if isinstance(one, Words) else one for one in old.strokes)
    places = [one for one in old.strokes if isinstance(one, Words) and one.value in names]
    expected = tuple(Expected(("changed", "moved"), ("room", "text"), box_of(one)) for one in places)
    return Plant("room label swapped", old, replace(old, strokes=strokes), expected)


def overridden(old: Sheet, which: int, text: str) -> Plant:
    """Type a number over one dimension's own."""
    target = [one for one in old.strokes if isinstance(one, Measure)][which]
    typed = replace(target, text=text)
    return edited("dimension overridden", old, lambda one: one is target, lambda _: typed, ("changed", "added"), ("override", "dimension"))


def retitled(old: Sheet, layout: Layout, title: Title) -> Sheet:
    """Return the sheet with another title block."""
    frames = {"frame", "frame_text"}
    rest = tuple(one for one in old.strokes if one.role not in frames)
    only = tuple(one for one in sheet((), None, replace(layout, title=title)).strokes if one.role in frames)
    return replace(old, strokes=(*rest, *only), title=title)


def replaced_type(old: UnitType, new: UnitType, manner: Manner) -> Plant:
    """Draw another unit type under the sheet's title."""
    boxes = around((ORIGIN, (ORIGIN[0] + old.size_mm[0], ORIGIN[1] + old.size_mm[1])), 3000)
    expected = (
        Expected(("changed", "added", "removed"), ("text", "area", "room"), (ORIGIN[0] - 2000, ORIGIN[1] - 7000, boxes[2], ORIGIN[1] - 4000)),
        Expected(("added", "removed", "moved", "changed"), ("wall",), boxes),
    )
    return _pair("unit type replaced", old, new, manner, expected)
