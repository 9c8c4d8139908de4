"""Reads what a reading process left in its folder: it may have put a pipe, a link or a device there, on which a plain read hangs or goes astray."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

_QUIET = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NoFile(OSError):
    """There is nothing at the place that may be read: nothing at all, or something else than a file of its own."""


class TooLong(NoFile):
    """The file holds more than is read."""


def read(path: Path, most: int) -> bytes:
    """Return what a file holds, `most` bytes at most. NoFile for a link, pipe, device or folder, TooLong for more; it never waits."""
    with _opened(path) as file:
        said = file.read(most + 1)
    if len(said) > most:
        raise TooLong(str(path))
    return said


def read_end(path: Path, most: int) -> bytes:
    """Return the last `most` bytes of a file. NoFile as for `read`."""
    with _opened(path) as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - most))
        return file.read(most)


def _opened(path: Path) -> BinaryIO:
    if path.is_symlink():  # where the system cannot be told not to follow
        raise NoFile(str(path))
    opened = os.open(path, os.O_RDONLY | _QUIET)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise NoFile(str(path))
    return os.fdopen(opened, "rb")
