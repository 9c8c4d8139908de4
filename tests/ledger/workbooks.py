"""Ledger workbooks as they go out, and hands that change them as a spreadsheet program would."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from relocation.intake.returned import read_returned
from relocation.ledger.columns import COLUMNS, written
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.moving import Step
from relocation.ledger.returning import Answer, answers
from relocation.ledger.states import Severity, Tier
from relocation.reports.ledger_workbook import HEADING_ROW, LedgerSheet, ledger_workbook, state_choices

COUNTY, ON = "411522", date(2019, 12, 31)
FIRST = HEADING_ROW + 2
"""The first row of entries, as people count."""
AT = {column.name: number for number, column in enumerate(COLUMNS, 1)}


def entry(number: int, text: str = "", **changes: Any) -> Entry:
    """Return an entry that waits for its mending, or one changed so."""
    plain: dict[str, Any] = {
        "county": COUNTY, "number": number, "text": text or f"十里镇第{number}处旧房应拆未拆", "tier": Tier.PROVINCIAL, "severity": Severity.ORDINARY,
        "opened_at": datetime(2019, 10, 8, tzinfo=UTC), "opened_by": "keeper", "due_on": date(2019, 11, 20), "source": f"清单第{number}条", "category": "拆旧复垦", "unit": "十里镇人民政府",
    }  # fmt: skip
    return Entry(**{**plain, **changes})


def sent(entries: Sequence[Entry], path: Path) -> Path:
    """Write the ledger of some entries."""
    choices = {"state": state_choices(), "unit": sorted({one.unit for one in entries if one.unit}), "category": ["拆旧复垦", "资金管理"]}
    path.write_bytes(ledger_workbook(LedgerSheet("整改台账", "截至2019年12月31日", [written(one) for one in entries], choices, ON), "zh"))
    return path


def edit(path: Path, hand: Callable[[Any], None]) -> Path:
    """Open the workbook, let a hand change its sheet, save it."""
    book = openpyxl.load_workbook(path)  # noqa: TID251 - see above
    hand(book.worksheets[0])
    book.save(path)
    return path


def opened(path: Path) -> Any:
    """Return the sheet of a workbook as another program reads it."""
    return openpyxl.load_workbook(path).worksheets[0]  # noqa: TID251 - see above


def put(row: int, **cells: Any) -> Callable[[Any], None]:
    """Return a hand that fills cells of a row (the first entry is 0)."""

    def hand(sheet: Any) -> None:
        for name, value in cells.items():
            sheet.cell(FIRST + row, AT[name]).value = value

    return hand


def back(path: Path, entries: Sequence[Entry], by: str = "keeper") -> list[Answer]:
    """Return what the rows of a workbook would do."""
    return answers(read_returned(path, path.name).lines, {one.id: one for one in entries}, Step(Move.EDIT, by, ON))


def told(made: Sequence[Answer]) -> list[str]:
    """Return the outcomes' ids, a refusal with its reason."""
    return [f"refused {one.why}" if one.why else one.outcome.id for one in made]
