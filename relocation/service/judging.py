"""Records judged: every check over every kind of record it is about, in columns, with the other ledgers laid beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from checks import census
from checks.check import Check
from checks.finding import Finding
from checks.records import RecordKind, Records
from checks.registry import check_by_id, checks
from checks.sheet import Overlay
from checks.verdict import NOT_SUPPLIED, Outcome, Verdict
from checks.vocabulary import AREA, HOUSEHOLD, SITE
from geo.layer import Layer
from relocation import steps
from relocation.accounts.scope import Scope
from relocation.store.trouble import Trouble

SIMILAR = 0.6
"""Two codes this alike (as difflib counts) may be one mistyped; less alike, the proposal would only mislead."""
OPEN = (Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA)
"""The outcomes that want something done."""


def of_people(kind: RecordKind) -> bool:
    """Tell whether a ledger has a line for every family: a nation of passing homes would be kept to say nothing."""
    return any(column.name == "head_name" for column in kind)


@dataclass(frozen=True, slots=True)
class Judged:
    """One check's verdict on one frame of records.

    `some`: on some records of their counties, so that nothing is found of their ledger as a whole.
    """

    check: Check
    records: Records
    verdict: Verdict
    some: bool = False

    def findings(self, every: bool = False) -> list[Finding]:
        """Return all findings, of lists of people all but those that pass (`every`: those too)."""
        if every or not of_people(self.records.kind):
            return self.check.findings(self.records, self.verdict)
        return self.check.findings(self.records, self.verdict, np.flatnonzero(self.verdict.outcome != Outcome.PASS))

    def kept(self) -> list[Finding]:
        """Return the findings worth a row in the store: all, of lists of people those that want something done."""
        wanted = np.isin(self.verdict.outcome, OPEN) if of_people(self.records.kind) else np.ones(len(self.records), dtype=np.bool_)
        if self.some:
            wanted &= ~self.verdict.saying(NOT_SUPPLIED)
        return self.check.findings(self.records, self.verdict, np.flatnonzero(wanted))

    def counts(self) -> dict[tuple[str, str, str], int]:
        """Return (check, county, outcome id) → number of subjects."""
        places, which = np.unique(self.records.stored("county").astype(str), return_inverse=True)
        table: npt.NDArray[np.int64] = np.bincount(which * len(Outcome) + self.verdict.outcome, minlength=len(places) * len(Outcome))
        numbers = table.reshape(len(places), len(Outcome))
        return {
            (self.check.id, str(place), outcome.id): int(numbers[row, outcome])
            for row, place in enumerate(places)
            for outcome in Outcome
            if numbers[row, outcome]
        }


def frames(ledgers: Mapping[str, Records], names: Mapping[str, str]) -> tuple[Records, ...]:
    """Return every frame there is something to judge in: each ledger with records, and the areas counted from the households."""
    homes = ledgers.get(HOUSEHOLD.ledger)
    areas = (census.areas(homes, names),) if homes is not None and len(homes) else ()
    return tuple(frame for frame in (*ledgers.values(), *areas) if len(frame))


def within(records: Records, scope: Scope) -> Records:
    """Return those records of a frame that lie in a scope's places; a county as a whole lies in no township of its own."""
    if scope.everywhere:
        return records
    counties = records.stored("county").astype(str)
    named = "township" if any(column.name == "township" for column in records.kind) else ""
    townships = records.stored(named).astype(str) if named else np.full(len(records), "")
    if records.kind is AREA:
        townships = np.where(records.stored("level").astype(str) == "township", records.stored("name").astype(str), "")
    return records.take(np.array([scope.holds(*place) for place in zip(counties, townships, strict=True)], dtype=np.bool_))


def judge(
    of: Sequence[Records], which: Sequence[Check], as_of: date, around: Mapping[str, Layer], beside: Mapping[str, Records], overlays: Sequence[Overlay]
) -> Iterator[Judged]:
    """Run checks over frames of records; `beside` are the ledgers the rules may look into, by name, `overlays` the places' own values."""
    for check, frame in steps.each("judging", [(check, frame) for frame in of for check in which if frame.kind in check.about]):
        for part, supplied in _supplied(check, frame, beside):
            yield Judged(check, part, check.run(part, as_of, around, overlays, supplied))


def _supplied(check: Check, frame: Records, beside: Mapping[str, Records]) -> Iterator[tuple[Records, Mapping[str, Records]]]:
    """Yield a frame by counties that have supplied the same of the ledgers a check looks into: what one has says nothing of another."""
    names = [name for name in check.looks_into(frame.kind) if name in beside]
    having = {name: set(beside[name].grouped("county")[0]) for name in names if name != frame.kind.ledger}
    places, place_of = frame.grouped("county")
    parts: dict[frozenset[str], list[int]] = {}
    for number, place in enumerate(places):
        parts.setdefault(frozenset(name for name in names if name not in having or place in having[name]), []).append(number)
    for supplied, numbers in parts.items():
        rows = frame if len(parts) == 1 else frame.take(np.isin(place_of, numbers))
        yield rows, {name: beside[name] for name in names if name in supplied}


def chosen(only: Sequence[str]) -> list[Check]:
    """Return the checks of those ids, all when none is named. Trouble, with near ids, for one that does not exist."""
    return [known(id) for id in only] if only else list(checks().values())


def known(id: str) -> Check:
    """Return the check of an id, present or former. Trouble, with near ids, when there is none."""
    try:
        return check_by_id(id)
    except KeyError:
        raise Trouble("unknown-check", check=id, near=near(id, list(checks()))) from None


def near(text: str, among: Sequence[str]) -> str:
    """Return up to three of `among` that are spelt much like `text`; "" when none is."""
    return ", ".join(get_close_matches(text, among, n=3, cutoff=SIMILAR))


__all__ = ["HOUSEHOLD", "SITE", "Judged", "chosen", "frames", "judge", "known", "near", "within"]
