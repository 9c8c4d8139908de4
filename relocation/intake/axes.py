"""The position columns of a sheet, a block at a time: which two numbers a row gives, and what was written there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checks.records import Array
from relocation.intake.coordinates import first_is_north, parse_axis, parse_pair
from relocation.intake.days import Unreadable
from relocation.intake.headings import Field
from relocation.intake.refusal import Fact
from relocation.intake.values import is_blank, readable, text_of

Refuse = Callable[[int, Field, str, Mapping[str, Fact]], None]


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions as written: x is longitude or easting, y latitude or northing (float64, NaN where none), `written` the cells' text.

    `first`, `second` are the columns they stand in (None when the sheet has none); `ordered` is True when the program had to tell
    by size which of the two numbers is which.
    """

    x: Array
    y: Array
    written: Array
    first: Field | None = None
    second: Field | None = None
    ordered: bool = False

    @staticmethod
    def joined(parts: Sequence["Positions"]) -> "Positions":
        """Put the blocks of one sheet together."""
        if not parts:
            return Positions(np.empty(0), np.empty(0), np.empty(0, object))
        arrays = [np.concatenate([getattr(part, name) for part in parts]) for name in ("x", "y", "written")]
        return replace(parts[0], x=arrays[0], y=arrays[1], written=arrays[2], ordered=any(part.ordered for part in parts))


Pair = tuple[str, str, bool]
"""The names of two position columns, and whether they say which of them is east."""

HERE: tuple[Pair, ...] = (("lon", "lat", True), ("east", "north", True), ("grid_x", "grid_y", False), ("pair", "pair", False))
OLD_HOME: tuple[Pair, ...] = (("old_lon", "old_lat", True),)


class PositionReader:
    """Knows which columns of a sheet hold positions: longitude and latitude, a joined pair, or the axes of a grid."""

    def __init__(self, fields: Sequence[Field], pairs: Sequence[Pair] = HERE) -> None:
        """Choose the columns; a pair named by its axes goes before one that is not."""
        named = {one.column.name: one for one in fields}
        self.first, self.second, self.sure = None, None, True
        for first, second, sure in pairs:
            if first in named and second in named:
                self.first, self.second, self.sure = named[first], named[second], sure
                break
        chosen = {one.column.name for one in (self.first, self.second) if one}
        self.left_out = [one for one in fields if one.column.name not in chosen]
        self._seen: dict[tuple[str, Any], float | Unreadable] = {}

    def read(self, columns: Sequence[Sequence[Any]], count: int, refuse: Refuse) -> Positions:
        """Read one block's positions; a half position or an unreadable one is refused."""
        if self.first is None or self.second is None:
            nothing = np.full(count, np.nan)
            return Positions(nothing, nothing, np.full(count, "", object))
        if self.first is self.second:
            return self._pairs(self.first, columns[self.first.at], refuse)
        first, second = columns[self.first.at], columns[self.second.at]
        x, y = self._axis(self.first, first, "lon", refuse), self._axis(self.second, second, "lat", refuse)
        for row in np.flatnonzero(np.isnan(x) != np.isnan(y)).tolist():
            lacking = self.first if is_blank(first[row]) else self.second
            if is_blank(first[row]) != is_blank(second[row]):
                refuse(row, lacking, "position-half", {})
        written = np.empty(count, object)
        written[:] = [_written(a, b) for a, b in zip(first, second, strict=True)]
        ordered = False
        if not self.sure:
            turned = first_is_north(x, y)
            x, y, ordered = np.where(turned, y, x), np.where(turned, x, y), bool(turned.any())
        return Positions(x, y, written, self.first, self.second, ordered)

    def _axis(self, one: Field, cells: Sequence[Any], axis: str, refuse: Refuse) -> Array:
        types = set(map(type, cells))
        if types <= {float, int}:
            return np.array(cells, np.float64)
        if types <= {float, int, str} and all(cell == "" for cell in cells if type(cell) is str):
            return np.array([np.nan if cell == "" else cell for cell in cells], np.float64)
        values = np.full(len(cells), np.nan)
        for row, cell in enumerate(cells):
            if is_blank(cell):
                continue
            key = (axis, cell)
            if key not in self._seen:
                try:
                    self._seen[key] = parse_axis(readable(cell), axis if self.sure else "")
                except Unreadable as fault:
                    self._seen[key] = fault
            value = self._seen[key]
            if isinstance(value, Unreadable):
                refuse(row, one, value.code, value.facts)
            else:
                values[row] = value
        return values

    def _pairs(self, one: Field, cells: Sequence[Any], refuse: Refuse) -> Positions:
        x, y, said = np.full(len(cells), np.nan), np.full(len(cells), np.nan), np.zeros(len(cells), np.bool_)
        written = np.full(len(cells), "", object)
        for row, cell in enumerate(cells):
            if is_blank(cell):
                continue
            written[row] = text_of(cell).strip()
            try:
                x[row], y[row], said[row] = parse_pair(readable(cell))
            except Unreadable as fault:
                refuse(row, one, fault.code, fault.facts)
        turned = first_is_north(x, y) & ~said
        # 经纬度 says longitude first; what is written the other way round is refused later, never turned silently.
        if "经纬" in one.heading:
            turned[:] = False
        return Positions(np.where(turned, y, x), np.where(turned, x, y), written, one, one, bool(turned.any()))


def _written(first: Any, second: Any) -> str:
    if type(first) is float and type(second) is float and first % 1 and second % 1:  # nearly all positions
        return f"{first!r}, {second!r}"
    return "" if is_blank(first) or is_blank(second) else f"{text_of(first)}, {text_of(second)}"
