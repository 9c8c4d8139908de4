"""How many records of a ledger beside an area would have to change for the area to pass: houses to demolish, and the like."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from checks.check import Beside
from checks.finding import Finding
from checks.mending import Mended
from checks.records import Column, Kind, Records
from checks.sheet import Fix, Turn
from checks.verdict import Outcome, Verdict

RunBeside = Callable[[Records, Beside], Verdict]
Rows = npt.NDArray[np.intp]


def smallest_turn(fix: Fix, area: Records, beside: Beside, run: RunBeside, told: Callable[[Records, Verdict], Finding]) -> Mended | None:
    """Return how many of the ledger's records in the area have to turn, by the check's own run; None where the fix turns none.

    `run` judges the area with the ledgers beside it, `told` says a verdict as a finding. With the number found the check
    passes and with one less it does not. Where turning all of them does not do, the answer says what blocks.
    """
    turn = fix.turns
    if turn is None or turn.ledger not in beside or Outcome(int(run(area, beside).outcome[0])) not in (Outcome.FAIL, Outcome.REVIEW):
        return None
    ledger = beside[turn.ledger]
    rows = np.flatnonzero(_inside(area, ledger) & _matching(ledger, turn.where))
    if turn.earliest:
        rows = rows[np.argsort(ledger.stored(turn.earliest)[rows], kind="stable")]  # NaT sorts last

    def after(count: int) -> Verdict:
        return run(area, {**beside, turn.ledger: _turned(ledger, rows[:count], turn)})

    def passes(count: int) -> bool:
        return int(after(count).outcome[0]) == Outcome.PASS

    if not passes(len(rows)):
        blocking = after(len(rows))
        return Mended(fix, {}, {}, 0, blocking.reason_of(0), told(area, blocking))
    low, high = 0, len(rows)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return Mended(fix, {}, {}, high)


def _inside(area: Records, ledger: Records) -> npt.NDArray[np.bool_]:
    here = ledger.stored("county") == area.stored("county")[0]
    if area.stored("level")[0] == "township":
        here &= ledger.stored("township") == area.stored("name")[0]
    return np.asarray(here, dtype=np.bool_)


def _matching(ledger: Records, where: Mapping[str, tuple[Any, ...]]) -> npt.NDArray[np.bool_]:
    matching = np.ones(len(ledger), dtype=np.bool_)
    for name, wanted in where.items():
        matching &= np.isin(ledger.stored(name), [_stored(ledger.kind.column(name), value) for value in wanted])
    return matching


def _turned(ledger: Records, rows: Rows, turn: Turn) -> Records:
    columns = {column.name: ledger.stored(column.name) for column in ledger.kind}
    for name, value in turn.into.items():
        columns[name] = columns[name].copy()
        columns[name][rows] = _stored(ledger.kind.column(name), value)
    return Records(ledger.kind, columns, len(ledger))


def _stored(column: Column, value: Any) -> int:
    """Return a flag or a choice of a sheet as a column holds it; a missing one is -1."""
    if value is None:
        return -1
    if column.kind is Kind.CHOICE and column.choices is not None:
        return int(column.choices.by_id(str(value)))
    return int(bool(value))
