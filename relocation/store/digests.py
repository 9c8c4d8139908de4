"""Digests over stored rows, so that an entry of the log can say what the rows it speaks of held, and `verify` can tell whether they still do.

A digest is the same on both databases. Of a personal field it says only whether there was a value: what is sealed is sealed anew when
keys are changed, and a short digest over one person's number could be guessed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from checks.vocabulary import KINDS
from relocation.store.files import as_utc
from relocation.store.schema import metadata
from relocation.store.tables import change, mark_of

Digest = Mapping[str, Any]
"""{"table", "where": {column: value}, "rows", "sha256"}: plain JSON, as it stands in an entry of the log."""


def digest(connection: Connection, table: str, where: Mapping[str, Any]) -> Digest:
    """Return how many rows of a table hold those values (a list: one of them), and the hash over them in the order of their key.

    A column named "account.name" is that of the table the rows belong to.
    """
    of = metadata.tables[table]
    wanted = select(of).order_by(*of.primary_key.columns)
    for owner in dict.fromkeys(name.partition(".")[0] for name in where if "." in name):
        wanted = wanted.join(metadata.tables[owner])
    for name, value in where.items():
        column = metadata.tables[name.partition(".")[0]].c[name.partition(".")[2]] if "." in name else of.c[name]
        wanted = wanted.where(column.in_(value) if isinstance(value, list) else column == value)
    hashed, number, blank = hashlib.sha256(), 0, _blanks(table)
    for found in connection.execute(wanted).mappings():
        row = dict(found)
        hashed.update(as_line({name: blank(row, name, value) for name, value in row.items()}).encode())
        number += 1
    return {"table": table, "where": dict(where), "rows": number, "sha256": hashed.hexdigest()}


def digests(connection: Connection, *wanted: tuple[str, Mapping[str, Any]]) -> list[Digest]:
    """Return the digests of several (table, where) that have any row."""
    made = [digest(connection, table, where) for table, where in wanted]
    return [one for one in made if one["rows"]]


def as_line(row: Mapping[str, Any]) -> str:
    """Return a row as the line that is hashed: JSON with sorted keys, moments in UTC, bytes by their hash."""
    return json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def plain(value: Any) -> Any:
    """Return a stored value as JSON holds it, alike whichever database it came from."""
    if isinstance(value, bytes | bytearray | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return as_utc(value).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value + 0.0)  # -0.0 comes back from a server as 0.0
    return value


def _blanks(table: str) -> Callable[[Mapping[str, Any], str, Any], Any]:
    """Return what takes the personal values out of a row before it is hashed."""
    if table == change.name:
        return lambda row, name, value: _there(value) if name in ("old", "new") and row["field"] in _personal(row["kind"]) else value
    if table in KINDS:
        personal = _personal(table)
        return lambda _row, name, value: _there(value) if name in personal else value
    return lambda _row, _name, value: value


@cache
def _personal(kind: str) -> frozenset[str]:
    if kind not in KINDS:
        return frozenset()  # no kind of this program's: somebody wrote it
    return frozenset(name for column in KINDS[kind] if column.personal for name in (column.name, mark_of(column.name)))


def _there(value: Any) -> str | None:
    return None if value is None else "…"


def stands(connection: Connection, *wanted: tuple[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the part of an entry's new state that says how rows stand which a later entry may say otherwise: the newest word counts, that there are none too."""
    return {STANDS: [digest(connection, table, where) for table, where in wanted]}


STANDS = "stands"


def told(digests: Sequence[Digest]) -> dict[str, Any]:
    """Return digests as the part of an entry's new state that `verify` looks for."""
    return {"digests": list(digests)} if digests else {}
