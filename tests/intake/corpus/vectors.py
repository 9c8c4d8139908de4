"""GeoJSON, KML, KMZ, zipped Shapefiles and GeoPackages: wrong shapes, wrong members, documents that name other documents."""

import json
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.intake.corpus import Case, Make, put
from tests.intake.ledgers import zipped

POINT = {"type": "Point", "coordinates": [114.9, 32.0]}
DEEP = "[" * 5_000 + "]" * 5_000


def collection(geometry: Any, properties: Any = None, **members: Any) -> bytes:
    """Return a good feature and one with that geometry."""
    good = {"type": "Feature", "geometry": POINT, "properties": {"name": "甲"}}
    other = {"type": "Feature", "geometry": geometry, "properties": {"name": "乙"} if properties is None else properties}
    return json.dumps({"type": "FeatureCollection", **members, "features": [good, other]}, ensure_ascii=False).encode()


def polygon(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(place) for place in ring]]}


RAW = collection(POINT)
DOCUMENTS: dict[str, bytes] = {
    "plain": RAW,
    "with mark": b"\xef\xbb\xbf" + RAW,
    "in GBK": RAW.decode().encode("gbk"),
    "in UTF-16": RAW.decode().encode("utf-16"),
    "an empty object": b"{}",
    "an empty list": b"[]",
    "null": b"null",
    "no features": b'{"type": "FeatureCollection", "features": []}',
    "features that are null": b'{"type": "FeatureCollection", "features": [null, 1, "x"]}',
    "left open": RAW[:-5],
    "cut in the middle": RAW[: len(RAW) // 2],
    "one feature alone": json.dumps({"type": "Feature", "geometry": POINT, "properties": {"name": "甲"}}).encode(),
    "a bare geometry": json.dumps(POINT).encode(),
    "lists five thousand deep": b'{"type": "FeatureCollection", "features": ' + DEEP.encode() + b"}",
    "coordinates five thousand deep": b'{"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Polygon", "coordinates": ' + DEEP.encode() + b"}}",
    "an attribute five thousand deep": b'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [114, 32]}, "properties": {"name": ' + DEEP.encode() + b"}}",
    "no geometry": collection(None),
    "geometry without coordinates": collection({"type": "Point"}),
    "empty coordinates": collection({"type": "Point", "coordinates": []}),
    "coordinates as text": collection({"type": "Point", "coordinates": ["114.9", "32.0"]}),
    "coordinates that are null": collection({"type": "Point", "coordinates": [None, None]}),
    "NaN": collection({"type": "LineString", "coordinates": [[114, 32], [float("nan"), 32]]}),
    "a number too large": RAW.replace(b"114.9", b"1e999", 1),
    "a number of a thousand digits": RAW.replace(b"114.9", b"114." + b"9" * 1_000, 1),
    "latitude first": collection({"type": "Point", "coordinates": [32.0, 114.9]}),
    "off the globe": collection({"type": "Point", "coordinates": [514.9, 32.0]}),
    "metres": collection({"type": "Point", "coordinates": [38_500_000.0, 3_550_000.0]}),
    "nowhere": collection({"type": "Point", "coordinates": [0, 0]}),
    "an outline that crosses itself": collection(polygon((114.9, 32), (114.91, 32.01), (114.91, 32), (114.9, 32.01), (114.9, 32))),
    "a ring left open": collection(polygon((114.9, 32), (114.91, 32.01), (114.91, 32))),
    "a ring of two points": collection(polygon((114.9, 32), (114.91, 32.01))),
    "a ring of one place": collection(polygon(*[(114.9, 32.0)] * 4)),
    "an empty polygon": collection({"type": "Polygon", "coordinates": []}),
    "a line of one point": collection({"type": "LineString", "coordinates": [[114.9, 32]]}),
    "a collection of geometries": collection({"type": "GeometryCollection", "geometries": [POINT, {"type": "LineString", "coordinates": [[114, 32], [115, 32]]}]}),
    "an unknown geometry": collection({"type": "Circle", "coordinates": [114, 32]}),
    "heights": collection({"type": "Point", "coordinates": [114.9, 32, 1e308]}),
    "a system it names": collection(POINT, crs={"type": "name", "properties": {"name": "EPSG:4490"}}),
    "a system nobody knows": collection(POINT, crs={"type": "name", "properties": {"name": "EPSG:999999"}}),
    "a system at another host": collection(POINT, crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}),
    "three hundred attributes": collection(POINT, {f"a{at}": at for at in range(300)}),
    "no attributes": collection(POINT, {}),
    "no name at all": b'{"type": "FeatureCollection", "features": [' + json.dumps({"type": "Feature", "geometry": POINT, "properties": {"x": 1}}).encode() + b"]}",
    "attributes of every kind": collection(POINT, {"name": "乙", "a": [1, {"b": None}], "c": True, "d": 2**70, "e": {"f": {}}}),
    "a name that is a number": collection(POINT, {"name": 12}),
    "a name of control characters": collection(POINT, {"name": "a\u202eb\u0000c"}),
    "a member twice": RAW.replace(b'"type": "FeatureCollection"', b'"type": "FeatureCollection", "features": []', 1),
    "an Esri document": b'{"geometryType": "esriGeometryPoint", "features": [{"geometry": {"x": 1, "y": 2}}], "fields": []}',
    "a topology": b'{"type": "Topology", "objects": {"a": {"type": "Point", "coordinates": [1, 2]}}}',
    "a pipeline of GDAL": b'{"type": "gdal_streamed_alg", "command_line": "gdal vector convert --input /etc/passwd --output-format stream streamed_dataset"}',
    "a virtual table of GDAL": b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
    "a web page": b"<!doctype html><html></html>",
}  # fmt: skip


