"""The smallest fix, proved by the check itself and by arithmetic."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.cases import one_record, some_records
from checks.mending import Mended, smallest_fix, smallest_fixes
from checks.records import Kind, RecordKind
from checks.registry import checks
from checks.vocabulary import AREA, HOUSEHOLD, KINDS, LEDGERS, SITE

DAY = date(2018, 6, 30)


def mended(check: str, kind: RecordKind, **given: object) -> Mended | None:
    record = one_record(kind, given)
    return smallest_fix(checks()[check], record, lambda one: checks()[check].run(one, DAY))


def test_a_home_over_the_line_is_brought_exactly_onto_it() -> None:
    found = mended("living-area", HOUSEHOLD, registered_poor=True, floor_area_m2=112.37, approved_persons=4, approved_on="2017-05-01")
    assert found
    assert found.after["floor_area_m2"] == pytest.approx(100)
    assert "100" in found.said()["en"]


@settings(max_examples=25, deadline=None)  # every example is a search of some thirty runs
@given(persons=st.integers(2, 9), over=st.integers(1, 9999))
def test_the_smallest_area_is_twenty_five_a_person_whatever_it_was(persons: int, over: int) -> None:
    area = round(25 * persons + over / 100, 2)
    found = mended("living-area", HOUSEHOLD, registered_poor=True, floor_area_m2=area, approved_persons=persons, approved_on="2017-05-01")
    assert found
    assert found.steps == over


def test_a_home_that_passes_needs_no_fix() -> None:
    assert mended("living-area", HOUSEHOLD, registered_poor=True, floor_area_m2=75, approved_persons=3, approved_on="2017-05-01") is None


def test_a_doubt_that_no_area_could_settle_says_what_blocks() -> None:
    found = mended("living-area", HOUSEHOLD, registered_poor=True, floor_area_m2=60, net_area_m2=72, approved_persons=3, approved_on="2017-05-01")
    assert found
    assert found.blocked_by == "net-above-gross"
    assert found.blocking
    assert found.blocking.facts["floor_area_m2"] == 60  # said with the figures of the record, not of a home of no area


def test_what_comes_up_on_the_way_is_said_with_the_figures_of_the_step_where_it_does() -> None:
    found = mended("living-area", HOUSEHOLD, registered_poor=True, floor_area_m2=112, net_area_m2=105, approved_persons=4, approved_on="2017-05-01")
    assert found
    assert found.blocked_by == "net-above-gross"
    assert found.blocking
    assert found.blocking.facts["floor_area_m2"] == 104.99


@settings(max_examples=25, deadline=None)  # every example is a search of some thirty runs
@given(homes=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 20000), st.integers(0, 20000)), min_size=1, max_size=12))
def test_many_records_are_mended_as_each_of_them_alone(homes: list[tuple[int, int, int]]) -> None:
    given = [
        {"registered_poor": True, "approved_persons": n, "floor_area_m2": gross / 100, "net_area_m2": net / 100, "approved_on": "2017-05-01"}
        for n, gross, net in homes
    ]
    together = smallest_fixes(checks()["living-area"], some_records(HOUSEHOLD, given), lambda records: checks()["living-area"].run(records, DAY))
    alone = [mended("living-area", HOUSEHOLD, **one) for one in given]
    assert [(one and (one.steps, one.blocked_by)) for one in together] == [(one and (one.steps, one.blocked_by)) for one in alone]


def test_cost_comes_down_to_what_the_subsidy_carries() -> None:
    found = mended("unit-cost", SITE, county="411522", approved_on="2017-03-01", building_cost_yuan=3600000, building_area_m2=2500, persons=100)
    assert found
    assert found.after["building_cost_yuan"] == 3000000


def test_households_move_from_dispersed_to_concentrated_until_the_norm_is_met() -> None:
    counts = {"concentrated_households": 700, "dispersed_households": 300, "concentrated_persons": 2800, "dispersed_persons": 1200}
    found = mended(
        "resettlement-ratio", AREA, level="county", county="411522", counted_on="2017-03-30", unsorted_households=0, uncounted_households=0, **counts
    )
    assert found
    assert found.steps == 64  # 76.4 % of 1,000 households of four


def test_where_only_a_cost_per_square_metre_is_stated_that_comes_down_to_the_break_even() -> None:
    given = {"county": "411522", "approved_on": "2017-06-01", "stated_cost_yuan_m2": 1700, "building_area_m2": 2500, "persons": 100}
    found = mended("subsidy-gap", SITE, **given)
    assert found
    assert found.after == {"stated_cost_yuan_m2": 1200}  # 30,000 yuan a person at 25 m² each


def test_every_fix_moves_numbers_that_its_kind_of_record_has() -> None:
    for check in checks().values():
        for fix in check.sheet.fixes:
            kind = KINDS[fix.about]
            assert kind in check.about
            named = {part for step in fix.steps.values() if isinstance(step, str) for part in step.lstrip("-").split("/")}
            assert all(kind.column(name).kind in (Kind.NUMBER, Kind.COUNT) for name in {*fix.steps, *named})
            assert all(kind.column(name) for name in fix.by)
            if fix.turns:
                beside = LEDGERS[fix.turns.ledger]
                assert fix.turns.ledger in check.looks_into(kind)
                assert all(beside.column(name).kind in (Kind.FLAG, Kind.CHOICE) for name in {*fix.turns.where, *fix.turns.into})
