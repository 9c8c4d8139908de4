"""Counts households into areas: every county and township, by way of resettlement, by households and by persons."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from checks.records import Array, Mode, Records
from checks.verdict import Flags
from checks.vocabulary import AREA

Floats = npt.NDArray[np.float64]


def areas(homes: Records, county_names: Mapping[str, str]) -> Records:
    """Return one record a county and one a township, counted from the households of the registered poor.

    The planned mix speaks of registered persons, so self-financed movers are left out. A household whose way of
    resettlement, or whose being registered poor, is not known is counted apart (`unsorted_households`), and so is one
    without approved persons (`uncounted_households`); neither is taken for zero. `county_names` maps codes to names.
    """
    mine = homes.registered_poor | (homes.stored("registered_poor") < 0)
    counties, county_of = homes.grouped("county")
    townships, township_of = homes.grouped("township")
    within = county_of * len(townships) + township_of
    named = mine if "" not in townships else mine & (township_of != townships.index(""))
    keys, by_county = _counted(homes, mine, county_of)
    rows = [("county", counties[key], counties[key], county_names.get(counties[key], counties[key])) for key in keys]
    keys, by_township = _counted(homes, named, within)
    for key in keys:
        county, township = counties[key // len(townships)], townships[key % len(townships)]
        rows.append(("township", f"{county}/{township}", county, township))
    columns = {name: np.concatenate([by_county[name], by_township[name]]) for name in by_county}
    for place, name in enumerate(("level", "code", "county", "name")):
        columns[name] = np.array([row[place] for row in rows], dtype=object)
    return Records(AREA, columns, len(rows))


def _counted(homes: Records, counted: Flags, keys: npt.NDArray[np.int64]) -> tuple[list[int], dict[str, Array]]:
    """Return the keys met among the counted rows, in order, and what is counted under each."""
    present = np.zeros(int(keys.max(initial=-1)) + 1, dtype=np.bool_)
    present[keys[counted]] = True
    met = np.flatnonzero(present)
    place = np.cumsum(present, dtype=np.int32) - 1  # a table instead of a search: millions of rows, few keys
    group = np.where(counted, place[keys], len(met))  # those not counted form a group that is cut off again
    known = counted & homes.registered_poor & (homes.mode >= 0)
    persons = homes.approved_persons
    counts: dict[str, Array] = {}
    for mode, word in ((Mode.CONCENTRATED, "concentrated"), (Mode.DISPERSED, "dispersed")):
        here = known & (homes.mode == mode)
        counts[f"{word}_households"] = _sum(group, here.astype(float), len(met))
        counts[f"{word}_persons"] = _sum(group, np.where(here & ~np.isnan(persons), persons, 0.0), len(met))
    counts["unsorted_households"] = _sum(group, (counted & ~known).astype(float), len(met))
    counts["uncounted_households"] = _sum(group, (known & np.isnan(persons)).astype(float), len(met))
    counts["counted_on"] = _latest(group, homes.approved_on, len(met))
    return met.tolist(), counts


def _sum(group: Array, values: Floats, groups: int) -> Floats:
    return np.bincount(group, weights=values, minlength=groups + 1)[:groups].astype(np.float64)


def _latest(group: Array, days: Array, groups: int) -> Array:
    latest = np.full(groups + 1, np.iinfo(np.int64).min)  # the number of NaT, below every day
    np.maximum.at(latest, group, days.astype(np.int64))
    return latest[:groups].astype("datetime64[D]")
