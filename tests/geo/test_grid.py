"""Cells over a number become outlines on the ground, and ground without a value is told apart from ground under it."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.crs import Crs, named
from geo.grid import MOST_RUNS, Grid, TooRagged, over, unsaid

NAN = float("nan")


def grid(rows: list[list[float]], cell: float = 0.001, west: float = 114.9, south: float = 32.0, crs: str = "WGS84") -> Grid:
    return Grid(np.array(rows, dtype=np.float64), west, south, cell, named(crs))


def test_a_cell_stands_where_its_row_from_the_north_and_column_from_the_west_say() -> None:
    (zone,) = over(grid([[0, 0, 30], [0, 0, 0]]), 25)
    assert shapely.bounds(zone).tolist() == pytest.approx([114.902, 32.001, 114.903, 32.002])


def test_a_cell_at_the_limit_is_not_over_it() -> None:
    assert over(grid([[25.0]]), 25) == []
    assert len(over(grid([[25.000001]]), 25)) == 1


def test_neighbours_by_a_side_are_one_ground_and_those_apart_are_two() -> None:
    assert len(over(grid([[30, 30, 0], [0, 30, 0], [0, 0, 0], [30, 0, 0]]), 25)) == 2


def test_a_hole_in_steep_ground_stays_a_hole() -> None:
    (zone,) = over(grid([[30, 30, 30], [30, 0, 30], [30, 30, 30]]), 25)
    assert not shapely.contains(zone, shapely.Point(114.9015, 32.0015))
    assert shapely.contains(zone, shapely.Point(114.9005, 32.0015))


def test_ground_without_a_value_and_outside_the_grid_is_unsaid_and_a_flat_cell_is_not() -> None:
    ground = unsaid(grid([[0, NAN], [30, 0]]))
    assert [shapely.contains(ground, shapely.Point(at)) for at in ((114.9015, 32.0015), (114.9005, 32.0015), (114.9005, 32.0005), (115.5, 32.5))] == [
        True,
        False,
        False,
        True,
    ]


def test_a_grid_in_metres_keeps_its_area_and_its_long_sides_on_the_ground() -> None:
    wide = Grid(np.full((2, 2000), 30.0), 460_000.0, 3_540_000.0, 30.0, Crs("EPSG:4547"))
    (zone,) = over(wide, 25)
    area_m2 = abs(Geod(ellps="GRS80").geometry_area_perimeter(zone)[0])
    assert area_m2 == pytest.approx(2 * 2000 * 900, rel=2e-3)  # the projection's own scale differs by less than that there
    assert shapely.get_num_coordinates(zone) > 100


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 25.0, 26.0, NAN]), min_size=4, max_size=4), min_size=1, max_size=6))
def test_every_cell_lies_in_the_outlines_exactly_when_it_is_over(rows: list[list[float]]) -> None:
    made = grid(rows)
    zones, blank = shapely.union_all(over(made, 25)), unsaid(made)
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            middle = shapely.Point(114.9 + (column + 0.5) * 0.001, 32.0 + (len(rows) - row - 0.5) * 0.001)
            assert shapely.contains(zones, middle) == (value > 25)
            assert shapely.contains(blank, middle) == np.isnan(value)


def test_noise_is_refused_before_it_takes_the_time_of_an_afternoon() -> None:
    noise = np.zeros((1000, 1000))
    noise[:, ::2] = 30
    with pytest.raises(TooRagged) as told:
        over(Grid(noise, 114.0, 32.0, 0.0001, Crs("WGS84")), 25)
    assert told.value.args == (500_000,) and MOST_RUNS < 500_000
