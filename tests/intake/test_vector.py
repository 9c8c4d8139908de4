"""Vector files: every format, every way of leaving out the coordinate system, and files that try to open others."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
import shapely

from checks.vocabulary import LAYERS
from geo.crs import from_wgs84, named
from relocation.intake import Unusable
from relocation.intake.drivers import ALLOWED, assert_drivers
from relocation.intake.reading import read_file as read_all
from tests.intake.ledgers import geojson, layer, ledger, point, refusals, zipped

GEODATA = Path(__file__).parents[2].parent / "shared" / "geodata"
BOWTIE = {"type": "Polygon", "coordinates": [[[114.9, 32.0], [114.91, 32.01], [114.91, 32.0], [114.9, 32.01], [114.9, 32.0]]]}
SQUARE = {"type": "Polygon", "coordinates": [[[114.9, 32.0], [114.91, 32.0], [114.91, 32.01], [114.9, 32.01], [114.9, 32.0]]]}


def written(folder: Path, suffix: str, driver: str, *, crs: str | None = "EPSG:4326", encoding: str | None = None) -> Path:
    from pyogrio import raw

    path = folder / f"a{suffix}"
    wkb = np.array(shapely.to_wkb(shapely.points([[114.9, 32.0], [114.8, 31.9]])))
    more = {"encoding": encoding} if encoding else {}
    raw.write(
        path,
        wkb,
        [np.array(["文殊乡", "晏河乡"], object), np.array([500.0, np.nan])],
        ["名称", "定位误差"],
        geometry_type="Point",
        crs=crs,
        driver=driver,
        layer_options={},
        **more,
    )
    return path


@pytest.mark.parametrize(("suffix", "driver"), [(".geojson", "GeoJSON"), (".gpkg", "GPKG")])
def test_layers_of_each_format_hold_the_same(tmp_path: Path, suffix: str, driver: str) -> None:
    read = layer(written(tmp_path, suffix, driver), as_kind="layer:townships").layer
    assert (read.id, read.names) == ("townships", ("文殊乡", "晏河乡"))
    assert shapely.get_coordinates(read.shapes) == pytest.approx(np.array([[114.9, 32.0], [114.8, 31.9]]))
    assert read.uncertainty_m[0] == 500
    assert np.isnan(read.uncertainty_m[1])


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("cpg", [True, False])
def test_zipped_shapefiles_with_and_without_their_encoding(tmp_path: Path, encoding: str, cpg: bool) -> None:
    (tmp_path / "shp").mkdir()
    written(tmp_path / "shp", ".shp", "ESRI Shapefile", encoding=encoding)
    files = {f"图层/{file.name}": file.read_bytes() for file in (tmp_path / "shp").iterdir() if cpg or file.suffix != ".cpg"}
    read = layer(zipped(tmp_path / "乡镇.zip", files))
    assert (read.layer.id, read.layer.names) == ("townships", ("文殊乡", "晏河乡"))


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>一</name>
<Placemark><name>鸡公山</name><Point><coordinates>114.08,31.8,0</coordinates></Point></Placemark></Folder><Folder><name>二</name>
<Placemark><name>灵山</name><Point><coordinates>114.2,31.9</coordinates></Point></Placemark></Folder></Document></kml>"""


def test_kml_and_kmz_from_phone_maps(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text(KML, "utf-8")
    zipped(tmp_path / "a.kmz", {"../../doc.kml": KML.encode()})
    for name in ("a.kml", "a.kmz"):
        read = layer(tmp_path / name, crs="GCJ02")
        x, y = from_wgs84(shapely.get_x(read.layer.shapes), shapely.get_y(read.layer.shapes), named("GCJ02"))
        assert read.layer.names == ("鸡公山", "灵山")
        assert np.column_stack([x, y]) == pytest.approx(np.array([[114.08, 31.8], [114.2, 31.9]]), abs=1e-9)
    assert not (tmp_path.parent.parent / "doc.kml").exists()


def test_geojson_is_wgs84_unless_declared_otherwise(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(point(114.9, 32.0), {"name": "甲"})])
    plain, shifted = layer(path), layer(path, crs="GCJ02")
    assert (plain.layer.declared_crs, shifted.layer.declared_crs) == ("WGS84", "GCJ02")
    assert "crs-by-format" in {note.code for note in plain.notes}
    assert shapely.get_x(plain.layer.shapes[0]) == 114.9
    assert shapely.get_x(shifted.layer.shapes[0]) != 114.9


def test_outlines_that_cross_themselves_are_mended_and_reported(tmp_path: Path) -> None:
    read = layer(geojson(tmp_path / "a.geojson", [(SQUARE, {"name": "甲"}), (BOWTIE, {"name": "乙"})]))
    assert shapely.is_valid(read.layer.shapes).all()
    (note,) = [note for note in read.notes if note.code == "geometry-mended"]
    assert (note.row, "自相交" in note.text("zh"), "crossed" in note.text("en")) == (2, True, True)


