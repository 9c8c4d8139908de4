"""An index that counts what is open by the action that settles it."""

from alembic import op

revision = "0003"
down_revision = "0002"

_COLUMNS = ["subject_kind", "severity", "check", "reason", "county", "township", "missing", "subject"]


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_finding_action", "finding", _COLUMNS, unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_finding_action", table_name="finding")
