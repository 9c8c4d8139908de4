"""The stored records as lists and as pages of one record. Names and ID numbers come masked."""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np

from checks.finding import Finding
from checks.masking import masked_name
from checks.records import Kind, RecordKind
from checks.registry import checks
from checks.verdict import WORST_FIRST
from checks.vocabulary import HOUSEHOLD, KINDS, LEDGERS, SITE
from relocation.service import paging
from relocation.service.findings import counts, wanted_findings
from relocation.service.reference import described, instruments
from relocation.service.showing import changed, heading, shown, unit
from relocation.store import files, ledgers, queries, standings
from relocation.store import layers as kept_layers
from relocation.store.opening import Connection, Store
from relocation.store.queries import RecordFilter
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `values` are the columns as shown, by name; `worst` the worst outcome's id, "" before a check."""

    kind: str
    county: str
    code: str
    name: str
    township: str
    values: Mapping[str, str]
    worst: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """Lines, sites the worst first, households in the order of their codes. `after` asks the next page, "" when this is the last; `total` counts all that fit the filters."""

    rows: tuple[Row, ...]
    after: str
    total: int


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one record: heading, value as shown, unit, and the cell it came from."""

    name: str
    heading: str
    value: str
    unit: str
    file: str
    sheet: str
    cell: str
    imported_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastChange:
    """A field that a later file changed."""

    heading: str
    old: str
    new: str
    file: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record whole."""

    kind: str
    county: str
    code: str
    name: str
    worst: str
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...]
    changes: tuple[PastChange, ...]
    households: int  # of a site: how many stored households are its own
    position: tuple[float, float] | None  # lon, lat in WGS-84


@dataclass(frozen=True, slots=True)
class CountyRow:
    """A county with anything stored, and how it stands."""

    code: str
    name: str
    sites: int
    households: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A reference or imported layer: what it holds, since when, from whom, how exact."""

    id: str
    county: str
    features: int
    unplaced: int
    source: str
    dated: str
    licence: str
    declared_crs: str
    uncertainty_m: tuple[float, float] | None  # least and most of the features that state one


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in the list of checks."""

    id: str
    family: str
    about: tuple[str, ...]
    title: str
    question: str
    law: tuple[str, ...]  # titles of the instruments its values come from
    stale: bool = False  # a value's day of review has passed

    def json(self) -> dict[str, object]:
        """Return the check as the contract of `checks` writes it."""
        return {
            "id": self.id,
            "family": self.family,
            "about": list(self.about),
            "title": self.title,
            "law": list(self.law),
        }


def sites(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    township: str | None = None,
    text: str | None = None,
    outcome: str | None = None,
    after: str = "",
    limit: int = 50,
) -> RowPage:
    """Return a page of the sites, worst first."""
    return _page(store, SITE, lang, outcome, after, limit, county=county, township=township, text=text)


def households(
    store: Store,
    lang: str,
    *,
    county: str | None = None,
    township: str | None = None,
    site: str | None = None,
    text: str | None = None,
    outcome: str | None = None,
    after: str = "",
    limit: int = 50,
) -> RowPage:
    """Return a page of the households; `site` keeps those of a site's code, by code or by a name it alone bears."""
    return _page(store, HOUSEHOLD, lang, outcome, after, limit, county=county, township=township, site=site, text=text)


def _page(store: Store, kind: RecordKind, lang: str, outcome: str | None, after: str, limit: int, **filters: str | None) -> RowPage:
    worst = next(iter(wanted_findings(outcome=outcome or "").outcomes), None)
    limit = min(max(limit, 1), paging.MOST)
    with store.reading() as connection:
        wanted = RecordFilter(**filters, worst=worst)
        start = paging.key(after, *((int,) if kind is SITE else ()), str, str)
        found = queries.page_of_records(connection, kind, wanted, start, limit + 1, worst_first=kind is SITE)
        total = _once(store, connection, ("total", kind.id, *(sorted(filters.items())), outcome), lambda: queries.count_records(connection, kind, wanted))
        page = found[:limit]
        worst_of = _worst(connection, kind, page)
    rows = tuple(_row(kind, record, lang, worst_of[record["county"], record["code"]]) for record in page)
    mark = paging.mark([page[-1][name] for name in (*(("severity",) if kind is SITE else ()), "county", "code")]) if len(found) > limit else ""
    return RowPage(rows, mark, total)


