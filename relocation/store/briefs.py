"""What a brief asks the store for beside the findings: the runs of a county, what came and went since one, when briefs were made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, insert, or_, select

from relocation.store.brief_tables import brief_mark
from relocation.store.files import as_utc, in_utc
from relocation.store.rectification import Moved, as_moved
from relocation.store.rectification_tables import ledger_move
from relocation.store.run_tables import run_moved
from relocation.store.runs import Key
from relocation.store.tables import LEDGERS, check_run, entry


@dataclass(frozen=True, slots=True)
class Run:
    """A run that judged a county: by which checks (() for all), when, as of which day."""

    id: int
    at: datetime
    as_of: date
    only: tuple[str, ...]

    def judged(self, check: str) -> bool:
        """Tell whether it ran a check."""
        return not self.only or check in self.only


def runs_of(connection: Connection, county: str) -> list[Run]:
    """Return the runs that judged a county, the oldest first."""
    wanted = select(check_run.c.id, check_run.c.run_at, check_run.c.as_of, check_run.c.only).where(check_run.c.county.in_(("", county)))
    return [Run(id, as_utc(at), as_of, tuple(only.split())) for id, at, as_of, only in connection.execute(wanted.order_by(check_run.c.id))]


def opened_since(connection: Connection, county: str, run: int) -> list[Key]:
    """Return the keys of a county's findings that are open now and were first found after a run."""
    return _keys(connection, county, and_(entry.c.first_run > run, entry.c.gone_run.is_(None)))


def gone_since(connection: Connection, county: str, run: int) -> list[Key]:
    """Return the keys of a county's findings that had been found by a run and were gone in a later one."""
    return _keys(connection, county, and_(entry.c.first_run <= run, entry.c.gone_run > run))


def _keys(connection: Connection, county: str, condition: object) -> list[Key]:
    wanted = select(entry.c.check, entry.c.subject_kind, entry.c.county, entry.c.subject).where(entry.c.county == county, condition)  # type: ignore[arg-type]
    found = connection.execute(wanted.order_by(entry.c.check, entry.c.subject_kind, entry.c.subject))
    return [(check, kind, place, subject) for check, kind, place, subject in found]


def back_since(connection: Connection, county: str, run: int) -> int:
    """Return how often, in the runs after one, a finding of a county that had gone was there again."""
    wanted = select(func.sum(run_moved.c.back)).where(run_moved.c.county == county, run_moved.c.run_id > run)
    return int(connection.execute(wanted).scalar() or 0)


def here(connection: Connection, kind: str, county: str, codes: Collection[str]) -> set[str]:
    """Return which codes are of records that the reader of the connection sees."""
    table = LEDGERS[kind]
    return set(connection.execute(select(table.c.code).where(table.c.county == county, table.c.code.in_(list(codes)))).scalars())


def moves_since(connection: Connection, county: str, after: datetime, states: Sequence[str]) -> list[Moved]:
    """Return the ledger's moves of a county after a moment that led to one of some states, the oldest first."""
    wanted = select(ledger_move).where(ledger_move.c.county == county, ledger_move.c.at > in_utc(after), ledger_move.c.to.in_(list(states)))
    rows = connection.execute(wanted.where(or_(ledger_move.c.since != ledger_move.c.to, ledger_move.c.version == 1)).order_by(ledger_move.c.id)).mappings()
    return [as_moved(row) for row in rows]


def mark(connection: Connection, county: str, townships: Sequence[str], at: datetime, as_of: date, form: str, who: str) -> None:
    """Note that a brief was made: of a whole county (no townships), or of some townships of it."""
    rows = [{"county": county, "township": name, "at": in_utc(at), "as_of": as_of, "form": form, "who": who} for name in townships or ("",)]
    connection.execute(insert(brief_mark), rows)


def last_mark(connection: Connection, county: str, townships: Sequence[str], before: datetime) -> datetime | None:
    """Return when the latest brief of the same places was made before a moment; None where there was none."""
    wanted = select(brief_mark.c.township, func.max(brief_mark.c.at)).where(
        brief_mark.c.county == county, brief_mark.c.township.in_(list(townships) or [""]), brief_mark.c.at < in_utc(before)
    )
    found = {township: as_utc(at) for township, at in connection.execute(wanted.group_by(brief_mark.c.township))}
    return min(found.values()) if found and len(found) == len(townships or ("",)) else None
