"""The mark inside a database that says its data are made up: it alone lets the pages be shown without sign-in, and the next demonstration take its place."""

from datetime import datetime

from relocation.store import accounts, digests, files, ledgers, log
from relocation.store import rectification_queries as entries
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

_NAME = "demonstration"


def is_demonstration(store: Store) -> bool:
    """Tell whether the database itself says that it is a demonstration."""
    with store.whole.reading() as connection:
        return files.revision(connection, _NAME) == 1


def mark(store: Store, *, now: datetime) -> None:
    """Say in the database that it is a demonstration. Trouble (home-in-use) where it holds what is somebody's, and does not say so already."""
    refuse_foreign(store)
    with store.writing() as connection:
        files.note(connection, _NAME, 1)
        log.append(connection, by=store.actor, at=now, action="demonstration.begun", new=_stands(connection))


def unmark(store: Store, *, now: datetime) -> None:
    """Make an office of a demonstration, for whoever serves it with sign-in: from then on it is shown to nobody without."""
    if is_demonstration(store) and not store.reads_only:
        with store.writing() as connection:
            files.note(connection, _NAME, 0)
            log.append(connection, by=store.actor, at=now, action="demonstration.ended", new=_stands(connection))


def _stands(connection: Connection) -> dict[str, object]:
    return digests.stands(connection, ("state", {"name": _NAME}))


def refuse_foreign(store: Store) -> None:
    """Refuse, as Trouble (home-in-use), a database without the mark that holds an account, an entry of the ledger, or any record."""
    if is_demonstration(store):
        return
    with store.whole.reading() as connection:
        if ledgers.counties_with_records(connection) or accounts.any_at_all(connection) or entries.any_at_all(connection):
            raise Trouble("home-in-use", home=store.engine.url.render_as_string(hide_password=True))
