"""Plumb axes: a plan turned so that its walls run along x and y, in metres from one of its corners, and back again."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.model import Floats

QUARTER = np.pi / 2
GRID_M = 0.001
"""Corners are taken to whole millimetres: what is nearer than that in a drawing was meant to meet."""


@dataclass(frozen=True)
class Axes:
    """Local axes of one plan. metres: of one drawing unit; x, y: their origin in drawing units; angle: radians they are turned by."""

    metres: float
    x: float
    y: float
    angle: float

    def local(self, xy: Floats) -> Floats:
        """Return points (… × 2, drawing units) in local metres."""
        turn = np.array([[np.cos(self.angle), -np.sin(self.angle)], [np.sin(self.angle), np.cos(self.angle)]])
        turned: Floats = ((xy - (self.x, self.y)) * self.metres) @ turn
        return turned

    def pieces(self, xy: Floats) -> Floats:
        """Return lines (n × 4, drawing units) in local metres."""
        return self.local(xy.reshape(-1, 2)).reshape(-1, 4)

    def drawn(self, points: Floats) -> Floats:
        """Return local points in metres of the drawing's own axes."""
        turn = np.array([[np.cos(self.angle), np.sin(self.angle)], [-np.sin(self.angle), np.cos(self.angle)]])
        turned: Floats = points @ turn + (self.x * self.metres, self.y * self.metres)
        return turned

    def drawn_shape(self, shape: Polygon) -> Polygon:
        """Return a local shape in metres of the drawing's own axes."""
        return shapely.transform(shape, self.drawn)


def plumb_axes(xy: Floats, metres: float) -> Axes:
    """Return the axes in which most of the length of the lines (n × 4, drawing units) runs along x or y, from one end of a line.

    The turn is the mean direction of the lines within half a degree of the longest direction, weighted by length, modulo a right
    angle and between -45° and 45°.
    """
    span = xy[:, 2:] - xy[:, :2]
    length = np.hypot(span[:, 0], span[:, 1])
    if not length.sum():
        at = xy[0] if len(xy) else np.zeros(4)
        return Axes(metres, float(at[0]), float(at[1]), 0.0)
    angle = np.arctan2(span[:, 1], span[:, 0]) % QUARTER
    bins = np.bincount((angle / QUARTER * 180).astype(np.int64) % 180, length, 180)
    broad = bins + np.roll(bins, 1) + np.roll(bins, -1)  # a direction may fall on the seam of two half degrees
    middle = (int(np.argmax(broad)) + 0.5) * QUARTER / 180
    off = (angle - middle + QUARTER / 2) % QUARTER - QUARTER / 2
    near = np.abs(off) < np.radians(1.0)
    turn = middle + float((off[near] * length[near]).sum() / length[near].sum())
    turn = (turn + QUARTER / 2) % QUARTER - QUARTER / 2
    origin = xy[np.lexsort((xy[:, 1], xy[:, 0]))[0], :2]
    return Axes(metres, float(origin[0]), float(origin[1]), turn if abs(turn) > 1e-12 else 0.0)