def kml(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'.encode()


PLACE = "<Placemark><name>{}</name><Point><coordinates>{}</coordinates></Point></Placemark>"
GOOD = PLACE.format("甲", "114.9,32")
LAUGHS = "<!DOCTYPE kml [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{at + 1} '{f'&a{at};' * 10}'>" for at in range(9)) + "]>"
EARTH: dict[str, bytes] = {
    "plain": kml(GOOD),
    "an entity of its own": kml(PLACE.format("&a;", "114.9,32"), "<!DOCTYPE kml [<!ENTITY a 'x'>]>"),
    "an entity from a file": kml(PLACE.format("&a;", "114.9,32"), "<!DOCTYPE kml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
    "an entity from a host": kml(PLACE.format("&a;", "114.9,32"), "<!DOCTYPE kml [<!ENTITY a SYSTEM 'http://127.0.0.1:9/x'>]>"),
    "a parameter entity": kml(GOOD, "<!DOCTYPE kml [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/x.dtd'> %a;]>"),
    "a DTD of another host": kml(GOOD, "<!DOCTYPE kml SYSTEM 'http://127.0.0.1:9/x.dtd'>"),
    "a billion laughs": kml(PLACE.format("&a9;", "114.9,32"), LAUGHS),
    "a document taken in": kml("<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>" + GOOD),
    "elements ten thousand deep": kml("<Folder>" * 10_000 + GOOD + "</Folder>" * 10_000),
    "no placemarks": kml(""),
    "a placemark without a place": kml("<Placemark><name>甲</name></Placemark>"),
    "coordinates that are words": kml(PLACE.format("甲", "东,北")),
    "coordinates in exponents": kml(PLACE.format("甲", "1e999,32")),
    "a link to another host": kml("<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>" + GOOD),
    "a picture on the ground": kml("<GroundOverlay><Icon><href>/etc/passwd</href></Icon></GroundOverlay>" + GOOD),
    "cut in the middle": kml(GOOD)[:120],
    "tags in each other": kml("<Placemark><name></Placemark></name>"),
    "a web page": b"<html><body><table></table></body></html>",
    "bytes": bytes(range(256)),
}


@cache
def shapefile() -> Mapping[str, bytes]:
    """Return the files of a good Shapefile of two points, by suffix."""
    import tempfile

    from pyogrio import raw

    with tempfile.TemporaryDirectory() as folder:
        wkb = np.array(shapely.to_wkb(shapely.points([[114.9, 32.0], [114.8, 31.9]])), object)
        raw.write(
            Path(folder) / "a.shp",
            wkb,
            [np.array(["甲", "乙"], object)],
            ["name"],
            geometry_type="Point",
            crs="EPSG:4326",
            driver="ESRI Shapefile",
            encoding="UTF-8",
        )
        return {file.suffix: file.read_bytes() for file in sorted(Path(folder).iterdir())}


def shape(changes: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> Make:
    """Return what zips a changed Shapefile; `changes` gets the good one's bytes by suffix and returns members by name."""
    return lambda folder: zipped(folder / "a.zip", changes(dict(shapefile())))


def named(stem: str = "a", replaced: Mapping[str, bytes | None] = {}) -> Make:
    """Return what zips the Shapefile under a name, files given by suffix replaced or (None) left out."""

    def changes(files: dict[str, bytes]) -> Mapping[str, bytes]:
        every = {**files, **{f".{suffix}": content for suffix, content in replaced.items()}}
        return {f"{stem}{suffix}": content for suffix, content in every.items() if content is not None}

    return shape(changes)


def patched(suffix: str, at: int, value: bytes) -> Make:
    """Return what zips the Shapefile with some bytes of one file changed."""

    def changes(files: dict[str, bytes]) -> Mapping[str, bytes]:
        files[suffix] = files[suffix][:at] + value + files[suffix][at + len(value) :]
        return {f"a{each}": content for each, content in files.items()}

    return shape(changes)


def cut(suffix: str, length: int) -> Make:
    return shape(lambda files: {f"a{each}": content[:length] if each == suffix else content for each, content in files.items()})


def linked(folder: Path) -> Path:
    """Zip a Shapefile whose table is a symbolic link to a file of the machine."""
    path = named(replaced={"dbf": None})(folder)
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("a.dbf")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return path


def doubled(folder: Path) -> Path:
    path = named()(folder)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.dbf", b"x")
    return path


SHAPES: dict[str, Make] = {
    "plain": named(),
    **{f"without .{suffix}": named(replaced={suffix: None}) for suffix in ("shp", "shx", "dbf", "prj", "cpg")},
    **{f"an empty .{suffix}": named(replaced={suffix: b""}) for suffix in ("shp", "shx", "dbf", "prj", "cpg")},
    **{f"junk for .{suffix}": named(replaced={suffix: b"junk" * 40}) for suffix in ("shp", "shx", "dbf", "prj", "cpg")},
    "in capitals": shape(lambda files: {f"A{suffix.upper()}": content for suffix, content in files.items()}),
    "in a folder": named("图层/甲"),
    "a name that climbs out": named("../../../../tmp/evil"),
    "an absolute name": named("/tmp/evil"),
    "a device's name": named("CON"),
    "a name written backwards": named("a\u202epiz"),
    "two of them": shape(lambda files: {f"{stem}{suffix}": content for stem in "ab" for suffix, content in files.items()}),
    "an archive in it": shape(lambda files: {"a.zip": b"".join(files.values())}),
    "a Mac's shadow files": shape(lambda files: {**{f"a{suffix}": content for suffix, content in files.items()}, **{f"__MACOSX/._a{suffix}": b"x" for suffix in files}}),
    "a link for a table": linked,
    "a member twice": doubled,
    "two milliard records": patched(".dbf", 4, struct.pack("<I", 0x7FFFFFFF)),
    "a table header too long": patched(".dbf", 8, b"\xff\xff"),
    "a table header too short": patched(".dbf", 8, b"\x01\x00"),
    "records of no length": patched(".dbf", 10, b"\x00\x00"),
    "a column wider than its record": patched(".dbf", 48, b"\xff"),
    "an extent of NaN": patched(".shp", 36, struct.pack("<4d", *[float("nan")] * 4)),
    "a file length that lies": patched(".shp", 24, struct.pack(">I", 0x7FFFFFFF)),
    "a record length that lies": patched(".shp", 104, struct.pack(">I", 0x7FFFFFFF)),
    "an offset past the end": patched(".shx", 108, struct.pack(">I", 0x7FFFFFFF)),
    "an unknown kind of shape": patched(".shp", 32, struct.pack("<I", 77)),
    "shapes cut short": cut(".shp", 110),
    "a table cut short": cut(".dbf", 40),
    "an encoding nobody knows": named(replaced={"cpg": b"KLINGON-8"}),
    "a datum that cannot be converted": named(replaced={"prj": b'GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'}),
}  # fmt: skip


def package(change: Callable[[sqlite3.Connection], Any] = lambda _: None, cut_to: float = 1.0) -> Make:
    """Return what writes a GeoPackage of one layer, changed by SQL and cut to a share of its length."""

    def make(folder: Path) -> Path:
        from pyogrio import raw

        path = folder / "a.gpkg"
        wkb = np.array(shapely.to_wkb(shapely.points([[114.9, 32.0], [114.8, 31.9]])), object)
        raw.write(path, wkb, [np.array(["甲", "乙"], object)], ["name"], geometry_type="Point", crs="EPSG:4326", driver="GPKG", layer="good")
        base = sqlite3.connect(path)
        base.execute("pragma writable_schema = on")
        for (name,) in base.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            base.execute(f'drop trigger "{name}"')
        change(base)
        base.commit()
        base.close()
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * cut_to)])
        return path

    return make


