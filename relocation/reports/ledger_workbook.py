"""The rectification ledger as an office sends it up: title, day, the official columns, ready to print, and made to come back.

The last three columns are hidden and tell the row's entry, its version and what its cells were; cells that the program reckons are
locked, cells that people fill in are open and have lists to choose from. Everything is written as text: none of it can be a formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from relocation.ledger.columns import COLUMNS, LedgerColumn
from relocation.ledger.returning import REACHED
from relocation.ledger.states import Tier
from relocation.reports.workbook import LINE_PT, MOST_PT, lines_taken

HEADING_ROW = 2
SPARE_ROWS = 30
"""Open rows below the last, for problems that are added in the workbook."""
FONT = "宋体"
CHOICES, SENT = "选项", 12
"""The hidden sheet of words to choose from, and its column of the entries that were sent."""
_ELSEWHERE = {
    "zh": "表里可改为：已交办、整改中、待验收，先交办再整改。退回、销号、限期接受、不属实在系统里办理。",
    "en": "In the workbook: 已交办, 整改中, 待验收 (assigned first). All other states are set on the pages.",
}
"""What a cell of the state says when it is entered; Excel takes 255 characters."""
_LISTED = 250
"""Characters that a drop-down of Excel takes."""


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """What stands in the workbook: title, the line below it, a row of cells for each entry, words to choose from, notes below the table."""

    title: str
    below: str
    rows: Sequence[Mapping[str, str]]
    choices: Mapping[str, Sequence[str]]
    as_of: date
    name: str = "整改台账"
    anchor: str = ""  # the head of the office's log when it was made, by which it can later be proved whole


def ledger_workbook(sheet: LedgerSheet, lang: str) -> bytes:
    """Return the workbook. Same sheet, same bytes."""
    import xlsxwriter  # late: only who asks for Excel waits for it

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": sheet.title, "created": datetime(sheet.as_of.year, sheet.as_of.month, sheet.as_of.day)})  # noqa: DTZ001 - a workbook's date has no zone
    looks = _looks(book)
    page = book.add_worksheet(sheet.name)
    _set_up(page, sheet, lang)
    last_shown = sum(not column.hidden for column in COLUMNS) - 1
    page.set_row(0, 30)
    page.merge_range(0, 0, 0, last_shown, sheet.title, looks["title"])
    page.merge_range(1, 0, 1, last_shown, sheet.below, looks["below"])
    page.set_row(HEADING_ROW, 24)
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        page.write_string(HEADING_ROW, at, column.zh if lang == "zh" else column.en, looks["head"])
    for number, cells in enumerate(sheet.rows, 1):
        _row(page, looks, HEADING_ROW + number, {**cells, "serial": str(number)})
    _spare(page, looks, HEADING_ROW + 1 + len(sheet.rows))
    _choices(book, page, sheet, lang)
    page.autofilter(HEADING_ROW, 0, HEADING_ROW + max(len(sheet.rows), 1), last_shown)
    book.close()
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {"font_name": FONT, "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    return {
        name: book.add_format(look)
        for name, look in {
            "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
            "below": {"font_name": FONT, "font_size": 10, "align": "right", "valign": "vcenter"},
            "head": {**cell, "bold": True, "align": "center", "bg_color": "#E7ECF1"},
            "locked": {**cell, "align": "center", "bg_color": "#F6F6F4"},
            "locked-left": {**cell, "align": "left", "bg_color": "#F6F6F4"},
            "open": {**cell, "align": "left", "locked": False},
            "open-center": {**cell, "align": "center", "locked": False},
            "hidden": {"font_size": 8, "num_format": ";;;"},  # shows nothing, or it would run over into print
        }.items()
    }


def _anchor(line: str, lang: str) -> str:
    """Return what the foot of a page says to the right; small, for it is long."""
    return f"&R&7{'日志链头' if lang == 'zh' else 'Log'} {line}" if line else ""


def _set_up(page: Any, sheet: LedgerSheet, lang: str) -> None:
    page.set_paper(9)  # A4
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEADING_ROW)
    page.center_horizontally()
    page.set_footer("&L" + sheet.as_of.isoformat() + ("&C第 &P 页，共 &N 页" if lang == "zh" else "&C&P / &N") + _anchor(sheet.anchor, lang))
    page.freeze_panes(HEADING_ROW + 1, 0)
    page.print_area(0, 0, HEADING_ROW + max(len(sheet.rows), 1), sum(not column.hidden for column in COLUMNS) - 1)
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
    page.protect("", dict.fromkeys(allowed, True))


def _row(page: Any, looks: Mapping[str, Any], row: int, cells: Mapping[str, str]) -> None:
    height = max(lines_taken(cells.get(column.name, ""), column.width) for column in COLUMNS if not column.hidden)
    page.set_row(row, min(max(height, 2) * LINE_PT * 0.85, MOST_PT))
    for at, column in enumerate(COLUMNS):
        page.write_string(row, at, cells.get(column.name, ""), looks[_look(column)])


def _look(column: LedgerColumn) -> str:
    if column.hidden:
        return "hidden"
    if column.editable:
        return "open-center" if column.name in ("category", "state", "person") else "open"
    return "locked-left" if column.name in ("source", "evidence") else "locked"


def _spare(page: Any, looks: Mapping[str, Any], first: int) -> None:
    """Leave open rows without borders below the table: what is written into them is a new problem."""
    for row in range(first, first + SPARE_ROWS):
        for at, column in enumerate(COLUMNS):
            if not column.hidden:
                page.write_blank(row, at, None, looks["open" if column.name not in ("serial", "evidence", "closed_on") else "locked"])


def _choices(book: Any, page: Any, sheet: LedgerSheet, lang: str) -> None:
    """Give columns their lists to choose from; longer ones than a cell's rule takes stand on a hidden sheet."""
    first, last = HEADING_ROW + 1, HEADING_ROW + len(sheet.rows) + SPARE_ROWS
    listed = book.add_worksheet(CHOICES)
    listed.hide()
    listed.write_string(0, SENT, next(column.zh for column in COLUMNS if column.name == "id"))
    for row, cells in enumerate(sheet.rows, 1):
        listed.write_string(row, SENT, cells["id"])  # what was sent, so that a row that is gone can be told
    for place, (name, words) in enumerate(sheet.choices.items()):
        at = next(number for number, column in enumerate(COLUMNS) if column.name == name)
        for row, word in enumerate(words):
            listed.write_string(row, place, word)
        if not words:
            continue
        letter = chr(ord("A") + place)
        source = (
            list(words)
            if sum(map(len, words)) + len(words) <= _LISTED and not any("," in word for word in words)
            else f"={CHOICES}!${letter}$1:${letter}${len(words)}"
        )
        strict = name == "state"
        rule = {"validate": "list", "source": source, "error_type": "stop" if strict else "information", "show_error": strict}
        page.data_validation(first, at, last, at, {**rule, **({"input_message": _ELSEWHERE[lang], "error_message": _ELSEWHERE[lang]} if strict else {})})


def state_choices() -> tuple[str, ...]:
    """Return the words of the states that are reached through a workbook; what stands in a row besides stays there and is not chosen."""
    return tuple(state.zh for state in REACHED)


def tier_choices() -> tuple[str, ...]:
    """Return the words for who found a problem."""
    return tuple(tier.zh for tier in Tier)
