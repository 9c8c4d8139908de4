"""Engines for both kinds of database, with the settings that keep what was said to be saved."""

import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from relocation.store import turns
from relocation.store.trouble import Trouble

PRAGMAS = {
    "journal_mode": "wal",  # readers go on while an import writes
    "synchronous": "2",  # FULL: what the page says is saved survives a power cut
    "foreign_keys": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "busy_timeout": "5000",
    "wal_autocheckpoint": "4000",  # pages: a large import moves its own pages into the database, and whoever saves beside it seldom has to
    "secure_delete": "1",
}


def engine_for(url: str) -> Engine:
    """Return an engine for a SQLite or PostgreSQL address. Trouble for any other kind of address."""
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise Trouble("database-kind", url=parsed.render_as_string(hide_password=True))
        engine = create_engine(parsed, hide_parameters=True)  # what an error says may be logged, and values are people's
    except (SQLAlchemyError, ImportError) as error:
        raise Trouble("database-kind", url=url.split("@")[-1]) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure if "mode" not in parsed.query else _configure_reading)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _begin_on_server)
    return engine


def reading_urls(url: str) -> list[str]:
    """Return the addresses under which a SQLite file can be read where nothing may be written beside it, the safer first.

    The second reads the file by itself; it is left out where a log beside it holds what the file does not yet have.
    """
    path = make_url(url).database or ""
    beside = Path(f"{path}-wal")
    whole = not (beside.is_file() and beside.stat().st_size)
    ways = ("mode=ro", "mode=ro&immutable=1") if whole else ("mode=ro",)
    return [f"sqlite:///file:{quote(path)}?{way}&uri=true" for way in ways]


def reads_only(engine: Engine) -> bool:
    """Tell whether an engine was opened to read only."""
    return engine.dialect.name == "sqlite" and "mode" in engine.url.query


_WRITTEN_TO = ("journal_mode", "synchronous", "secure_delete")
"""Settings that a database which is only read has no use for."""


def _configure(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would open transactions late and on its own terms
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").close()


def _configure_reading(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        if name not in _WRITTEN_TO:
            connection.execute(f"PRAGMA {name}={value}").close()


POLL_SECONDS = 0.002
ONE_WRITES = "SELECT pg_advisory_xact_lock(1919249519)"
"""Waits on a server until nobody else writes, for as long as the transaction lasts; whoever holds it may ask again."""


def _begin_on_server(connection: Connection) -> None:
    """Let one writer in at a time, as SQLite does: who looks whether something is there and then writes it must find it if another just did."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(ONE_WRITES)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take the writer's lock, asking every few milliseconds for as long as the database's own patience, and known as waiting meanwhile.

    The database itself would sleep up to a tenth of a second between two attempts, and miss the moments in which a large import lets others write.
    """
    raw: Any = connection.connection.dbapi_connection
    patience = int(raw.execute("PRAGMA busy_timeout").fetchone()[0])
    raw.execute("PRAGMA busy_timeout=0").close()
    try:
        if _begun(connection, raw):
            return
        ends = time.monotonic() + patience / 1000
        with turns.waiting(connection.engine.url.database):
            while time.monotonic() <= ends:
                time.sleep(POLL_SECONDS)
                if _begun(connection, raw):
                    return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails likewise, and is told as every failure is
    finally:
        raw.execute(f"PRAGMA busy_timeout={patience}").close()


def _begun(connection: Connection, raw: Any) -> bool:
    """Try to take the lock; False when somebody else has it."""
    try:
        raw.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails likewise, and is told as every failure is
    return True
