"""What to do next: counted again from the findings one by one, in another way than the program counts."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from checks.finding import Finding
from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import OFFICES
from relocation.service import Store, Trouble, acting, fixing, tasklist
from relocation.service.checking import check
from relocation.service.findings import findings
from relocation.service.importing import import_files

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OPEN = ("fail", "review", "no-data")
HEADING = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置住房面积,户型,是否入住,入住日期,旧房状态"


def every_open(store: Store) -> list[Finding]:
    found: list[Finding] = []
    after = ""
    while True:
        page = findings(store, outcome=OPEN, after=after, limit=1000)
        found += page.findings
        after = page.after
        if not after:
            return found


def each(tasks: acting.Actions) -> list[acting.Action]:
    return [action for office in tasks.offices for place in office.places for action in place.actions]


def test_the_actions_count_the_open_findings_and_nobody_else(county: Store):
    tasks = acting.actions(county, lang="zh")
    found = every_open(county)
    assert tasks.counts == {id: sum(one.outcome.id == id for one in found) for id in OPEN}
    by_check = Counter((one.check, one.outcome) for one in found)
    counted: Counter[tuple[str, Outcome]] = Counter()
    for action in each(tasks):
        counted[action.check, action.outcome] += action.findings
    assert counted == by_check


def test_every_action_names_a_kind_of_office_a_remedy_and_its_first_subjects(county: Store):
    for lang in ("zh", "en"):
        for action in each(acting.actions(county, lang=lang)):
            assert action.office in OFFICES
            assert action.remedy
            assert 1 <= len(action.codes) <= 10
            assert len(action.codes) == min(action.findings, 10)


def test_an_actions_link_finds_exactly_its_findings(county: Store):
    for action in each(acting.actions(county, lang="zh")):
        page = findings(county, **action.filters, limit=1000)  # type: ignore[arg-type]
        if action.township or action.kind == "county":  # a record without a township cannot be asked for by it
            assert len(page.findings) == min(action.findings, 1000), action
            assert tuple(one.subject for one in page.findings[:10]) == action.codes


def test_offices_and_places_come_with_their_most_fails_first_and_in_a_place_the_worst_before_the_rest(county: Store):
    tasks = acting.actions(county, lang="zh")
    weights = [tuple(-office.counts[id] for id in OPEN) for office in tasks.offices]
    assert weights == sorted(weights)
    for office in tasks.offices:
        places = [tuple(-place.counts[id] for id in OPEN) for place in office.places]
        assert places == sorted(places)
        assert sum(place.counts["fail"] for place in office.places) == office.counts["fail"]
        for place in office.places:
            order = [OPEN.index(action.outcome.id) for action in place.actions]
            assert order == sorted(order)


def test_actions_can_be_asked_for_by_office_and_by_township(county: Store):
    everything = each(acting.actions(county, lang="zh"))
    office = everything[0].office
    assert each(acting.actions(county, lang="zh", office=office)) == [action for action in everything if action.office == office]
    township = next(action.township for action in everything if action.township)
    mine = each(acting.actions(county, lang="zh", township=township))
    assert Counter(action.check for action in mine) == Counter(action.check for action in everything if action.township == township)
    with pytest.raises(Trouble):
        acting.actions(county, lang="zh", office="nobody")


def test_a_short_list_keeps_the_most_pressing_and_says_how_many_there_are(county: Store):
    whole, short = acting.actions(county, lang="zh"), acting.actions(county, lang="zh", limit=5)
    assert each(short) == each(whole)[:5]
    assert (short.actions, short.shown) == (whole.actions, 5)
    assert short.counts == whole.counts


def test_a_layer_or_ledger_that_is_not_there_counts_the_records_it_leaves_open(county: Store):
    left_open = [one for one in every_open(county) if one.reason == "not-supplied"]
    told = [action for action in each(acting.actions(county, lang="zh")) if action.reason == "not-supplied"]
    assert sum(action.subjects for action in told) == sum(int(one.facts["subjects"]) for one in left_open)
    assert sum(action.findings for action in told) == len(left_open)


def test_a_reason_of_its_own_office_goes_there_and_not_to_the_sheets() -> None:
    sheet = checks()["old-house"].sheet
    assert acting.office_of("old-house", "overdue") == sheet.office == "township"
    assert acting.office_of("old-house", "kept-unconfirmed") == "county"


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office of five homes: three of one type too large, one late with its old house, one without its area."""
    lines = [
        "H1,演甲,甲镇,是,4,2017-03-05,112,甲型,是,2018-01-01,已拆",
        "H2,演乙,甲镇,是,4,2017-03-05,112,甲型,是,2018-01-01,已拆",
        "H3,演丙,乙镇,是,4,2017-03-05,105.5,甲型,是,2018-01-01,已拆",
        "H4,演丁,乙镇,是,4,2017-03-05,100,甲型,是,2016-12-31,未拆",
        "H5,演戊,乙镇,是,2,2017-03-05,,乙型,是,2018-01-01,已拆",
    ]
    import_files(store, [ledger(lines, HEADING)], now=NOW, as_kind="households", county="411523")
    check(store, as_of=date(2019, 12, 31), now=NOW)
    return store


