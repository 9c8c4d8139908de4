"""The actions as a workbook: one line an action, what each type of record has to change on a second sheet. Same actions, same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from relocation.service.acting import Action, Actions
from relocation.service.exporting import harmless
from relocation.service.fixing import TypeFix
from relocation.service.showing import kind_word
from relocation.store.trouble import Trouble

Cell = str | float | None

HEADINGS = {
    "zh": ("责任部门", "县代码", "县", "乡镇", "结果", "核查项", "怎么办", "对象", "数量", "编码（前 10 个）", "最早期限", "剩余天数", "例", "链接"),
    "en": ("Office", "County code", "County", "Township", "Outcome", "Check", "What to do", "Kind", "How many", "Codes (first 10)",
           "Earliest due", "Days left", "Example", "Link"),
}  # fmt: skip
WIDTHS = (20, 9, 14, 12, 9, 20, 60, 9, 8, 34, 12, 9, 60, 30)
TYPE_HEADINGS = {
    "zh": ("核查项", "县代码", "户数", "最少", "最多", "单位", "怎么改", "编码（前 10 个）"),
    "en": ("Check", "County code", "Homes", "Least", "Most", "Unit", "Change", "Codes (first 10)"),
}
TYPE_WIDTHS = (20, 9, 8, 10, 10, 10, 60, 34)
SHEETS = {"zh": ("整改清单", "按户型"), "en": ("Actions", "By type")}
NOBODY = {"zh": "全县", "en": "whole county"}


def write_workbook(out: Path, tasks: Actions, types: Sequence[TypeFix], lang: str) -> int:
    """Write the workbook whole or not at all and return how many actions it has. Trouble when it cannot be written."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(workbook(tasks, types, lang))
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error
    return tasks.shown


def workbook(tasks: Actions, types: Sequence[TypeFix], lang: str) -> bytes:
    """Return the workbook's bytes. No cell of it is a formula or a link, whatever the ledgers held."""
    import xlsxwriter  # late: only who exports to Excel waits for it

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2016, 9, 22)})  # noqa: DTZ001 - a fixed day: same actions, same bytes
    first, second = SHEETS[lang]
    _sheet(book, first, HEADINGS[lang], WIDTHS, _lines(tasks, lang))
    if types:
        _sheet(book, second, TYPE_HEADINGS[lang], TYPE_WIDTHS, map(_type_line, types))
    book.close()
    return made.getvalue()


def _sheet(book: Any, name: str, headings: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, (title, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, title, bold)
    row = 0
    for row, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, harmless(cell), wrapped)
            elif cell is not None:
                sheet.write_number(row, column, cell, wrapped)
    sheet.autofilter(0, 0, row, len(headings) - 1)


def _lines(tasks: Actions, lang: str) -> Iterator[Sequence[Cell]]:
    for office in tasks.offices:
        for place in office.places:
            for action in place.actions:
                yield _line(office.title, place.county_name, action, lang)


def _line(office: str, county: str, action: Action, lang: str) -> Sequence[Cell]:
    outcome = action.outcome.zh if lang == "zh" else action.outcome.en
    return (
        office, action.county, county, action.township or NOBODY[lang], outcome, action.title, action.remedy, kind_word(action.kind, lang), action.subjects,
        " ".join(action.codes), action.due.isoformat() if action.due else None, action.days_left, action.example, action.link,
    )  # fmt: skip


def _type_line(one: TypeFix) -> Sequence[Cell]:
    return one.title, one.county, one.homes, one.least, one.most, one.unit, one.said, " ".join(one.codes)
