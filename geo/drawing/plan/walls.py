"""Walls: the lines of walls and columns of one plan, met at whole millimetres and cut where they cross."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo.drawing.model import Drawing, Floats
from geo.drawing.plan.linework import Shape, crossed, ends_of, footprints, straight
from geo.drawing.plan.parallels import beside
from geo.drawing.plan.plumb import GRID_M, QUARTER, Axes, plumb_axes
from geo.drawing.plan.roles import Mask, Roles

THINNEST_M, THICKEST_M = 0.05, 0.55
"""Walls: from a partition board to a metre-deep stone wall's half; what is further apart encloses a room."""
_STEP_RAD = np.radians(5.0)
_DRAWN_M = 2e-5
"""A drawing whose corners are this near to whole millimetres was drawn on them."""
_HAIR_M = 0.002
_OBLIQUE_RAD, _ALIKE_RAD, _STROKES = np.radians(20.0), np.radians(1.0), 6
"""Strokes of a hatching exploded on the walls' layer: so far from the walls' directions, so alike, so many at least."""
_SAMPLE, _MOST_MEETINGS = 400, 100_000
_REACH_M = 0.01
"""A wall's end that stops this short of another line was meant to meet it."""


@dataclass(frozen=True)
class Walls:
    """The linework of one plan in local axes. edges: m × 4, met and cut; columns: their footprints.

    off_grid_m: the furthest that a corner was moved to meet the grid. double_share: how much of the length has a second face.
    """

    axes: Axes
    edges: Floats
    columns: Shape
    off_grid_m: float
    double_share: float

    @property
    def single(self) -> bool:
        """Whether walls are drawn as one line each."""
        return self.double_share < 0.4


def walls_of(drawing: Drawing, roles: Roles, rows: Mask, metres: float, gaps: Floats | None = None) -> Walls | None:
    """Return the walls among the entities of `rows`; None for fewer than three lines, or for so many across each other that it is no plan.

    Where no layer of the drawing is named as walls, what lies on layers without a meaning is tried.
    gaps: pairs of points to close (n × 4, metres of the drawing's axes), set by hand.
    """
    wall, column = rows & roles.having("wall" if roles.walls_by_name else ""), rows & roles.having("column")
    drawn, posts = without_hatching(pieces(drawing, wall), metres), pieces(drawing, column)
    if len(drawn) < 3 or _tangled(np.concatenate([drawn, posts])):
        return None
    axes = plumb_axes(drawn, metres)
    exact = axes.pieces(np.concatenate([drawn, posts]))
    snapped = snapped_to_grid(exact)
    faces = near_share(snapped[: len(drawn)])
    closed = axes.pieces(gaps / metres) if gaps is not None and len(gaps) else np.empty((0, 4))
    edges = crossed(np.concatenate([snapped, np.round(closed, 3)]))
    edges = crossed(np.concatenate([edges, _reached(edges)]))
    return Walls(axes, edges, footprints(crossed(snapped[len(drawn) :])), float(np.abs(exact - snapped).max()), faces)


