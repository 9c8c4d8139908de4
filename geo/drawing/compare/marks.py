"""One space of a drawing laid where it is to be compared: metres, about an origin of its own, so that no digit is lost to far coordinates."""

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from geo.drawing.compare.placing import Similarity
from geo.drawing.model import Curve, Dimension, Drawing, Floats, Hatch, Ints, Text


@dataclass(frozen=True)
class Marks:
    """What is compared; every column as in the model, `of` still names rows of Drawing.entities."""

    drawing: Drawing
    lines: Floats
    line_of: Ints
    arcs: Floats
    arc_of: Ints
    curves: tuple[Curve, ...]
    texts: tuple[Text, ...]
    dimensions: tuple[Dimension, ...]
    hatches: tuple[Hatch, ...]

    def __len__(self) -> int:
        return len(self.lines) + len(self.arcs) + len(self.curves) + len(self.texts) + len(self.dimensions) + len(self.hatches)

    @property
    def points(self) -> Floats:
        """Ends of lines and arcs and centres of arcs, n × 2."""
        return np.vstack(
            [self.lines[:, :2], self.lines[:, 2:], self.arcs[:, :2], arc_points(self.arcs, self.arcs[:, 3]), arc_points(self.arcs, self.arcs[:, 4])]
        )


def arc_points(arcs: Floats, angle: Floats) -> Floats:
    """Return the point of each arc at an angle."""
    at: Floats = arcs[:, :2] + arcs[:, 2:3] * np.column_stack([np.cos(angle), np.sin(angle)])
    return at


def marks_of(drawing: Drawing, space: int) -> Marks:
    """Return what one space of a drawing holds, in drawing units; pieces without extent or with a coordinate that is no number are left out."""
    in_space = drawing.entities.space == space
    lines, arcs = drawing.lines.xy, drawing.arcs.xyr
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    line = in_space[drawing.lines.of] & np.isfinite(length) & (length > 0)
    arc = in_space[drawing.arcs.of] & np.isfinite(arcs).all(axis=1) & (arcs[:, 2] > 0)
    return Marks(
        drawing,
        lines[line],
        drawing.lines.of[line],
        arcs[arc],
        drawing.arcs.of[arc],
        tuple(one for one in drawing.curves if in_space[one.of] and len(one.points) > 1 and np.isfinite(one.points).all()),
        tuple(one for one in drawing.texts if in_space[one.of] and one.value.strip() and isfinite(one.x + one.y + one.height + one.rotation)),
        tuple(one for one in drawing.dimensions if in_space[one.of] and isfinite(one.x + one.y + one.measured) and np.isfinite(one.points).all()),
        tuple(one for one in drawing.hatches if in_space[one.of] and len(one.rings)),
    )


def laid(marks: Marks, by: Similarity) -> Marks:
    """Return marks moved by a similarity; a mirror keeps arcs counter-clockwise, and letters their reading direction."""
    if not by.mirrored and by.factor == 1 and by.shift == 0:
        return marks
    turned = by.of_angle(marks.arcs[:, 3:5])
    start = turned[:, 1] if by.mirrored else turned[:, 0]
    arcs = np.column_stack([by.of(marks.arcs[:, :2]), marks.arcs[:, 2] * by.scale, start, start + (marks.arcs[:, 4] - marks.arcs[:, 3])])
    return replace(
        marks,
        lines=np.hstack([by.of(marks.lines[:, :2]), by.of(marks.lines[:, 2:])]),
        arcs=arcs,
        curves=tuple(replace(one, points=by.of(one.points)) for one in marks.curves),
        texts=_texts(marks.texts, by),
        dimensions=_dimensions(marks.dimensions, by),
        hatches=tuple(replace(one, rings=tuple(by.of(ring) for ring in one.rings)) for one in marks.hatches),
    )


def _texts(texts: tuple[Text, ...], by: Similarity) -> tuple[Text, ...]:
    at = by.of(np.array([(one.x, one.y) for one in texts]).reshape(-1, 2))
    turned = [(-one.rotation if by.mirrored else one.rotation) + by.turn for one in texts]
    return tuple(replace(one, x=float(x), y=float(y), height=one.height * by.scale, rotation=turn) for one, (x, y), turn in zip(texts, at, turned, strict=True))


def _dimensions(dimensions: tuple[Dimension, ...], by: Similarity) -> tuple[Dimension, ...]:
    at = by.of(np.array([(one.x, one.y) for one in dimensions]).reshape(-1, 2))
    return tuple(replace(one, points=by.of(one.points), x=float(x), y=float(y)) for one, (x, y) in zip(dimensions, at, strict=True))
