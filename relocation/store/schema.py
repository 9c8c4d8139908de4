"""Every table there is: whoever needs all of them asks here, so that none is forgotten."""

from relocation.store import list_tables, rectification_tables
from relocation.store.tables import metadata

__all__ = ["list_tables", "metadata", "rectification_tables"]
