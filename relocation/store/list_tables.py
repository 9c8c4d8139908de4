"""The tables around the rectification ledger: imported lists, decisions that two entries are one problem, frozen months, a county's working days."""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from relocation.store.tables import metadata

problem_list = Table(
    "problem_list",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("read", "added", "known", "refused")),
    Index(None, "county", "tier", "name"),
)
"""One row for each time a list was brought in."""

problem_item = Table(
    "problem_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("list_id", ForeignKey("problem_list.id"), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("name", Text, nullable=False),  # of the list
    Column("number", Text, nullable=False),  # in the list
    Column("row_number", Integer, nullable=False),
    Column("said", String(64), nullable=False),  # hash over what the row says, to tell whether it comes again unchanged
    *(Column(name, Text, nullable=False) for name in ("village", "site", "places")),  # places: name → how fine, as JSON
    Column("entry", Integer, nullable=False),  # number of its entry in the county's ledger
    UniqueConstraint("county", "tier", "name", "number"),
    Index(None, "county", "entry"),
)

sameness = Table(
    "sameness",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("one", "other", "points")),  # entries' numbers, the lower first
    Column("answer", String(10), nullable=False),  # same, different, apart (a "same" taken back)
    Column("reasons", Text, nullable=False),  # what was proposed with, as JSON
    Column("why", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index(None, "county", "one", "other"),
)
"""What people answered to two entries that may be one problem; the newest answer of a pair counts."""

ledger_month = Table(
    "ledger_month",
    metadata,
    Column("county", String(6), primary_key=True),
    Column("month", String(7), primary_key=True),  # 2019-12
    Column("as_of", Date, nullable=False),
    Column("frozen_at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),  # over its rows
)

ledger_month_row = Table(
    "ledger_month_row",
    metadata,
    Column("county", String(6), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("township", Text, nullable=False),
    *(Column(name, String(20), nullable=False) for name in ("tier", "severity", "state", "timing")),
    *(Column(name, Text, nullable=False) for name in ("unit", "category")),
    *(Column(name, Date, nullable=False) for name in ("opened_on", "due_on")),
    Column("closed_on", Date),
    Column("root", Integer),
)
"""The ledger as it stood at a month's end. Never altered: triggers refuse it."""

workday_table = Table(
    "workday_table",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False, index=True),
    Column("text", Text, nullable=False),  # the table as it was given; the newest of a county counts
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
