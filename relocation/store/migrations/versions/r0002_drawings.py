"""Unit types, drawings and pairs of drawings; files of drawings, corrections, words of institutes, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "drawing_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing_correction")),
    )
    op.create_index(op.f("ix_drawing_correction_county_subject"), "drawing_correction", ["county", "subject"], unique=False)
    op.create_table(
        "drawing_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("slot", sa.String(length=64), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing_decision")),
    )
    op.create_index(op.f("ix_drawing_decision_county_slot_difference"), "drawing_decision", ["county", "slot", "difference"], unique=False)
    op.create_table(
        "drawing_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("references", sa.Text(), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_drawing_file")),
    )
    op.create_table(
        "drawing_naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institute", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing_naming")),
    )
    op.create_index(op.f("ix_drawing_naming_institute"), "drawing_naming", ["institute"], unique=False)
    op.create_table(
        "drawing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=True),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("institute", sa.Text(), nullable=True),
        sa.Column("sheet_number", sa.Text(), nullable=True),
        sa.Column("revision", sa.Text(), nullable=True),
        sa.Column("dated", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("doubts", sa.Text(), nullable=True),
        sa.Column("unreadable", sa.Float(precision=53), nullable=True),
        sa.Column("unit_types", sa.Float(precision=53), nullable=True),
        sa.Column("dimensions", sa.Float(precision=53), nullable=True),
        sa.Column("overridden", sa.Float(precision=53), nullable=True),
        sa.Column("override_typed", sa.Text(), nullable=True),
        sa.Column("override_measured_m", sa.Float(precision=53), nullable=True),
        sa.Column("areas_off", sa.Float(precision=53), nullable=True),
        sa.Column("area_label", sa.Text(), nullable=True),
        sa.Column("area_typed_m2", sa.Float(precision=53), nullable=True),
        sa.Column("area_measured_m2", sa.Float(precision=53), nullable=True),
        sa.Column("hidden", sa.Float(precision=53), nullable=True),
        sa.Column("scale_clash", sa.SmallInteger(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_drawing_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_drawing_county_code")),
    )
    op.create_table(
        "drawing_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=True),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("design_drawing", sa.Text(), nullable=True),
        sa.Column("construction_drawing", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("compared_on", sa.Date(), nullable=True),
        sa.Column("design_saved_on", sa.Date(), nullable=True),
        sa.Column("construction_saved_on", sa.Date(), nullable=True),
        sa.Column("past_known", sa.SmallInteger(), nullable=True),
        sa.Column("same_file", sa.SmallInteger(), nullable=True),
        sa.Column("shared_percent", sa.Float(precision=53), nullable=True),
        sa.Column("clues", sa.Text(), nullable=True),
        sa.Column("compared", sa.SmallInteger(), nullable=True),
        sa.Column("differences", sa.Float(precision=53), nullable=True),
        sa.Column("change_sets", sa.Float(precision=53), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_drawing_pair_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing_pair")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_drawing_pair_county_code")),
    )
    op.create_table(
        "unit_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("site_code", sa.Text(), nullable=True),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("registered_poor", sa.SmallInteger(), nullable=True),
        sa.Column("persons", sa.Float(precision=53), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("homes", sa.Float(precision=53), nullable=True),
        sa.Column("design_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("construction_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("register_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("surveyed_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("design_drawing", sa.Text(), nullable=True),
        sa.Column("design_gross_m2", sa.Float(precision=53), nullable=True),
        sa.Column("design_error_m2", sa.Float(precision=53), nullable=True),
        sa.Column("design_balcony_m2", sa.Float(precision=53), nullable=True),
        sa.Column("design_annotated_m2", sa.Float(precision=53), nullable=True),
        sa.Column("design_drawn_persons", sa.Float(precision=53), nullable=True),
        sa.Column("design_doubts", sa.Text(), nullable=True),
        sa.Column("construction_drawing", sa.Text(), nullable=True),
        sa.Column("construction_gross_m2", sa.Float(precision=53), nullable=True),
        sa.Column("construction_error_m2", sa.Float(precision=53), nullable=True),
        sa.Column("construction_balcony_m2", sa.Float(precision=53), nullable=True),
        sa.Column("construction_annotated_m2", sa.Float(precision=53), nullable=True),
        sa.Column("construction_drawn_persons", sa.Float(precision=53), nullable=True),
        sa.Column("construction_doubts", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_unit_type_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_type")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_unit_type_county_code")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Take back."""
    op.drop_table("unit_type")
    op.drop_table("drawing_pair")
    op.drop_table("drawing")
    op.drop_index(op.f("ix_drawing_naming_institute"), table_name="drawing_naming")
    op.drop_table("drawing_naming")
    op.drop_table("drawing_file")
    op.drop_index(op.f("ix_drawing_decision_county_slot_difference"), table_name="drawing_decision")
    op.drop_table("drawing_decision")
    op.drop_index(op.f("ix_drawing_correction_county_subject"), table_name="drawing_correction")
    op.drop_table("drawing_correction")
    # ### end Alembic commands ###
