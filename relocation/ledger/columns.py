"""The columns of the official ledger workbook, in the order an office sends it up: which are filled in by hand and which are reckoned."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from relocation.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column: its name in code, its Chinese and English heading, its width in characters, and whether it may be edited."""

    name: str
    zh: str
    en: str
    width: float
    editable: bool = False
    hidden: bool = False


COLUMNS = (
    LedgerColumn("serial", "序号", "No.", 5),
    LedgerColumn("source", "问题来源", "Found by", 13),
    LedgerColumn("category", "问题类别", "Category", 10, editable=True),
    LedgerColumn("text", "问题描述", "Problem", 38, editable=True),
    LedgerColumn("unit", "责任单位", "Unit responsible", 13, editable=True),
    LedgerColumn("person", "责任人", "Person responsible", 9, editable=True),
    LedgerColumn("measure", "整改措施", "Measures", 30, editable=True),
    LedgerColumn("due_on", "整改时限", "Deadline", 11),
    LedgerColumn("state", "整改状态", "State", 9, editable=True),
    LedgerColumn("evidence", "佐证材料", "Evidence", 14),
    LedgerColumn("closed_on", "销号时间", "Closed on", 11),
    LedgerColumn("id", "记录号", "Record", 14, hidden=True),
    LedgerColumn("version", "版本", "Version", 6, hidden=True),
    LedgerColumn("mark", "校验", "Mark", 14, hidden=True),
)
EDITABLE = tuple(column.name for column in COLUMNS if column.editable)
RECKONED = ("source", "due_on", "closed_on")
"""Columns that a row must bring back as they went out; a number of the row, and what is attached, may be anything."""
_DIGITS = 6
LONGEST_CELL = 32_000
"""A cell of a workbook holds 32,767 characters."""


def written(entry: Entry, evidence: str = "") -> dict[str, str]:
    """Return an entry as the cells of its row; missing things are empty. `serial` is left to whoever writes the rows."""
    cells = {
        "source": entry.tier.zh + (f"：{entry.source}" if entry.source else ""),
        **{name: getattr(entry, name) for name in ("category", "text", "unit", "person", "measure")},
        "due_on": entry.due_on.isoformat(),
        "state": entry.state.zh,
        "evidence": evidence,
        "closed_on": entry.closed_on.isoformat() if entry.closed_on else "",
        "id": entry.id,
        "version": str(entry.version),
    }
    shown = {name: plain(text) for name, text in cells.items()}
    return {**shown, "mark": mark(shown)}


def plain(text: str) -> str:
    """Return a text as a cell gives it back: no control signs, one kind of line end, no blanks around it, no more than a cell holds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u3000", " ")
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))[:LONGEST_CELL].strip()


def mark(cells: Mapping[str, str]) -> str:
    """Return what tells later which of the editable cells were changed in the workbook: a few digits of each one's hash."""
    return "".join(_digits(cells.get(name, "")) for name in EDITABLE)


def edited(mark: str, cells: Mapping[str, str]) -> frozenset[str]:
    """Return the editable columns whose cells are no longer those the mark was made of. ValueError for what is no mark."""
    parts = [mark[at : at + _DIGITS] for at in range(0, len(mark), _DIGITS)]
    if len(mark) != _DIGITS * len(EDITABLE) or set(mark) - set("0123456789abcdef"):
        raise ValueError(mark)
    return frozenset(name for name, part in zip(EDITABLE, parts, strict=True) if _digits(cells.get(name, "")) != part)


def _digits(text: str) -> str:
    return hashlib.sha256(plain(text).encode("utf-8")).hexdigest()[:_DIGITS]