def test_an_old_house_that_is_late_says_by_when_it_had_to_be_down(office: Store):
    [late] = [action for action in each(acting.actions(office, lang="zh")) if action.check == "old-house" and action.reason == "overdue"]
    assert late.due == date(2018, 12, 31)  # 730 days after moving in on 2016-12-31
    assert late.days_left == -365
    assert late.codes == ("H4",)


def test_a_record_to_be_completed_names_what_it_lacks(office: Store):
    [gone] = [action for action in each(acting.actions(office, lang="zh")) if action.check == "living-area" and action.outcome is Outcome.NO_DATA]
    assert gone.codes == ("H5",)
    assert "安置住房面积" in gone.remedy


def test_homes_of_one_type_are_mended_together_by_what_each_has_too_much(office: Store):
    [one] = fixing.by_type(office, "zh")
    assert dict(one.values) == {"unit_type": "甲型", "approved_persons": "4"}
    assert (one.homes, one.least, one.most) == (3, 5.5, 12)  # 105.5 and 112 m² against 4 × 25
    assert one.said == "户型 甲型、核定 4 人：3 户，每户减 5.5–12 平方米"
    [there] = fixing.by_type(office, "en", township="甲镇")
    assert "2 homes, 12 m² less each" in there.said


def test_the_workbook_holds_every_action_no_formula_and_the_same_bytes_each_time(store: Store, ledger: Callable[..., Path], tmp_path: Path):
    import_files(store, [ledger(["=1+1,演甲,=cmd()镇,是,4,2017-03-05,112,,,,"], HEADING)], now=NOW, as_kind="households", county="411523")
    check(store, as_of=date(2019, 12, 31), now=NOW)
    tasks, types = acting.actions(store, lang="zh"), fixing.by_type(store, "zh")
    out = tmp_path / "整改.xlsx"
    assert tasklist.write_workbook(out, tasks, types, "zh") == tasks.actions
    assert out.read_bytes() == tasklist.workbook(tasks, types, "zh")
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("整改清单").to_python()
    assert len(rows) == 1 + tasks.actions
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]
    assert "'=cmd()镇" in texts


def test_before_the_first_run_there_is_nothing_to_do(store: Store):
    tasks = acting.actions(store, lang="zh")
    assert (tasks.as_of, tasks.actions, tasks.offices) == (None, 0, ())
    assert fixing.by_type(store, "zh") == ()


def test_an_import_or_a_run_in_between_is_seen_at_once(office: Store, ledger: Callable[..., Path]):
    before = acting.actions(office, lang="zh").counts["fail"]
    line = "H6,演己,甲镇,是,4,2017-03-05,130,甲型,是,2018-01-01,已拆"
    import_files(office, [ledger([line], HEADING, "再报.csv")], now=NOW, as_kind="households", county="411523")
    check(office, as_of=date(2019, 12, 31), now=NOW)
    assert acting.actions(office, lang="zh").counts["fail"] == before + 1
