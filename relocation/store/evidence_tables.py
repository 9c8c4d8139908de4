"""Files shown as proof, what each is shown for, and which of them are the same picture. Rows are added, never changed or deleted."""

from sqlalchemy import Column, Date, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from relocation.store.tables import metadata

evidence_file = Table(
    "evidence_file",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the bytes kept under home/evidence
    Column("media_type", String(100), nullable=False),
    Column("suffix", String(10), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("facts", Text, nullable=False),  # what it says of itself, as JSON
    Column("sketch", LargeBinary),  # of a picture: what it looks like, small and grey
    Column("hashes", LargeBinary),  # and the perceptual hashes of the whole and of its crops
    Column("taken_in_at", DateTime(timezone=True), nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("evidence_file.sha256"), nullable=False, index=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("subject_kind", String(20), nullable=False),  # site, household, finding, entry
    Column("subject", Text, nullable=False),
    Column("about_kind", String(20), nullable=False),  # the record it is about in the end: of a finding or an entry, what that one is about
    Column("about", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),  # as it was uploaded
    Column("since", Date),  # the days it is said to be of
    Column("until", Date),
    Column("note", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Index(None, "county", "subject_kind", "subject"),
)

evidence_withdrawn = Table(
    "evidence_withdrawn",
    metadata,
    Column("id", ForeignKey("evidence.id"), primary_key=True, autoincrement=False),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("why", Text, nullable=False),
)
"""Beside `evidence` and not in it, so that a row there never changes and the log can vouch for it."""

evidence_alike = Table(
    "evidence_alike",
    metadata,
    Column("sha256", ForeignKey("evidence_file.sha256"), primary_key=True),  # the later of the two
    Column("other", ForeignKey("evidence_file.sha256"), primary_key=True, index=True),
    Column("agreeing", Float(53), nullable=False),  # share of what is seen that is the same
)
