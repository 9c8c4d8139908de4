"""The pictures of stand-ins: what a custom object (天正's, AEC's) looked like when it was saved with PROXYGRAPHICS = 1.

A picture is a run of chunks: length and kind as 32-bit numbers, then the content, little-endian. An object is drawn only where every
chunk of its picture is understood; half of a wall would be worse than none.
"""

import math
import struct
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from geo.drawing.affine import TURN
from geo.drawing.model import Text
from geo.drawing.read.columns import Columns
from geo.drawing.text import decoded

_PICTURE, _LENGTH = 310, (160, 92)
_SAID = frozenset({1, 14, 16, 18, 19, 20, 22, 23, 24, 25, 26, 34, 35})
"""Extents, colours, layers, line types and the like: nothing to draw."""
MOST_POINTS = 100_000
Draw = Callable[[Columns, int, bytes], None]


class NotUnderstood(ValueError):
    """A chunk of a kind that is not drawn, or cut short."""


def picture_of(props: Mapping[str, Any]) -> bytes:
    """Return the picture that an undecoded entity carries in its group codes, b"" for none: so many bytes as 160 (or 92) says."""
    left, picture = 0, b""
    for code, value in props.get("dxf.codes", ()):
        if code in _LENGTH and not picture:
            left = int(value)
        elif code == _PICTURE and left > 0 and isinstance(value, list):
            picture += bytes(value)
            left -= len(value)
    return picture if left == 0 else b""


def draw_picture(columns: Columns, of: int, picture: bytes) -> bool:
    """Draw a picture into the columns; False, with nothing drawn, where any of it is not understood or nothing is in it."""
    drawn = Columns()
    try:
        for kind, content in _chunks(picture):
            if kind not in _SAID:
                _draw(drawn, of, kind, content)
    except (NotUnderstood, struct.error, UnicodeDecodeError, IndexError):
        return False
    if not (drawn.straight_of or drawn.round_of or drawn.texts):
        return False
    columns.straight += drawn.straight
    columns.straight_of += drawn.straight_of
    columns.round += drawn.round
    columns.round_of += drawn.round_of
    columns.texts += drawn.texts
    return True


def _chunks(picture: bytes) -> list[tuple[int, bytes]]:
    out, at = [], 8  # its length and the number of its chunks
    while at < len(picture):
        size, kind = struct.unpack_from("<2L", picture, at)
        if size < 8 or at + size > len(picture):
            raise NotUnderstood
        out.append((kind, picture[at + 8 : at + size]))
        at += size
    return out


def _draw(columns: Columns, of: int, kind: int, content: bytes) -> None:
    if kind not in _KINDS:
        raise NotUnderstood
    _KINDS[kind](columns, of, content)


def _flat(content: bytes, at: int) -> None:
    """Require a normal that points straight up: anything else is a view from the side."""
    x, y, z = struct.unpack_from("<3d", content, at)
    if not (abs(x) < 1e-6 and abs(y) < 1e-6 and z > 0):
        raise NotUnderstood


def _circle(columns: Columns, of: int, content: bytes) -> None:
    x, y, _, radius = struct.unpack_from("<4d", content)
    _flat(content, 32)
    columns.arc(of, (x, y, radius, 0.0, TURN))


def _arc(columns: Columns, of: int, content: bytes) -> None:
    x, y, _, radius = struct.unpack_from("<4d", content)
    _flat(content, 32)
    across, up, _, sweep = struct.unpack_from("<4d", content, 56)
    start = math.atan2(up, across)
    start, sweep = (start, sweep) if sweep > 0 else (start + sweep, -sweep)
    columns.arc(of, (x, y, radius, start % TURN, start % TURN + sweep))


def _points(content: bytes) -> list[tuple[float, float]]:
    (count,) = struct.unpack_from("<L", content)
    if count > MOST_POINTS:
        raise NotUnderstood
    flat = struct.unpack_from(f"<{3 * count}d", content, 4)
    return list(zip(flat[0::3], flat[1::3], strict=True))


def _polyline(columns: Columns, of: int, content: bytes) -> None:
    points = _points(content)
    for one, other in pairwise(points):
        columns.line(of, *one, *other)


def _polygon(columns: Columns, of: int, content: bytes) -> None:
    points = _points(content)
    for one, other in zip(points, points[1:] + points[:1], strict=True):
        columns.line(of, *one, *other)


def _text(wide: bool, late: bool) -> Draw:
    """Return how a text is drawn; `wide`: in two bytes a sign; `late`: its height stands behind the text."""

    def draw(columns: Columns, of: int, content: bytes) -> None:
        x, y, _ = struct.unpack_from("<3d", content)
        _flat(content, 24)
        across, up, _ = struct.unpack_from("<3d", content, 48)
        value, after = _string(content, 72 if late else 96, wide)
        (height,) = struct.unpack_from("<d", content, after + 8 if late else 72)
        columns.texts.append(Text(decoded(value), x, y, height, math.atan2(up, across), of))

    return draw


def _string(content: bytes, at: int, wide: bool) -> tuple[str, int]:
    """Return a text that ends with a zero, and where the next begins, on a multiple of four."""
    step = 2 if wide else 1
    end = next((here for here in range(at, len(content) - step + 1, step) if not any(content[here : here + step])), None)
    if end is None:
        raise NotUnderstood
    raw = content[at:end]
    return raw.decode("utf-16-le") if wide else _letters(raw), -(-(end + step) // 4) * 4


def _letters(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


_KINDS: Mapping[int, Draw] = {
    2: _circle,
    4: _arc,
    6: _polyline,
    7: _polygon,
    10: _text(wide=False, late=False),
    11: _text(wide=False, late=True),
    32: _polyline,
    36: _text(wide=True, late=False),
    38: _text(wide=True, late=True),
}
