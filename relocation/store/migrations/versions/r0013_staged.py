"""Rows say from and until which staged import they are seen."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TABLES = ("fund", "funding", "household", "notice", "renovation", "reported", "site", "unit_type", "drawing", "drawing_pair")
INDEXED = ("township", "site_code")


def upgrade() -> None:
    """Apply."""
    for name in INDEXED:
        op.drop_index(op.f(f"ix_household_county_{name}"), table_name="household")
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("seen", sa.Integer(), server_default="0", nullable=False))
            batch.drop_constraint(op.f(f"uq_{table}_county_code"), type_="unique")
            batch.create_unique_constraint(op.f(f"uq_{table}_county_code_seen"), ["county", "code", "seen"])
    for name in INDEXED:
        op.create_index(op.f(f"ix_household_county_{name}_seen"), "household", ["county", name, "seen"], unique=False)


def downgrade() -> None:
    """Take back."""
    for name in INDEXED:
        op.drop_index(op.f(f"ix_household_county_{name}_seen"), table_name="household")
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"uq_{table}_county_code_seen"), type_="unique")
            batch.drop_column("seen")
            batch.create_unique_constraint(op.f(f"uq_{table}_county_code"), ["county", "code"])
    for name in INDEXED:
        op.create_index(op.f(f"ix_household_county_{name}"), "household", ["county", name], unique=False)
