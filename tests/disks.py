"""Small disks of the tests' own, in memory: filled up, or turned so that they can only be read."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


def mount(*arguments: str) -> None:
    """Mount something."""
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@contextmanager
def small_disk(made: Path, megabytes: int = 24) -> Iterator[Path]:
    """Give a disk of its own. Skips, which CI turns into a failure, where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    made.mkdir()
    mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(made))
    try:
        yield made
    finally:
        subprocess.run(["umount", "-l", str(made)], check=True)


def only_read(disk: Path) -> None:
    """Turn a disk so that nothing can be written to it."""
    mount("-o", "remount,ro", str(disk))


def fill(disk: Path) -> Path:
    """Take what space is left; returns the file that takes it."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    return ballast
