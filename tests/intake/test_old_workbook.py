"""Old .xls workbooks: real BIFF8 files made by xlwt, whole, damaged, protected and renamed."""

import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from relocation.intake.guard import Guard, Limits
from relocation.intake.old_workbook import look
from relocation.intake.refusal import Unusable
from tests.intake.ledgers import CODED, HOME_HEADINGS, ledger, refusals, workbook

DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
Merge = tuple[int, int, int, int, Any]


def book(rows: Sequence[Sequence[Any]], *, merges: Sequence[Merge] = (), since_1904: bool = False, before: int = 0) -> xlwt.Workbook:
    """Return a workbook; ("day", n) is a day number in date format, ("error", n) a failed formula; `before` further sheets come first."""
    made = xlwt.Workbook(encoding="utf-8")
    made.dates_1904 = since_1904
    for number in range(before):
        made.add_sheet(f"封面{number}").write(0, 0, "某县")
    sheet = made.add_sheet("台账")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, tuple) and cell[0] == "error":
                sheet.row(at).set_cell_error(place, cell[1])
            elif isinstance(cell, tuple):
                sheet.write(at, place, cell[1], DAY)
            elif cell != "":
                sheet.write(at, place, cell)
    for top, left, bottom, right, text in merges:
        sheet.write_merge(top, bottom, left, right, text)
    return made


def saved(path: Path, made: xlwt.Workbook) -> Path:
    made.save(str(path))
    return path


def test_an_ordinary_ledger(tmp_path: Path) -> None:
    headings = [*HOME_HEADINGS, "核定搬迁人口", "安置住房面积(㎡)", "是否建档立卡", "安置方式"]
    rows = [[f"H{at:04}", f"户{at}", "文殊乡", "陈岗村", 4, 99.5, "是", "集中安置"] for at in range(1, 400)]
    read = ledger(saved(tmp_path / "a.xls", book([["某县搬迁户台账"], headings, *rows, ["合计", "", "", "", 1596, 39700.5]])))
    assert (read.kind.id, read.read, read.refusals, read.sheet) == ("household", 399, (), "台账")
    assert read.row_numbers.tolist() == list(range(3, 402))
    assert read.records.approved_persons.sum() == 399 * 4
    assert read.cell("floor_area_m2", 0) == "F3"
    assert {note.row for note in read.notes if note.code == "row-total"} == {402}


def test_days_as_dates_numbers_and_texts(tmp_path: Path) -> None:
    rows = [[f"H{at}", "户", "甲", "乙", cell] for at, cell in enumerate([("day", 43164), 43164, 20180305, "2018年3月5日", "2018.3"])]
    read = ledger(saved(tmp_path / "a.xls", book([[*HOME_HEADINGS, "入住日期"], *rows])))
    assert read.records.moved_in_on.tolist() == [np.datetime64("2018-03-05").item()] * 4 + [None]
    assert "E6" in next(note for note in read.notes if note.code == "day-left-blank").text("zh")


def test_days_counted_from_1904(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["A1", "点", ("day", 41702)], ["A2", "点二", 41702]]  # 5 March 2018 is day 41,702 there
    read = ledger(saved(tmp_path / "a.xls", book([[*CODED, "批复日期"], *rows], since_1904=True)))
    assert read.records.approved_on.tolist() == [np.datetime64("2018-03-05").item()] * 2


def test_an_id_number_kept_as_a_number_is_refused_and_masked(tmp_path: Path) -> None:
    read = ledger(saved(tmp_path / "a.xls", book([[*HOME_HEADINGS, "身份证号"], ["H1", "户", "甲", "乙", 990105194912310021.0]])))
    assert [(one.code, one.cell) for one in read.refusals] == [("id-float", "E2")]
    assert "19491231" not in read.refusals[0].value


def test_a_heading_of_two_rows_with_merged_groups(tmp_path: Path) -> None:
    merges: list[Merge] = [(0, 0, 1, 0, "户编号"), (0, 1, 1, 1, "户主姓名"), (0, 2, 0, 3, "迁出地"), (0, 4, 0, 5, "安置住房")]
    rows: list[list[Any]] = [[], ["", "", "乡镇", "行政村", "建筑面积(㎡)", "套内面积(㎡)"], ["H1", "户一", "文殊乡", "陈岗村", 100, 80]]
    read = ledger(saved(tmp_path / "a.xls", book(rows, merges=merges)))
    assert read.letters == {"code": "A", "head_name": "B", "township": "C", "village": "D", "floor_area_m2": "E", "net_area_m2": "F"}
    assert (read.records.floor_area_m2[0], read.records.net_area_m2[0]) == (100, 80)


