"""Turns at writing: whoever waits for SQLite's one lock says so, and whoever writes much lets them in before going on.

A database gives its lock to whoever asks first after it is let go, and on a busy machine somebody who waits may not run in so short a pause. So
waiting is noted where every process sees it: a shared lock on a file beside the database, which the system takes away when a process dies.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

fcntl: Any = import_module("fcntl") if find_spec("fcntl") else None
"""The system's file locks; where it has none, one process at a time serves an office."""

FILE = ".waiting"
PAUSE_SECONDS, LET_IN_SECONDS = 0.01, 0.2
"""How long whoever writes much pauses in any case, and how long at most for those who wait: an import among many who save comes to its end too."""


@contextmanager
def waiting(database: str | None) -> Iterator[None]:
    """Be known as waiting to write to a database file. Where that cannot be noted, one waits all the same."""
    with ExitStack() as held:
        if fcntl is not None and database:
            with suppress(OSError):
                file = held.enter_context(_file(database).open("ab"))
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


def anybody_waits(database: str | None) -> bool:
    """Tell whether anybody waits to write to a database file, in this process or another."""
    if fcntl is None or not database or not _file(database).exists():
        return False
    try:
        with _file(database).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def let_in(database: str | None) -> None:
    """Pause, and go on when nobody waits any more, or after LET_IN_SECONDS."""
    ends = time.monotonic() + LET_IN_SECONDS
    time.sleep(PAUSE_SECONDS)
    while anybody_waits(database) and time.monotonic() < ends:
        time.sleep(PAUSE_SECONDS)


def _file(database: str) -> Path:
    return Path(database).with_name(FILE)
