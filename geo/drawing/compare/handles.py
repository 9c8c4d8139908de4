"""Handles that two files share: the same identifier on the same geometry, which copying a drawing keeps and redrawing it does not."""

from collections.abc import Iterator

import numpy as np

from geo.drawing.compare.placing import Similarity, similarity_of
from geo.drawing.difference import Comparison
from geo.drawing.model import Drawing, Floats, Ints

_SHARE = 1e-6  # of the drawing's reach: how near is the same


def shared_handles(old: Drawing, new: Drawing, comparison: Comparison) -> float:
    """Return the share of the smaller file's entities with a handle that stand under the same handle at the same place in the other.

    The new drawing is laid on the old one first, as it was compared; where that was refused, as it lies.
    """
    laid = [similarity_of(one) for one in comparison.alignments if one.status != "refused"]
    one, two = _places(old, Similarity()), _places(new, laid[0] if laid else Similarity())
    smaller = min(len(one), len(two))
    if not smaller:
        return 0.0
    reach = max(abs(at) for _, at in one.values())
    near = max(_SHARE * reach, 1e-9)
    same = sum(one[handle][0] == two[handle][0] and abs(one[handle][1] - two[handle][1]) <= near for handle in one.keys() & two.keys())
    return same / smaller


def _places(drawing: Drawing, by: Similarity) -> dict[str, tuple[str, complex]]:
    """Return of each entity outside blocks that has a handle and geometry: its handle → its kind, and the middle of its points."""
    entities = drawing.entities
    sums, seen = np.zeros((len(entities), 2)), np.zeros(len(entities))
    for points, of in _points(drawing):
        np.add.at(sums, of, points)
        np.add.at(seen, of, 1)
    at = by.of(sums / np.maximum(seen, 1)[:, None])
    rows = enumerate(zip(entities.handle, entities.kind, entities.block, strict=True))
    return {handle: (kind, complex(*at[row])) for row, (handle, kind, block) in rows if handle and not block and seen[row]}


def _points(drawing: Drawing) -> Iterator[tuple[Floats, Ints]]:
    yield drawing.lines.xy[:, :2], drawing.lines.of
    yield drawing.lines.xy[:, 2:], drawing.lines.of
    yield drawing.arcs.xyr[:, :2], drawing.arcs.of
    for placed in (drawing.texts, drawing.dimensions, drawing.inserts):
        yield np.array([(one.x, one.y) for one in placed]).reshape(-1, 2), np.array([one.of for one in placed], np.int64)
    curves = [(one.points, one.of) for one in drawing.curves] + [(ring, one.of) for one in drawing.hatches for ring in one.rings]
    for points, of in curves:
        yield points, np.full(len(points), of, np.int64)
