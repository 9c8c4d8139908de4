"""Ledgers against what is stored: which records are new, which differ and in what, and the writing of both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, func, select, tuple_

from checks.records import Column, Kind, RecordKind, Records
from checks.vocabulary import HOUSEHOLD, KINDS
from relocation.store.bulk import Told, insert_rows, update_rows
from relocation.store.frames import StoredRow, fetch, to_stored
from relocation.store.law import published_after
from relocation.store.sealing import keys_of, marking_key, newest_key, open_change, opened_row, same_mark, seal_change, sealed_rows
from relocation.store.tables import KEPT, LEDGERS, change, import_file, import_sheet, mark_of

FEW = 400
"""Up to so many records are looked up one by one; more are compared against the whole county."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a ledger differs from the store. Indices are rows of the ledger.

    `columns` are the fields the ledger has, in the order of `rows`; `changed` gives, a row, the stored record's id and field → (old, new).
    Secrets stand open here: they are sealed when they are written.
    """

    columns: tuple[Column, ...]
    rows: Sequence[StoredRow]
    added: tuple[int, ...]
    changed: Mapping[int, tuple[int, Mapping[str, tuple[Any, Any]]]]
    unchanged: int


def compare(connection: Connection, records: Records, supplied: Sequence[str]) -> Difference:
    """Compare records with the stored ones of the same county and code, in the `supplied` columns only.

    A ledger without a column says nothing about it; a blank cell in a column it has says that the value is missing.
    """
    names = ["county", "code", *(column.name for column in records.kind if column.name in supplied and column.name not in ("county", "code"))]
    columns = tuple(records.kind.column(name) for name in names)
    dialect = connection.dialect.name
    rows = list(zip(*(to_stored(column, records.stored(column.name), dialect) for column in columns), strict=True))
    stored = _stored(connection, records.kind, columns, rows)
    if not stored:
        return Difference(columns, rows, tuple(range(len(rows))), {}, 0)
    differ = _differing(connection, records.kind, columns)
    added: list[int] = []
    changed: dict[int, tuple[int, Mapping[str, tuple[Any, Any]]]] = {}
    for index, row in enumerate(rows):
        found = stored.get(row[:2])
        if found is None:
            added.append(index)
        elif fields := differ(found[1:], row):
            changed[index] = found[0], fields
    return Difference(columns, rows, tuple(added), changed, len(rows) - len(added) - len(changed))


def _differing(connection: Connection, kind: RecordKind, columns: Sequence[Column]) -> Callable[[StoredRow, StoredRow], Mapping[str, tuple[Any, Any]]]:
    """Return what tells a stored row from a given one: field → (old, new). Secrets are told by their marks, and opened where they differ."""
    keys, key, width = keys_of(connection), marking_key(connection), len(columns)
    secrets = [(at, column.secret) for at, column in enumerate(columns) if column.secret]
    secret = {at: (which, width + number) for number, (at, which) in enumerate(secrets)}
    plainly = [at for at in range(width) if at not in secret]
    picked = itemgetter(*plainly)  # county and code are always among them

    def differ(kept: StoredRow, row: StoredRow) -> Mapping[str, tuple[Any, Any]]:
        alike = kept[:width] == row if not secret else picked(kept) == picked(row)
        lost = [
            at
            for at, (which, behind) in secret.items()
            if not same_mark(keys, which, row[at], key.mark(which, row[at]) if row[at] else None, kept[at], kept[behind])
        ]
        if alike and not lost:
            return {}
        old = opened_row(connection, kind, {column.name: kept[at] for at, column in enumerate(columns) if at in lost or at not in secret})
        return {column.name: (old[column.name], row[at]) for at, column in enumerate(columns) if at in lost or (at not in secret and kept[at] != row[at])}

    return differ


def _stored(connection: Connection, kind: RecordKind, columns: Sequence[Column], rows: Sequence[StoredRow]) -> dict[StoredRow, StoredRow]:
    table = LEDGERS[kind.id]
    marks = [table.c[mark_of(column.name)] for column in columns if column.secret]
    wanted = select(table.c.id, *(table.c[column.name] for column in columns), *marks)
    if len(rows) <= FEW:
        wanted = wanted.where(tuple_(table.c.county, table.c.code).in_([row[:2] for row in rows]))
    else:
        wanted = wanted.where(table.c.county.in_(sorted({row[0] for row in rows})))
    return {row[1:3]: row for row in fetch(connection, wanted)}


def write(
    connection: Connection,
    kind: RecordKind,
    difference: Difference,
    row_numbers: Sequence[int],
    sheet_id: int,
    at: datetime,
    told: Told | None = None,
) -> None:
    """Store what is new and what differs, and keep each field's old and new value with the sheet and row that said so."""
    insert_records(
        connection, kind, difference.columns, [difference.rows[i] for i in difference.added], sheet_id, [row_numbers[i] for i in difference.added], told
    )
    names, changed = sealed(connection, kind, difference.columns, [difference.rows[i] for i in difference.changed])
    update_rows(connection, KEPT[kind.id], names, [(*row, id) for row, (id, _) in zip(changed, difference.changed.values(), strict=True)])
    insert_changes(connection, kind, difference, list(difference.changed), row_numbers, sheet_id, at)


