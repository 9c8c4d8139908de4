"""The five checks over the nation: 2.66 million households and 35,000 sites, against the bare arithmetic in NumPy."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from benchmarks.measure import Contest

HOUSEHOLDS, SITES, COUNTIES = 2_660_000, 35_000, 1_400
FACILITIES = {"county_seats": 2_850, "townships": 39_000, "industrial_parks": 5_150, "scenic_areas": 10_000}
AS_OF = date(2019, 12, 31)
SEED = 20261124
FIVE = ("four-proximities", "living-area", "unit-cost", "resettlement-ratio", "old-house")
CODES = np.array([f"{410000 + i % 1800:06d}" for i in range(COUNTIES)], dtype=object)


def prepare(scale: float) -> Any:
    """Return seeded columns of households and of sites, and four layers."""
    random = np.random.default_rng(SEED)
    layers = {id: _layer(random, id, max(1, int(rows * scale))) for id, rows in FACILITIES.items()}
    return _households(random, int(HOUSEHOLDS * scale)), _sites(random, int(SITES * scale)), layers


def engine(given: Any) -> Mapping[str, Any]:
    """Run the checks as the program does: dated terms, places, five outcomes, missing facts, reasons, areas counted."""
    from checks.census import areas
    from checks.records import Records
    from checks.registry import checks
    from checks.vocabulary import HOUSEHOLD, SITE

    homes, places, around = given
    households = Records(HOUSEHOLD, homes)  # anew in every round: nothing found out in the last one is kept
    counted: dict[str, Any] = {}
    for records in (households, Records(SITE, places), areas(households, {})):
        for check in (checks()[id] for id in FIVE):
            if records.kind in check.about:
                counted[f"{check.id}/{records.kind.id}"] = np.bincount(check.run(records, AS_OF, around).outcome, minlength=5).tolist()
    return counted


def bare(given: Any) -> Mapping[str, Any]:
    """Write the two household rules by hand: no missing facts named, no reasons, no law of places; sites not at all."""
    import pandas as pd

    homes, _places, _around = given
    days, poor = homes["approved_on"], homes["registered_poor"]
    with np.errstate(invalid="ignore"):
        over = homes["floor_area_m2"] / homes["approved_persons"] > 25
    gone = np.isnan(homes["floor_area_m2"]) | np.isnat(days)
    area = np.where(poor != 1, 4, np.where(gone, 3, np.where(days < np.datetime64("2016-09-22"), 4, over * 1)))
    moved = homes["moved_in_on"]
    late = (np.datetime64(AS_OF) - moved).astype(float) > 730
    down = np.where(np.isnat(homes["demolished_on"]), 3, 0)
    house = np.where(poor != 1, 4, np.where(homes["old_house"] >= 2, down, np.where(np.isnat(moved), 3, late * 2)))
    group, _names = pd.factorize(homes["county"])
    mine = (poor == 1) & (homes["mode"] == 0)
    share = np.bincount(group, weights=np.where(mine, homes["approved_persons"], 0))
    return {"living-area": np.bincount(area, minlength=5).tolist(), "old-house": np.bincount(house, minlength=5).tolist(), "areas": len(share)}


def _households(random: np.random.Generator, rows: int) -> dict[str, Any]:
    from checks.choices import Mode, OldHouse

    approved = random.integers(1, 7, rows).astype(float)
    area = np.round(approved * random.choice([20.0, 24.5, 25.0, 25.01, 27.5], rows, p=[0.2, 0.4, 0.3, 0.05, 0.05]), 2)
    area[random.random(rows) < 0.02] = np.nan
    return {
        "code": np.arange(rows).astype(str).astype(object),
        "county": CODES[random.integers(0, COUNTIES, rows)],
        "township": np.array([f"乡{i}" for i in range(20)], dtype=object)[random.integers(0, 20, rows)],
        "registered_poor": random.choice(np.array([1, 0, -1], dtype=np.int8), rows, p=[0.9, 0.09, 0.01]),
        "approved_persons": approved,
        "floor_area_m2": area,
        "approved_on": _days(random, "2016-06-01", rows),
        "mode": random.choice(np.array([Mode.CONCENTRATED, Mode.DISPERSED], dtype=np.int8), rows, p=[0.76, 0.24]),
        "moved_in": random.choice(np.array([1, 0], dtype=np.int8), rows, p=[0.9, 0.1]),
        "moved_in_on": _days(random, "2017-01-01", rows),
        "old_house": random.choice(np.array([OldHouse.STANDING, OldHouse.DEMOLISHED], dtype=np.int8), rows, p=[0.12, 0.88]),
        "demolished_on": _days(random, "2017-06-01", rows),
    }


def _sites(random: np.random.Generator, rows: int) -> dict[str, Any]:
    cost, floor = np.round(random.uniform(900, 1900, rows), 2), np.round(random.uniform(500, 50_000, rows), 1)
    return {
        "code": np.arange(rows).astype(str).astype(object),
        "county": CODES[random.integers(0, COUNTIES, rows)],
        "lon": random.uniform(100, 118, rows),
        "lat": random.uniform(24, 38, rows),
        "uncertainty_m": np.full(rows, 50.0),
        "approved_on": _days(random, "2016-06-01", rows),
        "building_cost_yuan": cost * floor,
        "building_area_m2": floor,
        "persons": np.round(floor / 24),
        "households": np.round(floor / 80),
    }


def _layer(random: np.random.Generator, id: str, rows: int) -> Any:
    import shapely

    from geo.layer import Layer

    shapes = np.asarray(shapely.points(random.uniform(100, 118, rows), random.uniform(24, 38, rows)), dtype=object)
    names = tuple(f"{id}{i}" for i in range(rows))
    return Layer(id, names, shapes, np.full(rows, "", dtype=object), np.full(rows, 100.0), "WGS84", "seeded", "")


def _days(random: np.random.Generator, first: str, rows: int) -> Any:
    column = np.datetime64(first) + random.integers(0, 900, rows).astype("timedelta64[D]")
    column[random.random(rows) < 0.02] = np.datetime64("NaT")
    return column


CONTEST = Contest(
    "five checks over 2.66 million households and 35,000 sites",
    prepare=prepare,
    ways={"bare NumPy, two rules": bare, "the engine, five checks": engine},
    reference="bare NumPy, two rules",
    facts=lambda _given, answers: {way: dict(answer) for way, answer in answers.items()},
    targets={"the engine, five checks": "1.5 s cold for the whole nation; peak 1.5 GB"},
)

if __name__ == "__main__":
    CONTEST.main(__spec__.name)
