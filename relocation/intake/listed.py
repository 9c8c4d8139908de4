"""Problem lists, returned ledgers and sheets of visits, read in a process of their own (`jail`); what comes back is checked before it is believed."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from relocation.intake import apart, packing
from relocation.intake.columns import Damaged
from relocation.intake.guard import Guard
from relocation.intake.problems import PROBLEM, Problem, ProblemList
from relocation.intake.refusal import Unusable
from relocation.intake.returned import ReturnedLedger
from relocation.intake.visited import VisitSheet
from relocation.ledger.columns import COLUMNS
from relocation.ledger.returning import Line
from relocation.visits.columns import BY_NAME

Found = TypeVar("Found")

_TEXTS = frozenset({column.name for column in PROBLEM} - {"due_on"} | {"due_said"})
_CELLS = frozenset(column.name for column in COLUMNS)


def read_problem_list(path: Path, file_name: str) -> ProblemList:
    """Read a problem list. Unusable for a file that holds none, that the guards turn away, or whose reading was cut off."""
    return _read("problems", path, file_name, _as_problems)


def read_returned_ledger(path: Path, file_name: str) -> ReturnedLedger:
    """Read a ledger workbook that came back. Unusable as for a list, and for one without its hidden columns."""
    return _read("returned", path, file_name, _as_returned)


def read_visit_sheet(path: Path, file_name: str) -> VisitSheet:
    """Read a sheet of visits. Unusable as for a list."""
    return _read("visited", path, file_name, _as_visited)


def _read(name: str, path: Path, file_name: str, made: Callable[[Mapping[str, Any]], Found]) -> Found:
    guard = Guard(path, file_name)
    guard.size()
    answer = apart.answer_of(f"relocation.intake.listed_inside:{name}", path, {"file_name": file_name}, guard)
    try:
        if answer[: len(packing.REFUSED)] == packing.REFUSED:
            (refusal,) = packing.unpack_refusals(json.loads(answer[len(packing.REFUSED) :].decode("utf-8")))
            raise Unusable(refusal)
        return made(json.loads(answer.decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise guard.refuse("reading-died") from None


def _as_problems(said: Mapping[str, Any]) -> ProblemList:
    problems = []
    for one in said["problems"]:
        texts = {name: text for name, text in one.items() if name in _TEXTS}
        if texts.keys() != _TEXTS or not all(isinstance(text, str) for text in texts.values()):
            raise Damaged("problem")
        problems.append(Problem(row=_whole(one["row"]), due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None, **texts))
    return ProblemList(title=_text(said["title"]), problems=tuple(problems), read=_whole(said["read"]), **_told(said))


def _as_returned(said: Mapping[str, Any]) -> ReturnedLedger:
    lines = []
    for row, cells in said["lines"]:
        if not cells.keys() <= _CELLS:
            raise Damaged("cells")
        lines.append(Line(_whole(row), {name: _text(text) for name, text in cells.items()}))
    return ReturnedLedger(lines=tuple(lines), unread=tuple(map(_text, said["unread"])), sent=tuple(map(_text, said["sent"])), **_told(said))


def _as_visited(said: Mapping[str, Any]) -> VisitSheet:
    lines = []
    for row, cells in said["lines"]:
        if not cells.keys() <= BY_NAME.keys():
            raise Damaged("cells")
        read = {name: _text(text) for name, text in cells.items()}
        if read.get("visited_on"):
            date.fromisoformat(read["visited_on"])
        lines.append((_whole(row), read))
    told = _told(said)
    return VisitSheet(told["file"], told["sheet"], tuple(lines), told["letters"], told["refusals"])


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "file": _text(said["file"]), "sheet": _text(said["sheet"]), "letters": {_text(name): _text(letter) for name, letter in said["letters"].items()},
        "refusals": packing.unpack_refusals(said["refusals"]), "notes": packing.unpack_notes(said["notes"]),
    }  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Damaged("no text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Damaged("no number")
    return value
