"""Personal values in full: one at a time, for whoever may, with a purpose, and never without an entry in the log.

The entry is written first and stands even if the answer never arrives; it names the field and the purpose, not the value.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checks.masking import masked_name
from checks.records import Column, RecordKind
from checks.vocabulary import HOUSEHOLD, KINDS, LEDGERS
from relocation.accounts.roles import Right
from relocation.service.numberless import numberless
from relocation.store import log, queries
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MOST_LETTERS = 200
_A_NUMBER = re.compile(r"\d{7}")
"""So many digits in a row are somebody's number, which a purpose has no business to repeat."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A household found by a number."""

    county: str
    code: str
    name: str
    township: str


def reveal(store: Store, kind: str, county: str, code: str, field: str, *, purpose: str, now: datetime) -> str:
    """Return a personal value of a record in full, "" when it is missing.

    Trouble: without the right, without a purpose (purpose-needed), for a field that is nobody's (not-personal), for a record that is
    not there or lies outside the actor's places.
    """
    said = _purpose(purpose)
    column = _personal(kind, field)
    record = _record(store, KINDS[kind], county, code)
    store.require(Right.REVEAL, county, record["township"] or "")
    with store.writing() as connection:
        about = {"kind": kind, "county": county, "township": record["township"] or "", "subject": code}
        log.append(connection, by=store.actor, at=now, action="personal.revealed", **about, new={"field": column.name}, why=said)
    return str(record[field] or "")


def revealable(store: Store, kind: str) -> tuple[str, ...]:
    """Return the names of a kind's personal columns, () for an actor who may see none of them."""
    return tuple(column.name for column in KINDS[kind] if column.personal) if store.actor.may(Right.REVEAL) else ()


def search(store: Store, number: str, *, purpose: str, now: datetime) -> tuple[Holder, ...]:
    """Return the households whose head has exactly this ID number, of the actor's places, found by its mark and opened by nobody.

    Trouble without the right, a purpose or a number.
    """
    store.require(Right.REVEAL)
    said, wanted = _purpose(purpose), _as_stored(number)
    if not wanted:
        raise Trouble("number-needed")
    with store.reading() as connection:
        found = queries.records_holding(connection, HOUSEHOLD, HOUSEHOLD.column("id_number"), wanted)
    with store.writing() as connection:
        new = {"field": "id_number", "found": [f"{row['county']}/{row['code']}" for row in found]}
        log.append(connection, by=store.actor, at=now, action="personal.searched", kind=HOUSEHOLD.id, new=new, why=said)
    return tuple(Holder(row["county"], row["code"], masked_name(row["head_name"] or ""), row["township"] or "") for row in found)


def _as_stored(number: str) -> str:
    """Return a number as intake keeps it: half-width, without blanks, its X a capital."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()[:MOST_LETTERS]


def _purpose(purpose: str) -> str:
    said = " ".join(purpose.split())
    if not 2 <= len(said) <= MOST_LETTERS or _A_NUMBER.search(said):
        raise Trouble("purpose-needed", most=MOST_LETTERS)
    return numberless(said)


def _personal(kind: str, field: str) -> Column:
    known = {column.name: column for column in KINDS[kind] if column.personal} if kind in KINDS and KINDS[kind].ledger in LEDGERS else {}
    if field not in known:
        raise Trouble("not-personal", field=field, known=", ".join(known))
    return known[field]


def _record(store: Store, kind: RecordKind, county: str, code: str) -> dict[str, Any]:
    with store.reading() as connection:
        found = queries.records_of_code(connection, kind, code, county)
        if not found:
            raise Trouble("unknown-subject", subject=code, near="")
    return dict(found[0])
