"""The visiting sheet: what the register says is locked, what is found on the spot is open; every cell is text, none can be a formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from relocation.visits.columns import COLUMNS

HEADING_ROW = 2
FONT = "宋体"


@dataclass(frozen=True, slots=True)
class VisitPages:
    """What stands in the workbook: title, the line below it, a row of cells for each household, the day it is of."""

    title: str
    below: str
    rows: Sequence[Mapping[str, str]]
    as_of: date


def visit_workbook(pages: VisitPages, lang: str) -> bytes:
    """Return the workbook. Same pages, same bytes."""
    import xlsxwriter  # late: only who asks for Excel waits for it

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": pages.title, "created": datetime(pages.as_of.year, pages.as_of.month, pages.as_of.day)})  # noqa: DTZ001 - a workbook's date has no zone
    page = book.add_worksheet("走访表" if lang == "zh" else "Visits")
    looks = _looks(book)
    _set_up(page, len(pages.rows), pages.as_of)
    last = sum(not column.hidden for column in COLUMNS) - 1
    page.merge_range(0, 0, 0, last, pages.title, looks["title"])
    page.merge_range(1, 0, 1, last, pages.below, looks["below"])
    page.set_row(0, 28)
    page.set_row(1, 30)
    page.set_row(HEADING_ROW, 42)
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        page.write_string(HEADING_ROW, at, column.heading(lang), looks["head"])
        if column.yes and column.no and pages.rows:
            words = [column.yes[lang != "zh"], column.no[lang != "zh"]]
            page.data_validation(HEADING_ROW + 1, at, HEADING_ROW + len(pages.rows), at, {"validate": "list", "source": words, "show_error": False})
    for row, cells in enumerate(pages.rows, HEADING_ROW + 1):
        page.set_row(row, 30)
        for at, column in enumerate(COLUMNS):
            page.write_string(row, at, cells.get(column.name, ""), looks["hidden" if column.hidden else "open" if column.filled else "locked"])
    page.autofilter(HEADING_ROW, 0, HEADING_ROW + max(len(pages.rows), 1), last)
    book.close()
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {"font_name": FONT, "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    looks = {
        "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
        "below": {"font_name": FONT, "font_size": 9, "align": "left", "valign": "vcenter", "text_wrap": True},
        "head": {**cell, "bold": True, "align": "center", "bg_color": "#E7ECF1"},
        "locked": {**cell, "align": "center", "bg_color": "#F6F6F4"},
        "open": {**cell, "align": "left", "locked": False},
        "hidden": {"font_size": 8, "num_format": "@"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _set_up(page: Any, rows: int, as_of: date) -> None:
    page.set_paper(9)  # A4
    page.set_landscape()
    page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEADING_ROW)
    page.set_footer(f"&L{as_of.isoformat()}&C&P / &N")
    page.freeze_panes(HEADING_ROW + 1, 3)
    page.print_area(0, 0, HEADING_ROW + max(rows, 1), sum(not column.hidden for column in COLUMNS) - 1)
    page.protect(
        "", dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells"), True)
    )
