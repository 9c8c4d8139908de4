"""Leftovers told in the large, where nearly everything is another: one difference a kind and a place, never thousands of rows."""

from collections.abc import Iterator

from geo.drawing.compare.items import Item, stroked
from geo.drawing.compare.leftovers import Stroke
from geo.drawing.compare.nearness import joined_rows, near_pairs

MOST_STROKES = 3000  # leftovers beyond which no row a stroke is told
_NEAR_M = 1.0
_WEIGHT = {"wall": 3, "opening": 2}


def in_the_large(before: list[Stroke], after: list[Stroke]) -> list[Item]:
    """Return one difference for each kind of thing in each place: what was there became what is there, with the number of strokes of each."""
    strokes = before + after
    if not strokes:
        return []
    a, b, _ = near_pairs([one.shape for one in strokes], _NEAR_M)
    return [item for rows in joined_rows(len(strokes), a, b) for item in _by_kind(rows, strokes, len(before))]


def _by_kind(rows: list[int], strokes: list[Stroke], count: int) -> Iterator[Item]:
    for what in sorted({_kind(strokes[row]) for row in rows}):
        gone = [strokes[row] for row in rows if row < count and _kind(strokes[row]) == what]
        come = [strokes[row] for row in rows if row >= count and _kind(strokes[row]) == what]
        op = "changed" if gone and come else "removed" if gone else "added"
        yield stroked(op, what, gone, come, (f"{len(gone)}" if gone else None, f"{len(come)}" if come else None), None, _WEIGHT.get(what, 1))


def _kind(one: Stroke) -> str:
    return one.what or ("arc" if one.sort == "arc" else "line")
