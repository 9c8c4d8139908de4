"""Parallel neighbours: how far each line is from the nearest line beside it, which in a plan is how thick its walls are."""

from typing import NamedTuple

import numpy as np

from geo.drawing.model import Floats, Ints

_ANGLE_RAD = 0.01
_BESIDE = 200
"""How many lines further out in one direction are looked at: as many as lie in one row through a block of flats."""


class Beside(NamedTuple):
    """For each line the distance to the nearest parallel line that runs beside it (inf for none) and how long they do."""

    distance: Floats
    overlap: Floats


def beside(xy: Floats, least: float) -> Beside:
    """Return the nearest parallel neighbour of each line (n × 4, any unit) that is further than `least` away.

    O(n log n): lines are sorted by their offset within each direction.
    """
    span = xy[:, 2:] - xy[:, :2]
    length = np.hypot(span[:, 0], span[:, 1])
    found = Beside(np.full(len(xy), np.inf), np.zeros(len(xy)))
    angle = np.arctan2(span[:, 1], span[:, 0]) % np.pi
    groups = np.round(angle / _ANGLE_RAD).astype(np.int64) % round(np.pi / _ANGLE_RAD)
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    for rows in np.split(order, cuts):
        rows = rows[length[rows] > 0]
        if len(rows) > 1:
            _in_one_direction(xy[rows], float(np.median(angle[rows])), rows, least, found)
    return found


def _in_one_direction(xy: Floats, angle: float, rows: Ints, least: float, found: Beside) -> None:
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    ends = np.stack([xy[:, :2] @ along, xy[:, 2:] @ along])
    low, high, offset = ends.min(0), ends.max(0), (xy[:, :2] @ across + xy[:, 2:] @ across) / 2
    by = np.argsort(offset, kind="stable")
    for step in range(1, min(_BESIDE, len(by) - 1) + 1):
        one, other = by[:-step], by[step:]
        apart = offset[other] - offset[one]
        shared = np.minimum(high[one], high[other]) - np.maximum(low[one], low[other])
        if (apart >= found.distance[rows[one]]).all() and (apart >= found.distance[rows[other]]).all():
            break  # whatever is further out is no nearer to any of them
        real = (apart > least) & (shared > 0.5 * apart)
        for mine in (one[real], other[real]):
            nearer = apart[real] < found.distance[rows[mine]]
            found.distance[rows[mine[nearer]]] = apart[real][nearer]
            found.overlap[rows[mine[nearer]]] = shared[real][nearer]
