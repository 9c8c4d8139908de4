"""Counting households into areas."""

import numpy as np

from checks.census import areas, count_in
from checks.choices import Mode
from checks.records import Records
from checks.vocabulary import HOUSEHOLD


def homes() -> Records:
    return Records(
        HOUSEHOLD,
        {
            "county": np.array(["411522"] * 6, dtype=object),
            "township": np.array(["甲镇", "甲镇", "乙乡", "乙乡", "乙乡", ""], dtype=object),
            "registered_poor": np.array([1, 1, 1, 0, -1, 1], dtype=np.int8),
            "mode": np.array([Mode.CONCENTRATED, Mode.DISPERSED, -1, Mode.CONCENTRATED, Mode.CONCENTRATED, Mode.DISPERSED], dtype=np.int8),
            "approved_persons": np.array([4, 3, 2, 5, 6, np.nan]),
            "approved_on": np.array(["2017-01-01", "2017-05-01", "NaT", "2019-01-01", "2016-01-01", "2016-02-01"], dtype="datetime64[D]"),
        },
    )


def test_registered_movers_are_counted_and_the_unknown_are_counted_apart() -> None:
    counted = areas(homes(), {"411522": "光山县"})
    assert counted.level.tolist() == ["county", "township", "township"]
    assert counted.name.tolist() == ["光山县", "乙乡", "甲镇"]
    assert counted.concentrated_households.tolist() == [1, 0, 1]
    assert counted.dispersed_households.tolist() == [2, 0, 1]
    assert counted.concentrated_persons.tolist() == [4, 0, 4]
    assert counted.dispersed_persons.tolist() == [3, 0, 3]
    assert counted.unsorted_households.tolist() == [2, 2, 0]  # no way recorded; not known whether registered
    assert counted.uncounted_households.tolist() == [1, 0, 0]  # no approved persons


def test_an_area_is_dated_by_the_latest_approval_counted() -> None:
    days = areas(homes(), {}).counted_on
    assert days.astype(str).tolist() == ["2017-05-01", "2016-01-01", "2017-05-01"]


def test_nobody_makes_no_area() -> None:
    assert len(areas(homes().take(np.zeros(6, dtype=np.bool_)), {})) == 0


def test_a_self_financed_mover_is_in_no_count() -> None:
    only = homes().take(np.array([3]))
    assert len(areas(only, {})) == 0


def test_what_lies_in_each_area_can_be_counted_and_weighed() -> None:
    all_homes = homes()
    places = areas(all_homes, {})
    moved = np.array([True, False, True, True, False, True])
    assert count_in(places, all_homes, moved).tolist() == [4, 2, 1]
    assert count_in(places, all_homes, moved, all_homes.approved_persons).tolist() == [11, 7, 4]
