"""A large import brought in small transactions that nobody sees, and seen at once by one more.

What is new is written as seen from this import on. Of what differs the old row is marked as seen until then, and a row like it, with
what differs, is written beside it. One small transaction counts the number of the latest import on: that is the switch. Then the rows
nobody sees any more are deleted; the list of changes holds their old values. Whatever is left of an import that was killed is put
back by the next one, or by the next start. Between its transactions it lets others write first.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from checks.records import RecordKind
from relocation.store import files, ledgers
from relocation.store.bulk import Told, delete_ids, insert_rows, update_rows
from relocation.store.frames import fetch
from relocation.store.ledgers import Difference
from relocation.store.opening import Store
from relocation.store.seeing import STAGED, STAGING
from relocation.store.tables import KEPT, change, import_file, import_sheet

FIRST, AT_MOST = 200, 2_000
"""So many rows are written in the first transaction; later ones take as many as fit into HELD_SECONDS, but never more than the most."""
HELD_SECONDS = 0.03


@dataclass
class Staging:
    """One import that is being brought: the number from which on its rows are seen, its file's and sheets' ids, the most rows of a transaction."""

    store: Store
    number: int
    file_id: int
    most: int = AT_MOST
    sheets: list[int] = field(default_factory=list)
    _rows: int = FIRST

    def sheet(self, sheet: str, kind: str, county: str, letters: dict[str, str], counts: dict[str, int]) -> int:
        """Record a sheet of the file and return its id."""
        with self.store.writing() as connection:
            self.sheets.append(files.add_sheet(connection, self.file_id, sheet, kind, county, letters, counts))
        return self.sheets[-1]

    def write(self, kind: RecordKind, difference: Difference, row_numbers: Sequence[int], sheet_id: int, at: datetime, told: Told | None) -> None:
        """Write what is new and what differs where nobody sees it yet."""
        total, done = len(difference.added) + len(difference.changed), 0

        def fresh(connection: Connection, part: Sequence[int]) -> None:
            rows = [difference.rows[i] for i in part]
            ledgers.insert_records(connection, kind, difference.columns, rows, sheet_id, [row_numbers[i] for i in part], seen=self.number)

        def differing(connection: Connection, part: Sequence[int]) -> None:
            _supersede(connection, kind, difference, part, self.number)
            ledgers.insert_changes(connection, kind, difference, part, row_numbers, sheet_id, at)

        for indices, written in ((difference.added, fresh), (tuple(difference.changed), differing)):
            for part in self._in_parts(indices, written):
                done += part
                if told:
                    told(done, total)

    def _in_parts(self, indices: Sequence[int], written: Callable[[Connection, Sequence[int]], None]) -> Iterator[int]:
        start = 0
        while start < len(indices):
            part = indices[start : start + min(self._rows, self.most)]
            with self.store.writing() as connection:
                began = time.monotonic()
                written(connection, part)
            self._rows = _fitting(len(part), time.monotonic() - began)
            start += len(part)
            yield len(part)
            self.store.let_in()

    def switch(self, connection: Connection) -> int:
        """Let readers see it from the end of this transaction on; returns the revision of the records that makes."""
        revision = files.advance(connection, "records")
        connection.execute(update(import_file).where(import_file.c.id == self.file_id).values(revision=revision))
        files.note(connection, STAGED, self.number)
        return revision


def begin(store: Store, sha256: str, name: str, options: str, at: datetime, most: int = AT_MOST) -> Staging:
    """Begin to bring a file. Only one at a time may be brought: the caller holds the gate, and has tidied up."""
    with store.writing() as connection:
        number = files.revision(connection, STAGED) + 1
        files.note(connection, STAGING, number)
        return Staging(store, number, files.add_file(connection, sha256, name, options, at, files.NOT_YET), most)


def tidy(store: Store) -> None:
    """Put back what a killed import left, or delete what the latest one took the place of. The caller holds the gate."""
    with store.whole.reading() as connection:
        number, latest = files.revision(connection, STAGING), files.revision(connection, STAGED)
    if not number:
        return
    for table in KEPT.values():
        if latest >= number:
            _walk(store, table, -number, delete_ids)
        else:
            _walk(store, table, number, delete_ids)
            _walk(store, table, -number, _see_always)
    if latest < number:
        _forget_files(store)
    with store.writing() as connection:
        files.note(connection, STAGING, 0)


def _forget_files(store: Store) -> None:
    """Delete the list of changes, the sheets and the file of an import that nobody ever saw."""
    with store.whole.reading() as connection:
        coming = connection.execute(select(import_file.c.id).where(import_file.c.revision == files.NOT_YET)).scalars().all()
        sheets = connection.execute(select(import_sheet.c.id).where(import_sheet.c.file_id.in_(coming))).scalars().all()
    while True:
        with store.writing() as connection:
            ids = connection.execute(select(change.c.id).where(change.c.sheet_id.in_(sheets)).limit(AT_MOST)).scalars().all()
            delete_ids(connection, change, ids)
        if not ids:
            break
        store.let_in()
    with store.writing() as connection:
        connection.execute(delete(import_sheet).where(import_sheet.c.id.in_(sheets)))
        connection.execute(delete(import_file).where(import_file.c.id.in_(coming)))


def _walk(store: Store, table: Table, seen: int, done: Callable[[Connection, Table, Sequence[int]], None]) -> None:
    """Do something to the rows of a table that are seen so, in small transactions, in the order of their ids."""
    with store.whole.reading() as connection:
        ids = connection.execute(select(table.c.id).where(table.c.seen == seen).order_by(table.c.id)).scalars().all()
    rows, start = FIRST, 0
    while start < len(ids):
        part = ids[start : start + rows]
        with store.writing() as connection:
            began = time.monotonic()
            done(connection, table, part)
        rows = _fitting(len(part), time.monotonic() - began)
        start += len(part)
        store.let_in()


def _see_always(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    update_rows(connection, table, ["seen"], [(0, id) for id in ids])


def _fitting(rows: int, seconds: float) -> int:
    """Return how many rows the next transaction takes, from how long the last one took."""
    return max(FIRST // 4, min(AT_MOST, 2 * rows, int(rows * HELD_SECONDS / max(seconds, 1e-6))))


def _supersede(connection: Connection, kind: RecordKind, difference: Difference, indices: Sequence[int], number: int) -> None:
    """Mark rows as seen until an import, and write rows like them, with what differs, that are seen from it on."""
    table = KEPT[kind.id]
    names, changed = ledgers.sealed(connection, kind, difference.columns, [difference.rows[i] for i in indices])
    ids = [difference.changed[i][0] for i in indices]
    kept = [column.name for column in table.c if column.name not in ("id", "seen")]
    old: dict[int, Any] = {row[0]: row[1:] for row in fetch(connection, select(table.c.id, *(table.c[name] for name in kept)).where(table.c.id.in_(ids)))}
    places = [kept.index(name) for name in names]
    made = []
    for id, row in zip(ids, changed, strict=True):
        values = list(old[id])
        for place, value in zip(places, row, strict=True):
            values[place] = value
        made.append((*values, number))
    update_rows(connection, table, ["seen"], [(-number, id) for id in ids])
    insert_rows(connection, table, [*kept, "seen"], made)
