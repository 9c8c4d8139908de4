"""Keys changed: a new one for new values, then the old values sealed anew, some hundreds at a time, until none is left under an old key.

Each step stands by itself and the next one finds out where the last one stopped, so that a kill at any moment leaves every value
readable and the work to be gone on with: the key is in its file before the database names it, the database names both until no
value is under the old one, and the old one stays in the file, for the backups that were made under it.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, select

from checks.records import Column, RecordKind
from checks.vocabulary import KINDS
from relocation.store.bulk import update_rows
from relocation.store.keys import ID_BYTES, Key
from relocation.store.opening import Store
from relocation.store.sealing import keys_of, known_ids, newest_key, open_change, place_of, seal_change
from relocation.store.tables import KEPT, change, mark_of, sealing_key

AT_ONCE = 500
"""So many values are sealed anew in one transaction: others who save wait no longer than that takes."""

Told = Callable[[str, int], None]
"""Hears (table, how many values of it are done) after every transaction."""


class InUse(NamedTuple):
    """A key that the database may hold values of, and how many it holds."""

    id: bytes
    values: int


def keys_in_use(connection: Connection) -> list[InUse]:
    """Return the keys the database names, the newest first, with their numbers of values in the ledgers and in the list of changes."""
    ids = known_ids(connection)
    counted = dict.fromkeys(ids, 0)
    for table, column in _sealed():
        under = func.substr(table.c[column.name], 1, ID_BYTES)
        for id, number in connection.execute(select(under, func.count()).where(table.c[column.name].is_not(None)).group_by(under)):
            counted[bytes(id)] = counted.get(bytes(id), 0) + number
    for kind in _people():
        wanted = select(change.c.old, change.c.new).where(change.c.kind == kind.id, change.c.field.in_([column.name for column in kind.secrets]))
        for kept in (value for row in connection.execute(wanted) for value in row if value is not None):
            id = base64.b64decode(kept)[:ID_BYTES]
            counted[id] = counted.get(id, 0) + 1
    return [InUse(id, number) for id, number in counted.items()]


def seal_anew(store: Store, told: Told | None = None) -> int:
    """Seal every value under an older key with the newest, and let go of the older ones; returns how many values that were."""
    done = 0
    for table, column in _sealed():
        done += _in_parts(store, str(table.name), partial(_records_anew, table, column), told)
    for kind in _people():
        done += _in_parts(store, "change", partial(_changes_anew, kind), told)
    with store.whole.reading() as connection:  # before the lock is taken: what is written from now on is written with the newest
        _newest, *older = keys_in_use(connection)
    if not any(one.values for one in older):
        with store.writing() as connection:
            connection.execute(delete(sealing_key).where(sealing_key.c.id.in_([one.id.hex() for one in older])))
    return done


def _in_parts(store: Store, name: str, part: Callable[[Connection, int], tuple[int, int]], told: Told | None) -> int:
    done = after = 0
    while True:
        with store.writing() as connection:
            number, after = part(connection, after)
        if not number:
            return done
        done += number
        if told:
            told(name, done)
        store.let_in()


def _people() -> list[RecordKind]:
    return [kind for kind in KINDS.values() if kind.id in KEPT and kind.secrets]


def _sealed() -> Iterator[tuple[Any, Column]]:
    return ((KEPT[kind.id], column) for kind in _people() for column in kind.secrets)


def _held(connection: Connection, wanted: Select[Any]) -> Sequence[Any]:
    return connection.execute(wanted.limit(AT_ONCE) if connection.dialect.name == "sqlite" else wanted.limit(AT_ONCE).with_for_update()).all()


def _records_anew(table: Any, column: Column, connection: Connection, after: int) -> tuple[int, int]:
    """Seal the next values of a column anew; returns how many, and the id after which to go on."""
    key, keys, kept = newest_key(connection), keys_of(connection), table.c[column.name]
    wanted = select(table.c.id, table.c.county, table.c.code, kept).where(kept.is_not(None), func.substr(kept, 1, ID_BYTES) != key.id, table.c.id > after)
    rows = _held(connection, wanted.order_by(table.c.id))
    assert column.secret is not None
    made = []
    for (id, county, code, value), nonce in zip(rows, keys.nonces(len(rows)), strict=True):
        place = place_of(table.name, column.name, county, code)
        text = keys.open(bytes(value), place)
        made.append((key.seal(text, place, nonce), key.mark(column.secret, text), id))
    update_rows(connection, table, [column.name, mark_of(column.name)], made)
    return len(rows), rows[-1][0] if rows else after


def _changes_anew(kind: RecordKind, connection: Connection, after: int) -> tuple[int, int]:
    """Seal the next old and new values of a kind's secrets anew."""
    key = newest_key(connection)
    fields = [column.name for column in kind.secrets]
    wanted = select(change.c.id, change.c.county, change.c.subject, change.c.field, change.c.old, change.c.new)
    rows = _held(connection, wanted.where(change.c.kind == kind.id, change.c.field.in_(fields), change.c.id > after).order_by(change.c.id))
    made = [(*(_anew(connection, key, kept, kind.id, row) for kept in (row.old, row.new)), row.id) for row in rows]
    update_rows(connection, change, ["old", "new"], made)
    return len(rows), rows[-1].id if rows else after


def _anew(connection: Connection, key: Key, kept: str | None, kind: str, row: Any) -> str | None:
    if kept is None or base64.b64decode(kept)[:ID_BYTES] == key.id:
        return kept
    keys, at = keys_of(connection), (kind, row.county, row.subject, row.field)
    return seal_change(key, keys, open_change(keys, kept, *at), *at)
