"""What the checks found of an entry's subject last, as an entry keeps it."""

import json

from relocation.ledger.entry import Entry
from relocation.store import queries, runs
from relocation.store.foreign import seen_in_county
from relocation.store.frames import StoredRow
from relocation.store.opening import Connection
from relocation.store.queries import FindingFilter


def found_now(connection: Connection, entry: Entry) -> str:
    """Return what the checks found of an entry's subject last, as an entry keeps it; "" for nothing."""
    wanted = FindingFilter(checks=[entry.check], kind=entry.subject_kind, county=entry.county, subject=entry.subject)
    found = queries.page_of_findings(connection, wanted, [], 1) if entry.from_check else []
    return as_found(runs.as_row(seen_in_county(found[0]))) if found else ""


def as_found(row: StoredRow) -> str:
    """Return a stored finding as an entry keeps it."""
    return json.dumps(row, ensure_ascii=False)
