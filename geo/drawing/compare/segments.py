"""Straight pieces of two drawings that lie on one another: which were not met by the other drawing, and on which stretch.

Ends are met whole first (a tree over both ends), what is left is measured against everything of the other drawing that runs
along it, so order, direction, splitting, joining and doubling of lines do not show.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.drawing.model import Floats, Ints
from geo.drawing.plan.linework import straight

Bools = NDArray[np.bool_]
_ODD_TURN = 0.2957  # no line of a building has this direction (radians): there the two ends swap places


@dataclass(frozen=True)
class Stretches:
    """Uncovered stretches: row of the piece, from and to along it in metres, and how long the whole piece is."""

    row: Ints
    start: Floats
    end: Floats
    length: Floats

    @property
    def whole(self) -> Bools:
        """Whether nothing of the piece was covered."""
        slack = np.minimum(0.002, 0.1 * self.length)
        return (self.start <= slack) & (self.end >= self.length - slack)


def directed(lines: Floats) -> Floats:
    """Return lines with their ends in one order, whichever way they were drawn."""
    angle = np.mod(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]) - _ODD_TURN, 2 * np.pi)
    turned = lines.copy()
    turned[angle >= np.pi] = lines[angle >= np.pi][:, [2, 3, 0, 1]]
    return turned


def met_whole(lines: Floats, others: Floats, reach_m: float) -> tuple[Bools, Ints]:
    """Return which lines have both ends on those of a line of the other drawing (within reach), and which one that is (−1: none)."""
    if not len(lines) or not len(others):
        return np.zeros(len(lines), np.bool_), np.full(len(lines), -1, np.int64)
    distance, row = cKDTree(directed(others)).query(directed(lines), distance_upper_bound=reach_m)
    met = np.isfinite(distance)
    return met, np.where(met, row, -1)


def uncovered(lines: Floats, others: Floats, tolerance_m: float) -> Stretches:
    """Return what of each line no line of the other drawing runs along within tolerance, gaps below the tolerance closed."""
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    mine, start, end = _along(lines, length, others, tolerance_m)
    return gaps(length, mine, start, end, 2 * tolerance_m)


def _along(lines: Floats, length: Floats, others: Floats, tolerance_m: float) -> tuple[Ints, Floats, Floats]:
    """Return which stretches of each line are covered: row, from, to."""
    if not len(lines) or not len(others):
        return np.empty(0, np.int64), np.empty(0), np.empty(0)
    tree = shapely.STRtree(straight(others))
    mine, theirs = tree.query(straight(lines), predicate="dwithin", distance=tolerance_m)
    from_, over = lines[mine], others[theirs]
    ux, uy = (from_[:, 2] - from_[:, 0]) / length[mine], (from_[:, 3] - from_[:, 1]) / length[mine]
    along = [(over[:, at] - from_[:, 0]) * ux + (over[:, at + 1] - from_[:, 1]) * uy for at in (0, 2)]
    off = [(over[:, at + 1] - from_[:, 1]) * ux - (over[:, at] - from_[:, 0]) * uy for at in (0, 2)]
    span = along[1] - along[0]
    start, end = np.clip(np.minimum(*along), 0, length[mine]), np.clip(np.maximum(*along), 0, length[mine])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(np.abs(span) > 1e-12, (off[1] - off[0]) / span, np.inf)
        near = [np.abs(off[0] + slope * (at - along[0])) <= tolerance_m for at in (start, end)]
    held = near[0] & near[1] & (end - start > 0)
    return mine[held], start[held], end[held]


def gaps(length: Floats, row: Ints, start: Floats, end: Floats, close: float) -> Stretches:
    """Return the stretches of 0 … length that no interval covers, those not longer than `close` left out."""
    rows, every = np.arange(len(length)), np.r_[row, np.arange(len(length)), np.arange(len(length))]
    low, high = np.r_[start, np.zeros(len(rows)), length], np.r_[end, np.zeros(len(rows)), length]  # both ends bound the line
    order = np.lexsort((low, every))
    far = float(length.max()) + 1.0 if len(length) else 1.0
    lift = every[order] * far  # each line on its own stretch of one long axis
    reach = np.maximum.accumulate(high[order] + lift)
    open_ = np.flatnonzero((every[order][1:] == every[order][:-1]) & (low[order][1:] + lift[1:] - reach[:-1] > close))
    of = every[order][open_]
    return Stretches(of, reach[open_] - lift[open_], low[order][open_ + 1], length[of])


def cut(lines: Floats, stretches: Stretches) -> Floats:
    """Return the stretches as lines."""
    one = lines[stretches.row]
    along = (one[:, 2:] - one[:, :2]) / stretches.length[:, None]
    return np.hstack([one[:, :2] + along * stretches.start[:, None], one[:, :2] + along * stretches.end[:, None]])
