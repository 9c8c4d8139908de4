"""Every refusal has wording in both languages, and something that provokes it."""

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import yaml

import relocation.intake
from relocation.intake import Refusal, Unusable
from relocation.intake.guard import Guard, Limits
from relocation.intake.workbook_guard import check_workbook
from tests.intake.drawing_refusals import DRAWINGS
from tests.intake.evidence_refusals import EVIDENCE
from tests.intake.ledgers import CODED, HOME_HEADINGS, bare_workbook, geojson, point, refusals, workbook, zipped

FOLDER = Path(relocation.intake.__file__).parent
WORDING = yaml.safe_load((FOLDER / "refusals.yaml").read_text("utf-8"))
NOTES = yaml.safe_load((FOLDER / "notes.yaml").read_text("utf-8"))
COUNTY = shapely.box(114.6, 31.6, 115.2, 32.3)
SQUARE = {"type": "Polygon", "coordinates": [[[114.9, 32], [114.91, 32], [114.91, 32.01], [114.9, 32]]]}

Provoke = Callable[[Path], list[Refusal]]


def cell(heading: str, value: Any, **told: Any) -> Provoke:
    """Provoke by one cell of a household."""
    return lambda folder: refusals(workbook(folder / "a.xlsx", [[*HOME_HEADINGS, heading], ["H001", "户一", "甲乡", "乙村", value]]), **told)


def table(*rows: list[Any], merges: Any = (), **told: Any) -> Provoke:
    """Provoke by a whole table."""
    return lambda folder: refusals(workbook(folder / "a.xlsx", rows, merges=merges), **told)


def content(name: str, raw: bytes, **told: Any) -> Provoke:
    """Provoke by a file's bytes."""

    def provoke(folder: Path) -> list[Refusal]:
        (folder / name).write_bytes(raw)
        return refusals(folder / name, **told)

    return provoke


def position(*values: Any, headings: tuple[str, ...] = ("经度", "纬度"), **told: Any) -> Provoke:
    """Provoke by one position among eight good ones."""
    good = [["114.9", "32.0"][: len(headings)] if len(headings) == 2 else ["114.9,32.0"]] * 8
    rows = [[f"H{at:03}", "户", "甲", "乙", *row] for at, row in enumerate([*good, values])]
    return table([*HOME_HEADINGS, *headings], *rows, **{"crs": "WGS84", **told})


GRID = b"ncols 2\nnrows 2\nxllcorner 114.9\nyllcorner 32\ncellsize 0.0003\nNODATA_value -9999\n"
SLOPES = {"as_kind": "layer:steep_slopes", "crs": "WGS84", "county": "411522", "steep_over": 25.0}


def grid(raw: bytes = GRID + b"1 2\n3 40\n", **told: Any) -> Provoke:
    """Provoke by a grid of slopes."""
    return content("坡度.asc", raw, **{**SLOPES, **told})


def layer(features: Any, *, name: str = "a.geojson", members: dict[str, Any] | None = None, **told: Any) -> Provoke:
    """Provoke by a GeoJSON layer."""
    return lambda folder: refusals(geojson(folder / name, features, **(members or {})), **told)


def limited(limits: Limits, sheet: bytes, **more: Any) -> Provoke:
    """Provoke the workbook's guard with limits small enough for a test."""

    def provoke(folder: Path) -> list[Refusal]:
        path = bare_workbook(folder / "a.xlsx", sheet, **more)
        with pytest.raises(Unusable) as unusable:
            check_workbook(Guard(path, "a.xlsx", limits))
        return [unusable.value.refusal]

    return provoke


def truncated(folder: Path) -> list[Refusal]:
    path = workbook(folder / "a.xlsx", [HOME_HEADINGS, *[[f"H{at}", "户", "甲", "乙"] for at in range(50)]])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return refusals(path)


