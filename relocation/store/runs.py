"""Runs of the checks: findings kept by key, only what differs written, and what became new, gone or back."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, or_, select, true, update

from checks.finding import Finding, LawApplied
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import AREA, LEDGERS
from relocation.store import law
from relocation.store.bulk import delete_ids, insert_rows, update_rows
from relocation.store.frames import StoredRow, fetch
from relocation.store.run_tables import run_moved
from relocation.store.tables import check_run, entry, finding, finding_count

COLUMNS = ("check", "subject_kind", "county", "subject", "name", "township", "severity", "reason", "measured", "limit", "unit", "law", "missing", "facts")
OPEN = frozenset(WORST_FIRST.index(outcome) for outcome in (Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA))
Key = tuple[str, str, str, str]
"""Check, kind of subject, county, subject."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings a run speaks for; what lies outside is left as it was. None: all.

    With `ledger`, only what is found in that ledger ("areas": about counties and townships); with `codes`, only those of its
    records, and not what is said of the county's ledger as a whole.
    """

    checks: Sequence[str] | None = None
    county: str | Sequence[str] | None = None
    ledger: str = ""
    codes: Sequence[str] | None = None

    def of(self, table: Table) -> ColumnElement[bool]:
        """Return the condition on a table that has the four columns of the key."""
        conditions: list[ColumnElement[bool]] = [true()]
        if self.checks is not None:
            conditions.append(table.c.check.in_(list(self.checks)))
        if self.county is not None:
            conditions.append(table.c.county == self.county if isinstance(self.county, str) else table.c.county.in_(list(self.county)))
        if self.ledger:
            conditions.append(self._in_ledger(table))
        return and_(*conditions)

    def _in_ledger(self, table: Table) -> ColumnElement[bool]:
        kind, subject = table.c.subject_kind, table.c.subject
        if self.codes is not None:
            return and_(kind == LEDGERS[self.ledger].id, subject.in_(list(self.codes)))
        whole = subject == table.c.county.concat(f"/{self.ledger}")
        if self.ledger == AREA.ledger:
            return and_(kind.in_(("township", "county")), or_(kind == "township", subject == table.c.county, whole))
        own = LEDGERS[self.ledger].id
        return and_(kind.in_((own, "county")), or_(kind == own, whole))  # the kinds first: an index knows them


Scopes = Sequence[Scope]
"""A run speaks for what lies in any of them."""


def lying_in(scopes: Scopes, table: Table) -> ColumnElement[bool]:
    """Return the condition that a row of a table that has the four columns of the key lies in any of the scopes."""
    return or_(*(scope.of(table) for scope in scopes))


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since the run before, in numbers."""

    new: int
    still: int
    gone: int
    back: int
    places: "Places" = field(default_factory=dict, compare=False)


Numbers = tuple[int, int, int, int]
Places = Mapping[tuple[str, str], Numbers]
"""County and township → how many findings are new, still there, gone, back there."""


def together(parts: Sequence[Moved]) -> Moved:
    """Return what moved in several parts of one run."""
    places: dict[tuple[str, str], Numbers] = {}
    for part in parts:
        for place, (new, still, gone, back) in part.places.items():
            known = places.get(place, (0, 0, 0, 0))
            places[place] = (known[0] + new, known[1] + still, known[2] + gone, known[3] + back)
    new, still, gone, back = (sum(getattr(part, name) for part in parts) for name in ("new", "still", "gone", "back"))
    return Moved(new, still, gone, back, places)


def as_row(one: Finding) -> StoredRow:
    """Return a finding as a row in the order of COLUMNS."""
    by = one.law
    assumed = ["assumed"] if by and by.first_day_assumed else []
    said = by and [by.parameter, by.value, by.since.isoformat(), by.instrument, dict(by.clause), by.standing, by.place, *assumed]
    return (
        one.check, one.subject_kind, one.county, one.subject, one.name, one.township, WORST_FIRST.index(one.outcome), one.reason,
        one.measured, one.limit, one.unit, said and json.dumps(said, ensure_ascii=False), " ".join(one.missing) or None,
        json.dumps(one.facts, ensure_ascii=False) if one.facts else None,
    )  # fmt: skip


