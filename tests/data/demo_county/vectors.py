"""Layers as files: GeoJSON with one feature a line, and the two forms counties send: a zipped Shapefile in GBK, a KML from a telephone."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.data.demo_county.ground import COUNTY, PARKS, SCENIC, SEAT, TOWNSHIPS, Lonlat, walk
from tests.data.demo_county.sites import SITES

_CGCS2000 = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_HERE_M = 30  # how well a zone's line is known
Feature = tuple[dict[str, Any], dict[str, Any] | None]


def layers() -> Mapping[str, list[Feature]]:
    """Return the features of every layer the made-up county brings along."""
    return {
        "county_seats": [({"name": "光山县城(演示)", "adcode": COUNTY, "uncertainty_m": 50}, _point(SEAT))],
        "townships": [({"name": n, "adcode": COUNTY, "uncertainty_m": 150}, _point(p)) for n, p in TOWNSHIPS.items()],
        "industrial_parks": [({"name": n, "adcode": COUNTY, "uncertainty_m": 30}, _outline(ring)) for n, ring in PARKS.items()],
        "scenic_areas": [({"name": n, "adcode": COUNTY, "uncertainty_m": 30 if isinstance(s[0], tuple) else 200}, _any(s)) for n, s in SCENIC.items()],
    }


def zones() -> Mapping[str, list[Feature]]:
    """Return where nobody may be settled in the made-up county; of the five layers the one of steep slopes was never sent."""
    places = {site.code: site.place for site in SITES}
    red, near, flood = places["GSA15"], places["GSA13"], places["GSA21"]
    assert red and near and flood
    slide = walk(TOWNSHIPS["孙铁铺镇"], 170, 6100)
    field = walk(TOWNSHIPS["白雀园镇"], 275, 2950)
    shapes: Mapping[str, list[tuple[str, dict[str, Any]]]] = {
        "geological_hazards": [("北冲崩塌点(演示)", _point(walk(near, 0, 140))), ("南冲滑坡(演示)", _outline(_square(slide, 220)))],
        "ecological_red_line": [("南岭水源涵养红线(演示)", _outline(_square(red, 420)))],
        "permanent_farmland": [("白雀园永久基本农田(演示)", _outline(_square(walk(field, 0, 325), 300)))],
        "flood_zones": [("晏河二十年一遇洪水线(演示)", _outline(_square(walk(flood, 180, 240), 210)))],
    }
    return {id: [({"name": name, "adcode": COUNTY, "uncertainty_m": _HERE_M}, geometry) for name, geometry in made] for id, made in shapes.items()}


def _square(middle: Lonlat, half_m: float) -> tuple[Lonlat, ...]:
    """Return the corners of a square lying north, so many metres from its middle to its sides."""
    return tuple(walk(middle, bearing, half_m * 2**0.5) for bearing in (45, 135, 225, 315))


def write_geojson(path: Path, features: Sequence[Feature]) -> None:
    """Write features one a line, so that a change shows as one line."""
    rows = [json.dumps({"type": "Feature", "properties": p, "geometry": g}, ensure_ascii=False, separators=(",", ":")) for p, g in features]
    said = {
        "source": "演示位置，虚构 / demonstration, made up",
        "licence": "made up for this project",
        "date": "2019-12-31",
        "crs": "WGS84",
        "demonstration": True,
    }
    metadata = json.dumps(said, ensure_ascii=False)
    text = f'{{"type": "FeatureCollection",\n "name": "{path.stem}",\n "metadata": {metadata},\n "features": [\n  ' + ",\n  ".join(rows) + "\n ]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def write_shapefile_zip(path: Path, stem: str, rings: Mapping[str, Sequence[Lonlat]]) -> None:
    """Write polygons as a zipped Shapefile whose table is GBK and says so nowhere, as desktop programs here do."""
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    corners = [corner for ring in rings.values() for corner in ring]
    bodies = [_polygon_record(_clockwise(ring)) for ring in rings.values()]
    for stream, words in ((shp, sum(len(b) + 8 for b in bodies) // 2), (shx, 4 * len(bodies))):
        stream.write(struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + words) + struct.pack("<2i", 1000, 5))
        stream.write(struct.pack("<8d", *_box(corners), 0, 0, 0, 0))
    for number, body in enumerate(bodies, start=1):
        shx.write(struct.pack(">2i", shp.tell() // 2, len(body) // 2))
        shp.write(struct.pack(">2i", number, len(body) // 2) + body)
    dbf.write(struct.pack("<4BIHH20x", 3, 119, 12, 31, len(rings), 32 + 32 + 1, 61))
    dbf.write("名称".encode("gbk").ljust(11, b"\0") + b"C" + struct.pack("<4xBB14x", 60, 0) + b"\r")
    for name in rings:
        dbf.write(b" " + name.encode("gbk").ljust(60))
    dbf.write(b"\x1a")
    members = {".shp": shp.getvalue(), ".shx": shx.getvalue(), ".dbf": dbf.getvalue(), ".prj": _CGCS2000.encode("ascii")}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for suffix, content in members.items():
            out.writestr(zipfile.ZipInfo(stem + suffix, _LONG_AGO), content)


def write_kml(path: Path, title: str, places: Mapping[str, Lonlat | tuple[Lonlat, ...]]) -> None:
    """Write points and outlines as a KML document."""
    marks = "".join(f"    <Placemark><name>{name}</name>{_kml(place)}</Placemark>\n" for name, place in places.items())
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n  <Document>\n'
    path.write_text(f"{head}    <name>{title}</name>\n{marks}  </Document>\n</kml>\n", encoding="utf-8", newline="\n")


def _point(place: Lonlat) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(place)}


def _outline(ring: Sequence[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in (*ring, ring[0])]]}


def _any(place: tuple[Any, ...]) -> dict[str, Any]:
    return _outline(place) if isinstance(place[0], tuple) else _point((place[0], place[1]))


def _kml(place: tuple[Any, ...]) -> str:
    if not isinstance(place[0], tuple):
        return f"<Point><coordinates>{place[0]},{place[1]}</coordinates></Point>"
    ring = " ".join(f"{lon},{lat}" for lon, lat in (*place, place[0]))
    return f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon>"


def _clockwise(ring: Sequence[Lonlat]) -> list[Lonlat]:
    closed = [*ring, ring[0]]
    turning = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(closed))
    return closed if turning > 0 else closed[::-1]


def _polygon_record(ring: Sequence[Lonlat]) -> bytes:
    head = struct.pack("<i4d3i", 5, *_box(ring), 1, len(ring), 0)
    return head + b"".join(struct.pack("<2d", *corner) for corner in ring)


def _box(corners: Sequence[Lonlat]) -> tuple[float, float, float, float]:
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    return min(lons), min(lats), max(lons), max(lats)
