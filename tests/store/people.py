"""Households and renovations with made-up ID numbers, brought to a store as a file would bring them."""

from datetime import UTC, datetime
from typing import Any

from checks.records import RecordKind, Records, empty_column
from checks.vocabulary import HOUSEHOLD
from relocation.store import files, ledgers
from relocation.store.opening import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
COUNTY = "411522"


def records(kind: RecordKind = HOUSEHOLD, **columns: Any) -> Records:
    """Return records of a kind from lists of values."""
    made = {}
    for name, values in columns.items():
        made[name] = empty_column(kind.column(name).kind, len(values))
        made[name][:] = values
    return Records(kind, made)


def people(numbers: dict[str, str], kind: RecordKind = HOUSEHOLD, county: str = COUNTY) -> Records:
    """Return a record for each code with its ID number ("" for none)."""
    size = len(numbers)
    return records(kind, code=list(numbers), head_name=["演某某"] * size, county=[county] * size, id_number=list(numbers.values()))


def bring(store: Store, brought: Records) -> ledgers.Difference:
    """Store records as an import does."""
    with store.writing() as connection:
        difference = ledgers.compare(connection, brought, ledgers.supplied_columns(brought, {}))
        if difference.added or difference.changed:
            file = files.add_file(connection, "0" * 64, "台账.xlsx", "{}", NOW, files.advance(connection, "records"))
            counts = dict.fromkeys(("read", "added", "changed", "unchanged", "refused"), 0)
            counts |= {"added": len(difference.added), "changed": len(difference.changed)}
            sheet = files.add_sheet(connection, file, "Sheet1", brought.kind.ledger, str(brought.county[0]), {}, counts)
            ledgers.write(connection, brought.kind, difference, list(range(2, len(brought) + 2)), sheet, NOW)
    return difference