def as_finding(row: Sequence[Any]) -> Finding:
    """Return a row in the order of COLUMNS as a finding."""
    check, kind, county, subject, name, township, severity, reason, measured, limit, unit, by, missing, facts = row
    applied = None
    if by:
        parameter, value, since, instrument, clause, standing, place, *assumed = json.loads(by)
        applied = LawApplied(parameter, value, date.fromisoformat(since), instrument, clause, standing, place, bool(assumed))
    said = json.loads(facts) if facts else {}
    lost = tuple(missing.split(" ")) if missing else ()
    return Finding(check, kind, subject, name, county, township, WORST_FIRST[severity], reason, measured, limit, unit, applied, lost, said)


def keep_findings(connection: Connection, scopes: Scopes, rows: Iterable[StoredRow]) -> list[StoredRow]:
    """Make the stored findings of some scopes equal to `rows`, writing only what differs. Returns the rows that stood there before."""
    before = {row[1:5]: row for row in fetch(connection, select(finding.c.id, *(finding.c[name] for name in COLUMNS)).where(lying_in(scopes, finding)))}
    old = [row[1:] for row in before.values()]
    added: list[StoredRow] = []
    changed: list[StoredRow] = []
    for row in rows:
        stood = before.pop(row[:4], None)
        if stood is None:
            added.append(row)
        elif stood[1:] != row:
            changed.append((*row, stood[0]))
    delete_ids(connection, finding, [row[0] for row in before.values()])
    update_rows(connection, finding, COLUMNS, changed)
    insert_rows(connection, finding, COLUMNS, added)
    return old


def add_run(connection: Connection, at: datetime, as_of: date, county: str | None, only: Sequence[str], revision: int) -> int:
    """Begin a run and return its number; it notes which versions of the counties' own law were in force."""
    versions = " ".join(str(one.id) for one in law.current(connection))
    values = {"run_at": at, "as_of": as_of, "county": county or "", "only": " ".join(only), "revision": revision, "law": versions}
    added = insert(check_run).values(**values, new=0, still=0, gone=0, back=0).returning(check_run.c.id)
    return int(connection.execute(added).scalar_one())


def keep_entries(connection: Connection, run: int, scopes: Scopes, open_now: set[Key], townships: Mapping[Key, str]) -> Moved:
    """Open, keep and close the entries of some scopes, and note the numbers with the run, place by place (`townships`: in which a finding lies)."""
    names = ("check", "subject_kind", "county", "subject")
    known = {row[:4]: row[4] for row in fetch(connection, select(*(entry.c[name] for name in names), entry.c.gone_run).where(lying_in(scopes, entry)))}
    new = sorted(open_now - known.keys())
    back = sorted(key for key, gone in known.items() if gone is not None and key in open_now)
    gone = sorted(key for key, left in known.items() if left is None and key not in open_now)
    insert_rows(connection, entry, [*names, "first_run"], [(*key, run) for key in new])
    for keys, value in ((back, None), (gone, run)):
        for key in keys:
            here = and_(*(entry.c[name] == part for name, part in zip(names, key, strict=True)))
            connection.execute(update(entry).where(here).values(gone_run=value))
    still = open_now - set(new) - set(back)
    places = [Counter((key[2], townships.get(key, "")) for key in keys) for keys in (new, still, gone, back)]
    every = {place: (places[0][place], places[1][place], places[2][place], places[3][place]) for place in sorted(set().union(*places))}
    moved = Moved(len(new), len(still), len(gone), len(back), every)
    note_moved(connection, run, moved)
    return moved


def note_moved(connection: Connection, run: int, moved: Moved) -> None:
    """Note the numbers of what moved with a run."""
    connection.execute(update(check_run).where(check_run.c.id == run).values(new=moved.new, still=moved.still, gone=moved.gone, back=moved.back))
    connection.execute(delete(run_moved).where(run_moved.c.run_id == run))
    rows = [(run, *place, *numbers) for place, numbers in sorted(moved.places.items())]
    insert_rows(connection, run_moved, ["run_id", "county", "township", "new", "still", "gone", "back"], rows)


def lies_in(row: StoredRow) -> str:
    """Return the township in which a finding (a row in the order of COLUMNS) lies; a township lies in itself."""
    return str(row[4] if row[1] == "township" else row[5])


Counted = Mapping[tuple[str, str, str], int]
"""(check, county, outcome id) → how many subjects."""


def replace_counts(connection: Connection, checks: Sequence[str], county: str | None, counted: Counted) -> None:
    """Set the totals of some checks (in one county, or in all)."""
    gone = delete(finding_count).where(finding_count.c.check.in_(list(checks)))
    connection.execute(gone if county is None else gone.where(finding_count.c.county == county))
    _insert_counts(connection, counted)


