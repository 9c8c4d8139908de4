"""Personal values on their way into the database and out of it: sealed for their record, found by their mark.

Beside a column with a `secret` stands its mark (`id_number`, `id_number_mark`): equal values have equal marks under one key, so
that a number is searched and ledgers are laid side by side without opening anything. While keys are being changed there are
values under two; whoever looks one up asks for its marks under both.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, func, insert, or_, select

from checks.records import Array, Column, RecordKind, Sealed, Secret
from checks.vocabulary import KINDS
from relocation.store.key_files import KeySource
from relocation.store.keys import ID_BYTES, Key, Keys
from relocation.store.tables import LEDGERS, mark_of, sealing_key
from relocation.store.trouble import Trouble

OPTION, SOURCE = "relocation_keys", "relocation_key_source"
"""The execution options of an engine under which its keys, and where they come from, travel with every connection."""


def keys_of(connection: Connection) -> Keys:
    """Return the keys of the database a connection belongs to."""
    keys: Keys = connection.get_execution_options()[OPTION]
    return keys


def ring_of(engine: Engine) -> Keys:
    """Return the keys of a database."""
    keys: Keys = engine.get_execution_options()[OPTION]
    return keys


def key_source(engine: Engine) -> KeySource:
    """Return where a database's keys come from."""
    source: KeySource = engine.get_execution_options()[SOURCE]
    return source


def place_of(table: str, column: str, county: str, code: str) -> str:
    """Return the place a value of a record is sealed for."""
    return f"{table}.{column}:{county}/{code}"


def known_ids(connection: Connection) -> list[bytes]:
    """Return the ids of the keys whose values the database may hold, the newest first."""
    return [bytes.fromhex(id) for id in connection.execute(select(sealing_key.c.id).order_by(sealing_key.c.number.desc())).scalars()]


def newest_key(connection: Connection) -> Key:
    """Return the key that new values are sealed with, for the length of a transaction that writes."""
    wanted = select(sealing_key.c.id).order_by(sealing_key.c.number.desc()).limit(1)
    if connection.dialect.name != "sqlite":
        wanted = wanted.with_for_update(read=True)  # keys are changed when nobody is about to write with an old one
    id = connection.execute(wanted).scalar()
    return keys_of(connection).key(bytes.fromhex(id)) if id else register(connection, keys_of(connection).newest)


def marking_key(connection: Connection) -> Key:
    """Return the key under which most values are marked, for a transaction that only compares."""
    ids, keys = known_ids(connection), keys_of(connection)
    return keys.key(ids[0]) if ids else keys.newest


