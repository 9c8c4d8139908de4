"""Similarities: scale, then mirror left and right (x becomes −x), then turn, then shift; and the alignment they are told as."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.drawing.difference import Alignment
from geo.drawing.model import Floats

Complexes = NDArray[np.complex128]


@dataclass(frozen=True)
class Similarity:
    """Takes a point z = x + iy to factor · m(z) + shift, with m(z) = −conj(z) where it mirrors and z where it does not."""

    factor: complex = 1.0
    shift: complex = 0.0
    mirrored: bool = False

    @property
    def scale(self) -> float:
        """How much longer everything becomes."""
        return abs(self.factor)

    @property
    def turn(self) -> float:
        """How far it turns after mirroring, radians."""
        return float(np.angle(self.factor))

    def of_complex(self, at: Complexes) -> Complexes:
        """Return where points, as complex numbers, come to lie."""
        return self.factor * (-np.conj(at) if self.mirrored else at) + self.shift

    def of(self, xy: Floats) -> Floats:
        """Return where points (n × 2) come to lie."""
        moved = self.of_complex(xy[:, 0] + 1j * xy[:, 1])
        return np.column_stack([moved.real, moved.imag])

    def of_angle(self, angle: Floats) -> Floats:
        """Return what directions (radians) become."""
        return (np.pi - angle if self.mirrored else angle) + self.turn

    def inverse(self) -> "Similarity":
        """Return the similarity that undoes this one."""
        if self.mirrored:  # w = −f·conj(z) + s, so z = −conj((w − s) / f) = −conj(w)/conj(f) + conj(s/f)
            return Similarity(1 / self.factor.conjugate(), (self.shift / self.factor).conjugate(), mirrored=True)
        return Similarity(1 / self.factor, -self.shift / self.factor)

    def after(self, first: "Similarity") -> "Similarity":
        """Return this similarity done after another."""
        zero, one = self.of_complex(first.of_complex(np.array([0j, 1 + 0j])))
        mirrored = self.mirrored != first.mirrored
        return Similarity(complex(zero - one if mirrored else one - zero), complex(zero), mirrored)


def fitted(new: Complexes, old: Complexes, *, mirrored: bool, scale: float | None = None) -> Similarity:
    """Return the similarity that takes new points nearest to their old ones, by least squares; `scale` holds the scale fixed.

    Closed form: with both point sets about their means, the factor is the ratio of their Hermitian products.
    """
    from_ = -np.conj(new) if mirrored else new
    mean_from, mean_old = from_.mean(), old.mean()
    about, wanted = from_ - mean_from, old - mean_old
    weight = float(np.vdot(about, about).real)
    factor = complex(np.vdot(about, wanted) / weight) if weight > 0 else 1.0 + 0j
    if scale is not None:
        factor = scale * (factor / abs(factor) if abs(factor) else 1.0)
    return Similarity(factor, complex(mean_old - factor * mean_from), mirrored)


def similarity_of(alignment: Alignment) -> Similarity:
    """Return an alignment as what it does to points."""
    turn = np.radians(alignment.rotation_deg)
    return Similarity(complex(alignment.scale * np.exp(1j * turn)), complex(alignment.dx, alignment.dy), alignment.mirrored)


def laid_over(xy: Floats, alignment: Alignment) -> Floats:
    """Return points of the new drawing (n × 2, its drawing units) in the axes and units of the old drawing."""
    return similarity_of(alignment).of(xy)


def told(by: Similarity, inlier: float, residual: float, status: str, reason: str = "") -> Alignment:
    """Return a similarity as an alignment; the turn in (−180, 180] degrees, never −0."""
    turn = float(np.degrees(by.turn))
    turn = 0.0 if abs(turn) < 1e-10 else 180.0 if turn <= -180 + 1e-10 else turn
    return Alignment(by.scale, turn, by.shift.real, by.shift.imag, by.mirrored, inlier, residual, status, reason)


def from_clicks(old: Sequence[tuple[float, float]], new: Sequence[tuple[float, float]], *, mirrored: bool = False, scale: float | None = None) -> Alignment:
    """Return the alignment that two clicks in each drawing say: the same two points, in the units of each drawing.

    `scale` (old units a new unit) holds the scale, and the clicks then give turn and shift. ValueError where two clicks are one point.
    """
    here = np.array([complex(x, y) for x, y in new])
    there = np.array([complex(x, y) for x, y in old])
    if len(here) != 2 or len(there) != 2 or here[0] == here[1] or there[0] == there[1]:
        msg = "two different points in each drawing are needed"
        raise ValueError(msg)
    return told(fitted(here, there, mirrored=mirrored, scale=scale), 0.0, 0.0, "by-hand")