def insert_records(
    connection: Connection,
    kind: RecordKind,
    columns: Sequence[Column],
    rows: Sequence[StoredRow],
    sheet_id: int,
    row_numbers: Sequence[int],
    told: Told | None = None,
    seen: int = 0,
) -> None:
    """Store new records, given as rows in the order of `columns`, the county and the code first; secrets are sealed here.

    `seen`: the staged import from which on readers see them.
    """
    names, closed = sealed(connection, kind, columns, rows)
    fresh = [(*row, sheet_id, number, seen) for row, number in zip(closed, row_numbers, strict=True)]
    insert_rows(connection, KEPT[kind.id], [*names, "sheet_id", "row_number", "seen"], fresh, told)


def insert_changes(
    connection: Connection, kind: RecordKind, difference: Difference, changed: Sequence[int], row_numbers: Sequence[int], sheet_id: int, at: datetime
) -> None:
    """Keep the old and new value of every field in which some rows of a ledger (their indices) differ from the store."""
    if not changed:
        return
    columns, keeping = {column.name: column for column in difference.columns}, _keeping(connection, kind)
    moment: Any = at if connection.dialect.name != "sqlite" else at.strftime("%Y-%m-%d %H:%M:%S.%f")
    kept = [
        (kind.id, *difference.rows[i][:2], name, *(keeping(difference.rows[i], columns[name], value) for value in values), sheet_id, row_numbers[i], moment)
        for i in changed
        for name, values in difference.changed[i][1].items()
    ]
    insert_rows(connection, change, ["kind", "county", "subject", "field", "old", "new", "sheet_id", "row_number", "changed_at"], kept)


def sealed(connection: Connection, kind: RecordKind, columns: Sequence[Column], rows: Sequence[StoredRow]) -> tuple[list[str], list[StoredRow]]:
    """Return the names and rows to store for a ledger's columns, the county and the code first: secrets sealed, their marks behind."""
    if not rows or not any(column.secret for column in columns):
        return [column.name for column in columns], list(rows)
    return sealed_rows(newest_key(connection), keys_of(connection), kind, columns, rows, [(row[0], row[1]) for row in rows])


def _keeping(connection: Connection, kind: RecordKind) -> Callable[[StoredRow, Column, Any], str | None]:
    """Return what writes an old or new value for the list of changes."""
    keys, key = keys_of(connection), newest_key(connection)

    def kept(row: StoredRow, column: Column, value: Any) -> str | None:
        text = plain(column.kind, value)
        return seal_change(key, keys, text, kind.id, row[0], row[1], column.name) if column.secret else text

    return kept


def plain(kind: Kind, value: Any) -> str | None:
    """Return a stored value as text that keeps it whole; of a shape its kind, number of points and extent."""
    if value is None:
        return None
    if kind is Kind.SHAPE:
        shape = shapely.from_wkb(bytes(value))
        west, south, east, north = shape.bounds
        return f"{shape.geom_type}, {len(shapely.get_coordinates(shape))}, {west:.6f} {south:.6f} {east:.6f} {north:.6f}"
    return format(value, ".15g") if isinstance(value, float) else str(value)


def supplied_columns(records: Records, letters: Mapping[str, str]) -> list[str]:
    """Return the columns a ledger speaks about: those read from one of its columns, and those with any value at all."""
    given = []
    for column in records.kind:
        missing = None if column.name in letters else records.missing(column.name)
        if column.name in letters or missing is None or not missing.all():
            given.append(column.name)
    return given


def with_county(records: Records, county: str) -> Records:
    """Return the records with `county` filled in where it is missing."""
    missing = records.missing("county")
    if missing is None:
        return records
    filled = np.where(missing, county, records.stored("county")).astype(object)
    columns = {column.name: records.stored(column.name) for column in records.kind}
    return Records(records.kind, {**columns, "county": filled}, len(records))