def _tangled(xy: Floats) -> bool:
    """Tell whether lines meet so often that no building is drawn by them; judged by an even sample."""
    step = max(1, len(xy) // _SAMPLE)
    if len(xy) <= _SAMPLE:
        return False
    lines = straight(xy)
    touched = len(shapely.STRtree(lines).query(lines[::step])[0]) * step
    return bool(touched > _MOST_MEETINGS)


def snapped_to_grid(exact: Floats) -> Floats:
    """Return lines (n × 4, local metres) with their ends on whole millimetres.

    Where ends lie off the grid, as after a careless scaling, coordinates a hair apart are one first: walls run along the axes, so that
    what was meant to meet shares an x or a y.
    """
    snapped = np.round(exact / GRID_M) * GRID_M
    if not len(exact) or np.abs(exact - snapped).max() < _DRAWN_M:
        return snapped
    at = exact.copy()
    for axis in (0, 1):
        at[:, axis::2] = _one_of_near(exact[:, axis::2].ravel()).reshape(-1, 2)
    return np.round(at / GRID_M) * GRID_M


def _one_of_near(values: Floats) -> Floats:
    """Return each value as the mean of those that it is a hair from."""
    order = np.argsort(values, kind="stable")
    along = values[order]
    cuts, first = [], 0
    for row in range(1, len(along)):
        if along[row] - along[row - 1] > _HAIR_M or along[row] - along[first] > 2 * _HAIR_M:
            cuts.append(row)
            first = row
    met = np.empty_like(values)
    for rows in np.split(order, cuts):
        met[rows] = values[rows].mean()
    return met


def pieces(drawing: Drawing, rows: Mask) -> Floats:
    """Return the straight pieces (n × 4, drawing units) of the entities of `rows`: lines, arcs and curves as chords, outlines of fills."""
    parts = [drawing.lines.xy[rows[drawing.lines.of]]]
    parts += [_chords(arc) for arc in drawing.arcs.xyr[rows[drawing.arcs.of]]]
    parts += [np.hstack([one.points[:-1], one.points[1:]]) for one in drawing.curves if rows[one.of]]
    for hatch in drawing.hatches:
        if rows[hatch.of]:
            parts += [np.hstack([ring, np.roll(ring, -1, axis=0)]) for ring in hatch.rings if len(ring) > 2]
    return np.concatenate(parts) if parts else np.empty((0, 4))


def _chords(arc: Floats) -> Floats:
    x, y, radius, start, end = arc
    turn = np.linspace(start, end, max(2, int(np.ceil((end - start) / _STEP_RAD)) + 1))
    points = np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])
    return np.hstack([points[:-1], points[1:]])


def without_hatching(xy: Floats, metres: float) -> Floats:
    """Return lines (n × 4, drawing units) without strokes that fill a wall: short, oblique to the walls, and many of them alike."""
    if not len(xy):
        return xy
    span = xy[:, 2:] - xy[:, :2]
    length, angle = np.hypot(span[:, 0], span[:, 1]) * metres, np.arctan2(span[:, 1], span[:, 0])
    off = (angle - plumb_axes(xy, metres).angle + QUARTER / 2) % QUARTER - QUARTER / 2
    oblique = (length < 2 * THICKEST_M) & (np.abs(off) > _OBLIQUE_RAD)
    alike = np.round((angle % np.pi) / _ALIKE_RAD).astype(np.int64)
    counts = np.bincount(alike[oblique], minlength=int(alike.max()) + 1)
    kept: Floats = xy[~(oblique & (counts[alike] >= _STROKES))]
    return kept


def near_share(xy: Floats) -> float:
    """Return how much of the length of lines (metres) has a parallel neighbour as near as the other face of a wall."""
    length = np.hypot(*(xy[:, 2:] - xy[:, :2]).T)
    paired = beside(xy, THINNEST_M / 2).distance <= THICKEST_M
    return float(length[paired].sum() / length.sum()) if length.sum() else 0.0


def _reached(edges: Floats) -> Floats:
    """Return the pieces that carry loose ends on to a line a few millimetres away."""
    if not len(edges):
        return np.empty((0, 4))
    points, joined, met = ends_of(edges)
    tree = shapely.STRtree(straight(edges))
    made = []
    for edge, side in zip(*np.nonzero(met[joined] == 1), strict=True):
        end, other = points[joined[edge, side]], points[joined[edge, 1 - side]]
        far = end + (end - other) / np.hypot(*(end - other)) * _REACH_M
        reach = shapely.LineString([end, far])
        if any(hit != edge for hit in tree.query(reach, predicate="intersects")):
            made.append(np.concatenate([end, far]))  # what reaches beyond the line met is a loose end that encloses nothing
    return np.array(made).reshape(-1, 4)
