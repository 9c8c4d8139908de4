"""Every table there is: whoever needs all of them asks here, so that none is forgotten."""

from relocation.store import evidence_tables, list_tables, proposal_tables, rectification_tables
from relocation.store.tables import metadata

__all__ = ["evidence_tables", "list_tables", "metadata", "proposal_tables", "rectification_tables"]
"""The tables of evidence, of imported lists, of proposed sites, and of the rectification ledger."""
