"""The demonstration county's files are made by their maker, close with each other, and name nobody."""

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook
from shapely.geometry import Point
from stdnum.iso7064 import mod_11_2

from tests.data.demo_county import identity
from tests.data.demo_county.ground import TOWNSHIPS, county_outline, dms, gcj02, inside
from tests.data.demo_county.making import BOOKS, SITE_BOOK, county_homes, make
from tests.data.demo_county.refused import HOME_BOOK
from tests.data.demo_county.sites import SITES
from tests.data.demo_county.supplements import HOME_LEDGERS, NOTICES, RENOVATIONS

DATA = Path(__file__).resolve().parents[2] / "data"
DEMO, REFERENCE = DATA / "demo", DATA / "reference"
PLANTS = yaml.safe_load((DEMO / "plants.yaml").read_text("utf-8"))
ABOUT = yaml.safe_load((DEMO / "demo.yaml").read_text("utf-8"))
WRITTEN_BY_HAND = {"demo.yaml", "overlays.yaml", "README.md"}


def content(path: Path) -> Any:
    """Return what a file holds; of a zip its members, because another zlib may pack the same bytes differently."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(one.filename, one.date_time, archive.read(one)) for one in archive.infolist()]


def sheet(name: str) -> list[list[Any]]:
    if name.endswith(".csv"):
        return list(csv.reader(io.StringIO((DEMO / name).read_bytes().decode("gbk"))))
    return CalamineWorkbook.from_path(str(DEMO / name)).get_sheet_by_index(0).to_python()


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """Return a ledger's data rows by their lower headings, read by another program than ours."""
    cells = sheet(name)
    top = 0 if name.endswith(".csv") else 2
    start = 1 if name.endswith(".csv") else 4
    heads = [low or high for high, low in zip(cells[top], cells[start - 1], strict=True)]
    return [dict(zip(heads, row, strict=True)) for row in cells[start:] if re.fullmatch(r"(?:GS|GK|WG)\w+", str(row[1]))]


def households() -> list[dict[str, Any]]:
    return [row for name in BOOKS for row in rows(name)]


def planted(check: str, reason: str) -> set[str]:
    return {plant["subject"] for plant in PLANTS["plants"] if plant["check"] == check and plant.get("reason") == reason}


def test_making_the_county_again_gives_the_committed_files(tmp_path: Path) -> None:
    make(tmp_path, REFERENCE)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*") if path.is_file()} - WRITTEN_BY_HAND
    assert made == kept
    for name in sorted(made):
        assert content(tmp_path / name) == content(DEMO / name), name


