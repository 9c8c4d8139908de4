"""The floor of a building: what walls and openings enclose, its outline to the outer face of the walls, its clear spaces."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.model import Floats
from geo.drawing.plan.linework import Shape, Shapes, crossed, faces_of, polygons, united
from geo.drawing.plan.openings import Gap
from geo.drawing.plan.walls import THICKEST_M

SMALLEST_M2 = 4.0
"""What is smaller than this is no dwelling: a pier, a legend, a shed's corner."""

_YARD_M2 = 1.0


@dataclass(frozen=True)
class Floor:
    """One connected piece of a plan, local metres. outline: to the outer faces; spaces: what is clear between inner faces.

    columns: their footprints, which bite into the spaces. party_m2: of the walls that it shares with other dwellings, the half it does not have.
    """

    outline: Polygon
    spaces: tuple[Polygon, ...]
    gaps: tuple[Gap, ...]
    columns: Shape = field(default_factory=Polygon)
    party_m2: float = 0.0


def floors_of(edges: Floats, gaps: Sequence[Gap], columns: Shape) -> tuple[Floor, ...]:
    """Return the pieces that the walls enclose once the openings are closed, largest first."""
    rings = [np.asarray(gap.ring.exterior.coords) for gap in gaps]
    closings = [np.hstack([ring[:-1], ring[1:]]) for ring in rings]
    every = crossed(np.concatenate([edges, *closings])) if len(closings) else edges
    faces = faces_of(every)
    if not len(faces):
        return ()
    inside = shapely.point_on_surface(faces)
    opening = shapely.covers(shapely.union_all([gap.ring for gap in gaps]), inside) if gaps else np.zeros(len(faces), np.bool_)
    post = shapely.covers(columns, inside) if not columns.is_empty else np.zeros(len(faces), np.bool_)
    thin = shapely.is_empty(shapely.buffer(faces, -THICKEST_M / 2, join_style="mitre"))
    spaces = faces[~(opening | post | thin)]
    outlines = [Polygon(part.exterior) for part in polygons(united(faces)) if part.area >= SMALLEST_M2]
    return tuple(_floor(outline, spaces, gaps, columns) for outline in outlines)


def _floor(outline: Polygon, spaces: Shapes, gaps: Sequence[Gap], columns: Shape) -> Floor:
    shapely.prepare(outline)
    mine = sorted(spaces[shapely.contains_properly(outline, shapely.point_on_surface(spaces))], key=lambda space: space.bounds)
    return Floor(outline, tuple(mine), tuple(gap for gap in gaps if outline.intersects(gap.ring)), columns)


def without(floor: Floor, apart: Sequence[Polygon]) -> Polygon:
    """Return the outline without spaces that do not belong to the dwelling (a stairwell, a walled balcony), with the dwelling's own wall whole.

    The wall between stays with what remains: each space is cut off where the outer face of that wall runs.
    """
    kept = [space for space in floor.spaces if not any(space.equals(other) for other in apart)]
    if not apart or not kept:
        return floor.outline
    rest = united(kept)
    whole = united([*kept, *(part for space in kept for part in polygons(shapely.intersection(floor.columns, space.envelope)))])
    outline: Shape = floor.outline
    for space in apart:
        wall_m = float(shapely.distance(space, rest))
        if wall_m > THICKEST_M:
            continue
        around = space.buffer(THICKEST_M, join_style="mitre")
        away = shapely.intersection(shapely.difference(outline, whole.buffer(wall_m, join_style="mitre")), around)
        outline = united(polygons(shapely.difference(outline, away)))
    largest = polygons(outline)[0]
    return Polygon(largest.exterior, [ring for ring in largest.interiors if Polygon(ring).area >= _YARD_M2])


def balcony_area_m2(outline: Polygon, drawn: Floats) -> float:
    """Return the full area that balcony lines (n × 4, local metres) enclose against an outline, 0 where they enclose nothing."""
    if not len(drawn):
        return 0.0
    ring = np.asarray(outline.exterior.coords)
    every = crossed(np.concatenate([np.hstack([ring[:-1], ring[1:]]), lengthened(drawn, 0.005)]))
    faces = faces_of(every)
    outside = faces[~shapely.covers(outline, shapely.point_on_surface(faces))]
    return round(united(outside).area, 6) if len(outside) else 0.0


def lengthened(xy: Floats, by_m: float) -> Floats:
    """Return lines carried on at both ends, so that what nearly meets meets."""
    span = xy[:, 2:] - xy[:, :2]
    length = np.hypot(span[:, 0], span[:, 1])[:, None]
    step = np.divide(span, length, out=np.zeros_like(span), where=length > 0) * by_m
    return np.hstack([xy[:, :2] - step, xy[:, 2:] + step])
