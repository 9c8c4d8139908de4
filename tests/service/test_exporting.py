"""Exports: the same findings give the same bytes, and no cell is ever run by a spreadsheet."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.vocabulary import HOUSEHOLD
from relocation.service import Store, Trouble, exporting, findings
from relocation.store.frames import read_records

FORMS = list(exporting.FORMATS)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_findings_give_the_same_bytes(county: Store, tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        exporting.export(county, form, tmp_path / name, "zh", outcome=("fail", "review"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_no_export_holds_an_id_number_or_a_whole_name(county: Store, form: str) -> None:
    with county.reading() as connection:
        homes = read_records(connection, HOUSEHOLD)
    personal = [(number, name) for number, name in zip(homes.id_number, homes.head_name, strict=True) if len(name) > 1]
    assert sum(bool(number) for number, _ in personal) > 1000
    raw = exporting.exported(county, form, "zh")
    text = (
        "".join(zipfile.ZipFile(io.BytesIO(raw)).read(name).decode() for name in zipfile.ZipFile(io.BytesIO(raw)).namelist())
        if form == "xlsx"
        else raw.decode()
    )
    assert not [number for number, _ in personal if number and number in text]
    assert not {name for _, name in personal if name in text}


def test_json_is_the_contract_and_holds_every_finding(county: Store) -> None:
    document = json.loads(exporting.exported(county, "json", "en"))
    assert set(document) == {"as_of", "counts", "findings"}
    kept = sum(number for check, numbers in document["counts"].items() for outcome, number in numbers.items())
    passing = sum(document["counts"][check]["pass"] for check in ("living-area", "old-house"))
    assert kept - passing >= len([one for one in document["findings"] if one["outcome"] != "pass"])
    assert {one["outcome"] for one in document["findings"]} == {"pass", "fail", "review", "no-data", "not-applicable"}


def test_geojson_places_sites_and_keeps_areas_without_a_place(county: Store) -> None:
    features = json.loads(exporting.exported(county, "geojson", "zh", check="unit-cost"))["features"]
    assert any(feature["geometry"] and 113 < feature["geometry"]["coordinates"][0] < 116 for feature in features)
    areas = json.loads(exporting.exported(county, "geojson", "zh", kind="area"))["features"]
    assert areas and all(feature["geometry"] is None for feature in areas)


def test_a_workbook_holds_no_formula_and_no_link(store: Store, tmp_path: Path) -> None:
    _hostile(store, tmp_path)
    with zipfile.ZipFile(io.BytesIO(exporting.exported(store, "xlsx", "zh"))) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    assert "<f>" not in sheets and "hyperlink" not in sheets and "HYPERLINK" in sheets


def test_a_text_table_has_no_cell_that_begins_like_a_formula(store: Store, tmp_path: Path) -> None:
    _hostile(store, tmp_path)
    cells = [cell for row in csv.reader(io.StringIO(exporting.exported(store, "csv", "zh").decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t")) or (cell.startswith("-") and not cell[1:2].isdigit())]


def _hostile(store: Store, tmp_path: Path) -> None:
    from datetime import date

    from relocation.service import checking
    from relocation.service.importing import import_files
    from tests.service.conftest import NOW, SITES

    path = tmp_path / "点.csv"
    path.write_text(f'{SITES}\nS1,"=HYPERLINK(""http://x"")",+1+1,114.91,32.01,2017-03-05,20\nS2,@SUM(A1),-2,114.91,32.01,2017-03-05,20\n', "utf-8")
    import_files(store, [path], now=NOW, county="411522", crs="WGS84")
    checking.check(store, as_of=date(2019, 12, 31), now=NOW)


@given(st.text(max_size=12))
def test_taking_the_apostrophe_off_gives_the_text_back(text: str) -> None:
    cell = exporting.harmless(text)
    assert (cell.removeprefix("'")) == text
    assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(county: Store, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused:
        exporting.export(county, "csv", tmp_path / "no" / "such" / "folder.csv", "zh")
    assert refused.value.code == "out-unwritable"


def test_a_filter_holds_in_every_format(county: Store) -> None:
    number = len(findings.findings(county, outcome="fail", limit=1000).findings)
    assert len(json.loads(exporting.exported(county, "json", "zh", outcome="fail"))["findings"]) == number
    assert exporting.exported(county, "csv", "zh", outcome="fail").decode().count("\r\n") == number + 1


def test_a_table_of_findings_has_no_number_with_more_than_six_decimals(county: Store) -> None:
    rows = list(csv.reader(io.StringIO(exporting.exported(county, "csv", "zh").decode("utf-8-sig"))))[1:]
    numbers = [cell for row in rows for cell in row[7:9] if cell]
    assert numbers and not [one for one in numbers if len(one.partition(".")[2]) > 6 or "e" in one]


def test_the_workbook_prints_on_one_page_across(county: Store, tmp_path: Path) -> None:
    exporting.export(county, "xlsx", tmp_path / "f.xlsx", "zh", check="living-area", outcome="fail")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").active  # noqa: TID251 - an oracle of its own
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
