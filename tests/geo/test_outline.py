"""Distances to and from outlines, against geodesics to outlines cut into metre-sized steps."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layer import Layer
from geo.proximity import nearest, nearest_from
from tests.geo.conftest import layer_of

GEOD = pyproj.Geod(ellps="WGS84")
WITHIN_M = 0.5


def places_on(shape: shapely.Geometry, step_deg: float) -> np.ndarray:
    """Return places along the shape's edges, straight in degrees as files draw them, no farther apart than the step."""
    return np.asarray(shapely.get_coordinates(shapely.segmentize(shape, step_deg)))


def to_outline_m(lon: float, lat: float, shape: shapely.Geometry) -> float:
    """Return the geodesic to the nearest of places along the edges: first coarsely, then finely around the best coarse ones."""
    if shapely.intersects_xy(shape, lon, lat):
        return 0.0
    best = np.inf
    coarse = places_on(shape, 0.001)
    metres = np.asarray(GEOD.inv(np.full(len(coarse), lon), np.full(len(coarse), lat), coarse[:, 0], coarse[:, 1])[2])
    for at in np.flatnonzero(metres <= metres.min() + 250):
        fine = places_on(shapely.LineString(coarse[max(at - 1, 0) : at + 2]), 0.000002) if len(coarse) > 1 else coarse
        near = np.abs(fine - coarse[at]).max(axis=1) < 0.0011  # a ring's end does not continue in the next ring
        best = min(best, *GEOD.inv(np.full(near.sum(), lon), np.full(near.sum(), lat), fine[near, 0], fine[near, 1])[2])
    return float(best)


polygons = st.lists(st.tuples(st.floats(114.0, 114.3), st.floats(31.9, 32.2)), min_size=3, max_size=8).map(
    lambda spots: shapely.buffer(shapely.LineString(spots), 0.003, quad_segs=2)
)


@given(st.tuples(st.floats(113.9, 114.4), st.floats(31.8, 32.3)), st.lists(polygons, min_size=1, max_size=3))
@settings(deadline=None, max_examples=25)
def test_a_point_is_measured_to_the_outline_and_not_to_its_box(spot: tuple[float, float], shapes: list[shapely.Geometry]) -> None:
    found = nearest(np.array([spot[0]]), np.array([spot[1]]), layer_of(shapes))
    metres = [to_outline_m(*spot, shape) for shape in shapes]
    assert found.distance_m[0] == pytest.approx(min(metres), abs=WITHIN_M)
    assert metres[found.which[0]] <= min(metres) + WITHIN_M
    assert GEOD.inv(*spot, found.at_lon[0], found.at_lat[0])[2] == pytest.approx(found.distance_m[0], abs=1e-3)


def test_the_arm_of_an_l_is_not_filled_up_by_its_bounding_box() -> None:
    ell = shapely.Polygon([(114.0, 32.0), (114.2, 32.0), (114.2, 32.01), (114.01, 32.01), (114.01, 32.2), (114.0, 32.2)])
    found = nearest(np.array([114.15]), np.array([32.15]), layer_of([ell]))
    assert found.distance_m[0] == pytest.approx(GEOD.inv(114.15, 32.15, 114.01, 32.15)[2], abs=WITHIN_M)


def test_a_hole_is_outside_and_its_rim_is_the_nearest_place() -> None:
    ring = shapely.Polygon(shapely.box(114, 32, 114.3, 32.3).exterior.coords, [shapely.box(114.1, 32.1, 114.2, 32.2).exterior.coords])
    found = nearest(np.array([114.12, 114.05]), np.array([32.15, 32.05]), layer_of([ring]))
    assert found.distance_m[0] == pytest.approx(GEOD.inv(114.12, 32.15, 114.1, 32.15)[2], abs=WITHIN_M)
    assert found.distance_m[1] == 0
    village = shapely.box(114.12, 32.14, 114.13, 32.16)
    assert nearest_from(np.array([village], object), layer_of([ring])).distance_m[0] == pytest.approx(to_outline_m(114.12, 32.15, ring), abs=WITHIN_M)


def test_a_position_on_the_border_is_at_distance_nothing() -> None:
    assert nearest(np.array([114.0]), np.array([32.15]), layer_of([shapely.box(114, 32, 114.3, 32.3)])).distance_m[0] == 0


