"""Every table there is: whoever needs all of them asks here, so that none is forgotten."""

from relocation.store import (
    account_tables,
    brief_tables,
    evidence_tables,
    list_tables,
    proposal_tables,
    rectification_tables,
    run_tables,
    score_tables,
    visit_tables,
)
from relocation.store.tables import metadata

__all__ = [
    "account_tables",
    "brief_tables",
    "evidence_tables",
    "list_tables",
    "metadata",
    "proposal_tables",
    "rectification_tables",
    "run_tables",
    "score_tables",
    "visit_tables",
]
"""Tables of accounts, briefs, evidence, imported lists, proposed sites, the rectification ledger, what moved with runs, scores of the self-test, visits."""
