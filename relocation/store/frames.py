"""Stored rows as frames of NumPy columns, and frames as rows to store: the one place that knows both forms."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from checks.links import Key, Link
from checks.records import Array, Column, Kind, RecordKind, Records, joined
from checks.vocabulary import LEDGERS as KINDS_OF_LEDGERS
from relocation.store.sealing import keys_of, known_ids, marks, sealed_column
from relocation.store.tables import LEDGERS, mark_of

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
    if any(column.secret for column in read):  # which open for their record
        read = [column for column in kind if column in read or column.name in ("county", "code")]
    wanted = select(*(table.c[column.name] for column in read)).order_by(table.c.county, table.c.code)
    if county is not None:
        wanted = wanted.where(table.c.county == county if isinstance(county, str) else table.c.county.in_(list(county)))
    if codes is not None:
        wanted = wanted.where(table.c.code.in_(list(codes)))
    if placed:
        wanted = wanted.where(table.c.lon.is_not(None), table.c.lat.is_not(None))
    return _framed(connection, kind, read, fetch(connection, wanted))


def read_holding(connection: Connection, kind: RecordKind, keys: Sequence[Key]) -> Records:
    """Return the stored records, of every county, that hold in all columns of one of the keys one of its texts, in the order of county and code."""
    table = LEDGERS[kind.id]
    held = or_(*(and_(*(_held(connection, kind, name, texts) for name, texts in key)) for key in keys))
    wanted = select(*(table.c[column.name] for column in kind)).where(held).order_by(table.c.county, table.c.code)
    return _framed(connection, kind, list(kind), fetch(connection, wanted))


def read_first(connection: Connection, kind: RecordKind, county: str) -> Records:
    """Return the first record of a county, or none where it has no such ledger."""
    table = LEDGERS[kind.id]
    wanted = select(*(table.c[column.name] for column in kind)).where(table.c.county == county).order_by(table.c.code).limit(1)
    return _framed(connection, kind, list(kind), fetch(connection, wanted))


def _held(connection: Connection, kind: RecordKind, name: str, texts: frozenset[str]) -> ColumnElement[bool]:
    table, secret, asked = LEDGERS[kind.id], kind.column(name).secret, sorted(texts - {""})
    column = table.c[mark_of(name)] if secret else table.c[name]
    held: ColumnElement[bool] = column.in_(marks(connection, secret, asked) if secret else asked)
    return or_(held, column.is_(None)) if "" in texts else held


def _framed(connection: Connection, kind: RecordKind, columns: Sequence[Column], rows: Sequence[StoredRow]) -> Records:
    if not rows:
        return Records(kind, {}, 0)
    of = {column.name: (column, values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)}
    sealed = {
        name: sealed_column(keys_of(connection), kind.id, column, values, of["county"][1], of["code"][1])
        for name, (column, values) in of.items()
        if column.secret
    }
    return Records(kind, {name: to_array(column, values) for name, (column, values) in of.items() if name not in sealed}, len(rows), sealed)


def read_tied(connection: Connection, kind: RecordKind, judged: RecordKind, link: Link, counties: Sequence[str]) -> Records:
    """Return the records of a kind in other counties that a link ties to a judged kind's records in the given ones."""
    secret = {tie for tie in link.ties if kind.column(tie.theirs).secret}
    if secret and len(known_ids(connection)) > 1:
        return _read_looked_up(connection, kind, judged, link, counties)
    theirs, mine = LEDGERS[kind.id], LEDGERS[judged.id].alias("judged")
    names = {tie: (mark_of(tie.theirs), mark_of(tie.own)) if tie in secret else (tie.theirs, tie.own) for tie in link.ties}
    tied = and_(*(theirs.c[names[tie][0]] == mine.c[names[tie][1]] for tie in link.ties))
    wanted = select(*(theirs.c[column.name] for column in kind)).select_from(mine.join(theirs, tied))
    wanted = wanted.where(mine.c.county.in_(list(counties)), theirs.c.county.not_in(list(counties)))
    return _each_once(_framed(connection, kind, list(kind), fetch(connection, wanted.order_by(theirs.c.county, theirs.c.code))))


_AT_ONCE = 400
"""So many texts are looked up in one question, of which a database takes a limited number."""


def _read_looked_up(connection: Connection, kind: RecordKind, judged: RecordKind, link: Link, counties: Sequence[str]) -> Records:
    """Return what `read_tied` does while keys are being changed, when equal values may bear marks of two keys: they are asked for one by one."""
    mine = read_records(connection, judged, counties, columns=("county", "code", *(tie.own for tie in link.ties)))
    found = []
    for start in range(0, len(mine), _AT_ONCE):
        key = link.to_theirs(mine.take(np.arange(start, min(start + _AT_ONCE, len(mine)))))
        near = read_holding(connection, kind, [key]) if key is not None else Records(kind, {}, 0)
        elsewhere = near.take(~np.isin(near.stored("county").astype(str), list(counties)))
        own = {tuple(row) for row in zip(*(mine.stored(tie.own).tolist() for tie in link.ties), strict=True) if all(row)}
        theirs = zip(*(elsewhere.stored(tie.theirs).tolist() for tie in link.ties), strict=True)
        found.append(elsewhere.take(np.fromiter((row in own for row in theirs), dtype=np.bool_, count=len(elsewhere))))
    return joined([part for part in found if len(part)] or [Records(kind, {}, 0)])


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
