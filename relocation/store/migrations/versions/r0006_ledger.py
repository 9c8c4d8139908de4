"""The rectification ledger: its entries, what was done with them, and the last number each county gave."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("township", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(length=20), nullable=False) for name in ("tier", "severity", "state", "presence")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("source", "category", "text")),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "found")),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("opened_by", "unit", "person", "measure")),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("asked_due_on", "submitted_on", "accepted_until", "closed_on")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("asked_by", "asked_why", "submitted_by", "reason", "approver", "closed_by")),
        sa.Column("repeats", sa.Integer(), nullable=True),
        sa.Column("root", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("county", "number", name=op.f("uq_ledger_entry_county_number")),
    )
    op.create_index(op.f("ix_ledger_entry_county_state_due_on"), "ledger_entry", ["county", "state", "due_on"], unique=False)
    op.create_index(op.f("ix_ledger_entry_check_subject_kind_county_subject"), "ledger_entry", ["check", "subject_kind", "county", "subject"], unique=False)
    op.create_table(
        "ledger_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("township", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(length=20), nullable=False) for name in ("move", "since", "to")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "evidence", "fields")),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_move")),
        sa.UniqueConstraint("county", "number", "version", name=op.f("uq_ledger_move_county_number_version")),
    )
    op.create_index(op.f("ix_ledger_move_batch"), "ledger_move", ["batch"], unique=False)
    op.create_table(
        "ledger_number",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("county", name=op.f("pk_ledger_number")),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("ledger_number", "ledger_move", "ledger_entry"):
        op.drop_table(table)
