"""The tables, made from the kinds of record so that a column declared there exists here.

A record's own table carries beside its columns `county` (always set) and where it came from: `sheet_id`, `row_number`.
Choices are stored by their stable ids, flags as 1/0, shapes as WKB in WGS-84, a missing value of any kind as NULL. A secret is
stored sealed, and beside it the mark it is found by (`relocation.store.sealing`).
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Column as SqlColumn,
)
from sqlalchemy import (
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from checks.records import Column, Kind, RecordKind
from checks.vocabulary import LEDGERS as KINDS_OF_LEDGERS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TYPES: dict[Kind, Any] = {
    Kind.TEXT: Text,
    Kind.NUMBER: Float(53),
    Kind.COUNT: Float(53),
    Kind.FLAG: SmallInteger,
    Kind.CHOICE: String(40),
    Kind.DAY: Date,
    Kind.SHAPE: LargeBinary,
}

county = Table(
    "county",
    metadata,
    SqlColumn("code", String(6), primary_key=True),
    SqlColumn("name", Text, nullable=False),
)

import_file = Table(
    "import_file",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("sha256", String(64), nullable=False, index=True),
    SqlColumn("name", Text, nullable=False),
    SqlColumn("options", Text, nullable=False),  # how it was read, as JSON: the same bytes read otherwise are another import
    SqlColumn("imported_at", DateTime(timezone=True), nullable=False),
    SqlColumn("revision", Integer, nullable=False),  # the records' revision that storing it made
)

import_sheet = Table(
    "import_sheet",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("file_id", ForeignKey("import_file.id"), nullable=False, index=True),
    SqlColumn("sheet", Text, nullable=False),
    SqlColumn("kind", Text, nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("letters", Text, nullable=False),  # field → column letter, as JSON
    *(SqlColumn(name, Integer, nullable=False) for name in ("read", "added", "changed", "unchanged", "refused")),
)

change = Table(
    "change",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("kind", String(20), nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("subject", Text, nullable=False),
    SqlColumn("field", String(40), nullable=False),
    SqlColumn("old", Text),
    SqlColumn("new", Text),
    SqlColumn("sheet_id", ForeignKey("import_sheet.id"), nullable=False),
    SqlColumn("row_number", Integer, nullable=False),
    SqlColumn("changed_at", DateTime(timezone=True), nullable=False),
    Index(None, "kind", "county", "subject"),
)


sealing_key = Table(
    "sealing_key",
    metadata,
    SqlColumn("number", Integer, primary_key=True),
    SqlColumn("id", String(8), nullable=False, unique=True),
    SqlColumn("proof", LargeBinary, nullable=False),  # a known text sealed with it, by which a wrong key is told
)
"""The keys whose values the database may hold, the newest with the largest number; the keys themselves lie elsewhere."""


def mark_of(column: str) -> str:
    """Return the name of the column with a secret's marks."""
    return f"{column}_mark"


def _columns(column: Column) -> "Iterator[SqlColumn[Any]]":
    nullable = not (column.required or column.name == "county")
    yield SqlColumn(column.name, LargeBinary if column.secret else _TYPES[column.kind], nullable=nullable)
    if column.secret:
        yield SqlColumn(mark_of(column.name), LargeBinary, nullable=nullable)


def _ledger(kind: RecordKind, *indices: Index) -> Table:
    return Table(
        kind.id,
        metadata,
        SqlColumn("id", Integer, primary_key=True),
        *(made for column in kind for made in _columns(column)),
        SqlColumn("sheet_id", ForeignKey("import_sheet.id"), nullable=False),
        SqlColumn("row_number", Integer, nullable=False),
        SqlColumn("seen", Integer, nullable=False, server_default="0"),  # 0 always; n from the n-th staged import on; -n until then
        UniqueConstraint("county", "code", "seen"),
        *indices,
    )