def sql(*statements: str) -> Callable[[sqlite3.Connection], Any]:
    return lambda base: [base.execute(statement) for statement in statements]


DATABASES: dict[str, Make] = {
    "plain": package(),
    **{f"cut to {percent} %": package(cut_to=percent / 100) for percent in (1, 5, 30, 70)},
    "another program's number": package(sql("pragma application_id = 1")),
    "no list of contents": package(sql("drop table gpkg_contents")),
    "no list of geometry": package(sql("drop table gpkg_geometry_columns")),
    "no systems": package(sql("delete from gpkg_spatial_ref_sys")),
    "an unknown system": package(sql("update gpkg_geometry_columns set srs_id = 999999", "update gpkg_contents set srs_id = 999999")),
    "a layer that is not there": package(sql("insert into gpkg_contents (table_name, data_type, srs_id) values ('none', 'features', 4326)", "insert into gpkg_geometry_columns values ('none', 'geom', 'POINT', 4326, 0, 0)")),
    "no features": package(sql("delete from good")),
    "geometry that is junk": package(sql("update good set geom = x'00112233' where name = '乙'")),
    "geometry that is text": package(sql("update good set geom = 'POINT (1 2)' where name = '乙'")),
    "geometry of no length": package(sql("update good set geom = x'' where name = '乙'")),
    "nameless rows": package(sql("update good set name = null")),
    "a virtual table": package(sql("insert into sqlite_master values ('table', 'evil', 'evil', 0, 'create virtual table evil using VirtualText(''/etc/passwd'')')")),
    "a view": package(sql("create view v as select fid, name, geom from good", "insert into gpkg_contents (table_name, data_type, srs_id) values ('v', 'features', 4326)", "insert into gpkg_geometry_columns values ('v', 'geom', 'POINT', 4326, 0, 0)")),
    "a schema that is no SQL": package(sql("update sqlite_master set sql = 'create tabel x' where name = 'good'")),
    "an empty database": put("a.gpkg", b"SQLite format 3\x00" + bytes(4_080)),
    "text": put("a.gpkg", b"not a database at all"),
}  # fmt: skip


def bomb(folder: Path) -> Path:
    return zipped(folder / "a.kmz", {"doc.kml": kml(GOOD + " " * 5_000_000)})


MAPS: dict[str, Make] = {
    "plain": lambda folder: zipped(folder / "a.kmz", {"doc.kml": kml(GOOD)}),
    "a document that climbs out": lambda folder: zipped(folder / "a.kmz", {"../../doc.kml": kml(GOOD)}),
    "no document": lambda folder: zipped(folder / "a.kmz", {"a.png": b"x"}),
    "an empty document": lambda folder: zipped(folder / "a.kmz", {"doc.kml": b""}),
    "a document that packs too well": bomb,
    "an archive left open": put("a.kmz", b"PK\x03\x04xxxx"),
}
CASES: dict[str, Case] = {
    **{f"geojson: {name}": Case(put("a.geojson", content)) for name, content in DOCUMENTS.items()},
    **{f"kml: {name}": Case(put("a.kml", content)) for name, content in EARTH.items()},
    **{f"kmz: {name}": Case(make) for name, make in MAPS.items()},
    **{f"shp: {name}": Case(make) for name, make in SHAPES.items()},
    **{f"gpkg: {name}": Case(make) for name, make in DATABASES.items()},
}
