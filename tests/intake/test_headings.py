"""Headings where staff put them: lower down, in two rows, with units, with rows that are no records around them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.records import RecordKind
from checks.vocabulary import HOUSEHOLD, WORKBOOKS
from relocation.intake import Unusable, template, write_refused
from relocation.intake.blank import heading
from relocation.intake.reading import read_file as read_all
from tests.intake.ledgers import HOME_HEADINGS, ledger, refusals, workbook


@pytest.mark.parametrize("above", range(10))
def test_the_heading_may_stand_in_any_of_the_first_ten_rows(tmp_path: Path, above: int) -> None:
    rows = [["光山县搬迁台账"]] * min(above, 1) + [[]] * max(above - 1, 0) + [HOME_HEADINGS, ["H001", "户一", "文殊乡", "陈岗村"]]
    read = ledger(workbook(tmp_path / "a.xlsx", rows))
    assert (read.kind, read.row_numbers.tolist()) == (HOUSEHOLD, [above + 2])


def test_a_two_row_heading_with_merged_groups_titles_units_totals_and_notes(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["某县易地扶贫搬迁住房台账"],
        ["单位：万元、㎡"],
        ["序号", "户编号", "户主姓名", "乡镇", "安置住房面积", "集中", None, "分散", "备注"],
        [None, None, None, None, None, "有无院坝", "安置点名称", "是否入住", None],
        ["栏次", 1, 2, 3, 4, 5, 6, 7, 8],
        [1, "H001", "户一", "文殊乡", 75, "是", "甲点", "", ""],
        [2, "H002", "户二", "文殊乡", 100, "是", "甲点", "", ""],
        ["小计", None, None, None, 175],
        [3, "H003", "户三", "晏河乡", 50, "", "", "是", ""],
        ["合计", None, None, None, 225],
        ["注：数据截至2018年12月31日"],
        ["填表人：", "某某", "审核人：", "某某"],
    ]
    merges = [(0, 0, 0, 8, rows[0][0]), (2, 5, 2, 6, "集中"), *((2, at, 3, at, rows[2][at]) for at in (0, 1, 2, 3, 4, 8))]
    rows[4] = [None, "甲", "乙", 1, 2, 3, 4, 5, 6]
    read = ledger(workbook(tmp_path / "a.xlsx", rows, merges=merges))
    assert read.records.code.tolist() == ["H001", "H002", "H003"]
    assert read.row_numbers.tolist() == [6, 7, 9]
    assert read.letters["site_name"] == "G"
    assert {(note.code, note.row) for note in read.notes if note.row} == {
        ("row-title", 1), ("row-title", 2), ("row-numbers", 5), ("row-total", 8), ("row-total", 10), ("row-note", 11), ("row-note", 12),
    }  # fmt: skip
    unknown = " ".join(str(note.facts["heading"]) for note in read.notes if note.code == "column-unknown")
    assert "有无院坝" in unknown
    assert read.records.stored("moved_in").tolist() == [-1, -1, 1]
    assert not read.refusals


def test_a_unit_row_below_the_heading_is_applied_and_reported(tmp_path: Path) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [["安置点编码", "安置点名称", "总投资", "总建筑面积"], [None, None, "万元", "㎡"], ["A1", "点", 20, 100]]))
    assert (read.records.all_in_cost_yuan[0], read.records.building_area_m2[0]) == (200_000, 100)
    assert ("row-unit", 2) in {(note.code, note.row) for note in read.notes}


def test_a_unit_line_above_the_heading_holds_for_columns_without_one(tmp_path: Path) -> None:
    read = ledger(
        workbook(
            tmp_path / "a.xlsx", [["安置点汇总表"], ["", "", "单位：万元"], ["安置点编码", "安置点名称", "总投资", "住房投资(元)"], ["A1", "点", 20, 150000]]
        )
    )
    assert (read.records.all_in_cost_yuan[0], read.records.building_cost_yuan[0]) == (200_000, 150_000)


@pytest.mark.parametrize("spelling", ["安置住房面积", " 安置 住房\n面积 ", "安置住房面积（㎡）", "＊安置住房面积", "FLOOR_AREA_M2", "安置房面积(平方米)"])
def test_width_case_and_blanks_do_not_matter(tmp_path: Path, spelling: str) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [[*HOME_HEADINGS, spelling], ["H001", "户一", "甲乡", "乙村", 50]]))
    assert read.records.floor_area_m2.tolist() == [50]


def test_text_merged_downwards_belongs_to_every_row_it_covers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HOME_HEADINGS, ["H001", "户一", None, "甲村"], ["H002", "户二", None, "乙村"]]
    read = ledger(workbook(tmp_path / "a.xlsx", rows, merges=[(1, 2, 2, 2, "文殊乡")]))
    assert read.records.township.tolist() == ["文殊乡", "文殊乡"]


def test_two_headings_of_one_meaning_keep_the_main_one_and_say_so(tmp_path: Path) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [[*HOME_HEADINGS, "搬迁人口", "核定搬迁人口"], ["H001", "户一", "甲乡", "乙村", 5, 4]]))
    assert read.records.approved_persons.tolist() == [4]
    assert "column-spare" in {note.code for note in read.notes}


def test_sites_without_codes_are_known_by_township_and_name(tmp_path: Path) -> None:
    read = ledger(workbook(tmp_path / "a.xlsx", [["安置点名称", "乡镇", "安置户数"], ["甲点", "文殊乡", 20]]))
    assert read.records.code.tolist() == ["文殊乡/甲点"]
    assert "code-made-site" in {note.code for note in read.notes}


def test_made_household_codes_hold_no_name_and_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    head, rows = ["乡镇", "行政村", "户主姓名", "安置住房面积"], [["甲乡", "乙村", "户一", 50], ["甲乡", "乙村", "户二", 75]]
    first = ledger(workbook(tmp_path / "a.xlsx", [head, *rows])).records
    second = ledger(workbook(tmp_path / "b.xlsx", [head, *rows[::-1]])).records
    assert first.code.tolist() == second.code.tolist()[::-1]
    assert not any("户" in code for code in first.code)


def test_both_rows_of_a_double_code_name_each_other(tmp_path: Path) -> None:
    found = refusals(workbook(tmp_path / "a.xlsx", [HOME_HEADINGS, ["H1", "户一", "甲", "乙"], ["H2", "户二", "甲", "乙"], ["H1", "户三", "甲", "乙"]]))
    assert [(refusal.cell, refusal.facts["other"]) for refusal in found] == [("A2", 4), ("A4", 2)]


def test_several_sheets_are_read_and_others_reported(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, rows in {
        "封面": [["某县台账"]],
        "安置点": [["安置点编码", "安置点名称"], ["A1", "点"]],
        "户": [HOME_HEADINGS, ["H1", "户一", "甲", "乙"]],
    }.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    found = read_all(tmp_path / "a.xlsx")
    assert [one.sheet for one in found] == ["安置点", "户"]
    assert "sheet-left-out" in {note.code for one in found for note in one.notes}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [HOME_HEADINGS, ["H001", "户一", "文殊乡", "陈岗村"]]
    (tmp_path / "a.csv").write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    read = ledger(tmp_path / "a.csv")
    assert read.records.township.tolist() == ["文殊乡"]
    assert read.cell("township", 0) == "C2"


@pytest.mark.parametrize("kind", WORKBOOKS.values(), ids=list(WORKBOOKS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filled_template_imports_every_column(tmp_path: Path, kind: RecordKind, lang: str) -> None:
    import openpyxl

    template(kind, tmp_path / "t.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")  # noqa: TID251 - fills in our own template
    page = book.worksheets[0]
    for cell, title in zip(page[2], page[1], strict=True):
        cell.value = {"code": "X1", "name": "测试", "head_name": "测试"}.get(next(one.name for one in kind if heading(one, lang) == title.value))
    book.save(tmp_path / "t.xlsx")
    read = ledger(tmp_path / "t.xlsx")
    assert read.kind is kind
    assert set(read.letters) == {column.name for column in kind if column.asked}
    assert not read.refusals


def test_refused_rows_can_be_mended_in_the_workbook_of_refused_rows_and_read_again(tmp_path: Path) -> None:
    import openpyxl

    rows: list[list[Any]] = [
        ["台账"],
        [*HOME_HEADINGS, "安置住房面积"],
        ["H1", "户一", "甲", "乙", -5],
        ["H2", "户二", "甲", "乙", 75],
        ["H3", "=1+1", "甲", "乙", "约80"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows)
    read = ledger(path)
    write_refused(tmp_path / "r.xlsx", path, read.refusals, "zh")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")  # noqa: TID251 - mends our own workbook
    page = book.worksheets[0]
    assert [cell.value for cell in page[4]][:5] == ["H3", "=1+1", "甲", "乙", "约80"]
    assert page["B4"].data_type == "s"
    assert page["F3"].value.startswith("E3：“安置住房面积”不能是负数")
    page["E3"], page["E4"] = 50, 80
    book.save(tmp_path / "r.xlsx")
    again = ledger(tmp_path / "r.xlsx")
    assert (again.records.code.tolist(), again.records.floor_area_m2.tolist()) == (["H1", "H3"], [50, 80])


def test_a_county_fills_blank_rows_and_other_counties_are_refused(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [[*HOME_HEADINGS, "县代码"], ["H1", "户一", "甲", "乙", ""], ["H2", "户二", "甲", "乙", 411521], ["H3", "户三", "甲", "乙", "411522000000"]],
    )
    read = ledger(path, county="411522")
    assert read.records.county.tolist() == ["411522", "411522"]
    assert [refusal.code for refusal in read.refusals] == ["county-differs"]


def test_empty_and_headless_workbooks_are_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        read_all(workbook(tmp_path / "a.xlsx", []))
    assert np.all([refusal.mend(lang) for refusal in refusals(workbook(tmp_path / "b.xlsx", [["甲", "乙"], [1, 2]])) for lang in ("zh", "en")])


def test_a_part_of_which_below_a_group_takes_the_groups_unit(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["安置点编码", "安置点名称", "规模", None, "投资（万元）", None],
        [None, None, "户数", "人数", "总投资", "其中：住房建设投资"],
        ["A1", "甲点", 20, 70, 500, 320],
    ]
    merges = [(0, 2, 0, 3, "规模"), (0, 4, 0, 5, "投资（万元）")]
    read = ledger(workbook(tmp_path / "a.xlsx", rows, merges=merges))
    assert (read.records.all_in_cost_yuan[0], read.records.building_cost_yuan[0]) == (5_000_000, 3_200_000)
    assert (read.records.households[0], read.records.persons[0]) == (20, 70)


def test_a_part_of_which_may_stand_in_one_row_with_its_own_unit(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["安置点编码", "安置点名称", "总投资(元)", "其中：住房建设投资（万元）", "依托情况"], ["A1", "甲点", 500, 320, "离集镇两公里"]]
    read = ledger(workbook(tmp_path / "a.xlsx", rows))
    assert (read.records.all_in_cost_yuan[0], read.records.building_cost_yuan[0]) == (500, 3_200_000)
    assert read.records.claimed_target[0] == "离集镇两公里"


def test_a_groups_unit_is_not_forced_on_what_it_does_not_measure(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["安置点编码", "安置点名称", "情况（万元）", None], [None, None, "安置户数", "总投资"], ["A1", "甲点", 20, 500]]
    read = ledger(workbook(tmp_path / "a.xlsx", rows, merges=[(0, 2, 0, 3, "情况（万元）")]))
    assert (read.records.households[0], read.records.all_in_cost_yuan[0]) == (20, 5_000_000)
