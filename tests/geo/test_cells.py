"""Cells over an area: how large they are, what they cover, and blocks that answer for every cell in them and for no other."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.cells import OUTSIDE, Ask, Cells, Codes, Flags, Floats, over, settled

GEOD = Geod(ellps="WGS84")
AREA = shapely.Polygon([(114.6, 31.7), (115.1, 31.6), (115.2, 32.2), (114.8, 32.3)])


def test_no_cell_is_longer_than_asked_and_none_much_shorter():
    cells = over(AREA, 100.0)
    for lat in (cells.south, cells.south + cells.rows * cells.high):
        wide = GEOD.line_length([cells.west, cells.west + cells.wide], [lat, lat])
        high = GEOD.line_length([cells.west] * 2, [lat, lat + cells.high])
        assert 98.5 < wide <= 100.0
        assert 98.5 < high <= 100.0


def test_the_cells_with_their_middle_inside_add_up_to_the_area():
    cells = over(AREA, 100.0)
    held = cells.held(AREA)
    whole_m2 = abs(GEOD.geometry_area_perimeter(AREA)[0])
    assert (cells.area_m2()[:, None] * held).sum() == pytest.approx(whole_m2, rel=2e-4)


@pytest.mark.parametrize("across", [2, 8, 32])
def test_no_place_of_a_block_lies_farther_from_its_middle_than_its_radius(across: int):
    cells = over(AREA, 100.0)
    lon, lat = cells.middles(np.array([0]), np.array([0]), across)
    corners = [(cells.west + i * across * cells.wide, cells.south + j * across * cells.high) for i in (0, 1) for j in (0, 1)]
    assert all(GEOD.line_length([lon[0], x], [lat[0], y]) <= cells.radius_m(across) for x, y in corners)


def test_a_single_cell_stands_for_its_middle():
    assert over(AREA, 100.0).radius_m(1) == 0


def disc(at: tuple[float, float], radius_m: float) -> tuple[Ask, list[int]]:
    """Return a question whose answer is whether a place lies within a circle, and the places it was asked of."""
    asked: list[int] = []

    def ask(lon: Floats, lat: Floats, around_m: float) -> tuple[Codes, Flags]:
        asked.append(len(lon))
        far = np.array(GEOD.inv(lon, lat, np.full(len(lon), at[0]), np.full(len(lon), at[1]))[2])
        return (far <= radius_m).astype(np.int16), np.abs(far - radius_m) >= around_m

    return ask, asked


@settings(max_examples=25, deadline=None)
@given(st.floats(114.0, 116.0), st.floats(31.0, 33.0), st.floats(10.0, 60_000.0))
def test_every_cell_has_the_answer_of_its_own_middle_however_it_was_asked(lon: float, lat: float, radius_m: float):
    cells = over(AREA, 1_000.0)
    wanted = cells.held(AREA)
    ask, _ = disc((lon, lat), radius_m)
    row, column = np.nonzero(wanted)
    alone, _ = ask(*cells.middles(row, column), 0.0)
    found = settled(cells, wanted, ask)
    assert found[row, column].tolist() == alone.tolist()
    assert (found[~wanted] == OUTSIDE).all()


def test_where_one_answer_holds_far_and_wide_few_questions_are_asked():
    cells = over(AREA, 100.0)
    wanted = cells.held(AREA)
    ask, asked = disc((114.9, 32.0), 5_000.0)
    settled(cells, wanted, ask)
    assert sum(asked) < wanted.sum() / 20


def test_cells_are_counted_from_the_south_west_corner():
    cells = Cells(100.0, 30.0, 0.01, 0.02, 3, 2)
    lon, lat = cells.middles(np.array([0, 1]), np.array([0, 2]))
    assert lon == pytest.approx([100.005, 100.025])
    assert lat == pytest.approx([30.01, 30.03])
