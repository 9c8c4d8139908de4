"""Units as people write them, in a heading, a unit row or a cell, and what they are worth in the unit of the store."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """`factor` times the number gives the value in `measure`, the store's unit."""

    measure: str
    factor: Fraction

    def scaled(self, written: str) -> float:
        """Return the value of a decimal number as written: 608.18 万元 is 6081800 yuan, which float arithmetic misses by a hair."""
        return float(Decimal(written) * self.factor.numerator / self.factor.denominator)


AS_WRITTEN = Unit("", Fraction(1))
MU_M2 = Fraction(2000, 3)  # one 亩

_WRITTEN: dict[str, dict[str, int | Fraction]] = {
    "yuan": {"元": 1, "人民币元": 1, "yuan": 1, "rmb": 1, "cny": 1, "千元": 10**3, "万元": 10**4, "万": 10**4, "百万元": 10**6, "亿元": 10**8, "亿": 10**8},
    "m2": {
        "m2": 1, "m^2": 1, "m²": 1, "平方米": 1, "平米": 1, "平方": 1, "sqm": 1, "亩": MU_M2, "万平方米": 10**4, "万m2": 10**4, "万平米": 10**4,
        "公顷": 10**4, "ha": 10**4, "平方公里": 10**6, "km2": 10**6,
    },
    "m": {"m": 1, "米": 1, "公里": 10**3, "千米": 10**3, "km": 10**3},
    "persons": {"人": 1, "口": 1, "口人": 1, "名": 1, "persons": 1, "person": 1, "万人": 10**4},
    "households": {"户": 1, "households": 1, "household": 1, "万户": 10**4},
    "deg": {"°": 1, "度": 1, "deg": 1},
}  # fmt: skip

UNITS: dict[str, Unit] = {text: Unit(measure, Fraction(factor)) for measure, written in _WRITTEN.items() for text, factor in written.items()}
for _money, _factor in (("元", 1), ("万元", 10**4), ("yuan", 1)):
    for _area, _per in _WRITTEN["m2"].items():
        for _joint in ("/", "每", "/每"):
            UNITS[f"{_money}{_joint}{_area}"] = Unit("yuan/m2", Fraction(_factor) / _per)

PER_AREA = re.compile(r"单|每")  # a heading that says "per unit" by itself


def plain(text: str) -> str:
    """Return text in one width and case, without blanks: what spellings are compared by."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def unit_of(text: str) -> Unit | None:
    """Return the unit a text consists of ("万元", "单位：㎡"), or None."""
    return UNITS.get(re.sub(r"^(?:单位|计量单位|unit)[:：]?", "", plain(text)))


def fits(unit: Unit, measure: str, heading: str) -> Unit | None:
    """Return `unit` as a unit of `measure`, None when it measures something else.

    "元" under a heading that itself says "per …" (单位造价, 单价) means yuan a square metre; under any other it does not.
    """
    if unit.measure == measure:
        return unit
    if measure == "yuan/m2" and unit.measure == "yuan" and PER_AREA.search(heading):
        return Unit(measure, unit.factor)
    return None
