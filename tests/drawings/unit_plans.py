"""One unit type drawn as a plan, in millimetres: walls, doors, windows, columns, axes, dimensions, labels.

Walls are the outline less the rooms less the openings, so what is drawn encloses exactly what the table of unit types says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from shapely import MultiPolygon, Polygon, box, line_merge, union_all
from shapely import Point as ShapelyPoint

from tests.drawings.strokes import Arc, Fill, Line, Measure, Point, Poly, Put, Similarity, Stroke, Words, placed
from tests.drawings.unit_types import BALCONY_DEPTH_MM, INNER_MM, OUTER_MM, Opening, Room, UnitType

AXIS_MM = OUTER_MM / 2


@dataclass(frozen=True)
class Manner:
    """How a plan is drawn; what it shows is the unit type's."""

    walls: Literal["double", "polyline", "single"] = "double"
    columns: Literal["none", "embedded", "frame"] = "none"
    hatched: bool = False
    axes: bool = True
    chains: bool = True
    furniture: bool = False
    stair: bool = False
    areas: bool = True  # room areas written
    gross: bool = True  # gross area and persons written
    swing: Literal["block", "loose"] = "block"


def wall_solid(unit: UnitType) -> Polygon | MultiPolygon:
    """Return the walls' footprint: outline less rooms, less openings."""
    holes = [box(*room.rect) for room in unit.rooms] + [box(*one.rect) for one in unit.openings]
    solid = Polygon(unit.outline).difference(union_all(holes))
    assert isinstance(solid, Polygon | MultiPolygon)
    return solid


def columns(unit: UnitType, manner: Manner) -> tuple[Polygon, ...]:
    """Return the columns: as thick as the wall, or 300 square and flush with its outer face, at the corners of the outline."""
    if manner.columns == "none":
        return ()
    side = OUTER_MM if manner.columns == "embedded" else 300.0
    outline = Polygon(unit.outline)
    made = []
    for x, y in unit.outline:
        squares = [box(x, y, x + across * side, y + up * side) for across in (1, -1) for up in (1, -1)]
        inside = [square for square in squares if outline.covers(square)]
        made += inside[:1] if len(inside) < 3 else []  # a re-entrant corner carries none
    return tuple(made)


def room_area_m2(unit: UnitType, room: Room, manner: Manner) -> float:
    """Return the clear area of a room, without the columns that stand in it."""
    taken = sum(column.intersection(box(*room.rect)).area for column in columns(unit, manner))
    return room.area_m2 - taken / 1e6


def strokes(unit: UnitType, manner: Manner) -> tuple[Stroke, ...]:
    """Draw the unit, its outline's lower left corner at 0, 0."""
    made = [*_walls(unit, manner), *_columns(unit, manner), *_openings(unit, manner), *_labels(unit, manner)]
    made += [*_balcony(unit)] if unit.balcony else []
    made += [*_dimensions(unit, manner)]
    made += [*_axes(unit)] if manner.axes else []
    made += [*_furniture(unit)] if manner.furniture else []
    made += [*_stair(unit)] if manner.stair else []
    return tuple(made)


BLOCKS: dict[str, tuple[Stroke, ...]] = {
    # one metre wide, hinge at 0, 0, leaf along +y, swinging to +x
    "M1000": (Line("door", (0, 0), (0, 1000)), Arc("door", (0, 0), 1000, 0, 90)),
    "BED": (Poly("furniture", ((0, 0), (1500, 0), (1500, 2000), (0, 2000))), Poly("furniture", ((100, 1500), (650, 1500), (650, 1900), (100, 1900)))),
    "BASIN": (Poly("furniture", ((0, 0), (600, 0), (600, 450), (0, 450))), Arc("furniture", (300, 225), 180)),
    "STOVE": (
        Poly("furniture", ((0, 0), (700, 0), (700, 550), (0, 550))),
        Put("furniture", "BURNER", (200, 275)),
        Put("furniture", "BURNER", (500, 275)),
    ),
    "BURNER": (Arc("furniture", (0, 0), 100), Arc("furniture", (0, 0), 40)),
}
"""Blocks that the plans put in place; one is nested in another."""


