"""Coordinate systems: names people write, the way there and back, and what is refused."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import BD09, CGCS2000, GCJ02, WGS84, Crs, UnknownCrs, UnsafeDatum, from_wgs84, guess, named, to_wgs84
from geo.layer import Layer

GEOD = pyproj.Geod(ellps="WGS84")
XINYANG = shapely.box(113.75, 31.4, 115.95, 32.75)
lons = st.floats(73.5, 134.5)
lats = st.floats(3.5, 53.5)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WGS-84", WGS84),
        ("ｗｇｓ 84", WGS84),
        ("EPSG:4326", WGS84),
        ("GPS坐标（WGS84）", WGS84),
        ("2000国家大地坐标系", CGCS2000),
        ("国家2000", CGCS2000),
        ("CGCS2000", CGCS2000),
        ("epsg 4490", CGCS2000),
        ("国测局", GCJ02),
        ("火星坐标系", GCJ02),
        ("GCJ-02（高德）", GCJ02),
        ("腾讯地图", GCJ02),
        ("百度", BD09),
        ("BD-09", BD09),
        ("EPSG:4547", "EPSG:4547"),
        ("4547", "EPSG:4547"),
        ("高斯三度带39带", "EPSG:4527"),
        ("CGCS2000 3度带 中央子午线114", "EPSG:4547"),
        ("CGCS2000 / 3-degree Gauss-Kruger zone 38", "EPSG:4526"),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 117E", "EPSG:4548"),
        ("CGCS2000_3_Degree_GK_Zone_38", "EPSG:4526"),
        ("高斯-克吕格 6度带 20带", "EPSG:4498"),
        ("WGS 84 / UTM zone 50N", "EPSG:32650"),
    ],
)
def test_a_system_is_known_by_every_name_people_write(written: str, meant: str) -> None:
    assert named(written) == meant


@pytest.mark.parametrize("code", [4513, 4526, 4533, 4534, 4547, 4554])
def test_the_name_epsg_gives_a_gauss_krueger_zone_leads_back_to_its_number(code: int) -> None:
    assert named(pyproj.CRS.from_epsg(code).name) == f"EPSG:{code}"


@pytest.mark.parametrize("written", ["", "经纬度", "地方坐标系", "EPSG:99999", "EPSG:4978", "高斯三度带", "中央子午线 115", "GCJ02(百度)"])
def test_a_system_nobody_can_tell_is_refused(written: str) -> None:
    with pytest.raises(UnknownCrs) as refused:
        named(written)
    assert refused.value.text == written or refused.value.text.startswith("EPSG")


@pytest.mark.parametrize("written", ["北京54", "Beijing 1954", "西安80 3度带 38带", "EPSG:4610", "EPSG:4214", "EPSG:2383", "EPSG:2437"])
def test_a_datum_that_needs_local_parameters_is_refused_and_not_shifted(written: str) -> None:
    with pytest.raises(UnsafeDatum) as refused:
        named(written)
    assert refused.value.datum


@given(lons, lats, st.sampled_from([GCJ02, BD09]))
def test_the_map_services_distortions_are_undone_to_a_micrometre(lon: float, lat: float, crs: Crs) -> None:
    back_lon, back_lat = to_wgs84(*from_wgs84(np.array([lon]), np.array([lat]), crs), crs)
    assert GEOD.inv(lon, lat, back_lon[0], back_lat[0])[2] < 1e-6


@given(lons, lats)
def test_gcj02_lies_tens_to_hundreds_of_metres_off_and_bd09_farther(lon: float, lat: float) -> None:
    gcj = GEOD.inv(lon, lat, *(value[0] for value in from_wgs84(np.array([lon]), np.array([lat]), GCJ02)))[2]
    bd = GEOD.inv(lon, lat, *(value[0] for value in from_wgs84(np.array([lon]), np.array([lat]), BD09)))[2]
    assert 1 < gcj < 1500
    assert 1 < bd < 3000


def test_the_centre_of_beijing_lies_where_the_published_conversions_put_it() -> None:
    # the worked example that the open coordtransform libraries publish for their functions, to their last digit
    lon, lat = from_wgs84(np.array([116.404]), np.array([39.915]), GCJ02)
    assert (lon[0], lat[0]) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)
    made_from_gcj = from_wgs84(*to_wgs84(np.array([116.404]), np.array([39.915]), GCJ02), BD09)
    assert (made_from_gcj[0][0], made_from_gcj[1][0]) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


def test_outside_the_distorted_rectangle_nothing_moves() -> None:
    lon, lat = from_wgs84(np.array([2.35, -179.9, 0.0]), np.array([48.85, -10.0, 0.0]), GCJ02)
    assert lon.tolist() == [2.35, -179.9, 0.0]
    assert lat.tolist() == [48.85, -10.0, 0.0]


@given(st.floats(113.8, 115.9), st.floats(31.4, 32.7), st.sampled_from([4526, 4527, 4547, 4548, 4498, 4508]))
def test_gauss_krueger_metres_come_back_to_a_tenth_of_a_millimetre(lon: float, lat: float, code: int) -> None:
    crs = Crs(f"EPSG:{code}")
    back_lon, back_lat = to_wgs84(*from_wgs84(np.array([lon]), np.array([lat]), crs), crs)
    assert GEOD.inv(lon, lat, back_lon[0], back_lat[0])[2] < 1e-4


def test_one_place_has_two_eastings_on_the_two_sides_of_the_zone_border_at_115_5() -> None:
    # 固始, 商城 and 淮滨 lie across it: central meridians 114 and 117, prefixes 38 and 39
    here = np.array([115.5]), np.array([32.0])
    in_38, in_39 = (from_wgs84(*here, Crs(code)) for code in ("EPSG:4526", "EPSG:4527"))
    assert in_38[0][0] // 1e6 == 38
    assert in_39[0][0] // 1e6 == 39
    assert in_38[0][0] - 38.5e6 == pytest.approx(39.5e6 - in_39[0][0], abs=1e-3)  # the border is as far from both meridians
    for metres, crs in ((in_38, Crs("EPSG:4526")), (in_39, Crs("EPSG:4527"))):
        lon, lat = to_wgs84(*metres, crs)
        assert (lon[0], lat[0]) == pytest.approx((115.5, 32.0), abs=1e-9)
    lon, lat = to_wgs84(*from_wgs84(*here, Crs("EPSG:4547")), Crs("EPSG:4548"))
    assert lon[0] == pytest.approx(118.5, abs=1e-6)  # read in the neighbour's zone it lands three degrees east


def test_impossible_values_become_no_position_and_do_not_crash() -> None:
    values = np.array([np.nan, np.inf, 0.0, 1e300])
    for crs in (WGS84, GCJ02, BD09, Crs("EPSG:4547")):
        lon, _ = to_wgs84(values, values, crs)
        assert len(lon) == 4
    assert np.isnan(to_wgs84(np.array([np.inf]), np.array([0.0]), Crs("EPSG:4547"))[0][0])


def test_guess_names_the_zone_that_puts_metres_into_the_county(counties: Layer) -> None:
    gushi = counties.shapes[list(counties.names).index("固始县")]
    spots = np.array([115.60, 115.68, 115.75]), np.array([32.1, 32.17, 32.2])
    for code in ("EPSG:4527", "EPSG:4548", "EPSG:4526", "EPSG:4547"):
        fits = guess(*from_wgs84(*spots, Crs(code)), gushi)
        assert fits[0] == code
        assert set(fits[1:]) <= {"EPSG:32650"}  # UTM shares the meridian 117 and lies some hundred metres off: a person has to say


def test_guess_says_swapped_for_exchanged_columns_in_degrees_and_in_metres() -> None:
    lon, lat = np.array([114.9, 115.1]), np.array([32.0, 32.1])
    assert guess(lat, lon, XINYANG)[:2] == ["swapped", WGS84]
    easting, northing = from_wgs84(lon, lat, Crs("EPSG:4547"))
    assert guess(northing, easting, XINYANG)[:2] == ["swapped", "EPSG:4547"]


def test_guess_cannot_tell_wgs84_from_gcj02_and_so_names_both() -> None:
    fits = guess(np.array([114.9]), np.array([32.0]), [XINYANG])
    assert {WGS84, GCJ02} <= set(fits)
    assert "swapped" not in fits


def test_guess_finds_nothing_for_no_positions_or_positions_elsewhere() -> None:
    assert guess(np.array([np.nan]), np.array([np.nan]), XINYANG) == []
    assert guess(np.array([0.0]), np.array([0.0]), XINYANG) == []
