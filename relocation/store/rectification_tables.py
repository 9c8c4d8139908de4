"""The tables of the rectification ledger."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text, UniqueConstraint

from relocation.store.tables import metadata

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("number", Integer, nullable=False),
    Column("township", Text, nullable=False),
    *(Column(name, String(20), nullable=False) for name in ("tier", "severity", "state", "presence")),
    *(Column(name, Text, nullable=False) for name in ("source", "category", "text")),
    # the finding it was opened from, by its key, and as it stood then (JSON); "" for what no check found
    Column("check", String(60), nullable=False),
    Column("subject_kind", String(20), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("subject", "found")),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("opened_by", "unit", "person", "measure")),
    Column("due_on", Date, nullable=False),
    Column("earlier", Text, nullable=False),  # deadlines that no longer hold, the oldest first, as JSON
    *(Column(name, Date) for name in ("asked_due_on", "submitted_on", "accepted_until", "closed_on")),
    *(Column(name, Text, nullable=False) for name in ("asked_by", "asked_why", "submitted_by", "reason", "approver", "closed_by")),
    Column("repeats", Integer),  # number of the closed entry whose problem came back
    Column("root", Integer),  # number of the entry that stands for this one too
    Column("version", Integer, nullable=False),
    UniqueConstraint("county", "number"),
    Index(None, "county", "state", "due_on"),
    Index(None, "check", "subject_kind", "county", "subject"),
)
"""整改台账. Not to be taken for `entry`, which only notes since when and until when a finding was there."""

ledger_move = Table(
    "ledger_move",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # of the entry after it
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Column("move", String(20), nullable=False),
    *(Column(name, String(20), nullable=False) for name in ("since", "to")),  # states
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # what proved it, as JSON
    Column("fields", Text, nullable=False),  # column → [old, new], as JSON
    Column("batch", Integer, index=True),  # what was done in one go: the id of its first move
    UniqueConstraint("county", "number", "version"),
)

ledger_number = Table(
    "ledger_number",
    metadata,
    Column("county", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last number a county's ledger gave: none is given twice, whatever becomes of its entry."""
