"""The ledger workbook on its way back in: found by its headings wherever they now stand, every cell as text with its address.

Guards run before the parser, as for any workbook. Columns may have been moved, hidden or added between; the hidden three must be there,
or nobody could tell which row is which entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from relocation.intake.days import Unreadable, day_of
from relocation.intake.error_cells import is_error
from relocation.intake.guard import Guard
from relocation.intake.headings import key
from relocation.intake.reading import check_content, sheets
from relocation.intake.refusal import Fact, Note, Refusal, Unusable, Words
from relocation.intake.sheet import Row, Sheet
from relocation.intake.values import text_of
from relocation.ledger.columns import COLUMNS, LedgerColumn, plain
from relocation.ledger.returning import Line

HEADING_ROWS = 10
MOST_ROWS = 20_000
_SUFFIXES = (".xlsx", ".xls")
_DAYS = frozenset({"due_on", "closed_on"})
_ID = next(column.zh for column in COLUMNS if column.name == "id")


@dataclass(frozen=True, slots=True)
class ReturnedLedger:
    """The rows of a returned workbook, the letter each column stands at, cells that could not be read, columns nobody knows."""

    file: str
    sheet: str
    lines: tuple[Line, ...]
    letters: Mapping[str, str]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    unread: tuple[str, ...] = ()  # the entries whose rows were refused here
    sent: tuple[str, ...] = ()  # the entries that went out in the workbook

    def cell(self, name: str, row: int) -> str:
        """Return the address of a row's cell, that of its first column for no name."""
        return f"{self.letters.get(name) or next(iter(self.letters.values()), 'A')}{row}"


def read_returned(path: Path, file: str) -> ReturnedLedger:
    """Read a workbook that the program wrote and people edited. Unusable for one that is no such workbook, or lacks its hidden columns."""
    guard = Guard(path, file)
    guard.size()
    suffix = Path(file).suffix.lower()
    if suffix not in _SUFFIXES:
        raise guard.refuse("returned-format", suffix=suffix or "—")
    check_content(path, suffix, guard)
    found: ReturnedLedger | None = None
    sent: tuple[str, ...] = ()
    for sheet in sheets(path, suffix, guard):
        if sheet.hidden:
            sent = sent or _sent(sheet)
        elif found is None:
            found = _found(sheet, file)
    if found is None:
        raise guard.refuse("returned-not-ours")
    return replace(found, sent=sent)


def _sent(sheet: Sheet) -> tuple[str, ...]:
    """Return the entries that the hidden sheet says were sent; () for another hidden sheet."""
    head = next(sheet.rows, [])
    at = next((at for at, cell in enumerate(head) if key(text_of(cell)) == key(_ID)), None)
    rows = islice(sheet.rows, MOST_ROWS) if at is not None else ()
    return tuple(said for row in rows if at is not None and at < len(row) and (said := plain(text_of(row[at]))))


def _found(sheet: Sheet, file: str) -> ReturnedLedger | None:
    """Return the ledger on a sheet; None where there is none."""
    above = list(islice(sheet.rows, HEADING_ROWS))
    for at, row in enumerate(above):
        found, unknown = _headings(row)
        if {"text", "unit", "state"} <= set(found):
            return _read(sheet, file, found, unknown, at, [*above[at + 1 :], *islice(sheet.rows, MOST_ROWS + 1)])
    return None


def _headings(row: Row) -> tuple[dict[str, int], list[tuple[int, str]]]:
    known = {key(word): column for column in COLUMNS for word in (column.zh, column.en)}
    found: dict[str, int] = {}
    unknown = []
    for at, cell in enumerate(row):
        said = plain(text_of(cell))
        column = known.get(key(said)) if said else None
        if column is not None and column.name not in found:
            found[column.name] = at
        elif said:
            unknown.append((at, said))
    return found, unknown


def _read(sheet: Sheet, file: str, found: Mapping[str, int], unknown: Sequence[tuple[int, str]], heading: int, rows: Sequence[Row]) -> ReturnedLedger:
    lacking = [column for column in COLUMNS if column.name not in found and column.name not in ("serial", "evidence")]
    if lacking:
        words = Words("、".join(column.zh for column in lacking), ", ".join(column.en for column in lacking))
        code = "returned-no-id" if any(column.hidden for column in lacking) else "returned-no-column"
        raise Unusable(Refusal(code, file, sheet.name, facts={"columns": words}))
    if len(rows) > MOST_ROWS:
        raise Unusable(Refusal("too-many-rows", file, sheet.name, facts={"rows": sheet.height, "limit": MOST_ROWS}))
    letters = {name: sheet.letter(at) for name, at in found.items()}
    lines: list[Line] = []
    refusals: list[Refusal] = []
    unread: list[str] = []
    for below, row in enumerate(rows, heading + 1):
        number = sheet.number(below)
        cells, wrong = _cells(sheet, found, row, below)
        if not any(cells.get(column.name) for column in COLUMNS if column.name != "serial") and not wrong:
            continue
        if wrong:
            column, code, shown, facts = wrong
            unread.append(plain(text_of(row[found["id"]] if found["id"] < len(row) else "")))
            refusals.append(
                Refusal(code, file, sheet.name, f"{letters[column.name]}{number}", shown[:60], {"field": Words(column.zh, column.en), **facts}, number)
            )
            continue
        lines.append(Line(number, cells))
    notes = tuple(Note("column-unknown", file, sheet.name, None, {"column": sheet.letter(at), "heading": said[:60]}) for at, said in unknown)
    return ReturnedLedger(file, sheet.name, tuple(lines), letters, tuple(refusals), notes, tuple(unread))


def _cells(sheet: Sheet, found: Mapping[str, int], row: Row, place: int) -> tuple[dict[str, str], tuple[LedgerColumn, str, str, Mapping[str, Fact]] | None]:
    """Return a row's cells as text, and the first that cannot be read: a failed formula, or a day that is none."""
    cells: dict[str, str] = {}
    for column in COLUMNS:
        at = found.get(column.name)
        if at is None:
            continue
        cell: Any = row[at] if at < len(row) else ""
        failed = sheet.errors.get((place, at + sheet.left), "") or (text_of(cell) if is_error(cell) else "")
        if failed:
            return cells, (column, "error-cell", failed, {"error": failed})
        try:
            cells[column.name] = _day(cell) if column.name in _DAYS else plain(text_of(cell))
        except Unreadable as wrong:
            return cells, (column, wrong.code, text_of(cell), wrong.facts)
    return cells, None


def _day(cell: Any) -> str:
    """Return a day in ISO form, however a spreadsheet wrote it; "" for none."""
    return str(day_of(cell)) if text_of(cell).strip() else ""
