"""A sample of households, drawn and told, with nothing stored: who, with which chance and weight, and why these."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from relocation.service.visiting.framing import RESPECTED_DAYS, frame
from relocation.store.opening import Store
from relocation.store.trouble import Trouble
from relocation.visits.sampling import CERTAIN, Allocation, Drawn, Sample, Unfit, draw
from relocation.visits.sizing import size_for
from relocation.visits.unit import Unit

MOST, LONGEST_SEED = 2_000, 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: how many (or how exact: half the width of a share's interval, 0.05 for ± 5 in a hundred), by which seed, from where."""

    seed: str
    size: int | None = None
    precision: float | None = None
    county: str | None = None
    township: str = ""
    allocation: Allocation = Allocation.PROPORTIONAL
    certain: int | None = None
    again: bool = False
    respected_days: int = RESPECTED_DAYS


@dataclass(frozen=True, slots=True)
class Picked:
    """A sample with what was wished for and the day it was drawn on."""

    wish: Wish
    sample: Sample
    day: date

    def json(self) -> dict[str, Any]:
        """Return the sample for other programs and for the plan that keeps it. The same register, day and wish: the same bytes."""
        return {
            **self.design(),
            "size": len(self.sample.drawn),
            "frame": self.sample.frame,
            "households": [_household(one) for one in self.sample.drawn],
            "left_out": [_asked(one) for one in self.sample.left_out],
        }

    def design(self) -> dict[str, Any]:
        """Return how it was drawn: enough to draw it again."""
        wish, sample = self.wish, self.sample
        return {
            "seed": wish.seed, "day": self.day.isoformat(), "county": wish.county, "township": wish.township, "allocation": wish.allocation.id,
            "precision": wish.precision, "certain": sample.certain, "again": wish.again, "respected_days": wish.respected_days,
            "strata_by": list(sample.held), "left_out_count": len(sample.left_out),
            "strata": [{"stratum": named(one.key), "population": one.population, "drawn": one.drawn, "probability": one.probability} for one in sample.strata],
        }  # fmt: skip


def named(key: tuple[str, ...]) -> str:
    """Return a stratum's name as it is kept."""
    return " · ".join(part or "—" for part in key)


def pick(store: Store, wish: Wish, today: date) -> Picked:
    """Draw a sample; nothing is stored. Trouble for a size or precision that is none, a county without households, one household, too many."""
    seed = wish.seed.strip()
    if not 0 < len(seed) <= LONGEST_SEED or not seed.isprintable():
        raise Trouble("visits-seed", most=LONGEST_SEED)
    if wish.respected_days < 0 or wish.respected_days > 3_660:
        raise Trouble("visits-days", value=wish.respected_days)
    units = frame(store, wish.county, wish.township, today, wish.respected_days)
    place = " ".join(filter(None, (wish.county, wish.township))) or "—"
    if not units:
        raise Trouble("visits-empty", place=place)
    if len(units) == 1:
        raise Trouble("visits-one", place=place, household=units[0].code)
    size = _size(wish, units)
    try:
        sample = draw(units, size, seed, allocation=wish.allocation, certain=wish.certain, again=wish.again)
    except Unfit as unfit:
        facts = {"place": place, "size": size, "population": len(units), "frame": unfit.population, "asked": sum(one.earlier is not None for one in units)}
        raise Trouble({"empty": "visits-all-asked"}.get(unfit.why, f"visits-{unfit.why}"), **facts) from None
    return Picked(wish, sample, today)


def _size(wish: Wish, units: list[Unit]) -> int:
    if (wish.size is None) == (wish.precision is None):
        raise Trouble("visits-size-or-precision")
    if wish.precision is not None:
        if not 0.005 <= wish.precision <= 0.5:
            raise Trouble("visits-precision", value=f"{wish.precision:g}")
        size = size_for(sum(wish.again or one.earlier is None for one in units), wish.precision)
    else:
        size = wish.size or 0
    if size > MOST and size <= len(units):
        raise Trouble("visits-most", size=size, most=MOST)
    return size


def _household(one: Drawn) -> dict[str, Any]:
    unit = one.unit
    return {
        "county": unit.county, "code": unit.code, "township": unit.township, "kind": unit.kind, "risk": unit.risk.id, "fails": unit.fails,
        "reviews": unit.reviews, "stratum": named(one.stratum.key), "certain": one.stratum.key == CERTAIN, "probability": one.stratum.probability,
        "weight": one.weight, "asked_before": _asked(unit) if unit.earlier else None,
    }  # fmt: skip


def _asked(unit: Unit) -> dict[str, Any]:
    assert unit.earlier is not None  # only who was asked is told of
    return {"county": unit.county, "code": unit.code, "on": unit.earlier.on.isoformat(), "by": unit.earlier.body}
