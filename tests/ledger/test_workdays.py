"""Working days are those of the published notices, and a year without a notice is said to be one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relocation.ledger.workdays import Calendar, Unclear, add_workdays, read_calendar, workdays_between
from relocation.resources import folder

TABLE = (folder("data") / "reference" / "workdays.csv").read_text("utf-8")
SHIPPED = read_calendar(TABLE)
DAYS = st.dates(date(2016, 1, 1), date(2028, 12, 31))
HEAD = "年份,文号,节日,起,止,安排\n"


def days(first: str, last: str) -> list[date]:
    start = date.fromisoformat(first)
    return [start + timedelta(days=number) for number in range((date.fromisoformat(last) - start).days + 1)]


@pytest.mark.parametrize(
    ("first", "last", "in_their_stead"),
    [
        ("2016-02-07", "2016-02-13", ["2016-02-06", "2016-02-14"]),
        ("2017-01-27", "2017-02-02", ["2017-01-22", "2017-02-04"]),
        ("2017-10-01", "2017-10-08", ["2017-09-30"]),
        ("2018-10-01", "2018-10-07", ["2018-09-29", "2018-09-30"]),
        ("2018-12-30", "2019-01-01", ["2018-12-29"]),
        ("2019-05-01", "2019-05-04", ["2019-04-28", "2019-05-05"]),
        ("2020-01-24", "2020-02-02", ["2020-01-19"]),
        ("2021-02-11", "2021-02-17", ["2021-02-07", "2021-02-20"]),
        ("2022-10-01", "2022-10-07", ["2022-10-08", "2022-10-09"]),
        ("2023-09-29", "2023-10-06", ["2023-10-07", "2023-10-08"]),
        ("2024-02-10", "2024-02-17", ["2024-02-04", "2024-02-18"]),
        ("2025-10-01", "2025-10-08", ["2025-09-28", "2025-10-11"]),
        ("2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
    ],
)
def test_a_notice_s_holiday_is_off_and_the_weekends_in_its_stead_are_worked(first: str, last: str, in_their_stead: list[str]) -> None:
    assert not [day for day in days(first, last) if SHIPPED.is_workday(day)]
    assert all(SHIPPED.is_workday(date.fromisoformat(day)) for day in in_their_stead)


@pytest.mark.parametrize(
    ("year", "notice"), [(2016, "国办发明电〔2015〕18号"), (2019, "国办发明电〔2019〕3号"), (2020, "国办发明电〔2020〕1号"), (2026, "国办发明电〔2025〕7号")]
)
def test_each_year_names_its_notices(year: int, notice: str) -> None:
    assert notice in SHIPPED.notices[year]


def test_every_year_from_2016_to_2026_is_known_and_no_other() -> None:
    assert sorted(SHIPPED.notices) == list(range(2016, 2027))


def test_ten_working_days_over_the_national_day_of_2017_end_after_it() -> None:
    # 28, 29, 30 September (a Saturday that is worked), then 9 to 13 and 16, 17 October.
    assert add_workdays(date(2017, 9, 27), 10, SHIPPED) == (date(2017, 10, 17), ())


def test_a_deadline_over_a_year_without_a_notice_says_so() -> None:
    found = add_workdays(date(2026, 12, 30), 5, SHIPPED)
    assert found.unknown == (2027,)
    assert found.day == date(2027, 1, 6)
    assert workdays_between(date(2014, 12, 31), date(2016, 1, 4), SHIPPED).unknown == (2014, 2015)


def test_a_number_of_days_below_zero_or_without_end_is_refused() -> None:
    for wrong in (-1, 10**9):
        with pytest.raises(ValueError, match="cannot be added"):
            add_workdays(date(2017, 1, 1), wrong, SHIPPED)


@given(DAYS, st.integers(0, 400))
def test_counting_back_what_was_added_gives_the_number_again(day: date, number: int) -> None:
    assert workdays_between(day, add_workdays(day, number, SHIPPED).day, SHIPPED).days == number


@given(DAYS, st.integers(1, 200))
def test_a_deadline_is_always_a_working_day_after_the_day_it_runs_from(day: date, number: int) -> None:
    found = add_workdays(day, number, SHIPPED).day
    assert found > day
    assert SHIPPED.is_workday(found)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_over_any_day_between_and_turn_with_the_direction(one: date, two: date, three: date) -> None:
    def count(first: date, last: date) -> int:
        return workdays_between(first, last, SHIPPED).days

    assert count(one, three) == count(one, two) + count(two, three)
    assert count(one, two) == -count(two, one)


def test_a_county_s_table_laid_over_it_adds_a_year_and_changes_single_days() -> None:
    own = read_calendar(HEAD + "2027,县政办〔2026〕3号,元旦,2027-01-01,2027-01-03,休\n2018,县政办〔2018〕9号,庙会,2018-06-19,,休\n")
    both = own.over(SHIPPED)
    assert both.notices[2027] == ("县政办〔2026〕3号",)
    assert both.notices[2018] == ("国办发明电〔2017〕12号", "县政办〔2018〕9号")
    assert not both.is_workday(date(2018, 6, 19))
    assert both.is_workday(date(2018, 6, 20))
    assert add_workdays(date(2026, 12, 31), 1, both) == (date(2027, 1, 4), ())


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "headings", 1),
        ("年份,节日\n", "headings", 1),
        (HEAD + "2027,号,元旦,2027-01-01,休\n", "columns", 2),
        (HEAD + "2027,,元旦,2027-01-01,,休\n", "columns", 2),
        (HEAD + "\n二七年,号,元旦,2027-01-01,,休\n", "year", 3),
        (HEAD + "2027,号,元旦,2027-02-30,,休\n", "day", 2),
        (HEAD + "2027,号,元旦,2027-01-03,2027-01-01,休\n", "order", 2),
        (HEAD + "2027,号,元旦,2027-01-01,2027-06-01,休\n", "order", 2),
        (HEAD + "2027,号,元旦,2030-01-01,,休\n", "order", 2),
        (HEAD + "2027,号,元旦,2027-01-01,,放\n", "arrangement", 2),
        (HEAD + "2027,号,元旦,2027-01-01,2027-01-03,休\n2027,号,元旦,2027-01-02,,班\n", "contradicts", 3),
        (HEAD + " " * 70_000, "length", 1),
    ],
)
def test_a_table_that_is_unclear_names_the_line(text: str, why: str, line: int) -> None:
    with pytest.raises(Unclear) as refused:
        read_calendar(text)
    assert (refused.value.why, refused.value.line) == (why, line)


def test_an_empty_calendar_knows_the_week_and_no_year() -> None:
    assert add_workdays(date(2017, 9, 29), 1, Calendar()) == (date(2017, 10, 2), (2017,))
