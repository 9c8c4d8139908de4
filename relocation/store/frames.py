"""Stored rows as frames of NumPy columns, and frames as rows to store: the one place that knows both forms."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from checks.links import Key, Link
from checks.records import Array, Column, Kind, RecordKind, Records
from checks.vocabulary import LEDGERS as KINDS_OF_LEDGERS
from relocation.store.tables import LEDGERS

StoredRow = tuple[Any, ...]


def read_records(
    connection: Connection,
    kind: RecordKind,
    county: str | Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    placed: bool = False,
) -> Records:
    """Return the stored records of a kind in the order of county and code.

    `county` keeps those of one county or of several, `codes` the named ones, `placed` those that have a position; `columns` reads those only.
    """
    table = LEDGERS[kind.id]
    read = [column for column in kind if columns is None or column.name in columns]
    wanted = select(*(table.c[column.name] for column in read)).order_by(table.c.county, table.c.code)
    if county is not None:
        wanted = wanted.where(table.c.county == county if isinstance(county, str) else table.c.county.in_(list(county)))
    if codes is not None:
        wanted = wanted.where(table.c.code.in_(list(codes)))
    if placed:
        wanted = wanted.where(table.c.lon.is_not(None), table.c.lat.is_not(None))
    return _framed(kind, read, fetch(connection, wanted))


def read_holding(connection: Connection, kind: RecordKind, keys: Sequence[Key]) -> Records:
    """Return the stored records, of every county, that hold in all columns of one of the keys one of its texts, in the order of county and code."""
    table = LEDGERS[kind.id]
    held = or_(*(and_(*(_held(table.c[name], texts) for name, texts in key)) for key in keys))
    wanted = select(*(table.c[column.name] for column in kind)).where(held).order_by(table.c.county, table.c.code)
    return _framed(kind, list(kind), fetch(connection, wanted))


def read_first(connection: Connection, kind: RecordKind, county: str) -> Records:
    """Return the first record of a county, or none where it has no such ledger."""
    table = LEDGERS[kind.id]
    wanted = select(*(table.c[column.name] for column in kind)).where(table.c.county == county).order_by(table.c.code).limit(1)
    return _framed(kind, list(kind), fetch(connection, wanted))


def _held(column: Any, texts: frozenset[str]) -> ColumnElement[bool]:
    held: ColumnElement[bool] = column.in_(sorted(texts - {""}))
    return or_(held, column.is_(None)) if "" in texts else held


def _framed(kind: RecordKind, columns: Sequence[Column], rows: Sequence[StoredRow]) -> Records:
    if not rows:
        return Records(kind, {}, 0)
    return Records(kind, {column.name: to_array(column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)})


def read_tied(connection: Connection, kind: RecordKind, judged: RecordKind, link: Link, counties: Sequence[str]) -> Records:
    """Return the records of a kind in other counties that a link ties to a judged kind's records in the given ones."""
    theirs, mine = LEDGERS[kind.id], LEDGERS[judged.id].alias("judged")
    tied = and_(*(theirs.c[tie.theirs] == mine.c[tie.own] for tie in link.ties))
    wanted = select(*(theirs.c[column.name] for column in kind)).select_from(mine.join(theirs, tied))
    wanted = wanted.where(mine.c.county.in_(list(counties)), theirs.c.county.not_in(list(counties)))
    return _each_once(_framed(kind, list(kind), fetch(connection, wanted.order_by(theirs.c.county, theirs.c.code))))


def _each_once(records: Records) -> Records:
    """Return records in the order of county and code, each of them once."""
    keys = list(zip(records.county, records.code, strict=True))
    return records.take(np.array([row for row, key in enumerate(keys) if not row or keys[row - 1] != key], dtype=np.intp))


def read_ledgers(connection: Connection, county: str | Sequence[str] | None = None, codes: Sequence[str] | None = None) -> dict[str, Records]:
    """Return every ledger that has records (of a county, of those codes) by its name."""
    read = {name: read_records(connection, kind, county, codes) for name, kind in KINDS_OF_LEDGERS.items()}
    return {name: records for name, records in read.items() if len(records)}


def fetch(connection: Connection, wanted: Select[Any]) -> list[StoredRow]:
    """Run a select and return bare driver rows: row objects and type conversion would cost more than the reading.

    Days come as the driver gives them: text in SQLite, dates in PostgreSQL; NumPy reads both.
    """
    result = connection.execute(wanted)  # written out once a shape of question: the same with other values is known
    assert result.cursor is not None  # a select has rows
    rows: list[StoredRow] = list(result.cursor.fetchall())
    result.close()
    return rows


def to_array(column: Column, values: Sequence[Any]) -> Array:
    """Turn one stored column into its NumPy form."""
    rows = len(values)
    if column.kind in (Kind.NUMBER, Kind.COUNT):
        return np.array(values, dtype=np.float64)
    if column.kind is Kind.DAY:
        return np.array(values, dtype="datetime64[D]")
    if column.kind is Kind.FLAG:
        return np.fromiter((-1 if value is None else value for value in values), np.int8, rows)
    if column.kind is Kind.CHOICE:
        numbers = choice_numbers(column)
        return np.fromiter(map(numbers.__getitem__, values), np.int8, rows)
    made = np.empty(rows, dtype=object)
    made[:] = shapes(values) if column.kind is Kind.SHAPE else values
    return made


def choice_numbers(column: Column) -> dict[str | None, int]:
    """Return the stored id of each choice and its number; NULL is -1."""
    assert column.choices is not None
    return {None: -1, **{member.id: int(member) for member in column.choices}}


def shapes(values: Iterable[bytes | None]) -> list[Any]:
    """Read WKB; None stays None."""
    return [None if value is None else shapely.from_wkb(bytes(value)) for value in values]


def to_stored(column: Column, array: Array, dialect: str) -> list[Any]:
    """Turn one NumPy column into what the driver stores; every missing value is None."""
    return _STORED[column.kind](column, array, dialect)


def _numbers(_: Column, array: Array, __: str) -> list[Any]:
    numbers = array.astype(np.float64, copy=False)
    values: list[Any] = numbers.tolist()
    for row in np.flatnonzero(~np.isfinite(numbers)).tolist():
        values[row] = None
    return values


def _days(_: Column, array: Array, dialect: str) -> list[Any]:
    days = array.astype("datetime64[D]")
    if dialect != "sqlite":
        return list(days.astype(object))
    texts: list[Any] = np.datetime_as_string(days).tolist()
    for row in np.flatnonzero(np.isnat(days)).tolist():
        texts[row] = None
    return texts


def _flags(_: Column, array: Array, __: str) -> list[Any]:
    return [None if value < 0 else value for value in array.tolist()]


def _choices(column: Column, array: Array, _: str) -> list[Any]:
    ids = {number: id for id, number in choice_numbers(column).items()}
    return [ids[number] for number in array.tolist()]


def _texts(_: Column, array: Array, __: str) -> list[Any]:
    return [value or None for value in array.tolist()]


def _shapes(_: Column, array: Array, __: str) -> list[Any]:
    return [None if shape is None else shapely.to_wkb(shape) for shape in array.tolist()]


_STORED: dict[Kind, Callable[[Column, Array, str], list[Any]]] = {
    Kind.NUMBER: _numbers,
    Kind.COUNT: _numbers,
    Kind.DAY: _days,
    Kind.FLAG: _flags,
    Kind.CHOICE: _choices,
    Kind.TEXT: _texts,
    Kind.SHAPE: _shapes,
}
