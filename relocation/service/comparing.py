"""The same records judged by two laws: whose outcome changes, from what to what. Nothing is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from checks.check import Check
from checks.finding import Finding
from checks.instruments import Instruments
from checks.sheet import Overlay
from checks.verdict import WORST_FIRST, Outcome
from relocation.service.judging import Judged, frames, judge, known, within
from relocation.service.reference import around
from relocation.store import files
from relocation.store.frames import read_ledgers
from relocation.store.opening import Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Law:
    """The checks and the places' own values that records are judged by."""

    checks: Sequence[Check]
    overlays: Sequence[Overlay]


@dataclass(frozen=True, slots=True)
class Changed:
    """One subject whose outcome is another by the other law."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class CheckChange:
    """What another law changes for one check: (outcome id before, after) → how many, worst first, and the first of them."""

    check: str
    judged: int
    moved: Mapping[tuple[str, str], int]
    changed: tuple[Changed, ...]

    @property
    def total(self) -> int:
        """How many subjects change."""
        return sum(self.moved.values())


def compare(store: Store, one: Law, other: Law, *, as_of: date, county: str | None = None, most: int = 10) -> tuple[CheckChange, ...]:
    """Judge what is stored (of one county) by both laws; both name the same checks in the same order.

    Whoever is bound to places is told of the records there; they are judged beside those of the whole county.
    Returns an entry a check, also where nothing changes; `most` limits the subjects named a check.
    """
    if county is not None and not store.scope.touches(county):
        raise Trouble("county-empty", county=county, counties="", near="")
    layers = around(store.whole)
    with store.whole.reading() as connection:
        ledgers = read_ledgers(connection, county if county or store.scope.everywhere else sorted({place for place, _ in store.scope.places}))
        names = files.county_names(connection)
    of = [part for part in (within(frame, store.scope) for frame in frames(ledgers, names)) if len(part)]
    before, after = (judge(of, law.checks, as_of, layers, ledgers, law.overlays) for law in (one, other))
    found = {check.id: _Found() for check in one.checks}
    for was, now in zip(before, after, strict=True):
        found[was.check.id].add(was, now, most)
    return tuple(CheckChange(id, each.judged, each.ordered(), tuple(each.changed)) for id, each in found.items())


class _Found:
    """What was found for one check so far, over its frames."""

    def __init__(self) -> None:
        self.judged = 0
        self.moved: Counter[tuple[str, str]] = Counter()
        self.changed: list[Changed] = []

    def add(self, was: Judged, now: Judged, most: int) -> None:
        """Add one frame judged by both laws."""
        self.judged += len(was.records)
        rows = np.flatnonzero(was.verdict.outcome != now.verdict.outcome)
        kinds, counts = np.unique(was.verdict.outcome[rows].astype(np.int64) * len(Outcome) + now.verdict.outcome[rows], return_counts=True)
        for kind, number in zip(kinds.tolist(), counts.tolist(), strict=True):
            self.moved[Outcome(kind // len(Outcome)).id, Outcome(kind % len(Outcome)).id] += number
        for row in rows[: max(most - len(self.changed), 0)]:
            self.changed.append(Changed(_one(was, row), _one(now, row)))

    def ordered(self) -> dict[tuple[str, str], int]:
        """Return the counts, the worst that anything becomes first."""
        order = [outcome.id for outcome in WORST_FIRST]
        return dict(sorted(self.moved.items(), key=lambda item: (order.index(item[0][1]), order.index(item[0][0]))))


def _one(judged: Judged, row: int) -> Finding:
    return judged.check.findings(judged.records, judged.verdict, np.array([row]))[0]


def changed_json(change: CheckChange, lang: str, register: Instruments) -> dict[str, Any]:
    """Return one check's changes for other programs, each subject with both sentences."""
    counts = [{"from": was, "to": becomes, "n": number} for (was, becomes), number in change.moved.items()]
    subjects = [
        {
            "check": change.check,
            "subject_kind": one.after.subject_kind,
            "subject": one.after.subject,
            "name": one.after.name,
            "county": one.after.county,
            "from": one.before.outcome.id,
            "to": one.after.outcome.id,
            "before": known(change.check).sentence(one.before, lang, register),
            "after": known(change.check).sentence(one.after, lang, register),
        }
        for one in change.changed
    ]
    return {"check": change.check, "judged": change.judged, "changed": change.total, "counts": counts, "subjects": subjects}
