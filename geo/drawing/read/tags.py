"""The group codes of a DXF, text or binary, read by a reader of our own: the second opinion on what the primary reader found."""

import struct
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.drawing.model import Floats, Ints
from geo.drawing.read.sniff import BINARY_DXF
from geo.drawing.read.unreadable import Unreadable

MOST_GROUPS = 2_000_000
"""Groups of one file: a million entities, each polyline of the old kind being several."""


@dataclass(frozen=True)
class Tags:
    """All group codes with their values as bytes; a group begins at each code 0."""

    codes: Ints
    values: list[bytes]
    codec: str

    @cached_property
    def starts(self) -> Ints:
        """Where the groups begin."""
        return np.flatnonzero(self.codes == 0)

    @cached_property
    def ends(self) -> Ints:
        """Where they end."""
        return np.append(self.starts[1:], len(self.codes))

    @cached_property
    def names(self) -> list[str]:
        """What the groups are: LINE, TABLE, SECTION …"""
        return [self.values[at].strip().decode("ascii", "replace") for at in self.starts.tolist()]

    @cached_property
    def section(self) -> list[str]:
        """In which section each group stands."""
        now, out = "", []
        for name, at in zip(self.names, self.starts.tolist(), strict=True):
            if name == "SECTION":
                now = self.text(at + 1) if at + 1 < len(self.values) else ""
            elif name == "ENDSEC":
                now = ""
            out.append(now)
        return out

    def text(self, at: int) -> str:
        """Return a value as text; blanks at its end belong to it, the end of the line does not."""
        return self.values[at].rstrip(b"\r").decode(self.codec, "replace")

    def group(self, number: int) -> list[tuple[int, str]]:
        """Return one group as (code, text) pairs."""
        start, end = int(self.starts[number]), int(self.ends[number])
        return [(int(self.codes[at]), self.text(at)) for at in range(start, end)]

    def floats(self, rows: Ints) -> Floats:
        """Return values as numbers; raises Unreadable for what is none."""
        try:
            return np.fromiter(map(float, map(self.values.__getitem__, rows.tolist())), np.float64, len(rows))
        except ValueError:
            raise Unreadable("damaged") from None


def tags_of(data: bytes, codec: str) -> Tags:
    """Return the group codes of a DXF; raises Unreadable where it is none."""
    tags = _binary(data, codec) if data.startswith(BINARY_DXF) else _text(data, codec)
    if not len(tags.starts):
        raise Unreadable("damaged")
    return tags


def _text(data: bytes, codec: str) -> Tags:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n" if b"\n" in data else b"\r")
    count = len(lines) // 2
    try:
        spelt = lines[0 : 2 * count : 2]
        known = {line: int(line) for line in set(spelt)}  # a drawing has a few dozen codes and millions of lines
        codes = np.fromiter(map(known.__getitem__, spelt), np.int64, count)
    except (ValueError, OverflowError):
        raise Unreadable("damaged") from None
    if np.count_nonzero(codes == 0) > MOST_GROUPS:
        raise Unreadable("too-large-inside")
    return Tags(codes, lines[1 : 2 * count : 2], codec)


_INTEGERS = ((60, 80, "<h"), (90, 100, "<i"), (160, 170, "<q"), (170, 180, "<h"), (270, 290, "<h"), (290, 300, "<b"),
             (370, 390, "<h"), (400, 410, "<h"), (420, 430, "<i"), (440, 460, "<i"), (1060, 1071, "<h"), (1071, 1072, "<i"))  # fmt: skip
_DOUBLES = ((10, 60), (110, 150), (210, 240), (460, 470), (1010, 1060))


def is_number(code: int) -> bool:
    """Return whether the value of a group code is a number with a fraction."""
    return any(low <= code < high for low, high in _DOUBLES)


def _form(code: int) -> str:
    if is_number(code):
        return "<d"
    return next((form for low, high, form in _INTEGERS if low <= code < high), "")


def _binary(data: bytes, codec: str) -> Tags:
    """Read binary group codes: two bytes a code, one in R12 (255 announces a longer one); chunks carry their length."""
    at, end = len(BINARY_DXF), len(data)
    wide = data[at + 1 : at + 2] == b"\x00"
    forms = {code: _form(code) for code in range(1072)}
    codes, values = list[int](), list[bytes]()
    try:
        while at < end:
            code, at = _code(data, at, wide)
            form = forms.get(code, "")
            if form:
                values.append(repr(struct.unpack_from(form, data, at)[0]).encode())
                at += struct.calcsize(form)
            elif 310 <= code < 320 or code == 1004:
                values.append(b"")
                at += 1 + data[at]
            else:
                close = data.index(b"\x00", at)
                values.append(data[at:close])
                at = close + 1
            codes.append(code)
            if code == 0 and values[-1] == b"EOF":
                break
    except (struct.error, IndexError, ValueError):
        raise Unreadable("damaged") from None
    return Tags(np.array(codes, np.int64), values, codec)


def _code(data: bytes, at: int, wide: bool) -> tuple[int, int]:
    if wide:
        return struct.unpack_from("<H", data, at)[0], at + 2
    if data[at] == 255:
        return struct.unpack_from("<H", data, at + 1)[0], at + 3
    return data[at], at + 1
