"""Cells whose formula failed (#DIV/0!, #REF! …). The workbook reader gives them as blank, so the guard notes where they stand.

A failed formula had a value to give; read as blank it would pass for "not recorded". Such a cell is refused instead.
"""

import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from relocation.intake.guard import MIB, Guard

# As Excel writes them, by the number old workbooks keep (0x2B is of newer Excels).
BY_NUMBER = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA"}
READ_BY_PARSER = frozenset(BY_NUMBER.values()) - {"#GETTING_DATA"}  # any other makes it give up the whole workbook
TEXTS = frozenset({*BY_NUMBER.values(), "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!"})
UNREAD = "#UNKNOWN!"  # a failed formula whose text is none of these
LIMIT = 300_000  # in one workbook

Errors = Mapping[tuple[int, int], str]  # (row, column), counted from 0 → "#DIV/0!"


@dataclass(frozen=True, slots=True)
class Inside:
    """What the guard learnt about a workbook: does it count days from 1904, and the failed formulas of each sheet, by its name (.xls: by its place)."""

    since_1904: bool = False
    errors: Mapping[str | int, Errors] = field(default_factory=dict)


def is_error(cell: Any) -> bool:
    """Say whether a cell shows a failed formula, also where it was copied as text."""
    return isinstance(cell, str) and cell[:1] == "#" and cell.strip().upper() in TEXTS


def by_sheet(guard: Guard, archive: zipfile.ZipFile, found: Mapping[str, Errors]) -> dict[str | int, Errors]:
    """Return the errors by the sheets' names; `found` has them by the name of the part of the archive.

    Unusable when the workbook does not say which part is which sheet, since they could not be refused then.
    """
    if not found:
        return {}
    parts = {entry.filename.lower().lstrip("/"): entry for entry in archive.infolist()}
    targets = {one.get("Id"): one.get("Target", "") for one in _elements(guard, archive, parts.get("xl/_rels/workbook.xml.rels"), "Relationship")}
    named: dict[str | int, Errors] = {}
    lowered = {part.lower().lstrip("/"): errors for part, errors in found.items()}
    for one in _elements(guard, archive, parts["xl/workbook.xml"], "sheet"):
        related = next((value for name, value in one.items() if name.endswith("}id")), "")
        target = targets.get(related, "").lower()
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
        if part in lowered:
            named[one.get("name", "")] = lowered.pop(part)
    if lowered:
        raise guard.refuse("workbook-malformed", what=next(iter(lowered)))
    return named


def _elements(guard: Guard, archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None, name: str) -> list[ElementTree.Element]:
    """Return a part's elements of that name. The guard has seen that no part begins with a DTD."""
    if entry is None or entry.file_size > MIB:
        raise guard.refuse("workbook-malformed", what=name)
    try:
        root = ElementTree.fromstring(archive.read(entry))  # noqa: S314  # without a DTD there are no entities to expand
    except ElementTree.ParseError:
        raise guard.refuse("workbook-malformed", what=entry.filename) from None
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]
