"""Numbers with their units as problem lists write them: 3户, 三户, 800万元, 八百万元 and 8000000元 are each the same as their like."""

import re
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_UNITS = {
    "户": "户", "人": "人", "名": "人", "套": "套", "栋": "栋", "处": "处", "份": "份", "元": "元", "亩": "亩", "个月": "月", "张": "张", "条": "条", "起": "起",
    "平方米": "㎡", "㎡": "㎡", "平米": "㎡", "m2": "㎡", "%": "%", "家": "户",
}  # fmt: skip
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]{1,9})"
_AMOUNT = re.compile(
    _NUMBER + r"\s*(?P<by>万|亿)?余?多?(?P<unit>" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?!一)"
)  # 一户一档 counts nothing
_BY = {"": 1, "万": 10_000, "亿": 100_000_000}
_RULE = re.compile(r"(?:人均|每人|不超过|不得超过|标准为?)\s*(?:住房面积)?(?:超过?)?\s*$")


class Amount(NamedTuple):
    """A unit and the number of it; amounts are ordered so."""

    unit: str
    number: Decimal

    def __str__(self) -> str:
        """Write it as people do, money in 万元 where it is whole thousands."""
        if self.unit == "元" and self.number >= 10_000 and not self.number % 1000:
            return f"{(self.number / 10_000).normalize():f}万元"
        return f"{self.number.normalize():f}{self.unit}"


def amounts(text: str) -> frozenset[Amount]:
    """Return the amounts a text names; a limit that a rule sets (25㎡ a person) says nothing about the case and is left out."""
    found = set()
    for match in _AMOUNT.finditer(text):
        if _RULE.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        number = _number(match["number"])
        if number is not None:
            found.add(Amount(_UNITS[match["unit"]], number * _BY[match["by"] or ""]))
    return frozenset(found)


def _number(text: str) -> Decimal | None:
    """Return what digits or Chinese numerals below ten thousand mean; None for what is no number."""
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    total = digit = 0
    for sign in text:
        if sign in _STEPS:
            total, digit = total + (digit or 1) * _STEPS[sign], 0
        elif digit:
            return None  # two numerals without a step between them: a year, or a count of times
        else:
            digit = _DIGITS[sign]
    return Decimal(total + digit)