def counties_with_records(connection: Connection) -> list[str]:
    """Return the codes of counties that have any record."""
    found = {code for table in LEDGERS.values() for (code,) in connection.execute(select(table.c.county).group_by(table.c.county))}
    return sorted(found)


def count(connection: Connection, kind: str, county: str | None = None) -> int:
    """Return how many records of a kind are stored."""
    table = LEDGERS[kind]
    wanted = select(func.count()).select_from(table)
    return connection.execute(wanted if county is None else wanted.where(table.c.county == county)).scalar_one()


def households_by_county(connection: Connection) -> dict[str, int]:
    """Return how many households every county has that has any record."""
    table = LEDGERS[HOUSEHOLD.id]
    found = {county: int(number) for county, number in connection.execute(select(table.c.county, func.count()).group_by(table.c.county))}
    return {county: found.get(county, 0) for county in counties_with_records(connection)}


def codes(connection: Connection, kind: str, county: str) -> list[str]:
    """Return the codes of a county's records of a kind."""
    table = LEDGERS[kind]
    return list(connection.execute(select(table.c.code).where(table.c.county == county)).scalars())


def added_after(connection: Connection, kind: str, county: str, codes: Sequence[str], revision: int) -> set[str]:
    """Return which of the codes were first stored after a revision of the records."""
    table = LEDGERS[kind]
    source = table.join(import_sheet, table.c.sheet_id == import_sheet.c.id).join(import_file, import_sheet.c.file_id == import_file.c.id)
    wanted = select(table.c.code).select_from(source)
    wanted = wanted.where(table.c.county == county, table.c.code.in_(list(codes)), import_file.c.revision > revision)
    return set(connection.execute(wanted).scalars())


def old_values(connection: Connection, kind: str, county: str, codes: Sequence[str], revision: int) -> dict[str, set[str | None]]:
    """Return field → what it held, as text, in some records when that was changed after a revision of the records."""
    source = change.join(import_sheet, change.c.sheet_id == import_sheet.c.id).join(import_file, import_sheet.c.file_id == import_file.c.id)
    wanted = select(change.c.field, change.c.old, change.c.subject).select_from(source)
    wanted = wanted.where(change.c.kind == kind, change.c.county == county, change.c.subject.in_(list(codes)), import_file.c.revision > revision)
    found: dict[str, set[str | None]] = {}
    secret = {column.name for column in KINDS[kind].secrets}
    for name, old, subject in connection.execute(wanted):
        found.setdefault(name, set()).add(open_change(keys_of(connection), old, kind, county, subject, name) if name in secret else old)
    return found


def moved_elsewhere(connection: Connection, kind: str, county: str, codes: Sequence[str], revision: int) -> bool:
    """Tell whether any record of the county but the named ones was stored or changed after a revision, or any layer, or any law published.

    A sheet notes how many rows it added and changed, so it is enough to look up the named ones; one that speaks of several
    counties is taken to have touched this one.
    """
    if published_after(connection, revision):
        return True
    said = (import_sheet.c.id, import_sheet.c.kind, import_sheet.c.county, import_sheet.c.added, import_sheet.c.changed)
    sheets = connection.execute(select(*said).join(import_file).where(import_file.c.revision > revision)).all()
    if any(of.startswith("layer:") for _, of, *_ in sheets):
        return True
    ids = [id for id, *_ in sheets]
    table = LEDGERS[kind]
    fresh = select(table.c.sheet_id, func.count()).where(table.c.county == county, table.c.code.in_(list(codes)), table.c.sheet_id.in_(ids))
    altered = select(change.c.sheet_id, func.count(change.c.subject.distinct()))
    altered = altered.where(change.c.kind == kind, change.c.county == county, change.c.subject.in_(list(codes)), change.c.sheet_id.in_(ids))
    own: list[dict[int, int]] = [{}, {}]
    for found, wanted in zip(own, (fresh.group_by(table.c.sheet_id), altered.group_by(change.c.sheet_id)), strict=True):
        found.update((id, n) for id, n in (connection.execute(wanted) if ids else ()))
    ledger = KINDS[kind].ledger
    for id, of, place, added, changed in sheets:
        told = [one.get(id, 0) if (of, place) == (ledger, county) else 0 for one in own]
        if place in (county, "") and (added, changed) != tuple(told):
            return True
    return False
