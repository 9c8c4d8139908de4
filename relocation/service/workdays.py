"""The calendar deadlines are counted by: the notices shipped with the program, and over them what a county adds."""

from functools import cache

from relocation.ledger.workdays import Calendar, read_calendar
from relocation.service.reference import shipped_file


@cache
def shipped_calendar() -> Calendar:
    """Return the public holidays and make-up workdays of the published notices."""
    return read_calendar(shipped_file("reference", "workdays.csv").read_text("utf-8"))
