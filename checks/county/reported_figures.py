"""Does a figure that was reported agree with what the records show for that place on that day?

Counted: reported figures whose item the ledgers can prove: households and persons that move, concentrated and
dispersed, sites, sites started and finished, households and persons moved in, old houses down and due. Each is counted
from the records of the same place as of the day of the report. A figure in ten thousands is allowed its own rounding.

Not counted: items the ledgers do not hold, such as poor villages; they are named as not comparable. Households that move
at their own cost are in no count. Records of which the day or a fact is unknown make the count a range, and a report
inside that range is open. A figure without unit or day is no figure.

Why: 50 reported and 16 recorded, 60 households against 16: most wrong answers were stale or had their unit swapped. So
where the figures differ it is tried whether persons for households, ten thousands, an earlier month's end or the
self-financed movers explain it. Reports follow no document on counting, so a difference is a question.
"""

from typing import NamedTuple

import numpy as np

from checks.check import Beside, rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.tally import Item, counted, counterpart, item_called, moving
from checks.verdict import NOT_SUPPLIED, Flags, Outcome, Verdict, When, at_most, exceeds, first, lacking
from checks.vocabulary import REPORTED

_UNITS = {"households": "户", "persons": "人", "sites": "个"}
_MONTHS_BACK = 36


class Told(NamedTuple):
    """What the records tell of one reported figure."""

    low: float
    high: float
    guess: str = ""
    guess_day: np.datetime64 = np.datetime64("NaT", "D")


