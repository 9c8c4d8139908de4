"""Columns being filled: the content of one block or of one space, in its own axes, before it is put in place."""

from dataclasses import dataclass, field, replace

import numpy as np

from geo.drawing.affine import Affine, moved_arcs, moved_points
from geo.drawing.model import Arcs, Curve, Dimension, Drawing, Floats, Hatch, Insert, Ints, Lines, Text
from geo.drawing.read.curves import arc_points

_NO_LAYER = -1
_Arc = tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Placing:
    """One INSERT of a block: where to, under which handle, on which layer."""

    matrix: Affine
    handle: str
    layer: int


@dataclass
class Columns:
    """Entities with their geometry. `of` counts the rows of this block alone."""

    handle: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    layer: list[int] = field(default_factory=list)
    block: list[str] = field(default_factory=list)
    straight: list[float] = field(default_factory=list)  # four a line, still to become an array
    straight_of: list[int] = field(default_factory=list)
    round: list[_Arc] = field(default_factory=list)
    round_of: list[int] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    dimensions: list[Dimension] = field(default_factory=list)
    hatches: list[Hatch] = field(default_factory=list)
    inserts: list[Insert] = field(default_factory=list)
    _lines: list[tuple[Floats, Ints]] = field(default_factory=list)
    _arcs: list[tuple[Floats, Ints]] = field(default_factory=list)

    def entity(self, handle: str, kind: str, layer: int, block: str = "") -> int:
        """Begin an entity; return its row."""
        self.handle.append(handle)
        self.kind.append(kind)
        self.layer.append(layer)
        self.block.append(block)
        return len(self.kind) - 1

    def line(self, of: int, x1: float, y1: float, x2: float, y2: float) -> None:
        """Add a straight piece; one without length is left out."""
        if x1 != x2 or y1 != y2:
            self.straight += (x1, y1, x2, y2)
            self.straight_of.append(of)

    def arc(self, of: int, arc: _Arc) -> None:
        """Add an arc or a circle."""
        self.round.append(arc)
        self.round_of.append(of)

    def lines(self) -> Lines:
        """Return all straight pieces."""
        own = (np.array(self.straight, np.float64).reshape(-1, 4), np.array(self.straight_of, np.int64))
        return Lines(*_joined([own, *self._lines]))

    def arcs(self) -> Arcs:
        """Return all arcs and circles."""
        own = (np.array(self.round, np.float64).reshape(-1, 5), np.array(self.round_of, np.int64))
        return Arcs(*_joined([own, *self._arcs]))

    def append(self, other: "Columns") -> None:
        """Add another space's entities after these, unchanged."""
        start = len(self.kind)
        self.place(other, "", [Placing(Affine(), "", 0)], _NO_LAYER)
        self.handle[start:], self.block[start:] = other.handle, other.block

    def take(self, drawing: Drawing) -> None:
        """Take the geometry of a drawing that was read before; its entities are these already."""
        self._lines.append((drawing.lines.xy, drawing.lines.of))
        self._arcs.append((drawing.arcs.xyr, drawing.arcs.of))
        self.curves, self.texts, self.dimensions = list(drawing.curves), list(drawing.texts), list(drawing.dimensions)
        self.hatches, self.inserts = list(drawing.hatches), list(drawing.inserts)

    def place(self, content: "Columns", name: str, at: list[Placing], floating_layer: int) -> None:
        """Put a block's content in place once for each of `at`; what is on `floating_layer` (0) takes the INSERT's layer."""
        base, size = len(self.kind), len(content.kind)
        path = [f"{name}/{inner}" if inner else name for inner in content.block]
        for placing in at:
            self.handle += [placing.handle] * size
            self.kind += content.kind
            self.layer += [placing.layer if layer == floating_layer else layer for layer in content.layer]
            self.block += path
        matrices = np.array([placing.matrix for placing in at], np.float64).reshape(-1, 6)
        starts = base + size * np.arange(len(at))
        self._place_lines(content.lines(), matrices, starts)
        self._place_arcs(content.arcs(), at, matrices, starts)
        for start, placing in zip(starts.tolist(), at, strict=True):
            self._place_rest(content, placing.matrix, start)

    def _place_lines(self, lines: Lines, matrices: Floats, starts: Ints) -> None:
        if len(lines.of):
            xy = moved_points(lines.xy.reshape(-1, 2), matrices).reshape(-1, 4)
            self._lines.append((xy, (starts[:, None] + lines.of).ravel()))

    def _place_arcs(self, arcs: Arcs, at: list[Placing], matrices: Floats, starts: Ints) -> None:
        if not len(arcs.of):
            return
        even = np.array([placing.matrix.even for placing in at])
        if even.any():
            self._arcs.append((moved_arcs(arcs.xyr, matrices[even]).reshape(-1, 5), (starts[even][:, None] + arcs.of).ravel()))
        for start, placing in zip(starts.tolist(), at, strict=True):
            if not placing.matrix.even:
                for row, of in zip(arcs.xyr.tolist(), arcs.of.tolist(), strict=True):
                    points = moved_points(arc_points(*row), np.array([placing.matrix]))[0]
                    self.curves.append(Curve(points, start + of, closed=bool(np.allclose(points[0], points[-1]))))

    def _place_rest(self, content: "Columns", matrix: Affine, start: int) -> None:
        one = np.array([matrix])
        height = float(np.hypot(matrix.c, matrix.d))
        self.curves += [Curve(moved_points(curve.points, one)[0], start + curve.of, curve.closed) for curve in content.curves]
        self.texts += [_moved_text(text, matrix, start, height) for text in content.texts]
        for dimension in content.dimensions:
            x, y = matrix.point(dimension.x, dimension.y)
            self.dimensions.append(replace(dimension, points=moved_points(dimension.points, one)[0], x=x, y=y, of=start + dimension.of))
        for hatch in content.hatches:
            self.hatches.append(replace(hatch, rings=tuple(moved_points(ring, one)[0] for ring in hatch.rings), of=start + hatch.of))
        self.inserts += [_moved_insert(insert, matrix, start) for insert in content.inserts]


def _joined(parts: list[tuple[Floats, Ints]]) -> tuple[Floats, Ints]:
    return np.concatenate([values for values, _ in parts]), np.concatenate([of for _, of in parts])


def _moved_text(text: Text, matrix: Affine, start: int, height: float) -> Text:
    x, y = matrix.point(text.x, text.y)
    return replace(text, x=x, y=y, height=text.height * height, rotation=matrix.angle(text.rotation), of=start + text.of)


def _moved_insert(insert: Insert, matrix: Affine, start: int) -> Insert:
    x, y = matrix.point(insert.x, insert.y)
    scale_x, scale_y, rotation = insert_matrix(insert.scale_x, insert.scale_y, insert.rotation).then(matrix).decomposed()
    return replace(insert, x=x, y=y, scale_x=scale_x, scale_y=scale_y, rotation=rotation, of=start + insert.of)


def insert_matrix(scale_x: float, scale_y: float, rotation: float) -> Affine:
    """Return the transformation of an INSERT without its position."""
    cos, sin = float(np.cos(rotation)), float(np.sin(rotation))
    return Affine(scale_x * cos, scale_x * sin, -scale_y * sin, scale_y * cos)
