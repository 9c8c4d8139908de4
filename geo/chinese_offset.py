"""GCJ-02 and BD-09: the two published distortions of WGS-84 used by Chinese web maps, and their exact inverses."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Move = Callable[[Floats, Floats], tuple[Floats, Floats]]

_RADIUS_M, _E2 = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as the distortion's formulas have it
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_BD_TURN = np.pi * 3000 / 180
_ROUNDS, _SETTLED_DEG = 30, 1e-14


def gcj02_from_wgs84(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return WGS-84 degrees as GCJ-02; outside the rectangle in which the distortion is defined nothing moves."""
    distorted = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    east_deg, north_deg = _shift_deg(np.clip(lon, _WEST, _EAST), np.clip(lat, _SOUTH, _NORTH))
    return np.where(distorted, lon + east_deg, lon), np.where(distorted, lat + north_deg, lat)


def bd09_from_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return GCJ-02 degrees as BD-09."""
    reach = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_TURN)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006


def inverse_of(forward: Move) -> Move:
    """Return the inverse of a small shift, found by repetition: what is given, less the shift at the place found so far.

    Both distortions change by under two parts in a hundred from place to place, so each round gains two digits or more.
    """

    def backward(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        found_lon, found_lat = lon.copy(), lat.copy()
        for _ in range(_ROUNDS):
            made_lon, made_lat = forward(found_lon, found_lat)
            off_lon, off_lat = lon - made_lon, lat - made_lat
            found_lon, found_lat = found_lon + off_lon, found_lat + off_lat
            if not (np.maximum(np.abs(off_lon), np.abs(off_lat)) > _SETTLED_DEG).any():
                break
        return found_lon, found_lat

    return backward


def _shift_deg(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 105.0, lat - 35.0
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    root = np.sqrt(np.abs(x))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north_m = north_m + (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi / 3 * y)) * 2 / 3
    north_m = north_m + (160 * np.sin(np.pi / 12 * y) + 320 * np.sin(np.pi / 30 * y)) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east_m = east_m + (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi / 3 * x)) * 2 / 3
    east_m = east_m + (150 * np.sin(np.pi / 12 * x) + 300 * np.sin(np.pi / 30 * x)) * 2 / 3
    lat_rad = np.radians(lat)
    squeeze = 1 - _E2 * np.sin(lat_rad) ** 2
    north_deg = np.degrees(north_m / (_RADIUS_M * (1 - _E2) / squeeze**1.5))
    east_deg = np.degrees(east_m / (_RADIUS_M / np.sqrt(squeeze) * np.cos(lat_rad)))
    return east_deg, north_deg
