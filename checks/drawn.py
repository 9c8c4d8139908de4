"""What a drawing says of a unit type, as numbers a rule can weigh: the area counted, how far it may be off, who is to live there."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np

from checks.policy import Limit
from checks.records import Array, Records
from checks.verdict import Flags, Numbers
from checks.wording import plain

SIDES = ("design", "construction")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of the two drawings' word on each unit type; square metres, NaN where it does not say.

    counted: the outline and of the balconies what the rule counts. low, high: what it is at least and at most, with the
    uncertainty of measuring, and from no balcony to all of it where how much counts is no formal rule.
    """

    there: Flags
    counted: Numbers
    low: Numbers
    high: Numbers
    annotated: Numbers
    balcony: Numbers
    error: Numbers
    persons: Numbers
    persons_by_hand: Flags
    doubts: Array
    doubted: Flags


def drawn(of: Records, side: str, share: Limit) -> Drawn:
    """Return what the `side` ("design", "construction") drawing says; `share` is the percentage of a balcony that counts."""
    gross, balcony = of.stored(f"{side}_gross_m2"), np.nan_to_num(of.stored(f"{side}_balcony_m2"))
    error, doubts = np.nan_to_num(of.stored(f"{side}_error_m2")), of.stored(f"{side}_doubts")
    counted = gross + balcony * share.amounts / 100
    return Drawn(
        there=np.asarray(of.stored(f"{side}_drawing").astype(bool)),
        counted=counted,
        low=np.where(share.binding, counted, gross) - error,
        high=np.where(share.binding, counted, gross + balcony) + error,
        annotated=of.stored(f"{side}_annotated_m2"),
        balcony=balcony,
        error=error,
        persons=of.stored(f"{side}_drawn_persons"),
        persons_by_hand=np.asarray(of.stored(f"{side}_persons_by_hand") == 1),
        doubts=doubts,
        doubted=np.asarray(doubts.astype(bool)),
    )


def play(error: Numbers) -> dict[str, Array]:
    """Return what measuring may be off by as facts of a phrase: none where it would be written as 0."""
    return {"state": np.where(np.nan_to_num(error) < LEAST_M2, "none", "some").astype(object), "m2": error}


LEAST_M2 = 0.005
"""Below this an area is written as 0."""


def as_typed(typed: str, drawn_m: float) -> str:
    """Return a length in metres in the unit and the way that another was typed: 10 m beside "9700" is "10000".

    The unit is the one of millimetre, centimetre and metre by which the typed figure comes nearest to what is drawn.
    """
    found = _FIGURE.fullmatch(typed.strip())
    figure = float(found[1]) if found else 0.0
    if not found or not figure > 0 or not drawn_m > 0:
        return f"{round(drawn_m, 3):g} m"
    units = {1000.0: 1, 100.0: 1, 1.0: 3}  # how many make a metre → decimals that are drawn
    per_m = min(units, key=lambda unit: abs(log(figure / (drawn_m * unit))))
    return f"{round(drawn_m * per_m, units[per_m]):.{units[per_m]}f}".rstrip("0").rstrip(".") + found[2]


_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?)( ?(?:mm|cm|m|毫米|厘米|米)?)")


@dataclass(frozen=True, slots=True)
class Assigned:
    """The registered-poor households assigned to each unit type, and how many of them have fewer persons than it is for."""

    households: Numbers
    fewer: Numbers


def assigned(types: Records, persons: Numbers, homes: Records | None) -> Assigned:
    """Return who is to live in the homes of a type: households of its county and site that name it ("A户型", "A 户型", "a")."""
    households, fewer = np.zeros(len(types)), np.zeros(len(types))
    if homes is None:
        return Assigned(households, fewer)
    poor = np.flatnonzero(homes.registered_poor & homes.stored("unit_type").astype(bool))
    found: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    columns = (homes.stored(name)[poor].tolist() for name in ("county", "site_code", "unit_type", "approved_persons"))
    for county, site, label, count in zip(*columns, strict=True):
        found[county, site or "", type_key(label)].append(count)
    for row, key in enumerate(zip(types.county.tolist(), types.site_code.tolist(), types.name.tolist(), strict=True)):
        counts = np.array(found.get((key[0], key[1] or "", type_key(key[2])), ()))
        households[row], fewer[row] = len(counts), float((counts < persons[row]).sum())
    return Assigned(households, fewer)


@lru_cache(maxsize=4096)  # a county has a few dozen names and writes each of them thousands of times
def type_key(label: str) -> str:
    """Return a unit type's name as it is compared: without blanks, marks, case, and the word for unit type."""
    return plain(label).lower().removesuffix("户型").removesuffix("型") or plain(label).lower()
