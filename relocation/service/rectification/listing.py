"""The ledger as lists and as one entry: what is wrong in the finding's own sentence, how far it is, how it stands to its day."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.finding import Finding
from checks.instruments import Instruments
from checks.registry import checks
from checks.sentence import found as told_briefly
from relocation.ledger.deadlines import state_on, timing
from relocation.ledger.entry import Entry, numbered
from relocation.ledger.moves import Move
from relocation.ledger.moving import EDITABLE, offered
from relocation.ledger.states import Severity, State, Tier, Timing
from relocation.ledger.workdays import Calendar
from relocation.service import paging
from relocation.service.findings import sentence
from relocation.service.lawbook import instruments
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.days import calendar_of, soon_after
from relocation.service.rectification.moving import duties_of, entry, worded
from relocation.service.rectification.reading import readable, readable_move, readable_text
from relocation.store import queries, runs
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.files import as_utc
from relocation.store.opening import Connection, Store
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
    brief: str = ""  # what was found alone, without the law and the remedy
    unproven: bool = False  # closed, and all that it was closed by was withdrawn since

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
            "closed_without_standing_proof": self.unproven,
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
    if key and not (f"{key[0]}{key[1]}".isprintable() and 0 <= key[2] < 10**9):
        raise Trouble("bad-page")
    with store.reading() as connection:
        found = lists.page(connection, asked, order, key, limit + 1, descending=descending)
        gone = _without_proof(connection, [one for _, one in found])
        total = lists.count(connection, asked)
        by_state, _ = lists.counts_by(connection, wanted(day, **{**filters, "state": ()}))
        _, by_timing = lists.counts_by(connection, wanted(day, **{**filters, "timing": ()}))
    register = instruments(store)
    calendars = {county: calendar_of(store, county) for county in sorted({one.county for _, one in found})}
    rows = tuple(shown_row(readable(store, one), day, lang, register, calendars[one.county], gone) for _, one in found[:limit])
    return EntryPage(rows, paging.mark(found[limit - 1][0]) if len(found) > limit else "", total, by_state, by_timing)


def every(store: Store, lang: str, *, day: date, **filters: Any) -> list[EntryRow]:
    """Return every entry that fits, by number."""
    register = instruments(store)
    with store.reading() as connection:
        found = lists.every(connection, wanted(day, **filters))
        gone = lists.unproven(connection, wanted(day, **filters))
    calendars = {county: calendar_of(store, county) for county in sorted({one.county for one in found})}
    return [shown_row(readable(store, one), day, lang, register, calendars[one.county], gone) for one in found]


def _without_proof(connection: Connection, found: Sequence[Entry]) -> set[tuple[str, int]]:
    closed = [(one.county, one.number) for one in found if one.state is State.VERIFIED_CLOSED]
    return lists.unproven(connection, lists.anything(numbers=closed)) if closed else set()


def counts(store: Store, day: date, county: str | None = None) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how many entries there are by state and by how they stand to their deadline."""
    with store.reading() as connection:
        return lists.counts_by(connection, wanted(day, county=county or ""))


def choices(store: Store) -> dict[str, list[str]]:
    """Return what the ledger can be filtered by: its categories, townships, units and source lists, as far as the actor may read them."""
    with store.reading() as connection:
        held = {name: lists.values_of(connection, name) for name in ("category", "township", "unit", "source")}
    return {name: [value for value in values if readable_text(store, value) == value] for name, values in held.items()}


def one(store: Store, id: str, lang: str, *, day: date) -> EntryShown:
    """Return one entry with its past and what the actor may do with it. Trouble for none."""
    found = entry(store, id)
    with store.reading() as connection:
        past = ledger.moves(connection, found.county, found.number)
        hands = ledger.hands(connection, found.county, found.number)
        gone = _without_proof(connection, [found])
    calendar = calendar_of(store, found.county)
    row = shown_row(readable(store, found), day, lang, instruments(store), calendar, gone)
    duties = duties_of(store) if store.actor.scope.holds(found.county, found.township) else frozenset()
    moves = offered(found, row.state, store.actor.name, duties, hands)
    return EntryShown(row, tuple(readable_move(store, moved) for moved in past), moves, calendar.unknown(found.opened_at.date(), found.due_on))


