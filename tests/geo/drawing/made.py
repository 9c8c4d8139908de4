"""Drawings made in code, column by column, and the ways in which one drawing is drawn once more without a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from geo.drawing.compare.placing import Similarity
from geo.drawing.model import Arcs, Curve, Dimension, Drawing, DrawingLayer, Entities, Hatch, Insert, Lines, Text


@dataclass
class Pen:
    """Collects what is drawn, millimetres unless the test says otherwise; `drawing()` is the drawing."""

    layers: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    on: list[int] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)
    arcs: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    arc_of: list[int] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    dimensions: list[Dimension] = field(default_factory=list)
    hatches: list[Hatch] = field(default_factory=list)
    inserts: list[Insert] = field(default_factory=list)

    def entity(self, layer: str, kind: str, block: str = "", handle: str = "") -> int:
        if layer not in self.layers:
            self.layers.append(layer)
        self.handles.append(handle or f"{len(self.handles) + 0x100:X}")
        self.kinds.append(kind)
        self.on.append(self.layers.index(layer))
        self.blocks.append(block)
        return len(self.handles) - 1

    def line(self, x1: float, y1: float, x2: float, y2: float, layer: str = "WALL") -> int:
        of = self.entity(layer, "LINE")
        self.lines.append((x1, y1, x2, y2))
        self.line_of.append(of)
        return of

    def ring(self, points: Sequence[tuple[float, float]], layer: str = "WALL") -> int:
        of = self.entity(layer, "LWPOLYLINE")
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            self.lines.append((x1, y1, x2, y2))
            self.line_of.append(of)
        return of

    def arc(self, x: float, y: float, radius: float, start: float = 0.0, end: float = 2 * np.pi, layer: str = "DOOR") -> int:
        of = self.entity(layer, "ARC" if end - start < 6.28 else "CIRCLE")
        self.arcs.append((x, y, radius, start, end))
        self.arc_of.append(of)
        return of

    def text(self, value: str, x: float, y: float, height: float = 300.0, layer: str = "PUB_TEXT", kind: str = "TEXT") -> int:
        of = self.entity(layer, kind)
        self.texts.append(Text(value, x, y, height, 0.0, of))
        return of

    def dimension(self, x1: float, y1: float, x2: float, y2: float, text: str = "", off: float = 800.0, layer: str = "DIM") -> int:
        of = self.entity(layer, "DIMENSION")
        length = float(np.hypot(x2 - x1, y2 - y1))
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        x, y = (x1 + x2) / 2 + uy * off, (y1 + y2) / 2 - ux * off
        self.dimensions.append(Dimension("linear", np.array([(x1, y1), (x2, y2)], float), length, length, text, 1.0, 0, x, y, of))
        return of

    def hatch(self, points: Sequence[tuple[float, float]], pattern: str = "SOLID", layer: str = "HATCH") -> int:
        of = self.entity(layer, "HATCH")
        self.hatches.append(Hatch((np.array(points, float),), pattern, pattern == "SOLID", of))
        return of

    def curve(self, points: np.ndarray, layer: str = "SITE", *, closed: bool = False) -> int:
        of = self.entity(layer, "SPLINE")
        self.curves.append(Curve(points, of, closed))
        return of

    def door(self, x: float, y: float, width: float = 900.0, layer: str = "DOOR", *, flipped: bool = False) -> None:
        top = self.entity(layer, "INSERT")
        self.inserts.append(Insert("M0921", x, y, -1.0 if flipped else 1.0, 1.0, 0.0, top))
        leaf = self.entity(layer, "LINE", "M0921", self.handles[top])
        swing = self.entity(layer, "ARC", "M0921", self.handles[top])
        self.lines.append((x, y, x, y + width))
        self.line_of.append(leaf)
        self.arcs.append((x, y, width, np.pi / 2, np.pi) if flipped else (x, y, width, 0.0, np.pi / 2))
        self.arc_of.append(swing)

    def drawing(self, name: str = "made.dxf", unit: int = 4) -> Drawing:
        entities = Entities(tuple(self.handles), tuple(self.kinds), np.array(self.on, np.int64), np.zeros(len(self.on), np.int64), tuple(self.blocks))
        return Drawing(
            name=name, sha256="0" * 64, format="dxf", version="AC1032", codepage="ANSI_936", encoding="utf-8", header_unit=unit, dimension_factor=1.0,
            readers=("one", "two"), agreed=True, layers=tuple(DrawingLayer(one) for one in self.layers), entities=entities,
            lines=Lines(np.array(self.lines, float).reshape(-1, 4), np.array(self.line_of, np.int64)),
            arcs=Arcs(np.array(self.arcs, float).reshape(-1, 5), np.array(self.arc_of, np.int64)),
            curves=tuple(self.curves), texts=tuple(self.texts), dimensions=tuple(self.dimensions), hatches=tuple(self.hatches), inserts=tuple(self.inserts),
        )  # fmt: skip


def carried(drawing: Drawing, by: Similarity, unit: int | None = None) -> Drawing:
    """The same drawing scaled, mirrored, turned and shifted, as a CAD program does it."""
    xy, arcs = drawing.lines.xy, drawing.arcs.xyr
    turned = by.of_angle(arcs[:, 3:5])
    start = turned[:, 1] if by.mirrored else turned[:, 0]

    def moved(x: float, y: float) -> tuple[float, float]:
        (at,) = by.of(np.array([(x, y)], float))
        return float(at[0]), float(at[1])

    return replace(
        drawing,
        header_unit=drawing.header_unit if unit is None else unit,
        lines=replace(drawing.lines, xy=np.hstack([by.of(xy[:, :2]), by.of(xy[:, 2:])])),
        arcs=replace(drawing.arcs, xyr=np.column_stack([by.of(arcs[:, :2]), arcs[:, 2] * by.scale, start, start + arcs[:, 4] - arcs[:, 3]])),
        curves=tuple(replace(one, points=by.of(one.points)) for one in drawing.curves),
        texts=tuple(
            replace(
                one,
                x=moved(one.x, one.y)[0],
                y=moved(one.x, one.y)[1],
                height=one.height * by.scale,
                rotation=(-one.rotation if by.mirrored else one.rotation) + by.turn,
            )
            for one in drawing.texts
        ),
        dimensions=tuple(
            replace(
                one,
                points=by.of(one.points),
                x=moved(one.x, one.y)[0],
                y=moved(one.x, one.y)[1],
                measured=one.measured * by.scale,
                stored=one.measured * by.scale,
            )
            for one in drawing.dimensions
        ),
        hatches=tuple(replace(one, rings=tuple(by.of(ring) for ring in one.rings)) for one in drawing.hatches),
        inserts=tuple(replace(one, x=moved(one.x, one.y)[0], y=moved(one.x, one.y)[1]) for one in drawing.inserts),
    )


def redrawn(drawing: Drawing, rng: np.random.Generator, *, split: float = 0.3, doubled: float = 0.1, jitter: float = 0.0, renamed: bool = True) -> Drawing:
    """The same drawing drawn once more: another order, other handles, lines split, turned round, drawn twice over, blocks exploded, layers renamed."""
    pen = Pen()

    def name(of: int) -> str:
        return f"site$0$X_{drawing.layer_of(of)}" if renamed else drawing.layer_of(of)

    for row in rng.permutation(len(drawing.lines.xy)):
        for line in _pieces(drawing.lines.xy[row], rng, split, doubled):
            noisy = line + rng.normal(0, jitter, 4).clip(-3 * jitter, 3 * jitter) if jitter else line
            ax, ay, bx, by = (noisy[[2, 3, 0, 1]] if rng.random() < 0.5 else noisy).tolist()
            pen.line(ax, ay, bx, by, name(int(drawing.lines.of[row])))
    for row in rng.permutation(len(drawing.arcs.xyr)):
        x, y, radius, start, end = drawing.arcs.xyr[row]
        middle = float(rng.uniform(start + 0.1 * (end - start), end - 0.1 * (end - start))) if rng.random() < split else end
        pen.arc(x, y, radius, start, middle, name(int(drawing.arcs.of[row])))
        if middle < end:
            pen.arc(x, y, radius, middle, end, name(int(drawing.arcs.of[row])))
    _redraw_rest(drawing, pen, rng, name)
    return pen.drawing(drawing.name, drawing.header_unit)


def _pieces(line: np.ndarray, rng: np.random.Generator, split: float, doubled: float) -> list[np.ndarray]:
    """A line as it may be drawn again: whole or in two pieces, now and then with another on top of it."""
    start, way = line[:2], line[2:] - line[:2]
    shares = [(0.0, 1.0)]
    if rng.random() < split:
        cut = float(rng.uniform(0.1, 0.9))
        shares = [(0.0, cut), (cut, 1.0)]
    if rng.random() < doubled:
        shares.append((0.2, 0.7))
    return [np.r_[start + low * way, start + high * way] for low, high in shares]


def _redraw_rest(drawing: Drawing, pen: Pen, rng: np.random.Generator, name: Callable[[int], str]) -> None:
    for row in rng.permutation(len(drawing.texts)):
        one = drawing.texts[row]
        pen.texts.append(replace(one, of=pen.entity(name(one.of), "TEXT")))
    for row in rng.permutation(len(drawing.dimensions)):
        measured = drawing.dimensions[row]
        points = measured.points[::-1].copy() if rng.random() < 0.5 else measured.points
        pen.dimensions.append(replace(measured, points=points, of=pen.entity(name(measured.of), "DIMENSION")))
    for row in rng.permutation(len(drawing.hatches)):
        fill = drawing.hatches[row]
        rings = tuple(np.roll(ring, int(rng.integers(len(ring))), axis=0)[::-1].copy() for ring in fill.rings)
        pen.hatches.append(replace(fill, rings=rings, pattern="ANSI31", of=pen.entity(name(fill.of), "HATCH")))
    for row in rng.permutation(len(drawing.curves)):
        curve = drawing.curves[row]
        pen.curves.append(replace(curve, points=curve.points[::-1].copy(), of=pen.entity(name(curve.of), "SPLINE")))


def plan(
    width: float = 8000.0,
    depth: float = 6250.0,
    wall: float = 240.0,
    partition: float = 3600.0,
    name: str = "A户型",
    pen: Pen | None = None,
    x: float = 0.0,
    y: float = 0.0,
) -> Pen:
    """A plan with two rooms, a door, windows, texts, dimensions, hatch and a sofa; lower left outer corner at x, y."""
    pen = pen or Pen()

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + a, y + b) for a, b in points]

    pen.ring(at((0, 0), (width, 0), (width, depth), (0, depth)))
    pen.ring(at((wall, wall), (partition, wall), (partition, depth - wall), (wall, depth - wall)))
    pen.ring(at((partition + 120, wall), (width - wall, wall), (width - wall, depth - wall), (partition + 120, depth - wall)))
    pen.door(x + partition + 120, y + 1200)
    pen.door(x + 5200, y + wall, 1000.0)
    for inset in (0.0, 80.0, 160.0, 240.0):
        pen.line(x + 1000, y + inset, x + 2500, y + inset, "WINDOW")
        pen.line(x + width - inset, y + 2000, x + width - inset, y + 3700, "WINDOW")
    pen.text(name, x + 2500, y - 1800, 500.0)
    pen.text("卧室", x + 1600, y + 3000)
    pen.text("客厅", x + 5400, y + 3300)
    pen.text("15.30㎡", x + 1600, y + 2600, 250.0, "AREA_TEXT")
    pen.text("24.10㎡", x + 5400, y + 2900, 250.0, "AREA_TEXT")
    pen.text("建筑面积：50.00㎡", x + 2500, y - 2500, 350.0, "AREA_TEXT")
    pen.dimension(x, y, x + width, y)
    pen.dimension(x, y, x + partition, y, off=500.0)
    pen.dimension(x, y, x, y + depth, off=-800.0)
    pen.hatch(at((0, 0), (wall, 0), (wall, depth), (0, depth)))
    pen.ring(at((600, 4200), (2600, 4200), (2600, 5100), (600, 5100)), "FURN")
    pen.arc(x + 6500, y + 5200, 180.0, layer="FURN")
    pen.line(x + 4300, y + 700, x + 6900, y + 1900, "FURN")
    return pen
