"""Scores of the self-test, kept by who asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "self_test_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("township", "seed")),
        sa.Column("as_of", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("correct", "asked")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_test_score")),
    )
    op.create_index(op.f("ix_self_test_score_who"), "self_test_score", ["who"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("self_test_score")
