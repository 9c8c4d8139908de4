"""What the reading process does with a problem list, a returned ledger or a sheet of visits: reads it, and writes down what it found as plain JSON."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from relocation.intake import packing
from relocation.intake.problems import ProblemList, read_problems
from relocation.intake.refusal import Unusable
from relocation.intake.returned import ReturnedLedger, read_returned
from relocation.intake.visited import VisitSheet, read_visited


def problems(options: bytes) -> bytes:
    """Read the problem list that `options` name, or say why it cannot be used."""
    told = json.loads(options)
    try:
        found = read_problems(Path(told["path"]), told["file_name"])
    except Unusable as unusable:
        return packing.pack_refused(unusable.refusal)
    items = [{**asdict(one), "due_on": one.due_on.isoformat() if one.due_on else None} for one in found.problems]
    return _json({**_told(found), "title": found.title, "read": found.read, "problems": items})


def returned(options: bytes) -> bytes:
    """Read the returned ledger that `options` name, or say why it cannot be used."""
    told = json.loads(options)
    try:
        found = read_returned(Path(told["path"]), told["file_name"])
    except Unusable as unusable:
        return packing.pack_refused(unusable.refusal)
    return _json({**_told(found), "lines": [[line.row, dict(line.cells)] for line in found.lines], "unread": list(found.unread), "sent": list(found.sent)})


def visited(options: bytes) -> bytes:
    """Read the sheet of visits that `options` name, or say why it cannot be used."""
    told = json.loads(options)
    try:
        found = read_visited(Path(told["path"]), told["file_name"])
    except Unusable as unusable:
        return packing.pack_refused(unusable.refusal)
    return _json({**_told(found), "lines": [[row, dict(cells)] for row, cells in found.lines]})


def _told(found: ProblemList | ReturnedLedger | VisitSheet) -> dict[str, Any]:
    notes = () if isinstance(found, VisitSheet) else found.notes
    return {
        "file": found.file, "sheet": found.sheet, "letters": dict(found.letters),
        "refusals": packing.pack_refusals(found.refusals), "notes": packing.pack_notes(notes),
    }  # fmt: skip


def _json(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, default=packing.plain_number).encode("utf-8")
