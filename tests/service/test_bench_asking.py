"""What the workbench says of a proposed place, and what it refuses to take for one."""

from pathlib import Path

import pytest
import shapely

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store, Unusable
from relocation.service.bench import asking, backdrop, keeping, proposing, suiting
from relocation.service.bench.proposing import Told
from relocation.service.reference import around
from relocation.store import log
from tests.data.demo_county.ground import SEAT
from tests.service.benching import COUNTY, DAY, FAR, GEOD, HERE, answer_to, geojson, refused, square


def test_every_check_of_siting_answers_and_every_layer_stands_in_one_list(county: Store):
    (one,) = answer_to(county, HERE)
    said = one.json("zh", asking.register_of(county))
    assert {check["check"] for check in said["checks"]} == {"four-proximities", "exclusion-zones"}
    assert {item["key"] for item in said["applies"]} >= {"county-seat", "township", "industrial-park", "here"}
    assert {item["key"] for item in said["clear"]} >= {"scenic-area", "geological_hazards", "flood_zones", "households"}
    assert [item["key"] for item in said["unchecked"]] == ["steep_slopes"]
    ids = [item["id"] for name in ("applies", "clear", "unchecked") for item in said[name]]
    assert len(ids) == len(set(ids))


def test_each_item_says_its_source_its_date_and_where_it_lies(county: Store):
    said = answer_to(county, HERE)[0].json("en", asking.register_of(county))
    for item in (*said["applies"], *said["clear"]):
        if item["key"] != "households":
            assert item["source"]
            assert item["dated"]
            assert item["state_word"]
        if item["distance_m"] is not None:
            metres = GEOD.inv(said["lon"], said["lat"], item["lon"], item["lat"])[2]
            assert metres == pytest.approx(item["distance_m"], abs=1.0)


def test_asking_stores_nothing(own: Store):
    with own.reading() as connection:
        before = len(log.everything(connection))
    answer_to(own, HERE, FAR)
    suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0)
    with own.reading() as connection:
        assert len(log.everything(connection)) == before
    assert keeping.listed(own) == []


def test_a_place_nearer_to_a_hazard_than_is_kept_is_told_among_what_applies(county: Store):
    hazard = next(shape for shape in around(county)["geological_hazards"].shapes if shapely.get_type_id(shape) == 0)
    lon, lat, _ = GEOD.fwd(shapely.get_x(hazard), shapely.get_y(hazard), 90, 120)
    item = answer_to(county, ("崩塌旁", lon, lat))[0].item("exclusion-zones", "geological_hazards")
    assert (item.state, item.list) == ("keep-away", "applies")


def test_the_screening_of_risks_changes_the_answer_as_it_is_said(county: Store):
    reasons = {}
    for said in (None, True, False):
        (one,) = answer_to(county, HERE, told=Told(screened=said))
        reasons[said] = next(finding.reason for finding in one.findings if finding.check == "exclusion-zones")
    assert reasons == {None: "screening-unsaid", True: "not-supplied", False: "not-screened"}


def test_a_wider_uncertainty_makes_a_near_place_too_close_to_call(county: Store):
    (sure,), (unsure,) = answer_to(county, HERE), answer_to(county, HERE, told=Told(uncertainty_m=6_000))
    assert sure.item("four-proximities", "county-seat").state == "within"
    assert unsure.item("four-proximities", "county-seat").state == "too-close"


def test_an_outline_is_measured_from_its_edge(county: Store):
    shape = square(SEAT[0] + 0.01, SEAT[1], 0.002)
    (one,) = asking.ask(county, [proposing.outline(county, "地块", shape, Told())], as_of=DAY, most_off_m=500.0)
    found = one.item("four-proximities", "county-seat")
    assert found.distance_m == pytest.approx(GEOD.inv(*SEAT, SEAT[0] + 0.008, SEAT[1])[2], abs=1.0)


def test_an_outline_that_crosses_itself_is_refused_with_the_spot(county: Store):
    bow = shapely.Polygon([(114.9, 32.0), (114.902, 32.002), (114.902, 32.0), (114.9, 32.002)])
    with refused("bench-crossing") as trouble:
        proposing.outline(county, "蝴蝶", bow, Told())
    assert "114.901000 32.001000" in trouble.value.reason("zh")


