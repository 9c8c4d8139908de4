"""A finding: one check's verdict on one subject, as facts. The sentence is made when someone reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checks.verdict import Outcome

Fact = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class LawApplied:
    """The value a verdict rests on, as it was that day: kept with the finding for good."""

    parameter: str
    value: float
    since: date
    instrument: str
    clause: Mapping[str, str]
    standing: str
    place: str
    first_day_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, about whom, by which value of the law. Key: check + subject_kind + subject."""

    check: str
    subject_kind: str  # "site", "household", "county", "township"
    subject: str
    name: str
    county: str
    township: str
    outcome: Outcome
    reason: str
    measured: float | None
    limit: float | None
    unit: str
    law: LawApplied | None
    missing: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes a finding the same one in the next run."""
        return self.check, self.subject_kind, self.subject
