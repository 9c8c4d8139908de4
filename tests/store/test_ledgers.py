"""Records go in and come out as they were, on both databases; what differs is found field by field."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from checks.records import Column, Kind, Records, empty_column
from checks.vocabulary import HOUSEHOLD, KINDS, SITE
from relocation.store import files, ledgers
from relocation.store.frames import read_records, to_array, to_stored
from relocation.store.opening import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SQUARE = shapely.box(114.9, 32.0, 114.91, 32.01)


def households(**columns: Any) -> Records:
    made = {}
    for name, values in columns.items():
        column = HOUSEHOLD.column(name)
        dtype = empty_column(column.kind, 0).dtype
        array = np.empty(len(values), dtype=dtype)
        array[:] = values
        made[name] = array
    return Records(HOUSEHOLD, made)


def brought(store: Store, records: Records, supplied: list[str] | None = None) -> ledgers.Difference:
    with store.writing() as connection:
        given = supplied or ledgers.supplied_columns(records, {})
        difference = ledgers.compare(connection, records, given)
        if difference.added or difference.changed:
            file = files.add_file(connection, "0" * 64, "台账.xlsx", "{}", NOW, files.advance(connection, "records"))
            counts = dict.fromkeys(("read", "added", "changed", "unchanged", "refused"), 0)
            sheet = files.add_sheet(connection, file, "Sheet1", "households", "411522", {}, counts)
            ledgers.write(connection, records.kind, difference, list(range(2, len(records) + 2)), sheet, NOW)
    return difference


def stored(store: Store) -> Records:
    with store.reading() as connection:
        return read_records(connection, HOUSEHOLD)


def test_every_kind_of_value_comes_back_as_it_was(store: Store) -> None:
    columns: dict[str, Any] = {}
    for column in SITE:
        array = empty_column(column.kind, 2)
        array[0] = {Kind.TEXT: "字", Kind.NUMBER: 0.1 + 0.2, Kind.COUNT: 7, Kind.FLAG: 0, Kind.CHOICE: 1, Kind.DAY: date(2018, 3, 5), Kind.SHAPE: SQUARE}[
            column.kind
        ]
        columns[column.name] = array
    columns["code"][:], columns["name"][:], columns["county"][:] = ["A1", "A2"], ["甲", "乙"], ["411522", "411522"]
    records = Records(SITE, columns)
    brought(store, records)
    with store.reading() as connection:
        back = read_records(connection, SITE)
    for column in SITE:
        before, after = records.stored(column.name), back.stored(column.name)
        if column.kind is Kind.SHAPE:
            assert shapely.equals_exact(after[0], before[0]) and after[1] is None
        elif column.kind is Kind.TEXT:
            assert [value or "" for value in after] == [value or "" for value in before], column.name
        else:
            np.testing.assert_array_equal(after, before, column.name)
            assert after.dtype == before.dtype


def test_the_same_records_again_change_nothing(store: Store) -> None:
    records = households(code=["1", "2"], head_name=["甲", "乙"], county=["411522"] * 2, floor_area_m2=[75.01, np.nan], approved_on=["2018-03-05", "NaT"])
    assert brought(store, records).added == (0, 1)
    again = brought(store, records.take(np.array([1, 0])))
    assert (again.added, again.changed, again.unchanged) == ((), {}, 2)


def test_a_changed_field_is_named_with_its_old_and_new_value(store: Store) -> None:
    brought(store, households(code=["1", "2"], head_name=["甲", "乙"], county=["411522"] * 2, floor_area_m2=[75.0, 100.0]))
    difference = brought(store, households(code=["1", "2"], head_name=["甲", "乙"], county=["411522"] * 2, floor_area_m2=[75.0, 99.5]))
    assert difference.unchanged == 1
    ((_, fields),) = difference.changed.values()
    assert dict(fields) == {"floor_area_m2": (100.0, 99.5)}
    assert stored(store).floor_area_m2.tolist() == [75.0, 99.5]


def test_a_ledger_without_a_column_leaves_what_is_stored(store: Store) -> None:
    brought(store, households(code=["1"], head_name=["甲"], county=["411522"], floor_area_m2=[75.0]))
    assert brought(store, households(code=["1"], head_name=["甲"], county=["411522"], net_area_m2=[60.0])).changed
    assert (stored(store).floor_area_m2.tolist(), stored(store).net_area_m2.tolist()) == ([75.0], [60.0])


def test_a_blank_cell_in_a_column_the_ledger_has_is_a_change_to_missing(store: Store) -> None:
    brought(store, households(code=["1"], head_name=["甲"], county=["411522"], floor_area_m2=[75.0]))
    blank = households(code=["1"], head_name=["甲"], county=["411522"], floor_area_m2=[np.nan])
    assert "floor_area_m2" not in ledgers.supplied_columns(blank, {})
    supplied = ledgers.supplied_columns(blank, {"floor_area_m2": "F"})
    ((_, fields),) = brought(store, blank, supplied).changed.values()
    assert dict(fields) == {"floor_area_m2": (75.0, None)}
    assert np.isnan(stored(store).floor_area_m2[0])


def test_the_same_code_in_two_counties_is_two_records(store: Store) -> None:
    brought(store, households(code=["1", "1"], head_name=["甲", "乙"], county=["411522", "411523"]))
    assert stored(store).stored("county").tolist() == ["411522", "411523"]


def test_more_records_than_are_looked_up_one_by_one_are_compared_as_well(store: Store) -> None:
    number = ledgers.FEW + 50
    codes = [f"H{n:05d}" for n in range(number)]
    records = households(code=codes, head_name=["某"] * number, county=["411522"] * number, approved_persons=np.arange(number))
    assert len(brought(store, records).added) == number
    assert brought(store, records).unchanged == number
    assert stored(store).approved_persons.tolist() == list(range(number))


@given(st.data())
def test_storing_and_reading_a_column_is_the_identity(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    column: Column = data.draw(st.sampled_from([column for column in kind if column.kind is not Kind.SHAPE]))
    values = data.draw(st.lists(_values(column), max_size=5))
    array = empty_column(column.kind, len(values))
    array[:] = values
    for dialect in ("sqlite", "postgresql"):
        back = to_array(column, to_stored(column, array, dialect))
        if column.kind is Kind.TEXT:
            assert [value or "" for value in back] == values
        else:
            np.testing.assert_array_equal(back, array)


def _values(column: Column) -> st.SearchStrategy[Any]:
    if column.kind is Kind.TEXT:
        return st.text(max_size=8)
    if column.kind is Kind.DAY:
        return st.one_of(st.just(np.datetime64("NaT", "D")), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
    if column.kind is Kind.FLAG:
        return st.sampled_from([-1, 0, 1])
    if column.choices is not None:
        return st.sampled_from([-1, *map(int, column.choices)])
    return st.one_of(st.just(np.nan), st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e-9, 123456789012.25])
def test_a_number_reads_the_same_to_the_last_bit(store: Store, value: float) -> None:
    brought(store, households(code=["1"], head_name=["甲"], county=["411522"], floor_area_m2=[value]))
    assert stored(store).floor_area_m2[0] == value