def test_points_lines_and_outlines_of_one_layer_compete() -> None:
    layer = layer_of([shapely.Point(114.0, 32.0), shapely.box(114.5, 32.0, 114.6, 32.1), shapely.LineString([(115, 31), (115, 33)]), None])
    found = nearest(np.array([114.01, 114.45, 114.98, 114.55]), np.array([32.0, 32.05, 32.0, 32.05]), layer)
    assert found.which.tolist() == [0, 1, 2, 1]
    assert found.distance_m[3] == 0
    assert found.distance_m[2] == pytest.approx(GEOD.inv(114.98, 32.0, 115.0, 32.0)[2], abs=WITHIN_M)


@given(polygons, polygons)
@settings(deadline=None, max_examples=25)
def test_two_outlines_are_measured_at_their_closest(one: shapely.Geometry, other: shapely.Geometry) -> None:
    moved = shapely.transform(other, lambda place: place + np.array([0.2, 0.0]))
    found = nearest_from(np.array([one], object), layer_of([moved]))
    if shapely.intersects(one, moved):
        assert found.distance_m[0] == 0
        assert shapely.distance(shapely.Point(found.at_lon[0], found.at_lat[0]), moved) < 1e-9
        return
    # a local transverse Mercator stretches by less than 1 part in 100,000 over these few kilometres; edges stay as drawn in degrees
    local = pyproj.Transformer.from_crs("EPSG:4326", "+proj=tmerc +lon_0=114.25 +lat_0=32 +ellps=WGS84", always_xy=True)
    here, there = (shapely.transform(shapely.segmentize(shape, 0.002), lambda place: np.column_stack(local.transform(*place.T))) for shape in (one, moved))
    assert found.distance_m[0] == pytest.approx(shapely.distance(here, there), abs=WITHIN_M)
    assert GEOD.inv(found.from_lon[0], found.from_lat[0], found.at_lon[0], found.at_lat[0])[2] == pytest.approx(found.distance_m[0], abs=1e-3)


def test_a_target_point_is_measured_to_the_middle_of_a_long_wall() -> None:
    site = shapely.box(114.0, 32.0, 114.001, 32.4)
    found = nearest_from(np.array([site], object), layer_of([shapely.Point(114.002, 32.2173)]))
    assert found.distance_m[0] == pytest.approx(GEOD.inv(114.001, 32.2173, 114.002, 32.2173)[2], abs=0.01)


def test_holding_and_touching_are_distance_nothing_and_name_the_feature() -> None:
    site = shapely.box(114.0, 32.0, 114.1, 32.1)
    layer = layer_of([shapely.Point(114.3, 32.05), shapely.Point(114.05, 32.05), shapely.box(114.1, 32.0, 114.2, 32.1)])
    found = nearest_from(np.array([site, None, shapely.Point(114.3, 32.0), shapely.Polygon()], object), layer)
    assert found.distance_m[0] == 0
    assert found.which.tolist() == [1, -1, 0, -1]
    assert np.isnan(found.distance_m[[1, 3]]).all()


def test_a_site_of_scattered_points_or_of_mixed_parts_is_measured_from_its_nearest_part() -> None:
    scattered = shapely.MultiPoint([(114.0, 32.0), (114.2, 32.0)])
    mixed = shapely.GeometryCollection([shapely.Point(114.0, 32.0), shapely.MultiPolygon([shapely.box(114.1, 31.9, 114.2, 32.1)])])
    layer = layer_of([shapely.Point(114.25, 32.0)])
    expected = GEOD.inv(114.2, 32.0, 114.25, 32.0)[2]
    for site in (scattered, mixed):
        assert nearest_from(np.array([site], object), layer).distance_m[0] == pytest.approx(expected, abs=WITHIN_M)


def test_a_long_straight_edge_is_followed_as_drawn_in_degrees() -> None:
    # 2° along a parallel: the geodesic between its ends runs some 2.4 km farther north at the middle
    edge = layer_of([shapely.LineString([(114.0, 32.0), (116.0, 32.0)])])
    found = nearest(np.array([115.0]), np.array([32.1]), edge)
    assert found.distance_m[0] == pytest.approx(GEOD.inv(115.0, 32.1, 115.0, 32.0)[2], abs=WITHIN_M)


def test_townships_are_measured_to_real_county_outlines(counties: Layer, townships: Layer) -> None:
    alone = [layer_of([shape]) for shape in counties.shapes]
    picks = np.arange(0, len(townships), 23)
    lon, lat = shapely.get_x(townships.shapes[picks]), shapely.get_y(townships.shapes[picks])
    for county, layer in enumerate(alone):
        found = nearest(lon, lat, layer)
        for row in range(len(picks)):
            assert found.distance_m[row] == pytest.approx(to_outline_m(lon[row], lat[row], counties.shapes[county]), abs=WITHIN_M)
