"""Other records that a finding names: to whoever is bound to places, those that lie elsewhere are told by their place alone.

A fact that names records holds one a line (`checks.peers.named`), one of another county as COUNTY/CODE. One that is not to be named is left
as COUNTY/ or, in the record's own county, as /; `checks.sentence` has the words for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from checks.finding import Finding
from relocation.accounts.scope import EVERYWHERE, Scope
from relocation.store.tables import LEDGERS

OPTION = "bound_to"
"""The option of a connection under which it says to which places its reader is bound."""

NAMING = ("same_id", "same_book", "others")
"""The facts that name other records of the ledger."""


def seen_from(connection: Connection, found: Iterable[Finding]) -> list[Finding]:
    """Return findings as the reader of a connection may be told them."""
    scope: Scope = connection.get_execution_options().get(OPTION, EVERYWHERE)
    return list(found) if scope.everywhere else [_seen(connection, scope, one) for one in found]


def seen_in_county(found: Finding) -> Finding:
    """Return a finding as everybody of its own county may be told it."""
    return _with(found, {name: _within(str(value), lambda county, _: county in ("", found.county)) for name, value in _naming(found).items()})


def _seen(connection: Connection, scope: Scope, found: Finding) -> Finding:
    def known(county: str, code: str) -> bool:
        place = county or found.county
        return scope.holds(place) or (scope.touches(place) and _there(connection, found.subject_kind, place, code))

    return _with(found, {name: _within(str(value), known) for name, value in _naming(found).items()})


def _naming(found: Finding) -> dict[str, Any]:
    return {name: value for name in NAMING if (value := found.facts.get(name))}


def _with(found: Finding, facts: Mapping[str, str]) -> Finding:
    return replace(found, facts={**found.facts, **facts}) if facts else found


def _within(lines: str, known: Callable[[str, str], bool]) -> str:
    said = []
    for line in lines.splitlines():
        county, _, code = line.partition("/") if line[:6].isdigit() and line[6:7] == "/" else ("", "", line)
        said.append(line if line.startswith("+") or known(county, code) else f"{county}/")
    return "\n".join(said)


def _there(connection: Connection, kind: str, county: str, code: str) -> bool:
    """Tell whether the reader sees a record: the views of its connection hold nothing else."""
    table = LEDGERS[kind]
    return connection.execute(select(table.c.id).where(table.c.county == county, table.c.code == code).limit(1)).first() is not None
