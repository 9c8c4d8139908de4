"""Lists of the rectification ledger: filters, orders, pages, counts. What a list says of state and deadline is what `ledger.deadlines` says of one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, case, cast, exists, func, literal, null, or_, select, true, tuple_

from relocation.evidence.kinds import SubjectKind
from relocation.ledger.entry import Entry, parted
from relocation.ledger.moves import Move
from relocation.ledger.states import RUNNING, Severity, State, Timing
from relocation.store.evidence_tables import evidence, evidence_withdrawn
from relocation.store.rectification import as_entry
from relocation.store.rectification_tables import ledger_entry, ledger_move

TABLE = ledger_entry
_C, _M, _E = ledger_entry.c, ledger_move.c, evidence.c


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries; all conditions hold together, empty ones say nothing. `on` is the day looked from, `soon` the last deadline that is near then."""

    on: date
    soon: date
    states: Sequence[State] = ()
    timings: Sequence[Timing] = ()
    tier: str = ""
    severity: str = ""
    category: str = ""
    county: str = ""
    township: str = ""
    unit: str = ""
    presence: str = ""
    check: str = ""
    kind: str = ""
    subject: str = ""
    source: str = ""
    text: str = ""
    root: int | None = None  # those for which that entry stands
    asked: bool = False  # an extension waits for its answer
    unproven: bool = False  # closed, and all that it was closed by is withdrawn
    numbers: Sequence[tuple[str, int]] | None = None  # these entries alone


def anything(**told: Any) -> EntryFilter:
    """Return a filter whose conditions do not depend on the day."""
    return EntryFilter(date.min, date.min, **told)


def state_expression(on: date) -> ColumnElement[str]:
    """Return the state on a day: an acceptance that ran out is open again."""
    ran_out = and_(_C.state == State.ACCEPTED_UNTIL.id, _C.accepted_until < on)
    return case((ran_out, State.OPEN.id), else_=_C.state)


def timing_expression(on: date, soon: date) -> ColumnElement[Any]:
    """Return how an entry stands to its deadline on a day; NULL for what has none."""
    state = state_expression(on)
    running = state.in_(sorted(one.id for one in RUNNING))
    submitted, closed = state == State.SUBMITTED.id, state == State.VERIFIED_CLOSED.id
    return case(
        (and_(closed, func.coalesce(_C.submitted_on, _C.closed_on) > _C.due_on), Timing.CLOSED_LATE.id),
        (closed, Timing.CLOSED_IN_TIME.id),
        (and_(submitted, _C.submitted_on > _C.due_on), Timing.OVERDUE.id),
        (submitted, Timing.ON_TIME.id),
        (and_(running, _C.due_on < on), Timing.OVERDUE.id),
        (and_(running, _C.due_on <= soon), Timing.DUE_SOON.id),
        (running, Timing.ON_TIME.id),
        else_=null(),
    )


def condition(wanted: EntryFilter) -> ColumnElement[bool]:
    """Return what a filter asks as a condition on `ledger_entry`."""
    asked: list[ColumnElement[bool]] = [true()]
    if wanted.states:
        asked.append(state_expression(wanted.on).in_([one.id for one in wanted.states]))
    if wanted.timings:
        asked.append(timing_expression(wanted.on, wanted.soon).in_([one.id for one in wanted.timings]))
    for column, value in ((_C.tier, wanted.tier), (_C.severity, wanted.severity), (_C.category, wanted.category), (_C.county, wanted.county),
                          (_C.township, wanted.township), (_C.unit, wanted.unit), (_C.presence, wanted.presence), (_C.check, wanted.check),
                          (_C.subject_kind, wanted.kind), (_C.subject, wanted.subject), (_C.source, wanted.source)):  # fmt: skip
        if value:
            asked.append(column == value)
    if wanted.root is not None:
        asked.append(_C.root == wanted.root)
    if wanted.asked:
        asked.append(_C.asked_due_on.is_not(None))
    if wanted.unproven:
        asked.append(_unproven())
    if wanted.text:
        asked.append(_said(wanted.text))
    if wanted.numbers is not None:
        asked.append(_one_of(wanted.numbers))
    return and_(*asked)


def _said(text: str) -> ColumnElement[bool]:
    """Return the condition that an entry's words, subject or number hold a text."""
    held: list[ColumnElement[bool]] = [column.contains(text, autoescape=True) for column in (_C.text, _C.subject, _C.measure, _C.person, _C.unit)]
    try:
        county, number = parted(text)
    except ValueError:
        return or_(*held)
    return or_(*held, and_(_C.county == county, _C.number == number))


def _unproven() -> ColumnElement[bool]:
    """Return the condition that an entry was verified and closed by evidence of which every piece was withdrawn since; one that follows goes by its root."""
    number = cast(_M.number, String)
    padded = func.substr(literal("0000").concat(number), func.length(number) + 1)  # 0007; a longer number stands as it is
    id = _M.county.concat("-").concat(case((_M.number < 10_000, padded), else_=number))
    stands = exists().where(
        _E.county == _M.county, _E.subject_kind == SubjectKind.ENTRY.value, _E.subject == id, _M.evidence.contains(_E.sha256),
        _E.id.not_in(select(evidence_withdrawn.c.id)),
    )  # fmt: skip
    closing = select(_M.county, _M.number).where(_M.move == Move.VERIFY.id, _M.evidence != "[]", ~stands)
    return and_(_C.state == State.VERIFIED_CLOSED.id, tuple_(_C.county, func.coalesce(_C.root, _C.number)).in_(closing))


