"""Differences near each other gathered into change sets, each under one cloud: what a person looks at as one change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.drawing.compare.items import Box
from geo.drawing.compare.leftovers import components
from geo.drawing.difference import ChangeSet, Difference

_BAND = 4.0  # sets whose tops lie within this many gaps of each other stand in one row


def clouded(differences: Sequence[Difference], gap: float) -> tuple[tuple[Difference, ...], tuple[ChangeSet, ...]]:
    """Return differences with the number of their set, and the sets: the weightiest first, then as a page is read. gap: how near is near."""
    if not differences:
        return (), ()
    shapes = [_shape(one) for one in differences]
    a, b = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=gap)
    same = np.array([differences[i].view == differences[j].view for i, j in zip(a, b, strict=True)], bool)
    groups = components(len(differences), a[same], b[same])
    weight = {rows[0]: max(differences[row].weight for row in rows) for rows in groups}
    placed = sorted(groups, key=lambda rows: (-weight[rows[0]], *_place(differences[rows[0]].view, _around([shapes[row] for row in rows]), gap)))
    told, sets = list(differences), []
    for number, rows in enumerate(placed, start=1):
        for row in rows:
            told[row] = replace(told[row], change_set=number)
        members = [told[row] for row in rows]
        counts = Counter(f"{one.op} {one.what}" for one in members)
        near = [shapes[row] for row in rows]
        sets.append(ChangeSet(number, _around(near), _cloud(near, gap / 2), tuple(one.id for one in members), dict(sorted(counts.items()))))
    return tuple(told), tuple(sets)


def _shape(one: Difference) -> BaseGeometry:
    """Return everything that a difference draws, and its place."""
    lines = [shapely.LineString(shape) for shape in one.shape_before + one.shape_after if len(shape) > 1]
    return shapely.GeometryCollection([shapely.Point(one.where), *lines])


def _around(shapes: Sequence[BaseGeometry]) -> Box:
    x1, y1, x2, y2 = shapely.total_bounds(shapes).tolist()
    return x1, y1, x2, y2


def _place(view: int, box: Box, gap: float) -> tuple[int, int, float, float]:
    x1, _, _, y2 = box
    return view, round(-y2 / (_BAND * gap)), round(x1, 3), round(-y2, 3)


def _cloud(shapes: Sequence[BaseGeometry], off: float) -> tuple[tuple[float, float], ...]:
    """Return the outline of everything near what a set draws, clockwise: it follows the change and spares what lies between its ends."""
    near = shapely.union_all(shapely.buffer(shapes, off, quad_segs=2))
    while near.geom_type != "Polygon":
        off *= 1.5
        near = near.buffer(off, quad_segs=2)
    ring = shapely.get_coordinates(shapely.get_exterior_ring(near.simplify(off / 5)))
    clockwise = ring[::-1] if shapely.is_ccw(shapely.LinearRing(ring)) else ring
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in clockwise)
