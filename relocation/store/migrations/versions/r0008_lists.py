"""Lists brought into the ledger, what was said to be one problem, frozen months, counties' working days."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

REFUSED = "a frozen month is never altered"
FROZEN = ("ledger_month", "ledger_month_row")


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list["sa.Column[int]"]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _moment(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "problem_list",
        *_numbers("id"),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        *_texts("name", "file", "sheet"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        _moment("imported_at"),
        *_texts("who"),
        *_numbers("read", "added", "known", "refused"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_list")),
    )
    op.create_index(op.f("ix_problem_list_county_tier_name"), "problem_list", ["county", "tier", "name"], unique=False)
    op.create_table(
        "problem_item",
        *_numbers("id"),
        sa.Column("county", sa.String(length=6), nullable=False),
        *_texts("township"),
        *_numbers("list_id"),
        sa.Column("tier", sa.String(length=20), nullable=False),
        *_texts("name", "number"),
        *_numbers("row_number"),
        sa.Column("said", sa.String(length=64), nullable=False),
        *_texts("village", "site", "places"),
        *_numbers("entry"),
        sa.ForeignKeyConstraint(["list_id"], ["problem_list.id"], name=op.f("fk_problem_item_list_id_problem_list")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_item")),
        sa.UniqueConstraint("county", "tier", "name", "number", name=op.f("uq_problem_item_county_tier_name_number")),
    )
    op.create_index(op.f("ix_problem_item_county_entry"), "problem_item", ["county", "entry"], unique=False)
    op.create_table(
        "sameness",
        *_numbers("id"),
        sa.Column("county", sa.String(length=6), nullable=False),
        *_numbers("one", "other", "points"),
        sa.Column("answer", sa.String(length=10), nullable=False),
        *_texts("reasons", "why", "who"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sameness")),
    )
    op.create_index(op.f("ix_sameness_county_one_other"), "sameness", ["county", "one", "other"], unique=False)
    op.create_table(
        "workday_table",
        *_numbers("id"),
        sa.Column("county", sa.String(length=6), nullable=False),
        *_texts("text", "reason", "who"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday_table")),
    )
    op.create_index(op.f("ix_workday_table_county"), "workday_table", ["county"], unique=False)
    _months()


def _months() -> None:
    op.create_table(
        "ledger_month",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        _moment("frozen_at"),
        *_texts("who"),
        *_numbers("entries"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("county", "month", name=op.f("pk_ledger_month")),
    )
    op.create_table(
        "ledger_month_row",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        *_numbers("number"),
        *_texts("township"),
        *(sa.Column(name, sa.String(length=20), nullable=False) for name in ("tier", "severity", "state", "timing")),
        *_texts("unit", "category"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("root", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("county", "month", "number", name=op.f("pk_ledger_month_row")),
    )
    if op.get_context().dialect.name == "sqlite":
        for table in FROZEN:
            for what in ("UPDATE", "DELETE"):
                op.execute(f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
        return
    op.execute(f"CREATE FUNCTION ledger_month_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$")
    for table in FROZEN:
        op.execute(f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_month_refuse()")


def downgrade() -> None:
    """Take back."""
    for table in ("ledger_month_row", "ledger_month", "workday_table", "sameness", "problem_item", "problem_list"):
        op.drop_table(table)
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION ledger_month_refuse()")