def _read(kind: RecordKind) -> Table:
    return Table(
        f"{kind.id}_now",
        MetaData(),
        SqlColumn("id", Integer, primary_key=True),
        *(made for column in kind for made in _columns(column)),
        SqlColumn("sheet_id", Integer, nullable=False),
        SqlColumn("row_number", Integer, nullable=False),
    )


_INDEXED = {"household": ("township", "site_code")}
"""What records are looked for by within their county, beside their code."""

KEPT = {
    kind.id: _ledger(
        kind,
        *(Index(None, "county", name, "seen") for name in _INDEXED.get(kind.id, ())),
        *(Index(None, mark_of(column.name)) for column in kind.secrets),  # whoever is entered twice may be so in two counties
    )
    for kind in KINDS_OF_LEDGERS.values()
}
"""The table of every kind of record that is read from files, by the kind's id: what is written to."""

LEDGERS = {kind.id: _read(kind) for kind in KINDS_OF_LEDGERS.values()}
"""What readers see of those tables: views without the rows of an import that is still being brought (`relocation.store.seeing`)."""

layer = Table(
    "layer",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("layer", String(60), nullable=False),
    SqlColumn("county", String(6), nullable=False),  # "" for a reference layer, which serves every county
    *(SqlColumn(name, Text, nullable=False) for name in ("declared_crs", "source", "dated", "licence")),
    SqlColumn("sha256", String(64), nullable=False),
    UniqueConstraint("layer", "county"),
)

