"""One number over all records of a kind in a county, and over all that was found there, alike on both databases: the sum of the hashes of the rows.

It does not depend on their order and changes with any value of any record. Of a sealed value it says only whether there is one: that is
sealed anew when keys are changed, and its own seal shows an alteration.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from checks.vocabulary import KINDS
from relocation.store.frames import StoredRow, fetch
from relocation.store.schema import metadata
from relocation.store.tables import LEDGERS

MODULUS = 1 << 256
FOUND = {
    "finding": "county check subject_kind subject name township severity reason measured limit unit law missing facts",
    "standing": "county kind subject severity outcomes",
    "standing_order": "county kind checks",
    "entry": "county check subject_kind subject first_run gone_run",
    "finding_count": "county check outcome n",
}
"""What runs write, table → what its sum is made over, the county first."""
_MOST = 200


def record_sums(connection: Connection, county: str) -> dict[str, Mapping[str, Any]]:
    """Return kind → {"rows", "sum", "columns"} of a county's records, kinds without any left out."""
    made = {kind: record_sum(connection, kind, county, columns_of(kind)) for kind in LEDGERS}
    return {kind: one for kind, one in made.items() if one["rows"]}


def kinds_in(connection: Connection, county: str) -> list[str]:
    """Return the kinds of which a county has any record."""
    return [kind for kind, table in LEDGERS.items() if connection.execute(select(table.c.id).where(table.c.county == county).limit(1)).first()]


def columns_of(kind: str) -> str:
    """Return what a sum is made over, as it says itself: a later version of the program may know more columns. "?": only whether there is a value."""
    return " ".join([*(f"{column.name}?" if column.secret else column.name for column in KINDS[kind]), "sheet_id", "row_number"])


def record_sum(connection: Connection, kind: str, county: str, columns: str) -> Mapping[str, Any]:
    """Return the sum over some columns of a county's records of a kind. KeyError for a column there is none of."""
    table = LEDGERS[kind]
    said = [table.c[name[:-1]].is_not(None) if name.endswith("?") else table.c[name] for name in columns.split(" ")]
    rows = fetch(connection, select(*said).where(table.c.county == county))
    plain = connection.dialect.name == "sqlite"
    total = sum(_hash(row if plain else _like_a_file(row)) for row in rows)
    return {"rows": len(rows), "sum": format(total % MODULUS, "064x"), "columns": columns}


def found_sums(connection: Connection, table: str, columns: str, counties: Collection[str] | None = None) -> dict[str, Mapping[str, Any]]:
    """Return county → the sum over some columns (the county first) of what runs wrote to a table, of some counties or of all. KeyError for a column there is none of."""
    of, plain = metadata.tables[table], connection.dialect.name == "sqlite"
    wanted = select(*(of.c[name] for name in columns.split(" ")))
    if counties is not None and len(counties) <= _MOST:
        wanted = wanted.where(of.c.county.in_(sorted(counties)))
    rows: dict[str, int] = {}
    totals: dict[str, int] = {}
    for row in _streamed(connection, wanted):
        county = row[0]
        rows[county] = rows.get(county, 0) + 1
        totals[county] = totals.get(county, 0) + _hash(row if plain else _like_a_file(row))
    return {
        county: {"rows": number, "sum": format(totals[county] % MODULUS, "064x"), "columns": columns}
        for county, number in rows.items()
        if counties is None or county in counties
    }


def _streamed(connection: Connection, wanted: Any) -> Iterator[StoredRow]:
    """Give bare driver rows, some thousand at a time: what was found in a whole nation is not held at once."""
    result = connection.execute(wanted)
    assert result.cursor is not None  # a select has rows
    while some := result.cursor.fetchmany(5_000):
        yield from some
    result.close()


def _hash(row: StoredRow) -> int:
    return int.from_bytes(hashlib.sha256(repr(row).encode()).digest(), "big")


def _like_a_file(row: StoredRow) -> StoredRow:
    """Return a server's row as SQLite gives it: days as text, yes and no as 1 and 0."""
    return tuple(value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else _whole(value) for value in row)


def _whole(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
