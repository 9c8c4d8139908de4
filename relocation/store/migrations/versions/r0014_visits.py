"""Visits: plans, their households, what was found, and what other bodies visited."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def _text(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _whole(*names: str, nullable: bool = False) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _place() -> "list[sa.Column[str]]":
    return [sa.Column("county", sa.String(length=6), nullable=False), *_text("township")]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "visit_plan",
        *_whole("id"), *_place(), *_whole("number"), *_text("name", "seed"), *_whole("size", "frame"), *_text("design"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False), *_text("who"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
        sa.UniqueConstraint("county", "number", name=op.f("uq_visit_plan_county_number")),
    )  # fmt: skip
    op.create_table(
        "visit_household",
        *_whole("id"), *_place(), *_whole("number"), *_text("code", "stratum"), *_whole("population", "drawn", "day", "place"),
        sa.Column("risk", sa.String(length=20), nullable=False), sa.Column("leg_m", sa.Float(53), nullable=True), *_whole("by_road"), *_text("earlier"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_household")),
        sa.UniqueConstraint("county", "number", "code", name=op.f("uq_visit_household_county_number_code")),
    )  # fmt: skip
    op.create_table(
        "visit_result",
        *_whole("id"), *_place(), *_whole("number"), *_text("code"), sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("measured_area_m2", sa.Float(53), nullable=True), *_whole("persons_met", "in_order", "four_meet", "signed", "lived_in", nullable=True),
        *_text("house_before", "house_after", "remark"), sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False), *_text("who"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_result")),
    )  # fmt: skip
    op.create_index(op.f("ix_visit_result_county_number_code"), "visit_result", ["county", "number", "code"], unique=False)
    op.create_table(
        "visit_elsewhere",
        *_whole("id"), *_place(), *_text("code"), sa.Column("visited_on", sa.Date(), nullable=False), *_text("body"),
        sa.Column("file", sa.String(length=64), nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_elsewhere")),
        sa.UniqueConstraint("county", "code", "visited_on", "body", name=op.f("uq_visit_elsewhere_county_code_visited_on_body")),
    )  # fmt: skip


def downgrade() -> None:
    """Take back."""
    for table in ("visit_elsewhere", "visit_result", "visit_household", "visit_plan"):
        op.drop_table(table)
