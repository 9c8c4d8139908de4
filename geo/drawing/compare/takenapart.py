"""Dimensions that were taken apart into lines and a text, in one of two drawings: the same figure in the same place is no difference."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo.drawing.compare.items import Item
from geo.drawing.model import Dimension
from geo.drawing.text import comparable

_FIGURE_M = 0.6  # a figure stands so near to the middle of the dimension's own
_LINES_M = 0.5  # ticks and ends of extension lines reach so far beyond what is measured
_OTHER = {"removed": "added", "added": "removed"}
_TEXTS = frozenset({"text", "area", "room"})


def without_taken_apart(items: list[Item], old: Sequence[Dimension], new: Sequence[Dimension]) -> tuple[list[Item], int]:
    """Return the items but for dimensions taken apart and what became of them, and how many dimensions were."""
    gone: set[int] = set()
    folded = 0
    for op, dimensions in (("removed", old), ("added", new)):
        of = {one.of: one for one in dimensions}
        rows = [row for row, one in enumerate(items) if one.op == op and one.what == "dimension"]
        pairs = [(row, text) for row in rows if (text := _figure(items, row, of, gone)) is not None]
        if not pairs:
            continue
        covered = shapely.union_all([_reach(items[row], of) for row, _ in pairs])
        gone |= {row for pair in pairs for row in pair}
        strokes = [(row, one) for row, one in enumerate(items) if one.op == _OTHER[op] and one.what in ("line", "arc")]
        gone |= {row for row, one in strokes if covered.covers(shapely.MultiLineString(one.shape_before + one.shape_after))}
        folded += len(pairs)
    return [one for row, one in enumerate(items) if row not in gone], folded


def _dimension(item: Item, of: dict[int, Dimension]) -> Dimension:
    return of[(item.of_before or item.of_after)[0]]


def _figure(items: list[Item], row: int, of: dict[int, Dimension], gone: set[int]) -> int | None:
    """Return the text that says what a dimension said, where it said it; None where there is none."""
    item = items[row]
    one, said = _dimension(item, of), comparable(str(item.before or item.after))
    for at, other in enumerate(items):
        text = other.op == _OTHER[item.op] and other.what in _TEXTS and at not in gone
        if text and comparable(str(other.before or other.after)) == said and np.hypot(other.where[0] - one.x, other.where[1] - one.y) <= _FIGURE_M:
            return at
    return None


def _reach(item: Item, of: dict[int, Dimension]) -> shapely.Polygon:
    """Return where the lines of a dimension lie: from what it measures to its own line."""
    points = np.vstack([_dimension(item, of).points, *(np.array(shape) for shape in item.shape_before + item.shape_after)])
    (x1, y1), (x2, y2) = points.min(axis=0) - _LINES_M, points.max(axis=0) + _LINES_M
    return shapely.Polygon([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])
