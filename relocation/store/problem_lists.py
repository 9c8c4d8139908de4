"""Imported problem lists: which items were brought in when, and the entry each one has; the names of places and records that items may mean."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from relocation.ledger.entry import Entry
from relocation.store.files import in_utc
from relocation.store.list_tables import problem_item, problem_list
from relocation.store.rectification_queries import EntryFilter, every
from relocation.store.runs import OPEN
from relocation.store.tables import LEDGERS, finding

TOWNSHIP, VILLAGE, SITE = 1, 2, 3
"""How fine a place is."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item: its list, its number there, the entry it has, the places it names."""

    county: str
    tier: str
    name: str
    number: str
    entry: int
    village: str
    site: str
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names a county's records know: place → how fine; of sites and households the code behind a code or an unmistakable name."""

    places: Mapping[str, int]
    sites: Mapping[str, str]
    households: frozenset[str]
    heads: Mapping[tuple[str, str], str]  # (village, head of household) → code, where one alone is called so
    township_of: Mapping[str, str]  # a site's or household's code → its township


def gazetteer(connection: Connection, county: str) -> Gazetteer:
    """Return the names a county's records know."""
    site, household = LEDGERS["site"], LEDGERS["household"]
    sites = connection.execute(select(site.c.code, site.c.name, site.c.township, site.c.village).where(site.c.county == county)).all()
    homes = connection.execute(
        select(household.c.code, household.c.head_name, household.c.township, household.c.village).where(household.c.county == county)
    ).all()
    places: dict[str, int] = {}
    for row in (*sites, *homes):
        places |= {name: fine for name, fine in ((row.village, VILLAGE), (row.township, TOWNSHIP)) if name}
    named = Counter(row.name for row in sites if row.name)
    places |= dict.fromkeys(named, SITE)
    heads = Counter((row.village or "", row.head_name or "") for row in homes)
    return Gazetteer(
        places,
        {**{row.name: row.code for row in sites if row.name and named[row.name] == 1}, **{row.code: row.code for row in sites}},
        frozenset(row.code for row in homes),
        {(row.village, row.head_name): row.code for row in homes if row.village and row.head_name and heads[row.village, row.head_name] == 1},
        {row.code: row.township or "" for row in (*sites, *homes)},
    )


def known(connection: Connection, county: str, tier: str, name: str) -> dict[str, tuple[str, int]]:
    """Return the items of a list brought in before: number → what it said (hash), its entry."""
    here = (problem_item.c.county == county, problem_item.c.tier == tier, problem_item.c.name == name)
    return {
        row.number: (row.said, row.entry) for row in connection.execute(select(problem_item.c.number, problem_item.c.said, problem_item.c.entry).where(*here))
    }


def add_list(connection: Connection, values: Mapping[str, Any], at: datetime) -> int:
    """Record that a list was brought in and return its id."""
    return int(connection.execute(insert(problem_list).values(**values, imported_at=in_utc(at)).returning(problem_list.c.id)).scalar_one())


def add_items(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the items of a list."""
    if rows:
        connection.execute(insert(problem_item), [{**row, "places": json.dumps(row["places"], ensure_ascii=False)} for row in rows])


def lists(connection: Connection) -> list[Mapping[str, Any]]:
    """Return every time a list was brought in, the newest first."""
    return [dict(row) for row in connection.execute(select(problem_list).order_by(problem_list.c.id.desc())).mappings()]


def items(connection: Connection, county: str | None = None) -> list[ListedItem]:
    """Return every item, list by list in the order it was brought in."""
    wanted = select(problem_item).order_by(problem_item.c.county, problem_item.c.id)
    if county:
        wanted = wanted.where(problem_item.c.county == county)
    names = ("county", "tier", "name", "number", "entry", "village", "site")
    return [ListedItem(**{name: row[name] for name in names}, places=json.loads(row["places"])) for row in connection.execute(wanted).mappings()]


def open_findings(connection: Connection, county: str) -> list[tuple[str, str, str]]:
    """Return kind, subject and check of a county's open findings about sites and households."""
    wanted = select(finding.c.subject_kind, finding.c.subject, finding.c.check)
    wanted = wanted.where(
        finding.c.county == county, finding.c.severity >= 0, finding.c.severity <= max(OPEN), finding.c.subject_kind.in_(("site", "household"))
    )
    return [(row.subject_kind, row.subject, row.check) for row in connection.execute(wanted)]


def entries_of(connection: Connection, county: str) -> list[Entry]:
    """Return every entry of a county, by number."""
    return every(connection, EntryFilter(date.min, date.min, county=county))
