"""How an entry comes into the ledger: from a fail by itself or with others, from anything else found by a person's decision, or by hand.

No finding has two entries that are open. Whoever opens one again for a finding whose entry was closed gets a new one that points to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from checks.finding import Finding
from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import KINDS, LEDGERS
from relocation.accounts.roles import Right
from relocation.ledger.deadlines import due_after
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Presence, Severity, State, Tier
from relocation.ledger.workdays import Calendar
from relocation.service.findings import sentence, wanted_findings
from relocation.service.lawbook import instruments
from relocation.service.rectification.days import calendar_of, day_of
from relocation.service.rectification.found import as_found
from relocation.service.rectification.logging import logged, logged_together
from relocation.service.rectification.moving import entry
from relocation.service.rectification.texts import told
from relocation.store import queries, runs
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.foreign import seen_in_county
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble

SEVERITY = {Outcome.FAIL: Severity.SEVERE, Outcome.REVIEW: Severity.ORDINARY, Outcome.NO_DATA: Severity.MINOR}
"""How grave an entry is by what was found; what passes or does not apply opens none."""

CHECKS = "checks"
"""Who opens what is back and says that an approval no longer holds: nobody but the run."""

MOST_AT_ONCE = 5_000
"""So many entries are opened in one go."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening did: the new entries, how many findings had an open one already, how many were dismissed before and are left so."""

    entries: tuple[Entry, ...]
    already: int = 0
    dismissed: int = 0


def open_one(store: Store, check: str, kind: str, county: str, subject: str, *, now: datetime, reason: str = "") -> Entry:
    """Open an entry from one finding. What is only in doubt or lacks data takes a person's reason.

    Trouble: no such finding, nothing to mend, no reason, or an entry that is open already.
    """
    found = _finding(store, check, kind, county, subject)
    store.require(Right.LEDGER, found.county, found.township)
    if found.outcome not in SEVERITY:
        raise Trouble("ledger-nothing-wrong", check=check, subject=subject)
    reason = told(reason, "reason")
    if found.outcome is not Outcome.FAIL and not reason:
        raise Trouble("ledger-reason")
    [made] = entries_from(store, [found], now)
    with store.writing() as connection:
        before = lists.latest_of(connection, check, kind, county, subject)
        if before is not None and not before.state.closed:
            raise Trouble("ledger-already", id=before.id)
        return keep_in(store, connection, [replace(made, repeats=before.number if before else None)], now, reason=reason)[0]


def open_found(store: Store, said: str, *, county: str | None = None, now: datetime, reason: str = "") -> Entry:
    """Open an entry from the finding CHECK:SUBJECT. Trouble for none, and for one that several counties or kinds of subject have."""
    check, _, subject = said.partition(":")
    wanted = wanted_findings(check=check, county=county, subject=subject)
    with store.reading() as connection:
        found = queries.page_of_findings(connection, wanted, [], 2)
    if len(found) != 1 or not subject:
        raise Trouble("unknown-finding", check=check, subject=subject)
    return open_one(store, found[0].check, found[0].subject_kind, found[0].county, subject, now=now, reason=reason)


def open_again(store: Store, id: str, *, now: datetime, reason: str) -> Entry:
    """Open a new entry that points to a closed one: a closed entry never opens again. Trouble: not closed, no reason, or opened again already."""
    old, reason = entry(store, id), told(reason, "reason")
    store.require(Right.LEDGER, old.county, old.township)
    if not old.state.closed or old.root is not None:
        raise Trouble("ledger-not-closed", id=old.id, state_zh=old.state.zh, state_en=old.state.en)
    if not reason:
        raise Trouble("ledger-reason")
    day = day_of(now)
    due = due_after(day, old.severity, calendar_of(store, old.county))
    presence = Presence.BACK if old.from_check else Presence.NONE
    kept = {name: getattr(old, name) for name in _OF_THE_PROBLEM}
    made = Entry(**kept, number=0, opened_at=now, opened_by=store.actor.name, due_on=due, presence=presence, repeats=old.number)
    with store.writing() as connection:
        open_one = lists.open_repeat(connection, old)
        if open_one is not None:
            raise Trouble("ledger-already", id=open_one.id)
        return keep_in(store, connection, [made], now, reason=reason)[0]


_OF_THE_PROBLEM = (
    "county", "township", "text", "tier", "severity", "source", "category", "check", "subject_kind", "subject", "found", "unit", "person",
)  # fmt: skip
"""What an entry that is opened again says as the closed one did: what is wrong, by whose word, whose work it is."""


def open_fails(store: Store, *, now: datetime, **filters: Any) -> Opened:
    """Open an entry from every fail that fits the filters of `findings`, in one go. Trouble when they are too many."""
    found = fails(store, **filters)
    for place in sorted({(one.county, one.township) for one in found}):
        store.require(Right.LEDGER, *place)
    made = entries_from(store, found, now)
    with store.writing() as connection:
        fresh, already, dismissed = [], 0, 0
        for one in made:
            before = lists.latest_of(connection, one.check, one.subject_kind, one.county, one.subject)
            if before is not None and not before.state.closed:
                already += 1
            elif before is not None and before.state is State.NOT_A_PROBLEM and before.presence is not Presence.GONE:
                dismissed += 1
            else:
                fresh.append(replace(one, repeats=before.number if before else None))
        return Opened(tuple(keep_in(store, connection, fresh, now, batch=True)), already, dismissed)