def test_the_manifest_names_every_file_and_no_other() -> None:
    named = {one["file"] for part in ("ledgers", "drawings", "problem_lists", "photos", "to_be_refused", "formats", "layers") for one in ABOUT[part]}
    kept = {path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*") if path.is_file()}
    assert named == kept - WRITTEN_BY_HAND - {"plants.yaml"}


def test_the_county_has_24_sites_and_about_1200_households_under_codes_of_their_own() -> None:
    assert len(rows(SITE_BOOK)) == 24
    codes = [row["户编号"] for row in households()]
    assert 1150 <= len(codes) <= 1300
    assert len(set(codes)) == len(codes)
    assert len({row["户主姓名"] for row in households()}) == len(codes)


def test_every_id_number_has_a_valid_check_digit_and_an_area_code_that_does_not_exist() -> None:
    numbers = [row["身份证号"] for row in households() if row["身份证号"]]
    assert len(numbers) == len(households()) - len(planted("duplicate-identity", "missing"))
    assert len(set(numbers)) == len(numbers) - len(planted("duplicate-identity", "same-id")) // 2
    numbers += [row["身份证号"] for ledger in (RENOVATIONS, NOTICES) for row in rows(ledger.file) if row["身份证号"]]
    for number in set(numbers):
        assert mod_11_2.is_valid(number), number
        assert number.startswith("990000")
        assert date(1930, 1, 1) < date.fromisoformat(number[6:14]) < date(1999, 1, 1)


def test_the_check_digit_agrees_with_the_standards_own_example() -> None:
    # GB 11643-1999 works the digit out for two numbers, which end in X and in 4.
    assert identity.check_digit("11010519491231002") == "X"
    assert identity.check_digit("44052418800101001") == "4"


def test_names_are_recognisably_made_up_and_can_be_written_in_gbk() -> None:
    assert [identity.name(n) for n in (0, 1, 60, 660)] == ["演甲子", "演乙丑", "演甲子一", "演甲子十一"]
    for row in households():
        assert re.fullmatch(f"演[{identity.STEMS}][{identity.BRANCHES}][一二三四五六七八九十]*", row["户主姓名"])
        row["户主姓名"].encode("gbk")
    for row in [row for ledger in (RENOVATIONS, NOTICES) for row in rows(ledger.file)]:
        assert row["户主姓名"].startswith("演")


def test_the_ledger_of_sites_closes_with_the_ledgers_of_households() -> None:
    homes, persons = Counter[str](), Counter[str]()
    for row in households():
        if row["安置点编码"]:
            homes[row["安置点编码"]] += 1
            persons[row["安置点编码"]] += int(row["核定搬迁人口"] or row["家庭人口数"])
    for site in rows(SITE_BOOK):
        code = site["安置点编码"]
        assert (homes[code], persons[code]) == (site["安置户数"], site["安置人数"]), code


def test_the_supplementary_ledgers_are_kept_under_the_same_codes_and_names() -> None:
    main = {row["户编号"]: row["户主姓名"] for row in households()}
    for ledger in HOME_LEDGERS:
        assert {row["户编号"]: row["户主姓名"] for row in rows(ledger.file)} == main, ledger.file


def test_the_county_looks_like_a_county() -> None:
    homes, _ = county_homes(REFERENCE)
    poor = [home for home in homes if home.poor and home.approved and home.area_m2]
    mean = sum(home.area_m2 or 0 for home in poor) / sum(home.approved or 0 for home in poor)
    assert 24 < mean < 25  # Henan's own was 24.57
    concentrated = sum(home.approved or 0 for home in homes if home.mode == "集中")
    assert 0.72 < concentrated / sum(home.approved or 0 for home in homes if home.mode) < 0.80
    assert 3600 < sum(home.approved or 0 for home in homes) < 4300
    for home in homes:
        days = [day for day in (home.approved_on, home.handed_over_on, home.moved_in_on) if day]
        assert days == sorted(days) or home.code in planted("move-in", "before-key"), home.code
        assert all(date(2016, 1, 1) <= day <= date(2019, 12, 31) for day in days)


def test_values_are_written_in_the_many_ways_people_write_them() -> None:
    cells = {str(cell) for name in (SITE_BOOK, *BOOKS) for row in sheet(name) for cell in row}
    for pattern in (
        r"\d{4}年\d+月\d+日",
        r"20\d\d\.\d+\.\d+",
        r"\d+(\.\d+)?㎡",
        r"[０-９]+．[０-９]+",
        r"1,\d{3}元/平方米",
        r"√",
        r"×",
        r"是",
        r"11\d°\d\d′\d\d\.\d″",
        r"GCJ-02",
        r"合计",
    ):
        assert any(re.fullmatch(pattern, cell) for cell in cells), pattern


def test_every_position_lies_in_the_county() -> None:
    outline = county_outline(REFERENCE)
    homes, _ = county_homes(REFERENCE)
    places = [site.place for site in SITES] + [home.place for home in homes]
    assert all(outline.contains(Point(place)) for place in places if place)
    assert all(inside(outline, place) for place in TOWNSHIPS.values())


def test_gcj02_is_off_by_what_it_is_off_by_here() -> None:
    # Around Xinyang the shift is 550 to 600 m; the well-known sample point of the public formula pins it to the metre.
    assert gcj02((116.404, 39.915)) == pytest.approx((116.410244, 39.916404), abs=2e-6)


def test_an_angle_is_written_without_sixty_seconds() -> None:
    assert dms(114.905) == "114°54′18.0″"
    assert dms(31.99999) == "32°00′00.0″"


def test_the_cells_to_be_refused_hold_what_the_list_says() -> None:
    for one in PLANTS["refused"]:
        cells = CalamineWorkbook.from_path(str(DEMO / one["file"])).get_sheet_by_name(one["sheet"]).to_python()
        column, row = ord(one["cell"][0]) - ord("A"), int(one["cell"][1:]) - 1
        assert cells[row][column] == one["value"], one["cell"]
    assert {one["cell"] for one in PLANTS["refused"] if one["file"] == HOME_BOOK} == {"B5", "F6", "F7", "K8", "B9", "I10", "J11", "H12", "B13"}


def test_the_readme_lists_every_plant_and_every_refused_cell() -> None:
    readme = (DEMO / "README.md").read_text("utf-8")
    for plant in PLANTS["plants"]:
        why = f"{plant['why']['en']}（{plant['why']['zh']}）"
        assert f"| {plant['check']} | {plant['subject_kind']} | {plant['subject'].split('/')[-1]} | {plant['outcome']} | {why} |" in readme
    for one in PLANTS["alike"]:
        which = f"{one['count']}: {one['subjects']}" if "subjects" in one else one["count"]
        assert f"| {one['check']} | {one['subject_kind']} | {which} | {one['outcome']} | {one['why']['en']}（{one['why']['zh']}） |" in readme
    for one in PLANTS["refused"]:
        assert f"| {one['cell']} |" in readme, one["cell"]
