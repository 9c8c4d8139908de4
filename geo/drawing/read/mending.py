"""Text DXF that is broken in ways that can be mended without a guess: what was mended is told, with the line it stands on.

A library's recovery was tried instead: of a file whose handles were doubled it threw away 165 entities of 213, and of one with a
letter for a digit in a group code a coordinate, both without a word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from geo.drawing.model import Repair
from geo.drawing.read.tags import is_number
from geo.drawing.read.unreadable import Unreadable

MOST = 100
"""Stray lines from which a file is not mended any more."""
_COMMA = re.compile(rb"\s*[+-]?\d+,\d+\s*")
_FORTRAN = re.compile(rb"\s*[+-]?\d+(?:\.\d*)?[dD][+-]?\d+\s*")
_LINE_LOST = frozenset({"stray-lines"})


def tidied(data: bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """Return a DXF without what stands after its end, and with line ends of this century; with what was done."""
    repairs = list[Repair]()
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
        repairs.append(Repair("line-ends", {"count": data.count(b"\n")}))
    after = len(data) - len(data.rstrip(b"\x00\x1a \t\r\n"))
    tail = data[len(data) - after :]
    if not tail.strip(b" \t\r\n"):
        return data, tuple(repairs)
    if b"\x00" in tail:
        repairs.append(Repair("after-end", {"count": len(tail.strip(b"\r\n"))}))
    return data[: len(data) - after] + b"\n", tuple(repairs)


@dataclass
class _Mended:
    out: list[bytes] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def note(self, what: str, line: int) -> None:
        self.counted[what] = self.counted.get(what, 0) + 1
        self.first.setdefault(what, line + 1)


def mended(data: bytes) -> tuple[bytes, tuple[Repair, ...]]:
    """Return a text DXF in which codes and values pair again; raises Unreadable("damaged") where that takes a guess.

    Lines that are no group code where one must stand are left out; decimal commas and Fortran's D are set right.
    """
    lines = data.split(b"\n")
    found, at = _Mended(), 0
    while at + 1 < len(lines):
        code = _code(lines[at])
        if code is None:
            found.note("stray-lines", at)
            if found.counted["stray-lines"] > MOST:
                raise Unreadable("damaged")
            at += 1
            continue
        found.out += (lines[at], _value(code, lines[at + 1], at + 1, found.note))
        at += 2
    if not found.counted:
        raise Unreadable("damaged")
    repairs = (Repair(what, {"count": count, "line": found.first[what]}) for what, count in sorted(found.counted.items()))
    return b"\n".join(found.out) + b"\n", tuple(repairs)


def doubtful(repairs: tuple[Repair, ...]) -> bool:
    """Return whether something may be missing after these repairs."""
    return any(repair.what in _LINE_LOST for repair in repairs)


def _code(line: bytes) -> int | None:
    try:
        code = int(line)
    except ValueError:
        return None
    return code if -5 <= code <= 1071 else None


def _value(code: int, value: bytes, line: int, note: Callable[[str, int], None]) -> bytes:
    if not is_number(code):
        return value
    try:
        float(value)
    except ValueError:
        if _COMMA.fullmatch(value):
            note("decimal-commas", line)
            return value.replace(b",", b".")
        if _FORTRAN.fullmatch(value):
            note("fortran-numbers", line)
            return value.replace(b"D", b"E").replace(b"d", b"e")
        raise Unreadable("damaged") from None
    return value
