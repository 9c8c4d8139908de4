"""The chain of what was done: each entry carries the hash of the one before, so none can be changed, dropped or moved unseen.

The hash of an entry is SHA-256 over the hash before it, a line feed, and the entry's body: JSON with sorted keys, no blanks, UTF-8.
It proves order and wholeness to whoever knows one later hash from elsewhere; it does not prove that what was written is true.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

FIRST = "0" * 64
"""What stands where the first entry would name the one before."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `at` is UTC in ISO form, `old` and `new` are plain values, `files` hashes of evidence."""

    seq: int
    at: str
    who: str
    action: str
    kind: str = ""
    county: str = ""
    township: str = ""
    subject: str = ""
    old: Any = None
    new: Any = None
    why: str = ""
    files: tuple[str, ...] = ()


def body(event: Event) -> str:
    """Return an entry's body as it is hashed."""
    return json.dumps(asdict(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, said: str) -> str:
    """Return the hash of an entry from the hash before it and its body."""
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()
