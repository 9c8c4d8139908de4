"""The folder of a map book: one PDF a site and a list of what each was made from, so that a run again makes only what is missing or other.

Files and lines come whole: a file is written beside its place and renamed, its line is added afterwards. Whatever stops a run in the middle, what
the list names is there and whole; a file that it does not name, or that is not what it says, is made again.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from relocation.store.trouble import Trouble

LIST = "mapbook.jsonl"
"""One line a page: its file, its county and code, the hash of what it was made from, the hash of its bytes."""

PART = ".mapbook-"
"""What is half-written begins with this; nothing of it counts, and the next run takes it away."""


class Shelf:
    """A folder that keeps pages."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, made where it is missing. Trouble where it cannot be written."""
        self.folder = folder
        self._known: dict[str, Mapping[str, str]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._known = _read(folder / LIST)
            for left in folder.glob(f"{PART}*.part"):  # of a run that was killed
                left.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from error

    def has(self, name: str, key: str) -> bool:
        """Tell whether a page is there, made from the same, and whole."""
        line = self._known.get(name)
        return line is not None and line["key"] == key and _hash(self.folder / name) == line["sha256"]

    def keep(self, name: str, key: str, pdf: bytes, about: Mapping[str, str]) -> None:
        """Keep a page whole or not at all. Trouble where it cannot be written: what was kept before stays good."""
        line = {"file": name, **about, "key": key, "sha256": hashlib.sha256(pdf).hexdigest()}
        try:
            _replace(self.folder / name, pdf)
            with (self.folder / LIST).open("ab") as listed:
                listed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise _unwritable(self.folder / name, error) from error
        self._known[name] = line

    def others(self, names: set[str]) -> int:
        """Return how many pages of earlier runs lie there that are none of these."""
        return sum(name not in names and (self.folder / name).is_file() for name in self._known)

    def settle(self) -> None:
        """Write the list anew, one line a page that is there, in the order of names."""
        lines = [json.dumps(self._known[name], ensure_ascii=False) for name in sorted(self._known) if (self.folder / name).is_file()]
        try:
            _replace(self.folder / LIST, "".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            raise _unwritable(self.folder / LIST, error) from error


def write_whole(out: Path, data: bytes) -> None:
    """Write a file whole or not at all. Trouble where it cannot be written."""
    try:
        _replace(out, data)
    except OSError as error:
        raise _unwritable(out, error) from error


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{PART}{path.name[:80]}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _read(path: Path) -> dict[str, Mapping[str, str]]:
    """Return the list; the last line of a run that was cut off may be torn and is left out, like any that is not ours."""
    known: dict[str, Mapping[str, str]] = {}
    for line in path.read_bytes().split(b"\n") if path.is_file() else ():
        with suppress(ValueError):
            one = json.loads(line)
            if isinstance(one, dict) and all(isinstance(one.get(name), str) for name in ("file", "key", "sha256")) and Path(one["file"]).name == one["file"]:
                known[one["file"]] = one
    return known


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _unwritable(path: Path, error: OSError) -> Trouble:
    return Trouble("out-unwritable", path=path, why=error.strerror or type(error).__name__)
