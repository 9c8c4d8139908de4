"""What readers see of the ledgers while a large import is being brought: all that was there before it, then, at once, all that is there after.

A row says from or until which staged import it is seen: 0 always, n from the n-th on, -n until the n-th. Readers look through views
that know the number of the latest one; bringing writes rows that nobody sees, in small transactions, and ends by counting that number on.
"""

from sqlalchemy import Connection

from relocation.store.tables import KEPT, LEDGERS

STAGED, STAGING = "staged", "staging"
"""Numbers of the state: the latest staged import that readers see, and one that is being brought or tidied up after (0: none)."""


def make_views(connection: Connection) -> None:
    """Make the views of the ledgers as their tables stand now."""
    for kind, view in LEDGERS.items():
        connection.exec_driver_sql(
            f'CREATE VIEW "{view.name}" AS SELECT * FROM "{KEPT[kind].name}" '  # noqa: S608 - names of our own tables
            f"WHERE seen BETWEEN 0 AND {_LATEST} OR seen < -{_LATEST}"
        )


def drop_views(connection: Connection) -> None:
    """Take the views away, which would hold a table's columns as they are."""
    for view in LEDGERS.values():
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{view.name}"')


_LATEST = f"COALESCE((SELECT number FROM state WHERE name = '{STAGED}'), 0)"  # noqa: S608 - text of our own
