"""The comparison as an Excel list: differences, unit types, checks and clues, files and what was not compared. Same sheet, same bytes."""

from datetime import datetime
from io import BytesIO
from typing import Any

from relocation.reports.comparison_sheet import ComparisonSheet
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
        "head": {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True},
        "cell": {"text_wrap": True, "valign": "top"},
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
    return [sheet.title or word("title", lang), names, alignment_said(sheet, lang), *settled]


def _sheet(book: Any, styles: dict[str, Any], name: str, tables: list[Table], heading: list[str] | None = None) -> None:
    page = book.add_worksheet(name)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    row = 0
    for number, said in enumerate(heading or []):
        page.write_string(row, 0, legible(said), styles["title"] if number == 0 else None)
        row += 1
    alone = len(tables) == 1
    for table in tables:
        if not alone:
            page.write_string(row + 1, 0, table.title, styles["title"])
            row += 2
        row = _table(page, styles, table, row)
    if alone:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, max(row - 1, 0), len(tables[0].headings) - 1)
    for column, width in enumerate(tables[0].widths):
        page.set_column(column, column, width)


MANY = 2
"""A table of two columns stands in columns made for another: its text runs on and is not wrapped."""


TWO_LINES_PT = 32
"""Height of a row of headings, which wrap."""


def _table(page: Any, styles: dict[str, Any], table: Table, row: int) -> int:
    if len(table.headings) > MANY:
        page.set_row(row, TWO_LINES_PT)
    for column, heading in enumerate(table.headings):
        page.write_string(row, column, heading, styles["head"])
    for cells in table.rows[:SHEET_ROWS]:
        row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, column, legible(cell), styles["cell"] if len(table.headings) > MANY else None)
            elif cell is not None:
                page.write_number(row, column, cell, styles["cell"])
    return row + 1
