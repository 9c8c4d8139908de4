"""The day an entry is looked at or moved on, and the calendar its deadline is counted by."""

from datetime import date, datetime

from relocation.ledger.deadlines import soon_until
from relocation.ledger.workdays import Calendar
from relocation.service.workdays import county_calendar, shipped_calendar
from relocation.store.opening import Store


def day_of(now: datetime) -> date:
    """Return the day a moment belongs to where the office stands."""
    return now.astimezone().date()


def calendar_of(store: Store, county: str) -> Calendar:
    """Return the working days of a county: the notices', and over them its own table."""
    return county_calendar(store, county)


def soon_after(day: date) -> date:
    """Return the last deadline that is near on a day."""
    return soon_until(day, shipped_calendar())
