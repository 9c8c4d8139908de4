"""Pages of findings and records: the next page starts after a key, so its cost does not grow with what came before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, tuple_

from checks.finding import Finding
from checks.records import Column, RecordKind
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import KINDS
from relocation.store import tables
from relocation.store.files import NOT_YET
from relocation.store.foreign import seen_from
from relocation.store.runs import COLUMNS, as_finding
from relocation.store.sealing import keys_of, marks, open_change, opened_row
from relocation.store.tables import LEDGERS, change, finding, import_file, import_sheet, mark_of, standing

_ORDER = (finding.c.severity, finding.c.check, finding.c.county, finding.c.subject_kind, finding.c.subject)


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What findings are wanted; conditions hold together, an empty one always holds."""

    outcomes: Collection[Outcome] = ()
    checks: Collection[str] = ()
    county: str | None = None
    kind: str | None = None
    subject: str | None = None
    township: str | None = None
    text: str | None = None
    reason: str | None = None
    missing: str | None = None  # names of columns, separated by one blank, as a finding keeps them
    every: bool = False  # people's records that pass too: they are not kept, so the service judges them; no condition on what is

    def condition(self) -> ColumnElement[bool]:
        """Return them as one condition."""
        conditions: list[ColumnElement[bool]] = [finding.c.severity >= 0]
        if self.outcomes:
            conditions.append(finding.c.severity.in_([WORST_FIRST.index(outcome) for outcome in self.outcomes]))
        if self.checks:
            conditions.append(finding.c.check.in_(list(self.checks)))
        for name in ("county", "subject", "township", "reason", "missing"):
            if wanted := getattr(self, name):
                conditions.append(finding.c[name] == wanted)
        if self.kind:
            kinds = ("county", "township") if self.kind == "area" else (self.kind,)
            conditions.append(finding.c.subject_kind.in_(kinds))
        if self.text:
            conditions.append(_like(self.text, finding.c.subject, finding.c.name, finding.c.township))
        return and_(*conditions)


def _like(text: str, *columns: Any) -> ColumnElement[bool]:
    return or_(*(column.contains(text, autoescape=True) for column in columns))


def page_of_findings(connection: Connection, wanted: FindingFilter, after: Sequence[Any], limit: int) -> list[Finding]:
    """Return up to `limit` findings after a key (severity, check, county, kind, subject), worst first."""
    query = select(*(finding.c[name] for name in COLUMNS)).where(wanted.condition()).order_by(*_ORDER).limit(limit)
    if after:
        query = query.where(tuple_(*_ORDER) > tuple_(*after))
    return seen_from(connection, (as_finding(row) for row in connection.execute(query)))


def key_of(one: Finding) -> list[Any]:
    """Return the key after which the next page starts."""
    return [WORST_FIRST.index(one.outcome), one.check, one.county, one.subject_kind, one.subject]


def every_finding(connection: Connection, wanted: FindingFilter, batch: int = 2_000) -> Iterator[Finding]:
    """Return all findings that fit, worst first, read in batches."""
    after: list[Any] = []
    while found := page_of_findings(connection, wanted, after, batch):
        yield from found
        after = key_of(found[-1])


def outcomes(connection: Connection, wanted: FindingFilter) -> dict[str, Outcome]:
    """Return the outcome of every subject among the findings that fit, by its code; for filters that keep one county, check and kind."""
    query = select(finding.c.subject, finding.c.severity).where(wanted.condition())
    return {subject: WORST_FIRST[severity] for subject, severity in connection.execute(query)}


def count_findings(connection: Connection, wanted: FindingFilter) -> int:
    """Return how many findings fit."""
    return int(connection.execute(select(func.count()).select_from(finding).where(wanted.condition())).scalar_one())


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What records are wanted. `worst` is the outcome that stands for a record over all checks."""

    county: str | None = None
    township: str | None = None
    site: str | None = None
    text: str | None = None
    worst: Outcome | None = None

    def condition(self, kind: RecordKind) -> ColumnElement[bool]:
        """Return it as one condition on the kind's table."""
        table = LEDGERS[kind.id]
        conditions: list[ColumnElement[bool]] = [table.c.id > 0]
        for name, wanted in (("county", self.county), ("township", self.township)):
            if wanted:
                conditions.append(table.c[name] == wanted)
        if self.site:
            conditions.append(_of_site(self.site))
        if self.text:
            named = [table.c[name] for name in ("head_name", "name", "item") if name in table.c]
            conditions.append(_like(self.text, table.c.code, *named, table.c.village))
        if self.worst is not None:
            conditions.append(self._standing(kind, self.worst))
        return and_(*conditions)

    def _standing(self, kind: RecordKind, worst: Outcome) -> ColumnElement[bool]:
        table = LEDGERS[kind.id]
        of = and_(standing.c.kind == kind.id, standing.c.county == table.c.county, standing.c.subject == table.c.code)
        return exists().where(of, standing.c.severity == WORST_FIRST.index(worst))


