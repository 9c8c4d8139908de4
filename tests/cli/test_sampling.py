"""`relocation sample`: drawn, kept, taken along as a sheet and dossiers, brought back in; what cannot be drawn is refused with a way out."""

import json
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from relocation.visits.columns import COLUMNS
from tests.cli.conftest import HOUSEHOLDS, Run

COUNTY, FIRST_ROW = "411522", 4
AT = {column.name: number for number, column in enumerate(COLUMNS, 1)}


@pytest.fixture
def county(run: Run, tmp_path: Path) -> Run:
    """Return a runner in an office of twelve households in one county."""
    path = tmp_path / "搬迁户.csv"
    path.write_text("\n".join([HOUSEHOLDS, *(f"H{n:02},演甲,十里镇,是,4,2017-03-05,集中安置,100" for n in range(12))]) + "\n", "utf-8")
    assert run("import", path, "--county", COUNTY, "--as", "households").code == 0
    return run


def test_a_plan_is_drawn_taken_along_filled_in_and_brought_back(county: Run, tmp_path: Path):
    kept = json.loads(county("sample", "--seed", "7", "--size", "4", "--county", COUNTY, "--keep", "六月", "--json").out)
    assert kept["plan"] == f"{COUNTY}-1"
    again = json.loads(county("sample", "--seed", "7", "--size", "4", "--county", COUNTY, "--again", "--json").out)
    assert [one["code"] for one in again["households"]] == [one["code"] for one in kept["households"]]

    sheet, dossiers = tmp_path / "走访表.xlsx", tmp_path / "档案.pdf"
    assert county("sample", "sheet", kept["plan"], "-o", sheet).code == 0
    assert county("sample", "dossiers", kept["plan"], "-o", dossiers).code == 0
    assert len(pypdfium2.PdfDocument(dossiers)) == 4
    exports = [one for one in json.loads(county("log", "--json").out) if one["action"] == "export.made"]
    assert {(one["subject"], one["new"]["rows"], one["county"]) for one in exports} == {("visits.xlsx", 4, COUNTY), ("dossiers.pdf", 4, COUNTY)}

    book = openpyxl.load_workbook(sheet)  # noqa: TID251 - our own sheet, filled in as a spreadsheet program would
    page = book.worksheets[0]
    page.cell(FIRST_ROW, AT["visited_on"]).value, page.cell(FIRST_ROW, AT["measured_area_m2"]).value = "2026-11-23", "101.5"
    page.cell(FIRST_ROW + 1, AT["visited_on"]).value, page.cell(FIRST_ROW + 1, AT["measured_area_m2"]).value = "2026-11-23", "很大"
    book.save(sheet)
    looked = county("sample", "results", kept["plan"], sheet, "--dry-run", "--json")
    assert (looked.code, json.loads(looked.out)["stored"]) == (1, False)
    assert json.loads(county("sample", "show", kept["plan"], "--json").out)["scores"] == []
    brought = county("sample", "results", kept["plan"], sheet)
    assert brought.code == 1 and "走访结果 1 户" in brought.out and "很大" in brought.out
    shown = json.loads(county("sample", "show", kept["plan"], "--json").out)
    assert [one["result"]["measured_area_m2"] for one in shown["households"] if one["result"]] == [101.5]
    score = next(one for one in shown["scores"] if one["id"] == "area-a-person")
    assert score["value"] == pytest.approx(101.5 / 4)


def test_whoever_is_asked_again_is_named_with_the_day_and_the_plan(county: Run):
    assert county("sample", "--seed", "7", "--size", "6", "--county", COUNTY, "--keep", "一").code == 0
    said = county("sample", "--seed", "8", "--size", "12", "--county", COUNTY, "--again")
    told = [line for line in said.err.splitlines() if f"本系统走访计划 {COUNTY}-1" in line]
    assert "其中 6 户近期已有走访" in said.err
    assert len(told) == 6 and all("2026-11-24" in line for line in told)
    assert "另有 6 户近期已有走访，没有放进抽样" in county("sample", "--seed", "8", "--size", "3", "--county", COUNTY).err


REFUSED = (
    (("--seed", "7", "--size", "13", "--county", COUNTY), ("13", "12")),
    (("--seed", "7", "--size", "5", "--county", "411599"), ("411599", "导入")),
    (("--size", "5", "--county", COUNTY), ("--seed",)),
    (("sheet", f"{COUNTY}-9", "-o", "x.xlsx"), (f"{COUNTY}-9",)),
    (("sheet", "计划", "-o", "x.xlsx"), ("计划",)),
    (("sheet", f"{COUNTY}-1", "-o", "x.doc"), (".xlsx",)),
    (("dossiers", f"{COUNTY}-1", "-o", "x.doc"), (".pdf",)),
    (("results", f"{COUNTY}-1", "没有.xlsx"), (f"{COUNTY}-1",)),
)


def test_what_cannot_be_done_is_refused_by_name(county: Run):
    for asked, said in REFUSED:
        answer = county("sample", *asked)
        assert answer.code == 2, asked
        assert all(word in answer.err for word in said), answer.err


def test_one_household_is_not_sampled_but_named(run: Run, tmp_path: Path):
    path = tmp_path / "搬迁户.csv"
    path.write_text(f"{HOUSEHOLDS}\nH77,演甲,十里镇,是,4,2017-03-05,集中安置,100\n", "utf-8")
    assert run("import", path, "--county", COUNTY, "--as", "households").code == 0
    answer = run("sample", "--seed", "7", "--size", "1", "--county", COUNTY)
    assert answer.code == 2
    assert "H77" in answer.err
