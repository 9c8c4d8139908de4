"""The tables of proposed sites: the answer of the day frozen whole, and what people contest of it, kept beside."""

from sqlalchemy import Column, Date, DateTime, Float, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from relocation.store.tables import metadata

proposed_site = Table(
    "proposed_site",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("lon", Float(53), nullable=False),
    Column("lat", Float(53), nullable=False),
    Column("outline", LargeBinary),
    Column("uncertainty_m", Float(53), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("answer", Text, nullable=False),  # the whole answer in both languages, as JSON: never written again
    Column("remark", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    UniqueConstraint("county", "number"),
)
"""拟选址."""

proposed_contest = Table(
    "proposed_contest",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("number", Integer, nullable=False),
    Column("item", String(120), nullable=False),
    Column("state", String(20), nullable=False),  # what the program had found of it
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Index(None, "county", "number"),
)
"""异议: the program's answer stays as it was, the reason against it stands beside."""
