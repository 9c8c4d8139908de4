"""Frozen months of the rectification ledger, written once; and the moves made after a day, by which the ledger is read as it stood then."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from relocation.ledger.months import Frozen
from relocation.store.digests import as_line
from relocation.store.files import as_utc, in_utc
from relocation.store.list_tables import ledger_month, ledger_month_row
from relocation.store.rectification import Moved, as_moved
from relocation.store.rectification_tables import ledger_move

_NAMES = tuple(field.name for field in fields(Frozen))


@dataclass(frozen=True, slots=True)
class FrozenMonth:
    """One frozen month: its day, when and by whom it was frozen, how many entries there were, the hash over them."""

    county: str
    month: str
    as_of: date
    frozen_at: datetime
    who: str
    entries: int
    sha256: str


def hash_of(rows: Sequence[Frozen]) -> str:
    """Return the hash over a month's rows."""
    return hashlib.sha256("".join(as_line(asdict(row)) for row in rows).encode("utf-8")).hexdigest()


def months(connection: Connection, county: str) -> list[FrozenMonth]:
    """Return a county's frozen months, the newest first."""
    wanted = select(ledger_month).where(ledger_month.c.county == county).order_by(ledger_month.c.month.desc())
    return [FrozenMonth(**{**row, "frozen_at": as_utc(row["frozen_at"])}) for row in connection.execute(wanted).mappings()]


def rows(connection: Connection, county: str, month: str) -> list[Frozen]:
    """Return the entries of a frozen month, by number."""
    wanted = select(*(ledger_month_row.c[name] for name in _NAMES)).where(ledger_month_row.c.county == county, ledger_month_row.c.month == month)
    return [Frozen(**row) for row in connection.execute(wanted.order_by(ledger_month_row.c.number)).mappings()]


def freeze(connection: Connection, made: FrozenMonth, entries: Sequence[Frozen]) -> None:
    """Write a month. The database refuses to alter it afterwards."""
    connection.execute(insert(ledger_month).values(**{**asdict(made), "frozen_at": in_utc(made.frozen_at)}))
    if entries:
        connection.execute(insert(ledger_month_row), [{"county": made.county, "month": made.month, **asdict(one)} for one in entries])


def moves_since(connection: Connection, county: str, day: date) -> list[Moved]:
    """Return the moves of a county made on a day or later, the newest first; a day begins somewhere on earth half a day before it does in UTC."""
    start = in_utc(datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")) - timedelta(hours=14)
    wanted = select(ledger_move).where(ledger_move.c.county == county, ledger_move.c.at >= start).order_by(ledger_move.c.id.desc())
    return [as_moved(row) for row in connection.execute(wanted).mappings()]
