"""Files that were stored, their sheets, and the revision numbers by which readers know that something moved."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from relocation.store.tables import county, import_file, import_sheet, state


def revision(connection: Connection, name: str) -> int:
    """Return the revision of "records", "layers" or "findings"; 0 before the first change."""
    return connection.execute(select(state.c.number).where(state.c.name == name)).scalar() or 0


def advance(connection: Connection, name: str) -> int:
    """Count a revision on and return it."""
    number = revision(connection, name) + 1
    note(connection, name, number)
    return number


def note(connection: Connection, name: str, number: int) -> None:
    """Set a number by which readers know of something."""
    if not connection.execute(update(state).where(state.c.name == name).values(number=number)).rowcount:
        connection.execute(insert(state).values(name=name, number=number))


NOT_YET = -1
"""The revision of a file that is still being brought: nobody asks for what was stored since less than that."""


def add_file(connection: Connection, sha256: str, name: str, options: str, at: datetime, number: int) -> int:
    """Record a stored file and return its id."""
    values = {"sha256": sha256, "name": name, "options": options, "imported_at": at, "revision": number}
    return int(connection.execute(insert(import_file).values(**values).returning(import_file.c.id)).scalar_one())


def add_sheet(connection: Connection, file_id: int, sheet: str, kind: str, place: str, letters: Mapping[str, str], counts: Mapping[str, int]) -> int:
    """Record one sheet of a stored file and return its id."""
    values = {"file_id": file_id, "sheet": sheet, "kind": kind, "county": place, "letters": json.dumps(dict(letters)), **counts}
    return int(connection.execute(insert(import_sheet).values(**values).returning(import_sheet.c.id)).scalar_one())


def stored_before(connection: Connection, sha256: str, options: str) -> tuple[int, datetime, int] | None:
    """Return id, moment and revision of the latest storing of the same bytes read the same way."""
    wanted = select(import_file.c.id, import_file.c.imported_at, import_file.c.revision)
    wanted = (
        wanted.where(import_file.c.sha256 == sha256, import_file.c.options == options, import_file.c.revision > NOT_YET)
        .order_by(import_file.c.id.desc())
        .limit(1)
    )
    found = connection.execute(wanted).first()
    return (found[0], found[1], found[2]) if found else None


def sheets_of(connection: Connection, file_id: int) -> list[Mapping[str, Any]]:
    """Return the recorded sheets of a file."""
    return [dict(row) for row in connection.execute(select(import_sheet).where(import_sheet.c.file_id == file_id).order_by(import_sheet.c.id)).mappings()]


def last_import(connection: Connection) -> datetime | None:
    """Return when something was last stored from a file."""
    return connection.execute(select(import_file.c.imported_at).where(import_file.c.revision > NOT_YET).order_by(import_file.c.id.desc()).limit(1)).scalar()


def name_county(connection: Connection, code: str, name: str) -> None:
    """Keep a county's name; an empty name never overwrites one."""
    known = connection.execute(select(county.c.name).where(county.c.code == code)).scalar()
    if known is None:
        connection.execute(insert(county).values(code=code, name=name))
    elif name and known != name:
        connection.execute(update(county).where(county.c.code == code).values(name=name))


def county_names(connection: Connection) -> dict[str, str]:
    """Return code → name of every county known."""
    rows = connection.execute(select(county.c.code, county.c.name).order_by(county.c.code))
    return {row.code: row.name for row in rows}


def in_utc(at: datetime) -> datetime:
    """Return a moment to be stored, in UTC; one without a zone is of this machine's own clock."""
    return at.astimezone(UTC)


def as_utc(read: datetime) -> datetime:
    """Return a stored moment with its zone: SQLite gives it back without one."""
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
