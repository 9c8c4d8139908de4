"""Which of the four a dispersed home is near, measured the long way: every facility, every stretch of an outline, with nothing of the program.

The list of plants rests on it, so that what the program finds is compared with another measurement and not with itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, hypot
from pathlib import Path
from typing import Any

import yaml
from pyproj import Geod

from tests.data.demo_county import vectors
from tests.data.demo_county.ground import COUNTY, Lonlat
from tests.data.demo_county.households import Home

LIMITS_M = {"county_seats": 5000, "townships": 3000, "industrial_parks": 3000, "scenic_areas": 3000}
HOME_M = 15  # how well a dispersed home's position is known: the ledger says it of each
STRETCH_M, FAR_DEG = 20, 0.5  # steps along an outline (wrong by 2 cm at 3 km); beyond half a degree nothing is near
_GEOD = Geod(ellps="WGS84")
Facility = tuple[Sequence[Lonlat], bool, float]  # its corners or its point, whether it is an outline, how well it is known in metres


def unlike_near(homes: Sequence[Home], reference: Path) -> dict[str, str]:
    """Return the codes of dispersed homes that are not surely near any of the four → "too-close" or "needs-justification"."""
    layers = {id: list(_facilities(id, reference)) for id in LIMITS_M}
    said = {home.code: _said(home.place, layers) for home in homes if home.mode == "分散" and home.place}
    return {code: word for code, word in said.items() if word}


def _said(place: Lonlat, layers: Mapping[str, Sequence[Facility]]) -> str:
    told = [(_metres(place, corners, outline), known_m, LIMITS_M[id]) for id, every in layers.items() for corners, outline, known_m in every]
    if any(metres + known_m + HOME_M <= limit for metres, known_m, limit in told):
        return ""
    return "too-close" if any(metres - known_m - HOME_M <= limit for metres, known_m, limit in told) else "needs-justification"


def _facilities(id: str, reference: Path) -> Iterator[Facility]:
    """Yield the made-up county's own facilities of a layer, and those the reference layers have of other counties."""
    about = next(one for one in yaml.safe_load((reference / "layers.yaml").read_text("utf-8"))["layers"] if one["id"] == id)
    features = json.loads((reference / about["file"]).read_text("utf-8"))["features"]
    others = [(one["properties"], one["geometry"]) for one in features if one["properties"].get("adcode") != COUNTY]
    for properties, geometry in [*vectors.layers()[id], *others]:
        for corners, outline in _parts(geometry):
            yield corners, outline, float(properties.get("uncertainty_m") or about["uncertainty_m"])


def _parts(geometry: Mapping[str, Any] | None) -> Iterator[tuple[Sequence[Lonlat], bool]]:
    if geometry is None:  # known to exist and not where
        return
    at = geometry["coordinates"]
    if geometry["type"] == "Point":
        yield [(at[0], at[1])], False
    elif geometry["type"] == "Polygon":
        yield [(one[0], one[1]) for one in at[0]], True
    else:
        raise LookupError(geometry["type"])


def _metres(place: Lonlat, corners: Sequence[Lonlat], outline: bool) -> float:
    if min(hypot(lon - place[0], lat - place[1]) for lon, lat in corners) > FAR_DEG:
        return float("inf")
    if not outline:
        return float(_GEOD.inv(*place, *corners[0])[2])
    if _holds(corners, place):
        return 0.0
    along = [point for start, end in pairwise(corners) for point in _stretched(start, end)]
    lons, lats = zip(*along, strict=True)
    return float(min(_GEOD.inv([place[0]] * len(along), [place[1]] * len(along), lons, lats)[2]))


def _stretched(start: Lonlat, end: Lonlat) -> Iterator[Lonlat]:
    steps = ceil(_GEOD.inv(*start, *end)[2] / STRETCH_M)
    for step in range(steps + 1):
        yield start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps


def _holds(corners: Sequence[Lonlat], place: Lonlat) -> bool:
    """Tell whether a ring holds a place: a ray to the east crosses it an odd number of times."""
    crossed = [(a, b) for a, b in pairwise(corners) if (a[1] > place[1]) != (b[1] > place[1])]
    return sum(place[0] < a[0] + (place[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in crossed) % 2 == 1
