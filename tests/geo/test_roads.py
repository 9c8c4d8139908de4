"""Ways on road networks drawn by hand, whose lengths can be added up on paper."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.roads import Network
from tests.geo.conftest import layer_of

GEOD = Geod(ellps="WGS84")
STEP = 0.01


def at(column: float, row: float) -> tuple[float, float]:
    """Return a place of a grid whose steps are a hundredth of a degree."""
    return 115.0 + column * STEP, 32.0 + row * STEP


def metres(*places: tuple[float, float]) -> float:
    return float(GEOD.line_length([x for x, _ in places], [y for _, y in places]))


def line(*places: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([at(*place) for place in places])


def way(roads: Sequence[shapely.Geometry], start: tuple[float, float], *stops: tuple[float, float], most_off_m: float = 500.0):
    to = np.array([at(*stop) for stop in stops])
    return Network(layer_of(list(roads))).ways(*at(*start), to[:, 0], to[:, 1], most_off_m)


def test_the_way_goes_round_the_corner():
    ways = way([line((0, 0), (2, 0), (2, 3))], (0, 0), (2, 3))
    assert ways.along_m[0] == pytest.approx(metres(at(0, 0), at(2, 0), at(2, 3)), abs=0.01)
    assert ways.to_road_m == pytest.approx(0, abs=1e-3)
    assert ways.whole_m[0] > metres(at(0, 0), at(2, 3))


def test_of_two_ways_the_shorter_is_taken():
    square = [line((0, 0), (1, 0)), line((1, 0), (1, 1)), line((0, 0), (0, 4)), line((0, 4), (1, 4)), line((1, 4), (1, 1))]
    ways = way(square, (0, 0), (1, 1), (0, 4))
    assert ways.along_m == pytest.approx([metres(at(0, 0), at(1, 0), at(1, 1)), metres(at(0, 0), at(0, 4))], abs=0.01)


def test_of_two_roads_between_the_same_junctions_the_shorter_counts_and_they_are_not_added_up():
    twice = [line((0, 0), (0.5, 0.5), (1, 0)), line((0, 0), (1, 0)), line((1, 0), (0, 0))]
    assert way(twice, (0, 0), (1, 0)).along_m[0] == pytest.approx(metres(at(0, 0), at(1, 0)), abs=0.01)


def test_two_places_on_one_stretch_need_not_touch_a_junction():
    ways = way([line((0, 0), (10, 0))], (3, 0), (5, 0))
    assert ways.along_m[0] == pytest.approx(metres(at(3, 0), at(5, 0)), abs=0.01)


def test_the_ends_are_joined_in_a_straight_line_and_told_apart():
    ways = way([line((0, 0), (4, 0))], (1, 0.1), (3, -0.2))
    assert ways.to_road_m == pytest.approx(metres(at(1, 0), at(1, 0.1)), abs=0.5)
    assert ways.from_road_m[0] == pytest.approx(metres(at(3, 0), at(3, -0.2)), abs=0.5)
    assert ways.whole_m[0] == pytest.approx(ways.to_road_m + ways.along_m[0] + ways.from_road_m[0])


def test_an_end_too_far_from_any_road_is_not_joined_and_the_distance_is_told():
    ways = way([line((0, 0), (4, 0))], (1, 0), (3, 1), (2, 0), most_off_m=500.0)
    assert np.isnan(ways.along_m[0])
    assert ways.from_road_m[0] == pytest.approx(metres(at(3, 0), at(3, 1)), abs=2)
    assert ways.along_m[1] == pytest.approx(metres(at(1, 0), at(2, 0)), abs=0.01)


def test_a_start_too_far_from_any_road_leads_nowhere():
    ways = way([line((0, 0), (4, 0))], (1, 1), (3, 0), most_off_m=500.0)
    assert np.isnan(ways.along_m[0])
    assert ways.to_road_m == pytest.approx(metres(at(1, 0), at(1, 1)), abs=2)


def test_roads_that_cross_without_a_shared_corner_do_not_meet():
    bridge = [line((0, 1), (2, 1)), line((1, 0), (1, 2))]
    assert way(bridge, (0, 1), (1, 2)).along_m[0] == np.inf
    junction = [line((0, 1), (1, 1), (2, 1)), line((1, 0), (1, 1), (1, 2))]
    assert way(junction, (0, 1), (1, 2)).along_m[0] == pytest.approx(metres(at(0, 1), at(1, 1), at(1, 2)), abs=0.01)


def test_a_network_in_two_pieces_has_no_way_between_them():
    assert way([line((0, 0), (1, 0)), line((0, 5), (1, 5))], (0, 0), (1, 5)).along_m[0] == np.inf


def test_a_layer_without_lines_is_no_network():
    with pytest.raises(ValueError, match="no line"):
        Network(layer_of([shapely.Point(115, 32), shapely.LineString([(115, 32), (115, 32)])]))


def test_areas_among_the_roads_are_not_driven_along():
    square = shapely.Polygon([at(0, 0), at(1, 0), at(1, 1), at(0, 1)])
    assert way([square, line((0, 0), (1, 1))], (0, 0), (1, 1)).along_m[0] == pytest.approx(metres(at(0, 0), at(1, 1)), abs=0.01)
