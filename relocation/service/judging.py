"""Records judged: every check over every kind of record it is about, in columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from checks import census
from checks.check import Check
from checks.finding import Finding
from checks.records import Records
from checks.registry import check_by_id, checks
from checks.verdict import Outcome, Verdict
from checks.vocabulary import HOUSEHOLD, SITE
from geo.layer import Layer
from relocation.service.reference import overlays
from relocation.store.trouble import Trouble

SIMILAR = 0.6
"""Two codes this alike (as difflib counts) may be one mistyped; less alike, the proposal would only mislead."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One check's verdict on one frame of records."""

    check: Check
    records: Records
    verdict: Verdict

    def findings(self, every: bool = False) -> list[Finding]:
        """Return the findings worth keeping: all of sites and areas, of households all but those that pass (`every`: those too)."""
        if every or self.records.kind is not HOUSEHOLD:
            return self.check.findings(self.records, self.verdict)
        return self.check.findings(self.records, self.verdict, np.flatnonzero(self.verdict.outcome != Outcome.PASS))

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


def frames(sites: Records, households: Records, names: Mapping[str, str]) -> tuple[Records, ...]:
    """Return every frame there is something to judge in: sites, households, and the areas counted from them."""
    areas = census.areas(households, names) if len(households) else None
    return tuple(frame for frame in (sites, households, areas) if frame is not None and len(frame))


def judge(of: Sequence[Records], which: Sequence[Check], as_of: date, around: Mapping[str, Layer]) -> Iterator[Judged]:
    """Run checks over frames of records."""
    for frame in of:
        for check in which:
            if frame.kind in check.about:
                yield Judged(check, frame, check.run(frame, as_of, around, overlays()))


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


__all__ = ["HOUSEHOLD", "SITE", "Judged", "chosen", "frames", "judge", "known", "near"]
