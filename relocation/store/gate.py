"""One import at a time: whoever comes while one is brought is told so, waits, and comes next; a process that dies opens the gate by dying."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from sqlalchemy import text

from relocation.store.opening import Store
from relocation.store.trouble import Trouble
from relocation.store.turns import fcntl

FILE = ".importing"
_NUMBER = 0x72656C70
_HERE = Lock()


@contextmanager
def importing_alone(store: Store, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the gate; `waiting` is called once where another import is being brought."""
    with _on_server(store, waiting) if store.dialect == "postgresql" else _on_file(store.home / FILE, waiting):
        yield


def free(store: Store) -> bool:
    """Tell whether no import is being brought, for whoever only wants to tidy up."""
    if store.dialect == "postgresql":
        with store.engine.connect() as connection:
            held = connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": _NUMBER}).scalar()
            if held:
                connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _NUMBER})
            return bool(held)
    if fcntl is None:
        return not _HERE.locked()
    with (store.home / FILE).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def _on_file(path: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    if fcntl is None:
        with _HERE:
            yield
        return
    with _opened(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if waiting:
                waiting()
            fcntl.flock(file, fcntl.LOCK_EX)  # waiters are let in in the order they came
        yield


def _opened(path: Path) -> BinaryIO:
    """Open the gate's file. Trouble where the home cannot be written, as the database would say it."""
    try:
        return path.open("ab")
    except OSError as error:
        raise Trouble("disk-full" if error.errno == ENOSPC else "database-readonly") from error


@contextmanager
def _on_server(store: Store, waiting: Callable[[], None] | None) -> Iterator[None]:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": _NUMBER}).scalar():
            if waiting:
                waiting()
            connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": _NUMBER})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _NUMBER})
