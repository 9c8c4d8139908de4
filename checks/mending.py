"""The smallest change of a number that would turn a finding into a pass, found and proved by running the check itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from checks.check import Check
from checks.finding import Finding
from checks.records import Records
from checks.sentence import number
from checks.sheet import Fix, Words
from checks.verdict import Flags, Numbers, Outcome, Verdict

MOST_STEPS = 1 << 24
"""Where the search gives up: 167,772 m² in hundredths, 16 million households."""

Run = Callable[[Records], Verdict]
Counts = npt.NDArray[np.int64]
Steps = Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Mended:
    """The smallest change that passes: fields before and after; or, where none does, the reason that blocks.

    `blocking` is that reason as a finding, with the figures of the first step at which it comes up.
    """

    fix: Fix
    before: Mapping[str, float]
    after: Mapping[str, float]
    steps: int
    blocked_by: str = ""
    blocking: Finding | None = None

    def said(self) -> Words:
        """Return the change in words."""
        facts = {"steps": number(self.steps)}
        for field in list(self.fix.steps)[:1]:
            facts |= {"before": number(self.before[field]), "after": number(self.after[field])}
        return {lang: text.format(**facts) for lang, text in self.fix.said.items()}


def smallest_fix(check: Check, one: Records, run: Run) -> Mended | None:
    """Return the smallest fix of one record, None where the check has none for it or the record needs none.

    `run` runs the check on a record, with the law, the layers and the ledgers of the run that found it. The answer is
    proved: with it the check passes, with one step less it does not. Where nothing passes, the answer says what blocks.
    """
    found = smallest_fixes(check, one, run)[0]
    if found is None or not found.blocked_by:
        return found
    return replace(found, blocking=_blocking(check, one, run, found))


def smallest_fixes(check: Check, records: Records, run: Run) -> list[Mended | None]:
    """Return the smallest fix of every record as `smallest_fix` does, searched for all of them at once.

    One entry a record: the first of the sheet's fixes whose numbers are on record. Only for rules that judge each record by itself: the records are judged beside one another.
    """
    every: list[Mended | None] = [None] * len(records)
    for fix in check.sheet.fixes if len(records) else ():
        if fix.about == records.kind.id and fix.steps and not all(every):
            every = [one or other for one, other in zip(every, _mended_by(fix, records, run), strict=True)]
    return every


def _mended_by(fix: Fix, records: Records, run: Run) -> list[Mended | None]:
    """Return every record's smallest fix of one kind; None for those that miss one of its numbers."""
    steps = {field: _step(records, step) for field, step in fix.steps.items()}
    before = {field: records.stored(field).astype(np.float64) for field in steps}
    wanted = np.isin(run(records).outcome, (Outcome.FAIL, Outcome.REVIEW))
    for values in (*steps.values(), *before.values()):
        wanted &= ~np.isnan(values)

    def passes(counts: Counts) -> Flags:
        return np.asarray(run(_moved(records, before, steps, counts)).outcome == Outcome.PASS)

    most = _most(before, steps)
    found, mendable = _smallest(passes, most, wanted)
    blocked = run(_moved(records, before, steps, most)) if (wanted & ~mendable).any() else None
    every: list[Mended | None] = [None] * len(records)
    for row in np.flatnonzero(wanted).tolist():
        was = {field: float(values[row]) for field, values in before.items()}
        if mendable[row]:
            after = {field: round(was[field] + int(found[row]) * float(steps[field][row]), 6) for field in steps}
            every[row] = Mended(fix, was, after, int(found[row]))
        else:
            assert blocked is not None
            every[row] = Mended(fix, was, was, 0, blocked.reason_of(row))
    return every


def _smallest(passes: Callable[[Counts], Flags], most: Counts, wanted: Flags) -> tuple[Counts, Flags]:
    """Return the least number of steps that passes, and for whom there is one: doubling until one does, then halving the gap."""
    low, high = np.zeros_like(most), np.minimum(1, most)
    passed = passes(high)
    while (going := wanted & ~passed & (high < most)).any():
        low, high = np.where(going, high, low), np.where(going, np.minimum(2 * high, most), high)
        passed = passes(high)
    mendable = wanted & passed & (most >= 1)
    while (apart := mendable & (high - low > 1)).any():
        middle = np.where(apart, (low + high) // 2, high)
        good = passes(middle)
        low, high = np.where(apart & ~good, middle, low), np.where(apart & good, middle, high)
    return high, mendable


def _blocking(check: Check, one: Records, run: Run, found: Mended) -> Finding:
    """Return what blocks as a finding: as it stands, or at the first step at which that reason comes up."""
    steps = {field: _step(one, step) for field, step in found.fix.steps.items()}
    before = {field: one.stored(field).astype(np.float64) for field in steps}

    def at(count: int) -> Records:
        return _moved(one, before, steps, np.array([count]))

    low, high = 0, int(_most(before, steps)[0])
    if run(one).reason_of(0) == found.blocked_by:
        high = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if run(at(middle)).reason_of(0) == found.blocked_by else (middle, high)
    moved = at(high) if high else one
    return check.findings(moved, run(moved))[0]


def _most(before: Mapping[str, Numbers], steps: Steps) -> Counts:
    """Return how many steps each record can go before a field would fall below zero."""
    most = np.full(len(next(iter(before.values()))), float(MOST_STEPS))
    for field, step in steps.items():
        down = step < 0
        most[down] = np.minimum(most[down], np.floor(before[field][down] / -step[down] + 1e-9))
    whole: Counts = np.maximum(np.nan_to_num(most), 0).astype(np.int64)
    return whole


def _step(records: Records, step: float | str) -> Numbers:
    if not isinstance(step, str):
        return np.full(len(records), float(step))
    sign, quotient = (-1.0, step[1:]) if step.startswith("-") else (1.0, step)
    over, under = (records.stored(field.strip()).astype(np.float64) for field in quotient.split("/"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under == 0, np.nan, sign * over / under)


def _moved(records: Records, before: Mapping[str, Numbers], steps: Steps, counts: Counts) -> Records:
    # rounded to the sheet's own decimals: 75.01 - 1 × 0.01 is 75.00 and not a hair beside it
    changed: dict[str, Any] = {field: np.round(before[field] + counts * steps[field], 6) for field in steps}
    columns = {column.name: records.stored(column.name) for column in records.kind if column.name not in changed}
    return Records(records.kind, {**columns, **changed}, len(records))
