"""Proposed sites: the frozen answer, and what is contested of it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "proposed_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Float(53), nullable=False) for name in ("lon", "lat")),
        sa.Column("outline", sa.LargeBinary(), nullable=True),
        sa.Column("uncertainty_m", sa.Float(53), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("answer", "remark")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_site")),
        sa.UniqueConstraint("county", "number", name=op.f("uq_proposed_site_county_number")),
    )
    op.create_table(
        "proposed_contest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_contest")),
    )
    op.create_index(op.f("ix_proposed_contest_county_number"), "proposed_contest", ["county", "number"], unique=False)


def downgrade() -> None:
    """Take back."""
    for table in ("proposed_contest", "proposed_site"):
        op.drop_table(table)
