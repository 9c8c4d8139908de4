"""The first schema: ledgers, files, layers, findings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "check_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("only", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("still", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("back", sa.Integer(), nullable=False),
        sa.Column("law", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_run")),
    )
    op.create_table(
        "county",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_county")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("measured", sa.Float(precision=53), nullable=True),
        sa.Column("limit", sa.Float(precision=53), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("check", "subject_kind", "county", "subject", name=op.f("uq_finding_check_subject_kind_county_subject")),
    )
    op.create_index("ix_finding_action", "finding", ["subject_kind", "severity", "check", "reason", "county", "township", "missing", "subject"], unique=False)
    op.create_index(op.f("ix_finding_county_subject_kind_subject"), "finding", ["county", "subject_kind", "subject"], unique=False)
    op.create_index(
        op.f("ix_finding_severity_check_county_subject_kind_subject"), "finding", ["severity", "check", "county", "subject_kind", "subject"], unique=False
    )
    op.create_table(
        "finding_count",
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("check", "county", "outcome", name=op.f("pk_finding_count")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index(op.f("ix_import_file_sha256"), "import_file", ["sha256"], unique=False)
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
    op.create_table(
        "layer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=60), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("declared_crs", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer")),
        sa.UniqueConstraint("layer", "county", name=op.f("uq_layer_layer_county")),
    )
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("kind", "county", "subject", name=op.f("uq_standing_kind_county_subject")),
    )
    op.create_index(op.f("ix_standing_kind_severity_county_subject"), "standing", ["kind", "severity", "county", "subject"], unique=False)
    op.create_table(
        "standing_order",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "county", name=op.f("pk_standing_order")),
    )
    op.create_table(
        "state",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_state")),
    )
    op.create_table(
        "entry",
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=False),
        sa.Column("gone_run", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["first_run"], ["check_run.id"], name=op.f("fk_entry_first_run_check_run")),
        sa.ForeignKeyConstraint(["gone_run"], ["check_run.id"], name=op.f("fk_entry_gone_run_check_run")),
        sa.PrimaryKeyConstraint("check", "subject_kind", "county", "subject", name=op.f("pk_entry")),
    )
    op.create_table(
        "import_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["import_file.id"], name=op.f("fk_import_sheet_file_id_import_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_sheet")),
    )
    op.create_index(op.f("ix_import_sheet_file_id"), "import_sheet", ["file_id"], unique=False)
    op.create_table(
        "layer_feature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("uncertainty_m", sa.Float(precision=53), nullable=True),
        sa.Column("shape", sa.LargeBinary(), nullable=True),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_layer_feature_layer_id_layer"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer_feature")),
    )
    op.create_index(op.f("ix_layer_feature_layer_id"), "layer_feature", ["layer_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_change_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_kind_county_subject"), "change", ["kind", "county", "subject"], unique=False)
    op.create_table(
        "fund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("amount_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("paid_out_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("last_paid_on", sa.Date(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_fund_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_fund_county_code")),
    )
    op.create_table(
        "funding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("total_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("central_budget_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("central_special_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("provincial_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("city_county_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("other_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_funding_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_funding_county_code")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("natural_village", sa.Text(), nullable=True),
        sa.Column("registered_poor", sa.SmallInteger(), nullable=True),
        sa.Column("family_persons", sa.Float(precision=53), nullable=True),
        sa.Column("approved_persons", sa.Float(precision=53), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("household_book", sa.Text(), nullable=True),
        sa.Column("split_on", sa.Date(), nullable=True),
        sa.Column("move_reason", sa.String(length=40), nullable=True),
        sa.Column("move_reason_note", sa.Text(), nullable=True),
        sa.Column("old_lon", sa.Float(precision=53), nullable=True),
        sa.Column("old_lat", sa.Float(precision=53), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=True),
        sa.Column("resettlement", sa.String(length=40), nullable=True),
        sa.Column("site_code", sa.Text(), nullable=True),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("new_township", sa.Text(), nullable=True),
        sa.Column("new_village", sa.Text(), nullable=True),
        sa.Column("new_natural_village", sa.Text(), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("declared_crs", sa.Text(), nullable=True),
        sa.Column("declared_position", sa.Text(), nullable=True),
        sa.Column("uncertainty_m", sa.Float(precision=53), nullable=True),
        sa.Column("outline", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_proximity", sa.Text(), nullable=True),
        sa.Column("claimed_target", sa.Text(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.Column("risk_screened", sa.SmallInteger(), nullable=True),
        sa.Column("floor_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("net_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("one_person_way", sa.String(length=40), nullable=True),
        sa.Column("one_person_reason", sa.Text(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("moved_in", sa.SmallInteger(), nullable=True),
        sa.Column("moved_in_on", sa.Date(), nullable=True),
        sa.Column("no_old_house", sa.SmallInteger(), nullable=True),
        sa.Column("old_house", sa.String(length=40), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("demolished_on", sa.Date(), nullable=True),
        sa.Column("reclaimed_on", sa.Date(), nullable=True),
        sa.Column("kept_reason", sa.String(length=40), nullable=True),
        sa.Column("kept_confirmed", sa.SmallInteger(), nullable=True),
        sa.Column("reoccupied", sa.SmallInteger(), nullable=True),
        sa.Column("unit_type", sa.Text(), nullable=True),
        sa.Column("quality_ok", sa.SmallInteger(), nullable=True),
        sa.Column("ready_to_live", sa.SmallInteger(), nullable=True),
        sa.Column("key_handed", sa.SmallInteger(), nullable=True),
        sa.Column("lived_in_found", sa.SmallInteger(), nullable=True),
        sa.Column("subsidy_due_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("first_paid_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("first_paid_on", sa.Date(), nullable=True),
        sa.Column("second_paid_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("second_paid_on", sa.Date(), nullable=True),
        sa.Column("held_back_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("paid_to", sa.String(length=40), nullable=True),
        sa.Column("builder_paid_on", sa.Date(), nullable=True),
        sa.Column("self_raised_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("self_raised_on", sa.Date(), nullable=True),
        sa.Column("self_raised_refunded_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("gave_up_on", sa.Date(), nullable=True),
        sa.Column("gave_up_reason", sa.Text(), nullable=True),
        sa.Column("labour_count", sa.Float(precision=53), nullable=True),
        sa.Column("employed_count", sa.Float(precision=53), nullable=True),
        sa.Column("poverty_cause", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("support_plan", sa.Text(), nullable=True),
        sa.Column("support_effect", sa.Text(), nullable=True),
        sa.Column("income_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("application", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.String(length=40), nullable=True),
        sa.Column("card_helper", sa.Text(), nullable=True),
        sa.Column("visit_helper", sa.Text(), nullable=True),
        sa.Column("filled_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_household_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_household_county_code")),
    )
    op.create_index(op.f("ix_household_county_site_code"), "household", ["county", "site_code"], unique=False)
    op.create_index(op.f("ix_household_county_township"), "household", ["county", "township"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("persons", sa.Float(precision=53), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_notice_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_notice_county_code")),
    )
    op.create_table(
        "renovation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("subsidy_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_renovation_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renovation")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_renovation_county_code")),
    )
    op.create_table(
        "reported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_reported_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_reported_county_code")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=True),
        sa.Column("resettlement", sa.String(length=40), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("declared_crs", sa.Text(), nullable=True),
        sa.Column("declared_position", sa.Text(), nullable=True),
        sa.Column("uncertainty_m", sa.Float(precision=53), nullable=True),
        sa.Column("outline", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_proximity", sa.Text(), nullable=True),
        sa.Column("claimed_target", sa.Text(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.Column("risk_screened", sa.SmallInteger(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("households", sa.Float(precision=53), nullable=True),
        sa.Column("persons", sa.Float(precision=53), nullable=True),
        sa.Column("building_area_m2", sa.Float(precision=53), nullable=True),
        sa.Column("building_cost_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("stated_cost_yuan_m2", sa.Float(precision=53), nullable=True),
        sa.Column("all_in_cost_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("infrastructure_cost_yuan", sa.Float(precision=53), nullable=True),
        sa.Column("gap_filled_by", sa.String(length=40), nullable=True),
        sa.Column("unit_type", sa.Text(), nullable=True),
        sa.Column("contractor", sa.Text(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("topped_out_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("planned_finish_on", sa.Date(), nullable=True),
        sa.Column("progress_on", sa.Date(), nullable=True),
        sa.Column("has_water", sa.SmallInteger(), nullable=True),
        sa.Column("has_power", sa.SmallInteger(), nullable=True),
        sa.Column("has_road", sa.SmallInteger(), nullable=True),
        sa.Column("has_doors_windows", sa.SmallInteger(), nullable=True),
        sa.Column("has_sewage", sa.SmallInteger(), nullable=True),
        sa.Column("dear_finish", sa.SmallInteger(), nullable=True),
        sa.Column("finish_note", sa.Text(), nullable=True),
        sa.Column("has_community_centre", sa.SmallInteger(), nullable=True),
        sa.Column("has_school", sa.SmallInteger(), nullable=True),
        sa.Column("has_kindergarten", sa.SmallInteger(), nullable=True),
        sa.Column("has_clinic", sa.SmallInteger(), nullable=True),
        sa.Column("has_culture_room", sa.SmallInteger(), nullable=True),
        sa.Column("support_plan", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["import_sheet.id"], name=op.f("fk_site_sheet_id_import_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("county", "code", name=op.f("uq_site_county_code")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("site")
    op.drop_table("reported")
    op.drop_table("renovation")
    op.drop_table("notice")
    op.drop_index(op.f("ix_household_county_township"), table_name="household")
    op.drop_index(op.f("ix_household_county_site_code"), table_name="household")
    op.drop_table("household")
    op.drop_table("funding")
    op.drop_table("fund")
    op.drop_index(op.f("ix_change_kind_county_subject"), table_name="change")
    op.drop_table("change")
    op.drop_index(op.f("ix_layer_feature_layer_id"), table_name="layer_feature")
    op.drop_table("layer_feature")
    op.drop_index(op.f("ix_import_sheet_file_id"), table_name="import_sheet")
    op.drop_table("import_sheet")
    op.drop_table("entry")
    op.drop_table("state")
    op.drop_table("standing_order")
    op.drop_index(op.f("ix_standing_kind_severity_county_subject"), table_name="standing")
    op.drop_table("standing")
    op.drop_table("layer")
    op.drop_index(op.f("ix_law_version_place"), table_name="law_version")
    op.drop_table("law_version")
    op.drop_index(op.f("ix_import_file_sha256"), table_name="import_file")
    op.drop_table("import_file")
    op.drop_table("finding_count")
    op.drop_index(op.f("ix_finding_severity_check_county_subject_kind_subject"), table_name="finding")
    op.drop_index(op.f("ix_finding_county_subject_kind_subject"), table_name="finding")
    op.drop_index("ix_finding_action", table_name="finding")
    op.drop_table("finding")
    op.drop_table("county")
    op.drop_table("check_run")
