"""What is open, counted in groups that one action mends: read off an index, however many findings there are."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from checks.finding import Finding
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import LEDGERS
from relocation.store.foreign import seen_from
from relocation.store.frames import fetch
from relocation.store.runs import COLUMNS, OPEN, as_finding
from relocation.store.tables import finding

KINDS = (*(kind.id for kind in LEDGERS.values()), "county", "township")
"""The kinds of subject a finding can be about."""


class Group(NamedTuple):
    """Open findings alike in all but their subject. A township as subject stands by itself: it is its own place."""

    kind: str
    severity: int
    check: str
    reason: str
    county: str
    township: str
    missing: str
    findings: int

    @property
    def outcome(self) -> Outcome:
        """What was found of them all."""
        return WORST_FIRST[self.severity]


_GROUP = ("severity", "check", "reason", "county", "township", "missing")


def open_groups(connection: Connection, county: str | None = None, township: str | None = None) -> list[Group]:
    """Return the groups of all open findings, in no order that means anything."""
    every = ((kind, row) for kind in KINDS for row in fetch(connection, grouped(kind, county, township)))
    return [Group._make((kind, *row[:5], row[5] or "", row[6])) for kind, row in every]


def grouped(kind: str, county: str | None = None, township: str | None = None) -> Select[Any]:
    """Return the query that counts the open findings about one kind of subject by group; in SQLite it reads the index alone."""
    place = finding.c.name if kind == "township" else finding.c.township
    keys = [place if name == "township" else finding.c[name] for name in _GROUP]
    query = select(*keys, func.count()).where(finding.c.subject_kind == kind, finding.c.severity <= max(OPEN)).group_by(*keys)
    for column, wanted in ((finding.c.county, county), (place, township)):
        if wanted is not None:
            query = query.where(column == wanted)
    return query


def _within(query: Select[Any], *, township: bool) -> Select[Any]:
    """Keep the findings of one group, named when the query is run: written once, for it is run a hundred times a page."""
    told = [finding.c[name] == bindparam(name) for name in ("severity", "check", "reason", "county")]
    place = (finding.c.name if township else finding.c.township) == bindparam("township")
    gone = finding.c.missing.is_not_distinct_from(bindparam("missing"))
    return query.where(and_(finding.c.subject_kind == bindparam("kind"), *told, place, gone))


_FIRST = select(*(finding.c[name] for name in COLUMNS)).order_by(finding.c.subject).limit(bindparam("most"))
_LEFT = select(func.min(finding.c.limit - finding.c.measured))
_FIRST_OF = {township: _within(_FIRST, township=township) for township in (False, True)}
_LEFT_OF = {township: _within(_LEFT, township=township) for township in (False, True)}


def _named(group: Group) -> dict[str, Any]:
    return {**group._asdict(), "missing": group.missing or None}


def findings_in(connection: Connection, group: Group, most: int) -> list[Finding]:
    """Return the first findings of a group, in the order of their subjects' codes."""
    return seen_from(connection, (as_finding(row) for row in connection.execute(_FIRST_OF[group.kind == "township"], {**_named(group), "most": most})))


def least_left(connection: Connection, group: Group) -> float | None:
    """Return how much of its limit the worst of a group has left, below zero where it is past; None where no limit decided."""
    left: float | None = connection.execute(_LEFT_OF[group.kind == "township"], _named(group)).scalar()
    return left
