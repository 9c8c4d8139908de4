"""Ruled cells: the rectangle between lines in which a text stands, the cell beside it, and what is in that."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.drawing.model import Drawing, Floats
from geo.drawing.plan.plumb import Axes
from geo.drawing.text import inside_of

_FLAT = 1e-3
_WIDEST = 40.0
"""A cell is not wider than this many heights of the letters in it; what is further off belongs to something else."""
_MOST_TEXTS = 40
_SHORTEST = 1.5
"""A line shorter than this many heights of a letter is the stroke of a pen and rules nothing."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cell:
    """One cell: the rows of the texts in it, from left to right and top to bottom, and whether ink without letters is in it."""

    box: Box
    texts: tuple[int, ...]
    inked: bool


@dataclass(frozen=True)
class Cells:
    """The ruled lines and texts of one space in straight axes."""

    level: Floats  # n × 3: y, x from, x to
    upright: Floats  # n × 3: x, y from, y to
    texts: tuple[int, ...]
    places: Floats  # of the texts, n × 2
    heights: Floats
    ink: Floats  # middles of strokes that rule nothing, n × 2

    @cached_property
    def _row(self) -> dict[int, int]:
        return {text: row for row, text in enumerate(self.texts)}

    def at(self, text: int) -> Floats:
        """Return where a text stands."""
        place: Floats = self.places[self._row[text]]
        return place

    def beside(self, text: int, side: str, labels: frozenset[int]) -> Cell | None:
        """Return the cell right of, below or left of the one that a label stands in; None where no lines make one."""
        x, y = self.at(text)
        high = float(self.heights[self._row[text]])
        left, right = self._upright(x, y, -1), self._upright(x, y, 1)
        below, above = self._level(x, y, -1), self._level(x, y, 1)
        if left is None or right is None or below is None or above is None:
            return None
        box = self._next((left, below, right, above), side)
        if box is None or max(box[2] - box[0], box[3] - box[1]) > _WIDEST * high:
            return None
        inside = self._inside(self.places, box)
        if inside.sum() > _MOST_TEXTS:
            return None
        rows = [row for row in np.flatnonzero(inside) if self.texts[row] not in labels]
        if inside.sum() > len(rows):
            return Cell(box, (), False)  # another label's cell
        rows.sort(key=lambda row: (-round(float(self.places[row, 1]) / (0.5 * high)), float(self.places[row, 0])))
        return Cell(box, tuple(self.texts[row] for row in rows), bool(self._inside(self.ink, box).any()))

    def _next(self, box: Box, side: str) -> Box | None:
        left, below, right, above = box
        middle_x, middle_y = (left + right) / 2, (below + above) / 2
        if side == "below":
            further = self._level(middle_x, below - _FLAT * (above - below), -1)
            return None if further is None else (left, further, right, below)
        edge, way = (right, 1) if side == "right" else (left, -1)
        far = self._upright(edge + way * _FLAT * (right - left), middle_y, way)
        return None if far is None else (min(edge, far), below, max(edge, far), above)

    def _upright(self, x: float, y: float, way: int) -> float | None:
        return _nearest(self.upright, x, y, way)

    def _level(self, x: float, y: float, way: int) -> float | None:
        return _nearest(self.level, y, x, way)

    def _inside(self, at: Floats, box: Box) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = (at[:, 0] > box[0]) & (at[:, 0] < box[2]) & (at[:, 1] > box[1]) & (at[:, 1] < box[3])
        return inside


def _nearest(lines: Floats, at: float, along: float, way: int) -> float | None:
    """Return the nearest line on one side that runs past `along`."""
    play = 1e-6 * (1.0 + abs(along))
    past = lines[(lines[:, 1] - play <= along) & (along <= lines[:, 2] + play), 0]
    past = past[(past - at) * way > 0]
    return float(past.min() if way > 0 else past.max()) if len(past) else None


def cells_of(drawing: Drawing, axes: Axes, space: int) -> Cells:
    """Return what is ruled and written in one space, layers that are off or frozen left out."""
    entities = drawing.entities
    seen = np.array([layer.on and not layer.frozen for layer in drawing.layers] or [True], np.bool_)
    here = seen[entities.layer] & (entities.space == space)
    xy = axes.pieces(drawing.lines.xy[here[drawing.lines.of]])
    span = np.abs(xy[:, 2:] - xy[:, :2])
    rows = tuple(row for row, text in enumerate(drawing.texts) if here[text.of] and text.value.strip())
    texts = [drawing.texts[row] for row in rows]
    heights = np.array([text.height for text in texts], np.float64)
    long = span.max(axis=1) > _SHORTEST * (float(np.median(heights)) if len(heights) else 0.0)
    level, upright = long & (span[:, 1] < _FLAT * span[:, 0]), long & (span[:, 0] < _FLAT * span[:, 1])
    ink = [axes.local(drawing.arcs.xyr[here[drawing.arcs.of], :2]), (xy[:, :2] + xy[:, 2:])[~(level | upright)] / 2]
    ink += [axes.local(curve.points).mean(axis=0, keepdims=True) for curve in drawing.curves if here[curve.of]]
    ink += [axes.local(hatch.rings[0]).mean(axis=0, keepdims=True) for hatch in drawing.hatches if here[hatch.of] and hatch.rings]
    return Cells(
        _ruled(xy[level], 1),
        _ruled(xy[upright], 0),
        rows,
        axes.local(np.array([inside_of(text.x, text.y, text.height, text.rotation, text.anchor) for text in texts], np.float64).reshape(-1, 2)),
        heights,
        np.concatenate(ink),
    )


def _ruled(xy: Floats, across: int) -> Floats:
    along = 1 - across
    middle = (xy[:, across] + xy[:, across + 2]) / 2
    made: Floats = np.column_stack([middle, xy[:, [along, along + 2]].min(axis=1), xy[:, [along, along + 2]].max(axis=1)])
    return made