layer_feature = Table(
    "layer_feature",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("layer_id", ForeignKey("layer.id", ondelete="CASCADE"), nullable=False, index=True),
    SqlColumn("name", Text, nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("uncertainty_m", Float(53)),
    SqlColumn("shape", LargeBinary),
    SqlColumn("attributes", Text, nullable=False),
)

check_run = Table(
    "check_run",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("run_at", DateTime(timezone=True), nullable=False),
    SqlColumn("as_of", Date, nullable=False),
    SqlColumn("county", String(6), nullable=False),  # "" when it was not limited to one
    SqlColumn("only", Text, nullable=False),  # ids of the checks it was limited to; "" when to none
    SqlColumn("revision", Integer, nullable=False),  # of the records it judged
    *(SqlColumn(name, Integer, nullable=False) for name in ("new", "still", "gone", "back")),
    SqlColumn("law", Text, nullable=False, server_default=""),  # ids of the law versions in force when it ran
)

law_version = Table(
    "law_version",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("place", String(6), nullable=False, index=True),
    SqlColumn("yaml", Text, nullable=False),
    SqlColumn("reason", Text, nullable=False),
    SqlColumn("published_at", DateTime(timezone=True), nullable=False),
    SqlColumn("sha256", String(64), nullable=False),
    SqlColumn("previous", ForeignKey("law_version.id")),
    SqlColumn("revision", Integer, nullable=False),  # the records' revision that publishing it made
)

finding_count = Table(
    "finding_count",
    metadata,
    SqlColumn("check", String(60), primary_key=True),
    SqlColumn("county", String(6), primary_key=True),
    SqlColumn("outcome", String(20), primary_key=True),
    SqlColumn("n", Integer, nullable=False),
)

finding = Table(
    "finding",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("check", String(60), nullable=False),
    SqlColumn("subject_kind", String(20), nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("subject", Text, nullable=False),
    SqlColumn("name", Text, nullable=False),
    SqlColumn("township", Text, nullable=False),
    SqlColumn("severity", SmallInteger, nullable=False),  # the outcome's place among the worst first
    SqlColumn("reason", String(60), nullable=False),
    SqlColumn("measured", Float(53)),
    SqlColumn("limit", Float(53)),
    SqlColumn("unit", Text, nullable=False),
    SqlColumn("law", Text),
    SqlColumn("missing", Text),
    SqlColumn("facts", Text),
    UniqueConstraint("check", "subject_kind", "county", "subject"),
    Index(None, "severity", "check", "county", "subject_kind", "subject"),
    Index(None, "county", "subject_kind", "subject"),
    # what one action mends, counted and listed without touching a row
    Index("ix_finding_action", "subject_kind", "severity", "check", "reason", "county", "township", "missing", "subject"),
)

standing = Table(
    "standing",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("kind", String(20), nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("subject", Text, nullable=False),
    SqlColumn("severity", SmallInteger, nullable=False),  # of the worst outcome
    SqlColumn("outcomes", Text, nullable=False),  # a letter a check, in the order noted for the county
    UniqueConstraint("kind", "county", "subject"),
    Index(None, "kind", "severity", "county", "subject"),
)

standing_order = Table(
    "standing_order",
    metadata,
    SqlColumn("kind", String(20), primary_key=True),
    SqlColumn("county", String(6), primary_key=True),
    SqlColumn("checks", Text, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    SqlColumn("check", String(60), primary_key=True),
    SqlColumn("subject_kind", String(20), primary_key=True),
    SqlColumn("county", String(6), primary_key=True),
    SqlColumn("subject", Text, primary_key=True),
    SqlColumn("first_run", ForeignKey("check_run.id"), nullable=False),
    SqlColumn("gone_run", ForeignKey("check_run.id")),  # NULL while the finding is open
)

state = Table(
    "state",
    metadata,
    SqlColumn("name", String(20), primary_key=True),
    SqlColumn("number", Integer, nullable=False),
)

drawing_file = Table(
    "drawing_file",
    metadata,
    SqlColumn("sha256", String(64), primary_key=True),  # of the bytes kept under home/drawings
    SqlColumn("name", Text, nullable=False),
    SqlColumn("references", Text, nullable=False),  # external drawings supplied with it, name → sha256, as JSON
    SqlColumn("taken_in_at", DateTime(timezone=True), nullable=False),
)

drawing_correction = Table(
    "drawing_correction",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("subject", Text, nullable=False),  # code of a drawing or of a pair
    SqlColumn("corrections", Text, nullable=False),  # what an engineer set right, as JSON; the newest counts
    SqlColumn("reason", Text, nullable=False),
    SqlColumn("made_at", DateTime(timezone=True), nullable=False),
    Index(None, "county", "subject"),
)

drawing_naming = Table(
    "drawing_naming",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("institute", Text, nullable=False, index=True),
    SqlColumn("mapping", Text, nullable=False),  # its words for layers, blocks and texts, as JSON; the newest counts
    SqlColumn("reason", Text, nullable=False),
    SqlColumn("made_at", DateTime(timezone=True), nullable=False),
)

drawing_decision = Table(
    "drawing_decision",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("slot", String(64), nullable=False),  # the two drawings by place, role and file name: a later save of one keeps its decisions
    SqlColumn("difference", Text, nullable=False),
    SqlColumn("kind", String(20), nullable=False),
    SqlColumn("document", Text, nullable=False),
    SqlColumn("reason", Text, nullable=False),
    SqlColumn("decided_at", DateTime(timezone=True), nullable=False),
    Index(None, "county", "slot", "difference"),
)

event = Table(
    "event",
    metadata,
    SqlColumn("seq", Integer, primary_key=True, autoincrement=False),
    SqlColumn("at", String(40), nullable=False),  # as it was hashed: ISO, UTC, to the microsecond
    SqlColumn("who", Text, nullable=False),
    SqlColumn("action", String(60), nullable=False),
    SqlColumn("kind", String(20), nullable=False),
    SqlColumn("county", String(6), nullable=False),
    SqlColumn("township", Text, nullable=False),
    SqlColumn("subject", Text, nullable=False),
    SqlColumn("old", Text, nullable=False),  # JSON
    SqlColumn("new", Text, nullable=False),  # JSON
    SqlColumn("why", Text, nullable=False),
    SqlColumn("files", Text, nullable=False),  # hashes of evidence, as JSON
    SqlColumn("previous", String(64), nullable=False),
    SqlColumn("hash", String(64), nullable=False),
    Index(None, "county", "kind", "subject"),
)
"""What was done, chained by hashes; triggers refuse to change or delete a row."""
