"""An index of ID numbers, which are looked for in every county when one household is judged again."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("household", "notice", "renovation")


def upgrade() -> None:
    """Apply."""
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_id_number"), table, ["id_number"], unique=False)


def downgrade() -> None:
    """Take back."""
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_id_number"), table_name=table)
