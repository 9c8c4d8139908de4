"""The tables of people: accounts, the places each is bound to, sign-ins, tries. None belongs to a place, so no place-bound reader sees one."""

from sqlalchemy import Column as SqlColumn
from sqlalchemy import DateTime, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from relocation.store.tables import metadata

account = Table(
    "account",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("name", String(60), nullable=False, unique=True),  # what one signs in with and the log names; never changes
    SqlColumn("shown", Text, nullable=False),
    SqlColumn("password", Text, nullable=False),  # as accounts.passwords keeps it
    SqlColumn("roles", Text, nullable=False),  # stable ids, separated by blanks
    SqlColumn("everywhere", SmallInteger, nullable=False),
    SqlColumn("disabled", SmallInteger, nullable=False),
    SqlColumn("must_change", SmallInteger, nullable=False),  # the password was given by somebody else
    SqlColumn("created_at", DateTime(timezone=True), nullable=False),
)

account_place = Table(
    "account_place",
    metadata,
    SqlColumn("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    SqlColumn("county", String(6), primary_key=True),
    SqlColumn("township", Text, primary_key=True),  # "": the whole county
)

sign_in = Table(
    "sign_in",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("token_hash", String(64), nullable=False, unique=True),  # SHA-256: the database gives no token away
    SqlColumn("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    SqlColumn("browser", String(64), nullable=False),  # SHA-256 of what the browser calls itself
    SqlColumn("address", Text, nullable=False),
    SqlColumn("created_at", DateTime(timezone=True), nullable=False),
    SqlColumn("seen_at", DateTime(timezone=True), nullable=False),
    SqlColumn("ended_at", DateTime(timezone=True)),
)

attempt = Table(
    "attempt",
    metadata,
    SqlColumn("id", Integer, primary_key=True),
    SqlColumn("what", String(20), nullable=False),  # "name", "address", "upload"
    SqlColumn("whose", String(64), nullable=False),  # keyed hash: a password typed where the name belongs is not kept
    SqlColumn("at", DateTime(timezone=True), nullable=False),
    Index(None, "what", "whose", "at"),
)