def fails(store: Store, **filters: Any) -> list[Finding]:
    """Return the fails that fit the filters of `findings`. Trouble when they are more than are opened in one go."""
    wanted = wanted_findings(**{**filters, "outcome": Outcome.FAIL.id})
    with store.reading() as connection:
        if queries.count_findings(connection, wanted) > MOST_AT_ONCE:
            raise Trouble("ledger-too-many", most=MOST_AT_ONCE)
        return list(queries.every_finding(connection, wanted))


def open_by_hand(
    store: Store,
    *,
    county: str,
    text: str,
    now: datetime,
    township: str = "",
    tier: Tier = Tier.BY_HAND,
    severity: Severity = Severity.ORDINARY,
    category: str = "",
    source: str = "",
    subject_kind: str = "",
    subject: str = "",
    unit: str = "",
    person: str = "",
    due_on: date | None = None,
) -> Entry:
    """Open an entry that somebody writes; without a day it is due by its severity. Trouble for no text, a county that has no records, or one outside the actor's places."""
    store.require(Right.LEDGER, county, told(township, "township"))
    from relocation.service.checking import has_records  # late: checking follows the ledger

    has_records(store, county)
    said = told(text, "text")
    if not said:
        raise Trouble("ledger-text")
    _known(store, county, subject_kind, subject)
    day = day_of(now)
    made = Entry(
        county, 0, said, tier, severity, now, store.actor.name, due_on or due_after(day, severity, calendar_of(store, county)), told(township, "township"),
        told(source, "source"), told(category, "category"), subject_kind=subject_kind, subject=told(subject, "subject"),
        unit=told(unit, "unit"), person=told(person, "person"),
    )  # fmt: skip
    return keep_opened(store, [made], now=now)[0]


def _known(store: Store, county: str, kind: str, subject: str) -> None:
    """Trouble for a subject that there is none of, or that lies outside the actor's places."""
    if not subject and not kind:
        return
    with store.reading() as connection:
        found = kind in KINDS and KINDS[kind].ledger in LEDGERS and queries.records_of_code(connection, KINDS[kind], subject, county)
    if not found:
        raise Trouble("unknown-subject", subject=subject, near="")


def keep_opened(store: Store, entries: Sequence[Entry], *, now: datetime, batch: bool = False) -> list[Entry]:
    """Give entries their numbers and keep them; their own number is not looked at. For imported lists and for `open_by_hand`."""
    for place in sorted({(one.county, one.township) for one in entries}):
        store.require(Right.LEDGER, *place)
    with store.writing() as connection:
        return keep_in(store, connection, entries, now, batch=batch)


def keep_from_run(store: Store, connection: Connection, entries: Sequence[Entry], now: datetime, *, reason: str) -> None:
    """Keep what a run of the checks opens, in the run's own transaction: whoever may check lets it follow."""
    keep_in(store, connection, [replace(one, opened_by=CHECKS) for one in entries], now, reason=reason, who=CHECKS)


def keep_in(
    store: Store, connection: Connection, entries: Sequence[Entry], now: datetime, *, batch: bool = False, reason: str = "", who: str = ""
) -> list[Entry]:
    """Give entries their numbers and keep them, in a transaction that keeps more than them; by the actor, or by `who`."""
    given, made = ledger.add(connection, entries, who or store.actor.name, now, batch=batch, reason=reason)
    if made is not None:
        logged_together(connection, store.actor, now, Move.OPEN, given, made, reason)
    for one in given if made is None else ():
        logged(connection, store.actor, now, Move.OPEN, None, one, reason)
    return given


def entries_from(store: Store, found: Sequence[Finding], now: datetime) -> list[Entry]:
    """Return the entries that findings make, without their numbers."""
    register, day = instruments(store), day_of(now)
    found = [seen_in_county(one) for one in found]  # what an entry says everybody of its county reads
    calendars = {county: calendar_of(store, county) for county in sorted({one.county for one in found})}
    return [_entry(one, sentence(one, "zh", register), calendars[one.county], store.actor.name, now, day) for one in found]


def _entry(found: Finding, said: str, calendar: Calendar, by: str, now: datetime, day: date) -> Entry:
    severity = SEVERITY[found.outcome]
    return Entry(
        found.county, 0, said, Tier.CHECK, severity, now, by, due_after(day, severity, calendar), _township(found),
        category=checks()[found.check].title("zh"), check=found.check, subject_kind=found.subject_kind, subject=found.subject, found=as_found(runs.as_row(found)),
        presence=Presence.NEW,
    )  # fmt: skip


def _township(found: Finding) -> str:
    return found.name if found.subject_kind == "township" else found.township


def _finding(store: Store, check: str, kind: str, county: str, subject: str) -> Finding:
    wanted: FindingFilter = wanted_findings(check=check, kind=kind, county=county, subject=subject)
    with store.reading() as connection:
        found = queries.page_of_findings(connection, wanted, [], 1)
    if not found:
        raise Trouble("unknown-finding", check=check, subject=subject)
    return found[0]
