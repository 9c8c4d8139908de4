"""What a filled-in row says, read strictly: a cell that is not what its column asks for is refused, a blank one says nothing."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from relocation.visits.columns import BY_NAME, VisitColumn

LARGEST_M2, MOST_PERSONS, LONGEST = 2_000.0, 30, 300
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,4})?")


class Wrong(Exception):
    """A cell that cannot be taken: the column, and why ("visit-flag", "visit-area", …)."""

    def __init__(self, column: str, code: str) -> None:
        """Say where and why."""
        super().__init__(f"{column} {code}")
        self.column, self.code = column, code


def flag(cells: Mapping[str, str], name: str) -> bool | None:
    """Return yes or no, None for a blank. Wrong for any other word."""
    said, column = _said(cells, name), BY_NAME[name]
    if not said:
        return None
    if said.casefold() in _words(column.yes, "是", "√", "yes", "1"):
        return True
    if said.casefold() in _words(column.no, "否", "×", "no", "0"):
        return False
    raise Wrong(name, "visit-flag")


def _words(own: tuple[str, str] | None, *also: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in (*(own or ()), *also))


def area(cells: Mapping[str, str]) -> float | None:
    """Return the measured area in m², None for a blank. Wrong for what is no area of a home."""
    said = re.sub(r"(m2|平方米|平米)$", "", _said(cells, "measured_area_m2").replace(",", ""), flags=re.IGNORECASE).strip()
    if not said:
        return None
    if not _NUMBER.fullmatch(said) or not 0 < float(said) <= LARGEST_M2:
        raise Wrong("measured_area_m2", "visit-area")
    return float(said)


def persons(cells: Mapping[str, str]) -> int | None:
    """Return how many people were met, None for a blank: nobody met is 0 and has to be written."""
    said = _said(cells, "persons_met").removesuffix("人").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and int(said) <= MOST_PERSONS):
        raise Wrong("persons_met", "visit-persons")
    return int(said)


def day(cells: Mapping[str, str], today: date) -> date | None:
    """Return the day of the visit (ISO in the cell), None for a blank. Wrong for one that is still to come."""
    said = cells.get("visited_on", "")
    on = date.fromisoformat(said) if said else None
    if on is not None and on > today:
        raise Wrong("visited_on", "visit-later")
    return on


def text(cells: Mapping[str, str], name: str) -> str:
    """Return a remark. Wrong for one too long."""
    said = cells.get(name, "")
    if len(said) > LONGEST:
        raise Wrong(name, "visit-words")
    return said


def described(column: VisitColumn) -> tuple[str, str]:
    """Return the words a column of yes and no takes, in both languages."""
    yes, no = column.yes or ("是", "yes"), column.no or ("否", "no")
    return f"{yes[0]}、{no[0]}", f"{yes[1]}, {no[1]}"


def _said(cells: Mapping[str, str], name: str) -> str:
    return unicodedata.normalize("NFKC", cells.get(name, "")).strip()
