"""Opening an office: its home folder, its database, the reference layers that every office starts with."""

from datetime import datetime
from pathlib import Path

from relocation.store.opening import Store


def open_office(
    home: Path, database: str | None = None, *, now: datetime | None = None
) -> Store:
    """Open (and on first use create) the home and its database, and return the store.

    Trouble for a home that cannot be written, a database that is locked, damaged, or made by a newer version.
    """
    raise NotImplementedError
