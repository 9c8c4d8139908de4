"""Working days: Monday to Friday, less the public holidays, plus the weekends worked in their stead, as each year's notice says.

A year without a notice is counted by the days of the week alone, and whoever asked is told which year that was: a deadline
reckoned over it may move by a few days once the notice comes.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

HEADINGS = ("年份", "文号", "节日", "起", "止", "安排")
OFF, WORKED = "休", "班"
LONGEST_TEXT = 64 * 1024
LONGEST_HOLIDAY_DAYS, LONGEST_COUNT_DAYS = 31, 10_000
_FRIDAY = 4
_DAY = timedelta(days=1)


class Unclear(ValueError):
    """A line of a table of holidays that cannot be read. why: headings, columns, year, day, order, arrangement, contradicts, length."""

    def __init__(self, why: str, line: int, found: str) -> None:
        """Carry why, the line (counted from 1) and what stood there."""
        super().__init__(f"{why} in line {line}: {found}")
        self.why, self.line, self.found = why, line, found


@dataclass(frozen=True, slots=True)
class Calendar:
    """What deviates from the week: day → is it worked; and of each year that is known, the numbers of its notices."""

    worked: Mapping[date, bool] = field(default_factory=dict)
    notices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)  # the holiday a day belongs to

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is worked; in a year that is not known, Monday to Friday are."""
        return self.worked.get(day, day.weekday() <= _FRIDAY)

    def over(self, under: "Calendar") -> "Calendar":
        """Return this calendar laid over another: a day that this one speaks of goes by it, and its years are known too."""
        notices = {year: tuple(dict.fromkeys((*under.notices.get(year, ()), *self.notices.get(year, ())))) for year in {*under.notices, *self.notices}}
        return Calendar({**under.worked, **self.worked}, dict(sorted(notices.items())), {**under.names, **self.names})

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from one day to another that no notice is known for."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.notices)


class Reckoned(NamedTuple):
    """A day reckoned, and the years on the way whose holidays are not known."""

    day: date
    unknown: tuple[int, ...]


class Counted(NamedTuple):
    """Working days counted, and the years on the way whose holidays are not known."""

    days: int
    unknown: tuple[int, ...]


def add_workdays(day: date, days: int, calendar: Calendar) -> Reckoned:
    """Return the last of so many working days after a day, which itself does not count; with 0 the day itself. ValueError below 0."""
    if not 0 <= days <= LONGEST_COUNT_DAYS:
        raise ValueError(f"{days} working days cannot be added")
    at = day
    while days:
        at += _DAY
        days -= calendar.is_workday(at)
    return Reckoned(at, calendar.unknown(day, at))


def workdays_between(first: date, last: date, calendar: Calendar) -> Counted:
    """Return how many working days come after `first` up to and with `last`; negative where `last` is the earlier one."""
    early, late = min(first, last), max(first, last)
    days = sum(calendar.is_workday(early + number * _DAY) for number in range(1, (late - early).days + 1))
    return Counted(days if first <= last else -days, calendar.unknown(early, late))


def read_calendar(text: str) -> Calendar:
    """Return the calendar a table says: a row for each stretch of days off (休) or worked (班), with year, notice, name, first and last day.

    An empty last day means the first alone; a mark of order or blank lines are passed over. Raises Unclear with the line and
    what stood there; a day that is both off and worked is unclear too.
    """
    if len(text) > LONGEST_TEXT:
        raise Unclear("length", 1, str(len(text)))
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(cell.strip() for cell in next(rows, [])) != HEADINGS:
        raise Unclear("headings", 1, text[:40].partition("\n")[0])
    worked: dict[date, bool] = {}
    names: dict[date, str] = {}
    notices: dict[int, tuple[str, ...]] = {}
    for row in rows:
        line, cells = rows.line_num, [cell.strip() for cell in row]
        if not any(cells):
            continue
        year, days, is_worked = _stretch(cells, line)
        notices[year] = tuple(dict.fromkeys((*notices.get(year, ()), cells[1])))
        for day in days:
            if worked.setdefault(day, is_worked) != is_worked:
                raise Unclear("contradicts", line, day.isoformat())
            names[day] = cells[2]
    return Calendar(worked, notices, names)


def _stretch(cells: list[str], line: int) -> tuple[int, list[date], bool]:
    """Return a row's year, its days and whether they are worked."""
    if len(cells) != len(HEADINGS) or not cells[1]:
        raise Unclear("columns", line, ",".join(cells)[:80])
    year, first, last = _year(cells[0], line), _day(cells[3], line), _day(cells[4] or cells[3], line)
    if cells[5] not in (OFF, WORKED):
        raise Unclear("arrangement", line, cells[5][:20])
    if not 0 <= (last - first).days < LONGEST_HOLIDAY_DAYS or year not in (first.year, first.year + 1, last.year):
        raise Unclear("order", line, f"{year}: {first} … {last}")
    return year, [first + number * _DAY for number in range((last - first).days + 1)], cells[5] == WORKED


def _year(text: str, line: int) -> int:
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise Unclear("year", line, text[:20])
    return int(text)


def _day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unclear("day", line, text[:20]) from None
