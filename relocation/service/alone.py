"""One server a home: a lock that ends with its process, however that ends.

Two servers would lose no data, the database sees to that. But each counts wrong passwords, uploads and reading processes for itself, so
two would allow twice of everything; and people would not know which of them they see. Commands of the terminal need no lock.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from relocation.store.trouble import Trouble

NAME = "server.lock"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the home's lock for as long as a server runs. Trouble (server-running) where another holds it.

    On a home that cannot be written nothing is locked: nothing is changed there.
    """
    try:
        file = (home / NAME).open("a+b")
    except OSError:
        yield
        return
    with file:
        if not _taken(file):
            raise Trouble("server-running", home=home, pid=_pid(home))
        with suppress(OSError):  # a full disk keeps nobody from reading
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
        yield


def refuse_beside(home: Path) -> None:
    """Refuse, as Trouble, what would take a home away under a running server."""
    try:
        file = (home / NAME).open("r+b")
    except OSError:
        return
    with file:
        if not _taken(file):
            raise Trouble("server-running", home=home, pid=_pid(home))


def _taken(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(1 << 20)  # a byte beyond the text, which others may still read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _pid(home: Path) -> str:
    try:
        return (home / NAME).read_text("ascii", "replace")[:20] or "?"
    except OSError:
        return "?"
