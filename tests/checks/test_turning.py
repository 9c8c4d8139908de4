"""How many houses still have to come down, proved by the check and by arithmetic."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.cases import one_record, some_records
from checks.mending import Mended
from checks.registry import checks
from checks.turning import smallest_turn
from checks.vocabulary import AREA, HOUSEHOLD

DAY = date(2020, 6, 30)
HOME = {"county": "411522", "township": "甲镇", "registered_poor": True, "moved_in": True, "moved_in_on": "2017-06-01"}
COUNTY = {"code": "411522", "name": "某县", "level": "county", "county": "411522", "counted_on": "2017-06-30"}


def turned(down: int, standing: int, area: Mapping[str, object] = COUNTY, others: tuple[Mapping[str, object], ...] = ()) -> Mended | None:
    check = checks()["demolition-rate"]
    homes: list[Mapping[str, object]] = (
        list(others) + [{**HOME, "old_house": "demolished", "demolished_on": "2018-01-01"}] * down + [{**HOME, "old_house": "standing"}] * standing
    )
    beside = {"households": some_records(HOUSEHOLD, homes)}
    return smallest_turn(
        check.sheet.fixes[0],
        one_record(AREA, area),
        beside,
        lambda area, beside: check.run(area, DAY, beside=beside),
        lambda area, verdict: check.findings(area, verdict)[0],
    )


@settings(max_examples=25, deadline=None)  # every example is a search of some thirty runs
@given(down=st.integers(0, 60), standing=st.integers(1, 60))
def test_the_smallest_number_of_houses_is_that_of_arithmetic(down: int, standing: int) -> None:
    found, every = turned(down, standing), down + standing
    if every < 10 or 100 * down >= 88 * every:  # too few for a rate, or enough already
        assert found is None
    else:
        assert found
        assert found.steps == -(-88 * every // 100) - down  # the least whole number of at least 88 %


def test_a_township_is_mended_with_its_own_houses() -> None:
    township = {**COUNTY, "code": "411522/乙镇", "name": "乙镇", "level": "township"}
    there = ({**HOME, "township": "乙镇", "old_house": "agreed"},) * 25
    found = turned(0, 40, township, there)
    assert found
    assert found.steps == 22  # 88 % of 25


def test_houses_that_may_stay_and_homes_not_moved_are_not_asked_to_come_down() -> None:
    kept = {**HOME, "old_house": "standing", "kept_reason": "shared-wall", "kept_confirmed": True}
    found = turned(21, 4, others=(kept, {**HOME, "moved_in": False, "moved_in_on": None, "old_house": "standing"}))
    assert found
    assert found.steps == 1
    assert found.said()["zh"].startswith("再拆除 1 处")


def test_only_houses_whose_days_have_run_out_are_asked_to_come_down() -> None:
    early = {**HOME, "moved_in_on": "2019-06-01", "old_house": "standing"}
    found = turned(20, 4, others=(early,) * 10)
    assert found
    assert found.steps == 2  # 22 of 24 are 91.7 %, 21 of them 87.5 %; the ten with days left are no part of it
