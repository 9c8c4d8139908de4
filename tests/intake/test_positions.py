"""Positions: in every spelling and system, never shifted or turned silently."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.crs import from_wgs84, named
from relocation.intake import Unusable
from relocation.intake.coordinates import angle
from tests.intake.ledgers import ledger, sites, workbook

COUNTY = shapely.box(114.6, 31.6, 115.2, 32.3)
PLACES = np.array([[114.9, 32.0], [114.85, 31.9], [115.0, 31.8]])
LON_LAT = ["经度", "纬度"]


@pytest.mark.parametrize(
    "text", ["114.89", "114°53′24″", "114°53'24\"E", "114度53分24秒", "东经114°53′24″", "E114°53.4′", "１１４°５３′２４″", "114:53:24", " 114.89° "]
)
def test_degrees_in_every_spelling(text: str) -> None:
    assert angle(text, "lon") == pytest.approx(114.89, abs=1e-12)  # 53′24″ is 0.89°


@given(st.integers(73, 135), st.integers(0, 59), st.integers(0, 59))
def test_degrees_minutes_seconds_come_back(degrees: int, minutes: int, seconds: int) -> None:
    assert angle(f"{degrees}°{minutes}′{seconds}″", "lon") == pytest.approx(degrees + minutes / 60 + seconds / 3600, abs=1e-12)


@pytest.mark.parametrize(
    "pair", ["114.9, 32.0", "114.9，32.0", "32.0,114.9", "114°54′E 32°0′N", "N32°0′0″，E114°54′0″", "东经114°54′北纬32°0′", "(114.9 32.0)"]
)
def test_joined_positions(tmp_path: Path, pair: str) -> None:
    read = sites(tmp_path, ["坐标"], [pair], crs="WGS84")
    assert (read.records.lon[0], read.records.lat[0]) == pytest.approx((114.9, 32.0))
    assert read.records.declared_position[0] == pair


@pytest.mark.parametrize("system", ["WGS84", "CGCS2000", "GCJ02", "BD09"])
def test_degrees_are_brought_to_wgs84_from_the_declared_system(tmp_path: Path, system: str) -> None:
    x, y = from_wgs84(PLACES[:, 0], PLACES[:, 1], named(system))
    read = sites(tmp_path, LON_LAT, *zip(x.tolist(), y.tolist(), strict=True), crs=system, boundary=COUNTY)
    assert np.column_stack([read.records.lon, read.records.lat]) == pytest.approx(PLACES, abs=1e-9)
    assert set(read.records.declared_crs) == {system}


@pytest.mark.parametrize("epsg", [4526, 4547])  # 3-degree zone 38 with its number, the same zone by its meridian 114°E
@pytest.mark.parametrize("headings", [["X坐标", "Y坐标"], ["东坐标", "北坐标"], ["经度", "纬度"]])
def test_gauss_krueger_metres_with_and_without_zone(tmp_path: Path, epsg: int, headings: list[str]) -> None:
    x, y = Transformer.from_crs(4490, epsg, always_xy=True).transform(PLACES[:, 0], PLACES[:, 1])
    read = sites(tmp_path, headings, *zip(x.tolist(), y.tolist(), strict=True), crs=f"EPSG:{epsg}", boundary=COUNTY)
    assert np.column_stack([read.records.lon, read.records.lat]) == pytest.approx(PLACES, abs=1e-8)


def test_surveyors_x_is_north_and_is_told_by_size_with_a_note(tmp_path: Path) -> None:
    east, north = Transformer.from_crs(4490, 4547, always_xy=True).transform(PLACES[:, 0], PLACES[:, 1])
    read = sites(tmp_path, ["X", "Y"], *zip(north.tolist(), east.tolist(), strict=True), crs="EPSG:4547", boundary=COUNTY)
    assert read.records.lon == pytest.approx(PLACES[:, 0], abs=1e-8)
    assert "axes-by-size" in {note.code for note in read.notes}


def test_each_row_may_declare_its_own_system(tmp_path: Path) -> None:
    x, y = from_wgs84(PLACES[:1, 0], PLACES[:1, 1], named("BD09"))
    read = sites(tmp_path, [*LON_LAT, "坐标系"], [114.9, 32.0, "2000国家大地坐标系"], [x[0], y[0], "百度"], [114.9, 32.0, "什么系"], [114.9, 32.0, ""])
    assert read.records.lon == pytest.approx([114.9, 114.9], abs=1e-9)
    assert read.records.declared_crs.tolist() == ["CGCS2000", "BD09"]
    assert [refusal.code for refusal in read.refusals] == ["crs-unknown", "crs-missing"]


def refused_whole(folder: Path, headings: list[str], *rows: Any, **told: Any) -> Any:
    with pytest.raises(Unusable) as unusable:
        sites(folder, headings, *rows, **told)
    return unusable.value.refusal


def test_positions_without_a_declared_system_are_refused_with_a_hint(tmp_path: Path) -> None:
    refusal = refused_whole(tmp_path, LON_LAT, [114.9, 32.0], boundary=COUNTY)
    assert refusal.code == "crs-undeclared"
    assert "WGS84" in refusal.reason("zh")


def test_swapped_columns_are_refused_with_a_hint_and_never_turned(tmp_path: Path) -> None:
    refusal = refused_whole(tmp_path, LON_LAT, *([lat, lon] for lon, lat in PLACES.tolist()), crs="WGS84", boundary=COUNTY)
    assert refusal.code == "crs-contradicted"
    assert "对调" in refusal.reason("zh")
    assert "exchanged" in refusal.reason("en")


def test_metres_declared_in_the_wrong_zone_are_refused_with_the_right_one_named(tmp_path: Path) -> None:
    x, y = Transformer.from_crs(4490, 4547, always_xy=True).transform(PLACES[:, 0], PLACES[:, 1])
    refusal = refused_whole(tmp_path, ["东坐标", "北坐标"], *zip(x.tolist(), y.tolist(), strict=True), crs="EPSG:4548", boundary=COUNTY)
    assert refusal.code == "crs-contradicted"
    assert "EPSG:4547" in refusal.reason("zh")


def test_single_points_are_refused_by_row(tmp_path: Path) -> None:
    good = [[114.9, 32.0]] * 8
    read = sites(tmp_path, LON_LAT, *good, [0, 0], [116.9, 32.0], ["114°75′0″", 32.0], [114.9, ""], crs="WGS84", boundary=COUNTY)
    assert [(refusal.code, refusal.row) for refusal in read.refusals] == [
        ("position-zero", 10),
        ("position-outside", 11),
        ("not-a-position", 12),
        ("position-half", 13),
    ]
    assert len(read.records) == 8


def test_a_point_just_outside_a_generalised_border_is_kept(tmp_path: Path) -> None:
    two_km_west = 114.6 - 2 / 94.4  # a degree of longitude is about 94.4 km at 32°N
    four_km_west = 114.6 - 4 / 94.4
    read = sites(tmp_path, LON_LAT, *([[114.9, 32.0]] * 8), [two_km_west, 32.0], [four_km_west, 32.0], crs="WGS84", boundary=COUNTY)
    assert [refusal.row for refusal in read.refusals] == [11]


def test_sites_without_a_position_are_kept(tmp_path: Path) -> None:
    read = sites(tmp_path, LON_LAT, ["", ""], [114.9, 32.0], crs="WGS84", boundary=COUNTY)
    assert np.isnan(read.records.lon[0])
    assert read.records.lon[1] == 114.9


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["安置点编码", "安置点名称", "坐标(GCJ-02)"], ["A1", "甲点", "{0}, {1}"]], []),
        ([["安置点编码", "安置点名称", "经度（高德）", "纬度（高德）"], ["A1", "甲点", "{0}", "{1}"]], []),
        ([["安置点编码", "安置点名称", "坐标（GCJ-02）", None], [None, None, "经度", "纬度"], ["A1", "甲点", "{0}", "{1}"]], [(0, 2, 0, 3, "坐标（GCJ-02）")]),
        ([["安置点编码", "安置点名称", "GCJ-02坐标", None], [None, None, "经度", "纬度"], ["A1", "甲点", "{0}", "{1}"]], [(0, 2, 0, 3, "GCJ-02坐标")]),
    ],
)
def test_a_system_named_in_the_heading_counts_as_declared_and_is_told(tmp_path: Path, rows: list[list[Any]], merges: list[Any]) -> None:
    x, y = from_wgs84(np.array([114.9]), np.array([32.0]), named("GCJ02"))
    rows = [[cell.format(x[0], y[0]) if cell else cell for cell in row] for row in rows]
    read = ledger(workbook(tmp_path / "a.xlsx", rows, merges=merges), boundary=COUNTY)
    assert (read.records.lon[0], read.records.lat[0]) == pytest.approx((114.9, 32.0), abs=1e-9)
    assert (read.crs, [note.facts["crs"] for note in read.notes if note.code == "crs-in-heading"]) == ("GCJ02", ["GCJ02"])


def test_wgs84_in_the_heading_is_taken_as_it_is_and_no_conversion_is_claimed(tmp_path: Path) -> None:
    read = sites(tmp_path, ["坐标（WGS84）"], ["114.9, 32.0"])
    assert (read.records.lon[0], read.records.lat[0]) == (114.9, 32.0)
    assert {note.code for note in read.notes} >= {"crs-in-heading", "crs-as-declared"}
    assert "crs-declared" not in {note.code for note in read.notes}


@pytest.mark.parametrize(
    ("heading", "told", "code"), [("坐标(GCJ-02)", "BD09", "crs-mismatch"), ("坐标(北京54)", None, "crs-unsafe"), ("坐标(东经,北纬)", None, "crs-undeclared")]
)
def test_a_heading_that_contradicts_or_cannot_be_used_refuses_the_file(tmp_path: Path, heading: str, told: str | None, code: str) -> None:
    with pytest.raises(Unusable) as unusable:
        sites(tmp_path, [heading], ["114.9, 32.0"], crs=told)
    assert unusable.value.refusal.code == code


def test_one_row_of_another_system_outside_the_county_does_not_refuse_the_file(tmp_path: Path) -> None:
    rows = [[114.9, 32.0, "WGS84"]] * 9 + [[117.0, 32.0, "GCJ02"]]
    read = sites(tmp_path, [*LON_LAT, "坐标系"], *rows, boundary=COUNTY)
    assert [(one.code, one.row) for one in read.refusals] == [("position-outside", 11)]


@pytest.mark.parametrize(("outside", "zh", "en"), [(0, "则落在", "they fall"), (1, "则多数点落在", "most of them fall"), (2, "也不在", "no common system")])
def test_the_hint_says_whether_all_or_most_rows_would_fit(tmp_path: Path, outside: int, zh: str, en: str) -> None:
    rows = [[114.9, 32.0]] * (3 - outside) + [[117.5, 36.0]] * outside
    with pytest.raises(Unusable) as unusable:
        sites(tmp_path, LON_LAT, *rows, boundary=COUNTY)
    assert zh in unusable.value.refusal.reason("zh")
    assert en in unusable.value.refusal.reason("en")
