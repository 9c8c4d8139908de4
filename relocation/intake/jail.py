"""Runs one function on strangers' bytes in a separate process with limits, so that no parser can take the program with it.

The process begins with nothing of this one: no environment, no open files, no database. On POSIX its memory, processor time, file sizes
and open files are limited by the system, and it is a fork of a small warm process (`forking`), so that a small file is read at once. On
Linux it reaches neither the network nor any file but the libraries, the one it is to read and its own folder. Everywhere it is ended when
its time is over. What it answers is checked again here.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relocation.intake import distrusted, jailed
from relocation.intake.forking import CLIENT, Gone, environment, import_path, possible

_MOST_TOLD = 1 << 16  # bytes of what the process says of itself
_LAST_WORDS = "last-words"
_STARVED = (b"memory allocation of ", b"std::bad_alloc", b"OutOfMemory", b"Out of memory")
"""What Rust, C++ and .NET write before they abort."""
WALLS = frozenset({"landlock", "namespace", "single"})
AT_ONCE = max(2, min(4, os.cpu_count() or 2))
QUEUED = 20
_turns = threading.BoundedSemaphore(AT_ONCE)
_asked = threading.BoundedSemaphore(AT_ONCE + QUEUED)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may use. Memory is address space, of which a runtime reserves more than it touches."""

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 60
    seconds: float = 90.0
    file_bytes: int = 1 << 30
    open_files: int = 64
    answer_bytes: int = 1 << 30
    walls: frozenset[str] = WALLS


class Refused(Exception):
    """The function refused the bytes, with a key of the wording and its facts."""

    def __init__(self, key: str, facts: Mapping[str, str | int | float]) -> None:
        """Carry what the function said."""
        super().__init__(key)
        self.key, self.facts = key, facts


class Ended(Exception):
    """The process ended without an answer. why: time, memory, died, or busy: it never began, too many wait already."""

    def __init__(self, why: str) -> None:
        """Carry the reason."""
        super().__init__(why)
        self.why = why


def begin() -> None:
    """Get the process ready from which readers are forked, without waiting for it: the first file is then read as fast as the others."""
    CLIENT.begin()


def call(
    function: str,
    parts: Sequence[bytes],
    limits: Limits | None = None,
    *,
    reads: Sequence[Path] = (),
    tick: Callable[[Path], None] | None = None,
    forked: bool | None = None,
) -> bytes:
    """Return what `function` ("package.module:name", bytes in, bytes out) answers to `parts`; raises Refused or Ended.

    The function refuses by an exception that has `key` and `facts`. Whatever else it raises ends the process as "died". `reads` are the
    files it may read beside the libraries; `tick` is called with its folder now and then while it runs (forked only); `forked` False
    starts an interpreter of its own for it, which takes seconds and is all that some systems can do.
    """
    limits = limits or Limits()
    with _turn(), tempfile.TemporaryDirectory(prefix="relocation-", ignore_cleanup_errors=True) as folder:
        for number, part in enumerate(parts):
            (Path(folder) / f"{number}.in").write_bytes(part)
        asked = {
            "function": function, "parts": len(parts), "folder": folder, "path": import_path(), "reads": [str(path.resolve()) for path in reads],
            "memory": limits.memory_bytes, "cpu": limits.cpu_seconds, "file": limits.file_bytes, "files": limits.open_files, "walls": sorted(limits.walls),
        }  # fmt: skip
        code = _forked(asked, limits, tick) if (possible() if forked is None else forked) else _started(asked, folder, limits.seconds)
        return _answer(Path(folder), code, limits)


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """Wait for a turn: few processes at once, and not without end many that wait."""
    if not _asked.acquire(blocking=False):
        raise Ended("busy")
    try:
        with _turns:
            yield
    finally:
        _asked.release()


def _forked(asked: Mapping[str, Any], limits: Limits, tick: Callable[[Path], None] | None) -> int | None:
    folder = Path(asked["folder"])
    try:
        return CLIENT.job(asked, limits.seconds, (lambda: tick(folder)) if tick else None)
    except Gone:
        raise Ended("died") from None


def _started(asked: Mapping[str, Any], folder: str, seconds: float) -> int | None:
    """Run the process to its end; None where its time was over."""
    with (Path(folder) / _LAST_WORDS).open("wb") as last_words:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-X", "utf8", jailed.__file__], cwd=folder, env=environment(folder), close_fds=True,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=last_words,
        )  # fmt: skip
    try:
        process.communicate(json.dumps(asked).encode("utf-8"), timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.wait()
    return process.returncode


def _answer(folder: Path, code: int | None, limits: Limits) -> bytes:
    if code is None or code == -24:  # SIGXCPU, the system's own end of processor time
        raise Ended("time")
    if code != 0 and _starved(folder / _LAST_WORDS):
        raise Ended("memory")
    said = _told(folder / "told.json")
    if said.get("refused"):
        facts = said.get("facts")
        facts = facts if isinstance(facts, dict) else {}
        raise Refused(str(said["refused"]), {str(name): value for name, value in facts.items() if isinstance(value, str | int | float)})
    if said.get("ended"):
        raise Ended("memory" if said["ended"] == "MemoryError" else "died")
    try:
        return distrusted.read(folder / "answer", limits.answer_bytes)
    except distrusted.TooLong:
        raise Ended("memory") from None
    except OSError:
        raise Ended("died") from None


def _starved(path: Path) -> bool:
    """Tell whether a library's own end was for want of memory: its runtime says so and aborts, before Python can tell."""
    try:
        said = distrusted.read_end(path, 4096)
    except OSError:
        return False
    return any(sign in said for sign in _STARVED)


def _told(path: Path) -> dict[str, Any]:
    """Return what the process wrote down of itself; its word is a stranger's too."""
    try:
        said = json.loads(distrusted.read(path, _MOST_TOLD).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise Ended("died") from None
    return said if isinstance(said, dict) else {"ended": "nothing"}