@pytest.mark.parametrize("before", [0, 2])
def test_failed_formulas_are_refused(tmp_path: Path, before: int) -> None:
    numbers = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
    known = [number for number in numbers if number != 0x0F]  # the writer does not know this one
    rows = [[f"H{at}", "户", "甲", "乙", ("error", number)] for at, number in enumerate(known)]
    read = ledger(saved(tmp_path / "a.xls", book([[*HOME_HEADINGS, "安置住房面积"], *rows, ["H9", "户", "甲", "乙", 50]], before=before)))
    assert [(one.code, one.cell, one.value) for one in read.refusals] == [("error-cell", f"E{at}", numbers[number]) for at, number in enumerate(known, 2)]
    assert len(read.records) == 1


def test_the_kept_result_of_a_formula_may_be_an_error() -> None:
    # A FORMULA record: row, column, format, the kept result (type 2: error 0x07), flags, then the formula itself.
    cell = struct.pack("<HHHBBBBBBHHIH", 4, 2, 0, 2, 0, 7, 0, 0, 0, 0xFFFF, 0, 0, 0)
    opening, end = b"\x09\x08\x10\x00" + b"\x00\x06\x10\x00" + bytes(12), b"\x0a\x00\x00\x00"
    sheet = struct.pack("<HHIH", 0x85, 6, len(opening) + 10 + len(end), 0)
    stream = opening + sheet + end + opening + struct.pack("<HH", 6, len(cell)) + cell + end
    assert look(packed(stream), Guard(Path("a.xls"), "a.xls")).errors == {0: {(4, 2): "#DIV/0!"}}


def packed(stream: bytes) -> bytes:
    """Return a compound file with that workbook stream."""
    out = io.BytesIO()
    XlsDoc().save(out, stream)
    return out.getvalue()


def small(rows: int = 60) -> xlwt.Workbook:
    return book([HOME_HEADINGS, *[[f"H{at}", f"户{at}", "甲", "乙"] for at in range(rows)]])


def test_a_protected_workbook_says_so(tmp_path: Path) -> None:
    stream = small().get_biff_data()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    stream = stream[:first] + struct.pack("<HH", 0x2F, 6) + b"\x00\x00\x01\x02\x03\x04" + stream[first:]  # FILEPASS stands right behind the opening
    (tmp_path / "a.xls").write_bytes(packed(stream))
    assert [one.code for one in refusals(tmp_path / "a.xls")] == ["file-protected"]


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_short_is_refused_whole(tmp_path: Path, share: float) -> None:
    content = saved(tmp_path / "whole.xls", small(2_000)).read_bytes()
    (tmp_path / "a.xls").write_bytes(content[: int(len(content) * share)])
    assert [one.code for one in refusals(tmp_path / "a.xls")] in (["file-truncated"], ["not-a-workbook"])


def test_a_chain_of_sectors_that_runs_in_circles_ends(tmp_path: Path) -> None:
    content = bytearray(saved(tmp_path / "whole.xls", small(2_000)).read_bytes())
    table = 512 * (struct.unpack_from("<I", content, 76)[0] + 1)
    content[table : table + 512] = struct.pack("<128I", *[(at + 1) % 64 for at in range(128)])
    (tmp_path / "a.xls").write_bytes(content)
    assert [one.code for one in refusals(tmp_path / "a.xls")] in (["file-truncated"], ["not-a-workbook"])


def test_a_used_area_the_parser_could_not_hold_is_refused() -> None:
    made = book([["x"]])
    made.get_sheet(0).write(65_535, 255, "x")
    with pytest.raises(Unusable) as unusable:
        look(packed(made.get_biff_data()), Guard(Path("a.xls"), "a.xls", Limits(box=10_000_000)))
    assert unusable.value.refusal.code == "used-area"
    assert "IV65536" in unusable.value.refusal.reason("zh")


def test_what_was_only_renamed_is_told_apart(tmp_path: Path) -> None:
    old = saved(tmp_path / "a.xls", small()).read_bytes()
    new = workbook(tmp_path / "b.xlsx", [HOME_HEADINGS, ["H1", "户", "甲", "乙"]]).read_bytes()
    for name, content, codes in [
        ("表.et", old, ["format-unknown"]),  # WPS keeps its own format in the same container
        ("由et改名.xls", old, []),
        ("由xls改名.xlsx", old, ["suffix-differs"]),
        ("由xlsx改名.xls", new, ["suffix-differs"]),
        ("由doc改名.xls", packed(b"x" * 9000).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")), ["not-a-workbook"]),
    ]:
        (tmp_path / name).write_bytes(content)
        assert [one.code for one in refusals(tmp_path / name)] == codes, name
