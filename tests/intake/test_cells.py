"""Cells as people type them."""

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from checks.choices import OldHouse
from relocation.intake.days import Unreadable, day_of
from relocation.intake.identity import check_characters, identity_faults, masked
from relocation.intake.units import UNITS
from tests.intake.ledgers import homes, ledger, sites, workbook


@pytest.mark.parametrize(
    "cell",
    [
        "2018年3月5日",
        "2018.3.5",
        "2018-03-05",
        "2018/3/5",
        "20180305",
        20180305.0,
        "２０１８年３月５日",
        "二〇一八年三月五日",
        "2018年3月5号",
        "2018-3-5 08:30",
        43164.0,
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Any) -> None:
    # Excel counts 5 March 2018 as day 43164.
    assert day_of(cell) == np.datetime64("2018-03-05")


def test_a_workbook_of_1904_counts_days_from_there() -> None:
    assert day_of(43164.0 - 1462, since_1904=True) == np.datetime64("2018-03-05")  # the two counts are 1,462 days apart


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2018年3月", "day-missing"), ("2018.10", "day-missing"), (2018.3, "day-missing"), (201803.0, "day-missing"), ("2018年3月底", "day-missing"), ("二〇一八年三月", "day-missing"),
     ("2018", "day-missing"), ("2018年", "day-missing"), ("2018年13月", "day-impossible"), (201813.0, "day-impossible"), ("2108年3月", "day-out-of-range"), ("1989-12-31", "day-out-of-range"), ("2031-01-01", "day-out-of-range"), ("18.3.5", "day-ambiguous"), ("3/5/2018", "day-ambiguous"), ("2018-02-30", "day-impossible"), ("1018-02-03", "day-out-of-range"), ("去年", "not-a-day"), (5.0, "not-a-day")],
)  # fmt: skip
def test_no_day_is_invented(cell: Any, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        day_of(cell)
    assert refused.value.code == code


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_spelling_of_a_day_means_that_day(day: Any) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", day.strftime("%Y%m%d"), day.isoformat()):
        assert day_of(text).item() == day


@pytest.mark.parametrize(
    ("heading", "cell", "square_metres"),
    [("总建筑面积(㎡)", 1200, 1200), ("总建筑面积", "1,200㎡", 1200), ("总建筑面积（平方米）", "１２００", 1200), ("总建筑面积(亩)", 3, 2000), ("总建筑面积", "3亩", 2000), ("总建筑面积", "120.5 平方米", 120.5), ("总建筑面积(万㎡)", 1.2, 12000), ("总建筑面积(亩)", 0.3, 200), ("总建筑面积", "0.3亩", 200)],
)  # fmt: skip
def test_areas_are_brought_to_square_metres(tmp_path: Path, heading: str, cell: Any, square_metres: float) -> None:
    assert sites(tmp_path, [heading], [cell]).records.building_area_m2[0] == square_metres


@pytest.mark.parametrize(
    ("heading", "cell", "yuan"),
    [("总投资(万元)", 35.5, 355_000), ("总投资", "35.5万元", 355_000), ("总投资(万元)", "3,550元", 3_550), ("总投资（元）", 355000, 355_000), ("总投资", "0.1亿元", 10_000_000), ("总投资/万元", "¥12", 120_000),
     ("总投资(万元)", 608.18, 6_081_800), ("总投资(万元)", "608.18", 6_081_800), ("总投资", "608.18万元", 6_081_800)],
)  # fmt: skip
def test_money_is_brought_to_yuan_and_the_cells_own_unit_goes_first(tmp_path: Path, heading: str, cell: Any, yuan: float) -> None:
    assert sites(tmp_path, [heading], [cell]).records.all_in_cost_yuan[0] == yuan


@given(st.decimals(min_value="0.01", max_value=99_999, places=4).filter(bool))
@settings(max_examples=200, deadline=None)
def test_units_are_exact_whether_a_number_is_typed_or_written(number: Any) -> None:
    exact = {"万元": number * 10_000, "公里": number * 1_000, "亩": Fraction(number) * 2000 / 3}
    for text, expected in exact.items():
        assert {UNITS[text].scaled(str(number)), UNITS[text].scaled(repr(float(number)))} == {float(expected)}


def test_a_column_of_numbers_with_one_text_is_as_exact(tmp_path: Path) -> None:
    assert sites(tmp_path, ["总投资(万元)"], [608.18], ["1,608.18"], [""]).records.all_in_cost_yuan[:2].tolist() == [6_081_800, 16_081_800]


def test_a_unit_cost_takes_yuan_a_square_metre(tmp_path: Path) -> None:
    read = sites(tmp_path, ["单位造价"], ["1,750元/平方米"], ["0.12万元/㎡"], [1500], ["1600元"])
    assert read.records.stated_cost_yuan_m2.tolist() == pytest.approx([1750, 1200, 1500, 1600])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("是", 1),
        ("否", 0),
        ("√", 1),
        ("×", 0),
        ("有", 1),
        ("无", 0),
        (1, 1),
        (0, 0),
        (True, 1),
        (False, 0),
        ("建档立卡户", 1),
        ("同步搬迁", 0),
        ("", -1),
        ("—", -1),
    ],
)
def test_yes_and_no_in_all_their_forms(tmp_path: Path, cell: Any, said: int) -> None:
    assert homes(tmp_path, ["是否建档立卡", "备注"], [cell, "x"]).records.stored("registered_poor")[0] == said


