"""Where a site would pass, for a whole county in cells of 100 m: the checks asked of blocks and cells, against plain Shapely and GeoPandas.

Run as `python -m benchmarks.suitability`. A made-up county of about 2,000 km² (a square turned by 20 degrees), facilities and zones strewn from a fixed
seed: 50,000 corners of zones, then four times as many, positions known to 50 m, 150 m and 2,500 m. The peers buffer every facility by limit less and limit plus
uncertainty and every zone by its own, unite, and ask which cell middles lie inside, in one Gauss-Krüger zone: the area as GIS staff would draw it.
Every way answers the same four classes (pass, too close to call, review, pass but for what is too close); how many cells differ from the checks
asked cell by cell is printed beside. Trees are built inside the clock.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from checks.ground import Plot, ground
from checks.registry import check_by_id
from checks.siting.exclusion_zones import HAZARDS, ZONES
from checks.siting.four_proximities import CLASSES
from checks.verdict import Outcome
from geo.cells import Cells, over
from geo.crs import Crs, from_wgs84
from geo.layer import Layer
from geo.proximity import forget_positions

COUNTY, DAY, CELL_M, OWN_M = "411522", date(2026, 11, 30), 100.0, 10.0
ZONE = "EPSG:4547"  # CGCS2000, central meridian 114°E: the county's own
LIMITS_M = {"county_seats": 5_000.0, "townships": 3_000.0, "industrial_parks": 3_000.0, "scenic_areas": 3_000.0}
KEEP_M = 100.0
PASS, CLOSE, REVIEW = 0, 1, 2
Classes = npt.NDArray[np.int8]
COUNTS = {"county_seats": 1, "townships": 25, "industrial_parks": 4, "scenic_areas": 12}
OUTLINES = {HAZARDS: (60, 150.0, 20), "ecological_red_line": (60, 1_500.0, 300), "permanent_farmland": (2_000, 250.0, 60), "flood_zones": (40, 1_500.0, 300), "steep_slopes": (600, 400.0, 80)}  # fmt: skip
"""Of each class of zones: how many, how far they reach from their middle (m), how many corners each has."""


@dataclass(frozen=True, slots=True)
class Given:
    """The county, its cells, and the layers as files give them."""

    border: shapely.Geometry
    cells: Cells
    wanted: npt.NDArray[np.bool_]
    shapes: dict[str, npt.NDArray[np.object_]]
    uncertainty_m: dict[str, npt.NDArray[np.float64]]

    def layers(self) -> dict[str, Layer]:
        """Return the layers without trees."""
        return {id: _layer(id, shapes, self.uncertainty_m[id]) for id, shapes in self.shapes.items()}


def prepare(share: float = 1.0, side_m: float = 44_700.0) -> Given:
    """Make the county up with a share of the zones; the seed is fixed."""
    from geo.crs import to_wgs84

    rng = np.random.default_rng(2026)
    middle = (595_000.0, 3_545_000.0)
    turn = np.radians(20)
    corners = side_m / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])

    def degrees(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(to_wgs84(places[:, 0] + middle[0], places[:, 1] + middle[1], Crs(ZONE)))

    border = shapely.transform(shapely.Polygon(corners), degrees)
    shapes: dict[str, npt.NDArray[np.object_]] = {}
    uncertain: dict[str, npt.NDArray[np.float64]] = {}
    for id, count in COUNTS.items():
        shapes[id] = np.asarray(shapely.points(degrees(rng.uniform(-side_m * 0.6, side_m * 0.6, (count, 2)))), dtype=object)
        uncertain[id] = rng.choice([50.0, 150.0, 2_500.0], count)
    for id, (full, reach_m, many) in OUTLINES.items():
        count = max(int(full * share), 1)
        middles = rng.uniform(-side_m * 0.55, side_m * 0.55, (count, 2))
        angles = np.sort(rng.uniform(0, 2 * np.pi, (count, many)))
        reach = reach_m * rng.uniform(0.5, 1.5, (count, many))
        rings = middles[:, None, :] + reach[..., None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        shapes[id] = np.array([shapely.Polygon(degrees(ring)) for ring in rings], dtype=object)
        uncertain[id] = np.full(count, 30.0)
    cells = over(border, CELL_M)
    return Given(border, cells, cells.held(border), shapes, uncertain)


def _layer(id: str, shapes: npt.NDArray[np.object_], uncertainty_m: npt.NDArray[np.float64]) -> Layer:
    count = len(shapes)
    return Layer(id, ("",) * count, shapes, np.full(count, COUNTY, object), uncertainty_m, "WGS84", "made up", "2026")


def ours(given: Given) -> Classes:
    """The two checks of siting asked of blocks and cells: trees, verdicts, reasons."""
    forget_positions()
    plot, layers = Plot(COUNTY, DAY, OWN_M, screened=True), given.layers()
    return _worst([ground(check_by_id(id), given.cells, given.wanted, plot, layers, ()) for id in ("four-proximities", "exclusion-zones")])


def cell_by_cell(given: Given) -> Classes:
    """The same checks asked of every cell as of so many sites, without blocks: what every cell has to say."""
    forget_positions()
    plot, layers = Plot(COUNTY, DAY, OWN_M, screened=True), given.layers()
    row, column = np.nonzero(given.wanted)
    lon, lat = given.cells.middles(row, column)
    found = np.full(given.wanted.shape, -1, dtype=np.int8)
    parts = []
    for id in ("four-proximities", "exclusion-zones"):
        verdict = check_by_id(id).run(plot.records(lon, lat), DAY, layers, ())
        close = verdict.saying("too-close")
        parts.append(np.where(verdict.outcome == Outcome.PASS, PASS, np.where(close, CLOSE, REVIEW)))
    found[row, column] = np.maximum.reduce(parts)
    return found


def _worst(grounds: list[Any]) -> Classes:
    tables = [np.array([*(PASS if o is Outcome.PASS else CLOSE if why == "too-close" else REVIEW for o, why in one.answers), -1], np.int8) for one in grounds]
    return np.asarray(np.maximum.reduce([table[one.code] for one, table in zip(grounds, tables, strict=True)]))


def plain_shapely(given: Given) -> Classes:
    """Buffers, unions and containment in metres of one zone, by Shapely alone."""
    metres = {id: shapely.transform(shapes, _to_metres) for id, shapes in given.shapes.items()}
    return _drawn(given, metres, lambda shapes, by_m: shapely.union_all(shapely.buffer(shapes, by_m)))


def plain_geopandas(given: Given) -> Classes:
    """The same with GeoPandas: to_crs, buffer, union_all, and containment by prepared shapes."""
    import geopandas as gpd

    metres = {id: gpd.GeoSeries(shapes, crs="EPSG:4490").to_crs(ZONE) for id, shapes in given.shapes.items()}
    return _drawn(given, metres, lambda shapes, by_m: gpd.GeoSeries(shapes).buffer(by_m).union_all())


def _drawn(given: Given, metres: Any, joined: Callable[[Any, Any], shapely.Geometry]) -> Classes:
    row, column = np.nonzero(given.wanted)
    x, y = _to_metres(np.column_stack(given.cells.middles(row, column))).T

    def held(shape: shapely.Geometry) -> npt.NDArray[np.bool_]:
        shapely.prepare(shape)
        return np.asarray(shapely.contains_xy(shape, x, y))

    off = given.uncertainty_m
    sure = held(shapely.union_all([joined(metres[id], np.maximum(LIMITS_M[id] - off[id] - OWN_M, 0)) for id in CLASSES.values()]))
    perhaps = held(shapely.union_all([joined(metres[id], LIMITS_M[id] + off[id] + OWN_M) for id in CLASSES.values()]))
    inside = held(shapely.union_all([joined(metres[id], -(off[id] + OWN_M)) for id in ZONES]))
    touched = held(shapely.union_all([joined(metres[id], off[id] + OWN_M) for id in ZONES]))
    beside = held(joined(metres[HAZARDS], off[HAZARDS] + OWN_M + KEEP_M))
    zones = np.where(inside, REVIEW, np.where(touched, CLOSE, np.where(beside, REVIEW, PASS)))
    four = np.where(sure, PASS, np.where(perhaps, CLOSE, REVIEW))
    found = np.full(given.wanted.shape, -1, dtype=np.int8)
    found[row, column] = np.maximum(zones, four)
    return found


def _to_metres(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.column_stack(from_wgs84(places[:, 0], places[:, 1], Crs(ZONE)))


WAYS: dict[str, Callable[[Given], Classes]] = {
    "checks asked of blocks and cells": ours, "checks asked of every cell": cell_by_cell, "plain Shapely, one zone": plain_shapely, "plain GeoPandas, one zone": plain_geopandas,
}  # fmt: skip


def one_place(given: Given) -> tuple[float, float]:
    """Return the milliseconds of one place held against both checks with trees ready: the median and the worst of 200."""
    layers, rng = given.layers(), np.random.default_rng(1)
    rows = np.argwhere(given.wanted)
    took = []
    for row, column in rows[rng.choice(len(rows), 201)]:
        records = Plot(COUNTY, DAY, OWN_M, screened=True).records(*given.cells.middles(np.array([row]), np.array([column])))
        begun = time.perf_counter()
        for id in ("four-proximities", "exclusion-zones"):
            check = check_by_id(id)
            check.finding(records, check.run(records, DAY, layers, ()), 0)
        took.append(1000 * (time.perf_counter() - begun))
    return float(np.median(took[1:])), float(max(took[1:]))


def main(rounds: int = 3, shares: tuple[float, ...] = (0.25, 1.0)) -> None:
    """Run every way in turns on an ordinary and on a dense county, and print its median."""
    for share in shares:
        _printed(prepare(share), rounds)


def _printed(given: Given, rounds: int) -> None:
    corners = sum(int(shapely.get_num_coordinates(shapes).sum()) for shapes in given.shapes.values())
    size_km2 = float((given.cells.area_m2()[:, None] * given.wanted).sum()) / 1e6
    print(f"{size_km2:,.0f} km², {int(given.wanted.sum()):,} cells of {CELL_M:g} m, {corners:,} corners of zones and facilities")
    wall: dict[str, list[float]] = {name: [] for name in WAYS}
    cpu: dict[str, list[float]] = {name: [] for name in WAYS}
    answers: dict[str, Classes] = {}
    for _ in range(rounds):
        for name, way in WAYS.items():
            begun, used = time.perf_counter(), time.process_time()
            answers[name] = way(given)
            wall[name].append(time.perf_counter() - begun)
            cpu[name].append(time.process_time() - used)
    truth = answers["checks asked of every cell"]
    print(f"{'':36}{'CPU s':>8}{'wall s':>8}{'cells that differ':>20}")
    for name in WAYS:
        print(f"{name:36}{np.median(cpu[name]):8.2f}{np.median(wall[name]):8.2f}{int((answers[name] != truth).sum()):20,}")
    print("one place, trees ready: median {:.1f} ms, worst {:.1f} ms".format(*one_place(given)))


if __name__ == "__main__":
    main()
