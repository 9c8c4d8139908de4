"""Counts households into areas: every county and township, by way of resettlement, by households and by persons."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from checks.choices import Mode
from checks.records import Array, Records
from checks.verdict import Flags
from checks.vocabulary import AREA

Floats = npt.NDArray[np.float64]

COUNTED = ("code", "county", "township", "mode", "approved_persons", "approved_on", "registered_poor")
"""What the count of areas reads of a household."""


def areas(homes: Records, county_names: Mapping[str, str]) -> Records:
    """Return one record a county and one a township, counted from the households of the registered poor.

    The planned mix speaks of registered persons, so self-financed movers are left out. A household whose way of
    resettlement, or whose being registered poor, is not known is counted apart (`unsorted_households`), and so is one
    without approved persons (`uncounted_households`); neither is taken for zero. `county_names` maps codes to names.
    """
    mine = homes.registered_poor | (homes.stored("registered_poor") < 0)
    counties, county_of = homes.grouped("county")
    pairs, pair_of = homes.paired("county", "township")
    rows = [("county", code, code, county_names.get(code, code)) for code in counties]
    rows += [("township", f"{county}/{township}", county, township) for county, township in pairs]
    by_county, by_township = _counted(homes, mine, county_of, len(counties)), _counted(homes, mine, pair_of, len(pairs))
    columns = {name: np.concatenate([by_county[name], by_township[name]]) for name in by_county}
    for place, name in enumerate(("level", "code", "county", "name")):
        columns[name] = np.array([row[place] for row in rows], dtype=object)
    met = np.concatenate([_sum(county_of, mine, len(counties)), _sum(pair_of, mine, len(pairs))]) > 0
    named = np.array([row[3] != "" for row in rows], dtype=np.bool_)
    return Records(AREA, columns, len(rows)).take(met & named)


def count_in(areas: Records, records: Records, counted: Flags, weights: Floats | None = None) -> Floats:
    """Return for each area how many of the counted records lie in it, or the sum of their weights (NaN counts as 0).

    Shape: one number an area. Records of any kind with county and township will do.
    """
    counties, county_of = records.grouped("county")
    pairs, pair_of = records.paired("county", "township")
    weighed = counted if weights is None else np.where(counted & ~np.isnan(weights), weights, 0.0)
    sums = dict(zip(counties, _sum(county_of, weighed, len(counties)), strict=True))
    sums |= {f"{county}/{township}": total for (county, township), total in zip(pairs, _sum(pair_of, weighed, len(pairs)), strict=True)}
    return np.array([sums.get(code, 0.0) for code in areas.code], dtype=np.float64)


def _counted(homes: Records, counted: Flags, group: npt.NDArray[np.int64], groups: int) -> dict[str, Array]:
    """Return what is counted under each group, over the counted households."""
    known = counted & homes.registered_poor & (homes.mode >= 0)
    persons = homes.approved_persons
    counts: dict[str, Array] = {}
    for mode, word in ((Mode.CONCENTRATED, "concentrated"), (Mode.DISPERSED, "dispersed")):
        here = known & (homes.mode == mode)
        counts[f"{word}_households"] = _sum(group, here, groups)
        counts[f"{word}_persons"] = _sum(group, np.where(here & ~np.isnan(persons), persons, 0.0), groups)
    counts["unsorted_households"] = _sum(group, counted & ~known, groups)
    counts["uncounted_households"] = _sum(group, known & np.isnan(persons), groups)
    days = np.where(counted, homes.approved_on, np.datetime64("NaT", "D"))
    counts["counted_on"] = _latest(group, days, groups)
    return counts


def _sum(group: npt.NDArray[np.int64], values: Array, groups: int) -> Floats:
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def _latest(group: npt.NDArray[np.int64], days: Array, groups: int) -> Array:
    latest = np.full(groups, np.iinfo(np.int64).min)  # the number of NaT, below every day
    np.maximum.at(latest, group, days.astype(np.int64))
    return latest.astype("datetime64[D]")
