"""The tables of visits: a plan with how it was drawn, its households in their order, what was found there, and visits of other bodies."""

from sqlalchemy import Column, Date, DateTime, Float, Index, Integer, String, Table, Text, UniqueConstraint

from relocation.store.tables import metadata

visit_plan = Table(
    "visit_plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),  # "" for a plan of the whole county
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("frame", Integer, nullable=False),  # households that could be drawn
    Column("design", Text, nullable=False),  # how it was drawn and put in order, as JSON: enough to draw it again
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    UniqueConstraint("county", "number"),
)
"""走访计划."""

visit_household = Table(
    "visit_household",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("number", Integer, nullable=False),  # the plan's
    Column("code", Text, nullable=False),
    Column("stratum", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("population", "drawn", "day", "place")),
    Column("risk", String(20), nullable=False),
    Column("leg_m", Float(53)),  # from the household before it on that day; NULL for the first, and where a position is missing
    Column("by_road", Integer, nullable=False),
    Column("earlier", Text, nullable=False),  # who asked this household not long ago, "" for nobody
    UniqueConstraint("county", "number", "code"),
)
"""走访对象."""

_FLAGS = ("in_order", "four_meet", "signed", "lived_in")

visit_result = Table(
    "visit_result",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("measured_area_m2", Float(53)),
    Column("persons_met", Integer),
    *(Column(name, Integer) for name in _FLAGS),
    *(Column(name, Text, nullable=False) for name in ("house_before", "house_after", "remark")),
    Column("file", String(64), nullable=False),  # SHA-256 of the sheet that said so
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Index(None, "county", "number", "code"),
)
"""走访结果: rows are added and never changed; the newest of a household counts."""

visit_elsewhere = Table(
    "visit_elsewhere",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", String(6), nullable=False),
    Column("township", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("visited_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("file", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("county", "code", "visited_on", "body"),
)
"""其他单位的走访."""