def _of_site(code: str) -> ColumnElement[bool]:
    """Return what holds for a site's households: they give its code, or no code and a name that no other site of the county bears."""
    site, twin, household = LEDGERS["site"], LEDGERS["site"].alias("twin"), LEDGERS["household"]
    shared = exists().where(twin.c.county == site.c.county, twin.c.name == site.c.name, twin.c.code != site.c.code)
    named = select(site.c.county, site.c.name).where(site.c.code == code, ~shared)
    by_name = and_(household.c.site_code.is_(None), tuple_(household.c.county, household.c.site_name).in_(named))
    return or_(household.c.site_code == code, by_name)


def site_names(connection: Connection, counties: Collection[str]) -> list[tuple[str, str, str]]:
    """Return county, code and name of the counties' sites."""
    site = LEDGERS["site"]
    found = connection.execute(select(site.c.county, site.c.code, site.c.name).where(site.c.county.in_(list(counties))))
    return [(county, code, name or "") for county, code, name in found]


def page_of_records(
    connection: Connection, kind: RecordKind, wanted: RecordFilter, after: Sequence[Any], limit: int, *, worst_first: bool = False
) -> list[Mapping[str, Any]]:
    """Return up to `limit` records after a key, as column name → value, `sheet_id` and `row_number` included.

    The key is (county, code), or (severity, county, code) for `worst_first`, which adds `severity`: that of the worst finding kept.
    """
    table = LEDGERS[kind.id]
    of = and_(finding.c.county == table.c.county, finding.c.subject_kind == kind.id, finding.c.subject == table.c.code)
    severity = func.coalesce(select(func.min(finding.c.severity)).where(of).scalar_subquery(), len(WORST_FIRST))
    order: list[Any] = [*([severity] if worst_first else []), table.c.county, table.c.code]
    query = select(table, *([severity.label("severity")] if worst_first else [])).where(wanted.condition(kind)).order_by(*order).limit(limit)
    if after:
        query = query.where(tuple_(*order) > tuple_(*after))
    return [opened_row(connection, kind, dict(row)) for row in connection.execute(query).mappings()]


def count_records(connection: Connection, kind: RecordKind, wanted: RecordFilter) -> int:
    """Return how many records fit."""
    query = select(func.count()).select_from(LEDGERS[kind.id]).where(wanted.condition(kind))
    return int(connection.execute(query).scalar_one())


def records_of_code(connection: Connection, kind: RecordKind, code: str, county: str | None) -> list[Mapping[str, Any]]:
    """Return the records of a code: one a county."""
    table = LEDGERS[kind.id]
    places = select(tables.county.c.code) if county is None else [county]  # by place and code there is an index, by code alone there is none
    query = select(table).where(table.c.code == code, table.c.county.in_(places)).order_by(table.c.county)
    return [opened_row(connection, kind, dict(row)) for row in connection.execute(query).mappings()]


def records_holding(connection: Connection, kind: RecordKind, column: Column, text: str) -> list[Mapping[str, Any]]:
    """Return the records whose secret is exactly this, found by its mark; the secrets themselves are left out."""
    assert column.secret is not None
    table = LEDGERS[kind.id]
    shown = [table.c[one.name] for one in kind if not one.secret]
    query = select(*shown).where(table.c[mark_of(column.name)].in_(marks(connection, column.secret, [text])))
    return [dict(row) for row in connection.execute(query.order_by(table.c.county, table.c.code)).mappings()]


def codes_near(connection: Connection, kind: RecordKind, code: str) -> list[str]:
    """Return a few codes around the place where a code would stand, if they are much like it."""
    table = LEDGERS[kind.id]
    found: set[str] = set()
    for place in connection.execute(select(tables.county.c.code)).scalars().all():
        here = select(table.c.code).where(table.c.county == place)
        found.update(connection.execute(here.where(table.c.code > code).order_by(table.c.code).limit(3)).scalars())
        found.update(connection.execute(here.where(table.c.code < code).order_by(table.c.code.desc()).limit(3)).scalars())
    return get_close_matches(code, sorted(found), n=6, cutoff=0.6)


