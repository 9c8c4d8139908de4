"""Files of drawings as they came, and what people set right, named and decided about them; nothing of it is ever overwritten."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.opening import Store
from relocation.store.settling import settle_names
from relocation.store.tables import KEPT, drawing_correction, drawing_decision, drawing_file, drawing_naming
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Version:
    """One version of something people wrote: its number, what it says (from JSON), why, when."""

    number: int
    said: Mapping[str, Any]
    reason: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided on one difference of a pair of drawings."""

    difference: str
    kind: str
    document: str
    reason: str
    decided_at: datetime


def kept_bytes(store: Store, name: str) -> bytes | None:
    """Return a file kept under home/drawings, None where there is none. Names are hashes of ours, never a name somebody gave."""
    try:
        return (store.home / "drawings" / name).read_bytes()
    except FileNotFoundError:
        return None


def keep_bytes(store: Store, name: str, data: bytes) -> Path:
    """Keep a file under home/drawings, whole or not at all. Trouble where it cannot be written."""
    folder = store.home / "drawings"
    path = folder / name
    part = folder / f".{name}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle_names(folder, store.home)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=path, why=error.strerror or type(error).__name__) from error
    return path


def note_file(connection: Connection, sha256: str, name: str, references: Mapping[str, str], at: datetime) -> bool:
    """Record a file of a drawing with the external drawings supplied with it (name → hash); tells whether it was new: one that is recorded stays as it is."""
    fresh = connection.execute(select(drawing_file.c.sha256).where(drawing_file.c.sha256 == sha256)).first() is None
    if fresh:
        said = json.dumps(dict(sorted(references.items())), ensure_ascii=False)
        connection.execute(insert(drawing_file).values(sha256=sha256, name=name, references=said, taken_in_at=in_utc(at)))
    return fresh


def file_noted(connection: Connection, sha256: str) -> tuple[str, Mapping[str, str], datetime] | None:
    """Return name, references and moment of a file of a drawing."""
    wanted = select(drawing_file.c.name, drawing_file.c.references, drawing_file.c.taken_in_at).where(drawing_file.c.sha256 == sha256)
    found = connection.execute(wanted).first()
    return (found[0], json.loads(found[1]), as_utc(found[2])) if found else None


def add_correction(connection: Connection, county: str, subject: str, said: Mapping[str, Any], reason: str, at: datetime) -> int:
    """Keep what somebody set right on a drawing or a pair as a new version; returns its number."""
    values = {"county": county, "subject": subject, "corrections": _json(said), "reason": reason, "made_at": in_utc(at)}
    return int(connection.execute(insert(drawing_correction).values(**values).returning(drawing_correction.c.id)).scalar_one())


def corrections(connection: Connection, county: str, subject: str) -> list[Version]:
    """Return every version of what was set right on a drawing or a pair, newest first."""
    table = drawing_correction
    wanted = select(table.c.id, table.c.corrections, table.c.reason, table.c.made_at).where(table.c.county == county, table.c.subject == subject)
    return [Version(id, json.loads(said), reason, as_utc(at)) for id, said, reason, at in connection.execute(wanted.order_by(table.c.id.desc()))]


def add_naming(connection: Connection, institute: str, said: Mapping[str, Any], reason: str, at: datetime) -> int:
    """Keep an institute's words for layers, blocks and texts as a new version; returns its number."""
    values = {"institute": institute, "mapping": _json(said), "reason": reason, "made_at": in_utc(at)}
    return int(connection.execute(insert(drawing_naming).values(**values).returning(drawing_naming.c.id)).scalar_one())


def namings(connection: Connection) -> dict[str, list[Version]]:
    """Return every institute's words, newest version first."""
    table, found = drawing_naming, dict[str, list[Version]]()
    wanted = select(table.c.institute, table.c.id, table.c.mapping, table.c.reason, table.c.made_at).order_by(table.c.institute, table.c.id.desc())
    for institute, id, said, reason, at in connection.execute(wanted):
        found.setdefault(institute, []).append(Version(id, json.loads(said), reason, as_utc(at)))
    return found


def add_decisions(connection: Connection, county: str, slot: str, rows: Sequence[DecisionRow]) -> list[int]:
    """Keep what was decided on differences of a pair; what was decided before stays readable and no longer counts. Returns the rows' numbers."""
    made = []
    for row in rows:
        values = {"difference": row.difference, "kind": row.kind, "document": row.document, "reason": row.reason, "decided_at": in_utc(row.decided_at)}
        added = insert(drawing_decision).values(county=county, slot=slot, **values).returning(drawing_decision.c.id)
        made.append(int(connection.execute(added).scalar_one()))
    return made


def decisions(connection: Connection, county: str, slot: str) -> dict[str, DecisionRow]:
    """Return the newest decision on each difference of a pair."""
    table = drawing_decision
    wanted = select(table.c.difference, table.c.kind, table.c.document, table.c.reason, table.c.decided_at)
    rows = connection.execute(wanted.where(table.c.county == county, table.c.slot == slot).order_by(table.c.id))
    return {row[0]: DecisionRow(row[0], row[1], row[2], row[3], as_utc(row[4])) for row in rows}


def drop_records(connection: Connection, kind: str, county: str, codes: Sequence[str]) -> None:
    """Forget records that stood by the word of a drawing alone, which no longer says so."""
    table = KEPT[kind]
    connection.execute(delete(table).where(table.c.county == county, table.c.code.in_(list(codes))))


def said_last(connection: Connection) -> tuple[int, int]:
    """Return the numbers of the newest correction and the newest words of an institute: while they stand, drawings are understood alike."""
    correction, naming = (connection.execute(select(func.max(table.c.id))).scalar() or 0 for table in (drawing_correction, drawing_naming))
    return correction, naming


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, allow_nan=False)