DRAWN = ("drawings", "drawing-pairs")  # no workbook holds them: their records are made of files
Answer = TypeVar("Answer")

ANSWERS_KEPT = 500
"""More filters than people try between two imports; then it starts anew."""


def _once(store: Store, connection: Connection, asked: Hashable, answer: Callable[[], Answer]) -> Answer:
    """Return an answer that costs a walk over a table, found once for each state of records and findings."""
    state = files.revision(connection, "records"), files.revision(connection, "findings")
    held: tuple[tuple[int, int], dict[Hashable, Answer]] | None = store.kept.get("answers")
    if held is None or held[0] != state or len(held[1]) >= ANSWERS_KEPT:
        held = store.kept["answers"] = (state, {})
    if asked not in held[1]:
        held[1][asked] = answer()
    return held[1][asked]


def _worst(connection: Connection, kind: RecordKind, records: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the outcome that stands for each record; "" for one that no run has judged."""
    keys = [(record["county"], record["code"]) for record in records]
    found = standings.worst_of(connection, kind.id, keys)
    return {key: WORST_FIRST[found[key]].id if key in found else "" for key in keys}


def _row(kind: RecordKind, record: Mapping[str, Any], lang: str, worst: str) -> Row:
    values = {column.name: shown(column, ledgers.plain(column.kind, record[column.name]), lang) for column in kind if column.kind is not Kind.SHAPE}
    return Row(kind.id, record["county"], record["code"], _name(kind, record), record["township"] or "", values, worst)


def _name(kind: RecordKind, record: Mapping[str, Any]) -> str:
    return masked_name(record["head_name"] or "") if kind is HOUSEHOLD else str(record["name"] or "")


def site(store: Store, code: str, lang: str, county: str | None = None) -> RecordPage:
    """Return one site; Trouble (404) with near codes when there is none."""
    return _record(store, SITE, code, lang, county)


def household(store: Store, code: str, lang: str, county: str | None = None) -> RecordPage:
    """Return one household; Trouble (404) with near codes when there is none."""
    return _record(store, HOUSEHOLD, code, lang, county)


def fields_of(store: Store, kind: str, county: str, code: str, lang: str) -> tuple[Field, ...]:
    """Return the fields of any ledger's record with the cells they were read from; () for what is counted and not read."""
    if kind not in KINDS or KINDS[kind].ledger not in LEDGERS:
        return ()
    with store.reading() as connection:
        found = queries.records_of_code(connection, KINDS[kind], code, county)
        if not found:
            return ()
        past = queries.changes_of(connection, kind, county, code)
        sources = queries.sources(connection, {found[0]["sheet_id"], *(change["sheet_id"] for change in past)})
    return _fields(KINDS[kind], found[0], past, sources, lang)


def places_of(store: Store, kind: str, code: str) -> tuple[str, ...]:
    """Return the counties that have a record of that kind and code."""
    if kind not in KINDS or KINDS[kind].ledger not in LEDGERS:
        return ()
    with store.reading() as connection:
        return tuple(record["county"] for record in queries.records_of_code(connection, KINDS[kind], code, None))


def _record(store: Store, kind: RecordKind, code: str, lang: str, county: str | None) -> RecordPage:
    with store.reading() as connection:
        found = queries.records_of_code(connection, kind, code, county)
        if not found:
            raise Trouble("unknown-subject", subject=code, near=", ".join(queries.codes_near(connection, kind, code)))
        record = found[0]
        place = record["county"]
        past = queries.changes_of(connection, kind.id, place, code)
        sources = queries.sources(connection, {record["sheet_id"], *(change["sheet_id"] for change in past)})
        findings = queries.findings_of(connection, kind.id, place, code)
        worst = _worst(connection, kind, [record])[place, code]
        living = queries.count_records(connection, HOUSEHOLD, RecordFilter(county=place, site=code)) if kind is SITE else 0
    position = (record["lon"], record["lat"]) if record["lon"] is not None and record["lat"] is not None else None
    fields = _fields(kind, record, past, sources, lang)
    return RecordPage(kind.id, place, code, _name(kind, record), worst, fields, tuple(findings), _past(kind, past, sources, lang), living, position)


def _fields(
    kind: RecordKind, record: Mapping[str, Any], past: Sequence[Mapping[str, Any]], sources: Mapping[int, Mapping[str, Any]], lang: str
) -> tuple[Field, ...]:
    said_by = {change["field"]: (change["sheet_id"], change["row_number"]) for change in past}  # the latest stays
    fields = []
    for column in kind:
        sheet_id, row = said_by.get(column.name, (record["sheet_id"], record["row_number"]))
        source = sources[sheet_id]
        letter = json.loads(source["letters"]).get(column.name, "")
        value = shown(column, ledgers.plain(column.kind, record[column.name]), lang)
        at = files.as_utc(source["imported_at"]) if source["imported_at"] else None
        rowless = kind.ledger in DRAWN or column.made or not source["name"]  # a drawing has no rows
        cell = f"{letter}{row}" if letter else "" if rowless else str(row)
        fields.append(Field(column.name, heading(column, lang), value, unit(column.unit, lang), source["name"], source["sheet"], cell, at))
    return tuple(fields)


def _past(kind: RecordKind, past: Sequence[Mapping[str, Any]], sources: Mapping[int, Mapping[str, Any]], lang: str) -> tuple[PastChange, ...]:
    made = []
    for change in past:
        column = kind.column(change["field"])
        old, new = changed(column, change["old"], lang), changed(column, change["new"], lang)
        made.append(PastChange(heading(column, lang), old, new, sources[change["sheet_id"]]["name"], files.as_utc(change["changed_at"])))
    return tuple(made)


def counties(store: Store) -> tuple[CountyRow, ...]:
    """Return the counties that have records."""
    with store.reading() as connection:
        names = files.county_names(connection)
        sizes = _once(store, connection, "counties", lambda: _sizes(connection))
    return tuple(CountyRow(code, names.get(code) or code, homes, moved, counts(store, code).counts) for code, homes, moved in sizes)


def _sizes(connection: Connection) -> list[tuple[str, int, int]]:
    """Return of every county with records: its code, how many sites, how many households."""
    return [
        (code, ledgers.count(connection, SITE.id, code), ledgers.count(connection, HOUSEHOLD.id, code)) for code in ledgers.counties_with_records(connection)
    ]


def townships(store: Store, county: str | None = None) -> tuple[str, ...]:
    """Return the names of townships met in the records, for the lists' filters."""
    with store.reading() as connection:
        return _once(store, connection, ("townships", county), lambda: tuple(queries.townships(connection, county)))


def layers(store: Store, lang: str = "zh") -> tuple[LayerRow, ...]:
    """Return the layers the checks look at, with source and date."""
    with store.reading() as connection:
        parts = kept_layers.read_parts(connection)
    rows = []
    for county, layer in parts:
        about = described().get(layer.id) if county == kept_layers.REFERENCE else None
        stated = layer.uncertainty_m[~np.isnan(layer.uncertainty_m)]
        spread = (float(stated.min()), float(stated.max())) if len(stated) else None
        source = f"{about['source'][lang]}{'；' if lang == 'zh' else '; '}{about['attribution']}".rstrip("；; ") if about else layer.source
        rows.append(LayerRow(layer.id, county, len(layer), int(layer.unplaced.sum()), source, layer.dated, layer.licence, layer.declared_crs, spread))
    return tuple(rows)


def check_list(lang: str, today: date | None = None) -> tuple[CheckRow, ...]:
    """Return every check; `today` marks those with a value that is due for review."""
    rows = []
    for check in checks().values():
        cited = dict.fromkeys(value.instrument for parameter in check.parameters.values() for value in parameter.values)
        law = tuple(instruments()[id].title[lang] if id in instruments() else id for id in cited)
        about = tuple(dict.fromkeys(kind.id for kind in check.about))
        stale = today is not None and any(value.is_stale(today) for parameter in check.parameters.values() for value in parameter.values)
        rows.append(CheckRow(check.id, check.family, about, check.title(lang), check.question(lang), law, stale))
    return tuple(rows)


def last_import_at(store: Store) -> datetime | None:
    """Return when something was last stored from a file."""
    with store.reading() as connection:
        at = files.last_import(connection)
    return files.as_utc(at) if at else None


def as_of_default(store: Store, today: date) -> date:
    """Return the day of the latest run, or today before the first."""
    return counts(store).as_of or today
