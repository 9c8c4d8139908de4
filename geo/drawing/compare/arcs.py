"""Arcs and circles of two drawings that lie on one another; what is left of each after the other drawing's arcs on the same circle."""

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.marks import arc_points
from geo.drawing.compare.segments import Bools, Stretches, gaps
from geo.drawing.model import Floats

_NEIGHBOURS = 24  # arcs on one circle that are looked at


def met_whole(arcs: Floats, others: Floats, reach_m: float) -> Bools:
    """Return which arcs have both ends and the middle on those of an arc of the other drawing."""
    if not len(arcs) or not len(others):
        return np.zeros(len(arcs), np.bool_)
    distance, _ = cKDTree(_described(others)).query(_described(arcs), distance_upper_bound=reach_m)
    met: Bools = np.isfinite(distance)
    return met


def _described(arcs: Floats) -> Floats:
    """Return first, middle and last point; of a circle its centre, its radius and nothing of where it was begun."""
    start, end = arcs[:, 3], arcs[:, 4]
    points = np.hstack([arc_points(arcs, angle) for angle in (start, (start + end) / 2, end)])
    full = end - start > 2 * np.pi - 1e-6
    points[full] = np.column_stack([arcs[full, :2], arcs[full, 2], np.full((full.sum(), 3), 1e7)])
    return points


def uncovered(arcs: Floats, others: Floats, tolerance_m: float) -> Stretches:
    """Return what of each arc no arc of the other drawing on the same circle covers; from and to are metres along the arc."""
    length = (arcs[:, 4] - arcs[:, 3]) * arcs[:, 2]
    if not len(arcs) or not len(others):
        row = np.arange(len(arcs))
        return Stretches(row, np.zeros(len(arcs)), length, length)
    many = min(_NEIGHBOURS, len(others))
    distance, row = cKDTree(others[:, :3]).query(arcs[:, :3], k=many, distance_upper_bound=1.5 * tolerance_m)
    mine, place = np.nonzero(np.isfinite(distance.reshape(len(arcs), many)))
    theirs = others[row.reshape(len(arcs), many)[mine, place]]
    covered = [_turn(arcs[mine], theirs, turn) for turn in (-1, 0, 1)]
    start, end = (np.concatenate([one[at] for one in covered]) * np.tile(arcs[mine, 2], 3) for at in (0, 1))
    held = end > start
    return gaps(length, np.tile(mine, 3)[held], start[held], end[held], 2 * tolerance_m)


def _turn(arcs: Floats, others: Floats, turn: int) -> tuple[Floats, Floats]:
    """Return the angles from the arc's start between which the other covers it, the other taken `turn` turns on."""
    first = np.mod(others[:, 3] - arcs[:, 3], 2 * np.pi) + 2 * np.pi * turn
    span = arcs[:, 4] - arcs[:, 3]
    return np.clip(first, 0, span), np.clip(first + (others[:, 4] - others[:, 3]), 0, span)


def cut(arcs: Floats, stretches: Stretches) -> Floats:
    """Return the stretches as arcs."""
    one = arcs[stretches.row]
    return np.column_stack([one[:, :3], one[:, 3] + stretches.start / one[:, 2], one[:, 3] + stretches.end / one[:, 2]])


def drawn(arc: Floats, chord_rad: float = np.pi / 18) -> tuple[tuple[float, float], ...]:
    """Return an arc as points to draw, one every ten degrees and at both ends."""
    steps = max(2, int(np.ceil((arc[4] - arc[3]) / chord_rad)) + 1)
    angles = np.linspace(arc[3], arc[4], steps)
    return tuple((float(arc[0] + arc[2] * np.cos(one)), float(arc[1] + arc[2] * np.sin(one))) for one in angles)
