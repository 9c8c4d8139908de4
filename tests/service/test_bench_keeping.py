"""Proposed places compared, measured by road, kept with their answer of the day, and contested."""

import json
from pathlib import Path

import pytest
import shapely

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store
from relocation.service.auditing import verify
from relocation.service.bench import asking, comparing, keeping, wayfinding
from relocation.service.bench.proposing import Told
from relocation.service.importing import import_files
from relocation.store import log
from tests.data.demo_county.ground import SEAT
from tests.service.benching import COUNTY, FAR, GEOD, HERE, answer_to, geojson, refused, square
from tests.service.conftest import NOW


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
