"""The comparison as an Excel list: differences, unit types, checks and clues, files and what was not compared. Same sheet, same bytes."""

import unicodedata
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.notices import notices
from relocation.reports.tables import Table, alignment_said, differences, files, left_out, unit_types, verdicts
from relocation.reports.wording import legible, word

SHEET_ROWS = 1_048_570


def workbook(sheet: ComparisonSheet, lang: str) -> bytes:
    """Return the workbook; texts of the drawings are written as texts, so that none is taken for a formula."""
    import xlsxwriter  # late: only who asks for Excel waits for it

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2016, 9, 22)})  # noqa: DTZ001 - a fixed day: same sheet, same bytes
    looks = {
        "head": {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True, "valign": "top"},
        "cell": {"text_wrap": True, "valign": "top", "align": "left"},
        "title": {"bold": True, "font_size": 13},
    }
    styles = {name: book.add_format(look) for name, look in looks.items()}
    _sheet(
        book,
        styles,
        word("summary", lang),
        [unit_types(sheet, lang), *verdicts(sheet, lang), *left_out(sheet, lang)],
        _heading(sheet, lang),
    )
    _sheet(book, styles, word("differences", lang), [differences(sheet, lang)])
    _sheet(book, styles, word("files", lang), [files(sheet, lang)])
    book.close()
    return made.getvalue()


def _heading(sheet: ComparisonSheet, lang: str) -> list[str]:
    names = f"{sheet.old.name} → {sheet.new.name}"
    settled = [] if sheet.comparison.unit_m is not None else [word("unit_unknown", lang)]
    day = [word("made_on", lang, day=sheet.made_on.isoformat())] if sheet.made_on else []
    day += [word("anchor", lang, line=sheet.anchor)] if sheet.anchor else []
    return [sheet.title or word("title", lang), names, *day, alignment_said(sheet, lang), *settled, *notices(sheet, lang)]


def _sheet(book: Any, styles: dict[str, Any], name: str, tables: list[Table], heading: list[str] | None = None) -> None:
    page = book.add_worksheet(name)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    row = 0
    for number, said in enumerate(heading or []):
        page.write_string(row, 0, legible(said), styles["title"] if number == 0 else None)
        row += 1
    alone, widths = len(tables) == 1, tables[0].widths
    for table in tables:
        if not alone:
            page.write_string(row + 1, 0, table.title, styles["title"])
            row += 2
        row = _table(page, styles, table, row, widths)
    if alone:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, max(row - 1, 0), len(tables[0].headings) - 1)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


LINE_PT, MOST_PT = 16.5, 400.0
"""Height of a line, and the greatest height of a row that spreadsheets take."""


def _table(page: Any, styles: dict[str, Any], table: Table, row: int, widths: tuple[float, ...]) -> int:
    """Write a table. One that has fewer columns than the sheet stands in the widths of another: its last text runs over all that are left."""
    last = len(table.headings) - 1
    spans = [*widths[:last], sum(widths[last:])]
    for number, cells in enumerate([table.headings, *(table.rows[:SHEET_ROWS] or [(table.empty,)])]):
        height = max((lines_taken(cell, span) for cell, span in zip(cells, spans, strict=False) if isinstance(cell, str)), default=1)
        page.set_row(row, min(height * LINE_PT, MOST_PT))
        style = styles["cell" if number else "head"]
        for column, cell in enumerate(cells):
            if column == last and last + 1 < len(widths):
                page.merge_range(row, column, row, len(widths) - 1, "", style)
            if isinstance(cell, str):
                page.write_string(row, column, legible(cell), style)
            elif cell is not None:
                page.write_number(row, column, cell, style)
        row += 1
    return row


def lines_taken(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters, of which a Chinese one is two, and a little more for uneven ends."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(1, ceil(taken * 1.08 / max(width - 1, 1)))
