"""What the made-up drawings are drawn with: plain strokes in millimetres, before any file format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import atan2, cos, degrees, radians, sin

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A straight piece."""

    role: str
    a: Point
    b: Point


@dataclass(frozen=True)
class Arc:
    """An arc, counter-clockwise from start to end in degrees; a whole circle where they are 360° apart."""

    role: str
    centre: Point
    radius: float
    start_deg: float = 0.0
    end_deg: float = 360.0


@dataclass(frozen=True)
class Poly:
    """A polyline."""

    role: str
    points: tuple[Point, ...]
    closed: bool = True


@dataclass(frozen=True)
class Words:
    """One piece of text, anchored at its lower left corner or in its middle."""

    role: str
    value: str
    at: Point
    height: float
    turned_deg: float = 0.0
    centred: bool = False


@dataclass(frozen=True)
class Measure:
    """A linear dimension between two points with its line through `base`; `text` where somebody typed over it."""

    role: str
    a: Point
    b: Point
    base: Point
    text: str = ""


@dataclass(frozen=True)
class Fill:
    """A hatched ring."""

    role: str
    ring: tuple[Point, ...]
    pattern: str = "SOLID"


@dataclass(frozen=True)
class Put:
    """A block put in place."""

    role: str
    block: str
    at: Point
    scale_x: float = 1.0
    scale_y: float = 1.0
    turned_deg: float = 0.0
    fields: Mapping[str, str] = field(default_factory=dict)


Stroke = Line | Arc | Poly | Words | Measure | Fill | Put


@dataclass(frozen=True)
class Similarity:
    """Scale, then mirror left and right, then turn, then shift."""

    scale: float = 1.0
    turned_deg: float = 0.0
    mirrored: bool = False
    dx: float = 0.0
    dy: float = 0.0

    def point(self, at: Point) -> Point:
        """Return where a point comes to lie."""
        x, y = (-at[0] if self.mirrored else at[0]) * self.scale, at[1] * self.scale
        turn = radians(self.turned_deg)
        return x * cos(turn) - y * sin(turn) + self.dx, x * sin(turn) + y * cos(turn) + self.dy

    def angle_deg(self, angle: float) -> float:
        """Return what a direction becomes."""
        return (180.0 - angle if self.mirrored else angle) + self.turned_deg

    def reading_deg(self, angle: float) -> float:
        """Return the direction of a text, which stays readable in a mirrored drawing."""
        return (-angle if self.mirrored else angle) + self.turned_deg


def placed(stroke: Stroke, by: Similarity) -> Stroke:
    """Return the stroke moved, turned, mirrored and scaled."""
    at = by.point
    match stroke:
        case Line():
            return replace(stroke, a=at(stroke.a), b=at(stroke.b))
        case Arc():
            first, last = (stroke.end_deg, stroke.start_deg) if by.mirrored else (stroke.start_deg, stroke.end_deg)
            return replace(stroke, centre=at(stroke.centre), radius=stroke.radius * by.scale, start_deg=by.angle_deg(first), end_deg=by.angle_deg(last))
        case Poly():
            return replace(stroke, points=tuple(map(at, stroke.points)))
        case Words():
            return replace(stroke, at=at(stroke.at), height=stroke.height * by.scale, turned_deg=by.reading_deg(stroke.turned_deg))
        case Measure():
            return replace(stroke, a=at(stroke.a), b=at(stroke.b), base=at(stroke.base))
        case Fill():
            return replace(stroke, ring=tuple(map(at, stroke.ring)))
        case Put():
            across = -by.scale if by.mirrored else by.scale
            turned = by.reading_deg(stroke.turned_deg)
            return replace(stroke, at=at(stroke.at), scale_x=stroke.scale_x * across, scale_y=stroke.scale_y * by.scale, turned_deg=turned)


def flattened(strokes: tuple[Stroke, ...], blocks: Mapping[str, tuple[Stroke, ...]], keep: Callable[[str], bool] = lambda _: False) -> tuple[Stroke, ...]:
    """Return the strokes with every block taken apart, except those whose name is to be kept and those that carry fields."""
    apart: list[Stroke] = []
    for stroke in strokes:
        if not isinstance(stroke, Put) or keep(stroke.block) or stroke.fields or abs(stroke.scale_x) != abs(stroke.scale_y):
            apart.append(stroke)
            continue
        by = Similarity(abs(stroke.scale_y), stroke.turned_deg, stroke.scale_x < 0, *stroke.at)
        apart += [placed(inner, by) for inner in flattened(blocks[stroke.block], blocks, keep)]
    return tuple(apart)


def direction_deg(a: Point, b: Point) -> float:
    """Return the direction from a to b in degrees."""
    return degrees(atan2(b[1] - a[1], b[0] - a[0]))
