"""Unit plans put together: the floors of one view, the texts that belong to each, and what is not sure about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.annotations import Said, gross_areas_in, persons_in, said, thickness_in, unit_label
from geo.drawing.dwelling import Corrections, Opening, Room, UnitPlan, View
from geo.drawing.model import Drawing, Floats
from geo.drawing.naming import Naming
from geo.drawing.openings import capped, gaps_of, symbols_of
from geo.drawing.outline import Floor, balcony_area_m2, floors_of, without
from geo.drawing.plumb import GRID_M, Axes
from geo.drawing.replay import gaps_of_hand
from geo.drawing.roles import Mask, Roles
from geo.drawing.rooms import is_apart, labelled
from geo.drawing.singlewalls import thickened
from geo.drawing.text import comparable
from geo.drawing.walls import Walls, pieces, walls_of

SMALLEST_DWELLING_M2 = 8.0
"""A floor below this that nobody calls a unit type is a shed, a shaft or a sample."""

THICKNESS_ERROR_M = 0.12
"""How far the outer face of a wall drawn as one line may be off where nothing says how thick it is: half of a 240 wall either way."""


@dataclass(frozen=True)
class Reading:
    """By what a drawing is understood. metres: of one drawing unit; aside: rows of its texts that belong to title blocks."""

    drawing: Drawing
    naming: Naming
    roles: Roles
    metres: float
    corrections: Corrections = field(default_factory=Corrections)
    aside: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Sheet:
    """One view with its walls and its texts, places in the axes of the walls."""

    walls: Walls
    texts: tuple[Said, ...]
    at: Floats
    balcony: Floats  # lines of balconies, n × 4


def plans_of(reading: Reading, view: View, number: int) -> list[UnitPlan]:
    """Return the unit plans of view `number`, from left to right; none for elevations, sections and details."""
    if view.kind in ("elevation", "section", "detail"):
        return []
    rows = np.zeros(len(reading.drawing.entities), np.bool_)
    rows[list(view.entities)] = True
    walls = walls_of(reading.drawing, reading.roles, rows, reading.metres, gaps_of_hand(reading.corrections))
    if walls is None:
        return []
    texts = _texts(reading, rows)
    sheet = _Sheet(walls, texts, _places(texts, walls.axes), walls.axes.pieces(pieces(reading.drawing, rows & reading.roles.having("balcony"))))
    floors = _floors(reading, rows, sheet)
    found = []
    for (floor, doubts), mine in zip(floors, _shared_out([floor for floor, _ in floors], sheet.at), strict=True):
        plan = _plan(reading, sheet, floor, mine, doubts)
        if plan is not None:
            found.append(replace(plan, view=number))
    return sorted(found, key=lambda plan: plan.outline.bounds if plan.outline is not None else ())


def _texts(reading: Reading, rows: Mask) -> tuple[Said, ...]:
    """Return the texts among the entities of `rows` but those of title blocks."""
    apart = reading.roles.having("title", "seal")
    return said([text for row, text in enumerate(reading.drawing.texts) if rows[text.of] and not text.tag and not apart[text.of] and row not in reading.aside])


def _places(texts: Sequence[Said], axes: Axes) -> Floats:
    return axes.local(np.array([(one.x, one.y) for one in texts], np.float64).reshape(-1, 2))


def _floors(reading: Reading, rows: Mask, sheet: _Sheet) -> list[tuple[Floor, tuple[str, ...]]]:
    """Return what the walls enclose, by openings that are drawn; where that is nothing, by bridged ones; and why each is unsure."""
    symbols = symbols_of(reading.drawing, reading.roles, rows, sheet.walls.axes)
    guessed: tuple[str, ...] = () if reading.roles.walls_by_name else ("walls-guessed",)
    if sheet.walls.single:
        thick: dict[str, float] = {}
        for one in sheet.texts:
            thick |= thickness_in(one.text.value, reading.naming)
        return [(floor, (*guessed, *(() if "outer_wall" in thick else ("thickness-unknown",)))) for floor in thickened(sheet.walls.edges, symbols, thick)]
    edges, columns = capped(sheet.walls.edges), sheet.walls.columns
    floors = floors_of(edges, gaps_of(edges, symbols), columns)
    closed = [floor for floor in floors if floor.spaces]
    found: list[tuple[Floor, tuple[str, ...]]] = [(floor, guessed) for floor in closed]
    if len(closed) < len(floors) or not floors:
        for floor in floors_of(edges, gaps_of(edges, symbols, bridging=True), columns):
            if floor.spaces and not any(floor.outline.intersects(other.outline) for other in closed):
                found.append((floor, (*guessed, "outline-bridged")))
    return found


def _shared_out(floors: Sequence[Floor], at: Floats) -> list[list[int]]:
    """Return for each floor the rows of the texts that are nearest to it."""
    if not floors:
        return []
    if not len(at):
        return [[] for _ in floors]
    apart = np.array([shapely.distance(floor.outline, shapely.points(at)) for floor in floors])
    nearest = np.argmin(apart, axis=0)
    return [np.flatnonzero(nearest == number).tolist() for number in range(len(floors))]


def _plan(reading: Reading, sheet: _Sheet, floor: Floor, mine: list[int], doubts: tuple[str, ...]) -> UnitPlan | None:
    naming, axes = reading.naming, sheet.walls.axes
    texts, at = [sheet.texts[row] for row in mine], sheet.at[mine]
    rooms, _ = labelled(floor.spaces, texts, at, naming)
    on_frame = reading.roles.having("frame")
    called = sorted(texts, key=lambda one: (bool(on_frame[one.text.of]), *_loudest(one)))
    labels = list(dict.fromkeys(name for one in called if (name := unit_label(one.flat))))
    label = labels[0] if labels else ""
    if not label and (floor.outline.area < SMALLEST_DWELLING_M2 or not any(room.labels for room in rooms)):
        return None
    apart = [room for room in rooms if is_apart(room, naming)]
    outline = without(floor, [room.outline for room in apart])
    balconies = [room for room in apart if any(naming.says("balcony", one) for one in room.labels)]
    walled = floor.outline.difference(outline).intersection(shapely.union_all([room.outline.buffer(0.6) for room in balconies])).area if balconies else 0.0
    areas = [area for one in sorted(texts, key=_loudest) for area in gross_areas_in(one.text.value, naming)]
    persons = dict.fromkeys(number for one in texts for number in persons_in(one.text.value, naming))
    bridged = [gap for gap in floor.gaps if gap.bridged and outline.distance(gap.ring) < GRID_M]
    error = (
        sheet.walls.off_grid_m * outline.length
        + sum(gap.ring.area for gap in bridged)
        + (THICKNESS_ERROR_M * outline.length if "thickness-unknown" in doubts else 0.0)
    )
    rooms = [replace(room, confidence="estimated") if any(room.outline.distance(gap.ring) < GRID_M for gap in bridged) else room for room in rooms]
    return UnitPlan(
        label=label,
        outline=axes.drawn_shape(outline),
        gross_m2=round(outline.area, 6),
        gross_error_m2=round(error, 6),
        balcony_m2=round(balcony_area_m2(outline, sheet.balcony) + walled, 6),
        annotated_m2=areas[0] if areas else None,
        persons=tuple(persons),
        rooms=tuple(replace(room, outline=axes.drawn_shape(room.outline)) for room in rooms if room not in apart),
        openings=_openings(floor, outline, axes),
        open_because=(*doubts, *_doubts(labels, areas)),
    )


def _doubts(labels: Sequence[str], areas: Sequence[float]) -> Iterator[str]:
    if len(labels) != 1:
        yield "labels-many" if labels else "unlabelled"
    if len(set(areas)) > 1:
        yield "areas-differ"


def unplanned(reading: Reading, views: Sequence[View], plans: Sequence[UnitPlan]) -> list[UnitPlan]:
    """Return a plan without outline for each unit type that a plan's title names and no outline was found of."""
    known = {plan.label for plan in plans}
    rows = np.ones(len(reading.drawing.entities), np.bool_)
    at = {row: number for number, view in enumerate(views) for row in view.entities}
    found: dict[str, UnitPlan] = {}
    titled = [one for one in _texts(reading, rows) if one.text.of in at and (reading.naming.says("plan", one.text.value) or (not known and _only_label(one)))]
    for one in sorted(titled, key=_loudest):
        label = unit_label(one.flat)
        if label and label not in known:
            found.setdefault(label, _outlineless(reading, label, views[at[one.text.of]], at[one.text.of]))
    return [found[label] for label in sorted(found)]


