"""How far a photo was taken from what it is shown for, and whether that is surely there, surely elsewhere, or too close to call."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from geo.ellipsoid import SERIES_REACH_M, geodesic_m, longest_m, surface

ASSUMED_SUBJECT_UNCERTAINTY_M = 50.0
"""Taken where nobody says how exactly a site's or a house's position is known."""

REACH_M = {"site": 500.0, "household": 200.0}
"""How far from its recorded point a photo may stand and still show the place: a settlement is wide, a house is not. The project's own figures."""


class Where(Enum):
    """Where a photo was taken, seen from what it is shown for."""

    THERE = "there"
    ELSEWHERE = "elsewhere"
    TOO_CLOSE = "too-close"
    NOT_SAID = "not-said"  # the photo names no place
    NO_SUBJECT = "no-subject"  # the record has no position


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in WGS-84 degrees and how far the true one may lie from it; `assumed` where nobody said."""

    lon: float
    lat: float
    uncertainty_m: float
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """The answer, with the distance and both uncertainties in metres where there is one."""

    where: Where
    distance_m: float | None = None
    uncertainty_m: float | None = None
    reach_m: float | None = None


def subject_spot(lon: float | None, lat: float | None, uncertainty_m: float | None) -> Spot | None:
    """Return a record's position, None where it has none; an unsaid uncertainty is assumed, never zero."""
    if lon is None or lat is None or not (np.isfinite(lon) and np.isfinite(lat)):
        return None
    said = uncertainty_m is not None and np.isfinite(uncertainty_m)
    return Spot(lon, lat, float(uncertainty_m) if said and uncertainty_m is not None else ASSUMED_SUBJECT_UNCERTAINTY_M, not said)


def placed(photo: Spot | None, subject: Spot | None, reach_m: float) -> Placed:
    """Say where a photo was taken: there only when the whole of both uncertainties lies within `reach_m`, elsewhere only when all of it lies beyond."""
    if photo is None:
        return Placed(Where.NOT_SAID)
    if subject is None:
        return Placed(Where.NO_SUBJECT)
    distance = distance_m(photo, subject)
    either_way = photo.uncertainty_m + subject.uncertainty_m
    if distance + either_way <= reach_m:
        where = Where.THERE
    elif distance - either_way > reach_m:
        where = Where.ELSEWHERE
    else:
        where = Where.TOO_CLOSE
    return Placed(where, distance, either_way, reach_m)


def distance_m(one: Spot, other: Spot) -> float:
    """Return the metres along the ellipsoid; beyond 100 km to one part in a hundred, which decides nothing here."""
    here, there = (surface(np.array([spot.lon]), np.array([spot.lat])) for spot in (one, other))
    geodesic, chord = geodesic_m(here, there)
    return float(geodesic[0]) if chord[0] < SERIES_REACH_M else float(longest_m(chord)[0])
