"""Month-end snapshots: the ledger as it stood on a month's last day, frozen once, and what came and went from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from relocation.accounts.roles import Right
from relocation.ledger.deadlines import state_on, timing
from relocation.ledger.entry import Entry
from relocation.ledger.months import GROUPED_BY, Flow, Frozen, flows, last_day, total
from relocation.ledger.workdays import Calendar
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.reading import readable_text
from relocation.store import digests, ledger_months, log, problem_lists
from relocation.store import rectification as ledger
from relocation.store.ledger_months import FrozenMonth
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A frozen month beside the frozen one before it (None: the first), group by group and in sum; `intact` while its rows have their hash."""

    month: FrozenMonth
    before: FrozenMonth | None
    by: str
    lines: tuple[Flow, ...]
    whole: Flow
    intact: bool

    @property
    def holds(self) -> bool:
        """Whether every line adds up."""
        return self.whole.holds and all(line.holds for line in self.lines)

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        names = ("group", "carried", "opened", "moved", "closed", "left", "overdue")
        return {
            "month": self.month.month, "as_of": self.month.as_of.isoformat(), "frozen_at": self.month.frozen_at.isoformat(), "entries": self.month.entries,
            "sha256": self.month.sha256, "intact": self.intact, "since": self.before.month if self.before else None, "by": self.by, "holds": self.holds,
            "lines": [{name: getattr(line, name) for name in names} for line in (*self.lines, self.whole)],
        }  # fmt: skip


def freeze(store: Store, county: str, month: str, *, now: datetime) -> FrozenMonth:
    """Freeze a month and return it; one that is frozen already is returned as it is. Trouble for one not over, one before the first entry, or no month."""
    try:
        day = last_day(month)
    except ValueError:
        raise Trouble("month-unknown", month=month) from None
    store.require(Right.LEDGER, county)
    if day >= day_of(now):
        raise Trouble("month-not-over", month=month)
    calendar = calendar_of(store, county)
    with store.writing() as connection:
        already = next((one for one in ledger_months.months(connection, county) if one.month == month), None)
        if already is not None:
            return already
        rows = as_it_stood(connection, county, day, calendar)
        if not rows:
            raise Trouble("month-before", month=month)
        made = FrozenMonth(county, month, day, now, store.actor.name, len(rows), ledger_months.hash_of(rows))
        ledger_months.freeze(connection, made, rows)
        of = {"county": county, "month": month}
        frozen = digests.told(digests.digests(connection, ("ledger_month", of), ("ledger_month_row", of)))
        log.append(
            connection, by=store.actor, at=now, action="month.frozen", kind="month", county=county, subject=month,
            new={"as_of": day.isoformat(), "entries": made.entries, "sha256": made.sha256, **frozen},
        )  # fmt: skip
        return made


def as_it_stood(connection: Connection, county: str, day: date, calendar: Calendar) -> list[Frozen]:
    """Return the ledger as it stood at the end of a day: every move made later is taken back."""
    entries = {one.number: one for one in problem_lists.entries_of(connection, county) if day_of(one.opened_at) <= day}
    for move in ledger_months.moves_since(connection, county, day):
        if move.number in entries and day_of(move.at) > day:
            before = {name: ledger.from_plain(name, old) for name, (old, _) in move.fields.items()}
            entries[move.number] = replace(entries[move.number], **before)
    return [_frozen(one, day, calendar) for one in entries.values()]


def _frozen(one: Entry, day: date, calendar: Calendar) -> Frozen:
    how = timing(one, day, calendar)
    return Frozen(
        one.number, one.township, one.tier.id, one.severity.id, state_on(one, day).id, how.id if how else "", one.unit, one.category,
        day_of(one.opened_at), one.due_on, one.closed_on, one.root,
    )  # fmt: skip


def months(store: Store, county: str) -> list[FrozenMonth]:
    """Return a county's frozen months, the newest first."""
    with store.reading() as connection:
        return ledger_months.months(connection, county)


def table(store: Store, county: str, month: str, by: str = "tier") -> MonthTable:
    """Return a frozen month beside the one before. Trouble for a month that was not frozen, or a grouping there is none of."""
    _grouping(by)
    with store.reading() as connection:
        known = ledger_months.months(connection, county)
        this = next((one for one in known if one.month == month), None)
        if this is None:
            raise Trouble("month-none", month=month, known=", ".join(one.month for one in known) or "—")
        before = next((one for one in known if one.month < month), None)
        rows = ledger_months.rows(connection, county, month)
        was = ledger_months.rows(connection, county, before.month) if before else []
    lines = flows(was, rows, by)
    shown = tuple(replace(line, group=readable_text(store, line.group)) for line in lines)
    return MonthTable(this, before, by, shown, total(lines), ledger_months.hash_of(rows) == this.sha256)


def _grouping(by: str) -> None:
    if by not in GROUPED_BY:
        raise Trouble("ledger-word", value=by, known=", ".join(GROUPED_BY))


def tables(store: Store, county: str, by: str = "tier") -> Iterator[MonthTable]:
    """Give every frozen month's table, the newest first. Trouble for a grouping there is none of."""
    _grouping(by)
    for one in months(store, county):
        yield table(store, county, one.month, by)
