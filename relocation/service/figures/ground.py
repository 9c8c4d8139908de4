"""The records that figures and charts are counted from, read once between two imports: of a large county reading costs fifty times the counting."""

import numpy as np

from checks.records import RecordKind, Records
from checks.vocabulary import FUND, HOUSEHOLD
from relocation.service.figures.places import Place
from relocation.store import files
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store

HOME_COLUMNS = (
    "code", "county", "township", "registered_poor", "approved_persons", "approved_on", "mode", "floor_area_m2", "handed_over_on", "key_handed",
    "moved_in", "moved_in_on", "no_old_house", "old_house", "demolished_on", "kept_reason", "kept_confirmed", "subsidy_due_yuan", "first_paid_yuan",
    "first_paid_on", "second_paid_yuan", "second_paid_on", "labour_count", "employed_count",
)  # fmt: skip
"""What the figures read of a household: nothing that names anybody."""


def records(store: Store, connection: Connection, kind: RecordKind, place: Place) -> Records:
    """Return the records of a kind in a place, as the actor sees them; money is kept by county and given whole."""
    found = _homes(store, connection, place.county) if kind is HOUSEHOLD else read_records(connection, kind, place.county)
    if not place.township or kind is FUND:
        return found
    return found.take(np.array([name == place.township for name in found.township], dtype=np.bool_))


def _homes(store: Store, connection: Connection, county: str) -> Records:
    """Return a county's households; those asked for last are kept until records change. What is kept is kept for readers of the same places."""
    key = (files.revision(connection, "records"), county)
    held: tuple[tuple[int, str], Records] | None = store.kept.get("homes-counted")
    if held is None or held[0] != key:
        held = store.kept["homes-counted"] = (key, read_records(connection, HOUSEHOLD, county, columns=HOME_COLUMNS))
    return held[1]
