"""Nearest features among points, against geodesics solved one by one."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layer import Layer
from geo.proximity import nearest, nearest_from, possible, possible_from, surest, surest_from
from tests.geo.conftest import layer_of

GEOD = pyproj.Geod(ellps="WGS84")
places = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
near_places = st.tuples(st.floats(113.5, 116.5), st.floats(31, 33))


def oracle_m(lon: float, lat: float, spots: np.ndarray) -> np.ndarray:
    """Return the geodesic from one place to each spot."""
    return np.asarray(GEOD.inv(np.full(len(spots), lon), np.full(len(spots), lat), spots[:, 0], spots[:, 1])[2])


def check(asked: list[tuple[float, float]], spots: list[tuple[float, float]]) -> None:
    found = nearest(np.array([lon for lon, _ in asked]), np.array([lat for _, lat in asked]), layer_of([shapely.Point(spot) for spot in spots]))
    for row, (lon, lat) in enumerate(asked):
        metres = oracle_m(lon, lat, np.array(spots))
        assert found.distance_m[row] == pytest.approx(metres.min(), abs=1e-3)
        assert metres[found.which[row]] <= metres.min() + 1e-3


@given(st.lists(places, min_size=1, max_size=12), st.lists(places, min_size=1, max_size=60))
@settings(deadline=None)
def test_anywhere_on_earth_the_nearest_is_the_one_the_geodesics_name(asked: list[tuple[float, float]], spots: list[tuple[float, float]]) -> None:
    check(asked, spots)


@given(st.lists(near_places, min_size=1, max_size=12), st.lists(near_places, min_size=1, max_size=60))
@settings(deadline=None)
def test_within_a_prefecture_the_nearest_is_the_one_the_geodesics_name(asked: list[tuple[float, float]], spots: list[tuple[float, float]]) -> None:
    check(asked, spots)


def test_among_sparse_targets_a_thousand_sites_get_the_geodesically_nearest() -> None:
    # targets some hundred kilometres apart on circles around the sites, where a chord's order may differ from the geodesic's
    rng = np.random.default_rng(20261124)
    lon, lat = rng.uniform(80, 125, 1500), rng.uniform(20, 50, 1500)
    ring_lon, ring_lat, _ = GEOD.fwd(np.repeat(lon[:100], 8), np.repeat(lat[:100], 8), np.tile(np.arange(0, 360, 45), 100), np.full(800, 250_000.0))
    spots = np.column_stack([ring_lon, ring_lat])
    found = nearest(lon, lat, layer_of([shapely.Point(spot) for spot in spots]))
    for row in range(len(lon)):
        metres = oracle_m(lon[row], lat[row], spots)
        assert found.distance_m[row] == pytest.approx(metres.min(), abs=1e-3)
        assert metres[found.which[row]] <= metres.min() + 1e-3


def test_two_sides_of_the_antimeridian_are_neighbours() -> None:
    found = nearest(np.array([179.99, 180.01]), np.array([-16.5, -16.5]), layer_of([shapely.Point(-179.99, -16.5), shapely.Point(179.5, -16.5)]))
    assert found.which.tolist() == [0, 0]
    assert found.distance_m[0] == pytest.approx(GEOD.inv(179.99, -16.5, -179.99, -16.5)[2], abs=1e-3)
    assert found.distance_m[1] == pytest.approx(0.0, abs=1e-3)


def test_a_position_nobody_knows_gets_no_answer_and_spoils_no_other() -> None:
    lon, lat = np.array([np.nan, 114.0, 114.0, np.inf, 0.0]), np.array([32.0, 32.0, 91.0, 32.0, 0.0])
    found = nearest(lon, lat, layer_of([shapely.Point(114.0, 32.0)]))
    assert found.which.tolist() == [-1, 0, -1, -1, 0]
    assert np.isnan(found.distance_m[[0, 2, 3]]).all()
    assert found.distance_m[1] == 0
    assert found.distance_m[4] == pytest.approx(GEOD.inv(0, 0, 114, 32)[2], abs=1e-3)


def test_a_layer_without_any_known_position_answers_infinitely_far_and_names_nobody() -> None:
    for layer in (layer_of([]), layer_of([None, shapely.Point()])):
        found = nearest(np.array([114.0]), np.array([32.0]), layer)
        assert found.which.tolist() == [-1]
        assert np.isinf(found.distance_m[0])
        assert np.isinf(nearest_from(np.array([shapely.box(114, 32, 115, 33)], object), layer).distance_m[0])


def test_no_positions_asked_gives_no_answers() -> None:
    assert len(nearest(np.array([]), np.array([]), layer_of([shapely.Point(114, 32)])).which) == 0


def test_features_without_position_are_passed_over_and_rows_keep_their_numbers() -> None:
    layer = layer_of([None, shapely.Point(114, 32), shapely.Point()])
    assert nearest(np.array([114.1]), np.array([32.0]), layer).which.tolist() == [1]
    assert layer.unplaced.tolist() == [True, False, True]


def test_the_targets_uncertainty_is_carried_and_an_unknown_one_is_said_to_be_unknown() -> None:
    layer = layer_of([shapely.Point(114, 32), shapely.Point(115, 32)], [2500.0, float("nan")])
    found = nearest(np.array([114.1, 115.1]), np.array([32.0, 32.0]), layer)
    assert found.uncertainty_m.tolist() == [2500.0, 0.0]
    assert found.uncertainty_known.tolist() == [True, False]


def test_the_surest_target_may_be_a_farther_one_that_is_known_exactly() -> None:
    layer = layer_of([shapely.Point(114.00, 32), shapely.Point(114.10, 32), None], [7000.0, 0.0, 0.0])
    asked = np.array([114.04]), np.array([32.0])
    assert nearest(*asked, layer).which.tolist() == [0]
    sure = surest(*asked, layer)
    assert sure.which.tolist() == [1]
    assert sure.distance_m[0] == pytest.approx(GEOD.inv(114.04, 32, 114.10, 32)[2], abs=1e-3)


@given(st.lists(st.tuples(near_places, st.sampled_from([0.0, 500.0, 3000.0, float("nan")])), min_size=1, max_size=20), near_places)
@settings(deadline=None)
def test_the_surest_target_has_the_least_distance_and_uncertainty_together(spots: list[tuple[tuple[float, float], float]], asked: tuple[float, float]) -> None:
    layer = layer_of([shapely.Point(spot) for spot, _ in spots], [uncertain for _, uncertain in spots])
    found = surest(np.array([asked[0]]), np.array([asked[1]]), layer)
    worst = oracle_m(*asked, np.array([spot for spot, _ in spots])) + np.nan_to_num([uncertain for _, uncertain in spots])
    assert found.distance_m[0] + found.uncertainty_m[0] == pytest.approx(worst.min(), abs=1e-3)
    found = possible(np.array([asked[0]]), np.array([asked[1]]), layer)
    kindest = oracle_m(*asked, np.array([spot for spot, _ in spots])) - np.nan_to_num([uncertain for _, uncertain in spots])
    assert found.distance_m[0] - found.uncertainty_m[0] == pytest.approx(kindest.min(), abs=1e-3)


def test_an_outline_asks_for_the_surest_and_the_possible_target_as_a_point_does() -> None:
    layer = layer_of([shapely.Point(114.30, 32), shapely.Point(114.40, 32), shapely.Point(114.50, 32)], [3000.0, 0.0, 40_000.0])
    site = np.array([shapely.box(114.1, 31.9, 114.25, 32.1), shapely.box(114.3, 31.9, 114.38, 32.1), None], object)
    assert nearest_from(site, layer).which.tolist() == [0, 0, -1]
    assert surest_from(site, layer).which.tolist() == [0, 1, -1]
    assert possible_from(site, layer).which.tolist() == [2, 2, -1]


def test_a_feature_of_several_points_counts_by_its_nearest_point() -> None:
    layer = layer_of([shapely.Point(116, 32), shapely.MultiPoint([(120, 32), (114, 32)])])
    assert nearest(np.array([114.2]), np.array([32.0]), layer).which.tolist() == [1]


def test_a_layer_whose_columns_disagree_or_whose_latitudes_are_impossible_is_refused() -> None:
    with pytest.raises(ValueError, match="swapped"):
        layer_of([shapely.Point(32.0, 114.0)])
    with pytest.raises(ValueError, match="negative"):
        layer_of([shapely.Point(114.0, 32.0)], [-1.0])
    with pytest.raises(ValueError, match="names"):
        Layer("x", ("a", "b"), np.array([None], object), np.array(["", ""], object), np.zeros(2), "WGS84", "", "")
