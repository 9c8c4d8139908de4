"""Whether the persons of a unit type were set right by hand, or are written on its drawing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COLUMNS = ("design_persons_by_hand", "construction_persons_by_hand")


def upgrade() -> None:
    """Apply."""
    for name in COLUMNS:
        op.add_column("unit_type", sa.Column(name, sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    """Take back."""
    for name in COLUMNS:
        op.drop_column("unit_type", name)
