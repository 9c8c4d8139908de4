"""The list as a workbook: numbers are numbers, texts are texts, both languages."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from relocation.reports.comparison import rendered
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
