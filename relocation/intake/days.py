"""Days as people write them. A month or a year alone gives no day, since any would be invented; the row can do without."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np

from relocation.intake.plausible import EARLIEST, LATEST
from relocation.intake.refusal import Fact

NO_DAY = "day-missing"
"""The code for a month or a year without its day: nothing is refused for it, the cell is left blank and told of."""


class Unreadable(ValueError):
    """A cell that cannot be read: the refusal's code and facts."""

    def __init__(self, code: str, facts: Mapping[str, Fact] | None = None) -> None:
        """Carry why."""
        super().__init__(code)
        self.code, self.facts = code, facts or {}


_FIRST_1900, _FIRST_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)  # day 0 of each count, Excel's leap year of 1900 allowed for

_TIME = r"(?:[ T]*\d{1,2}:\d{1,2}(?::\d{1,2})?(?:\.\d+)?)?"
_FULL = re.compile(r"(\d{4})\s*(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|([-./])\s*(\d{1,2})\s*\4\s*(\d{1,2}))" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月?(?:份|底|初|中旬|上旬|下旬)?|[-./](\d{1,2})|年[底初末]?|(\d{2}))?")
_SHORT_YEAR = re.compile(r"\d{1,2}[-./年]\d{1,2}[-./月]\d{1,4}日?")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def day_of(cell: Any, *, serial_days: bool = True, since_1904: bool = False) -> np.datetime64:
    """Return the day a cell means; raises Unreadable with a code when it names none for certain.

    `serial_days` lets a bare number be Excel's count of days, from 1904 if `since_1904`.
    """
    if isinstance(cell, dt.datetime):
        return _within(cell.date())
    if isinstance(cell, dt.date):
        return _within(cell)
    if isinstance(cell, (int, float)):
        return _of_number(float(cell), serial_days, since_1904)
    if not isinstance(cell, str):
        raise Unreadable("not-a-day")
    return _of_text(unicodedata.normalize("NFKC", cell).strip())


def _of_number(number: float, serial_days: bool, since_1904: bool) -> np.datetime64:
    if number.is_integer() and 19_000_000 <= number < 21_000_000:
        return _of_text(str(int(number)))
    if 1900 <= number < 2100 or 190_000 <= number < 210_000:  # 2018, 2018.3, 201803
        return _of_text(str(int(number)) if number.is_integer() else repr(number))
    if not serial_days or not 17_000 <= number < 80_000:
        raise Unreadable("not-a-day")
    return _within((_FIRST_1904 if since_1904 else _FIRST_1900) + dt.timedelta(days=int(number)))


def _of_text(text: str) -> np.datetime64:
    text = _numerals(text) if re.search("[〇○零一二三四五六七八九十]", text) else text
    if found := _FULL.fullmatch(text):
        return _made(found[1], found[2] or found[5], found[3] or found[6])
    if found := _COMPACT.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _MONTH.fullmatch(re.sub(r"\s", "", text)):
        _made(found[1], found[2] or found[3] or found[4] or "1", "1")  # there must be such a month
        raise Unreadable(NO_DAY)
    if _SHORT_YEAR.fullmatch(text):
        raise Unreadable("day-ambiguous")
    raise Unreadable("not-a-day")


def _made(year: str, month: str, day: str) -> np.datetime64:
    try:
        return _within(dt.date(int(year), int(month), int(day)))
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("day-impossible") from None


def _within(day: dt.date) -> np.datetime64:
    if not EARLIEST <= day <= LATEST:
        raise Unreadable("day-out-of-range", {"earliest": EARLIEST.isoformat(), "latest": LATEST.isoformat()})
    return np.datetime64(day, "D")


def _numerals(text: str) -> str:
    """Turn 二〇一八年三月二十五日 into 2018年3月25日."""
    text = re.sub("([二三])?十([一二三四五六七八九])?", lambda ten: f"{ten[1] or '一'}{ten[2] or '〇'}", text)
    return text.translate(_NUMERALS)
