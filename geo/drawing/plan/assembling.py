"""Unit plans put together: the floors of one view, parted into dwellings, with the texts that belong to each."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from geo.drawing.dwelling import Reason, Room, UnitPlan, View
from geo.drawing.model import Floats
from geo.drawing.plan.annotations import Said, gross_areas_in, persons_in, room_label, thickness_in, unit_label
from geo.drawing.plan.basis import Reading, loudest
from geo.drawing.plan.captions import first_lines, under_rather
from geo.drawing.plan.linework import straight
from geo.drawing.plan.openings import capped, gaps_of, symbols_of
from geo.drawing.plan.outline import Floor, floors_of
from geo.drawing.plan.parting import dwellings_of
from geo.drawing.plan.plumb import Axes
from geo.drawing.plan.replay import gaps_of_hand
from geo.drawing.plan.roles import Mask
from geo.drawing.plan.singlewalls import thickened
from geo.drawing.plan.storeys import OfStorey, storey_of
from geo.drawing.plan.unitplan import Ground, plan_of
from geo.drawing.plan.walls import THICKEST_M, Walls, pieces, walls_of
from geo.drawing.text import comparable

_Doubted = tuple[Floor, tuple[Reason, ...]]
"""A floor with the reasons why it is not sure."""


def plans_of(reading: Reading, view: View, number: int) -> list[OfStorey]:
    """Return the unit plans of view `number`, from left to right; none for elevations, sections and details."""
    if view.kind in ("elevation", "section", "detail"):
        return []
    rows = _rows(reading, view)
    walls = walls_of(reading.drawing, reading.roles, rows, reading.metres, gaps_of_hand(reading.corrections))
    if walls is None:
        return []
    texts = reading.texts(rows)
    at = walls.axes.local(np.array([(one.x, one.y) for one in texts], np.float64).reshape(-1, 2))
    balcony = walls.axes.pieces(pieces(reading.drawing, rows & reading.roles.having("balcony")))
    floors = [
        (dwelling, doubts)
        for (floor, doubts), mine in _texted(_floors(reading, rows, walls, texts), texts, at, walls.axes)
        for dwelling in dwellings_of(floor, [texts[row] for row in mine], at[mine], reading.naming)
    ]
    found = []
    for (floor, doubts), mine in _texted(floors, texts, at, walls.axes):
        ground = Ground(walls, [texts[row] for row in mine], at[mine], balcony)
        if (plan := plan_of(reading, ground, floor, doubts)) is not None:
            found.append((floor.outline.bounds, OfStorey(replace(plan, view=number), storey_of(ground.texts))))
    return [one for _, one in sorted(found, key=lambda one: one[0])]


def _rows(reading: Reading, view: View) -> Mask:
    rows = np.zeros(len(reading.drawing.entities), np.bool_)
    rows[list(view.entities)] = True
    return rows


def _floors(reading: Reading, rows: Mask, walls: Walls, texts: Sequence[Said]) -> list[_Doubted]:
    """Return what the walls enclose, by openings that are drawn; where that is nothing, by bridged ones; and why each is unsure."""
    symbols = symbols_of(reading.drawing, reading.roles, rows, walls.axes)
    guessed: tuple[Reason, ...] = () if reading.roles.walls_by_name else ("walls-guessed",)
    if walls.single:
        thick: dict[str, float] = {}
        for one in texts:
            thick |= thickness_in(one.text.value, reading.naming)
        doubts: tuple[Reason, ...] = guessed if "outer_wall" in thick else (*guessed, "thickness-unknown")
        return [(floor, doubts) for floor in thickened(walls.edges, symbols, thick)]
    edges, labels = capped(walls.edges), _room_labels(reading, walls, texts)
    floors = floors_of(edges, gaps_of(edges, symbols), walls.columns)
    closed = [floor for floor in floors if floor.spaces and not _homeless(floor, edges, labels)]
    found: list[_Doubted] = [(floor, guessed) for floor in closed]
    if len(closed) == len(floors) > 0:
        return found
    for floor in floors_of(edges, gaps_of(edges, symbols, bridging=True), walls.columns):
        if floor.spaces and not any(floor.outline.intersects(other.outline) for other in closed):
            lost = _homeless(floor, edges, labels)
            found.append((floor, (*guessed, "outline-bridged", *(("outline-partial",) if lost else ()))))
    return found


def _room_labels(reading: Reading, walls: Walls, texts: Sequence[Said]) -> Floats:
    """Return where the names of rooms stand (n × 2, in the axes of the walls), those of balconies, yards and stairs left out."""
    naming = reading.naming
    named = [one for one in texts if (name := room_label(one.text.value, naming)) and not any(naming.says(role, name) for role in ("balcony", "public"))]
    return walls.axes.local(np.array([(one.x, one.y) for one in named], np.float64).reshape(-1, 2))


def _homeless(floor: Floor, edges: Floats, labels: Floats) -> bool:
    """Tell whether the name of a room stands among the walls of a floor and outside its outline: a room whose walls were not found closed."""
    if not len(labels):
        return False
    lines = straight(edges)
    mine = lines[shapely.dwithin(lines, floor.outline, THICKEST_M)]
    around = shapely.convex_hull(shapely.union_all([floor.outline, *mine]))
    points = shapely.points(labels)
    return bool((shapely.contains(around, points) & ~shapely.contains(floor.outline, points)).any())


def _texted(floors: Sequence[_Doubted], texts: Sequence[Said], at: Floats, axes: Axes) -> list[tuple[_Doubted, list[int]]]:
    """Return each floor with the rows of the texts that are nearest to it; a title stands under its plan rather than over it."""
    if not floors or not len(at):
        return [(floor, []) for floor in floors]
    turns = np.array([one.text.rotation for one in texts]) - axes.angle
    apart = [
        under_rather(np.asarray(floor.outline.exterior.coords), np.asarray(shapely.distance(floor.outline, shapely.points(at))), at, turns)
        for floor, _ in floors
    ]
    heights = np.array([one.text.height for one in texts]) * axes.metres
    nearest = np.argmin(np.array(apart), axis=0)[first_lines(at, heights, turns)]
    return [(floor, np.flatnonzero(nearest == number).tolist()) for number, floor in enumerate(floors)]


def unplanned(reading: Reading, views: Sequence[View], plans: Sequence[UnitPlan]) -> list[UnitPlan]:
    """Return a plan without outline for each unit type that a plan's title names and no outline was found of."""
    known = {plan.label for plan in plans}
    rows = np.ones(len(reading.drawing.entities), np.bool_)
    at = {row: number for number, view in enumerate(views) for row in view.entities}
    found: dict[str, UnitPlan] = {}
    titled = [one for one in reading.texts(rows) if one.text.of in at and (reading.naming.says("plan", one.text.value) or (not known and _only_label(one)))]
    for one in sorted(titled, key=loudest):
        label = unit_label(one.flat)
        if label and label not in known and label not in found:
            found[label] = _outlineless(reading, label, views[at[one.text.of]], at[one.text.of])
    return [found[label] for label in sorted(found)]


def _only_label(one: Said) -> bool:
    return comparable(unit_label(one.flat)) == one.flat


def _outlineless(reading: Reading, label: str, view: View, number: int) -> UnitPlan:
    """Return what the texts of a view say of a unit type, where it is the only one that they name."""
    texts = reading.texts(_rows(reading, view))
    alone = {name for one in texts if (name := unit_label(one.flat))} == {label}
    areas = [area for one in texts for area in gross_areas_in(one.text.value, reading.naming)] if alone else []
    persons = dict.fromkeys(count for one in texts for count in persons_in(one.text.value, reading.naming)) if alone else {}
    return UnitPlan(label, None, None, 0.0, 0.0, areas[0] if areas else None, tuple(persons), open_because=("outline-open",), view=number)


def rooms_written(rooms: Sequence[Room]) -> list[tuple[float, float]]:
    """Return (written, measured) of the rooms that carry an area: evidence for the unit of measure."""
    return [(room.annotated_m2, room.area_m2) for room in rooms if room.annotated_m2 is not None]
