"""The nearest feature of a layer, in metres on the WGS-84 ellipsoid."""

from __future__ import annotations  # Asked and Found come with SciPy, which is loaded only when an index is built

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.layer import Layer, Shapes

if TYPE_CHECKING:
    from geo.index import Asked, Found

Floats = npt.NDArray[np.float64]

_KEPT_ROWS = range(1_000, 200_001)  # fewer are quicker made than compared, more would hold too much memory
_last: list[Asked] = []


class Nearest(NamedTuple):
    """For each asked position the nearest feature, as columns.

    `which` is the feature's row in the layer, -1 when there is none. `distance_m` is the geodesic to the feature's nearest point, 0 inside
    an outline; inf when the layer has no placed feature, NaN when the asked position itself is unknown. `uncertainty_m` is the feature's
    own, 0 where `uncertainty_known` is False. `at_lon`, `at_lat` is the feature's nearest point, `from_lon`, `from_lat` the asked shape's (NaN when none).
    """

    which: npt.NDArray[np.int64]
    distance_m: Floats
    uncertainty_m: Floats
    uncertainty_known: npt.NDArray[np.bool_]
    at_lon: Floats
    at_lat: Floats
    from_lon: Floats
    from_lat: Floats


def nearest(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    """Return each WGS-84 position's nearest feature of the layer, to a millimetre for points and to half a metre for outlines.

    Features without a known position are passed over (see `Layer.unplaced`); `surest` asks another question where positions are uncertain.
    """
    lon, lat = np.atleast_1d(np.asarray(lon, np.float64)), np.atleast_1d(np.asarray(lat, np.float64))
    known = np.abs(lat) <= 90
    known &= np.isfinite(lon)
    if known.all():
        return _nearest(lon, lat, layer)
    return _scattered(_nearest(lon[known], lat[known], layer), np.flatnonzero(known), len(lon))


def nearest_from(shapes: Shapes, layer: Layer) -> Nearest:
    """Return each WGS-84 shape's nearest feature of the layer, measured from its own outline: 0 where they touch, overlap or hold one another.

    A shape of None, or an empty one, is an unknown position. Right to half a metre, holes respected on both sides.
    """
    from geo.outline import from_outlines

    kind = shapely.get_type_id(shapes)  # -1 for None
    point, spread = kind == 0, np.flatnonzero((kind > 0) & ~shapely.is_empty(shapes))
    answer = nearest(np.where(point, shapely.get_x(shapes), np.nan), np.where(point, shapely.get_y(shapes), np.nan), layer)
    if not len(spread):
        return answer
    if layer.unplaced.all():
        answer.distance_m[spread] = np.inf
        return answer
    found = from_outlines(shapes[spread], layer, nearest)
    whole = _answer(layer, found.row, found.distance_m, found.lon, found.lat, found.from_lon, found.from_lat)
    for column, part in zip(answer, whole, strict=True):
        column[spread] = part
    return answer


def surest(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    """Return the feature that is nearest even if its true position is as far off as its uncertainty allows.

    The nearest feature may be known to 7 km only while a slightly farther one is known exactly; whether *some* feature is certainly within
    a limit is decided by the least distance + uncertainty, which this one has. An unknown uncertainty counts as 0.
    """
    return _weighed(layer, lambda part: nearest(lon, lat, part), 1.0)


def surest_from(shapes: Shapes, layer: Layer) -> Nearest:
    """Return as `surest` does, measured from each shape's own outline as `nearest_from` does."""
    return _weighed(layer, lambda part: nearest_from(shapes, part), 1.0)


def possible(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    """Return the feature that is nearest if its true position is as near as its uncertainty allows: the least distance - uncertainty.

    Only when this one, too, lies beyond a limit is every feature certainly beyond it.
    """
    return _weighed(layer, lambda part: nearest(lon, lat, part), -1.0)


def possible_from(shapes: Shapes, layer: Layer) -> Nearest:
    """Return as `possible` does, measured from each shape's own outline as `nearest_from` does."""
    return _weighed(layer, lambda part: nearest_from(shapes, part), -1.0)


def _weighed(layer: Layer, ask: Callable[[Layer], Nearest], sign: float) -> Nearest:
    if len(layer.by_uncertainty) < 2:
        return ask(layer)
    best: Nearest | None = None
    for rows, part in layer.by_uncertainty:
        found = ask(part)
        found = found._replace(which=np.where(found.which >= 0, rows[found.which], -1))
        if best is not None:
            better = found.distance_m + sign * found.uncertainty_m < best.distance_m + sign * best.uncertainty_m
            found = Nearest(*(np.where(better, one, two) for one, two in zip(found, best, strict=True)))
        best = found
    assert best is not None  # there are two parts or more
    return best


def _nearest(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    index = layer.index
    asked = _asked(lon, lat)
    found = index.points.nearest(asked) if index.points else None
    if index.pieces:
        other = index.pieces.nearest(asked)
        if found is not None:
            nearer = found.distance_m <= other.distance_m
            other = type(found)(*(np.where(nearer, one, two) for one, two in zip(found, other, strict=True)))
        found = _held(lon, lat, layer, other)
    if found is None:
        return _scattered(None, np.arange(len(lon)), len(lon))
    return _answer(layer, found.row, found.distance_m, found.lon, found.lat, lon, lat)


def _asked(lon: Floats, lat: Floats) -> Asked:
    """Return the positions made ready; the same positions are asked of one layer after another, so the last ones are kept."""
    from geo.index import Asked

    if len(lon) not in _KEPT_ROWS:
        return Asked(lon, lat)
    last = next(iter(_last), None)
    if last is None or not (np.array_equal(last.lon, lon) and np.array_equal(last.lat, lat)):
        last = Asked(lon.copy(), lat.copy())
        _last[:] = [last]
    return last


def forget_positions() -> None:
    """Drop the positions kept from the last question, so that a measurement starts as a first question does."""
    _last.clear()


def _held(lon: Floats, lat: Floats, layer: Layer, found: Found) -> Found:
    """Return `found` with positions inside a polygon at distance 0 from it, unless a point feature stands on the very spot."""
    from geo.overlap import inside

    area = inside(lon, lat, layer)
    held = (area >= 0) & (found.distance_m > 0)
    return type(found)(np.where(held, area, found.row), np.where(held, 0.0, found.distance_m), np.where(held, lon, found.lon), np.where(held, lat, found.lat))


def _answer(layer: Layer, row: npt.NDArray[np.intp], distance_m: Floats, at_lon: Floats, at_lat: Floats, lon: Floats, lat: Floats) -> Nearest:
    uncertainty_m = layer.uncertainty_m[row]
    known = uncertainty_m == uncertainty_m  # NaN alone differs from itself
    if not known.all():
        uncertainty_m = np.where(known, uncertainty_m, 0.0)
    return Nearest(row.astype(np.int64, copy=False), distance_m, uncertainty_m, known, at_lon, at_lat, lon, lat)


def _scattered(found: Nearest | None, rows: npt.NDArray[np.intp], count: int) -> Nearest:
    """Return `found` spread over `count` rows; rows named without an answer have no feature (inf), all others no position (NaN)."""
    blank = [np.full(count, np.nan) for _ in range(4)]
    empty = Nearest(np.full(count, -1, np.int64), np.full(count, np.nan), np.zeros(count), np.zeros(count, np.bool_), *blank)
    if found is None:
        empty.distance_m[rows] = np.inf
        return empty
    for whole, part in zip(empty, found, strict=True):
        whole[rows] = part
    return empty
