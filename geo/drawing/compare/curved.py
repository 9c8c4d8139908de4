"""Splines, ellipses and unevenly scaled arcs of one drawing that the other lacks, whatever it draws them with."""

import numpy as np
import shapely

from geo.drawing.compare.arcs import drawn
from geo.drawing.compare.leftovers import Kinds, Stroke, block_of
from geo.drawing.compare.marks import Marks
from geo.drawing.compare.nearness import Shapes
from geo.drawing.model import Curve, Floats
from geo.drawing.plan.linework import straight

_CHORD = 2e-3  # a curve is kept as points that lie so near it, as a share of its size; either drawing's may


def left_curves(mine: Marks, other: Marks, match_m: float, kinds: Kinds) -> list[Stroke]:
    """Return the curves that the other drawing's curves, arcs and lines do not run along."""
    if not mine.curves:
        return []
    tree = shapely.STRtree(_everything(other))
    return [_stroke(mine, one, kinds) for one in mine.curves if not _met(one, tree, match_m)]


def _everything(marks: Marks) -> Shapes:
    curves = [shapely.LineString(one.points) for one in marks.curves]
    arcs = [shapely.LineString(drawn(arc, np.pi / 90)) for arc in marks.arcs]
    made: Shapes = np.array([*curves, *arcs, *straight(marks.lines).tolist()], np.object_)
    return made


def _met(one: Curve, tree: shapely.STRtree, match_m: float) -> bool:
    points = _along(one)
    size = float(np.hypot(*np.ptp(points, axis=0)))
    near = tree.query(shapely.points(points), predicate="dwithin", distance=2 * match_m + _CHORD * size)[0]
    return len(np.unique(near)) == len(points)


def _along(one: Curve) -> Floats:
    """Return points along a curve: its own and the middles between."""
    points: Floats = np.vstack([one.points, (one.points[1:] + one.points[:-1]) / 2])
    return points


def _stroke(marks: Marks, one: Curve, kinds: Kinds) -> Stroke:
    """Return a curve as a stroke; what it is known by does not depend on which end it was begun at."""
    middle = one.points.mean(axis=0)
    spread = np.sort(np.hypot(*(one.points - middle).T))
    length = float(np.hypot(*np.diff(one.points, axis=0).T).sum())
    sign = (length, float(spread[0]), float(spread[-1]))
    at = complex(*middle)
    shape = tuple((float(x), float(y)) for x, y in one.points)
    return Stroke("curve", shape, at, sign, length, (one.of,), kinds(marks.drawing, one.of), True, at, sign, block_of(marks.drawing, one.of))
