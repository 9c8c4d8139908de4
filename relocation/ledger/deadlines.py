"""Until when an entry has to be mended, and how it stands to that day."""

from collections.abc import Mapping
from datetime import date

from relocation.ledger.entry import Entry
from relocation.ledger.states import RUNNING, Severity, State, Timing
from relocation.ledger.workdays import Calendar, add_workdays

WORKDAYS: Mapping[Severity, int] = {Severity.SEVERE: 15, Severity.ORDINARY: 30, Severity.MINOR: 60}
"""Working days to mend, by how grave it is. No document fixes them: the project's own practice, and a list that names a day goes before."""

SOON_WORKDAYS = 5
"""So many working days before its day an entry is due soon."""


def due_after(day: date, severity: Severity, calendar: Calendar) -> date:
    """Return the deadline of what begins on a day."""
    return add_workdays(day, WORKDAYS[severity], calendar).day


def soon_until(day: date, calendar: Calendar) -> date:
    """Return the last deadline that is near on a day."""
    return add_workdays(day, SOON_WORKDAYS, calendar).day


def timing(entry: Entry, on: date, calendar: Calendar) -> Timing | None:
    """Return how an entry stands to its deadline on a day; None for what has none: accepted for a time, or no problem.

    What was submitted in time stays on time while the reviewer looks at it, and is closed in time however long that takes.
    """
    state = state_on(entry, on)
    if state is State.VERIFIED_CLOSED:
        return Timing.CLOSED_LATE if (entry.submitted_on or entry.closed_on or on) > entry.due_on else Timing.CLOSED_IN_TIME
    if state is State.SUBMITTED:
        return Timing.OVERDUE if (entry.submitted_on or on) > entry.due_on else Timing.ON_TIME
    if state not in RUNNING:
        return None
    if on > entry.due_on:
        return Timing.OVERDUE
    return Timing.DUE_SOON if entry.due_on <= soon_until(on, calendar) else Timing.ON_TIME


def expired(entry: Entry, on: date) -> bool:
    """Tell whether an acceptance has run out: its day has passed."""
    return entry.state is State.ACCEPTED_UNTIL and entry.accepted_until is not None and on > entry.accepted_until


def state_on(entry: Entry, on: date) -> State:
    """Return the state on a day: an acceptance that ran out is open again, whether or not anybody has looked since."""
    return State.OPEN if expired(entry, on) else entry.state
