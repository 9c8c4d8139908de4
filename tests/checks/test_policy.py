"""Law on a day and in a place."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from checks.cases import some_records
from checks.places import places_of
from checks.policy import NATIONAL, NO_RULE, UNDATED, Parameter, Standing, Terms, Value, covers, specificity
from checks.records import Records
from checks.vocabulary import FUND, HOUSEHOLD, SITE

CLAUSE = {"zh": "一", "en": "one"}


def value(since: str, amount: float | None, place: str = NATIONAL, standing: Standing = Standing.FORMAL) -> Value:
    return Value(date.fromisoformat(since), amount, "x", CLAUSE, standing, place)


def amounts(values: tuple[Value, ...], days: list[str], county: str = "411522") -> list[float]:
    parameter = Parameter("p", "yuan", "参数", "parameter", values)
    counties = [county], np.zeros(len(days), dtype=np.int64)
    limit = Terms({"p": parameter}, np.array(days, dtype="datetime64[D]"), counties, date(2020, 1, 1)).p
    return [float(amount) for amount in limit.amounts]


SELF_RAISED = (value("2016-01-01", 3000, "410000"), value("2016-10-26", 0, "410000"))


def test_the_day_before_a_change_keeps_the_old_value_and_the_day_itself_has_the_new_one() -> None:
    assert amounts(SELF_RAISED, ["2016-10-25", "2016-10-26", "2016-10-27"]) == [3000, 0, 0]


def test_before_the_first_value_there_is_no_rule() -> None:
    assert np.isnan(amounts(SELF_RAISED, ["2015-12-31"]))


def test_an_ended_rule_is_no_rule_and_not_zero() -> None:
    ended = (value("2016-09-22", 76.4), value("2021-01-01", None))
    assert np.isnan(amounts(ended, ["2021-01-01"]))
    parameter = Parameter("p", "%", "参数", "parameter", ended)
    terms = Terms({"p": parameter}, np.array(["2021-01-01", "NaT"], dtype="datetime64[D]"), (["411522"], np.zeros(2, dtype=np.int64)), date(2022, 1, 1))
    assert terms.p.which.tolist() == [NO_RULE, UNDATED]


def test_a_province_speaks_for_its_own_counties_only() -> None:
    assert np.isnan(amounts(SELF_RAISED, ["2017-01-01"], "421125"))


def test_the_county_wins_over_the_province_and_the_province_over_the_nation() -> None:
    values = (value("2016-01-01", 3), value("2016-01-01", 2, "410000"), value("2016-06-01", 1, "411522"))
    assert amounts(values, ["2016-05-31", "2016-06-01"]) == [2, 1]
    assert amounts(values, ["2016-06-01"], "411523") == [2]
    assert amounts(values, ["2016-06-01"], "421125") == [3]


def test_a_later_national_value_does_not_undo_a_countys_own() -> None:
    values = (value("2016-01-01", 3), value("2016-06-01", 1, "411522"), value("2018-01-01", 5))
    assert amounts(values, ["2018-01-02"]) == [1]
    assert amounts(values, ["2018-01-02"], "411523") == [5]


def test_rows_of_many_counties_each_get_their_own_value() -> None:
    parameter = Parameter("p", "m", "参数", "parameter", (value("2016-01-01", 3000), value("2016-01-01", 2000, "411522")))
    counties = ["", "410000", "411522", "411523"], np.array([2, 3, 2, 0, 1])
    terms = Terms({"p": parameter}, np.full(5, np.datetime64("2017-01-01")), counties, date(2018, 1, 1))
    assert terms.p.amounts.tolist() == [2000, 3000, 2000, 3000, 3000]


def test_places_hold_their_parts() -> None:
    assert covers("410000", "411522")
    assert covers("411500", "411522")
    assert covers("411522", "411522")
    assert not covers("411523", "411522")
    assert covers(NATIONAL, "411522")
    assert not covers("500000", "510104")  # a zero that belongs to the code is no "all of"
    assert not covers("411000", "411122")
    assert [specificity(place) for place in ("000000", "410000", "411500", "411522", "500100", "110101")] == [0, 1, 2, 3, 2, 3]


@given(
    st.lists(st.tuples(st.dates(date(2010, 1, 1), date(2022, 1, 1)), st.integers(0, 9)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]),
    st.dates(date(2009, 1, 1), date(2023, 1, 1)),
)
def test_looking_up_agrees_with_walking_through_the_history(history: list[tuple[date, int]], day: date) -> None:
    walked = float("nan")
    for since, amount in sorted(history):
        if since <= day:
            walked = float(amount)
    found = amounts(tuple(value(since.isoformat(), float(amount)) for since, amount in history), [day.isoformat()])[0]
    assert found == walked or (np.isnan(found) and np.isnan(walked))


def homes_at(*sites: str) -> Records:
    return some_records(HOUSEHOLD, [{"county": "411522", "site_code": site, "approved_on": "2017-03-01"} for site in sites])


PROJECT_VALUES = (value("2016-01-01", 3), value("2016-06-01", 2, "411522"), value("2017-01-01", 1, "411522/S1"))


def project_amounts(records: Records, day: str = "2017-03-01", values: tuple[Value, ...] = PROJECT_VALUES) -> list[float]:
    parameter = Parameter("p", "yuan", "参数", "parameter", values)
    days = np.full(len(records), np.datetime64(day))
    return [float(amount) for amount in Terms({"p": parameter}, days, places_of(records, (parameter,)), date(2020, 1, 1)).p.amounts]


def test_the_project_wins_over_its_county_for_its_own_households_only() -> None:
    assert project_amounts(homes_at("S1", "S2", "S10", "")) == [1, 2, 2, 2]


def test_before_a_projects_first_day_its_county_speaks() -> None:
    assert project_amounts(homes_at("S1"), "2016-12-31") == [2]
    assert project_amounts(homes_at("S1"), "2017-01-01") == [1]


def test_a_later_value_of_the_county_does_not_undo_a_projects_own() -> None:
    values = (*PROJECT_VALUES, value("2018-01-01", 9, "411522"))
    assert project_amounts(homes_at("S1", "S2"), "2018-01-02", values) == [1, 9]


def test_a_site_is_its_own_project_and_the_same_code_in_another_county_is_another() -> None:
    sites = some_records(SITE, [{"county": county, "code": "S1"} for county in ("411522", "411523")])
    assert project_amounts(sites) == [1, 3]


def test_a_record_that_belongs_to_no_site_has_the_law_of_its_county() -> None:
    assert project_amounts(some_records(FUND, [{"county": "411522", "code": "S1"}])) == [2]


def test_a_project_is_the_nearest_place_and_covers_nothing_but_itself() -> None:
    assert specificity("411522/S1") == 4
    assert covers("411522/S1", "411522/S1") and covers("411522", "411522/S1") and covers(NATIONAL, "411522/S1")
    assert not covers("411522/S1", "411522") and not covers("411522/S1", "411522/S10")
