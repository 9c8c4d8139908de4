"""The guard of old .xls workbooks: passes over the records of the workbook's stream before the parser does.

It learns what the parser does not tell (failed formulas, the count of days from 1904), and refuses protected and truncated files and
sheets whose used area the parser could not hold. The parser reads all sheets at once, so their areas are added up.
"""

import struct

from relocation.intake.compound import Compound, Damaged
from relocation.intake.error_cells import BY_NUMBER, LIMIT, UNREAD, Inside
from relocation.intake.guard import Guard
from relocation.intake.sheet import letter

_STREAMS = ("Workbook", "Book")
_DATE_MODE, _PROTECTED, _SHEET = 0x0022, 0x002F, 0x0085
_BOOL_OR_ERROR, _FORMULA = 0x0205, 0x0006
# A cell of several columns (MULRK) ends in the number of its last column.
_CELLS = frozenset({0x0203, 0x0204, 0x00BD, 0x00D6, 0x00FD, 0x027E, _BOOL_OR_ERROR, _FORMULA})
_SEVERAL = 0x00BD
_LEAST = {_DATE_MODE: 2, _SHEET: 4, _BOOL_OR_ERROR: 8, _FORMULA: 14}


class _Area:
    """How far one sheet reaches, and its failed formulas."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.errors: dict[tuple[int, int], str] = {}


def look(content: bytes, guard: Guard) -> Inside:
    """Return what is inside an .xls, errors by the sheets' places (0, 1 …); Unusable when it cannot be read safely."""
    try:
        stream = Compound(content).stream(_STREAMS)
    except Damaged:
        raise guard.refuse("file-truncated") from None
    if stream is None:
        raise guard.refuse("not-a-workbook")
    try:
        since_1904, starts = _globals(stream, guard)
        areas = [_area(stream, start, guard) for start in starts]
    except (struct.error, Damaged):
        raise guard.refuse("file-truncated") from None
    if sum(area.rows * area.columns for area in areas) > guard.limits.box:
        widest = max(areas, key=lambda area: area.rows * area.columns)
        raise guard.refuse("used-area", rows=widest.rows, columns=widest.columns, corner=f"{letter(widest.columns - 1)}{widest.rows}")
    return Inside(since_1904, {place: area.errors for place, area in enumerate(areas) if area.errors})


def _globals(stream: bytes, guard: Guard) -> tuple[bool, list[int]]:
    """Return whether days count from 1904, and where the sheets begin, in their order."""
    at, since_1904, starts = 0, False, []
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if len(body) < max(length, _LEAST.get(kind, 0)):
            raise Damaged
        at += 4 + length
        if kind == _PROTECTED:
            raise guard.refuse("file-protected")
        if kind == _DATE_MODE:
            since_1904 = body[:2] == b"\x01\x00"
        elif kind == _SHEET:
            starts.append(int.from_bytes(body[:4], "little"))
        elif kind == 0x000A:
            return since_1904, starts
    raise Damaged


def _area(stream: bytes, at: int, guard: Guard) -> _Area:
    """Pass over one sheet's records, embedded charts included, up to its end."""
    area, depth, unpack = _Area(), 0, struct.unpack_from
    while True:
        kind, length = unpack("<HH", stream, at)
        if at + 4 + length > len(stream) or length < _LEAST.get(kind, 0):
            raise Damaged
        if kind in _CELLS:
            row, column = unpack("<HH", stream, at + 4)
            last = unpack("<H", stream, at + 2 + length)[0] if kind == _SEVERAL else column
            area.rows, area.columns = max(area.rows, row + 1), max(area.columns, last + 1)
            if (number := _error(stream, at, kind)) is not None:
                area.errors[row, column] = BY_NUMBER.get(number, UNREAD)
                if len(area.errors) > LIMIT:
                    raise guard.refuse("too-many-errors", limit=LIMIT)
        elif kind in (0x0009, 0x0209, 0x0409, 0x0809):  # a substream begins
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return area
        at += 4 + length


def _error(stream: bytes, at: int, kind: int) -> int | None:
    """Return the number of the error a cell shows, None when it shows none."""
    if kind == _BOOL_OR_ERROR:
        return stream[at + 10] if stream[at + 11] else None
    if kind == _FORMULA:
        result = stream[at + 10 : at + 18]
        return result[2] if result[6:8] == b"\xff\xff" and result[0] == 2 else None
    return None