def test_missing_is_never_zero_and_wu_in_a_text_stays(tmp_path: Path) -> None:
    read = homes(tmp_path, ["核定搬迁人口", "安置住房面积", "选址理由", "备注"], ["", "-", "无", "—"])
    assert np.isnan(read.records.approved_persons[0])
    assert np.isnan(read.records.floor_area_m2[0])
    assert (read.records.justification[0], read.records.remark[0]) == ("无", "")


def test_words_of_a_list_are_known_by_every_spelling(tmp_path: Path) -> None:
    read = homes(tmp_path, ["安置方式", "旧房拆除情况", "四靠类型"], ["集中", "已拆除", "县城、产业集聚区"], ["dispersed", "复垦", "无"])
    assert read.records.stored("mode").tolist() == [0, 1]
    assert read.records.stored("old_house").tolist() == [2, 3]
    assert read.records.claimed_proximity.tolist() == ["county-seat industrial-park", "none"]


def test_yes_is_not_taken_for_one_person(tmp_path: Path) -> None:
    read = homes(tmp_path, ["核定搬迁人口"], [True], [1])
    assert [refusal.cell for refusal in read.refusals] == ["E2"]
    assert read.records.approved_persons.tolist() == [1]


def _valid_number(digits: str) -> str:
    return digits + ric.calc_check_digit(digits + "0")


