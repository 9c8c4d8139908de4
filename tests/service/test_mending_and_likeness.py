"""The smallest fix of stored findings and the class of a case, in an office of a few homes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checks.finding import Finding
from checks.verdict import Outcome
from relocation.service import Store, fixing, lawbook, resembling
from relocation.service.checking import check, judged_now
from relocation.service.explaining import explain
from relocation.service.findings import findings
from relocation.service.importing import import_files
from tests.service.conftest import SITES

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AS_OF = date(2019, 12, 31)
HEADING = "户编号,户主姓名,乡镇,行政村,是否建档立卡,核定搬迁人口,核定日期,安置住房面积,套内面积,户型,填表人,帮扶措施"
HOMES = [
    "H1,演甲一,甲镇,东村,是,4,2017-03-05,112.37,,甲型,演填表,种茶三亩",
    "H2,演乙一,甲镇,东村,是,4,2017-03-05,100,,甲型,演填表,种茶三亩",
    "H3,演丙一,甲镇,西村,是,4,2017-03-06,120,,甲型,演别人,养羊十只",
    "H4,演丁一,乙镇,东村,是,4,2017-03-07,130,,乙型,演填表,学厨师",
    "H5,演戊一,乙镇,南村,是,4,2017-03-08,110,105,丙型,演又一,务工",
    "H6,演己一,乙镇,南村,是,4,2017-03-09,90,,丁型,演又一,护林",
]


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    import_files(store, [ledger(HOMES, HEADING)], now=NOW, as_kind="households", county="411523")
    check(store, as_of=AS_OF, now=NOW)
    return store


def living_area(store: Store, code: str) -> Finding:
    [found] = findings(store, check="living-area", subject=code).findings
    return found


def test_the_fix_is_what_brings_the_home_onto_the_line_and_is_judged_to_pass(office: Store, ledger: Callable[..., Path]):
    fix = fixing.smallest(office, living_area(office, "H1"), "zh")
    assert fix
    assert fix.feasible
    assert [(one.name, one.before, one.after) for one in fix.fields] == [("floor_area_m2", 112.37, 100)]
    assert fix.said == "建筑面积由 112.37 平方米减到 100 平方米即合规"
    import_files(office, [ledger([HOMES[0].replace("112.37", "100")], HEADING, "再报.csv")], now=NOW, as_kind="households", county="411523")
    [judged] = judged_now(office, as_of=AS_OF, county="411523", only=["living-area"], codes=["H1"])
    assert judged.verdict.outcome.tolist() == [Outcome.PASS]


def test_what_cannot_be_mended_says_in_words_what_stands_in_the_way(office: Store):
    for lang, words in (
        ("zh", "套内面积 105 平方米大于建筑面积 104.99 平方米"),
        ("en", "the net area of 105 m² is larger than the building area of 104.99 m²"),
    ):
        fix = fixing.smallest(office, living_area(office, "H5"), lang)
        assert fix
        assert not fix.feasible
        assert words in fix.said
        assert fix.blocked_by == "net-above-gross"
        assert "net-above-gross" not in fix.said


def test_a_countys_own_number_counts_for_the_fix(county: Store):
    mended = {one.subject: fix for one in findings(county, check="unit-cost", outcome="fail").findings if (fix := fixing.smallest(county, one, "zh"))}
    overs = [fix for fix in mended.values() if fix.feasible]
    assert overs  # the demonstration county caps the cost itself; no national number does
    for fix in overs:
        assert fix.fields[0].after < fix.fields[0].before


def test_what_passes_has_no_fix_and_its_explanation_says_so(office: Store):
    trace = explain(office, "living-area:H2", "zh").traces[0]
    assert trace.fix is None
    assert explain(office, "living-area:H1", "zh").traces[0].fix


def test_the_fix_of_an_area_is_in_households(county: Store):
    areas = [one for one in findings(county, check="resettlement-ratio", outcome=("fail", "review"), limit=100).findings if one.subject_kind == "township"]
    for one in areas:
        fix = fixing.smallest(county, one, "zh")
        if fix and fix.feasible:
            moved = {field.name: field.after - field.before for field in fix.fields}
            assert moved["concentrated_households"] == fix.steps == -moved["dispersed_households"]
            assert moved["concentrated_persons"] == pytest.approx(-moved["dispersed_persons"])


def test_the_class_of_a_case_has_those_with_the_same_problem_first_and_the_reasons(office: Store):
    found = resembling.alike(office, living_area(office, "H1"), "zh")
    assert found
    assert [one.code for one in found.failing] == ["H3", "H4"]
    assert {one.code for one in found.others} == {"H2"}
    assert {"户型同为甲型", "乡镇同为甲镇"} <= set(found.failing[0].reasons)
    assert {"核定日期同为2017-03-05", "帮扶措施文字相同", "同一填表人", "行政村同为东村"} <= set(found.others[0].reasons)


def test_a_clerks_hand_is_a_likeness_and_the_clerks_name_is_not_shown(office: Store):
    for lang, words in (("zh", "同一填表人"), ("en", "same person under “filled in by”")):
        found = resembling.alike(office, living_area(office, "H1"), lang)
        assert found
        assert words in found.failing[1].reasons
        assert "演填表" not in str(found.json())
        assert "演丁一" not in str(found.json())


def test_villages_of_one_name_in_two_townships_make_nobody_alike(office: Store):
    found = resembling.alike(office, living_area(office, "H1"), "zh")
    assert found
    assert found.failing[1].code == "H4"  # of another East Village
    assert not [reason for reason in found.failing[1].reasons if "东村" in reason]


def test_so_many_look_alikes_come_as_are_asked_for_and_areas_have_none(county: Store):
    [one] = findings(county, check="living-area", outcome="fail", limit=1).findings
    found = resembling.alike(county, one, "zh", 2)
    assert found
    assert len(found.failing) <= 2
    assert len(found.others) == 2
    area = next(one for one in findings(county, check="resettlement-ratio", limit=100).findings if one.subject_kind == "county")
    assert resembling.alike(county, area, "zh") is None


def test_an_old_house_that_is_late_says_the_last_day_as_the_check_itself_counts_it(county: Store):
    late = [one for one in findings(county, check="old-house", outcome=("fail", "review"), limit=200).findings if one.reason == "overdue"]
    assert late
    for one in late:
        fix = fixing.smallest(county, one, "zh")
        assert fix
        assert fix.due == date.fromisoformat(one.facts["moved_in_on"]) + timedelta(days=int(one.limit or 0))
        assert f"已过 {int((one.measured or 0) - (one.limit or 0)):,} 天" in fix.said


LAW = """place: "411522"
instruments:
  own: {{title: {{zh: 办法, en: rules}}, number: 一号, issuer: {{zh: 县, en: county}}, issued_on: "2017-01-01", place: "411522", basis: S}}
checks:
  unit-cost:
    county_most_yuan_m2: [{{since: 2017-01-01, amount: {most}, instrument: own, clause: {{zh: 一, en: one}}, standing: formal}}]
"""


def test_a_fix_is_worked_out_by_the_law_of_the_run_and_not_by_what_was_published_since(store: Store, ledger: Callable[..., Path]):
    heading = f"{SITES},总建筑面积,住房建设成本,安置人数"
    import_files(
        store, [ledger(["S1,点,镇,114.9,32.0,2017-03-05,20,1000,1200000,80"], heading, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84"
    )
    lawbook.publish(store, LAW.format(most=1100), "县里定的", NOW)
    check(store, as_of=AS_OF, now=NOW)
    [finding] = findings(store, check="unit-cost", outcome="fail").findings
    lawbook.publish(store, LAW.format(most=900), "又收紧", NOW)
    fix = fixing.smallest(store, finding, "zh")
    assert fix
    assert fix.fields[0].after == 1_100_000  # 1,000 m² at 1,100 yuan
    check(store, as_of=AS_OF, now=NOW)
    [finding] = findings(store, check="unit-cost", outcome="fail").findings
    fix = fixing.smallest(store, finding, "zh")
    assert fix
    assert fix.fields[0].after == 900_000
