"""The counties' own law in versions, and which of them a run judged by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "law_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=6), nullable=False),
        sa.Column("yaml", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["previous"], ["law_version.id"], name=op.f("fk_law_version_previous_law_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_version")),
    )
    op.create_index(op.f("ix_law_version_place"), "law_version", ["place"], unique=False)
    with op.batch_alter_table("check_run") as runs:
        runs.add_column(sa.Column("law", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("check_run") as runs:
        runs.drop_column("law")
    op.drop_index(op.f("ix_law_version_place"), table_name="law_version")
    op.drop_table("law_version")
