"""Differences near each other gathered into change sets, each under one cloud: what a person looks at as one change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.items import Box
from geo.drawing.leftovers import components

_BAND = 4.0  # sets whose tops lie within this (of the unit they are told in) stand in one row


def clouded(differences: Sequence[Difference], gap: float) -> tuple[tuple[Difference, ...], tuple[ChangeSet, ...]]:
    """Return differences with the number of their set, and the sets, read as a page is: from the top, from the left. gap: how near is near."""
    if not differences:
        return (), ()
    boxes = [box_of(one) for one in differences]
    shapes = shapely.box(*np.array(boxes).T)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=gap)
    same = np.array([differences[i].view == differences[j].view for i, j in zip(a, b, strict=True)], bool)
    groups = components(len(differences), a[same], b[same])
    placed = sorted(groups, key=lambda rows: _place(differences[rows[0]].view, [boxes[row] for row in rows], gap))
    told, sets = list(differences), []
    for number, rows in enumerate(placed, start=1):
        for row in rows:
            told[row] = replace(told[row], change_set=number)
        sets.append(_set(number, [told[row] for row in rows], [boxes[row] for row in rows], gap))
    return tuple(told), tuple(sets)


def box_of(one: Difference) -> Box:
    """Return the least box around what a difference draws, and its place."""
    points = np.array([one.where, *(at for shape in one.shape_before + one.shape_after for at in shape)])
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def _place(view: int, boxes: list[Box], gap: float) -> tuple[int, int, float, float]:
    x1, _, _, y2 = _around(boxes)
    return view, round(-y2 / (_BAND * gap)), round(x1, 3), round(-y2, 3)


def _around(boxes: list[Box]) -> Box:
    at = np.array(boxes)
    return float(at[:, 0].min()), float(at[:, 1].min()), float(at[:, 2].max()), float(at[:, 3].max())


def _set(number: int, members: list[Difference], boxes: list[Box], gap: float) -> ChangeSet:
    counts = Counter(f"{one.op} {one.what}" for one in members)
    return ChangeSet(number, _around(boxes), _cloud(members, gap), tuple(one.id for one in members), dict(sorted(counts.items())))


def _cloud(members: list[Difference], gap: float) -> tuple[tuple[float, float], ...]:
    """Return the outline of everything near what a set draws: it follows the change and spares what lies between its ends."""
    lines = [shapely.LineString(shape) for one in members for shape in one.shape_before + one.shape_after if len(shape) > 1]
    spots = [shapely.Point(one.where) for one in members]
    near = shapely.union_all(shapely.buffer([*lines, *spots], gap, quad_segs=2))
    while near.geom_type != "Polygon":
        gap *= 1.5
        near = near.buffer(gap, quad_segs=2)
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in shapely.get_coordinates(shapely.get_exterior_ring(near.simplify(gap / 10))))
