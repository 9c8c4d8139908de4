"""The made-up county on the ground: where its seat, townships, parks and scenic areas are said to be, and how to walk from them."""

import json
from math import cos, pi, sin, sqrt
from pathlib import Path

from pyproj import Geod
from shapely.geometry import MultiPolygon, Point, shape

COUNTY = "411522"
Lonlat = tuple[float, float]
_GEOD = Geod(ellps="WGS84")

SEAT: Lonlat = (114.905, 32.012)

# The made-up county has thirteen townships, named like real ones. Ten stand near where published distances and bearings put
# them (data/reference/township_centres_facts.geojson), rounded to about 100 m and moved off the county corners; the last three
# are placed freely. None is the measured place of a real township.
TOWNSHIPS: dict[str, Lonlat] = {
    "弦山街道": (114.893, 32.013),
    "紫水街道": (114.915, 32.005),
    "十里镇": (114.9, 32.056),
    "寨河镇": (114.9, 32.117),
    "孙铁铺镇": (114.69, 32.165),
    "泼陂河镇": (114.908, 31.833),
    "白雀园镇": (115.099, 31.841),
    "北向店乡": (114.752, 32.011),
    "殷棚乡": (114.6, 31.84),
    "文殊乡": (114.788, 31.915),
    "马畈镇": (114.655, 32.045),
    "砖桥镇": (115.03, 31.89),
    "晏河乡": (114.72, 31.83),
}

PARKS: dict[str, tuple[Lonlat, ...]] = {
    "东城产业园(演示)": ((114.928, 31.994), (114.951, 31.991), (114.954, 32.003), (114.94, 32.009), (114.929, 32.006)),
    # Two kilometres wide and six long: its middle is far from homes that stand close to its edge.
    "泼河农产品加工园(演示)": ((114.93, 31.846), (114.985, 31.872), (114.991, 31.863), (114.937, 31.835)),
}
SCENIC: dict[str, Lonlat | tuple[Lonlat, ...]] = {
    "云台茶谷景区(演示)": ((114.765, 31.852), (114.79, 31.846), (114.806, 31.858), (114.8, 31.874), (114.778, 31.876)),
    "泼河湖湾景区(演示)": (114.93, 31.8),
}


def walk(start: Lonlat, bearing_deg: float, metres: float) -> Lonlat:
    """Return the point so many metres from another on the WGS-84 ellipsoid."""
    lon, lat, _ = _GEOD.fwd(start[0], start[1], bearing_deg, metres)
    return round(lon, 6), round(lat, 6)


def county_outline(reference: Path) -> MultiPolygon:
    """Return the outline of the county out of the reference layers."""
    for feature in json.loads((reference / "county_boundaries.geojson").read_text(encoding="utf-8"))["features"]:
        if feature["properties"]["adcode"] == COUNTY:
            outline = shape(feature["geometry"])
            assert isinstance(outline, MultiPolygon)
            return outline
    raise LookupError(COUNTY)


def inside(outline: MultiPolygon, place: Lonlat) -> bool:
    """Tell whether a place lies in the county, and not on its very edge."""
    return bool(outline.buffer(-0.004).contains(Point(place)))


def gcj02(place: Lonlat) -> Lonlat:
    """Return a WGS-84 position in GCJ-02, by the formula in circulation; written out here so that the data does not lean on the program."""
    x, y = place[0] - 105.0, place[1] - 35.0
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3 + (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3 + (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    a, e2 = 6378245.0, 0.00669342162296594323
    radians = place[1] / 180 * pi
    w = 1 - e2 * sin(radians) ** 2
    lat = place[1] + north * 180 / ((a * (1 - e2)) / (w * sqrt(w)) * pi)
    lon = place[0] + east * 180 / (a / sqrt(w) * cos(radians) * pi)
    return round(lon, 6), round(lat, 6)


def dms(degrees: float) -> str:
    """Write an angle as people copy it from a hand-held receiver: 114°54′18.0″."""
    tenths = round(degrees * 36000)
    return f"{tenths // 36000}°{tenths // 600 % 60:02d}′{tenths % 600 / 10:04.1f}″"
