"""Counties' own tables of holidays and make-up workdays: every one is kept, the newest of a county counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from relocation.store.files import as_utc, in_utc
from relocation.store.list_tables import workday_table


@dataclass(frozen=True, slots=True)
class WorkdayTable:
    """One table as it was given, with its reason, by whom and when."""

    text: str
    reason: str
    who: str
    at: datetime


def history(connection: Connection, county: str) -> list[WorkdayTable]:
    """Return a county's tables, the newest first."""
    wanted = select(workday_table).where(workday_table.c.county == county).order_by(workday_table.c.id.desc())
    return [_made(row) for row in connection.execute(wanted).mappings()]


def newest(connection: Connection, county: str) -> WorkdayTable | None:
    """Return the table that counts, None for a county without one."""
    wanted = select(workday_table).where(workday_table.c.county == county).order_by(workday_table.c.id.desc()).limit(1)
    row = connection.execute(wanted).mappings().first()
    return _made(row) if row else None


def add(connection: Connection, county: str, text: str, reason: str, who: str, at: datetime) -> int:
    """Keep a county's table and return its number."""
    made = insert(workday_table).values(county=county, text=text, reason=reason, who=who, at=in_utc(at))
    return int(connection.execute(made.returning(workday_table.c.id)).scalar_one())


def _made(row: RowMapping) -> WorkdayTable:
    return WorkdayTable(row["text"], row["reason"], row["who"], as_utc(row["at"]))