def findings_of(connection: Connection, kind: str, county: str, code: str) -> list[Finding]:
    """Return the findings of one subject, worst first."""
    return page_of_findings(connection, FindingFilter(county=county, kind=kind, subject=code), (), 1000)


def findings_about(connection: Connection, kind: str, county: str | None, codes: Sequence[str]) -> list[Finding]:
    """Return the findings about some subjects of a kind, in no order."""
    query = select(*(finding.c[name] for name in COLUMNS)).where(finding.c.subject_kind == kind, finding.c.subject.in_(list(codes)))
    return seen_from(connection, (as_finding(row) for row in connection.execute(query if county is None else query.where(finding.c.county == county))))


def standing_so(connection: Connection, wanted: FindingFilter, kind: str, county: str, place: int, letter: str, after: str, limit: int) -> list[str]:
    """Return the codes, after one, of a county's records that stood as the letter says under the check whose letter has that place.

    Of the filter only township, subject and text are looked at.
    """
    table = LEDGERS[kind]
    same = and_(table.c.county == standing.c.county, table.c.code == standing.c.subject)
    query = select(standing.c.subject).join(table, same).where(standing.c.kind == kind, standing.c.county == county, standing.c.subject > after)
    query = query.where(func.substr(standing.c.outcomes, place + 1, 1) == letter)
    for column, value in ((table.c.township, wanted.township), (table.c.code, wanted.subject)):
        if value:
            query = query.where(column == value)
    if wanted.text:
        query = query.where(_like(wanted.text, table.c.code, table.c.township))
    return list(connection.execute(query.order_by(standing.c.subject).limit(limit)).scalars())


def sources(connection: Connection, sheet_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Return of each sheet: file, sheet, letters (as JSON), when it was imported; blanks of one that the reader does not see, as it may be another place's."""
    unseen: Mapping[str, Any] = {"name": "", "sheet": "", "letters": "{}", "imported_at": None}
    query = select(import_sheet.c.id, import_sheet.c.sheet, import_sheet.c.letters, import_file.c.name, import_file.c.imported_at).join(import_file)
    seen = {row["id"]: dict(row) for row in connection.execute(query.where(import_sheet.c.id.in_(list(sheet_ids)))).mappings()}
    return {id: seen.get(id, unseen) for id in sheet_ids}


def changes_of(connection: Connection, kind: str, county: str, code: str) -> list[Mapping[str, Any]]:
    """Return what later files changed in a record, oldest first."""
    coming = select(import_sheet.c.id).join(import_file).where(import_file.c.revision == NOT_YET)
    query = select(change).where(change.c.kind == kind, change.c.county == county, change.c.subject == code, change.c.sheet_id.not_in(coming))
    secret, keys = {column.name for column in KINDS[kind].secrets}, keys_of(connection)
    found: list[dict[str, Any]] = [dict(row) for row in connection.execute(query.order_by(change.c.id)).mappings()]
    for row in found:
        if row["field"] in secret:
            row.update({name: open_change(keys, row[name], kind, county, code, row["field"]) for name in ("old", "new")})
    return [*found]


def townships(connection: Connection, county: str | None) -> list[str]:
    """Return the names of townships in the records."""
    names: set[str] = set()
    for table in LEDGERS.values():
        query = select(table.c.township).where(table.c.township.is_not(None)).group_by(table.c.township)
        names.update(connection.execute(query if county is None else query.where(table.c.county == county)).scalars())
    return sorted(names)


def positions(connection: Connection) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Return (kind, county, code) → longitude and latitude of every record that has a position, or is of a site that has one."""
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    placed = {kind: table for kind, table in LEDGERS.items() if "lon" in table.c}
    for kind, table in placed.items():
        query = select(table.c.county, table.c.code, table.c.lon, table.c.lat).where(table.c.lon.is_not(None), table.c.lat.is_not(None))
        for county, code, lon, lat in connection.execute(query):
            found[kind, county, code] = (lon, lat)
    for kind, table in LEDGERS.items():
        if "lon" not in table.c and "site_code" in table.c:
            for county, code, site in connection.execute(select(table.c.county, table.c.code, table.c.site_code)):
                if ("site", county, site) in found:
                    found[kind, county, code] = found["site", county, site]
    return found