def protected(folder: Path) -> list[Refusal]:
    # A workbook with an opening password is a compound file whose stream is called EncryptedPackage.
    (folder / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    return refusals(folder / "a.xlsx")


def overlapping(folder: Path) -> list[Refusal]:
    import warnings
    import zipfile

    with warnings.catch_warnings(), zipfile.ZipFile(folder / "a.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.shp", b"1")
        archive.writestr("a.shp", b"2")
    return refusals(folder / "a.zip")


def too_large(folder: Path) -> list[Refusal]:
    (folder / "a.csv").write_bytes(b"x")
    with (folder / "a.csv").open("r+b") as file:
        file.truncate(Limits().file_bytes + 1)
    return refusals(folder / "a.csv")


def shapefile(folder: Path, *, crs: str | None, leave_out: tuple[str, ...] = ()) -> Path:
    from pyogrio import raw

    folder.joinpath("shp").mkdir(exist_ok=True)
    raw.write(
        folder / "shp" / "a.shp",
        np.array(shapely.to_wkb([shapely.Point(114.9, 32)])),
        [np.array(["点"], object)],
        ["name"],
        geometry_type="Point",
        crs=crs,
        driver="ESRI Shapefile",
    )
    return zipped(folder / "a.zip", {file.name: file.read_bytes() for file in (folder / "shp").iterdir() if file.suffix not in leave_out})


def damaged_geometry(folder: Path) -> list[Refusal]:
    import sqlite3

    from pyogrio import raw

    path = folder / "a.gpkg"
    wkb = np.array(shapely.to_wkb([shapely.Point(114.9, 32), SHAPE]), object)
    raw.write(path, wkb, [np.array(["一", "二"], object)], ["name"], geometry_type="Unknown", crs="EPSG:4326", driver="GPKG", layer="a")
    with sqlite3.connect(path) as base:
        for (name,) in base.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            base.execute(f'drop trigger "{name}"')
        blob = base.execute("select geom from a where name = '二'").fetchone()[0]
        # a ring of one point: bytes that parse as WKB and are no polygon
        ring = b"\x01\x03\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00" + np.array([114.9, 32.0]).tobytes()
        base.execute("update a set geom = ? where name = '二'", [blob[:8] + ring if not blob[3] & 0x0E else blob[:40] + ring])
    return refusals(path)


def reaching_out(folder: Path) -> list[Refusal]:
    import sqlite3

    path = folder / "a.gpkg"
    with sqlite3.connect(path) as base:
        base.execute("pragma application_id = 0x47504B47")
        base.execute("create table a (name text)")
        base.execute("pragma writable_schema = on")
        base.execute("insert into sqlite_master values ('table', 'b', 'b', 0, 'create virtual table b using VirtualText(''/x'')')")
    base.close()
    return refusals(path)


SHAPE = shapely.from_geojson('{"type":"Polygon","coordinates":[[[114.9,32],[114.91,32],[114.91,32.01],[114.9,32]]]}')
NUMBER = "990105194912310021"  # an area nobody lives in; the check digit would be 3

PROVOKE: dict[str, Provoke] = {
    "file-missing": lambda folder: refusals(folder / "none.xlsx"),
    "file-is-folder": lambda folder: refusals(folder),
    "file-empty": content("a.xlsx", b""),
    "file-too-large": too_large,
    "file-truncated": truncated,
    "file-protected": protected,
    "format-unknown": content("a.docx", b"PK\x03\x04"),
    "suffix-differs": content("a.xlsx", b"\x89PNG\r\n\x1a\n"),
    "saved-as-text": content("a.xls", "<html><table><tr><td>户编号</td></tr></table></html>".encode()),
    "not-a-workbook": lambda folder: refusals(zipped(folder / "a.xlsx", {"word/document.xml": b"<x/>"})),
    "encoding-unknown": content("a.csv", b"\x81\xff\xff\xfe\x81"),
    "csv-damaged": content("a.csv", b"a,b\n" + b"x" * 70_000 + b",1\n"),
    "zip-entries": lambda folder: refusals(zipped(folder / "a.zip", {f"{at}.txt": b"" for at in range(2_001)})),
    "zip-overlap": overlapping,
    "zip-bomb": limited(Limits(unpacked_bytes=20_000), b"<row>" + b" " * 40_000 + b"</row>"),
    "zip-ratio": limited(Limits(), b"<row/>" * 3_000_000),
    "too-many-cells": limited(Limits(cells=5), b'<row r="1">' + b'<c r="A1"/>' * 6 + b"</row>"),
    "used-area": limited(Limits(), b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "workbook-malformed": limited(Limits(), b'<row r="1"><c r="1A"><v>1</v></c></row>'),
    "xml-dtd": limited(Limits(), b"", head=b'<!DOCTYPE x [<!ENTITY a "b">]>'),
    "text-too-long": limited(Limits(ratio=10**6), b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 600_000 + b"</t></is></c></row>"),
    "text-expands": limited(Limits(text_bytes=10_000), b'<row r="1">' + b'<c r="A1" t="s"><v>0</v></c>' * 20 + b"</row>", shared=b"<si><t>" + b"x" * 1_000 + b"</t></si>"),
    "too-many-rows": content("a.csv", "户编号,户主姓名,乡镇\n".encode() + b"H,x,y\n" * 300_100),
    "too-many-columns": content("a.csv", ("户编号,户主姓名" + ",x" * 300).encode()),
    "nothing-in-it": table([]),
    "no-rows": table(HOME_HEADINGS),
    "not-recognised": table(["甲", "乙"], [1, 2]),
    "not-that-kind": table(CODED, ["A1", "点"], as_kind="households"),
    "kind-unknown": table(CODED, ["A1", "点"], as_kind="cats"),
    "layer-unknown": table(["名称", "经度", "纬度"], ["园", 114.9, 32], as_kind="layer:industrial_park", crs="WGS84"),
    "heading-missing": table(["安置点编码", "乡镇", "经度"], ["A1", "甲", 114]),
    "heading-twice": table([*HOME_HEADINGS, "安置住房面积", "安置住房面积"], ["H1", "户", "甲", "乙", 1, 2]),
    "heading-unit": table([*HOME_HEADINGS, "安置住房面积(万元)"], ["H1", "户", "甲", "乙", 1]),
    "unit-unclear": table(["单位：元、万元"], [*CODED, "总投资"], ["A1", "点", 1]),
    "code-missing": table(["户主姓名", "安置住房面积"], ["户", 1]),
    "missing": table([*HOME_HEADINGS, "安置住房面积"], ["H1", "", "甲", "乙", 50]),
    "not-a-number": cell("安置住房面积", "约120"),
    "error-cell": cell("安置住房面积", "#DIV/0!"),
    "error-too-new": lambda folder: refusals(bare_workbook(folder / "a.xlsx", b'<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>')),
    "row-too-long": content("a.csv", "户编号,户主姓名,安置住房面积\nH1,户,1,200\n".encode()),
    "not-finite": cell("安置住房面积", "1e999"),
    "negative": cell("安置住房面积", -1),
    "zero": cell("核定搬迁人口", 0),
    "not-whole": cell("核定搬迁人口", 2.5),
    "unit-misfit": cell("安置住房面积", "5万元"),
    "merged-number": table([*HOME_HEADINGS, "安置住房面积"], ["H1", "户", "甲", "乙"], ["H2", "户二", "甲", "乙"], merges=[(1, 4, 2, 4, 100)]),
    "implausible": cell("安置住房面积", 10_000),
    "day-ambiguous": cell("入住日期", "3/5/2018"),
    "day-impossible": cell("入住日期", "2018-02-30"),
    "day-out-of-range": cell("入住日期", "1018-02-03"),
    "not-a-day": cell("入住日期", "年底"),
    "not-yes-no": cell("是否建档立卡", "也许"),
    "flag-unclear": cell("是否无房户", "无"),
    "not-in-list": cell("安置方式", "别的"),
    "code-float": table(HOME_HEADINGS, [4.11522001002003e17, "户", "甲", "乙"]),
    "county-code": cell("县代码", "光山县"),
    "county-differs": cell("县代码", "411521", county="411522"),
    "code-twice": table(HOME_HEADINGS, ["H1", "户", "甲", "乙"], ["H1", "户二", "甲", "乙"]),
    "kind-unclear": table(["户主姓名", "乡镇", "行政村"], ["户", "甲", "乙"]),
    "code-needed": table(["资金来源", "到位金额"], ["省级", 800]),
    "unit-apart": table(["指标", "上报数", "计量单位"], ["搬迁户数", "1865户", ""]),
    "made-code-twice": table(["户主姓名", "乡镇", "行政村", "安置住房面积"], ["户", "甲", "乙", 50], ["户", "甲", "乙", 75]),
    "id-float": cell("身份证号", float(NUMBER)),
    "id-length": cell("身份证号", "9901051949"),
    "id-old": cell("身份证号", "990105491231002"),
    "id-shape": cell("身份证号", "9901051949123100AX"),
    "id-birth": cell("身份证号", "990105194913310021"),
    "id-check": cell("身份证号", NUMBER),
    "not-a-position": position("114°75′", 32),
    "wrong-side": position("32°N", "114°E"),
    "position-half": position(114.9, ""),
    "position-zero": position(0, 0),
    "position-impossible": position(200, 32),
    "position-outside": position(117, 32, boundary=COUNTY),
    "crs-undeclared": position(114.9, 32, crs=None),
    "crs-missing": position(114.9, 32, ""),
    "crs-unknown": position(114.9, 32, crs="什么系"),
    "crs-unsafe": position(114.9, 32, crs="北京54"),
    "crs-contradicted": table([*HOME_HEADINGS, "经度", "纬度"], ["H1", "户", "甲", "乙", 32, 114.9], crs="WGS84", boundary=COUNTY),
    "crs-mismatch": lambda folder: refusals(shapefile(folder, crs="EPSG:4326"), crs="EPSG:4547"),
    "layer-no-crs": lambda folder: refusals(shapefile(folder, crs=None)),
    "shapefile-unzipped": content("a.shp", b"\x00\x00\x27\x0a"),
    "shapefile-incomplete": lambda folder: refusals(shapefile(folder, crs="EPSG:4326", leave_out=(".dbf",))),
    "zip-without-shapefile": lambda folder: refusals(zipped(folder / "a.zip", {"a.txt": b"x"})),
    "kmz-without-kml": lambda folder: refusals(zipped(folder / "a.kmz", {"a.txt": b"x"})),
    "vector-unreadable": content("a.geojson", b'{"type": "FeatureCollection", "features": [{'),
    "no-geometry": layer([(None, {"name": "甲"})]),
    "layer-without-names": layer([(point(114.9, 32), {"x": "甲"})]),
    "grid-not-slopes": grid(as_kind="layer:townships"),
    "grid-no-crs": grid(crs=None),
    "grid-no-county": grid(county=None),
    "grid-no-limit": grid(steep_over=None),
    "grid-heading": grid(b"ncols 2\nnrows 2\ncellsize 30\n1 2\n3 4\n"),
    "grid-number": grid(GRID + b"1 2\n3 x\n"),
    "grid-cells": grid(GRID + b"1 2\n3\n"),
    "grid-too-large": grid(GRID.replace(b"ncols 2", b"ncols 9000000") + b"1 2\n"),
    "grid-not-degrees": grid(GRID + b"1 2\n3 412.5\n"),
    "grid-ragged": grid(b"ncols 1300\nnrows 700\nxllcorner 114.9\nyllcorner 32\ncellsize 0.0001\n" + b"30 0 " * 455_000),
    "database-reaches-out": reaching_out,
    "geometry-damaged": damaged_geometry,
    "geometry-empty": layer([(point(114.9, 32), {"name": "甲"}), ({"type": "Polygon", "coordinates": []}, {"name": "乙"})]),
    "geometry-not-finite": layer([(point(114.9, 32), {"name": "甲"}), ({"type": "LineString", "coordinates": [[114, 32], [float("nan"), 32]]}, {"name": "乙"})]),
}  # fmt: skip
PROVOKE["crs-missing"] = table(
    [*HOME_HEADINGS, "经度", "纬度", "坐标系"], ["H1", "户", "甲", "乙", 114.9, 32, "WGS84"], ["H2", "户二", "甲", "乙", 114.9, 32, ""]
)


PROVOKE |= {**DRAWINGS, **EVIDENCE}


@pytest.mark.parametrize("code", sorted(PROVOKE))
def test_each_refusal_can_be_provoked_and_speaks_both_languages(code: str, tmp_path: Path) -> None:
    found = {refusal.code: refusal for refusal in PROVOKE[code](tmp_path)}
    assert code in found
    for lang in ("zh", "en"):
        said = found[code].json(lang)
        assert said["reason"]
        assert said["mend"]
        assert "{" not in said["reason"] + said["mend"]
        assert said["file"]


def test_a_shape_of_too_many_vertices_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relocation.intake.geometry.VERTICES", 3)
    path = geojson(tmp_path / "a.geojson", [(point(114.9, 32), {"name": "甲"}), (SQUARE, {"name": "乙"})])
    found = refusals(path)
    assert [refusal.code for refusal in found] == ["geometry-too-large"]
    assert found[0].reason("zh")


def test_a_workbook_of_too_many_errors_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relocation.intake.workbook_guard.LIMIT", 3)
    found = refusals(
        bare_workbook(tmp_path / "a.xlsx", b'<row r="1">' + b"".join(b'<c r="%c1" t="e"><v>#N/A</v></c>' % letter for letter in b"ABCD") + b"</row>")
    )
    assert [refusal.code for refusal in found] == ["too-many-errors"]
    assert found[0].reason("zh")


def test_a_narrow_sheet_that_reaches_the_last_column_is_told_its_true_size(tmp_path: Path) -> None:
    (found,) = refusals(bare_workbook(tmp_path / "a.xlsx", b'<row r="1"><c r="A1"><v>1</v></c></row><row r="7"><c r="XFD7"><v>1</v></c></row>'))
    assert (found.code, found.facts["rows"], found.facts["columns"], found.facts["corner"]) == ("used-area", 7, 16_384, "XFD7")


def test_what_was_seen_ends_its_sentence_before_the_mend(tmp_path: Path) -> None:
    (found,) = refusals(workbook(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]]))
    assert found.reason("zh").endswith("甲、乙。")
    assert found.reason("en").endswith("甲、乙.")


def test_every_wording_is_provoked_and_every_refusal_has_wording() -> None:
    elsewhere = {"geometry-too-large", "too-many-errors", "reading-busy", "reading-died", "reading-long", "reading-memory"}  # the last four in test_apart
    assert set(PROVOKE) | elsewhere == set(WORDING)
    used = set()
    for file in FOLDER.glob("*.py"):
        text = file.read_text("utf-8")
        used |= {code for code in WORDING if f'"{code}"' in text}
    assert used == set(WORDING), "wording for a refusal nobody makes"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages_of_a_wording_use_known_facts_only(lang: str) -> None:
    for code, entry in {**WORDING, **{code: {"note": entry} for code, entry in NOTES.items()}}.items():
        for template in entry.values():
            facts = [{name for _, name, _, _ in string.Formatter().parse(template[one]) if name} for one in ("zh", "en")]
            assert facts[0] - facts[1] <= {"file"}, code
            assert template[lang].strip(), code
