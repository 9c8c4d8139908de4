"""When briefs were made: the next one says what changed since."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text

from relocation.store.tables import metadata

brief_mark = Table(
    "brief_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),  # "" for a brief of the whole county; one row a township for whoever is bound to some
    Column("at", DateTime(timezone=True), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("form", String(10), nullable=False),
    Column("who", Text, nullable=False),
    Index(None, "county", "township", "at"),
)
"""简报."""
