"""What is shown as proof of what: rows added, never changed or deleted; and which pictures are the same."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, insert, or_, select, true

from relocation.evidence.fingerprint import SIDE, WINDOWS, Grey, Hashes
from relocation.store.evidence_tables import evidence, evidence_alike, evidence_file, evidence_withdrawn
from relocation.store.files import as_utc, in_utc


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One file shown as proof of one thing, with what the file is and says of itself."""

    id: int
    sha256: str
    county: str
    township: str
    subject_kind: str
    subject: str
    about_kind: str
    about: str
    kind: str
    name: str
    since: date | None
    until: date | None
    note: str
    added_by: str
    added_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdrawn_why: str | None
    media_type: str
    suffix: str
    size_bytes: int
    facts: Mapping[str, Any]

    @property
    def record(self) -> tuple[str, str, str]:
        """The record it is about in the end: its kind, county, code."""
        return self.about_kind, self.county, self.about


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What evidence is wanted; conditions hold together, an empty one always holds. Withdrawn rows only with `withdrawn`."""

    county: str | None = None
    township: str | None = None
    subject_kind: str | None = None
    subject: str | None = None
    about_kind: str | None = None
    about: str | None = None
    kind: str | None = None
    sha256s: Collection[str] | None = None
    withdrawn: bool = False

    def condition(self) -> ColumnElement[bool]:
        """Return them as one condition."""
        conditions: list[ColumnElement[bool]] = [true()]
        for name in ("county", "township", "subject_kind", "subject", "about_kind", "about", "kind"):
            if wanted := getattr(self, name):
                conditions.append(evidence.c[name] == wanted)
        if self.sha256s is not None:
            conditions.append(evidence.c.sha256.in_(list(self.sha256s)) if self.sha256s else false())
        if not self.withdrawn:
            conditions.append(evidence.c.id.not_in(select(evidence_withdrawn.c.id)))
        return and_(*conditions)


def add_file(connection: Connection, values: Mapping[str, Any], facts: Mapping[str, Any], fingerprint: tuple[bytes, bytes] | None, at: datetime) -> bool:
    """Note a file whose bytes are on the disk; returns False for one that is noted already. `values`: sha256, media_type, suffix, size_bytes."""
    if connection.execute(select(evidence_file.c.sha256).where(evidence_file.c.sha256 == values["sha256"])).first():
        return False
    sketch, hashes = fingerprint or (None, None)
    said = json.dumps(facts, ensure_ascii=False, sort_keys=True, allow_nan=False)
    connection.execute(insert(evidence_file).values(**values, facts=said, sketch=sketch, hashes=hashes, taken_in_at=in_utc(at)))
    return True


def add(connection: Connection, values: Mapping[str, Any], at: datetime) -> int:
    """Show a noted file as proof; returns the row's number."""
    return int(connection.execute(insert(evidence).values(**values, added_at=in_utc(at)).returning(evidence.c.id)).scalar_one())


def withdraw(connection: Connection, row: EvidenceRow, by: str, why: str, at: datetime) -> bool:
    """Withdraw a row; False where it is withdrawn already."""
    if connection.execute(select(evidence_withdrawn.c.id).where(evidence_withdrawn.c.id == row.id)).first():
        return False
    values = {"id": row.id, "county": row.county, "township": row.township, "by": by, "at": in_utc(at), "why": why}
    connection.execute(insert(evidence_withdrawn).values(**values))
    return True


_FILE = ("media_type", "suffix", "size_bytes", "facts")


def _rows() -> Select[Any]:
    gone = [evidence_withdrawn.c[name].label(f"withdrawn_{name}") for name in ("by", "at", "why")]
    joined = evidence.join(evidence_file, evidence_file.c.sha256 == evidence.c.sha256).outerjoin(evidence_withdrawn, evidence_withdrawn.c.id == evidence.c.id)
    return select(evidence, *(evidence_file.c[name] for name in _FILE), *gone).select_from(joined)


def listed(connection: Connection, wanted: EvidenceFilter, after: int = 0, limit: int | None = None) -> list[EvidenceRow]:
    """Return the rows that fit, the newest first; `after`: the number of the last one seen, 0 for the first page."""
    query = _rows().where(wanted.condition()).order_by(evidence.c.id.desc())
    if after:
        query = query.where(evidence.c.id < after)
    if limit is not None:
        query = query.limit(limit)
    return [_row(row) for row in connection.execute(query).mappings()]


def count(connection: Connection, wanted: EvidenceFilter) -> int:
    """Return how many rows fit."""
    return int(connection.execute(select(func.count()).select_from(evidence).where(wanted.condition())).scalar_one())


def one(connection: Connection, id: int) -> EvidenceRow | None:
    """Return one row, withdrawn or not."""
    found = connection.execute(_rows().where(evidence.c.id == id)).mappings().first()
    return _row(found) if found else None


def _row(row: Mapping[Any, Any]) -> EvidenceRow:
    values = dict(row)
    withdrawn_at = values.pop("withdrawn_at")
    moments = {"added_at": as_utc(values.pop("added_at")), "withdrawn_at": as_utc(withdrawn_at) if withdrawn_at else None}
    return EvidenceRow(**values | moments | {"facts": json.loads(values["facts"])})


def pictures(connection: Connection) -> tuple[list[str], Hashes]:
    """Return the hashes of the files of all noted pictures, and their perceptual hashes (picture, window), in the order they came in."""
    order = (evidence_file.c.taken_in_at, evidence_file.c.sha256)
    rows = connection.execute(select(evidence_file.c.sha256, evidence_file.c.hashes).where(evidence_file.c.hashes.is_not(None)).order_by(*order)).all()
    every = b"".join(bytes(row.hashes) for row in rows)
    return [row.sha256 for row in rows], np.frombuffer(every, "<u8").astype(np.uint64).reshape(-1, WINDOWS)


def count_pictures(connection: Connection) -> int:
    """Return how many pictures are noted; they only become more."""
    return int(connection.execute(select(func.count()).where(evidence_file.c.hashes.is_not(None))).scalar_one())


def sketch(connection: Connection, sha256: str) -> Grey:
    """Return the sketch of a noted picture."""
    found = connection.execute(select(evidence_file.c.sketch).where(evidence_file.c.sha256 == sha256)).scalar_one()
    return np.frombuffer(bytes(found), np.uint8).reshape(SIDE, SIDE)


def note_alike(connection: Connection, sha256: str, others: Sequence[tuple[str, float]]) -> None:
    """Note which earlier pictures a new one is the same as, with the share of what they show alike."""
    if others:
        connection.execute(insert(evidence_alike), [{"sha256": sha256, "other": other, "agreeing": agreeing} for other, agreeing in others])


def alike(connection: Connection, sha256s: Collection[str]) -> dict[str, dict[str, float]]:
    """Return for each of these files the other files that show the same picture, with how far; the file itself is not among them."""
    table, wanted = evidence_alike, list(sha256s)
    found: dict[str, dict[str, float]] = {sha256: {} for sha256 in wanted}
    for row in connection.execute(select(table).where(or_(table.c.sha256.in_(wanted), table.c.other.in_(wanted)))):
        for this, that in ((row.sha256, row.other), (row.other, row.sha256)):
            if this in found:
                found[this][that] = row.agreeing
    return found
