"""The ledger month by month: which day a month is frozen on, and what came in, went out and stayed, so that every line adds up."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relocation.ledger.states import State, Timing

GROUPED_BY = ("tier", "unit", "category")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Frozen:
    """An entry as it stood at a month's end."""

    number: int
    township: str
    tier: str
    severity: str
    state: str
    timing: str
    unit: str
    category: str
    opened_on: date
    due_on: date
    closed_on: date | None
    root: int | None

    @property
    def closed(self) -> bool:
        """Whether nothing follows any more."""
        return State.by_id(self.state).closed


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened to the entries of one group between two months' ends; `moved` are those that came from other groups less those that left."""

    group: str
    carried: int
    opened: int
    moved: int
    closed: int
    left: int
    overdue: int

    @property
    def holds(self) -> bool:
        """Whether what was there, came and went makes what is left."""
        return self.carried + self.opened + self.moved - self.closed == self.left


def last_day(month: str) -> date:
    """Return the day a month ("2019-12") is frozen on. ValueError for what is no month."""
    found = _MONTH.fullmatch(month)
    if found is None:
        raise ValueError(month)
    year, number = int(found[1]), int(found[2])
    return date(year, number, monthrange(year, number)[1])


def month_of(day: date) -> str:
    """Return the month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def flows(before: Sequence[Frozen], now: Sequence[Frozen], by: str) -> list[Flow]:
    """Return the flow of each group from one month's end to a later one's, groups in order. ValueError for another grouping."""
    if by not in GROUPED_BY:
        raise ValueError(by)
    was = {one.number: one for one in before}
    groups = sorted({getattr(one, by) for one in (*before, *now)})
    return [_flow(group, by, was, before, now) for group in groups]


def _flow(group: str, by: str, was: dict[int, Frozen], before: Sequence[Frozen], now: Sequence[Frozen]) -> Flow:
    carried = sum(not one.closed and getattr(one, by) == group for one in before)
    opened = closed = left = overdue = came = 0
    for one in now:
        earlier = was.get(one.number)
        if earlier is not None and earlier.closed:
            continue
        stayed = earlier is None or getattr(earlier, by) == getattr(one, by)
        if getattr(one, by) == group:
            opened += earlier is None
            came += not stayed
            closed += one.closed
            left += not one.closed
            overdue += one.timing == Timing.OVERDUE.id
        elif earlier is not None and not stayed and getattr(earlier, by) == group:
            came -= 1
    return Flow(group, carried, opened, came, closed, left, overdue)


def total(lines: Sequence[Flow]) -> Flow:
    """Return the sum of all groups; what moved between them is nothing in the sum."""
    names = ("carried", "opened", "moved", "closed", "left", "overdue")
    return Flow("", *(sum(getattr(line, name) for line in lines) for name in names))
