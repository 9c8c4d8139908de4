"""The nearest by road is not the nearest by air: held to ways that can be added up on paper, and to asking every facility."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.layer import Layer
from geo.roads import Network
from relocation.service.bench.items import Item
from relocation.service.bench.proposing import Proposal, Told
from relocation.service.bench.wayfinding import AT_A_TIME, Road, _nearest
from tests.geo.conftest import layer_of

GEOD = Geod(ellps="WGS84")
STEP, MOST_OFF_M = 0.01, 500.0


def at(column: float, row: float) -> tuple[float, float]:
    """Return a place of a grid whose steps are a hundredth of a degree."""
    return 115.0 + column * STEP, 32.0 + row * STEP


def found(roads: Sequence[shapely.Geometry], layer: Layer, start: tuple[float, float] = (0, 0)) -> Road:
    place = Proposal("甲", *at(*start), "", Told())
    lon, lat = shapely.get_x(layer.shapes), shapely.get_y(layer.shapes)
    by_air = int(np.argmin(GEOD.inv(np.full(len(lon), place.lon), np.full(len(lon), place.lat), lon, lat)[2]))
    item = Item("four-proximities", "township", "within", {}, {}, layer="townships", name=layer.names[by_air], lon=float(lon[by_air]), lat=float(lat[by_air]))
    return _nearest(Network(layer_of(list(roads))), place, item, layer, MOST_OFF_M)


def towns(*places: tuple[float, float]) -> Layer:
    return layer_of([shapely.Point(at(*place)) for place in places])


def metres(*places: tuple[float, float]) -> float:
    lon, lat = np.array([at(*place) for place in places]).T
    return float(GEOD.line_length(lon, lat))


def test_over_the_river_is_near_by_air_and_far_by_road():
    roads = [shapely.LineString([at(*place) for place in ((0, 1), (9, 1), (9, 0), (0, 0), (-3, 0))])]
    road = found(roads, towns((0, 1), (-3, 0)))
    assert road.name == "1"
    assert road.whole_m == pytest.approx(metres((0, 0), (-3, 0)), abs=0.5)
    assert "沿路最近的是1，" in road.said("zh") and "nearest by road is 1," in road.said("en")


def test_a_facility_without_a_road_gives_way_to_one_with_and_is_told_where_there_is_no_other():
    roads = [shapely.LineString([at(0, 0), at(4, 0)])]
    assert found(roads, towns((0, 2), (4, 0))).name == "1"
    alone = found(roads, towns((0, 2)))
    assert (alone.whole_m, alone.far, alone.name) == (None, "there", "0")


def test_no_facility_that_was_not_asked_is_nearer():
    chance = np.random.default_rng(5)
    for _ in range(5):
        corners = [(int(x), int(y)) for x, y in chance.integers(-6, 7, (40, 2))]
        roads = [shapely.LineString([at(*one), at(one[0] + 1, one[1])]) for one in corners] + [
            shapely.LineString([at(*one), at(one[0], one[1] + 1)]) for one in corners
        ]
        roads.append(shapely.LineString([at(0, 0), at(*corners[0])]))
        layer = towns(*corners)
        assert len(layer) > 2 * AT_A_TIME
        every = Network(layer_of(list(roads))).ways(*at(0, 0), shapely.get_x(layer.shapes), shapely.get_y(layer.shapes), MOST_OFF_M).whole_m
        assert found(roads, layer).whole_m == pytest.approx(float(np.nanmin(every[np.isfinite(every)])), abs=0.05)