def register(connection: Connection, key: Key) -> Key:
    """Note that values are sealed with a key from now on, with what proves it."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("LOCK TABLE sealing_key IN EXCLUSIVE MODE")
    if key.id not in known_ids(connection):
        number = connection.execute(select(func.coalesce(func.max(sealing_key.c.number), 0))).scalar_one() + 1
        connection.execute(insert(sealing_key).values(number=number, id=key.id.hex(), proof=key.proof()))
    return key


def check_keys(connection: Connection, keys: Keys) -> None:
    """Trouble (key-missing, key-wrong) unless the ring has every key the database was sealed with, and each proves to be the one."""
    for id, proof in connection.execute(select(sealing_key.c.id, sealing_key.c.proof).order_by(sealing_key.c.number)):
        if not keys.key(bytes.fromhex(id)).proves(bytes(proof)):
            raise Trouble("key-wrong", id=id)


def marks(connection: Connection, secret: Secret, texts: Iterable[str]) -> list[bytes]:
    """Return the marks by which values are found, under every key the database may hold."""
    ring = [keys_of(connection).key(id) for id in known_ids(connection)]
    return [key.mark(secret, text) for text in texts for key in ring]


def sealed_column(keys: Keys, table: str, column: Column, kept: Sequence[bytes | None], counties: Sequence[str], codes: Sequence[str]) -> Sealed:
    """Return stored values as a column that opens when it is read."""
    return Sealed(partial(_opened, keys, table, column.name), tuple(_array(values) for values in (kept, counties, codes)))


def _opened(keys: Keys, table: str, column: str, kept: Array, counties: Array, codes: Array) -> Array:
    rows = zip(kept.tolist(), counties.tolist(), codes.tolist(), strict=True)
    return _array([None if one is None else keys.open(bytes(one), place_of(table, column, county, code)) for one, county, code in rows])


def _array(values: Sequence[Any]) -> Array:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def broken_seals(connection: Connection) -> Counter[tuple[str, str, str]]:
    """Return (county, kind, column) → how many sealed values do not open for their record, or are not what their mark says. Trouble without their key."""
    keys, found = keys_of(connection), Counter[tuple[str, str, str]]()
    for kind, table in LEDGERS.items():
        for column in KINDS[kind].secrets:
            assert column.secret is not None
            sealed, mark = table.c[column.name], table.c[mark_of(column.name)]
            wanted = select(table.c.county, table.c.code, sealed, mark).where(or_(sealed.is_not(None), mark.is_not(None)))
            for county, code, kept, marked in connection.execute(wanted):
                if not _sound(keys, column.secret, kept, marked, place_of(kind, column.name, county, code)):
                    found[county, kind, column.name] += 1
    return found


def _sound(keys: Keys, secret: Secret, kept: bytes | None, mark: bytes | None, place: str) -> bool:
    if kept is None or mark is None:
        return False
    try:
        return keys.key(bytes(kept[:ID_BYTES])).mark(secret, keys.open(bytes(kept), place)) == bytes(mark)
    except Trouble as trouble:
        if trouble.code != "seal-broken":
            raise
        return False


def opened_row(connection: Connection, kind: RecordKind, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's row with its secrets open."""
    found = dict(row)
    for column in kind.secrets:
        if (kept := found.get(column.name)) is not None:
            found[column.name] = keys_of(connection).open(bytes(kept), place_of(kind.id, column.name, row["county"], row["code"]))
    return found


def sealed_rows(
    key: Key, keys: Keys, kind: RecordKind, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]], pairs: Sequence[tuple[str, str]]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names and rows to store for a kind's columns: secrets sealed for their (county, code), their marks behind."""
    secret = [at for at, column in enumerate(columns) if column.secret]
    names = [column.name for column in columns]
    if not secret:
        return names, list(rows)
    nonces = iter(keys.nonces(len(rows) * len(secret)))
    parts = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    for at in secret:
        column, texts = columns[at], parts[at]
        assert column.secret is not None
        parts[at] = [
            None if text is None else key.seal(text, place_of(kind.id, column.name, *pair), nonce)
            for text, pair, nonce in zip(texts, pairs, nonces, strict=False)
        ]
        parts.append([None if text is None else key.mark(column.secret, text) for text in texts])
        names.append(mark_of(column.name))
    return names, list(zip(*parts, strict=True))


def same_mark(keys: Keys, secret: Secret, text: str | None, mine: bytes | None, kept: bytes | None, mark: bytes | None) -> bool:
    """Tell whether a stored value is this text: `mine` is its mark under the newest key, `mark` that of the stored one under the key that sealed it."""
    if text is None or kept is None or mark is None:
        return text is None and kept is None
    return mine == bytes(mark) or keys.key(bytes(kept[:ID_BYTES])).mark(secret, text) == bytes(mark)


def seal_change(key: Key, keys: Keys, text: str | None, kind: str, county: str, subject: str, field: str) -> str | None:
    """Return an old or new value of a secret as the list of changes keeps it."""
    if text is None:
        return None
    return base64.b64encode(key.seal(text, place_of("change", f"{kind}.{field}", county, subject), keys.nonces(1)[0])).decode()


def open_change(keys: Keys, kept: str | None, kind: str, county: str, subject: str, field: str) -> str | None:
    """Return an old or new value of a secret that the list of changes keeps."""
    return None if kept is None else keys.open(base64.b64decode(kept), place_of("change", f"{kind}.{field}", county, subject))
