"""Tables of unit types (户型面积表): rows that each begin with a unit type, which say nothing of the plan that they stand beside."""

from collections.abc import Sequence
from math import cos, sin

from geo.drawing.plan.annotations import Said, unit_label
from geo.drawing.text import comparable

_ALIGNED, _LEVEL = 1.5, 0.7
"""Cells of a column begin, and cells of a row stand, within so many heights of their letters."""
_ROWS = 12.0
"""Rows of one table are not further apart than this many heights."""

_MOST_PAIRS = 200_000


def without_others(texts: Sequence[Said], label: str = "") -> list[Said]:
    """Return the texts without the rows of a table of unit types; the row of `label` stays.

    A table is two unit types or more that stand under each other, each with something beside it in its row.
    """
    named = [(one, name) for one in texts if (name := unit_label(one.flat)) and comparable(name) == one.flat]
    if len(named) * len(texts) > _MOST_PAIRS:
        return list(texts)
    rows = {id(one): (name, _row(one, texts)) for one, name in named}
    heads = [(one, name) for one, name in named if len(rows[id(one)][1]) > 1]
    tabled = [one for one, name in heads if any(_under(one, other) and name != another for other, another in heads)]
    gone = {id(cell) for one in tabled if rows[id(one)][0] != label for cell in rows[id(one)][1]}
    return [one for one in texts if id(one) not in gone]


def _row(head: Said, texts: Sequence[Said]) -> list[Said]:
    return [one for one in texts if abs(_offset(head, one)[1]) < _LEVEL * head.text.height]


def _under(one: Said, other: Said) -> bool:
    along, up = _offset(one, other)
    return abs(along) < _ALIGNED * one.text.height and 0.0 < abs(up) < _ROWS * one.text.height


def _offset(one: Said, other: Said) -> tuple[float, float]:
    """Return where another text stands from this one: along its line, and up from it."""
    dx, dy, turn = other.x - one.x, other.y - one.y, one.text.rotation
    return dx * cos(turn) + dy * sin(turn), dy * cos(turn) - dx * sin(turn)
