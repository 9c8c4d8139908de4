"""A sheet: one or two unit plans, a frame with its title block, elevations beside, put anywhere, and the truth of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from tests.drawings.strokes import Line, Point, Poly, Put, Similarity, Stroke, Words, placed
from tests.drawings.unit_plans import BLOCKS, Manner, room_area_m2, strokes
from tests.drawings.unit_types import UnitType

FRAME_MM = (42000.0, 29700.0)  # A3 at 1:100


@dataclass(frozen=True)
class Title:
    """What the title block says."""

    number: str = "建施-03"
    name: str = "户型平面图"
    revision: str = "A"
    dated: str = "2017.03.05"
    scale: str = "1:100"
    project: str = "演示县易地扶贫搬迁安置点（虚构）"
    designer: str = "演甲"
    checker: str = "演乙"
    approver: str = "演丙"


FIELDS = {
    "number": "图号", "name": "图名", "revision": "版次", "dated": "日期", "scale": "比例",
    "project": "工程名称", "designer": "设计", "checker": "校对", "approver": "审定",
}  # fmt: skip


@dataclass(frozen=True)
class Room:
    """The truth of one room, areas in m², a point in it in drawing units."""

    label: str
    area_m2: float
    at: Point


@dataclass(frozen=True)
class Unit:
    """The truth of one unit plan: areas in m², its outline in drawing units."""

    label: str
    persons: int
    gross_m2: float
    balcony_m2: float
    annotated_m2: float | None
    rooms: tuple[Room, ...]
    doors: int
    windows: int
    outline: tuple[Point, ...]


@dataclass(frozen=True)
class Sheet:
    """A drawing ready to be written: strokes in drawing units, blocks, and the truth."""

    strokes: tuple[Stroke, ...]
    units: tuple[Unit, ...]
    title: Title | None
    unit_m: float = 0.001
    blocks: Mapping[str, tuple[Stroke, ...]] = field(default_factory=lambda: BLOCKS)


@dataclass(frozen=True)
class Layout:
    """How unit plans are put on a sheet."""

    title: Title | None = field(default_factory=Title)
    title_block: Literal["attributes", "cells"] = "cells"
    frame: bool = True
    elevation: bool = False
    in_block: bool = False
    mirrored: bool = False
    turned_deg: float = 0.0
    unit_m: float = 0.001
    dx_mm: float = 0.0
    dy_mm: float = 0.0


def sheet(units: tuple[UnitType, ...], manner: Manner | None = None, layout: Layout | None = None) -> Sheet:
    """Put the units on one sheet, side by side from the left."""
    manner, layout = manner or Manner(), layout or Layout()
    drawn: list[Stroke] = []
    blocks = dict(BLOCKS)
    truths = []
    x = 6000.0
    whole = Similarity(0.001 / layout.unit_m, layout.turned_deg, layout.mirrored, layout.dx_mm * 0.001 / layout.unit_m, layout.dy_mm * 0.001 / layout.unit_m)
    for unit in units:
        at = Similarity(dx=x, dy=14500.0)
        if layout.in_block:
            blocks[f"PLAN_{unit.label[0]}"] = strokes(unit, manner)
            drawn.append(Put("plan", f"PLAN_{unit.label[0]}", (x, 14500.0)))
        else:
            drawn += [placed(stroke, at) for stroke in strokes(unit, manner)]
        truths.append(_truth(unit, manner, at, whole))
        x += unit.size_mm[0] + (9500.0 if manner.stair else 6500.0)
    drawn += _framed(layout) if layout.frame else ()
    drawn += _elevation(units[0], x + 2000.0 if not layout.frame else FRAME_MM[0] + 4000.0) if layout.elevation else ()
    return Sheet(tuple(placed(stroke, whole) for stroke in drawn), tuple(truths), layout.title if layout.frame else None, layout.unit_m, blocks)


def moved(made: Sheet, by: Similarity) -> Sheet:
    """Return the whole sheet scaled, mirrored, turned and shifted, with its truth."""
    units = tuple(
        replace(unit, outline=tuple(map(by.point, unit.outline)), rooms=tuple(replace(room, at=by.point(room.at)) for room in unit.rooms))
        for unit in made.units
    )
    return replace(made, strokes=tuple(placed(stroke, by) for stroke in made.strokes), units=units, unit_m=made.unit_m / by.scale)


def _truth(unit: UnitType, manner: Manner, at: Similarity, whole: Similarity) -> Unit:
    def put(point: Point) -> Point:
        return whole.point(at.point(point))

    rooms = tuple(
        Room(room.name, room_area_m2(unit, room, manner), put(((room.rect[0] + room.rect[2]) / 2, (room.rect[1] + room.rect[3]) / 2))) for room in unit.rooms
    )
    doors = sum(one.kind in ("door", "sliding") and (one.kind == "door" or unit.balcony) for one in unit.openings)
    windows = sum(one.kind == "window" or (one.kind == "sliding" and not unit.balcony) for one in unit.openings)
    annotated = (unit.annotated_m2 if unit.annotated_m2 is not None else round(unit.gross_m2, 2)) if manner.gross else None
    return Unit(unit.label, unit.persons, unit.gross_m2, unit.balcony_m2, annotated, rooms, doors, windows, tuple(map(put, unit.outline)))


def _framed(layout: Layout) -> tuple[Stroke, ...]:
    wide, high = FRAME_MM
    rings: list[Stroke] = [
        Poly("frame", ((0, 0), (wide, 0), (wide, high), (0, high))),
        Poly("frame", ((2500, 500), (wide - 500, 500), (wide - 500, high - 500), (2500, high - 500))),
    ]
    if layout.title is None:
        return tuple(rings)
    said = {FIELDS[name]: str(getattr(layout.title, name)) for name in FIELDS}
    if layout.title_block == "attributes":
        return (*rings, Put("frame", "TITLE_A3", (wide - 500 - 18000, 500), fields=said))
    return (*rings, *_cells(said, (wide - 500 - 18000, 500)))


ROW_MM, COLUMNS_MM = 1400.0, (0.0, 2500.0, 9000.0, 11500.0, 18000.0)
TITLE_PLACES = {name: (COLUMNS_MM[number % 2 * 2], number // 2 * ROW_MM) for number, name in enumerate(FIELDS.values())}
"""Where each field's label cell has its corner in the title block; the value stands in the cell to the right."""


