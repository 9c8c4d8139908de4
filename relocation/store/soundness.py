"""What a database says of its own soundness, and whether what protects the log is still there."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from relocation.evidence.chain import Problem

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


def _triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        wanted = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'")
    else:
        wanted = text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal AND tgenabled <> 'D'")
    return set(connection.execute(wanted).scalars())
