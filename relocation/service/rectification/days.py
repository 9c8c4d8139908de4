"""The day an entry is looked at or moved on, and the calendar its deadline is counted by."""

from datetime import date, datetime

from relocation.ledger.deadlines import soon_until
from relocation.ledger.workdays import Calendar
from relocation.service.workdays import shipped_calendar


def day_of(now: datetime) -> date:
    """Return the day a moment belongs to where the office stands."""
    return now.astimezone().date()


def calendar_of(county: str) -> Calendar:  # noqa: ARG001 - a county's own calendar goes before the notices once it can be kept
    """Return the working days of a county."""
    return shipped_calendar()


def soon_after(day: date) -> date:
    """Return the last deadline that is near on a day."""
    return soon_until(day, shipped_calendar())
