"""Counts households into areas: every county and township, by way of resettlement, by households and by persons."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from checks.records import Array, Mode, Records, empty_column
from checks.vocabulary import AREA

Floats = npt.NDArray[np.float64]


def areas(homes: Records, county_names: Mapping[str, str]) -> Records:
    """Return one record a county and one a township, counted from the households of the registered poor.

    The planned mix speaks of registered persons, so self-financed movers are left out. A household whose way of
    resettlement, or whose being registered poor, is not known is counted apart (`unsorted_households`), and so is one
    without approved persons (`uncounted_households`); neither is taken for zero. `county_names` maps codes to names.
    """
    counted = homes.registered_poor | (homes.stored("registered_poor") < 0)
    mine = homes.take(counted)
    county, township = mine.stored("county").astype(str), mine.stored("township").astype(str)
    within = np.array([f"{a}/{b}" for a, b in zip(county, township, strict=True)], dtype=object)
    by_county = _counted(mine, county)
    by_township = _counted(mine.take(township != ""), within[township != ""].astype(str))
    rows = [("county", code, code, county_names.get(code, code)) for code in by_county["key"]]
    rows += [("township", str(key), str(key).split("/")[0], str(key).split("/", 1)[1]) for key in by_township["key"]]
    columns = {name: np.concatenate([by_county[name], by_township[name]]) for name in by_county if name != "key"}
    for place, name in enumerate(("level", "code", "county", "name")):
        columns[name] = np.array([row[place] for row in rows], dtype=object)
    return Records(AREA, columns, len(rows))


def _counted(homes: Records, keys: Array) -> dict[str, Array]:
    names, group = np.unique(keys, return_inverse=True)
    known = homes.registered_poor & (homes.mode >= 0)
    persons = homes.approved_persons
    counts: dict[str, Array] = {"key": names}
    for mode, word in ((Mode.CONCENTRATED, "concentrated"), (Mode.DISPERSED, "dispersed")):
        here = known & (homes.mode == mode)
        counts[f"{word}_households"] = _sum(group, here.astype(float), len(names))
        counts[f"{word}_persons"] = _sum(group, np.where(here & ~np.isnan(persons), persons, 0.0), len(names))
    counts["unsorted_households"] = _sum(group, (~known).astype(float), len(names))
    counts["uncounted_households"] = _sum(group, (known & np.isnan(persons)).astype(float), len(names))
    counts["counted_on"] = _latest(group, homes.approved_on, len(names))
    return counts


def _sum(group: npt.NDArray[np.intp], values: Floats, groups: int) -> Floats:
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def _latest(group: npt.NDArray[np.intp], days: Array, groups: int) -> Array:
    latest = empty_column(AREA.column("counted_on").kind, groups)
    dated = ~np.isnat(days)
    order = np.argsort(days[dated], kind="stable")
    latest[group[dated][order]] = days[dated][order]  # the last assignment, the latest day, stays
    return latest