def of_subject(store: Store, kind: str, county: str, subject: str, lang: str, *, day: date) -> list[EntryRow]:
    """Return the entries about one record."""
    return every(store, lang, day=day, kind=kind, county=county, subject=subject)


def of_finding(store: Store, found: Finding) -> Entry | None:
    """Return the newest entry of a finding."""
    with store.reading() as connection:
        return lists.latest_of(connection, found.check, found.subject_kind, found.county, found.subject)


def of_findings(store: Store, found: Sequence[Finding]) -> dict[tuple[str, str, str, str], Entry]:
    """Return the newest entry of each finding that has one, by check, kind, county and subject."""
    with store.reading() as connection:
        return lists.newest_by_finding(connection, lists.about_any([(one.check, one.subject_kind, one.county, one.subject) for one in found]))


def shown_row(one: Entry, day: date, lang: str, register: Instruments, calendar: Calendar, unproven: Collection[tuple[str, int]] = frozenset()) -> EntryRow:
    """Return an entry as it stands on a day; `unproven` are those whose closing proof is gone."""
    found = finding_of(one)
    said, brief = (sentence(found, lang, register), told_briefly(checks()[found.check].sheet, found, lang)) if found else (one.text, one.text)
    return EntryRow(one, state_on(one, day), timing(one, day, calendar), said, found, brief, (one.county, one.number) in unproven)


@dataclass(frozen=True, slots=True)
class Met:
    """One field in which two people's versions differ: as it was read, as it is now, as it was to be."""

    name: str
    read: Any
    theirs: Any
    yours: Any


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two people changed one entry: the fields to choose in, and who changed it since."""

    fields: tuple[Met, ...]
    by: tuple[Moved, ...]


def meeting(store: Store, met: Conflict) -> Meeting:
    """Return the fields in which two versions differ from each other, or that only the others changed."""
    now = met.theirs
    with store.reading() as connection:
        past = ledger.moves(connection, now.county, now.number)
    read, theirs = ledger.plain(ledger.at_version(now, past, met.since)), ledger.plain(now)
    names = [name for name in ledger.COLUMNS if name in EDITABLE and (name in met.yours or read[name] != theirs[name])]
    fields = [Met(name, read[name], theirs[name], _id(met.yours.get(name, read[name]))) for name in names]
    differing = [one for one in fields if one.yours != one.theirs or one.theirs != one.read]
    return Meeting(tuple(_readable_met(store, one) for one in differing), tuple(readable_move(store, one) for one in past if one.version > met.since))


def _readable_met(store: Store, one: Met) -> Met:
    return Met(one.name, *(readable_text(store, said) for said in (one.read, one.theirs, one.yours)))


def _id(value: Any) -> Any:
    return value.id if isinstance(value, Severity) else value


def changed_since_closed(store: Store, one: Entry) -> int:
    """Return how many values of its subject were changed after the day an entry was closed: the approval was of what stood then."""
    if one.closed_on is None or not one.subject:
        return 0
    with store.reading() as connection:
        past = queries.changes_of(connection, one.subject_kind, one.county, one.subject)
        closed = next((move.at for move in reversed(ledger.moves(connection, one.county, one.number)) if move.to.closed), None)
    return sum(1 for change in past if closed and as_utc(change["changed_at"]) > closed)


def root_of(store: Store, one: Entry) -> Entry:
    """Return the entry that stands for one, by whose evidence it was closed; the entry itself where none does."""
    with store.whole.reading() as connection:
        return (ledger.get(connection, one.county, one.root) if one.root is not None else None) or one


def merged_into(store: Store, one: Entry) -> list[Entry]:
    """Return the entries that say the same and for which this one stands."""
    with store.reading() as connection:
        merged = lists.every(connection, lists.anything(county=one.county, root=one.number))
    return [readable(store, other) for other in merged if other.number != one.number]


def finding_of(one: Entry) -> Finding | None:
    """Return the finding an entry was opened from, as it stood then; None for what no check found, or none that there still is."""
    return runs.as_finding(json.loads(one.found)) if one.found and one.check in checks() else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