def unproven(connection: Connection, wanted: EntryFilter) -> set[tuple[str, int]]:
    """Return those entries that fit a filter and were closed by evidence of which nothing stands any more: county and number."""
    query = select(_C.county, _C.number).where(condition(wanted), _unproven())
    return {(row.county, row.number) for row in connection.execute(query)}


def _one_of(numbers: Sequence[tuple[str, int]]) -> ColumnElement[bool]:
    by_county: dict[str, list[int]] = {}
    for county, number in numbers:
        by_county.setdefault(county, []).append(number)
    return or_(~true(), *(and_(_C.county == county, _C.number.in_(of)) for county, of in by_county.items()))


def _place(column: ColumnElement[Any], ids: Sequence[str]) -> ColumnElement[str]:
    """Return a closed list's words in their own order, as text that sorts so."""
    return case({id: f"{place:02d}" for place, id in enumerate(ids)}, value=column, else_="99")


ORDERS = ("due", "number", "severity", "state", "township", "unit")


def _order(by: str, on: date) -> ColumnElement[Any]:
    """Return what a list is ordered by, as text: pages are marked with it."""
    orders: Mapping[str, ColumnElement[Any]] = {
        "due": cast(_C.due_on, String),
        "number": cast(null(), String),
        "severity": _place(_C.severity, [one.id for one in Severity]),
        "state": _place(state_expression(on), [one.id for one in State]),
        "township": _C.township,
        "unit": _C.unit,
    }
    return func.coalesce(orders[by], "")


def page(connection: Connection, wanted: EntryFilter, by: str, after: Sequence[Any], limit: int, *, descending: bool = False) -> list[tuple[list[Any], Entry]]:
    """Return one page of entries, each with the key that marks the page after it: ordered by `by`, then by number."""
    order = _order(by, wanted.on)
    key = tuple_(order, _C.county, _C.number)
    query = select(order.label("ordered_by"), ledger_entry).where(condition(wanted)).limit(limit)
    query = query.order_by(*(column.desc() if descending else column.asc() for column in (order, _C.county, _C.number)))
    if after:
        query = query.where(key < tuple_(*after) if descending else key > tuple_(*after))
    return [([row["ordered_by"], row["county"], row["number"]], as_entry(row)) for row in connection.execute(query).mappings()]


def every(connection: Connection, wanted: EntryFilter) -> list[Entry]:
    """Return every entry that fits, by number."""
    query = select(ledger_entry).where(condition(wanted)).order_by(_C.county, _C.number)
    return [as_entry(row) for row in connection.execute(query).mappings()]


def any_at_all(connection: Connection) -> bool:
    """Tell whether there is any entry."""
    return connection.execute(select(ledger_entry.c.id).limit(1)).first() is not None


def count(connection: Connection, wanted: EntryFilter) -> int:
    """Return how many entries fit."""
    return int(connection.execute(select(func.count()).select_from(ledger_entry).where(condition(wanted))).scalar_one())


def counts_by(connection: Connection, wanted: EntryFilter) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many entries fit by state and by how they stand to their deadline."""
    by_state = _counted(connection, wanted, state_expression(wanted.on))
    by_timing = _counted(connection, wanted, timing_expression(wanted.on, wanted.soon))
    return by_state, {id: n for id, n in by_timing.items() if id}


def _counted(connection: Connection, wanted: EntryFilter, of: ColumnElement[Any]) -> dict[str, int]:
    query: Select[Any] = select(of.label("counted"), func.count()).where(condition(wanted)).group_by("counted")
    return {id: int(n) for id, n in connection.execute(query)}


def values_of(connection: Connection, name: str) -> list[str]:
    """Return the values a column of the ledger has ("category", "township", "unit", "source"), "" left out."""
    column = _C[name]
    return [value for (value,) in connection.execute(select(column).where(column != "").distinct().order_by(column))]


def latest_of(connection: Connection, check: str, kind: str, county: str, subject: str) -> Entry | None:
    """Return the newest entry of a finding, by its key."""
    here = and_(_C.check == check, _C.subject_kind == kind, _C.county == county, _C.subject == subject)
    row = connection.execute(select(ledger_entry).where(here).order_by(_C.number.desc()).limit(1)).mappings().first()
    return as_entry(row) if row else None


def open_repeat(connection: Connection, closed: Entry) -> Entry | None:
    """Return an entry that is open and says again what a closed one said: one that points to it, or one of the same finding."""
    same = and_(_C.check == closed.check, _C.subject_kind == closed.subject_kind, _C.subject == closed.subject) if closed.from_check else ~true()
    running = _C.state.not_in([one.id for one in State if one.closed])
    here = and_(_C.county == closed.county, running, or_(_C.repeats == closed.number, same))
    row = connection.execute(select(ledger_entry).where(here).order_by(_C.number).limit(1)).mappings().first()
    return as_entry(row) if row else None


def about_any(keys: Sequence[tuple[str, str, str, str]]) -> ColumnElement[bool]:
    """Return the condition that an entry is about any of some findings, by their keys."""
    return tuple_(_C.check, _C.subject_kind, _C.county, _C.subject).in_(list(keys))


def newest_by_finding(connection: Connection, scope: ColumnElement[bool]) -> dict[tuple[str, str, str, str], Entry]:
    """Return the newest entry of every finding that has one within a condition, by the finding's key."""
    query = select(ledger_entry).where(_C.check != "", scope).order_by(_C.county, _C.number)
    return {(row["check"], row["subject_kind"], row["county"], row["subject"]): as_entry(row) for row in connection.execute(query).mappings()}
