"""Runs one function on strangers' bytes in a separate process with limits, so that no parser can take the program with it.

The process begins with nothing of this one: no environment, no open files, no database. On POSIX its memory, processor time, file sizes
and open files are limited by the system; everywhere it is ended when its time is over. What it answers is checked again here.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relocation.intake import jailed

_MOST_TOLD = 1 << 16  # bytes of what the process says of itself
_LAST_WORDS = "last-words"
_STARVED = (b"memory allocation of ", b"std::bad_alloc", b"OutOfMemory", b"Out of memory")
"""What Rust, C++ and .NET write before they abort."""
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "PATH", "LD_LIBRARY_PATH")  # without them Windows starts no process, or a library is not found


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may use. Memory is address space, of which a runtime reserves more than it touches."""

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 60
    seconds: float = 90.0
    file_bytes: int = 1 << 30
    open_files: int = 64


class Refused(Exception):
    """The function refused the bytes, with a key of the wording and its facts."""

    def __init__(self, key: str, facts: Mapping[str, str | int | float]) -> None:
        """Carry what the function said."""
        super().__init__(key)
        self.key, self.facts = key, facts


class Ended(Exception):
    """The process ended without an answer. why: time, memory, died."""

    def __init__(self, why: str) -> None:
        """Carry the reason."""
        super().__init__(why)
        self.why = why


def call(function: str, parts: Sequence[bytes], limits: Limits | None = None) -> bytes:
    """Return what `function` ("package.module:name", bytes in, bytes out) answers to `parts`; raises Refused or Ended.

    The function refuses by an exception that has `key` and `facts`. Whatever else it raises ends the process as "died".
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="relocation-", ignore_cleanup_errors=True) as folder:
        for number, part in enumerate(parts):
            (Path(folder) / f"{number}.in").write_bytes(part)
        asked = json.dumps({
            "function": function, "parts": len(parts), "folder": folder, "path": [os.path.abspath(entry) for entry in sys.path],  # noqa: PTH100 - entries may be zips
            "memory": limits.memory_bytes, "cpu": limits.cpu_seconds, "file": limits.file_bytes, "files": limits.open_files,
        })  # fmt: skip
        code = _run(asked, folder, limits.seconds)
        return _answer(Path(folder), code)


def _run(asked: str, folder: str, seconds: float) -> int | None:
    """Run the process to its end; None where its time was over."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with (Path(folder) / _LAST_WORDS).open("wb") as last_words:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-X", "utf8", jailed.__file__], cwd=folder, env=environment, close_fds=True,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=last_words,
        )  # fmt: skip
    try:
        process.communicate(asked.encode("utf-8"), timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.wait()
    return process.returncode


def _answer(folder: Path, code: int | None) -> bytes:
    if code is None or code == -24:  # SIGXCPU, the system's own end of processor time
        raise Ended("time")
    if code != 0 and _starved(folder / _LAST_WORDS):
        raise Ended("memory")
    said = _told(folder / "told.json")
    if said.get("refused"):
        facts = said.get("facts")
        facts = facts if isinstance(facts, dict) else {}
        raise Refused(str(said["refused"]), {str(name): value for name, value in facts.items() if isinstance(value, str | int | float)})
    answer = folder / "answer"
    if said.get("ended") or not _plain(answer):
        raise Ended("memory" if said.get("ended") == "MemoryError" else "died")
    return answer.read_bytes()


def _starved(path: Path) -> bool:
    """Tell whether a library's own end was for want of memory: its runtime says so and aborts, before Python can tell."""
    try:
        with path.open("rb") as words:
            words.seek(max(0, path.stat().st_size - 4096))
            said = words.read(4096)
    except OSError:
        return False
    return any(sign in said for sign in _STARVED)


def _told(path: Path) -> dict[str, Any]:
    """Return what the process wrote down of itself; its word is a stranger's too."""
    try:
        if not _plain(path) or path.stat().st_size > _MOST_TOLD:
            raise Ended("died")
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise Ended("died") from None
    return said if isinstance(said, dict) else {"ended": "nothing"}


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
