"""Every table there is: whoever needs all of them asks here, so that none is forgotten."""

from relocation.store import rectification_tables
from relocation.store.tables import metadata

__all__ = ["metadata", "rectification_tables"]
