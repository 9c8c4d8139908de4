"""A public notice as a workbook to be printed and put on a wall: one sheet, every cell a text, nothing hidden, nobody's name in its properties."""

from datetime import datetime
from io import BytesIO
from typing import Any

from relocation.notices.document import Document, Part
from relocation.reports.wording import legible
from relocation.reports.workbook import lines_taken

PAPERS = {"a4": 9, "a3": 8}
"""Numbers spreadsheets have for papers."""
FONT, HEAVY = "宋体", "黑体"
LINE_PT = 19.0
MOST_ON_A_PAGE = 25
"""A table of no more rows is fitted on one page, its last lines with it."""


def notice_workbook(made: Document, paper: str) -> bytes:
    """Return the workbook. Same notice, same bytes."""
    import xlsxwriter  # late: only who asks for Excel waits for it

    bytes_made = BytesIO()
    book = xlsxwriter.Workbook(bytes_made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": legible(made.title), "author": "", "created": datetime(made.as_of.year, made.as_of.month, made.as_of.day)})  # noqa: DTZ001 - a workbook's date has no zone
    page = book.add_worksheet("公示" if made.lang == "zh" else "Notice")
    looks = _looks(book)
    columns = max((len(part.headings) for part in made.parts), default=1)
    widths = [max((part.widths[at] for part in made.parts if at < len(part.widths)), default=10.0) for at in range(columns)]
    _set_up(page, made, paper, sum(widths))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    row = _across(page, 0, columns, made.title, looks["title"], 22.0 if len(made.title) > 24 else 26.0, widths)
    for line in made.head:
        row = _across(page, row, columns, line, looks["line"], LINE_PT, widths)
    page.repeat_rows(0, row - 1)  # each village hangs by itself and says whom to call
    breaks = []
    for part in made.parts:
        if part.apart:
            breaks.append(row)
        row = _part(page, looks, part, row, columns, widths)
    for line in made.foot:
        row = _across(page, row, columns, line, looks["foot"], 15.0, widths)
    page.set_h_pagebreaks(breaks)
    page.print_area(0, 0, row - 1, columns - 1)
    book.close()
    return bytes_made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {"font_name": FONT, "font_size": 12, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    looks = {
        "title": {"font_name": HEAVY, "font_size": 20, "align": "center", "valign": "vcenter", "text_wrap": True},
        "line": {"font_name": FONT, "font_size": 12, "text_wrap": True, "valign": "vcenter"},
        "foot": {"font_name": FONT, "font_size": 9, "text_wrap": True, "valign": "vcenter", "font_color": "#444444"},
        "village": {"font_name": HEAVY, "font_size": 14, "valign": "vcenter", "text_wrap": True},
        "head": {**cell, "bold": True, "align": "center", "bg_color": "#E7ECF1"},
        "left": {**cell, "align": "center"},
        "right": {**cell, "align": "right"},
        "left_total": {**cell, "align": "center", "bold": True},
        "right_total": {**cell, "align": "right", "bold": True},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _across(page: Any, row: int, columns: int, text: str, look: Any, line_pt: float, widths: list[float]) -> int:
    height = lines_taken(text, sum(widths) * (0.55 if line_pt > LINE_PT else 0.85 if line_pt == LINE_PT else 1.1))
    page.set_row(row, min(height * line_pt + 4, 400.0))
    if columns > 1:
        page.merge_range(row, 0, row, columns - 1, "", look)
    page.write_string(row, 0, legible(text), look)
    return row + 1


def _part(page: Any, looks: dict[str, Any], part: Part, row: int, columns: int, widths: list[float]) -> int:
    if part.title:
        row = _across(page, row, columns, part.title, looks["village"], LINE_PT + 3, widths)
    for number, cells in enumerate((part.headings, *part.rows)):
        total = part.total and number == len(part.rows)
        page.set_row(row, max(lines_taken(cell, width * 0.9) for cell, width in zip(cells, widths, strict=False)) * LINE_PT + 4)
        for column, cell in enumerate(cells):
            name = "head" if number == 0 else ("right" if column in part.right else "left") + ("_total" if total else "")
            page.write_string(row, column, legible(cell), looks[name])
        row += 1
    return _across(page, row, columns, part.note, looks["foot"], 15.0, widths) if part.note else row


def _set_up(page: Any, made: Document, paper: str, width: float) -> None:
    page.set_paper(PAPERS[paper])
    if width > 95:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, int(sum(len(part.rows) for part in made.parts) <= MOST_ON_A_PAGE and not any(part.apart for part in made.parts)))
    page.center_horizontally()
    page.set_footer(f"&L&9 {made.as_of.isoformat()}&R&9 &P / &N")  # a blank, or the day would be read as the size of the type