def _only_label(one: Said) -> bool:
    return comparable(unit_label(one.flat)) == one.flat


def _outlineless(reading: Reading, label: str, view: View, number: int) -> UnitPlan:
    """Return what the texts of a view say of a unit type, where it is the only one that they name."""
    rows = np.zeros(len(reading.drawing.entities), np.bool_)
    rows[list(view.entities)] = True
    texts = _texts(reading, rows)
    alone = {name for one in texts if (name := unit_label(one.flat))} == {label}
    areas = [area for one in texts for area in gross_areas_in(one.text.value, reading.naming)] if alone else []
    persons = dict.fromkeys(count for one in texts for count in persons_in(one.text.value, reading.naming)) if alone else {}
    return UnitPlan(label, None, None, 0.0, 0.0, areas[0] if areas else None, tuple(persons), open_because=("outline-open",), view=number)


def _loudest(one: Said) -> tuple[float, float, float, str]:
    """Order of texts: the largest letters first, then from the top."""
    return -round(one.text.height, 6), -one.y, one.x, one.flat


def _openings(floor: Floor, outline: Polygon, axes: Axes) -> tuple[Opening, ...]:
    found = []
    for gap in floor.gaps:
        if gap.kind != "passage" and outline.distance(gap.ring) < 0.01:
            x, y = axes.drawn(np.array(gap.middle))
            found.append(Opening(gap.kind, gap.width_m, round(float(x), 4), round(float(y), 4)))
    return tuple(found)


def rooms_written(rooms: Sequence[Room]) -> list[tuple[float, float]]:
    """Return (written, measured) of the rooms that carry an area: evidence for the unit of measure."""
    return [(room.annotated_m2, room.area_m2) for room in rooms if room.annotated_m2 is not None]