def shift_counts(connection: Connection, shifts: Counted) -> None:
    """Add (positive or negative) numbers to the totals."""
    for (check, county, outcome), number in sorted(shifts.items()):
        here = and_(finding_count.c.check == check, finding_count.c.county == county, finding_count.c.outcome == outcome)
        if not number:
            continue
        if not connection.execute(update(finding_count).where(here).values(n=finding_count.c.n + number)).rowcount:
            _insert_counts(connection, {(check, county, outcome): number})


def _insert_counts(connection: Connection, counted: Counted) -> None:
    insert_rows(connection, finding_count, ["check", "county", "outcome", "n"], [(*key, number) for key, number in sorted(counted.items()) if number])


def read_counts(connection: Connection, county: str | None = None) -> dict[tuple[str, str], int]:
    """Return (check, outcome id) → number, of one county or of all."""
    wanted = select(finding_count.c.check, finding_count.c.outcome, func.sum(finding_count.c.n)).group_by(finding_count.c.check, finding_count.c.outcome)
    if county is not None:
        wanted = wanted.where(finding_count.c.county == county)
    return {(check, outcome): int(number) for check, outcome, number in connection.execute(wanted)}


def count_areas(connection: Connection, county: str) -> dict[tuple[str, str], int]:
    """Return (check, outcome id) → how many townships of a county, of those that the reader of the connection sees."""
    wanted = select(finding.c.check, finding.c.severity, func.count()).where(finding.c.county == county, finding.c.subject_kind == "township")
    found = connection.execute(wanted.group_by(finding.c.check, finding.c.severity))
    return {(check, WORST_FIRST[severity].id): int(number) for check, severity, number in found}


def moved_in(connection: Connection, ids: Sequence[int]) -> Moved:
    """Return what moved in some runs together, as the reader of the connection sees it."""
    names = ("new", "still", "gone", "back")
    row = connection.execute(select(*(func.sum(check_run.c[name]) for name in names)).where(check_run.c.id.in_(list(ids)))).one()
    new, still, gone, back = (int(number or 0) for number in row)
    return Moved(new, still, gone, back)


def last_run(connection: Connection) -> Mapping[str, Any] | None:
    """Return the latest run, or None."""
    row = connection.execute(select(check_run).order_by(check_run.c.id.desc()).limit(1)).mappings().first()
    return dict(row) if row else None


def run_before(connection: Connection, run: int) -> Mapping[str, Any] | None:
    """Return the run before a run, or None."""
    row = connection.execute(select(check_run).where(check_run.c.id < run).order_by(check_run.c.id.desc()).limit(1)).mappings().first()
    return dict(row) if row else None


def judged_revision(connection: Connection, county: str | None) -> int:
    """Return the revision of the records that all checks have judged, in a county or in all; -1 before the first run."""
    places = ("",) if county is None else ("", county)
    wanted = select(func.max(check_run.c.revision)).where(check_run.c.only == "", check_run.c.county.in_(places))
    found = connection.execute(wanted).scalar()
    return -1 if found is None else int(found)


def judged_as_of(connection: Connection, county: str) -> date | None:
    """Return the day as of which all checks last judged a county; None before the first run."""
    wanted = select(check_run.c.as_of).where(check_run.c.only == "", check_run.c.county.in_(("", county))).order_by(check_run.c.id.desc()).limit(1)
    return connection.execute(wanted).scalar()


def latest_day(connection: Connection, county: str, until: date) -> date | None:
    """Return the latest day, up to one, as of which anything of a county was ever judged; None for none."""
    wanted = select(func.max(check_run.c.as_of)).where(check_run.c.county.in_(("", county)), check_run.c.as_of <= until)
    return connection.execute(wanted).scalar()


def ledgers_left_open(connection: Connection, county: str) -> dict[tuple[str, str], str]:
    """Return (check, ledger) → what was not supplied, separated by blanks, where that leaves records of a county's ledger open."""
    wanted = select(finding.c.check, finding.c.subject, finding.c.missing).where(
        finding.c.county == county, finding.c.subject_kind == "county", finding.c.subject.in_([f"{county}/{ledger}" for ledger in (*LEDGERS, AREA.ledger)])
    )
    return {(check, subject.partition("/")[2]): missing or "" for check, subject, missing in connection.execute(wanted)}
