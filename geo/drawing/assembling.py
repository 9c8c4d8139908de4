"""Unit plans put together: the floors of one view, the texts that belong to each, and what is not sure about them."""

from collections.abc import Sequence
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
from geo.drawing.plumb import Axes
from geo.drawing.roles import Mask, Roles
from geo.drawing.rooms import is_apart, labelled
from geo.drawing.singlewalls import thickened
from geo.drawing.walls import Walls, pieces, walls_of

SMALLEST_DWELLING_M2 = 8.0
"""A floor below this that nobody calls a unit type is a shed, a shaft or a sample."""


@dataclass(frozen=True)
class Reading:
    """By what a drawing is understood. metres: of one drawing unit."""

    drawing: Drawing
    naming: Naming
    roles: Roles
    metres: float
    corrections: Corrections = field(default_factory=Corrections)


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
    walls = walls_of(reading.drawing, reading.roles, rows, reading.metres, np.array(reading.corrections.gaps, np.float64).reshape(-1, 4))
    if walls is None:
        return []
    sheet = _Sheet(walls, *_texts(reading, rows, walls.axes), walls.axes.pieces(pieces(reading.drawing, rows & reading.roles.having("balcony"))))
    floors, doubts = _floors(reading, rows, sheet)
    found = []
    for floor, mine in zip(floors, _shared_out(floors, sheet.at), strict=True):
        plan = _plan(reading, sheet, floor, [int(row) for row in mine], (*doubts,))
        if plan is not None:
            found.append(replace(plan, view=number))
    return sorted(found, key=lambda plan: plan.outline.bounds if plan.outline is not None else ())


def _texts(reading: Reading, rows: Mask, axes: Axes) -> tuple[tuple[Said, ...], Floats]:
    """Return the texts of the view but those of title blocks, and where they stand."""
    apart = reading.roles.having("title", "seal")
    texts = said([text for text in reading.drawing.texts if rows[text.of] and not text.tag and not apart[text.of]])
    return texts, axes.local(np.array([(one.x, one.y) for one in texts], np.float64).reshape(-1, 2))


def _floors(reading: Reading, rows: Mask, sheet: _Sheet) -> tuple[tuple[Floor, ...], tuple[str, ...]]:
    """Return what the walls enclose, by openings that are drawn; where that is nothing, by bridged ones, and say so."""
    symbols = symbols_of(reading.drawing, reading.roles, rows, sheet.walls.axes)
    if sheet.walls.single:
        thick: dict[str, float] = {}
        for one in sheet.texts:
            thick |= thickness_in(one.text.value, reading.naming)
        return thickened(sheet.walls.edges, symbols, thick)
    edges = capped(sheet.walls.edges)
    found = floors_of(edges, gaps_of(edges, symbols), sheet.walls.columns)
    if found:
        return found, ()
    return floors_of(edges, gaps_of(edges, symbols, bridging=True), sheet.walls.columns), ("outline-bridged",)


def _shared_out(floors: Sequence[Floor], at: Floats) -> list[Floats]:
    """Return for each floor the rows of the texts that are nearest to it."""
    if not floors:
        return []
    if not len(at):
        return [np.empty(0) for _ in floors]
    apart = np.array([shapely.distance(floor.outline, shapely.points(at)) for floor in floors])
    nearest = np.argmin(apart, axis=0)
    return [np.flatnonzero(nearest == number).astype(np.float64) for number in range(len(floors))]


def _plan(reading: Reading, sheet: _Sheet, floor: Floor, mine: list[int], doubts: tuple[str, ...]) -> UnitPlan | None:
    naming, axes = reading.naming, sheet.walls.axes
    texts, at = [sheet.texts[row] for row in mine], sheet.at[mine]
    rooms, _ = labelled(floor.spaces, texts, at, naming)
    on_frame = reading.roles.having("frame")
    called = sorted(texts, key=lambda one: (bool(on_frame[one.text.of]), *_loudest(one)))
    label = next((name for one in called if (name := unit_label(one.flat))), "")
    if not label and (floor.outline.area < SMALLEST_DWELLING_M2 or not any(room.labels for room in rooms)):
        return None
    apart = [room for room in rooms if is_apart(room, naming)]
    outline = without(floor, [room.outline for room in apart])
    balconies = [room for room in apart if any(naming.says("balcony", one) for one in room.labels)]
    walled = floor.outline.difference(outline).intersection(shapely.union_all([room.outline.buffer(0.6) for room in balconies])).area if balconies else 0.0
    areas = [area for one in sorted(texts, key=_loudest) for area in gross_areas_in(one.text.value, naming)]
    persons = dict.fromkeys(number for one in texts for number in persons_in(one.text.value, naming))
    error = sheet.walls.off_grid_m * outline.length
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
        open_because=(*doubts, *(() if label else ("unlabelled",)), *(("areas-differ",) if len(set(areas)) > 1 else ())),
    )


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
