"""The mistakes that real positions of Xinyang invite, each shown to matter and to be absent here."""

import numpy as np
import pyproj
import shapely

from geo.crs import GCJ02, WGS84, Crs, from_wgs84, guess
from geo.layer import Layer
from geo.overlap import inside
from geo.proximity import nearest
from tests.geo.conftest import layer_of, real_layer

GEOD = pyproj.Geod(ellps="WGS84")


def spots_in(counties: Layer, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return places strewn evenly over the prefecture."""
    rng = np.random.default_rng(411500)
    lon, lat = rng.uniform(113.6, 116.0, count), rng.uniform(31.3, 32.8, count)
    within = inside(lon, lat, counties) >= 0
    return lon[within], lat[within]


def test_gcj02_left_unconverted_flips_verdicts_and_containment_does_not_notice(counties: Layer, townships: Layer) -> None:
    lon, lat = spots_in(counties, 8000)
    wrong_lon, wrong_lat = from_wgs84(lon, lat, GCJ02)
    off_m = np.asarray(GEOD.inv(lon, lat, wrong_lon, wrong_lat)[2])
    assert 500 < off_m.min() < off_m.max() < 650
    assert {WGS84, GCJ02} <= set(guess(wrong_lon, wrong_lat, [*counties.shapes]))
    right, wrong = nearest(lon, lat, townships), nearest(wrong_lon, wrong_lat, townships)
    flipped = np.mean((right.distance_m <= 3000) != (wrong.distance_m <= 3000))
    assert 0.01 < flipped < 0.10


def test_a_county_seat_known_to_a_kilometre_or_three_says_so(seats: Layer) -> None:
    found = nearest(np.array([114.9]), np.array([32.0]), seats)
    assert found.uncertainty_known.all()
    assert 300 <= found.uncertainty_m[0] <= 3000


def test_the_nearest_township_is_often_not_of_the_places_own_county(counties: Layer, townships: Layer) -> None:
    lon, lat = spots_in(counties, 4000)
    found = nearest(lon, lat, townships)
    own = counties.counties[inside(lon, lat, counties)]
    across = np.mean(townships.counties[found.which] != own)
    assert 0.02 < across < 0.4


def test_web_mercator_is_a_sixth_too_long_here_and_a_sphere_a_few_thousandths_off(townships: Layer) -> None:
    lon, lat = np.array([114.9]), np.array([32.0])
    found = nearest(lon, lat, townships)
    one, other = (np.array(from_wgs84(x, y, Crs("EPSG:3857"))) for x, y in ((lon, lat), (found.at_lon, found.at_lat)))
    assert 1.17 < np.linalg.norm(one - other) / found.distance_m[0] < 1.19
    sphere = pyproj.Geod(a=6371008.8, b=6371008.8).inv(lon[0], lat[0], found.at_lon[0], found.at_lat[0])[2]
    assert 1e-5 < abs(sphere / found.distance_m[0] - 1) < 4e-3
    assert abs(GEOD.inv(lon[0], lat[0], found.at_lon[0], found.at_lat[0])[2] - found.distance_m[0]) < 1e-3


def test_every_real_nearest_is_the_geodesics_own(counties: Layer, townships: Layer, seats: Layer) -> None:
    lon, lat = spots_in(counties, 900)
    for layer in (townships, seats):
        spots = shapely.get_coordinates(layer.shapes)
        found = nearest(lon, lat, layer)
        for row in range(len(lon)):
            metres = np.asarray(GEOD.inv(np.full(len(spots), lon[row]), np.full(len(spots), lat[row]), *spots.T)[2])
            assert abs(metres.min() - found.distance_m[row]) < 1e-3
            assert found.which[row] == metres.argmin()


def test_parks_and_scenic_areas_without_a_point_stay_in_the_layer_as_unplaced() -> None:
    parks, scenic = real_layer("industrial_parks"), real_layer("scenic_areas")
    assert ((~parks.unplaced).sum(), len(parks)) == (3, 15)
    assert ((~scenic.unplaced).sum(), len(scenic)) == (15, 19)
    found = nearest(np.array([114.18]), np.array([32.14]), parks)
    assert not parks.unplaced[found.which[0]]


def test_functional_zones_are_looked_up_by_position() -> None:
    zones = real_layer("functional_zones")
    held = inside(np.array([114.88, 115.68, 100.0]), np.array([31.64, 32.17, 20.0]), zones)
    assert zones.counties[held[:2]].tolist() == ["411523", "411525"]  # 新县, 固始县
    assert held[2] == -1


def test_positions_at_zero_zero_are_far_from_everything_and_in_no_county(counties: Layer, townships: Layer) -> None:
    assert inside(np.array([0.0]), np.array([0.0]), counties).tolist() == [-1]
    assert nearest(np.array([0.0]), np.array([0.0]), townships).distance_m[0] > 1e7


def test_a_layer_across_the_antimeridian_is_asked_like_any_other(townships: Layer) -> None:
    strip = layer_of([shapely.box(179.9, -1, 180.0, 1), shapely.box(-180.0, -1, -179.9, 1)])
    found = nearest(np.array([179.85, -179.85]), np.array([0.0, 0.0]), strip)
    assert found.which.tolist() == [0, 1]
    assert np.allclose(found.distance_m, GEOD.inv(179.85, 0, 179.9, 0)[2], atol=0.5)