@rule(
    about=REPORTED,
    dated_by="reported_on",
    needs=("item",),
    reads=("value",),
    beside=("households", "sites"),
    linked={"households": ("county",), "sites": ("county",)},
)
def reported_figures(report: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge each reported figure against the count from the ledgers, and try what explains a difference."""
    texts, item_of = report.grouped("item")
    items = [item_called(text) for text in texts]
    ledger, counted_in = (np.array([getattr(item, name, "") for item in items], dtype=object)[item_of] for name in ("ledger", "unit"))
    units = report.unit.astype(str)
    thousands = np.char.find(units, "万") >= 0
    value = np.where(thousands, np.rint(report.value * 1e8) / 1e4, report.value)
    told = _told(report, items, item_of, value, beside)
    low, high = np.array([one.low for one in told]), np.array([one.high for one in told])
    slack = np.where(thousands, _last_place(report.value) * 5000, 0.0)
    difference = np.where(np.abs(value - low) <= slack, 0.0, np.abs(value - low))
    unlike = np.array([bool(unit) and not _fits(unit, counted) for unit, counted in zip(units, counted_in, strict=True)], dtype=np.bool_)
    unknown = np.isnan(low) & ~np.isnat(report.reported_on)
    return first(
        When(ledger == "", Outcome.NOT_APPLICABLE, "not-comparable"),
        *(When((ledger == name) & (unknown | (name not in beside)), Outcome.NO_DATA, NOT_SUPPLIED, (name,)) for name in ("households", "sites")),
        When(lacking(report, "unit"), Outcome.NO_DATA, "missing", ("unit",)),
        When(report.reported_on > np.datetime64(law.as_of, "D"), Outcome.REVIEW, "not-yet"),
        When(unlike, Outcome.REVIEW, "unit-differs"),
        When((difference > 0) & exceeds(value, low) & ~exceeds(value, high), Outcome.NO_DATA, "open"),
        otherwise=at_most(difference, law.most_difference, within="agrees", over="differs"),
    ).having(
        item=report.item,
        told_by=report.told_by,
        reported_on=report.reported_on,
        reported_unit=report.unit,
        value=value,
        recorded=low,
        at_most=np.where(np.isfinite(high), high, np.nan),
        **{"way.figure.state": np.where(value > low, "above", "below").astype(object), "counted.figure.state": counted_in},
        **{"guess.why.state": np.array([one.guess for one in told], dtype=object), "guess.why.day": np.array([one.guess_day for one in told])},
    )


def _fits(unit: str, counted_in: str) -> bool:
    """Tell whether a unit as written is one of households for households, of persons for persons; a site has several words."""
    said = unit.replace("万", "")
    return said in ("", _UNITS.get(counted_in, "")) or (counted_in == "sites" and said not in ("户", "人"))


def _last_place(values: Array) -> Array:
    """Return the unit of the last decimal a figure is written with: 1.2 → 0.1, four decimals at most."""
    places = [10.0**-decimals for decimals in range(4, -1, -1)]
    return np.select([np.isclose(values, np.round(values, decimals), atol=1e-9) for decimals in range(5)], places[::-1], 1e-4)


def _told(report: Records, items: list[Item | None], item_of: Array, value: Array, beside: Beside) -> list[Told]:
    """Ask the ledgers about every figure; each county's records are picked out once."""
    counties, county_of = report.grouped("county")
    of_county = {ledger: _by_county(records) for ledger, records in beside.items() if ledger in ("households", "sites")}
    told = []
    for row in range(len(report)):
        item = items[int(item_of[row])]
        part = of_county.get(item.ledger, {}).get(counties[int(county_of[row])]) if item else None
        if item is None or part is None or np.isnat(report.reported_on[row]):
            told.append(Told(np.nan, np.nan))
            continue
        told.append(_asked(item, part, _here(part, report, row), report.reported_on[row], value[row]))
    return told


def _by_county(records: Records) -> dict[str, Records]:
    counties, county_of = records.grouped("county")
    order = np.argsort(county_of, kind="stable")
    ends = np.cumsum(np.bincount(county_of, minlength=len(counties)))
    return {county: records.take(order[end - rows : end]) for county, end, rows in zip(counties, ends, np.diff(ends, prepend=0), strict=True)}


def _here(part: Records, report: Records, row: int) -> Flags:
    here = np.ones(len(part), dtype=np.bool_)
    for level in ("township", "village"):
        if report.stored(level)[row]:
            here &= part.stored(level) == report.stored(level)[row]
    return here


def _asked(item: Item, part: Records, here: Flags, day: np.datetime64, value: float) -> Told:
    low, high = counted(item, part, here, day)
    if value == low or np.isnan(value):
        return Told(low, high)
    other = counterpart(item)
    if other is not None and counted(other, part, here, day)[0] == value:
        return Told(low, high, f"is-{other.unit}")
    if low > 0 and value in (low * 10_000, low / 10_000):
        return Told(low, high, "ten-thousand")
    if item.meant is moving and low + _self_financed(item, part, here, day) == value:
        return Told(low, high, "with-self-financed")
    end = _earlier_end(item, part, here, day, value)
    return Told(low, high) if np.isnat(end) else Told(low, high, "stale", end)


def _earlier_end(item: Item, part: Records, here: Flags, day: np.datetime64, value: float) -> np.datetime64:
    """Return the latest earlier end of a month by which the records held just the reported figure, NaT where there is none."""
    rows = here & item.meant(part)[0] & (part.stored(item.day) <= day)
    days = part.stored(item.day)[rows]
    order = np.argsort(days)
    each = np.nan_to_num(part.approved_persons[rows][order]) if item.unit == "persons" else np.ones(len(days))
    ends = (day.astype("datetime64[M]") - np.arange(_MONTHS_BACK)).astype("datetime64[D]") - 1
    by_then = np.append(0.0, np.cumsum(each))[np.searchsorted(days[order], ends, side="right")]
    alike = np.flatnonzero((by_then == value) & (by_then > 0))
    return ends[alike[0]] if len(alike) else np.datetime64("NaT", "D")


def _self_financed(item: Item, part: Records, here: Flags, day: np.datetime64) -> float:
    own = here & ~part.registered_poor & ~lacking(part, "registered_poor") & (part.stored(item.day) <= day)
    return float(np.nansum(part.approved_persons[own])) if item.unit == "persons" else float(own.sum())
