"""What a check says of ground is what it says of a site there: every cell's answer is held to the check's own, over made-up counties."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
import shapely

from checks.ground import Ground, Plot, ground, worst
from checks.registry import check_by_id
from checks.siting.exclusion_zones import ZONES
from checks.verdict import Outcome
from geo.cells import OUTSIDE, Cells, over
from geo.layer import UNCOVERED, Layer

COUNTY, DAY = "411522", date(2018, 6, 30)
BOX = (114.7, 31.8, 115.0, 32.05)
BORDER = shapely.Polygon([(114.7, 31.85), (114.85, 31.8), (115.0, 31.9), (114.95, 32.05), (114.75, 32.0)])


def layer(id: str, shapes: Sequence[shapely.Geometry], uncertain: list[float], uncovered: list[bool] | None = None) -> Layer:
    column = np.empty(len(shapes), dtype=object)
    column[:] = list(shapes)
    more = {} if uncovered is None else {UNCOVERED: np.array(uncovered, dtype=object)}
    return Layer(id, tuple(f"{id} {n}" for n in range(len(shapes))), column, np.full(len(shapes), COUNTY, object), np.array(uncertain), "WGS84", "made", "2018", "", more)  # fmt: skip


def strewn(rng: np.random.Generator, count: int) -> np.ndarray:
    return rng.uniform(BOX[:2], BOX[2:], (count, 2))


def blobs(rng: np.random.Generator, count: int, across_deg: float) -> Sequence[shapely.Geometry]:
    turn = np.linspace(0, 2 * np.pi, 15)[:-1]
    made = []
    for x, y in strewn(rng, count):
        reach = across_deg * rng.uniform(0.4, 1.6, len(turn))
        made.append(shapely.Polygon(np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn)])))
    return made


def around(seed: int) -> dict[str, Layer]:
    """Return facilities and zones strewn over a made-up county, positions known to metres and to kilometres."""
    rng = np.random.default_rng(seed)
    counts = (("county_seats", 1), ("townships", 5), ("scenic_areas", 2))
    facilities: dict[str, Sequence[shapely.Geometry]] = {id: [shapely.Point(*place) for place in strewn(rng, count)] for id, count in counts}
    facilities["industrial_parks"] = blobs(rng, 2, 0.01)
    made = {id: layer(id, shapes, rng.choice([50.0, 150.0, 2_500.0], len(shapes)).tolist()) for id, shapes in facilities.items()}
    for id in ZONES:
        shapes = [*blobs(rng, 6, 0.008), *([shapely.Point(*place) for place in strewn(rng, 5)] if id == "geological_hazards" else [])]
        wide = [float(rng.choice([30.0, 400.0]))] * len(shapes) if seed % 2 else rng.choice([10.0, 30.0, 300.0], len(shapes)).tolist()
        made[id] = layer(id, shapes, wide)
    return made


def cell_by_cell(id: str, cells: Cells, rows: np.ndarray, plot: Plot, layers: dict[str, Layer]) -> list[tuple[Outcome, str]]:
    verdict = check_by_id(id).run(plot.records(*cells.middles(rows[:, 0], rows[:, 1])), DAY, layers, ())
    return [(Outcome(int(outcome)), verdict.words[reason]) for outcome, reason in zip(verdict.outcome, verdict.reason, strict=True)]


def told(found: Ground, rows: np.ndarray) -> list[tuple[Outcome, str]]:
    return [found.answers[number] for number in found.code[rows[:, 0], rows[:, 1]]]


@pytest.mark.parametrize("uncertainty_m", [0.0, 10.0, 250.0])
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("id", ["four-proximities", "exclusion-zones"])
def test_every_cell_has_the_verdict_the_check_gives_a_site_at_its_middle(id: str, seed: int, uncertainty_m: float):
    cells, layers = over(BORDER, 250.0), around(seed)
    plot = Plot(COUNTY, DAY, uncertainty_m, screened=True)
    rows = np.argwhere(cells.held(BORDER))
    found = ground(check_by_id(id), cells, cells.held(BORDER), plot, layers, ())
    assert told(found, rows) == cell_by_cell(id, cells, rows, plot, layers)
    assert len(set(told(found, rows))) > 1


@pytest.mark.parametrize("lost", ["steep_slopes", "geological_hazards"])
def test_ground_beside_a_layer_that_was_not_supplied_is_open_and_hits_are_still_told(lost: str):
    cells, layers = over(BORDER, 250.0), around(3)
    del layers[lost]
    plot, rows = Plot(COUNTY, DAY, 10.0, screened=True), np.argwhere(over(BORDER, 250.0).held(BORDER))
    found = ground(check_by_id("exclusion-zones"), cells, cells.held(BORDER), plot, layers, ())
    assert told(found, rows) == cell_by_cell("exclusion-zones", cells, rows, plot, layers)
    assert {(Outcome.NO_DATA, "not-supplied"), (Outcome.REVIEW, "inside")} <= set(told(found, rows))


def test_ground_of_which_a_grid_says_nothing_is_never_called_clear():
    cells, layers = over(BORDER, 250.0), around(1)
    gap = shapely.box(114.8, 31.85, 114.9, 31.95)
    slopes = layers["steep_slopes"]
    layers["steep_slopes"] = layer("steep_slopes", [*slopes.shapes, gap], [*slopes.uncertainty_m, 0.0], [*[False] * len(slopes), True])
    plot, rows = Plot(COUNTY, DAY, 10.0, screened=True), np.argwhere(cells.held(BORDER))
    found = ground(check_by_id("exclusion-zones"), cells, cells.held(BORDER), plot, layers, ())
    assert told(found, rows) == cell_by_cell("exclusion-zones", cells, rows, plot, layers)
    assert (Outcome.NO_DATA, "zone-uncovered") in told(found, rows)


def test_a_place_whose_screening_nobody_speaks_of_passes_nowhere():
    cells, layers = over(BORDER, 500.0), around(1)
    found = ground(check_by_id("exclusion-zones"), cells, cells.held(BORDER), Plot(COUNTY, DAY, 10.0), layers, ())
    assert Outcome.PASS not in {outcome for outcome, _ in found.answers}


def test_over_several_checks_the_gravest_class_of_a_cell_counts():
    near = Ground("a", np.array([[0, 1, OUTSIDE]], dtype=np.int16), ((Outcome.PASS, "near"), (Outcome.REVIEW, "none")))
    clear = Ground("b", np.array([[1, 0, OUTSIDE]], dtype=np.int16), ((Outcome.PASS, "clear"), (Outcome.FAIL, "inside")))
    assert worst({"a": near, "b": clear}, lambda outcome, _: int(outcome)).tolist() == [[int(Outcome.FAIL), int(Outcome.REVIEW), OUTSIDE]]
