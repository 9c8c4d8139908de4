"""What the figures are: names, units, bases and sources of each, read from one list; a figure counted for a place; a figure reported for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checks.sentence import number

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meant:
    """One line of the list: what is counted, in which unit, from where, and what it is mistaken for."""

    id: str
    group: str
    title: Words
    unit: str
    base: Words
    source: str
    item: str = ""
    swap: str = ""
    beside: tuple[str, ...] = ()
    of: str = ""
    lacking: Words | None = None
    aside: bool = False  # not on the card: it is there to be mistaken for another


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as it was reported: by whom, as of when, in which unit; and what the check says of it ("" before a check)."""

    code: str
    item: str
    value: float | None
    unit: str
    on: date | None
    by: str
    outcome: str
    reason: str = ""
    recorded: float | None = None
    sentence: str = ""
    place: str = ""  # the township or village it speaks for, "" for the place of the card

    @property
    def differs(self) -> bool:
        """Whether the records do not bear it out."""
        return self.outcome in ("fail", "review")

    @property
    def difference(self) -> float | None:
        """Reported less recorded on the same day; None where either is not known, and where the units are not the same."""
        if self.value is None or self.recorded is None or self.reason == "unit-differs":
            return None
        return self.value - self.recorded


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a place as of a day. `value` None: missing, and `missing` says why. `of` is the denominator; `lacking` the records it could not count.

    `since` is the first day where the figure is made of parts counted on several.
    """

    id: str
    value: float | None
    as_of: date
    lacking: int = 0
    of: float | None = None
    missing: str = ""
    since: date | None = None
    reported: tuple[Reported, ...] = ()

    @property
    def meant(self) -> Meant:
        """What the figure means."""
        return meanings()[self.id]


@cache
def _read() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text("utf-8"))
    return loaded


@cache
def meanings() -> Mapping[str, Meant]:
    """Return what each figure means, in the order of the card."""
    return {id: _meant(id, told) for id, told in _read()["figures"].items()}


def _meant(id: str, told: Mapping[str, Any]) -> Meant:
    lacking = {"zh": told["lacking_zh"], "en": told["lacking_en"]} if "lacking_zh" in told else None
    titles, base = {"zh": told["zh"], "en": told["en"]}, {"zh": told["base_zh"], "en": told["base_en"]}
    plain = {name: told.get(name, "") for name in ("item", "swap", "of")}
    return Meant(
        id,
        told["group"],
        titles,
        told["unit"],
        base,
        told["from"],
        **plain,
        beside=tuple(told.get("beside", ())),
        lacking=lacking,
        aside=told.get("aside", False),
    )


@cache
def of_item(name: str) -> str:
    """Return the figure that a return's item is, "" for none."""
    return next((one.id for one in meanings().values() if one.item == name), "")


def group_word(group: str, lang: str) -> str:
    """Return what a group of figures is called."""
    return str(_read()["groups"][group][lang])


def source_word(source: str, lang: str) -> str:
    """Return where a figure was counted."""
    return str(_read()["sources"][source][lang])


def missing_word(reason: str, lang: str) -> str:
    """Return why there is no figure."""
    return str(_read()["missing"][reason][lang])


UNITS: Mapping[str, Words] = {
    "households": {"zh": "户", "en": "households"},
    "persons": {"zh": "人", "en": "persons"},
    "sites": {"zh": "个", "en": "sites"},
    "%": {"zh": "%", "en": "%"},
    "m2/person": {"zh": "平方米/人", "en": "m² per person"},
    "yuan": {"zh": "元", "en": "yuan"},
    "items": {"zh": "条", "en": "entries"},
}
"""Units as people write them."""

_ONE = {"households": "household", "persons": "person", "sites": "site", "items": "entry"}


def said(value: float, unit: str, lang: str) -> str:
    """Return a number with its unit: "1,068 户", "75.69 %"; two decimals at most, and none lost that tells 25.004 from 25."""
    word = _ONE[unit] if lang == "en" and value == 1 and unit in _ONE else UNITS[unit][lang]
    return f"{number(value)} {word}"


def lacking_said(figure: Figure, lang: str) -> str:
    """Return how many records a figure could not count, "" for none."""
    if not figure.lacking:
        return ""
    own = figure.meant.lacking
    general = {"zh": "另有 {n} 条登记不全，没有计入", "en": "{n} more incomplete, not counted"}
    return (own or general)[lang].format(n=f"{figure.lacking:,}")
