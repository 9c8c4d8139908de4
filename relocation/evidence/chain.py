"""The chain of what was done: each entry carries the hash of the one before, so none can be changed, dropped or moved unseen.

The hash of an entry is SHA-256 over the hash before it, a line feed, and the entry's body: JSON with sorted keys, no blanks, UTF-8.
It proves order and wholeness to whoever knows one later hash from elsewhere; it does not prove that what was written is true.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
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
    return canonical(as_plain(event))


def as_plain(event: Event) -> dict[str, Any]:
    """Return an entry as plain values."""
    return asdict(event)


def canonical(value: Any) -> str:
    """Return a plain value as the one JSON text that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, said: str) -> str:
    """Return the hash of an entry from the hash before it and its body."""
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept: its number, its body as text, the hash before it and its own."""

    seq: int
    body: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written. `entry` is the number it is told at (0: none), `where` its address; `code` names the wording."""

    code: str
    entry: int = 0
    where: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def walk(entries: Iterable[Kept]) -> Iterator[Problem]:
    """Go along a chain and give what is altered, missing, put in or out of order, where the walk meets it."""
    due, previous = 1, FIRST
    for one in entries:
        if one.seq > due:
            yield Problem("entries-missing", due, facts={"first": due, "last": one.seq - 1})
        elif one.seq < due:
            yield Problem("entry-out-of-order", one.seq, facts={"after": due - 1})
        elif one.previous != previous:
            yield Problem("entry-unlinked", one.seq, facts={"before": one.seq - 1})
        if link(one.previous, one.body) != one.hash:
            yield Problem("entry-altered", one.seq)
        due, previous = one.seq + 1, one.hash


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry at some moment: whoever notes it elsewhere can tell later whether the chain still holds it."""

    seq: int
    hash: str
    at: str = ""

    @property
    def line(self) -> str:
        """The head as one line to print or send elsewhere."""
        return f"{self.seq} {self.hash} {self.at}".rstrip()


SHORTEST = 16
"""So many hexadecimal digits of a hash are noted at least."""


def noted(line: str) -> Head:
    """Return the head that somebody noted: its number and at least 16 digits of its hash. ValueError for a line that has no such thing."""
    found = re.search(rf"(?<![0-9a-f])(\d{{1,10}})\s+([0-9a-fA-F]{{{SHORTEST},64}})(?:\s+(\S+))?", line)
    if not found:
        raise ValueError(line[:80])
    return Head(int(found[1]), found[2].lower(), found[3] or "")


def held(head: Head, at_its_number: str | None, last: int) -> Problem | None:
    """Tell whether a noted head is still part of a chain, given the hash that the chain has at its number and the chain's last number."""
    if at_its_number is None:
        return Problem("head-beyond", head.seq, facts={"last": last})
    return None if at_its_number.startswith(head.hash) else Problem("head-rewritten", head.seq)
