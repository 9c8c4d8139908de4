"""Several dwellings behind one outline: twin houses, units around a stairwell, told apart by the doors between their rooms.

Where a wall is shared by two dwellings each has it to its middle (GB/T 17986.1, area of a unit); a wall beside a stairwell is the
dwelling's, whole, as it is where a stairwell is cut off a single one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import LineString, Polygon

from geo.drawing.model import Floats
from geo.drawing.plan.annotations import Said, unit_label
from geo.drawing.plan.linework import Shape, crossed, faces_of, polygons, united
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.openings import Gap
from geo.drawing.plan.outline import Floor, lengthened
from geo.drawing.plan.plumb import GRID_M
from geo.drawing.plan.walls import THICKEST_M


@dataclass(frozen=True)
class _Part:
    """Rooms that doors join, with all between them filled; shared: how much of a wall beside a neighbour is the neighbour's."""

    spaces: tuple[Polygon, ...]
    filled: Shape
    shared: float


def dwellings_of(floor: Floor, texts: Sequence[Said], at: Floats, naming: Naming) -> tuple[Floor, ...]:
    """Return the floor of each dwelling behind an outline: several only where at least two groups of rooms carry a unit type each.

    at: where the texts stand, n × 2 in the axes of the floor. Rooms that no door joins to a named group go with the nearest one.
    """
    named = [row for row, one in enumerate(texts) if unit_label(one.flat)]
    if len(named) < 2:
        return (floor,)
    public = tuple(space for space in floor.spaces if _is_public(space, texts, at, naming))
    groups = _joined([space for space in floor.spaces if space not in public], floor.gaps)
    if len(groups) < 2:
        return (floor,)
    shapes = [shapely.MultiPolygon(group) for group in groups]
    owners = sorted({int(np.argmin([shape.distance(shapely.Point(at[row])) for shape in shapes])) for row in named})
    if len(owners) < 2:
        return (floor,)
    kept = [list(groups[owner]) for owner in owners]
    for number, group in enumerate(groups):
        if number not in owners:
            near = min(range(len(owners)), key=lambda one: (float(shapes[number].distance(shapes[owners[one]])), one))
            kept[near] += group
    parts = [_part(group, floor.columns, 0.5) for group in kept]
    beside = [*parts, *([_part(public, floor.columns, 1.0)] if public else [])]
    return tuple(_floor(floor, part, [other for other in beside if other is not part]) for part in parts)


def _is_public(space: Polygon, texts: Sequence[Said], at: Floats, naming: Naming) -> bool:
    inside = np.flatnonzero(shapely.contains_xy(space, at[:, 0], at[:, 1])).tolist()
    return any(naming.says("public", texts[row].text.value) for row in inside)


def _joined(spaces: Sequence[Polygon], gaps: Sequence[Gap]) -> list[list[Polygon]]:
    """Return the spaces in groups that doors and passages join, each group in the spaces' order."""
    group = list(range(len(spaces)))
    tree = shapely.STRtree(spaces)
    for gap in gaps:
        if gap.kind == "window" or gap.bridged:
            continue
        joined = {group[row] for row in tree.query(gap.ring, predicate="dwithin", distance=2 * GRID_M)}
        group = [min(joined) if one in joined else one for one in group]
    return [[space for space, one in zip(spaces, group, strict=True) if one == number] for number in dict.fromkeys(group)]


def _part(spaces: Sequence[Polygon], columns: Shape, shared: float) -> _Part:
    """Fill the walls between the spaces of one group, and the columns that bite into them."""
    bitten = [shapely.intersection(columns, space.envelope) for space in spaces]
    wide = shapely.buffer(shapely.union_all([*spaces, *bitten]), THICKEST_M / 2, join_style="mitre")
    return _Part(tuple(spaces), united(polygons(shapely.buffer(wide, -THICKEST_M / 2, join_style="mitre"))), shared)


def _floor(floor: Floor, part: _Part, others: Sequence[_Part]) -> Floor:
    """Return one part's own floor: the outline cut along its share of the walls to its neighbours."""
    rim = np.asarray(floor.outline.exterior.coords)
    cuts = [_border(part, other) for other in others]
    cells = faces_of(crossed(np.concatenate([np.hstack([rim[:-1], rim[1:]]), *(lengthened(cut, THICKEST_M) for cut in cuts)])))
    inside = shapely.point_on_surface(cells)
    near = shapely.distance(part.filled, inside)
    away = np.min([shapely.distance(other.filled, inside) for other in others], axis=0)
    outline = max(polygons(united(cells[near < away])), key=lambda piece: piece.intersection(part.filled).area)
    whole = Polygon(outline.exterior)
    mine = tuple(gap for gap in floor.gaps if gap.ring.distance(whole) < GRID_M)
    party_m2 = sum(_party_m2(part, other, floor.outline) / 2 for other in others if other.shared < 1.0)
    return replace(floor, outline=whole, spaces=part.spaces, gaps=mine, party_m2=round(party_m2, 6))


def _party_m2(part: _Part, other: _Part, outline: Polygon) -> float:
    """Return the area of the wall between two parts, from outer face to outer face."""
    wall_m = float(shapely.distance(part.filled, other.filled))
    if wall_m > THICKEST_M:
        return 0.0
    reach = [shapely.buffer(one.filled, wall_m, join_style="mitre") for one in (part, other)]
    between = shapely.intersection(shapely.intersection(reach[0], reach[1]), outline)
    return float(shapely.difference(between, shapely.union_all([part.filled, other.filled])).area)


def _border(part: _Part, other: _Part) -> Floats:
    """Return the lines (n × 4) along which a part's share of the wall to another ends; none where they are no neighbours."""
    wall_m = float(shapely.distance(part.filled, other.filled))
    if wall_m > THICKEST_M:
        return np.empty((0, 4))
    rim = shapely.boundary(shapely.buffer(part.filled, wall_m * other.shared, join_style="mitre"))
    near = shapely.intersection(rim, shapely.buffer(other.filled, wall_m * (1 - other.shared) + 2 * GRID_M, join_style="mitre"))
    lines = [np.asarray(line.coords) for line in shapely.get_parts(near) if isinstance(line, LineString) and line.length > wall_m]
    return np.concatenate([np.hstack([points[:-1], points[1:]]) for points in lines]) if lines else np.empty((0, 4))
