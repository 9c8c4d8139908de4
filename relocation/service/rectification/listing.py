"""The ledger as lists and as one entry: what is wrong in the finding's own sentence, how far it is, how it stands to its day."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.finding import Finding
from checks.instruments import Instruments
from checks.registry import checks
from relocation.ledger.deadlines import state_on, timing
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.moves import RULES, Move, open_to
from relocation.ledger.states import Severity, State, Tier, Timing
from relocation.service import paging
from relocation.service.findings import sentence
from relocation.service.lawbook import instruments
from relocation.service.rectification.days import calendar_of, soon_after
from relocation.service.rectification.moving import duties_of, entry, worded
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store import runs
from relocation.store.opening import Store
from relocation.store.rectification import Moved
from relocation.store.rectification_queries import ORDERS, EntryFilter
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as it stands on a day: its state then, how it stands to its deadline, what is wrong in the reader's language."""

    entry: Entry
    state: State
    timing: Timing | None
    said: str
    finding: Finding | None

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        one = self.entry
        return {
            "number": one.id, "county": one.county, "township": one.township, "tier": one.tier.id, "source": one.source, "category": one.category,
            "text": self.said, "severity": one.severity.id, "check": one.check, "subject_kind": one.subject_kind, "subject": one.subject,
            "state": self.state.id, "timing": self.timing.id if self.timing else None, "presence": one.presence.id, "unit": one.unit, "person": one.person,
            "measure": one.measure, "opened_at": one.opened_at.isoformat(), "opened_by": one.opened_by, "due_on": one.due_on.isoformat(),
            "earlier": [{"due_on": was.due_on.isoformat(), "changed_on": was.changed_on.isoformat(), "why": was.why} for was in one.earlier],
            "asked_due_on": _iso(one.asked_due_on), "asked_why": one.asked_why, "submitted_by": one.submitted_by, "submitted_on": _iso(one.submitted_on),
            "reason": one.reason, "approver": one.approver, "accepted_until": _iso(one.accepted_until), "closed_by": one.closed_by,
            "closed_on": _iso(one.closed_on), "repeats": numbered(one.county, one.repeats) if one.repeats else None,
            "root": numbered(one.county, one.root) if one.root else None, "version": one.version,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of the ledger. `by_state` and `by_timing` count all that fits the other conditions, so that each number can be clicked."""

    rows: tuple[EntryRow, ...]
    after: str
    total: int
    by_state: Mapping[str, int]
    by_timing: Mapping[str, int]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {"total": self.total, "by_state": dict(self.by_state), "by_timing": dict(self.by_timing), "after": self.after,
                "entries": [row.json() for row in self.rows]}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry with all that its page shows. `moves` are those the actor may make now."""

    row: EntryRow
    past: tuple[Moved, ...]
    moves: tuple[Move, ...]
    unknown_years: tuple[int, ...]

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            **self.row.json(),
            "moves": [move.id for move in self.moves],
            "past": [
                {"at": one.at.isoformat(), "by": one.who, "move": one.move.id, "from": one.since.id, "to": one.to.id, "reason": one.reason,
                 "evidence": list(one.evidence), "fields": {name: list(pair) for name, pair in one.fields.items()}, "version": one.version}
                for one in self.past
            ],
        }  # fmt: skip


def wanted(day: date, *, state: Sequence[str] | str = (), timing: Sequence[str] | str = (), **rest: Any) -> EntryFilter:
    """Return a filter from words. Trouble for a word there is none of."""
    states = tuple(worded(State, id) for id in _several(state))
    timings = tuple(worded(Timing, id) for id in _several(timing))
    for name, words in (("tier", Tier), ("severity", Severity)):
        if rest.get(name):
            worded(words, rest[name])
    return EntryFilter(day, soon_after(day), states, timings, **{name: value for name, value in rest.items() if value is not None})


def _several(given: Sequence[str] | str) -> list[str]:
    return [id for id in ([given] if isinstance(given, str) else given) if id]


def entries(store: Store, lang: str, *, day: date, order: str = "due", descending: bool = False, after: str = "", limit: int = 50, **filters: Any) -> EntryPage:
    """Return one page of the ledger as it stands on a day. Trouble for a filter or an order there is none of."""
    if order not in ORDERS:
        raise Trouble("ledger-word", value=order, known=", ".join(ORDERS))
    asked = wanted(day, **filters)
    limit = min(max(limit, 1), paging.MOST)
    key = paging.key(after, str, str, int)
    with store.reading() as connection:
        found = lists.page(connection, asked, order, key, limit + 1, descending=descending)
        total = lists.count(connection, asked)
        by_state, _ = lists.counts_by(connection, wanted(day, **{**filters, "state": ()}))
        _, by_timing = lists.counts_by(connection, wanted(day, **{**filters, "timing": ()}))
    register = instruments(store)
    rows = tuple(shown_row(one, day, lang, register) for _, one in found[:limit])
    return EntryPage(rows, paging.mark(found[limit - 1][0]) if len(found) > limit else "", total, by_state, by_timing)


def every(store: Store, lang: str, *, day: date, **filters: Any) -> list[EntryRow]:
    """Return every entry that fits, by number."""
    register = instruments(store)
    with store.reading() as connection:
        found = lists.every(connection, wanted(day, **filters))
    return [shown_row(one, day, lang, register) for one in found]


def counts(store: Store, day: date, county: str | None = None) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how many entries there are by state and by how they stand to their deadline."""
    with store.reading() as connection:
        return lists.counts_by(connection, wanted(day, county=county or ""))


def choices(store: Store) -> dict[str, list[str]]:
    """Return what the ledger can be filtered by: its categories, townships, units and source lists."""
    with store.reading() as connection:
        return {name: lists.values_of(connection, name) for name in ("category", "township", "unit", "source")}


def one(store: Store, id: str, lang: str, *, day: date) -> EntryShown:
    """Return one entry with its past and what the actor may do with it. Trouble for none."""
    found = entry(store, id)
    with store.reading() as connection:
        past = ledger.moves(connection, found.county, found.number)
    row = shown_row(found, day, lang, instruments(store))
    duties = duties_of(store) if store.actor.scope.holds(found.county, found.township) else frozenset()
    moves = tuple(move for move in open_to(row.state) if RULES[move].duty in duties)
    return EntryShown(row, tuple(past), moves, calendar_of(found.county).unknown(found.opened_at.date(), found.due_on))


def of_subject(store: Store, kind: str, county: str, subject: str, lang: str, *, day: date) -> list[EntryRow]:
    """Return the entries about one record."""
    return every(store, lang, day=day, kind=kind, county=county, subject=subject)


def of_finding(store: Store, found: Finding) -> Entry | None:
    """Return the newest entry of a finding."""
    with store.reading() as connection:
        return lists.latest_of(connection, found.check, found.subject_kind, found.county, found.subject)


def shown_row(one: Entry, day: date, lang: str, register: Instruments) -> EntryRow:
    """Return an entry as it stands on a day."""
    found = finding_of(one)
    return EntryRow(one, state_on(one, day), timing(one, day, calendar_of(one.county)), sentence(found, lang, register) if found else one.text, found)


def finding_of(one: Entry) -> Finding | None:
    """Return the finding an entry was opened from, as it stood then; None for what no check found, or none that there still is."""
    return runs.as_finding(json.loads(one.found)) if one.found and one.check in checks() else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
