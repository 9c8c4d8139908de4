"""The nearest feature of a layer, in metres on the WGS-84 ellipsoid."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo.ellipsoid import surface
from geo.layer import Layer, Shapes

if TYPE_CHECKING:
    from geo.index import Found

Floats = npt.NDArray[np.float64]


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


def _nearest(lon: Floats, lat: Floats, layer: Layer) -> Nearest:
    index = layer.index
    here = surface(lon, lat)
    found = index.points.nearest(here, lon, lat) if index.points else None
    if index.pieces:
        other = index.pieces.nearest(here, lon, lat)
        if found is not None:
            nearer = found.distance_m <= other.distance_m
            other = type(found)(*(np.where(nearer, one, two) for one, two in zip(found, other, strict=True)))
        found = _held(lon, lat, layer, other)
    if found is None:
        return _scattered(None, np.arange(len(lon)), len(lon))
    return _answer(layer, found.row, found.distance_m, found.lon, found.lat, lon, lat)


def _held(lon: Floats, lat: Floats, layer: Layer, found: "Found") -> "Found":
    """Return `found` with positions inside a polygon at distance 0 from it, unless a point feature stands on the very spot."""
    from geo.overlap import inside

    area = inside(lon, lat, layer)
    held = (area >= 0) & (found.distance_m > 0)
    return type(found)(
        np.where(held, area, found.row), np.where(held, 0.0, found.distance_m), np.where(held, lon, found.lon), np.where(held, lat, found.lat)
    )


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
