"""The order of visits on the ground: by road where a layer of roads is given and reaches, else straight, and said which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checks.vocabulary import HOUSEHOLD, SITE
from geo.ellipsoid import surface
from geo.index import between_m
from relocation.service.bench.wayfinding import MOST_OFF_M, network
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.visits.ordering import Metres, days, way_past

FARTHEST_PAIRS = 400
"""Up to so many households are put in order by road: each asks for all ways from it."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A household's day (from 1), its place in the day (from 1), the way to it in metres; None for the first of a day and where nobody knows."""

    code: str
    day: int
    place: int
    leg_m: float | None
    by_road: bool


@dataclass(frozen=True, slots=True)
class Route:
    """The order, how far it is, and how it was measured: pairs by road and straight, households placed by their site, or not at all."""

    legs: tuple[Leg, ...]
    whole_m: float
    roads: bool  # a layer of roads was there
    straight: int  # legs measured straight
    by_site: int
    unplaced: int


def route(store: Store, county: str, codes: Sequence[str], a_day: int) -> Route:
    """Return the order of visits; households without any position come last, on days of their own."""
    places, by_site = _places(store, county, codes)
    known = [code for code in codes if code in places]
    lon, lat = (np.array([places[code][axis] for code in known], dtype=np.float64) for axis in (0, 1))
    straight = _straight(lon, lat)
    roads = network(store) if len(known) <= FARTHEST_PAIRS else None
    metres, on_road = straight, np.zeros(straight.shape, dtype=np.bool_)
    if roads is not None and len(known) > 1:
        ways = np.array([roads.ways(east, north, lon, lat, MOST_OFF_M).whole_m for east, north in zip(lon, lat, strict=True)])
        ways = np.fmin(ways, ways.T)  # the same road both ways: what differs is rounding
        on_road = np.isfinite(ways)
        metres = np.where(on_road, ways, straight)
    legs: list[Leg] = []
    for number, day in enumerate(days(way_past(metres), a_day), 1):
        for place, at in enumerate(day, 1):
            before = day[place - 2] if place > 1 else None
            told = (None, False) if before is None else (float(metres[before, at]), bool(on_road[before, at]))
            legs.append(Leg(known[at], number, place, *told))
    first = legs[-1].day + 1 if legs else 1
    lost = [code for code in codes if code not in places]
    legs += [Leg(code, first + at // a_day, at % a_day + 1, None, False) for at, code in enumerate(lost)]
    measured = [one for one in legs if one.leg_m is not None]
    far = sum(one.leg_m or 0.0 for one in measured)
    return Route(tuple(legs), far, roads is not None, sum(not one.by_road for one in measured), by_site, len(lost))


def _places(store: Store, county: str, codes: Sequence[str]) -> tuple[dict[str, tuple[float, float]], int]:
    """Return code → longitude and latitude, of its site where a household has none of its own, and how many those are."""
    with store.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, county, codes=codes, columns=("code", "lon", "lat", "site_code"))
        sites = read_records(connection, SITE, county, columns=("code", "lon", "lat"), placed=True)
    at_site = {code: (lon, lat) for code, lon, lat in zip(*(sites.stored(name).tolist() for name in ("code", "lon", "lat")), strict=True)}
    found: dict[str, tuple[float, float]] = {}
    by_site = 0
    for code, lon, lat, site in zip(*(homes.stored(name).tolist() for name in ("code", "lon", "lat", "site_code")), strict=True):
        if lon == lon and lat == lat:  # not NaN
            found[code] = (lon, lat)
        elif site in at_site:
            found[code], by_site = at_site[site], by_site + 1
    return found, by_site


def _straight(lon: Metres, lat: Metres) -> Metres:
    count = len(lon)
    if not count:
        return np.zeros((0, 0))
    here, there = np.repeat(np.arange(count), count), np.tile(np.arange(count), count)
    return between_m(surface(lon[here], lat[here]), lon[here], lat[here], surface(lon[there], lat[there]), lon[there], lat[there]).reshape(count, count)
