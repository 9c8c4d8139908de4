"""An entry of the rectification ledger as a value: what is wrong, who mends it by when, and how far they are."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from relocation.ledger.states import Presence, Severity, State, Tier

_NUMBER = re.compile(r"(\d{6})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A deadline that no longer holds: the day it was, the day it was given up, and why."""

    due_on: date
    changed_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `number` is the county's own, given once and never again; `version` counts its changes.

    `found` is the finding it was opened from, as it stood then (JSON); `check`, `subject_kind` and `subject` are that finding's key.
    `reason` and `approver` belong to the last return, acceptance or dismissal; `asked_*` to an extension that nobody has answered yet.
    `repeats` is the closed entry whose problem came back, `root` the entry that says the same and stands for this one.
    """

    county: str
    number: int
    text: str
    tier: Tier
    severity: Severity
    opened_at: datetime
    opened_by: str
    due_on: date
    township: str = ""
    source: str = ""
    category: str = ""
    check: str = ""
    subject_kind: str = ""
    subject: str = ""
    found: str = ""
    state: State = State.OPEN
    unit: str = ""
    person: str = ""
    measure: str = ""
    earlier: tuple[Earlier, ...] = ()
    asked_due_on: date | None = None
    asked_by: str = ""
    asked_why: str = ""
    submitted_by: str = ""
    submitted_on: date | None = None
    reason: str = ""
    approver: str = ""
    accepted_until: date | None = None
    closed_by: str = ""
    closed_on: date | None = None
    presence: Presence = Presence.NONE
    repeats: int | None = None
    root: int | None = None
    version: int = 1

    @property
    def id(self) -> str:
        """The number as people say it: 411522-0007."""
        return numbered(self.county, self.number)

    @property
    def from_check(self) -> bool:
        """Whether a check found it, so that the check must pass before it is closed."""
        return bool(self.check)


def numbered(county: str, number: int) -> str:
    """Return the number of a county's entry as people say it."""
    return f"{county}-{number:04d}"


def parted(id: str) -> tuple[str, int]:
    """Return county and number of what people say. ValueError for anything else."""
    found = _NUMBER.fullmatch(id.strip())
    if found is None:
        raise ValueError(id)
    return found[1], int(found[2])
