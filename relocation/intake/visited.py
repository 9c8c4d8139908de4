"""A visiting sheet on its way back in, or another body's list of visits: found by its headings, every cell as text with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from relocation.intake.days import Unreadable, day_of
from relocation.intake.error_cells import is_error
from relocation.intake.guard import Guard
from relocation.intake.headings import key
from relocation.intake.reading import check_content, sheets
from relocation.intake.refusal import Refusal, Unusable, Words
from relocation.intake.sheet import Row, Sheet
from relocation.intake.values import text_of
from relocation.ledger.columns import plain
from relocation.visits.columns import BY_NAME

HEADING_ROWS, MOST_ROWS = 10, 20_000
_SUFFIXES = (".xlsx", ".xls")
_LEAST = {"code", "visited_on"}


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The rows that say anything, by their number in the sheet: column → cell as text, days as ISO; the letters; what could not be read."""

    file: str
    sheet: str
    lines: tuple[tuple[int, Mapping[str, str]], ...]
    letters: Mapping[str, str]
    refusals: tuple[Refusal, ...]

    def refusal(self, code: str, row: int, name: str, value: str = "", **facts: Words | str | int) -> Refusal:
        """Return a refusal of one cell."""
        column = BY_NAME[name]
        return Refusal(code, self.file, self.sheet, f"{self.letters.get(name, 'A')}{row}", value[:60], {"field": Words(column.zh, column.en), **facts}, row)


def read_visited(path: Path, file: str) -> VisitSheet:
    """Read a sheet of visits. Unusable for a file of another kind, and where no sheet has household code and day of visit among its first rows."""
    guard = Guard(path, file)
    guard.size()
    suffix = Path(file).suffix.lower()
    if suffix not in _SUFFIXES:
        raise guard.refuse("visit-format", suffix=suffix or "—")
    check_content(path, suffix, guard)
    for sheet in sheets(path, suffix, guard):
        above = list(islice(sheet.rows, HEADING_ROWS)) if not sheet.hidden else []
        for at, row in enumerate(above):
            found = _headings(row)
            if set(found) >= _LEAST:
                return _read(sheet, file, found, at, [*above[at + 1 :], *islice(sheet.rows, MOST_ROWS + 1)])
    raise guard.refuse("visit-not-ours")


def _headings(row: Row) -> dict[str, int]:
    known = {key(word): column.name for column in BY_NAME.values() for word in (column.zh, column.heading("zh"), column.en)}
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        said = plain(text_of(cell))
        if said and (name := known.get(key(said))):
            found.setdefault(name, at)
    return found


def _read(sheet: Sheet, file: str, found: Mapping[str, int], heading: int, rows: Sequence[Row]) -> VisitSheet:
    if len(rows) > MOST_ROWS:
        raise Unusable(Refusal("too-many-rows", file, sheet.name, facts={"rows": sheet.height, "limit": MOST_ROWS}))
    made = VisitSheet(file, sheet.name, (), {name: sheet.letter(at) for name, at in found.items()}, ())
    lines: list[tuple[int, Mapping[str, str]]] = []
    refusals: list[Refusal] = []
    for below, row in enumerate(rows, heading + 1):
        cells: dict[str, str] = {}
        wrong: list[Refusal] = []
        for name, at in found.items():
            cell: Any = row[at] if at < len(row) else ""
            failed = sheet.errors.get((below, at + sheet.left), "") or (text_of(cell) if is_error(cell) else "")
            try:
                cells[name] = _cell(name, cell)
            except Unreadable as bad:
                wrong.append(made.refusal(bad.code, sheet.number(below), name, text_of(cell), **dict(bad.facts)))  # type: ignore[arg-type]
            if failed:
                wrong.append(made.refusal("error-cell", sheet.number(below), name, failed, error=failed))
        refusals += wrong
        if not wrong and any(cells.values()):
            lines.append((sheet.number(below), cells))
    return VisitSheet(file, sheet.name, tuple(lines), made.letters, tuple(refusals))


def _cell(name: str, cell: Any) -> str:
    if name != "visited_on" or not text_of(cell).strip():
        return plain(text_of(cell))
    return str(day_of(cell))
