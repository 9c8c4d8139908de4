"""The figures of a village of six households, counted by hand."""

from datetime import date

import numpy as np
import pytest

from checks.tally import item_called
from relocation.figures.counting import Count, of_entries, of_funds, of_homes, of_items
from relocation.figures.figure import Figure, Reported, lacking_said, meanings, of_item, said
from tests.figures.records import funds, homes, sites

END_2018 = date(2018, 12, 31)


@pytest.fixture(scope="module")
def counted() -> dict[str, Count]:
    return of_homes(homes(), END_2018)


@pytest.mark.parametrize(
    ("figure", "value", "lacking"),
    [
        ("poor-households", 4, 1),  # 1 to 4; of 6 it is not said whether it is poor
        ("poor-persons", 4 + 2 + 3, 2),  # of 4 no persons are recorded, 6 may be poor
        ("own-households", 1, 1),
        ("own-persons", 5, 1),
        ("all-households", 5, 1),
        ("concentrated-households", 2, 2),  # 1 and 2; 4 has no way, 6 may be poor
        ("dispersed-persons", 3, 1),
        ("moved-in-households", 2, 2),
        ("moved-in-persons", 6, 2),
        ("key-handed", 3, 2),  # the keys of 3 were handed over and it did not move in
        ("unmoved-households", 1, 1),
        ("due-any", 2, 2),
        ("demolished", 1, 1),  # 4 may be down: not said; 6's house stands, whether it is poor or not
        ("labour-households", 2, 0),
        ("subsidy-due", 120_000 + 60_000 + 90_000, 1),
        ("subsidy-paid", 80_000 + 40_000 + 40_000, 2),  # 3 has an amount and no day, 4 has neither
    ],
)
def test_what_is_not_recorded_is_neither_counted_nor_taken_for_no(counted: dict[str, Count], figure: str, value: float, lacking: int) -> None:
    assert (counted[figure].value, counted[figure].lacking) == (value, lacking)


@pytest.fixture(scope="module")
def complete() -> dict[str, Count]:
    """Return the figures of the four households of whom everything is recorded: 1, 2, 3 and 5."""
    return of_homes(homes().take(np.array([0, 1, 2, 4])), END_2018)


def test_a_share_says_its_base_and_by_household_is_not_by_person(complete: dict[str, Count]) -> None:
    households, persons = complete["share-by-households"], complete["share-by-persons"]
    assert households.value == pytest.approx(100 * 2 / 3) and households.of == 3
    assert persons.value == pytest.approx(100 * 6 / 9) and persons.of == 9
    assert complete["dispersed-share-by-households"].value == pytest.approx(100 - 200 / 3)


def test_the_mean_area_is_of_the_registered_poor(complete: dict[str, Count]) -> None:
    assert complete["mean-area"].value == pytest.approx(240 / 9) and (complete["mean-area"].of, complete["mean-area"].lacking) == (9, 0)
    assert complete["mean-area-all"].value == pytest.approx(400 / 14)


def test_a_share_of_which_too_much_is_open_is_missing(counted: dict[str, Count]) -> None:
    for share in ("share-by-households", "share-by-persons", "mean-area"):
        assert counted[share].value is None and counted[share].missing == "too-open" and counted[share].lacking
    one_in_twenty = homes().take(np.array([0] * 19 + [3]))  # 5 % is no more than 5 %
    assert of_homes(one_in_twenty, END_2018)["share-by-households"].value == 100
    one_in_nineteen = homes().take(np.array([0] * 18 + [3]))
    assert of_homes(one_in_nineteen, END_2018)["share-by-households"].missing == "too-open"


def test_work_is_asked_of_those_who_moved_in_and_can_work(counted: dict[str, Count]) -> None:
    assert (counted["employed-households"].value, counted["employed-households"].of) == (1, 2)
    assert counted["employed-share"].value == 50


def test_an_earlier_day_counts_what_had_happened_by_then() -> None:
    august = of_homes(homes(), date(2018, 8, 31))
    assert august["moved-in-households"].value == 1 and august["subsidy-paid"].value == 120_000
    assert of_homes(homes(), date(2017, 1, 31))["poor-persons"].value == 6
    assert {id: one.value for id, one in of_items(sites(), "sites", END_2018).items()} == {"sites": 2, "sites-started": 2, "sites-finished": 1}


def test_nobody_to_divide_by_is_missing_and_not_nought() -> None:
    before = of_homes(homes(), date(2016, 1, 1))
    assert before["poor-households"].value == 0
    for share in ("share-by-households", "share-by-persons", "mean-area", "employed-share", "demolition-rate-all"):
        assert before[share].value is None and before[share].missing == "nobody"


def test_money_that_lies_still_is_not_eaten_up_by_a_batch_that_was_overspent() -> None:
    found = of_funds(funds(), END_2018)
    assert found == {"funds-received": Count(290.0), "funds-paid-out": Count(240.0, 1), "funds-idle": Count(30.0, 1)}


def test_the_ledger_counts_what_is_no_problem_neither_as_open_nor_as_closed() -> None:
    found = of_entries({"open": 3, "submitted": 2, "accepted-until": 1, "verified-closed": 4, "not-a-problem": 5}, {"overdue": 2})
    assert {id: one.value for id, one in found.items()} == {"ledger-open": 6, "ledger-closed": 4, "ledger-overdue": 2, "ledger-all": 15}


def test_every_item_a_return_can_name_has_its_figure_and_the_list_names_only_what_there_is() -> None:
    known = meanings()
    for one in known.values():
        assert {one.swap, *one.beside} - {""} <= set(known), one.id
        if one.item:
            item = item_called(one.item)
            assert item and item.unit == one.unit and of_item(item.names[0]) == one.id
        if one.swap:
            assert one.id in (known[one.swap].swap, one.id)
    counted = {*of_homes(homes(), END_2018), *of_items(sites(), "sites", END_2018), *of_funds(funds(), END_2018), *of_entries({}, {})}
    assert set(known) - counted == {"over-area", "demolition-due", "demolition-down", "demolition-rate"}  # which the checks give


def test_a_figure_bears_its_unit_in_both_languages() -> None:
    assert (said(1068, "households", "zh"), said(1068, "persons", "en"), said(1, "households", "en")) == ("1,068 户", "1,068 persons", "1 household")
    assert said(25.004, "m2/person", "zh") == "25 平方米/人"
    one = Figure("over-area", 2, END_2018, lacking=3)
    assert lacking_said(one, "zh") == "待核或缺资料 3 户" and lacking_said(Figure("sites", 2, END_2018), "zh") == ""


def test_a_difference_needs_two_figures_of_one_unit() -> None:
    told = Reported("R", "已入住户数", 60.0, "户", END_2018, "汇报", "review", "differs", 16.0)
    assert told.differs and told.difference == 44
    assert Reported("R", "已入住户数", 60.0, "人", END_2018, "汇报", "review", "unit-differs", 16.0).difference is None
    assert Reported("R", "已入住户数", None, "户", END_2018, "汇报", "no-data").difference is None
