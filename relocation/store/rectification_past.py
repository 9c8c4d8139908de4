"""What the store knows of one subject's past, besides its changes: since when and until when its findings were there."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from relocation.store.files import as_utc
from relocation.store.tables import check_run, entry


class Found(NamedTuple):
    """A finding: since the run at a moment, and (None: still) until the run at another."""

    check: str
    since: datetime
    until: datetime | None


def found(connection: Connection, kind: str, county: str, subject: str) -> list[Found]:
    """Return the findings there are and were about one subject."""
    begun, ended = check_run.alias("begun"), check_run.alias("ended")
    query = (
        select(entry.c.check, begun.c.run_at.label("since"), ended.c.run_at.label("until"))
        .join(begun, begun.c.id == entry.c.first_run)
        .join(ended, ended.c.id == entry.c.gone_run, isouter=True)
        .where(entry.c.subject_kind == kind, entry.c.county == county, entry.c.subject == subject)
        .order_by(begun.c.id, entry.c.check)
    )
    return [Found(row.check, as_utc(row.since), as_utc(row.until) if row.until else None) for row in connection.execute(query)]
