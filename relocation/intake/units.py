"""Units as people write them, in a heading, a unit row or a cell, and what they are worth in the unit of the store."""

import re
import unicodedata
from typing import NamedTuple


class Unit(NamedTuple):
    """`factor` times the number gives the value in `measure`, the store's unit."""

    measure: str
    factor: float


MU_M2 = 2000 / 3  # one 亩

_WRITTEN: dict[str, dict[str, float]] = {
    "yuan": {"元": 1, "人民币元": 1, "yuan": 1, "rmb": 1, "cny": 1, "千元": 1e3, "万元": 1e4, "万": 1e4, "百万元": 1e6, "亿元": 1e8, "亿": 1e8},
    "m2": {
        "m2": 1, "m^2": 1, "m²": 1, "平方米": 1, "平米": 1, "平方": 1, "sqm": 1, "亩": MU_M2, "万平方米": 1e4, "万m2": 1e4, "万平米": 1e4,
        "公顷": 1e4, "ha": 1e4, "平方公里": 1e6, "km2": 1e6,
    },
    "m": {"m": 1, "米": 1, "公里": 1e3, "千米": 1e3, "km": 1e3},
    "persons": {"人": 1, "口": 1, "口人": 1, "名": 1, "persons": 1, "person": 1, "万人": 1e4},
    "households": {"户": 1, "households": 1, "household": 1, "万户": 1e4},
    "deg": {"°": 1, "度": 1, "deg": 1},
}  # fmt: skip

UNITS: dict[str, Unit] = {text: Unit(measure, factor) for measure, written in _WRITTEN.items() for text, factor in written.items()}
for _money, _factor in (("元", 1.0), ("万元", 1e4), ("yuan", 1.0)):
    for _area, _per in _WRITTEN["m2"].items():
        for _joint in ("/", "每", "/每"):
            UNITS[f"{_money}{_joint}{_area}"] = Unit("yuan/m2", _factor / _per)

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