def _rings(shape: Polygon | MultiPolygon) -> Iterator[tuple[Point, ...]]:
    for part in shape.geoms if isinstance(shape, MultiPolygon) else [shape]:
        for ring in (part.exterior, *part.interiors):
            points = [(float(x), float(y)) for x, y in ring.simplify(0).coords[:-1]]
            start = points.index(min(points))
            yield tuple(points[start:] + points[:start])


def _walls(unit: UnitType, manner: Manner) -> Iterator[Stroke]:
    if manner.walls == "single":
        yield from _centre_lines(unit)
        return
    solid = wall_solid(unit)
    for ring in sorted(_rings(solid)):
        if manner.walls == "polyline":
            yield Poly("wall", ring)
        else:
            yield from (Line("wall", a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    if manner.hatched:
        for part in solid.geoms if isinstance(solid, MultiPolygon) else [solid]:
            if not part.interiors:
                yield Fill("fill", tuple((float(x), float(y)) for x, y in part.exterior.coords[:-1]))


def _centre_lines(unit: UnitType) -> Iterator[Stroke]:
    """Give walls as one line in their middle, broken at openings; a note on the sheet says how thick they are."""
    outline = Polygon(unit.outline)
    rings = []
    for room in unit.rooms:
        x0, y0, x1, y1 = room.rect
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        beyond = ((x0 - OUTER_MM, middle[1]), (middle[0], y0 - OUTER_MM), (x1 + OUTER_MM, middle[1]), (middle[0], y1 + OUTER_MM))
        west, south, east, north = (AXIS_MM if not outline.contains(ShapelyPoint(at)) else INNER_MM / 2 for at in beyond)
        rings.append(box(x0 - west, y0 - south, x1 + east, y1 + north).boundary)
    merged = line_merge(union_all(rings).difference(union_all([box(*one.rect) for one in unit.openings])))
    for part in sorted(tuple(part.coords) for part in getattr(merged, "geoms", [merged])):
        yield from (Line("wall", a, b) for a, b in pairwise(part))


def _columns(unit: UnitType, manner: Manner) -> Iterator[Stroke]:
    for column in columns(unit, manner):
        (ring,) = _rings(column)
        yield Poly("column", ring)
        yield Fill("column", ring)


def _openings(unit: UnitType, manner: Manner) -> Iterator[Stroke]:
    for number, one in enumerate(unit.openings):
        if one.kind == "door":
            yield from _door(one, manner)
        elif one.kind == "window" or (one.kind == "sliding" and not unit.balcony):
            yield from _panes(one, (0.0, 1 / 3, 2 / 3, 1.0), f"C{one.width / 100:02.0f}15", number)
        elif one.kind == "sliding":
            yield from _panes(one, (0.25, 0.5, 0.75), f"TLM{one.width / 100:02.0f}24", number)


def _door(one: Opening, manner: Manner) -> Iterator[Stroke]:
    x, y = (one.x, one.y + one.thick) if one.along == "x" else (one.x + one.thick, one.y)
    share = one.width / 1000
    put = Put("door", "M1000", (x, y), share, share) if one.along == "x" else Put("door", "M1000", (x, y + one.width), share, share, -90.0)
    if manner.swing == "block":
        yield put
    else:
        by = Similarity(share, put.turned_deg, False, *put.at)
        yield from (placed(stroke, by) for stroke in BLOCKS["M1000"])
    name = f"M{one.width / 100:02.0f}21"
    yield Words("opening_text", name, (one.x + 60, one.y - 260) if one.along == "x" else (one.x - 520, one.y + one.width / 2), 150)


def _panes(one: Opening, shares: tuple[float, ...], name: str, _number: int) -> Iterator[Stroke]:
    x0, y0, x1, y1 = one.rect
    for share in shares:
        if one.along == "x":
            y = y0 + one.thick * share
            yield Line("window", (x0, y), (x1, y))
        else:
            x = x0 + one.thick * share
            yield Line("window", (x, y0), (x, y1))
    yield Words("opening_text", name, (x0 + 100, y0 + one.thick + 60) if one.along == "x" else (x0 + one.thick + 60, y0 + 100), 150)


def written(area_m2: float) -> str:
    """Return an area as a plan writes it."""
    return f"{area_m2:.2f}㎡"


def _labels(unit: UnitType, manner: Manner) -> Iterator[Stroke]:
    for room in unit.rooms:
        x0, y0, x1, y1 = room.rect
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        yield Words("room_text", room.name, (x, y + 150), 300, centred=True)
        if manner.areas:
            yield Words("area_text", written(room_area_m2(unit, room, manner)), (x, y - 250), 250, centred=True)
    width, _ = unit.size_mm
    yield Words("title_text", f"{unit.label}平面图 1:100", (width / 2, -5000), 500, centred=True)
    if manner.gross:
        gross = unit.annotated_m2 if unit.annotated_m2 is not None else unit.gross_m2
        yield Words("unit_text", f"建筑面积：{written(gross)}", (width / 2, -5700), 350, centred=True)
        yield Words("unit_text", f"居住人数：{unit.persons}人", (width / 2, -6300), 350, centred=True)
    if manner.walls == "single":
        yield Words("note_text", "注：外墙厚240，内墙厚120，轴线居中", (0, -7100), 300)


def _balcony(unit: UnitType) -> Iterator[Stroke]:
    west, east = unit.balcony_x
    for inset in (0.0, 100.0):
        depth = BALCONY_DEPTH_MM - inset
        points = ((west + inset, 0.0), (west + inset, -depth), (east - inset, -depth), (east - inset, 0.0))
        yield Poly("balcony", points, closed=False)
    yield Words("room_text", "阳台", ((west + east) / 2, -750), 300, centred=True)


def _stations(unit: UnitType) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return where the axes of the outer walls and of the walls that reach across lie, in x and in y."""
    width, depth = unit.size_mm
    half = INNER_MM / 2
    across = {room.rect[0] - half for room in unit.rooms if room.rect[0] > OUTER_MM and room.rect[1] == OUTER_MM}
    up = {room.rect[1] - half for room in unit.rooms if room.rect[1] > OUTER_MM and room.rect[0] == OUTER_MM}
    return (AXIS_MM, *sorted(across), width - AXIS_MM), (AXIS_MM, *sorted(up), depth - AXIS_MM)


def _dimensions(unit: UnitType, manner: Manner) -> Iterator[Stroke]:
    width, depth = unit.size_mm
    top, left = depth, 0.0
    yield Measure("dimension", (0, top), (width, top), (0, top + 1600))
    yield Measure("dimension", (left, 0), (left, depth), (left - 1600, 0))
    if manner.chains:
        along, up = _stations(unit)
        for a, b in pairwise(along):
            yield Measure("dimension", (a, top), (b, top), (a, top + 900))
        for a, b in pairwise(up):
            yield Measure("dimension", (left, a), (left, b), (left - 900, a))


def _axes(unit: UnitType) -> Iterator[Stroke]:
    width, depth = unit.size_mm
    along, up = _stations(unit)
    for number, x in enumerate(along, start=1):
        yield Line("axis", (x, -2600), (x, depth + 2400))
        yield Arc("axis_bubble", (x, depth + 2800), 400)
        yield Words("axis_text", str(number), (x, depth + 2800), 350, centred=True)
    for number, y in enumerate(up):
        yield Line("axis", (-2400, y), (width + 800, y))
        yield Arc("axis_bubble", (-2800, y), 400)
        yield Words("axis_text", "ABCDEFGH"[number], (-2800, y), 350, centred=True)


def _furniture(unit: UnitType) -> Iterator[Stroke]:
    for room in unit.rooms:
        x, y = room.rect[0] + 50, room.rect[1] + 50
        block = {"主": "BED", "次": "BED", "卧": "BED", "卫": "BASIN", "厨": "STOVE"}.get(room.name[0])
        if block:
            yield Put("furniture", block, (x, y))


def _stair(unit: UnitType) -> Iterator[Stroke]:
    """Draw a stair core against the east wall; it is no part of the dwelling."""
    width, _ = unit.size_mm
    west, east, south = width, width + 2840.0, 0.0
    north = min(5480.0, max(y for x, y in unit.outline if x == width))
    for inset in (0.0, OUTER_MM):
        yield Poly("wall", ((west, south + inset), (east - inset, south + inset), (east - inset, north - inset), (west, north - inset)), closed=False)
    for step in range(8):
        yield Line("stair", (west + 100, 1500 + step * 260), (east - OUTER_MM - 100, 1500 + step * 260))
    yield Words("room_text", "楼梯间", ((west + east) / 2, 900), 300, centred=True)
