"""How well one drawing lies on another: the share of points that meet, and the similarity made better by the points that do."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.placing import Similarity, fitted
from geo.drawing.model import Floats

_SAMPLE = 1500  # points that judge a candidate
_FIT = 20_000  # points that fit the answer
_NICE = tuple(value for unit in (1.0, 10.0, 100.0, 1000.0, 25.4, 304.8, 2.54, 0.3048, 12.0) for value in (unit, 1 / unit))
_SNAP = 1e-4  # how near to a round scale or turn counts as meant: 1 mm in 10 m


@dataclass(frozen=True)
class Ground:
    """The points of both drawings, in metres, prepared for asking; a sample of each judges candidates."""

    old: Floats
    new: Floats
    old_tree: cKDTree
    new_tree: cKDTree
    tolerance_m: float

    @property
    def enough(self) -> bool:
        """Whether there is anything to align by."""
        return len(self.old) > 1 and len(self.new) > 1


def ground(old: Floats, new: Floats, tolerance_m: float) -> Ground:
    """Return the points prepared; points nearer than the tolerance count once, so that split and doubled lines weigh no more."""
    old, new = _apart(old, tolerance_m), _apart(new, tolerance_m)
    return Ground(old, new, cKDTree(old), cKDTree(new), tolerance_m)


def _apart(points: Floats, tolerance_m: float) -> Floats:
    if not len(points):
        return points
    _, first = np.unique(np.round(points / tolerance_m).astype(np.int64), axis=0, return_index=True)
    return points[np.sort(first)]


def _sample(points: Floats, most: int) -> Floats:
    return points if len(points) <= most else points[np.linspace(0, len(points) - 1, most).astype(np.intp)]


def shares(on: Ground, by: Similarity, most: int = _SAMPLE) -> tuple[float, float]:
    """Return the share of old points that a new point meets, and of new points that an old point meets."""
    reach = 2 * on.tolerance_m
    there, _ = on.old_tree.query(by.of(_sample(on.new, most)), distance_upper_bound=reach)
    here, _ = on.new_tree.query(by.inverse().of(_sample(on.old, most)), distance_upper_bound=reach / by.scale)
    return float(np.isfinite(here).mean()), float(np.isfinite(there).mean())


def refined(on: Ground, by: Similarity, reach_m: float, most: int = _SAMPLE) -> Similarity:
    """Return the similarity fitted to the points that meet, while what counts as meeting shrinks to twice the tolerance."""
    new = _sample(on.new, most)
    as_complex = new[:, 0] + 1j * new[:, 1]
    reach = reach_m
    while True:
        distance, nearest = on.old_tree.query(by.of(new), distance_upper_bound=reach)
        met = np.isfinite(distance)
        if met.sum() < 3:
            return by
        at = on.old[nearest[met]]
        by = fitted(as_complex[met], at[:, 0] + 1j * at[:, 1], mirrored=by.mirrored)
        if reach <= 2 * on.tolerance_m or not 1e-9 < by.scale < 1e9:
            return by
        reach = max(min(reach / 2.5, 5 * float(np.median(distance[met])) + on.tolerance_m), 2 * on.tolerance_m)


def settled(on: Ground, by: Similarity) -> Similarity:
    """Return the similarity fitted to all points that meet, with a scale or turn that is nearly round made round where no point is lost by it."""
    best = refined(on, refined(on, by, 4 * on.tolerance_m, _FIT), 2 * on.tolerance_m, _FIT)
    for rounder in (_round_turn, _round_scale):
        tried = rounder(on, best)
        if tried is not best and sum(shares(on, tried, _FIT)) >= sum(shares(on, best, _FIT)) - 0.002:
            best = tried
    return best


def _round_scale(on: Ground, by: Similarity) -> Similarity:
    nice = min(_NICE, key=lambda value: abs(by.scale / value - 1))
    if abs(by.scale / nice - 1) > _SNAP:
        return by
    return _refitted(on, by, by.factor / by.scale * nice)


def _round_turn(on: Ground, by: Similarity) -> Similarity:
    step = np.pi / 12
    turn = round(by.turn / step) * step
    if abs(by.turn - turn) > _SNAP:
        return by
    quarter = {0: 1 + 0j, 6: 1j, 12: -1 + 0j, -12: -1 + 0j, -6: -1j}.get(round(turn / step))
    return _refitted(on, by, by.scale * (complex(np.exp(1j * turn)) if quarter is None else quarter))


def _refitted(on: Ground, by: Similarity, factor: complex) -> Similarity:
    """Return the similarity with this factor and the shift that suits the points that meet; a shift that is nearly none is none."""
    new = _sample(on.new, _FIT)
    distance, nearest = on.old_tree.query(by.of(new), distance_upper_bound=2 * on.tolerance_m)
    met = np.isfinite(distance)
    if not met.any():
        return by
    turned = Similarity(factor, 0, by.mirrored).of(new[met])
    shift = np.median(on.old[nearest[met]] - turned, axis=0)
    return Similarity(factor, complex(*shift), by.mirrored)


def residual_m(on: Ground, by: Similarity) -> float:
    """Return the median distance of the points that meet."""
    distance, _ = on.old_tree.query(by.of(_sample(on.new, _FIT)), distance_upper_bound=2 * on.tolerance_m)
    met = distance[np.isfinite(distance)]
    return float(np.median(met)) if len(met) else 0.0
