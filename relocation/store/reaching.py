"""Reaching a database: to write where that can be, else to read; sentences for what it says when neither can."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from relocation.store.connecting import engine_for, reading_urls
from relocation.store.trouble import Trouble

_UNWRITABLE = frozenset({"home-unwritable", "disk-full", "disk-failing", "database-readonly", "database-unreachable"})
"""Troubles beside which a database may still be read."""


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
        ("disk-failing", ("disk i/o error",)),
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


def reached(home: Path, url: str) -> Engine:
    """Return an engine that reads and writes, or one that only reads where the home holds a database and cannot be written.

    Trouble where it can be neither written nor read.
    """
    try:
        _writable(home)
        engine = engine_for(url)
        if engine.dialect.name == "sqlite":
            with translated():
                _asked(engine)
    except Trouble as trouble:
        reading = _reading_only(url) if trouble.code in _UNWRITABLE else None
        if reading is None:
            raise
        return reading
    return engine


def _reading_only(url: str) -> Engine | None:
    """Return an engine that reads a database file beside which nothing can be written; None where none of the ways succeeds."""
    for way in reading_urls(url) if url.startswith("sqlite:///") else ():
        engine = engine_for(way)
        try:
            _asked(engine)
        except OperationalError:
            engine.dispose()
        else:
            return engine
    return None


def _asked(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()


def _writable(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # another start at the same moment may have removed it
    except OSError as error:
        raise Trouble("home-unwritable", home=home, why=error.strerror or type(error).__name__) from error
