"""Briefs: when one was made, so that the next tells what changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "brief_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("township", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_mark")),
    )
    op.create_index(op.f("ix_brief_mark_county_township_at"), "brief_mark", ["county", "township", "at"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("brief_mark")
