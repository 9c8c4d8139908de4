"""The counties' own law, version by version: nothing is overwritten, the latest of a place is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from relocation.store.files import as_utc
from relocation.store.tables import law_version


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One published text of a place's own values; `previous` is the version it took over from, None for the first."""

    id: int
    place: str
    yaml: str
    reason: str
    published_at: datetime
    sha256: str
    previous: int | None


def add_version(connection: Connection, place: str, yaml: str, reason: str, at: datetime, sha256: str, previous: int | None, revision: int) -> int:
    """Publish a text and return the version's number."""
    values = {"place": place, "yaml": yaml, "reason": reason, "published_at": at, "sha256": sha256, "previous": previous, "revision": revision}
    return int(connection.execute(insert(law_version).values(**values).returning(law_version.c.id)).scalar_one())


def current(connection: Connection) -> list[LawVersion]:
    """Return the version in force of every place that has one, by place."""
    latest = select(func.max(law_version.c.id)).group_by(law_version.c.place)
    wanted = select(law_version).where(law_version.c.id.in_(latest)).order_by(law_version.c.place)
    return [_version(dict(row)) for row in connection.execute(wanted).mappings()]


def history(connection: Connection, place: str | None = None) -> list[LawVersion]:
    """Return every version, of one place or of all, the latest first."""
    wanted = select(law_version).order_by(law_version.c.id.desc())
    return [_version(dict(row)) for row in connection.execute(wanted if place is None else wanted.where(law_version.c.place == place)).mappings()]


def latest_id(connection: Connection) -> int:
    """Return the number of the latest version, 0 before the first: readers know by it whether anything was published."""
    return int(connection.execute(select(func.max(law_version.c.id))).scalar() or 0)


def published_after(connection: Connection, revision: int) -> bool:
    """Tell whether any version was published after a revision of the records."""
    return connection.execute(select(law_version.c.id).where(law_version.c.revision > revision).limit(1)).first() is not None


def _version(row: Mapping[str, Any]) -> LawVersion:
    at = as_utc(row["published_at"])
    return LawVersion(row["id"], row["place"], row["yaml"], row["reason"], at, row["sha256"], row["previous"])
