"""The files of the home: which of them the log says were kept, and whether their bytes are still those."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from relocation import steps
from relocation.evidence.chain import Event, Problem

FOLDERS = ("drawings", "evidence")
"""Folders of the home that hold files as they came, each under its hash."""

_HASH = re.compile(r"[0-9a-f]{64}")

Expected = Mapping[str, tuple[str, int]]
"""A file's address under the home → the hash of its bytes, the number of the entry that says so."""


def expected(events: Sequence[Event]) -> Expected:
    """Return the files that entries say were kept; of what was read of a drawing the newest word counts."""
    found: dict[str, tuple[str, int]] = {}
    for event in events:
        hashes = [sha256 for sha256 in event.files if _HASH.fullmatch(str(sha256))]
        if event.action == "drawing.kept":
            found.update({f"drawings/{sha256}": (sha256, event.seq) for sha256 in hashes})
            if _HASH.fullmatch(event.subject) and isinstance(event.new, dict):
                found[f"drawings/{event.subject}.packed"] = (str(event.new.get("packed")), event.seq)
        elif event.action.startswith("evidence."):
            found.update({f"evidence/{sha256[:2]}/{sha256}": (sha256, event.seq) for sha256 in hashes})
    return found


def differing(home: Path, files: Expected) -> Iterator[Problem]:
    """Hash every file again and give those that are missing or changed; one that no entry names is held to the hash it is called by."""
    for where, (sha256, entry) in steps.each("hashing", sorted(files.items())):
        path = home / where
        if not path.is_file():
            yield Problem("file-missing", entry, where)
        elif hash_of(path) != sha256:
            yield Problem("file-changed", entry, where)
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            where = path.relative_to(home).as_posix()
            if where not in files and _HASH.fullmatch(path.name) and path.is_file() and hash_of(path) != path.name:
                yield Problem("file-changed", 0, where)


def hash_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
