"""A database as plain lines, alike whichever kind it is, and back: every table in the order of its key, one row a line of JSON.

The lines come from one state of the database, while others go on writing. What is sealed stays sealed; no key is needed.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, func, inspect, select, text
from sqlalchemy.types import Date, DateTime, LargeBinary

from relocation.accounts.actor import terminal
from relocation.accounts.scope import EVERYWHERE
from relocation.store import migrating
from relocation.store.connecting import engine_for
from relocation.store.files import as_utc
from relocation.store.gate import importing_alone
from relocation.store.keys import KEY_BYTES, Keys
from relocation.store.opening import HEAD, Store, translated
from relocation.store.readers import Readers
from relocation.store.sealing import OPTION
from relocation.store.trouble import Trouble

BATCH = 5_000
NOT_COPIED = frozenset({"alembic_version"})


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """Give a connection that goes on seeing the database as it was at its first question, whoever writes meanwhile.

    It is asked between two imports: an import that is being brought has rows in the tables that nobody is to see.
    """
    options = {} if store.dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with translated(), store.engine.connect().execution_options(**options) as connection, connection.begin():
        with nullcontext() if store.reads_only else importing_alone(store):
            revision(connection)
        yield connection


def tables(connection: Connection) -> list[Table]:
    """Return the database's tables, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in NOT_COPIED]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Give a table's rows as lines, in the order of its key."""
    names = [column.name for column in table.columns]
    wanted = select(table).order_by(*(_ordered(connection, column) for column in table.primary_key.columns or table.columns))
    for row in connection.execute(wanted, execution_options={"yield_per": BATCH}):
        said = json.dumps({name: _written(value) for name, value in zip(names, row, strict=True)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield f"{said}\n".encode()


def _ordered(connection: Connection, column: Column[Any]) -> Any:
    """Return by what rows are put in order: text byte by byte, as SQLite does, whatever the server's language."""
    plain = connection.dialect.name == "sqlite" or not isinstance(column.type, String)
    return column if plain else column.collate("C")


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return as_utc(value).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value + 0.0 if isinstance(value, float) else value


def _read(column: Column[Any], value: Any, *, zoned: bool) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if zoned else moment.replace(tzinfo=None)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def digests(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """Return table → number of rows and hash over its lines."""
    return {table.name: digest(lines(connection, table)) for table in tables(connection)}


def digest(of: Iterable[bytes]) -> Mapping[str, Any]:
    """Return the number of lines and the hash over them."""
    hashed, number = hashlib.sha256(), 0
    for line in of:
        hashed.update(line)
        number += 1
    return {"rows": number, "sha256": hashed.hexdigest()}


def revision(connection: Connection) -> str:
    """Return the schema's revision."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def make_schema(engine: Engine, at: str) -> None:
    """Make the schema of a revision in an empty database. Trouble for one that is not empty, or a revision this program does not have."""
    with engine.connect() as connection:
        if inspect(connection).get_table_names():
            raise Trouble("database-not-empty")
    if at not in migrating.known():
        raise Trouble("database-newer", revision=at, head=HEAD)
    migrating.upgrade(engine, at)


def fill(connection: Connection, table: Table, rows: Iterable[bytes]) -> None:
    """Put lines back into an empty table."""
    columns = {column.name: column for column in table.columns}
    zoned = connection.dialect.name != "sqlite"
    read = (json.loads(line) for line in rows)
    made = ({name: _read(columns[name], value, zoned=zoned) for name, value in row.items()} for row in read)
    while part := list(islice(made, BATCH)):
        connection.execute(table.insert(), part)
    if zoned:
        _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Let a server's own numbering go on behind the rows that were put back."""
    for column in table.primary_key.columns:
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}).scalar()
        last = connection.execute(select(func.max(column))).scalar()
        if sequence and last is not None:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def content(of: Mapping[str, Mapping[str, Any]], files: Mapping[str, str], at: str) -> str:
    """Return the one hash over everything: the schema's revision, every table's rows, every file's bytes by its address."""
    said = json.dumps({"schema": at, "tables": of, "files": files}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def wanted_of(names: Sequence[str], connection: Connection) -> list[Table]:
    """Return the tables of those names in the order in which they can be filled. Trouble when the schema has others."""
    found = tables(connection)
    if {table.name for table in found} != set(names):
        raise Trouble("backup-damaged", what=", ".join(sorted({table.name for table in found} ^ set(names))))
    return found


def blank(home: Path, database: str | None, at: str) -> Store:
    """Return a store on a new database with the empty schema of a revision. Its keys are not asked for: sealed values pass through as they are."""
    engine = engine_for(database or f"sqlite:///{home / 'relocation.db'}")
    engine.update_execution_options(**{OPTION: Keys([secrets.token_bytes(KEY_BYTES)])})  # migrations ask for a ring; with no rows none is used
    with translated():
        make_schema(engine, at)
    return Store(home, Readers(engine), terminal(), EVERYWHERE)


def clear(store: Store) -> None:
    """Take a schema that could not be filled out of a database again."""
    migrating.downgrade(store.engine, "base")
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