def test_an_outline_over_the_border_is_refused_with_a_place_beyond(county: Store):
    borders = around(county)["county_boundaries"]
    border = borders.shapes[list(borders.counties).index(COUNTY)]
    inner = shapely.point_on_surface(border)
    edge = shapely.get_coordinates(shapely.shortest_line(inner, shapely.boundary(border)))[1]
    with refused("bench-border") as trouble:
        proposing.outline(county, "界上", square(edge[0], edge[1], 0.012), Told(county=COUNTY) if shapely.intersects_xy(border, *edge) else Told())
    lon, lat = map(float, str(trouble.value.facts["where"]).split())
    assert not shapely.intersects_xy(borders.shapes[list(borders.counties).index(trouble.value.facts["county"])], lon, lat)


def test_an_outline_over_a_border_by_less_than_is_known_of_it_is_noted(county: Store):
    borders = around(county)["county_boundaries"]
    border = borders.shapes[list(borders.counties).index(COUNTY)]
    x, y = shapely.get_coordinates(shapely.shortest_line(shapely.point_on_surface(border), shapely.boundary(border)))[1]
    shape = square(x, y, 0.001)
    one = proposing.outline(county, "界边", shape, Told())
    assert "500" in one.notes[0]["zh"]


@pytest.mark.parametrize(("half", "lon"), [(0.2, 114.9), (1e-7, 114.9)])
def test_an_outline_of_no_sites_size_is_refused(county: Store, half: float, lon: float):
    with refused("bench-size"):
        proposing.outline(county, "地块", square(lon, 32.0, half), Told())


def test_a_line_is_no_place(county: Store):
    with refused("bench-no-area"):
        proposing.outline(county, "一条线", shapely.LineString([(114.9, 32.0), (114.91, 32.0)]), Told())


def test_a_place_in_another_county_than_the_one_meant_is_refused(county: Store):
    with refused("bench-other-county") as trouble:
        proposing.points(county, [HERE], Told(county="411523"))
    assert COUNTY in trouble.value.reason("en")


def test_a_place_outside_the_actors_places_is_refused_and_so_is_its_ground(county: Store):
    bound = county.acting(Actor("x", "x", frozenset({Role.VETTER}), Scope(frozenset({"411523"}))))
    with refused("bench-outside"):
        proposing.points(bound, [HERE], Told())
    with refused("not-your-place"):
        suiting.area(bound, COUNTY, as_of=DAY, uncertainty_m=10.0)
    assert [code for code, _ in backdrop.counties(bound)] == ["411523"]


def test_a_bound_actor_gets_the_same_answer_at_home(county: Store):
    bound = county.acting(Actor("x", "x", frozenset({Role.VETTER}), Scope(frozenset({COUNTY}))))
    register = asking.register_of(county)
    assert answer_to(bound, HERE)[0].json("zh", register) == answer_to(county, HERE)[0].json("zh", register)


@pytest.mark.parametrize("value", [-1.0, 20_001.0, float("nan")])
def test_an_uncertainty_that_is_none_is_refused(county: Store, value: float):
    with refused("bench-uncertainty"):
        proposing.points(county, [HERE], Told(uncertainty_m=value))


def test_more_places_than_are_compared_and_none_at_all_are_refused(county: Store):
    with refused("bench-too-many"):
        proposing.points(county, [HERE] * 21, Told())
    with refused("bench-nothing"):
        proposing.points(county, [], Told())


def test_points_and_outlines_come_from_a_file(county: Store, tmp_path: Path):
    path = geojson(tmp_path / "拟选.geojson", shapely.Point(114.905, 32.012), square(114.8, 31.9))
    found = proposing.from_file(county, path, path.name, Told())
    assert [(one.name, one.outline is not None) for one in found] == [("地块1", False), ("地块2", True)]


def test_a_table_names_the_line_that_cannot_be_read(county: Store, tmp_path: Path):
    path = tmp_path / "拟选.csv"
    path.write_text("名称,经度,纬度\n东岭,114.905,32.012\n西坪,东边,31.9\n", "utf-8")
    with refused("unknown-position") as trouble:
        proposing.from_file(county, path, path.name, Told())
    assert "拟选.csv 2" in trouble.value.reason("zh")


def test_a_file_whose_outline_crosses_itself_is_refused_with_the_feature(county: Store, tmp_path: Path):
    bow = shapely.Polygon([(114.9, 32.0), (114.902, 32.002), (114.902, 32.0), (114.9, 32.002)])
    path = geojson(tmp_path / "拟选.geojson", square(114.9, 31.99), bow)
    with refused("bench-crossing-file") as trouble:
        proposing.from_file(county, path, path.name, Told())
    assert trouble.value.facts["number"] == 2


def test_a_file_that_is_none_is_refused_in_words(county: Store, tmp_path: Path):
    path = tmp_path / "拟选.geojson"
    path.write_text("{", "utf-8")
    with pytest.raises(Unusable):
        proposing.from_file(county, path, path.name, Told())