def title_grid(role: str, at: Point) -> tuple[Stroke, ...]:
    """Draw the ruled lines of a title block."""
    x, y = at
    rows = (len(FIELDS) + 1) // 2
    level = [Line(role, (x, y + row * ROW_MM), (x + COLUMNS_MM[-1], y + row * ROW_MM)) for row in range(rows + 1)]
    upright = [Line(role, (x + column, y), (x + column, y + rows * ROW_MM)) for column in COLUMNS_MM]
    return (*level, *upright)


def _cells(said: Mapping[str, str], at: Point) -> tuple[Stroke, ...]:
    texts: list[Stroke] = []
    for name, value in said.items():
        x, y = TITLE_PLACES[name]
        texts.append(Words("frame_text", name, (at[0] + x + 200, at[1] + y + 450), 400))
        texts.append(Words("frame_text", value, (at[0] + x + 2700, at[1] + y + 450), 400))
    return (*title_grid("frame", at), *texts)


def _elevation(unit: UnitType, x: float) -> tuple[Stroke, ...]:
    width, _ = unit.size_mm
    ground = 14500.0
    made: list[Stroke] = [
        Line("elevation", (x - 1500, ground), (x + width + 1500, ground)),
        Poly("elevation", ((x, ground), (x, ground + 3300), (x + width, ground + 3300), (x + width, ground)), closed=False),
        Poly("elevation", ((x - 400, ground + 3300), (x + width / 2, ground + 5000), (x + width + 400, ground + 3300))),
        Words("note_text", "±0.000", (x - 1500, ground + 100), 250),
        Words("title_text", "南立面图 1:100", (x + width / 2, ground - 2500), 500, centred=True),
    ]
    for one in unit.openings:
        if one.y == 0 and one.along == "x":
            sill = 0.0 if one.kind == "door" else 900.0
            made.append(Poly("elevation", tuple((x + one.x + dx, ground + sill + dy) for dx, dy in ((0, 0), (one.width, 0), (one.width, 1500), (0, 1500)))))
    return tuple(made)
