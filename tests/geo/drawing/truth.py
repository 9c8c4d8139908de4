"""What a made-up sheet holds once its blocks are in place, by plane geometry of its strokes alone: the truth that a reader is held to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, radians, sin, tau

from geo.drawing.model import Drawing
from tests.drawings.sheets import Sheet
from tests.drawings.strokes import Arc, Fill, Line, Measure, Point, Poly, Put, Stroke, Words, flattened

Rounded = tuple[float, ...]
PLACES = 5  # of a drawing unit, a hundredth of a micrometre in a millimetre drawing


@dataclass(frozen=True)
class Truth:
    """Countable content: pieces direction-free, arcs by centre, radius and three of their points, texts by place."""

    lines: Counter[Rounded]
    arcs: Counter[Rounded]
    texts: Counter[tuple[str, Rounded]]
    dimensions: Counter[tuple[Rounded, str]]
    fills: Counter[Rounded]
    layers: Counter[str]  # of lines and texts


def rounded(*values: float) -> Rounded:
    """Return numbers that can be compared; minus zero is zero."""
    return tuple(round(value, PLACES) + 0.0 for value in values)


def of_sheet(sheet: Sheet, names: dict[str, str], *, hatches: bool = True) -> Truth:
    """Return what the sheet's strokes come to, layers by their name in the file."""
    strokes = flattened(sheet.strokes, sheet.blocks)
    assert not any(isinstance(stroke, Put) for stroke in strokes)
    pieces = [(stroke.role, piece) for stroke in strokes for piece in _pieces(stroke)]
    words = [stroke for stroke in strokes if isinstance(stroke, Words)]
    layers = Counter(names.get(role, "0") for role, _ in pieces) + Counter(names.get(one.role, "0") for one in words)
    return Truth(
        Counter(piece for _, piece in pieces),
        Counter(_arc(one.centre, one.radius, radians(one.start_deg), radians(one.end_deg)) for one in strokes if isinstance(one, Arc)),
        Counter((one.value, rounded(*one.at)) for one in words),
        Counter((_ends(one.a, one.b), one.text) for one in strokes if isinstance(one, Measure)),
        Counter(_ring(one.ring) for one in strokes if isinstance(one, Fill)) if hatches else Counter(),
        layers,
    )


def of_drawing(drawing: Drawing) -> Truth:
    """Return what was read, in the same terms."""
    layers = Counter(drawing.layers[int(drawing.entities.layer[of])].name for of in [*drawing.lines.of.tolist(), *(text.of for text in drawing.texts)])
    return Truth(
        Counter(_ends((x1, y1), (x2, y2)) for x1, y1, x2, y2 in drawing.lines.xy.tolist()),
        Counter(_arc((x, y), radius, start, end) for x, y, radius, start, end in drawing.arcs.xyr.tolist()),
        Counter((text.value, rounded(text.x, text.y)) for text in drawing.texts),
        Counter((_ends(*map(tuple, one.points.tolist())), one.text.replace("<>", "")) for one in drawing.dimensions),
        Counter(_ring([(x, y) for x, y in ring.tolist()]) for hatch in drawing.hatches for ring in hatch.rings),
        layers,
    )


def _pieces(stroke: Stroke) -> Iterator[Rounded]:
    if isinstance(stroke, Line):
        yield _ends(stroke.a, stroke.b)
    elif isinstance(stroke, Poly):
        ends = stroke.points[1:] + stroke.points[:1] if stroke.closed else stroke.points[1:]
        yield from (_ends(a, b) for a, b in zip(stroke.points, ends, strict=False))


def _ends(a: Point, b: Point) -> Rounded:
    return min(rounded(*a, *b), rounded(*b, *a))


def _arc(centre: Point, radius: float, start: float, end: float) -> Rounded:
    sweep = (end - start) % tau or tau
    if sweep > tau - 1e-6:
        return rounded(*centre, radius)  # a circle begins nowhere
    points = [(centre[0] + radius * cos(start + share * sweep), centre[1] + radius * sin(start + share * sweep)) for share in (0.0, 0.5, 1.0)]
    return rounded(*centre, radius, *(value for point in points for value in point))


def _ring(points: Iterable[Point]) -> Rounded:
    """Return a ring by its length, its area and its corners' sum: wherever it begins and whichever way round it runs."""
    ring = list(points)
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
    figures = (sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairs), area, sum(x for x, _ in ring), sum(y for _, y in ring))
    return tuple(round(value, 1) for value in figures)
