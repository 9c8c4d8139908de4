"""The demonstration county, loaded into a fresh home."""

from datetime import date, datetime
from pathlib import Path

from relocation.store.opening import Store


def load_demo(home: Path, *, now: datetime, as_of: date) -> Store:
    """Make a fresh demonstration home under `home`, import its ledgers, run the checks, and return the store."""
    raise NotImplementedError
