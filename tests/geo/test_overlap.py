"""Which polygon holds a position, and shares of overlap."""

import numpy as np
import pyproj
import pytest
import shapely

from geo.layer import Layer
from geo.overlap import inside, share, shared_width_m
from geo.proximity import nearest
from tests.geo.conftest import layer_of


def one_by_one(lon: np.ndarray, lat: np.ndarray, layer: Layer) -> list[int]:
    return [
        next((row for row, shape in enumerate(layer.shapes) if shape is not None and shapely.intersects(shape, shapely.Point(x, y))), -1)
        for x, y in zip(lon, lat, strict=True)
    ]


def test_every_township_and_seat_lies_in_its_own_county(counties: Layer, townships: Layer, seats: Layer) -> None:
    for points in (townships, seats):
        held = inside(shapely.get_x(points.shapes), shapely.get_y(points.shapes), counties)
        assert counties.counties[held].tolist() == points.counties.tolist()


@pytest.mark.parametrize("positions", [60_000, 600_000])
def test_many_positions_get_the_very_answers_of_asking_shape_by_shape(counties: Layer, positions: int) -> None:
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(113.5, 116.1, positions), rng.uniform(31.3, 32.9, positions)
    corners = shapely.get_coordinates(counties.shapes)  # positions on the very borders
    lon[: len(corners)], lat[: len(corners)] = corners.T
    lon[-3:] = np.nan, np.inf, 0.0
    found = inside(lon, lat, counties)
    picks = np.concatenate([np.arange(len(corners)), rng.integers(0, len(lon), 4000), [len(lon) - 3, len(lon) - 2, len(lon) - 1]])
    expected = one_by_one(np.where(np.isfinite(lon[picks]), lon[picks], np.nan), lat[picks], counties)
    assert found[picks].tolist() == expected
    few = np.concatenate([inside(lon[at : at + 40_000], lat[at : at + 40_000], counties) for at in range(0, len(lon), 40_000)])
    assert np.array_equal(found, few)


def test_of_polygons_that_overlap_the_first_is_named_and_holes_hold_nothing() -> None:
    ring = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior.coords, [shapely.box(3, 3, 6, 6).exterior.coords])
    layer = layer_of([None, ring, shapely.box(1, 1, 5, 5), shapely.Point(20, 20)])
    assert inside(np.array([2.0, 4.0, 5.5, 3.0, 20.0, np.nan]), np.array([2.0, 4.0, 5.5, 3.0, 20.0, 2.0]), layer).tolist() == [1, 2, -1, 1, -1, -1]
    lon, lat = np.random.default_rng(3).uniform(-1, 10, (2, 60_000))
    assert inside(lon, lat, layer)[:3000].tolist() == one_by_one(lon[:3000], lat[:3000], layer)


def test_a_layer_of_points_holds_nothing() -> None:
    assert inside(np.array([1.0]), np.array([1.0]), layer_of([shapely.Point(1, 1)])).tolist() == [-1]


def test_the_share_is_that_of_square_metres_on_the_ellipsoid() -> None:
    site = shapely.box(114.0, 31.5, 114.4, 32.5)
    layer = layer_of([shapely.box(113, 31, 115, 32), shapely.box(114.3, 31, 115, 33), shapely.box(10, 10, 11, 11), None])
    geod = pyproj.Geod(ellps="WGS84")
    areas = [abs(geod.geometry_area_perimeter(shapely.segmentize(shape, 0.01))[0]) for shape in (site, shapely.box(114, 31.5, 114.4, 32))]
    assert share(site, layer).tolist() == pytest.approx([areas[1] / areas[0], 0.25, 0, 0], abs=2e-4)


def test_a_shape_that_only_touches_shares_nothing_and_a_point_or_a_line_counts_too() -> None:
    layer = layer_of([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert share(shapely.box(1, 0, 2, 1), layer).tolist() == pytest.approx([0, 1])
    assert share(shapely.LineString([(0.5, 0.5), (1.5, 0.5)]), layer).tolist() == pytest.approx([0.5, 0.5])
    assert share(shapely.Point(0.5, 0.5), layer).tolist() == [1, 0]
    assert share(shapely.Polygon(), layer).tolist() == [0, 0]


def test_two_outlines_may_be_shifted_by_the_width_they_share() -> None:
    zone = shapely.box(114.0, 32.0, 114.1, 32.1)
    across = pyproj.Geod(ellps="WGS84").inv(114.099, 32.05, 114.1, 32.05)[2]
    assert shared_width_m(shapely.box(114.099, 32.02, 114.3, 32.08), zone) == pytest.approx(across, rel=0.01)
    assert shared_width_m(shapely.box(114.1, 32.0, 114.2, 32.1), zone) == 0
    bent = shapely.Polygon([(114.099, 32.02), (114.2, 32.02), (114.2, 32.2), (114.1, 32.2), (114.1, 32.08), (114.099, 32.08)])
    assert shared_width_m(bent, zone) == pytest.approx(across, rel=0.01)


def test_how_deep_a_position_lies_in_a_polygon_is_its_distance_from_the_borders_holes_included() -> None:
    ring = shapely.Polygon(shapely.box(114, 32, 114.1, 32.1).exterior.coords, [shapely.box(114.02, 32.02, 114.04, 32.04).exterior.coords])
    borders = layer_of([ring, shapely.Point(114.03, 32.05), None]).borders
    assert borders.unplaced.tolist() == [False, True, True]
    metres = pyproj.Geod(ellps="WGS84").inv(114.01, 32.03, 114.02, 32.03)[2]
    assert nearest(np.array([114.01]), np.array([32.03]), borders).distance_m == pytest.approx([metres], abs=0.5)
