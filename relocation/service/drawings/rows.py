"""Rows of the drawing family written into the store, with the file they come from, like any other record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from checks.records import Kind, RecordKind, Records
from relocation.accounts.actor import Actor
from relocation.service.drawings.facts import Row, as_records
from relocation.service.importing import Change
from relocation.service.showing import changed, heading
from relocation.store import digests, drawings, files, ledgers, log
from relocation.store.frames import read_records
from relocation.store.ledgers import Difference
from relocation.store.opening import Connection, Store


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind. `always`: columns said of every row; `fresh`: those said only of a record that is new."""

    kind: RecordKind
    rows: Sequence[Row]
    always: Sequence[str]
    fresh: Sequence[str] = ()


@dataclass
class Kept:
    """What became of the rows: numbers, and what changed in records that were there."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)


def keep_rows(
    connection: Connection, batches: Sequence[Batch], county: str, file: tuple[str, str, str], now: datetime, lang: str, *, by: Actor, keep: bool
) -> Kept:
    """Compare rows with the store and, where wanted, write what is new or differs. `file`: hash, name and how it was read.

    Nothing is written or logged, and no revision counted on, where nothing differs.
    """
    kept, parts = Kept(), [part for batch in batches for part in _parts(connection, batch, county)]
    for records, difference in parts:
        kept.added += len(difference.added)
        kept.changed += len(difference.changed)
        kept.unchanged += difference.unchanged
        kept.changes += _changes(records.kind, difference, lang)
    moved = [(records, difference) for records, difference in parts if difference.added or difference.changed]
    if keep and moved:
        revision = files.advance(connection, "records")
        file_id = files.add_file(connection, *file, files.in_utc(now), revision)
        for records, difference in moved:
            sheet_id = _write(connection, records, difference, file_id, county, now)
            rows = digests.digests(connection, ("import_file", {"id": file_id}), ("import_sheet", {"id": sheet_id}), ("change", {"sheet_id": sheet_id}))
            new = {"ledger": records.kind.ledger, "added": len(difference.added), "changed": len(difference.changed), **digests.told(rows)}
            about = {"kind": "import", "county": county, "subject": str(file_id)}
            log.append(connection, by=by, at=now, action="records.drawn", **about, new=new, files=[file[0]])
        files.name_county(connection, county, "")
    return kept


def _parts(connection: Connection, batch: Batch, county: str) -> list[tuple[Records, Difference]]:
    """Return the rows that are new and those that are there, each compared in the columns it speaks about."""
    if not batch.rows:
        return []
    codes = [str(row["code"]) for row in batch.rows]
    there = set(read_records(connection, batch.kind, county, codes, ("county", "code")).code.tolist())
    found = []
    for new, supplied in ((True, [*batch.always, *batch.fresh]), (False, list(batch.always))):
        rows = [row for row, code in zip(batch.rows, codes, strict=True) if (code not in there) is new]
        if rows:
            records = as_records(batch.kind, rows)
            found.append((records, ledgers.compare(connection, records, supplied)))
    return found


def _write(connection: Connection, records: Records, difference: Difference, file_id: int, county: str, now: datetime) -> int:
    counts = {
        "read": len(records),
        "added": len(difference.added),
        "changed": len(difference.changed),
        "unchanged": difference.unchanged,
        "refused": 0,
    }
    sheet_id = files.add_sheet(connection, file_id, "", records.kind.ledger, county, {}, counts)
    ledgers.write(connection, records.kind, difference, list(range(1, len(records) + 1)), sheet_id, files.in_utc(now))
    return sheet_id


def drop_rows(connection: Connection, kind: RecordKind, county: str, codes: Sequence[str], now: datetime, *, by: Actor) -> None:
    """Forget records that stood by the word of a drawing alone, and log their codes; nothing is logged where there are none."""
    if codes:
        drawings.drop_records(connection, kind.id, county, codes)
        log.append(connection, by=by, at=now, action="records.dropped", kind=kind.id, county=county, old=sorted(codes))


def _changes(kind: RecordKind, difference: Difference, lang: str) -> list[Change]:
    made = []
    for index, (_, fields) in difference.changed.items():
        for name, values in fields.items():
            column = kind.column(name)
            old, new = (changed(column, ledgers.plain(column.kind, value), lang) for value in values)
            made.append(Change(str(difference.rows[index][1]), name, heading(column, lang), old, new))
    return made


def rows_of(store: Store, kind: RecordKind, county: str | None = None) -> list[Row]:
    """Return the stored records of a kind as rows: choices by id, flags as yes or no, days as dates, None for what is missing."""
    with store.reading() as connection:
        return as_rows(read_records(connection, kind, county))


def as_rows(records: Records) -> list[Row]:
    """Return records as rows."""
    columns = {column.name: _plain(records, column.name) for column in records.kind if column.kind is not Kind.SHAPE}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(records: Records, name: str) -> list[Any]:
    column, stored = records.kind.column(name), records.stored(name)
    if column.kind is Kind.CHOICE and column.choices is not None:
        ids: Mapping[int, str] = {int(one): one.id for one in column.choices}
        return [ids.get(number) for number in stored.tolist()]
    if column.kind is Kind.FLAG:
        return [None if number < 0 else bool(number) for number in stored.tolist()]
    gone = records.missing(name)
    values = stored.astype(object) if column.kind is Kind.TEXT else np.array(stored.tolist(), dtype=object)
    return [None if gone is not None and gone[row] else value for row, value in enumerate(values.tolist())]
