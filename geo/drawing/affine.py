"""Plane transformations of blocks and of turned-over entities.

A transformation is six numbers (a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f; many of them are an m × 6 array.
"""

import math
from typing import NamedTuple

import numpy as np

from geo.drawing.model import Floats

TURN = 2 * math.pi


class Affine(NamedTuple):
    """One transformation; see the module."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def angle(self, radians: float) -> float:
        """Return the direction that a direction takes."""
        x, y = math.cos(radians), math.sin(radians)
        return math.atan2(self.b * x + self.d * y, self.a * x + self.c * y)

    def then(self, outer: "Affine") -> "Affine":
        """Return this one followed by `outer`."""
        return Affine(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            *outer.point(self.e, self.f),
        )

    @property
    def det(self) -> float:
        """The factor of areas; negative where it mirrors."""
        return self.a * self.d - self.b * self.c

    @property
    def even(self) -> bool:
        """Whether circles stay circles."""
        size = abs(self.a) + abs(self.b) + abs(self.c) + abs(self.d)
        return abs(math.hypot(self.a, self.b) - math.hypot(self.c, self.d)) <= 1e-9 * size and abs(self.a * self.c + self.b * self.d) <= 1e-9 * size * size

    def decomposed(self) -> tuple[float, float, float]:
        """Return (scale_x, scale_y, rotation) with scale_y > 0: a mirroring shows as a negative scale_x."""
        scale_y = math.hypot(self.c, self.d)
        if scale_y == 0:
            return math.hypot(self.a, self.b), 0.0, math.atan2(self.b, self.a)
        return self.det / scale_y, scale_y, math.atan2(-self.c, self.d)


def axes(normal: tuple[float, float, float]) -> Affine:
    """Return the plane part of the arbitrary-axis rule: from an entity's own axes to the drawing's.

    The rule is the one of the DXF reference: the x axis is Wy × N where N is within 1/64 of Wz, Wz × N elsewhere.
    """
    nx, ny, nz = normal
    size = math.sqrt(nx * nx + ny * ny + nz * nz) or 1.0
    nx, ny, nz = nx / size, ny / size, nz / size
    ax, ay, az = (nz, 0.0, -nx) if abs(nx) < 1 / 64 and abs(ny) < 1 / 64 else (-ny, nx, 0.0)
    length = math.sqrt(ax * ax + ay * ay + az * az) or 1.0
    ax, ay, az = ax / length, ay / length, az / length
    return Affine(ax, ay, ny * az - nz * ay, nz * ax - nx * az)


def swept(start: float, end: float, moved: Affine) -> tuple[float, float]:
    """Return the start and end of an arc after an even transformation: start within one turn, end > start, the sweep kept."""
    sweep = end - start
    first = moved.angle(end if moved.det < 0 else start) % TURN
    return first, first + sweep


def moved_points(xy: Floats, matrices: Floats) -> Floats:
    """Return n points (n × 2) under m transformations (m × 6) as m × n × 2."""
    x, y = xy[:, 0], xy[:, 1]
    a, b, c, d, e, f = (column[:, None] for column in matrices.T)
    return np.stack((a * x + c * y + e, b * x + d * y + f), axis=-1)


def moved_arcs(xyr: Floats, matrices: Floats) -> Floats:
    """Return n arcs (n × 5) under m even transformations as m × n × 5."""
    out = np.empty((len(matrices), len(xyr), 5))
    out[..., :2] = moved_points(xyr[:, :2], matrices)
    a, b, c, d = (matrices[:, at][:, None] for at in range(4))
    det = a * d - b * c
    out[..., 2] = xyr[:, 2] * np.sqrt(np.abs(det))
    first = np.where(det < 0, xyr[:, 4], xyr[:, 3])
    x, y = np.cos(first), np.sin(first)
    out[..., 3] = np.arctan2(b * x + d * y, a * x + c * y) % TURN
    whole = np.abs(xyr[:, 4] - xyr[:, 3] - TURN) < 1e-9
    out[..., 3] = np.where(whole, 0.0, out[..., 3])
    out[..., 4] = out[..., 3] + (xyr[:, 4] - xyr[:, 3])
    return out
