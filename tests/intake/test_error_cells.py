"""Failed formulas: a cell that shows #DIV/0! had a value to give, so it is refused and never read as missing."""

from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from relocation.intake import write_refused
from tests.intake.ledgers import HOME_HEADINGS, bare_workbook, homes, ledger, refusals

SHOWN = ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
HEADINGS = [*HOME_HEADINGS, "安置住房面积", "核定日期", "安置方式", "备注", "毛估"]


def failing(path: Path, cells: dict[tuple[int, int], str], rows: int = 4) -> Path:
    """Write `rows` households; the cells named (row and column from 0) hold formulas whose kept result is an error."""
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("封面").write(0, 0, "某县")
    sheet = book.add_worksheet("户")
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"H{row}", f"户{row}", "甲乡", "乙村", 50, "2018-03-05", "集中", "说明", 1])
    for (row, column), text in cells.items():
        sheet.write_formula(row, column, "=A1/0", None, text)
    book.close()
    return path


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("column", range(8))
def test_every_error_in_every_recognised_column_is_refused_at_its_address(tmp_path: Path, shown: str, column: int) -> None:
    read = ledger(failing(tmp_path / "a.xlsx", {(2, column): shown}))
    assert [(one.code, one.cell, one.value) for one in read.refusals] == [("error-cell", f"{'ABCDEFGH'[column]}3", shown)]
    assert (read.read, len(read.records)) == (4, 3)
    assert shown in read.refusals[0].reason("zh")


def test_errors_in_columns_that_are_not_read_do_not_matter(tmp_path: Path) -> None:
    read = ledger(failing(tmp_path / "a.xlsx", {(2, 8): "#DIV/0!"}))
    assert (read.refusals, len(read.records)) == ((), 4)


def test_formulas_dragged_down_below_the_data_are_left_out_and_said(tmp_path: Path) -> None:
    read = ledger(failing(tmp_path / "a.xlsx", {(row, 4): "#DIV/0!" for row in range(5, 30)}))
    assert (read.refusals, read.read) == ((), 4)
    assert [note.facts["count"] for note in read.notes if note.code == "rows-errors"] == [25]


def test_a_row_known_only_by_an_error_is_still_a_record(tmp_path: Path) -> None:
    read = ledger(failing(tmp_path / "a.xlsx", {(2, column): "#N/A" for column in range(8)}))
    assert (read.read, len(read.records), {one.row for one in read.refusals}) == (4, 3, {3})


def test_errors_copied_as_text_are_refused_too(tmp_path: Path) -> None:
    read = homes(tmp_path, ["安置住房面积", "备注"], ["#N/A", ""], [" #ref! ", ""], [50, "#VALUE!"], [50, "#1 楼"])
    assert [one.cell for one in read.refusals] == ["E2", "E3", "F4"]
    assert read.records.remark.tolist() == ["#1 楼"]
    (tmp_path / "a.csv").write_text("户编号,户主姓名,乡镇,安置住房面积\nH1,户,甲,#N/A\nH2,户二,甲,50\n", "utf-8")
    assert [one.code for one in refusals(tmp_path / "a.csv")] == ["error-cell"]


def test_errors_in_positions_are_refused(tmp_path: Path) -> None:
    read = homes(tmp_path, ["经度", "纬度"], ["#N/A", 32], [114.9, 32], crs="WGS84")
    assert [(one.code, one.cell) for one in read.refusals] == [("error-cell", "E2")]


HAND_MADE = {
    "single quotes": b"<row r='2'><c r='A2' t='str'><v>A1</v></c><c r='B2' t='e' ><v>#REF!</v></c></row>",
    "a prefix": b'<x:row r="2"><x:c r="A2" t="str"><x:v>A1</x:v></x:c><x:c t="e" r="B2"><x:f>1/0</x:f><x:v>#REF!</x:v></x:c></x:row>',
    "no addresses": b'<row r="2"><c t="str"><v>A1</v></c><c t="e"><v>#REF!</v></c></row>',
    "blanks": b'<row r="2"><c r="A2" t="str"><v>A1</v></c><c r="B2" s="1" t="e"> <f ca="1">x</f> <v>#REF!</v></c></row>',
}


@pytest.mark.parametrize("way", HAND_MADE)
def test_errors_are_found_however_the_cell_is_written(tmp_path: Path, way: str) -> None:
    heading = b'<row r="1"><c r="A1" t="str"><v>\xe5\xae\x89\xe7\xbd\xae\xe7\x82\xb9\xe7\xbc\x96\xe7\xa0\x81</v></c><c r="B1" t="str"><v>\xe5\xae\x89\xe7\xbd\xae\xe7\x82\xb9\xe5\x90\x8d\xe7\xa7\xb0</v></c></row>'
    found = refusals(bare_workbook(tmp_path / "a.xlsx", heading + HAND_MADE[way]))
    assert [(one.code, one.cell, one.value) for one in found] == [("error-cell", "B2", "#REF!")]


def test_an_error_is_found_wherever_the_blocks_of_the_guard_are_cut(tmp_path: Path) -> None:
    # some three megabytes of sheet, an error in each row
    rows = 30_000
    read = ledger(failing(tmp_path / "a.xlsx", {(row, 4): "#DIV/0!" for row in range(1, rows + 1)}, rows))
    assert {one.value for one in read.refusals} == {"#DIV/0!"}
    assert [one.row for one in read.refusals] == list(range(2, rows + 2))


def test_the_workbook_of_refused_rows_shows_the_error(tmp_path: Path) -> None:
    path = failing(tmp_path / "a.xlsx", {(2, 4): "#DIV/0!"})
    write_refused(tmp_path / "out.xlsx", path, ledger(path).refusals, "zh")
    rows = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["H2", "户2", "甲乡", "乙村", "#DIV/0!"]
