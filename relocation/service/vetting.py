"""A proposed site judged without storing anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely

from checks.choices import Mode
from checks.finding import Finding
from checks.instruments import Instruments
from checks.records import Records
from checks.vocabulary import SITE
from geo.crs import UnknownCrs, UnsafeDatum, named, to_wgs84
from relocation.service.findings import finding_json, sentence
from relocation.service.judging import judge, known
from relocation.service.lawbook import instruments, overlays
from relocation.service.reference import around
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

COUNTRY_DEG = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north of a box around the country: outside it no county, known here or not, can be meant."""


@dataclass(frozen=True, slots=True)
class Vetting:
    """The verdict on one proposed point: WGS-84 degrees, the county it lies in ("" when in none known), finding and sentence."""

    name: str
    lon: float
    lat: float
    county: str
    finding: Finding
    sentence: str

    def json(self, lang: str, register: Instruments) -> dict[str, Any]:
        """Return the answer for other programs: where the point is, and the finding as everywhere else."""
        return {"name": self.name, "lon": self.lon, "lat": self.lat, "county": self.county, "finding": finding_json(self.finding, lang, register)}


def vet(store: Store, points: Sequence[tuple[str, float, float]], *, crs: str, as_of: date, lang: str) -> list[Vetting]:
    """Judge proposed points (name, x or longitude, y or latitude in `crs`) by the four proximities, by the law of `as_of`.

    Trouble for a system that cannot be named or converted, and for a position that is none in it, lies abroad or is written latitude first.
    """
    lon, lat, counties = positions(store, points, crs)
    layers = around(store)
    proposed = _proposed([name for name, _, _ in points], lon, lat, counties, as_of)
    check, register = known("four-proximities"), instruments(store)
    found = [finding for judged in judge((proposed,), [check], as_of, layers, {}, overlays(store)) for finding in judged.findings()]
    return [
        Vetting(finding.name, float(east), float(north), str(place), finding, sentence(finding, lang, register))
        for finding, east, north, place in zip(found, lon, lat, counties, strict=True)
    ]


def positions(store: Store, points: Sequence[tuple[str, float, float]], crs: str) -> tuple[Any, Any, Any]:
    """Return WGS-84 longitudes and latitudes of points (name, x or longitude, y or latitude in `crs`), and the county of each, "" in none known.

    Trouble as for `vet`.
    """
    x, y = (np.array([point[axis] for point in points], dtype=np.float64) for axis in (1, 2))
    try:
        lon, lat = to_wgs84(x, y, named(crs))
    except (UnknownCrs, UnsafeDatum):
        raise Trouble("unknown-crs", crs=crs) from None
    for (_, east, north), good in zip(points, np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90), strict=True):
        if not good and not (abs(east) <= 90 and abs(north) <= 180):
            raise Trouble("unknown-position", position=f"{east:g} {north:g}")
    outlines = around(store).get("county_boundaries")
    counties = _counties(lon, lat, outlines)
    _in_reach(points, lon, lat, counties, outlines)
    return lon, lat, counties


def _in_reach(points: Sequence[tuple[str, float, float]], lon: Any, lat: Any, counties: Any, outlines: Any) -> None:
    """Refuse positions that can be no site here: longitude and latitude in each other's place, or abroad."""
    west, south, east, north = COUNTRY_DEG
    for point, x, y, county, swapped in zip(points, lon, lat, counties, _counties(lat, lon, outlines), strict=True):
        said = f"{point[1]:g} {point[2]:g}"
        if not county and (swapped or (west <= y <= east and south <= x <= north)):
            raise Trouble("position-swapped", position=said, swapped=f"{point[2]:g} {point[1]:g}")
        if not county and not (west <= x <= east and south <= y <= north):
            raise Trouble("position-outside", position=said)


def _counties(lon: Any, lat: Any, outlines: Any) -> Any:
    counties = np.full(len(lon), "", dtype=object)
    for code, outline in zip(outlines.counties, outlines.shapes, strict=True) if outlines is not None else ():
        counties[shapely.contains_xy(outline, lon, lat)] = code
    return counties


def _proposed(names: Sequence[str], lon: Any, lat: Any, counties: Any, as_of: date) -> Records:
    rows = len(names)
    texts = {"code": names, "name": names, "county": counties}
    columns: dict[str, Any] = {name: np.array(list(values), dtype=object) for name, values in texts.items()}
    columns |= {"lon": lon, "lat": lat, "approved_on": np.full(rows, as_of, dtype="datetime64[D]")}
    columns["mode"] = np.full(rows, Mode.CONCENTRATED, dtype=np.int8)
    return Records(SITE, columns, rows)
