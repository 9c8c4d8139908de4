"""What moved with a run, place by place."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "run_moved",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("township", sa.Text(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("still", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("back", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["check_run.id"], name=op.f("fk_run_moved_run_id_check_run")),
        sa.PrimaryKeyConstraint("run_id", "county", "township", name=op.f("pk_run_moved")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("run_moved")
