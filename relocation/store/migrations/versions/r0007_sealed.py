"""ID numbers are sealed, and found by their marks; what stood there in plain is gone.

It names the tables and the column of its own day: what it seals is what stood open when it was written.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from checks.records import Secret
from relocation.store.keys import Keys
from relocation.store.sealing import keys_of, open_change, place_of, register, seal_change

revision = "0007"
down_revision = "0006"

TABLES, COLUMN = ("household", "notice", "renovation"), "id_number"
RENAMED = {
    "household": "ALTER TABLE household RENAME COLUMN sealed TO id_number",
    "notice": "ALTER TABLE notice RENAME COLUMN sealed TO id_number",
    "renovation": "ALTER TABLE renovation RENAME COLUMN sealed TO id_number",
}
RENAMED_BACK = {table: statement.replace("sealed", "opened") for table, statement in RENAMED.items()}
AT_ONCE = 5_000
Turned = Callable[[Keys, Any], dict[str, Any]]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sealing_key",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sealing_key")),
        sa.UniqueConstraint("id", name=op.f("uq_sealing_key_id")),
    )
    for table in TABLES:
        op.add_column(table, sa.Column("sealed", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column(f"{COLUMN}_mark", sa.LargeBinary(), nullable=True))
        _each(_ledger(table), _sealing(table))
        op.drop_index(op.f(f"ix_{table}_{COLUMN}"), table_name=table)
        op.drop_column(table, COLUMN)
        op.execute(RENAMED[table])
        op.create_index(op.f(f"ix_{table}_{COLUMN}_mark"), table, [f"{COLUMN}_mark"], unique=False)
    _each(_CHANGE, _changes(seal=True))


def downgrade() -> None:
    """Take back."""
    _each(_CHANGE, _changes(seal=False))
    for table in TABLES:
        op.add_column(table, sa.Column("opened", sa.Text(), nullable=True))
        _each(_ledger(table), _opening(table))
        op.drop_index(op.f(f"ix_{table}_{COLUMN}_mark"), table_name=table)
        op.drop_column(table, f"{COLUMN}_mark")
        op.drop_column(table, COLUMN)
        op.execute(RENAMED_BACK[table])
        op.create_index(op.f(f"ix_{table}_{COLUMN}"), table, [COLUMN], unique=False)
    op.drop_table("sealing_key")


def _ledger(table: str) -> sa.TableClause:
    return sa.table(table, *map(sa.column, ("id", "county", "code", COLUMN, "sealed", "opened", f"{COLUMN}_mark")))


_CHANGE = sa.table("change", *map(sa.column, ("id", "kind", "county", "subject", "field", "old", "new")))


def _each(table: sa.TableClause, turned: Turned) -> None:
    """Change the rows that hold a number, some thousands at a time, in the order of their ids."""
    connection, after = op.get_bind(), 0
    keys = keys_of(connection)
    ledger = table is not _CHANGE
    held = table.c[COLUMN].is_not(None) if ledger else sa.and_(table.c.field == COLUMN, table.c.kind.in_(TABLES))
    names = ("id", "county", "code", COLUMN) if ledger else tuple(table.c.keys())
    while rows := connection.execute(sa.select(*(table.c[name] for name in names)).where(held, table.c.id > after).order_by(table.c.id).limit(AT_ONCE)).all():
        if not after:
            register(connection, keys.newest)
        values = [{"at": row.id, **turned(keys, row)} for row in rows]
        settings = {name: sa.bindparam(name, type_=sa.Text() if not ledger or name == "opened" else sa.LargeBinary()) for name in values[0] if name != "at"}
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("at")).values(**settings), values)
        after = rows[-1].id


def _sealing(table: str) -> Turned:
    def sealed(keys: Keys, row: Any) -> dict[str, Any]:
        kept = keys.newest.seal(row.id_number, place_of(table, COLUMN, row.county, row.code), keys.nonces(1)[0])
        return {"sealed": kept, f"{COLUMN}_mark": keys.newest.mark(Secret.ID_NUMBER, row.id_number)}

    return sealed


def _opening(table: str) -> Turned:
    return lambda keys, row: {"opened": keys.open(bytes(row.id_number), place_of(table, COLUMN, row.county, row.code))}


def _changes(*, seal: bool) -> Turned:
    def turned(keys: Keys, row: Any) -> dict[str, Any]:
        at = (row.kind, row.county, row.subject, row.field)
        return {
            name: seal_change(keys.newest, keys, text, *at) if seal else open_change(keys, text, *at)
            for name in ("old", "new")
            for text in [getattr(row, name)]
        }

    return turned
