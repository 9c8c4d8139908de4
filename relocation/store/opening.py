"""Opening a database: settings that keep what was said to be saved, the schema brought up to date, sentences for what fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from relocation.store.trouble import Trouble

__all__ = ["HEAD", "PRAGMAS", "Connection", "Store", "engine_for", "open_store", "translated"]

HEAD = "0004"
"""The schema this program works with; a test holds it to the newest migration."""

PRAGMAS = {
    "journal_mode": "wal",  # readers go on while an import writes
    "synchronous": "2",  # FULL: what the page says is saved survives a power cut
    "foreign_keys": "1",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "busy_timeout": "5000",
    "secure_delete": "1",
}


class Store:
    """An open database. `reading` and `writing` give connections; writers on SQLite take the lock at once and queue fairly."""

    def __init__(self, home: Path, engine: Engine) -> None:
        """Hold an engine whose schema is up to date, and the home folder beside it."""
        self.home = home
        self.engine = engine
        self.kept: dict[str, Any] = {}  # what readers computed from a revision: layers with their trees

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is committed whole at the end, or not at all."""
        with (
            translated(),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.__dict__.pop("_held", None)
        self.engine.dispose()

    @cached_property
    def settings(self) -> dict[str, str]:
        """The database's own answers about its safety settings (empty for a server)."""
        if self.dialect != "sqlite":
            return {}
        with self.reading() as connection:
            return {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in PRAGMAS}


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database says about itself into Trouble; errors of our own pass through."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise _trouble(error) from error


def _trouble(error: SQLAlchemyError) -> Exception:
    said = str(getattr(error, "orig", error)).lower()
    for code, signs in (
        ("database-locked", ("locked", "busy", "lock timeout")),
        (
            "database-damaged",
            ("malformed", "not a database", "file is encrypted", "disk image"),
        ),
        ("disk-full", ("disk is full", "no space left")),
        ("database-readonly", ("readonly", "read-only")),
        (
            "database-unreachable",
            (
                "unable to open",
                "connection refused",
                "connection failed",
                "could not connect",
                "no such file",
                "does not exist",
                "authentication failed",
            ),
        ),
    ):
        if any(sign in said for sign in signs):
            return Trouble(code)
    return error


def open_store(home: Path, database: str | None = None) -> Store:
    """Open the database under `home` (or at the URL `database`), make or update its schema, and return it.

    Trouble when the home cannot be written, the database cannot be opened, is damaged, or was made by a newer version.
    """
    _writable(home)
    engine = engine_for(database or f"sqlite:///{home / 'relocation.db'}")
    with translated():
        _up_to_date(engine)
    return Store(home, engine)


def _writable(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # another start at the same moment may have removed it
    except OSError as error:
        raise Trouble("home-unwritable", home=home, why=error.strerror or type(error).__name__) from error


def engine_for(url: str) -> Engine:
    """Return an engine for a SQLite or PostgreSQL address. Trouble for any other kind of address."""
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise Trouble("database-kind", url=parsed.render_as_string(hide_password=True))
        engine = create_engine(parsed)
    except (SQLAlchemyError, ImportError) as error:
        raise Trouble("database-kind", url=url.split("@")[-1]) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would open transactions late and on its own terms
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        revision = _revision(connection)
    if revision == HEAD:
        return
    from relocation.store.migrating import (
        known,
        upgrade,
    )  # late: a start with an up-to-date schema needs no alembic

    if revision is not None and revision not in known():
        raise Trouble("database-newer", revision=revision, head=HEAD)
    upgrade(engine)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