@given(st.from_regex(r"990105(19[4-9][0-9]|200[0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_check_digits_agree_with_an_independent_library(digits: str) -> None:
    numbers = np.array([[int(digit) for digit in digits]])
    assert chr(check_characters(numbers)[0]) == ric.calc_check_digit(digits + "0")
    assert not identity_faults(np.array([_valid_number(digits)], object), set())


@given(st.from_regex(r"990105(19[4-9][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True), st.integers(0, 17), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_one_wrong_digit_is_always_noticed(digits: str, place: int, shift: int) -> None:
    number = _valid_number(digits)
    old = number[place]
    new = str((int(old) + shift) % 10) if old.isdigit() else str(shift)
    assert identity_faults(np.array([number[:place] + new + number[place + 1 :]], object), set())


def test_an_id_number_turned_into_a_float_is_refused_and_never_shown_whole(tmp_path: Path) -> None:
    number = _valid_number("99010519491231004")
    read = homes(tmp_path, ["身份证号"], [float("990105194912310021")], ["9.90105E+17"], [number.lower()], [number])
    assert [(refusal.code, refusal.cell) for refusal in read.refusals] == [("id-float", "E2"), ("id-float", "E3")]
    assert read.records.id_number.tolist() == [number, number]
    assert "19491231" not in read.refusals[0].value


def test_masking_keeps_region_and_last_two() -> None:
    assert masked("991522194912310027") == "991522**********27"


def test_serial_days_of_a_1904_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mac.xlsx", [["安置点编码", "安置点名称", "批复日期"], ["A1", "点", 41702], ["A2", "点二", ("day", 41702)]], date_1904=True)
    assert ledger(path).records.approved_on.tolist() == [np.datetime64("2018-03-05").item()] * 2


@pytest.mark.parametrize("cell", ["2017年3月", "2018.10", 2018.1, 201803, "2018年", 2018])
def test_a_month_or_a_year_leaves_the_day_blank_keeps_the_row_and_is_told_with_its_cell(tmp_path: Path, cell: Any) -> None:
    read = sites(tmp_path, ["批复时间", "总建筑面积"], ["2018-03-05", 100], [cell, 200])
    assert (read.refusals, read.records.building_area_m2.tolist()) == ((), [100, 200])
    assert np.isnat(read.records.approved_on).tolist() == [False, True]
    (note,) = [note for note in read.notes if note.code == "day-left-blank"]
    assert "批复日期" in note.text("zh")
    assert all(said in note.text(lang) for lang in ("zh", "en") for said in ("D3", "1"))


def test_many_days_left_blank_are_counted_column_by_column_and_the_first_are_named(tmp_path: Path) -> None:
    read = homes(tmp_path, ["交房日期", "入住日期", "备注"], *[["2018.10", "2018年", "x"]] * 7)
    told = {str(note.facts["field"][0]): note for note in read.notes if note.code == "day-left-blank"}
    assert {field: note.facts["count"] for field, note in told.items()} == {"交房日期": 7, "入住日期": 7}
    assert "F2、F3、F4、F5、F6等" in told["入住日期"].text("zh")
    assert "F2, F3, F4, F5, F6 …" in told["入住日期"].text("en")


@pytest.mark.parametrize(
    ("heading", "fits", "slip"),
    [("安置住房面积", 1000, 1000.5), ("套内面积", 1000, 9800), ("核定搬迁人口", 30, 31), ("家庭人口数", 30, 411522)],
)
def test_what_no_household_has_is_refused_at_its_cell(tmp_path: Path, heading: str, fits: float, slip: float) -> None:
    read = homes(tmp_path, [heading], [fits], [slip])
    assert [(one.code, one.cell) for one in read.refusals] == [("implausible", "E3")]
    assert "看起来不对" in read.refusals[0].reason("zh")


def test_nan_as_a_text_is_no_blank_cell(tmp_path: Path) -> None:
    assert [one.code for one in homes(tmp_path, ["安置住房面积", "备注"], ["NaN", "x"]).refusals] == ["not-a-number"]


@pytest.mark.parametrize(("cell", "state"), [("是", "demolished"), ("否", "standing"), ("已复垦", "reclaimed"), ("", "")])
def test_whether_the_old_house_was_demolished_may_be_answered_yes_or_no(tmp_path: Path, cell: str, state: str) -> None:
    read = homes(tmp_path, ["旧房是否拆除", "备注"], [cell, "x"])
    assert read.records.stored("old_house").tolist() == [OldHouse.by_id(state) if state else -1]


def test_yes_is_no_state_of_an_old_house_where_nothing_was_asked(tmp_path: Path) -> None:
    assert [one.code for one in homes(tmp_path, ["旧房情况"], ["是"]).refusals] == ["not-in-list"]


def test_cells_without_a_heading_are_told_of(tmp_path: Path) -> None:
    read = ledger(
        workbook(tmp_path / "a.xlsx", [["户编号", "户主姓名", None, "乡镇"], ["H1", "户", "补", "甲", None, "多出"], ["H2", "户二", None, "甲", None, "又"]])
    )
    told = [note.text("zh") for note in read.notes if note.code == "cells-unheaded"]
    assert [("C2" in text, "F2、F3" in text) for text in told] == [(True, False), (False, True)]
    assert len(read.records) == 2