def test_polygons_with_site_codes_are_sites_with_outlines(tmp_path: Path) -> None:
    read = ledger(
        geojson(
            tmp_path / "a.geojson", [(SQUARE, {"安置点编码": "A1", "安置点名称": "甲点"}), (point(114.9, 32.0), {"安置点编码": "A2", "安置点名称": "乙点"})]
        )
    )
    assert shapely.area(read.records.outline[0]) > 0
    assert read.records.outline[1] is None
    assert shapely.contains_xy(read.records.outline[0], read.records.lon[0], read.records.lat[0])
    assert (read.records.lon[1], read.records.lat[1]) == (114.9, 32.0)


def test_features_without_a_position_stay_in_a_layer(tmp_path: Path) -> None:
    read = layer(geojson(tmp_path / "a.geojson", [(point(114.9, 32.0), {"name": "甲"}), (None, {"name": "乙"})]))
    assert read.layer.unplaced.tolist() == [False, True]


@pytest.mark.skipif(not GEODATA.is_dir(), reason="the shared reference layers are not on this machine")
@pytest.mark.parametrize("name", ["county_seats", "county_boundaries", "industrial_parks", "scenic_areas", "functional_zones", "rivers", "township_centres"])
def test_real_layers_are_read_whole(name: str) -> None:
    path = GEODATA / f"{name}.geojson"
    expected = json.loads(path.read_text("utf-8"))
    read = layer(path)
    assert (read.layer.id, read.refused, len(read.layer)) == (name, 0, len(expected["features"]))
    assert read.layer.source == expected["metadata"]["source"]
    positions = [feature["geometry"] is None for feature in expected["features"]]
    assert read.layer.unplaced.tolist() == positions


def test_only_allowed_drivers_are_there() -> None:
    import pyogrio

    assert_drivers()
    assert set(pyogrio.list_drivers()) <= ALLOWED


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


CANARY = "CANARY-7f3a"


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".json", ".gpkg", ".zip", ".kmz"])
@pytest.mark.parametrize("attack", ["vrt", "gdalg", "vrt-http", "kml-link", "kml-style", "wfs"])
def test_no_file_opens_another_file_or_the_network(tmp_path: Path, suffix: str, attack: str, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    secret = tmp_path / "secret.csv"
    secret.write_text(f"name,x,y\n{CANARY},114.9,32\n", "utf-8")
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}<Placemark><name>a</name><styleUrl>{}</styleUrl><Point><coordinates>114.9,32</coordinates></Point></Placemark></Document></kml>'
    documents = {
        "vrt": f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource><GeometryField encoding="PointFromColumns" x="x" y="y"/></OGRVRTLayer></OGRVRTDataSource>',
        "gdalg": json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector convert --input {secret} --output-format stream streamed_dataset"}),
        "vrt-http": f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{address}/a.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        "kml-link": kml.format(f"<NetworkLink><Link><href>{address}/a.kml</href></Link></NetworkLink>", ""),
        "kml-style": kml.format("", f"{address}/style.kml#s"),
        "wfs": f"<OGRWFSDataSource><URL>{address}</URL></OGRWFSDataSource>",
    }
    path = tmp_path / f"a{suffix}"
    if suffix in (".zip", ".kmz"):
        inside = "doc.kml" if suffix == ".kmz" else "a.shp"
        zipped(path, {inside: documents[attack].encode(), "a.shx": b"x", "a.dbf": b"x", "a.vrt": documents["vrt"].encode()})
    else:
        path.write_text(documents[attack], "utf-8")
    try:
        found = str([getattr(one, "layer", one) for one in read_all(path)])
    except Unusable as unusable:
        found = str(unusable.refusal.json("zh"))
    assert CANARY not in found
    assert not asked


def test_a_path_of_gdal_is_a_file_name_and_nothing_more(tmp_path: Path) -> None:
    assert [refusal.code for refusal in refusals(Path("/vsicurl/http://127.0.0.1/a.geojson"))] == ["file-missing"]


@pytest.mark.parametrize(("name", "told"), [("wind_parks", True), ("townships", False)])
def test_a_layer_of_ones_own_name_is_read_and_told_to_be_of_no_check(tmp_path: Path, name: str, told: bool) -> None:
    read = layer(geojson(tmp_path / "a.geojson", [(point(114.9, 32), {"name": "甲"})]), as_kind=f"layer:{name}")
    notes = [note for note in read.notes if note.code == "layer-own"]
    assert (read.layer.id, bool(notes)) == (name, told)
    assert all("industrial_parks" in note.text(lang) for note in notes for lang in ("zh", "en"))


def test_a_misspelt_layer_is_refused_with_the_name_that_may_be_meant_and_all_known_ones(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(point(114.9, 32), {"name": "甲"})])
    with pytest.raises(Unusable) as unusable:
        layer(path, as_kind="layer:township")
    assert "“townships”" in unusable.value.refusal.reason("en")
    assert all(name in unusable.value.refusal.mend(lang) for name in LAYERS for lang in ("zh", "en"))
