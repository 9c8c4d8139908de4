"""The smallest change of a number that would turn a finding into a pass, found and proved by running the check itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.check import Check
from checks.records import Records
from checks.sentence import number
from checks.sheet import Fix, Words
from checks.verdict import Outcome, Verdict

MOST_STEPS = 1 << 24
"""Where the search gives up: 167,772 m² in hundredths, 16 million households."""

Run = Callable[[Records], Verdict]


@dataclass(frozen=True, slots=True)
class Mended:
    """The smallest change that passes: fields before and after; or, where none does, the reason that blocks."""

    fix: Fix
    before: Mapping[str, float]
    after: Mapping[str, float]
    steps: int
    blocked_by: str = ""

    def said(self) -> Words:
        """Return the change in words."""
        field = next(iter(self.fix.steps))
        facts = {"steps": number(self.steps), "before": number(self.before[field]), "after": number(self.after[field])}
        return {lang: text.format(**facts) for lang, text in self.fix.said.items()}


def smallest_fix(check: Check, one: Records, run: Run) -> Mended | None:
    """Return the smallest fix of one record, None where the check has none for it or the record needs none.

    `run` runs the check on a record, with the law, the layers and the ledgers of the run that found it. The answer is
    proved: with it the check passes, with one step less it does not.
    """
    fix = next((own for own in check.sheet.fixes if own.about == one.kind.id), None)
    if fix is None or _outcome(run(one)) not in (Outcome.FAIL, Outcome.REVIEW):
        return None
    steps = {field: _step(one, step) for field, step in fix.steps.items()}
    before = {field: float(one.stored(field)[0]) for field in steps}
    if any(np.isnan(value) for value in (*steps.values(), *before.values())):
        return None

    def passes(count: int) -> bool:
        return _outcome(run(_moved(one, before, steps, count))) is Outcome.PASS

    most = _most(before, steps)
    found = _smallest(passes, most)
    if found is None:
        blocking = run(_moved(one, before, steps, most))
        return Mended(fix, before, before, 0, blocking.reason_of(0))
    return Mended(fix, before, {field: before[field] + found * steps[field] for field in steps}, found)


def _smallest(passes: Callable[[int], bool], most: int) -> int | None:
    """Return the least number of steps that passes: doubling until one does, then halving the gap."""
    high = 1
    while high < most and not passes(high):
        high *= 2
    high = min(high, most)
    if high < 1 or not passes(high):
        return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return high


def _most(before: Mapping[str, float], steps: Mapping[str, float]) -> int:
    """Return how many steps can be gone before a field would fall below zero."""
    room = [int(before[field] / -step) for field, step in steps.items() if step < 0]
    return min([*room, MOST_STEPS])


def _step(one: Records, step: float | str) -> float:
    if not isinstance(step, str):
        return float(step)
    sign, quotient = (-1.0, step[1:]) if step.startswith("-") else (1.0, step)
    over, under = (float(one.stored(field.strip())[0]) for field in quotient.split("/"))
    return sign * over / under if under else np.nan


def _moved(one: Records, before: Mapping[str, float], steps: Mapping[str, float], count: int) -> Records:
    # rounded to the sheet's own decimals: 75.01 - 1 × 0.01 is 75.00 and not a hair beside it
    changed: dict[str, Any] = {field: np.array([round(before[field] + count * steps[field], 6)]) for field in steps}
    columns = {column.name: one.stored(column.name) for column in one.kind if column.name not in changed}
    return Records(one.kind, {**columns, **changed}, 1)


def _outcome(verdict: Verdict) -> Outcome:
    return Outcome(int(verdict.outcome[0]))
