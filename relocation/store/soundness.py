"""What a database says of its own soundness, and whether what protects the log is still there."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, select, text

from relocation.evidence.chain import Problem
from relocation.store.schema import metadata

GUARDS = {"sqlite": {"event_no_delete", "event_no_update"}, "postgresql": {"event_no_change"}}
"""The triggers that refuse to change or delete an entry of the log."""
MOST = 20


def problems(connection: Connection) -> Iterator[Problem]:
    """Give what the database finds damaged in itself, and missing triggers of the log."""
    for said in damage(connection):
        yield Problem("database-damaged", facts={"said": said})
    lost = GUARDS[connection.dialect.name] - _triggers(connection)
    if lost:
        yield Problem("unprotected", where=", ".join(sorted(lost)))


def damage(connection: Connection, *, quick: bool = False) -> list[str]:
    """Return what SQLite's own check finds (`quick`: without comparing indices); a server checks its pages' sums as it reads, so every row is read."""
    if connection.dialect.name == "sqlite":
        found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {'quick' if quick else 'integrity'}_check({MOST})")]
        return [] if found == ["ok"] else found
    return []


SERVER_SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""What a PostgreSQL server has to be set to, so that what was said to be saved survives a power cut."""


def version(connection: Connection) -> str:
    """Return the database's own version."""
    return str(connection.execute(text("SELECT sqlite_version()" if connection.dialect.name == "sqlite" else "SHOW server_version")).scalar())


def server_settings(connection: Connection) -> dict[str, str]:
    """Return what a server says of the settings that it has to have."""
    return {name: str(connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar()) for name in SERVER_SETTINGS}


def size_bytes(connection: Connection) -> int:
    """Return how large the database is."""
    if connection.dialect.name == "sqlite":
        pages, size = (int(connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0) for name in ("page_count", "page_size"))
        return pages * size
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def counts(connection: Connection, tables: Iterable[str]) -> dict[str, int]:
    """Return table → how many rows."""
    return {name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one() for name in tables}


def _triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        wanted = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'")
    else:
        wanted = text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal AND tgenabled <> 'D'")
    return set(connection.execute(wanted).scalars())
