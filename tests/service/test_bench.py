"""The vetting workbench: what it refuses, what it lists, where a site would pass, and what it keeps."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from checks.ground import Plot
from checks.registry import check_by_id
from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store, Trouble, Unusable
from relocation.service.auditing import verify
from relocation.service.bench import asking, backdrop, comparing, keeping, proposing, suiting, wayfinding
from relocation.service.bench.proposing import Told
from relocation.service.importing import import_files
from relocation.service.lawbook import overlays
from relocation.service.office import open_office
from relocation.service.reference import around
from relocation.store import log
from tests.data.demo_county.ground import SEAT
from tests.service.conftest import NOW

COUNTY, DAY = "411522", date(2026, 11, 24)
HERE = ("东岭", 114.905, 32.012)
FAR = ("南坡", 114.75, 31.80)
GEOD = Geod(ellps="WGS84")


def square(lon: float, lat: float, half: float = 0.0005) -> shapely.Polygon:
    return shapely.box(lon - half, lat - half, lon + half, lat + half)


def answer_to(store: Store, *points: tuple[str, float, float], told: Told | None = None) -> list[asking.Answer]:
    return asking.ask(store, proposing.points(store, points, told or Told()), as_of=DAY, most_off_m=500.0)


def geojson(path: Path, *shapes: shapely.Geometry) -> Path:
    features = [{"type": "Feature", "properties": {"name": f"地块{n}"}, "geometry": json.loads(shapely.to_geojson(shape))} for n, shape in enumerate(shapes, 1)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def refused(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


@pytest.fixture
def own(county: Store, tmp_path: Path) -> Iterator[Store]:
    """Return a copy of the demonstration, to write to."""
    shutil.copytree(county.home, tmp_path / "home")
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


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


def test_every_sampled_cell_has_the_verdict_of_vetting_its_middle(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    rng = np.random.default_rng(7)
    inside = np.argwhere(area.classes() >= 0)
    classes = area.classes()
    for row, column in inside[rng.choice(len(inside), 150, replace=False)]:
        lon, lat = area.cells.middles(np.array([row]), np.array([column]))
        (one,) = answer_to(county, ("格", float(lon[0]), float(lat[0])), told=Told(screened=True))
        worst = max(suiting.severity(finding.outcome, finding.reason) for finding in one.findings)
        assert classes[row, column] == worst


def test_each_check_agrees_with_itself_on_thousands_of_cells(county: Store):
    area, layers, law = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0), around(county), overlays(county)
    rows = np.argwhere(area.classes() >= 0)
    rows = rows[np.random.default_rng(8).choice(len(rows), 4_000, replace=False)]
    records = Plot(COUNTY, DAY, 10.0, screened=True).records(*area.cells.middles(rows[:, 0], rows[:, 1]))
    for id, ground in area.grounds.items():
        verdict = check_by_id(id).run(records, DAY, layers, law)
        alone = [(int(outcome), verdict.words[reason]) for outcome, reason in zip(verdict.outcome, verdict.reason, strict=True)]
        assert [(int(outcome), reason) for outcome, reason in (ground.answers[code] for code in ground.code[rows[:, 0], rows[:, 1]])] == alone


def test_ground_is_divided_into_classes_without_rest(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    borders = around(county)["county_boundaries"]
    whole_km2 = abs(GEOD.geometry_area_perimeter(borders.shapes[list(borders.counties).index(COUNTY)])[0]) / 1e6
    assert sum(area.sizes_km2().values()) == pytest.approx(whole_km2, rel=1e-3)
    assert area.absent == ("steep_slopes",)
    assert area.sizes_km2()["pass"] == 0  # the demonstration was never sent its steep slopes
    assert area.sizes_km2(["four-proximities"])["pass"] > 100


def test_the_nearest_place_that_would_pass_is_the_nearest_of_all_cells(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0)
    found = area.nearest(FAR[1], FAR[2], ["four-proximities"])
    rows = np.argwhere(area.classes(["four-proximities"]) == suiting.PASS)
    lon, lat = area.cells.middles(rows[:, 0], rows[:, 1])
    bearing, _, metres = GEOD.inv(np.full(len(lon), FAR[1]), np.full(len(lon), FAR[2]), lon, lat)
    best = int(np.argmin(metres))
    assert found.distance_m == pytest.approx(metres[best], abs=1e-3)
    assert (found.lon, found.lat) == pytest.approx((lon[best], lat[best]))
    assert found.bearing_deg == pytest.approx(bearing[best] % 360, abs=0.1)
    assert found.json("zh")["towards"] == "西北"


def test_the_runs_of_cells_give_back_every_class(county: Store):
    area = suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=500.0)
    said, classes = area.json("zh"), area.classes()
    back = np.full(classes.shape, -1)
    for row, runs in enumerate(said["runs"]):
        for first, count, value in np.reshape(runs, (-1, 3)):
            back[row, first : first + count] = max((value // said["base"] ** place) % said["base"] for place in range(len(said["checks"])))
    assert (back == classes).all()


def test_ground_is_judged_anew_when_a_layer_changes(own: Store, tmp_path: Path):
    before = suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0)
    assert suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0) is before
    path = geojson(tmp_path / "slopes.geojson", square(114.9, 32.0, 0.02))
    import_files(own, [path], now=NOW, as_kind="layer:steep_slopes", county=COUNTY)
    after = suiting.area(own, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1_000.0)
    assert after.absent == ()
    assert after.sizes_km2()["pass"] > 0


def test_a_county_without_a_border_bad_cells_and_an_office_without_layers_are_refused(county: Store, tmp_path: Path):
    with refused("bench-no-border"):
        suiting.area(county, "999999", as_of=DAY, uncertainty_m=10.0)
    with refused("bench-cell"):
        suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=1.0)
    with refused("bench-too-fine") as trouble:
        suiting.area(county, COUNTY, as_of=DAY, uncertainty_m=10.0, cell_m=20.0)
    assert "80 米" in trouble.value.mend("zh")  # a quarter of 8.4 million cells is still too many


def test_an_office_with_a_border_and_no_other_layer_is_told_what_to_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bare = open_office(tmp_path / "bare")
    borders = {"county_boundaries": around(bare)["county_boundaries"]}
    bare.whole.kept["layers"] = borders
    bare.kept["layers"] = borders
    with refused("bench-no-layers"):
        suiting.area(bare, COUNTY, as_of=DAY, uncertainty_m=10.0)
    bare.close()


def test_by_road_both_distances_are_told_and_far_snapping_is_refused_in_words(own: Store, tmp_path: Path):
    start = ("北岗", 114.92, 32.02)
    bend = (start[1] + 0.01, start[2])
    path = geojson(tmp_path / "roads.geojson", shapely.LineString([start[1:], bend, SEAT]))
    assert answer_to(own, start)[0].roads == {}
    import_files(own, [path], now=NOW, as_kind="layer:roads", county=COUNTY)
    (one,), (far,) = answer_to(own, start), answer_to(own, FAR)
    length = GEOD.line_length([start[1], bend[0], SEAT[0]], [start[2], bend[1], SEAT[1]])
    assert one.roads["four-proximities/county-seat"].whole_m == pytest.approx(length, abs=0.5)
    assert (one.item("four-proximities", "county-seat").distance_m or 0.0) < length
    road = next(iter(far.roads.values()))
    assert road.whole_m is None
    assert "500 米" in road.said("zh")
    assert "拟选地点" in road.said("zh")
    with refused("bench-snap"):
        wayfinding.by_road(own, one.proposal, one.items, 0.0)


def test_the_measured_values_stand_beside_the_order(county: Store):
    answers = answer_to(county, HERE, FAR)
    said = comparing.compared(answers, {"county-seat": 2.0, "hazard": 1.0}, "zh")
    seat = next(one for one in said["criteria"] if one["id"] == "county-seat")
    assert seat["values"] == [one.item("four-proximities", "county-seat").distance_m for one in answers]
    assert seat["ends"] == [max(seat["values"]), min(seat["values"])]
    assert said["order"] == [0, 1]


def test_a_place_that_fails_is_compared_and_not_ranked(county: Store):
    answers = [*answer_to(county, HERE), *answer_to(county, FAR, told=Told(screened=False))]
    said = comparing.compared(answers, {}, "zh")
    assert (said["order"], said["failing"], said["scores"][1]) == ([0], [1], None)


@pytest.mark.parametrize(
    ("weights", "code"), [({"beauty": 1.0}, "bench-criterion"), ({"township": -1.0}, "bench-weight"), ({"township": 0.0}, "bench-no-weight")]
)
def test_weights_that_are_none_are_refused(county: Store, weights: dict[str, float], code: str):
    with refused(code):
        comparing.compared(answer_to(county, HERE, FAR), weights, "zh")


def test_a_proposal_is_kept_with_its_whole_answer_and_what_is_contested(own: Store):
    (one,) = answer_to(own, FAR)
    register = asking.register_of(own)
    kept = keeping.keep(own, one, now=NOW, remark="二期备选", contested={"exclusion-zones/steep_slopes": "现场坡度不足 10 度"})
    assert kept.id == f"{COUNTY}-1"
    assert kept.answer == {lang: json.loads(json.dumps(one.json(lang, register))) for lang in ("zh", "en")}
    assert [(contest.item, contest.state, contest.reason) for contest in kept.contests] == [("exclusion-zones/steep_slopes", "absent", "现场坡度不足 10 度")]
    assert keeping.keep(own, one, now=NOW).id == f"{COUNTY}-2"
    assert [each.number for each in keeping.listed(own)] == [2, 1]


def test_what_was_kept_stays_when_it_is_contested_later_and_when_a_layer_changes(own: Store, tmp_path: Path):
    (one,) = answer_to(own, HERE)
    before = keeping.keep(own, one, now=NOW)
    import_files(own, [geojson(tmp_path / "slopes.geojson", square(HERE[1], HERE[2], 0.02))], now=NOW, as_kind="layer:steep_slopes", county=COUNTY)
    after = keeping.contest(own, COUNTY, 1, "four-proximities/township", "镇政府已迁走", now=NOW)
    assert after.answer == before.answer
    assert [contest.state for contest in after.contests] == ["within"]


def test_keeping_and_contesting_stand_in_the_log_which_still_holds(own: Store):
    (one,) = answer_to(own, FAR)
    keeping.keep(own, one, now=NOW, contested={"exclusion-zones/steep_slopes": "现场坡度不足 10 度"})
    keeping.contest(own, COUNTY, 1, "exclusion-zones/steep_slopes", "再看一次", now=NOW)
    with own.reading() as connection:
        said = [event for event in log.everything(connection) if event.kind == keeping.KIND]
    assert [(event.action, event.subject, event.why) for event in said] == [
        ("proposal.kept", f"{COUNTY}-1", ""),
        ("proposal.contested", f"{COUNTY}-1", "再看一次"),
    ]
    assert verify(own).problems == ()


def test_contesting_takes_an_item_and_a_reason(own: Store):
    (one,) = answer_to(own, FAR)
    with refused("bench-item"):
        keeping.keep(own, one, now=NOW, contested={"exclusion-zones/nothing": "理由充分"})
    with refused("bench-reason"):
        keeping.keep(own, one, now=NOW, contested={"exclusion-zones/steep_slopes": " "})
    assert keeping.listed(own) == []


def test_a_place_in_no_county_is_vetted_and_not_kept(own: Store):
    (one,) = answer_to(own, ("远处", 110.0, 30.0))
    assert one.proposal.county == ""
    with refused("bench-no-county"):
        keeping.keep(own, one, now=NOW)


def test_who_may_not_import_keeps_nothing_and_sees_only_his_own_countys_proposals(own: Store):
    (one,) = answer_to(own, HERE)
    viewer = own.acting(Actor("v", "v", frozenset({Role.VIEWER}), Scope(frozenset({COUNTY}))))
    with refused("not-allowed"):
        keeping.keep(viewer, one, now=NOW)
    keeping.keep(own, one, now=NOW)
    assert len(keeping.listed(viewer)) == 1
    elsewhere = own.acting(Actor("e", "e", frozenset({Role.VETTER}), Scope(frozenset({"411523"}))))
    assert keeping.listed(elsewhere) == []
    with refused("unknown-proposal"):
        keeping.contest(elsewhere, COUNTY, 1, "four-proximities/township", "理由充分", now=NOW)


def test_the_backdrop_draws_layers_near_the_county_and_no_ground_without_data(county: Store):
    told = backdrop.backdrop(county, COUNTY)
    west, south, east, north = told["box"]
    assert {layer["id"] for layer in told["layers"]} >= {"county_boundaries", "townships", "ecological_red_line"}
    for layer in told["layers"]:
        for feature in layer["features"]:
            box = shapely.bounds(shapely.from_geojson(json.dumps(feature["geometry"])))
            assert box[0] >= west - 0.151
            assert box[2] <= east + 0.151
            assert box[1] >= south - 0.151
            assert box[3] <= north + 0.151
