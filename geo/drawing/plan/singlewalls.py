"""Walls drawn as one line each, in their middle: thickened to what a note says, so that areas are those between their faces."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.model import Floats
from geo.drawing.plan.linework import crossed, ends_of, faces_of, polygons, straight, united
from geo.drawing.plan.openings import MOST_ENDS, WIDEST_CORNER_M, WIDEST_M, WIDEST_PASSAGE_M, Gap, Symbols, kind_of
from geo.drawing.plan.outline import SMALLEST_M2, Floor
from geo.drawing.plan.plumb import GRID_M

OUTER_M, INNER_M = 0.24, 0.12
"""One brick and half a brick: what is usual where no note says how thick the walls are."""


def thickened(edges: Floats, symbols: Symbols, thick: Mapping[str, float]) -> tuple[Floor, ...]:
    """Return the floors that single-line walls (m × 4, local metres) enclose.

    thick: outer_wall and inner_wall in metres, by a note; without it the usual ones are taken.
    """
    gaps = _gaps(edges, symbols)
    every = crossed(np.concatenate([edges, *(gap[0] for gap in gaps)])) if gaps else edges
    faces = faces_of(every)
    outer, inner = thick.get("outer_wall", OUTER_M), thick.get("inner_wall", INNER_M)
    floors = []
    for part in polygons(united(faces)):
        if part.area >= SMALLEST_M2:
            axis = Polygon(part.exterior)
            floors.append(_floor(axis, [face for face in faces if axis.covers(shapely.point_on_surface(face))], every, gaps, (outer, inner)))
    return tuple(floors)


def _floor(axis: Polygon, faces: list[Polygon], edges: Floats, gaps: list[tuple[Floats, float, str]], thick: tuple[float, float]) -> Floor:
    lines = straight(edges)
    on_rim = shapely.covers(axis.exterior.buffer(GRID_M), lines)
    solid = shapely.union_all(
        [
            axis.exterior.buffer(thick[0] / 2, cap_style="square", join_style="mitre"),
            *(line.buffer(thick[1] / 2, cap_style="square", join_style="mitre") for line in lines[~on_rim & shapely.intersects(axis, lines)]),
        ]
    )
    spaces = [part for face in faces for part in polygons(shapely.set_precision(face.difference(solid), GRID_M))]
    outline = shapely.set_precision(axis.buffer(thick[0] / 2, join_style="mitre"), GRID_M)
    assert isinstance(outline, Polygon)
    mine = []
    for line, width, kind in gaps:
        middle = shapely.LineString(line.reshape(2, 2))
        if axis.distance(middle) < GRID_M:
            rim = axis.exterior.buffer(GRID_M).covers(middle)
            mine.append(Gap(middle.buffer(thick[0 if rim else 1] / 2, cap_style="flat"), width, kind))
    return Floor(outline, tuple(sorted(spaces, key=lambda space: space.bounds)), tuple(mine))


def _gaps(edges: Floats, symbols: Symbols) -> list[tuple[Floats, float, str]]:
    """Return the openings: the line from a loose end straight on to the next line, how wide, what is drawn in it."""
    if not len(edges):
        return []
    points, joined, met = ends_of(edges)
    if (met == 1).sum() > MOST_ENDS:
        return []
    lines = straight(edges)
    tree = shapely.STRtree(lines)
    found: dict[tuple[int, int], tuple[Floats, float, str]] = {}
    loose_at = {tuple(np.round(points[at] * 1000).astype(int).tolist()) for at in np.flatnonzero(met == 1)}
    for edge, side in zip(*np.nonzero(met[joined] == 1), strict=True):
        end, other = points[joined[edge, side]], points[joined[edge, 1 - side]]
        away = (end - other) / np.hypot(*(end - other))
        far = _next(end, away, lines, tree)
        if far is None:
            continue
        width = float(np.hypot(*(far - end)))
        strip = shapely.LineString([end, far]).buffer(OUTER_M / 2, cap_style="flat")
        kind = kind_of(strip, width, away, symbols)
        facing = tuple(np.round(far * 1000).astype(int).tolist()) in loose_at
        if width <= (WIDEST_M if kind else WIDEST_PASSAGE_M if facing else WIDEST_CORNER_M):
            middle = (round(float(end[0] + far[0]) * 50), round(float(end[1] + far[1]) * 50))
            found.setdefault(middle, (np.concatenate([end, far])[None], round(width, 4), kind or "passage"))
    return [found[key] for key in sorted(found)]


def _next(end: Floats, away: Floats, lines: "np.ndarray[tuple[int], np.dtype[np.object_]]", tree: shapely.STRtree) -> Floats | None:
    """Return the first point of a line that a ray from a loose end meets."""
    ray = shapely.LineString([end + away * 0.01, end + away * WIDEST_M])
    hits = tree.query(ray, predicate="intersects")
    if not len(hits):
        return None
    apart = shapely.distance(shapely.Point(end), shapely.intersection(lines[hits], ray))
    met: Floats = np.round(end + away * float(apart.min()), 3)
    return met
