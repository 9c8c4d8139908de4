"""Files written whole or not at all: beside their place first, on the disk before they get their name."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from relocation.store.trouble import Trouble


def write_whole(out: Path, parts: Iterable[bytes]) -> None:
    """Write a file from its parts. Trouble when it cannot be written; what stood there before is then untouched."""
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            for one in parts:
                file.write(one)
            file.flush()
            os.fsync(file.fileno())
        settle(part, out)
    except OSError as error:
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def settle(part: Path, out: Path) -> None:
    """Give a finished file its name, and have the name on the disk. OSError where that fails."""
    part.replace(out)
    with suppress(OSError):  # systems that cannot open a folder settle its names by themselves
        handle = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
