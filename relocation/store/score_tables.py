"""The table of self-test scores: kept because somebody asked for it, theirs alone, and no matter of any place."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text

from relocation.store.tables import metadata

self_test_score = Table(
    "self_test_score",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("who", String(60), nullable=False),  # the account's name
    Column("at", DateTime(timezone=True), nullable=False),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),  # "" for the whole county
    Column("seed", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("correct", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Index(None, "who"),
)
"""自测成绩."""
