"""The list as a workbook: numbers are numbers, texts are texts, both languages."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from relocation.reports.comparison import rendered
from relocation.reports.comparison_sheet import Judged
from tests.reports.examples import example
from tests.reports.hostile import NASTY, hostile


def rows(made: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize(("lang", "summary", "listed", "files"), [("zh", "概要", "差异", "文件"), ("en", "Summary", "Differences", "Files")])
def test_the_workbook_has_a_summary_and_a_row_a_difference(lang: str, summary: str, listed: str, files: str):
    made = rendered(example(), ".xlsx", lang)
    found = rows(made, listed)
    assert len(found) == 1 + 4
    assert found[1][0] == 1  # group, a number
    assert found[1][6] == 0.6  # moved, metres
    flat = [cell for row in rows(made, summary) for cell in row]
    assert {54.8, 27.4, 25} <= {cell for cell in flat if isinstance(cell, float)}
    assert "0" * 64 in [cell for row in rows(made, files) for cell in row]


def test_hostile_cells_are_texts_never_formulas_or_links():
    made = rendered(hostile(), ".xlsx", "zh")
    with ZipFile(BytesIO(made)) as book:
        inside = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, text in inside.items() if "<f>" in text or "<hyperlink" in text or 'TargetMode="External"' in text]
    flat = [cell for row in rows(made, "概要") for cell in row]
    assert NASTY[10] in flat  # =cmd|…


def test_a_list_without_rows_says_that_there_are_none_and_a_place_what_it_is():
    sheet = replace(example(), verdicts=(), lineage=())
    found = rows(rendered(sheet, ".xlsx", "zh"), "概要")
    title = next(at for at, row in enumerate(found) if row[0] == "检查")
    assert found[title + 2][0] == "无"
    assert "位置 x, y（设计图坐标，m）" in rows(rendered(sheet, ".xlsx", "zh"), "差异")[0]
    refused = replace(sheet, comparison=replace(sheet.comparison, alignments=(), differences=(), change_sets=()))
    assert "并不是没有差异" in str(rows(rendered(refused, ".xlsx", "zh"), "差异")[1][0])


def test_a_long_sentence_is_wrapped_over_the_width_of_the_sheet_in_a_row_high_enough_for_it():
    long = Judged("drawing-lineage", "review", {"zh": "线索" * 300, "en": "clue " * 300})
    made = rendered(replace(example(), lineage=(long,)), ".xlsx", "zh")
    with ZipFile(BytesIO(made)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(height) for height in re.findall(r'<row [^>]* ht="([0-9.]+)"', page)]
    assert max(heights) >= 8 * 15  # 1200 columns in some 140
    assert re.search(r'<mergeCell ref="B[0-9]+:J[0-9]+"/>', page)
