"""The workbook of refused rows: each row as it stood, then why it was refused and how to mend it."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checks.vocabulary import WORKBOOKS
from relocation.intake.guard import Guard
from relocation.intake.refusal import Refusal
from relocation.intake.sheet import Row, Sheet
from relocation.intake.values import text_of

_HEADINGS = {"zh": ("原因", "如何改正"), "en": ("Reason", "How to mend it")}
_VECTORS = frozenset({".geojson", ".json", ".gpkg", ".zip", ".kml", ".kmz"})


def write(out: Path, source: Path, refusals: Sequence[Refusal], lang: str) -> None:
    """Write `out` (.xlsx). The rows above the first data row are repeated, so that the mended file can be imported as it is.

    Every cell is written as text, so that nothing in it can act as a formula or a link.
    """
    import xlsxwriter

    by_sheet: defaultdict[str, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_sheet[refusal.sheet].append(refusal)
    suffix = (Path(refusals[0].file).suffix if refusals else source.suffix).lower()
    book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    try:
        for name, sheet_refusals in by_sheet.items():
            _write_sheet(book, name, _rows(source, suffix, name), sheet_refusals, lang)
        if not by_sheet:
            book.add_worksheet()
    finally:
        book.close()


def _rows(source: Path, suffix: str, name: str) -> list[Row]:
    """Return all rows of the sheet of that name; a vector file's come without its attributes (none)."""
    if suffix in _VECTORS:
        return []
    from relocation.intake.reading import sheets

    for sheet in sheets(source, suffix, Guard(source, source.name)):
        if sheet.name == name:
            rows = [_padded(sheet, row) for row in sheet.rows]
            for (row, column), text in sheet.errors.items():
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = text
            return rows
    return []


def _padded(sheet: Sheet, row: Row) -> Row:
    return [""] * sheet.left + list(row)


def _write_sheet(book: Any, name: str, rows: list[Row], refusals: Sequence[Refusal], lang: str) -> None:
    sheet = book.add_worksheet(name[:31] or "Sheet1")
    marked = book.add_format({"bg_color": "#FFF2CC"})
    wrapped = book.add_format({"text_wrap": True, "bg_color": "#FCE4D6"})
    by_row: defaultdict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_row[refusal.row or 0].append(refusal)
    first = _first_data_row(rows, by_row)
    width = max((len(row) for row in rows), default=0)
    at = 0
    for row in rows[:first]:
        _write_row(sheet, at, row)
        at += 1
    for place, text in enumerate(_HEADINGS["en" if lang == "en" else "zh"]):
        sheet.write_string(max(first - 1, 0), width + place, text)
    at = max(at, 1)
    for number, found in sorted(by_row.items()):
        row = rows[number - 1] if 0 < number <= len(rows) else []
        _write_row(sheet, at, row, marked, {_column(one.cell) for one in found})
        sheet.write_string(at, width, "\n".join(f"{one.cell}：{one.reason(lang)}" if one.cell else one.reason(lang) for one in found), wrapped)
        sheet.write_string(at, width + 1, "\n".join(dict.fromkeys(one.mend(lang) for one in found)), wrapped)
        at += 1
    sheet.set_column(width, width + 1, 48)


def _first_data_row(rows: list[Row], by_row: dict[int, list[Refusal]]) -> int:
    """Return how many rows stand above the data: those above the first refused row that are mostly text in the first ten."""
    from relocation.intake.headings import HEADING_ROWS, Recogniser, extra_rows
    from relocation.intake.layers import LAYER

    head = rows[: HEADING_ROWS + 5]
    heading = Recogniser(list(WORKBOOKS.values())).find(head, [], 0) or Recogniser([LAYER]).find(head, [], 0)
    if heading is None:
        return max(min((number for number in by_row if number), default=1) - 1, 0) if len(rows) < 2 else 1
    return heading.last + 1 + extra_rows(rows[heading.last + 1 :][:2]).rows


def _write_row(sheet: Any, at: int, row: Row, marked: Any = None, columns: frozenset[int] | set[int] = frozenset()) -> None:
    for place, cell in enumerate(row):
        if cell != "":
            sheet.write_string(at, place, text_of(cell), marked if place in columns else None)


def _column(cell: str) -> int:
    """Return the column (from 0) of an address, -1 for none."""
    from relocation.intake.workbook_guard import column_number

    letters = cell.rstrip("0123456789")
    return column_number(letters.encode()) - 1 if letters.isascii() and letters.isalpha() else -1
