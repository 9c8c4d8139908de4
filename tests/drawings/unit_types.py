"""The unit types that are drawn: rooms as clear rectangles between the faces of walls, openings in the walls, all in millimetres.

A dwelling's outline less its rooms is its walls, so every area follows from this table and from nothing drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

Rect = tuple[float, float, float, float]  # x0, y0, x1, y1
Ring = tuple[tuple[float, float], ...]
Kind = Literal["door", "window", "passage", "sliding"]
OUTER_MM, INNER_MM = 240.0, 120.0
BALCONY_DEPTH_MM = 1500.0


@dataclass(frozen=True)
class Room:
    """One room: its name and the rectangle between the faces of its walls."""

    name: str
    rect: Rect

    @property
    def area_m2(self) -> float:
        """Clear area."""
        x0, y0, x1, y1 = self.rect
        return (x1 - x0) * (y1 - y0) / 1e6


@dataclass(frozen=True)
class Opening:
    """A hole in a wall, from its lower left corner; `along` is the direction the wall runs in."""

    kind: Kind
    along: Literal["x", "y"]
    x: float
    y: float
    width: float
    thick: float = OUTER_MM

    @property
    def rect(self) -> Rect:
        """The rectangle taken out of the wall."""
        across = (self.width, self.thick) if self.along == "x" else (self.thick, self.width)
        return self.x, self.y, self.x + across[0], self.y + across[1]


@dataclass(frozen=True)
class UnitType:
    """One unit type: outline by the outer faces of its walls, rooms, openings, intended persons, where its balcony would be."""

    label: str
    persons: int
    outline: Ring
    rooms: tuple[Room, ...]
    openings: tuple[Opening, ...]
    balcony_x: tuple[float, float]
    balcony: bool = False
    annotated_m2: float | None = None  # where the plan states another area than it has

    @property
    def gross_m2(self) -> float:
        """Area inside the outline, by the shoelace formula."""
        ring = self.outline
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2e6

    @property
    def balcony_m2(self) -> float:
        """Full area of the balcony, 0 where there is none."""
        return (self.balcony_x[1] - self.balcony_x[0]) * BALCONY_DEPTH_MM / 1e6 if self.balcony else 0.0

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and depth of the outline."""
        return max(x for x, _ in self.outline), max(y for _, y in self.outline)


def _box(width: float, depth: float) -> Ring:
    return (0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth)


def _rooms(*said: tuple[str, float, float, float, float]) -> tuple[Room, ...]:
    return tuple(Room(name, (x0, y0, x1, y1)) for name, x0, y0, x1, y1 in said)


def _openings(*said: tuple[Kind, Literal["x", "y"], float, float, float, float]) -> tuple[Opening, ...]:
    return tuple(Opening(*one) for one in said)


A = UnitType(
    "A户型",
    1,
    _box(5000, 5000),
    _rooms(("厨房", 240, 240, 1840, 2340), ("卫生间", 240, 2460, 1840, 4760), ("卧室", 1960, 240, 4760, 4760)),
    _openings(
        ("door", "x", 2100, 0, 1000, 240),
        ("sliding", "x", 3400, 0, 1200, 240),
        ("window", "x", 2700, 4760, 1500, 240),
        ("door", "y", 1840, 1200, 800, 120),
        ("door", "y", 1840, 2800, 700, 120),
        ("window", "y", 0, 800, 900, 240),
        ("window", "y", 0, 3300, 600, 240),
    ),
    (3200, 5000),
)
B = UnitType(
    "B户型",
    2,
    _box(8000, 6250),
    _rooms(
        ("主卧", 240, 240, 3540, 3540), ("次卧", 240, 3660, 3540, 6010), ("客厅", 3660, 240, 7760, 3540),
        ("厨房", 3660, 3660, 5640, 6010), ("卫生间", 5760, 3660, 7760, 6010),
    ),
    _openings(
        ("door", "x", 6400, 0, 1000, 240),
        ("sliding", "x", 4000, 0, 1800, 240),
        ("window", "x", 1000, 0, 1500, 240),
        ("door", "y", 3540, 1200, 900, 120),
        ("door", "x", 1500, 3540, 900, 120),
        ("door", "x", 4200, 3540, 800, 120),
        ("door", "x", 6400, 3540, 700, 120),
        ("window", "x", 1200, 6010, 1500, 240),
        ("window", "x", 4200, 6010, 900, 240),
        ("window", "x", 6400, 6010, 600, 240),
    ),
    (3660, 6000),
)  # fmt: skip
C = UnitType(
    "C户型",
    3,
    _box(10000, 7500),
    _rooms(
        ("主卧", 240, 240, 3540, 3840), ("次卧", 240, 3960, 3540, 7260), ("客厅", 3660, 240, 7060, 7260),
        ("厨房", 7180, 240, 9760, 2640), ("卫生间", 7180, 2760, 9760, 4560), ("书房", 7180, 4680, 9760, 7260),
    ),
    _openings(
        ("door", "x", 4000, 0, 1000, 240),
        ("sliding", "x", 5400, 0, 1500, 240),
        ("window", "x", 1200, 0, 1500, 240),
        ("door", "y", 3540, 2600, 900, 120),
        ("door", "y", 3540, 4400, 900, 120),
        ("door", "y", 7060, 1200, 800, 120),
        ("door", "y", 7060, 3200, 700, 120),
        ("door", "y", 7060, 5000, 900, 120),
        ("window", "x", 1200, 7260, 1500, 240),
        ("window", "x", 4400, 7260, 1800, 240),
        ("window", "x", 7700, 7260, 1500, 240),
        ("window", "y", 9760, 900, 900, 240),
        ("window", "y", 9760, 3300, 600, 240),
    ),
    (5200, 7200),
)  # fmt: skip
D = UnitType(
    "D户型",
    4,
    _box(12500, 8000),
    _rooms(
        ("主卧", 240, 240, 3840, 4040), ("次卧", 240, 4160, 3840, 7760), ("客厅", 3960, 240, 8160, 5040), ("餐厅", 3960, 5160, 8160, 7760),
        ("卧室", 8280, 240, 12260, 3240), ("厨房", 8280, 3360, 10260, 7760), ("卫生间", 10380, 3360, 12260, 5460), ("储藏室", 10380, 5580, 12260, 7760),
    ),
    _openings(
        ("door", "x", 4400, 0, 1000, 240),
        ("sliding", "x", 5900, 0, 1800, 240),
        ("window", "x", 1200, 0, 1800, 240),
        ("window", "x", 9300, 0, 1800, 240),
        ("door", "y", 3840, 2800, 900, 120),
        ("door", "y", 3840, 5600, 900, 120),
        ("passage", "x", 5000, 5040, 1500, 120),
        ("door", "y", 8160, 1200, 900, 120),
        ("door", "y", 8160, 5600, 800, 120),
        ("door", "y", 10260, 4000, 700, 120),
        ("door", "y", 10260, 6200, 800, 120),
        ("window", "x", 1200, 7760, 1500, 240),
        ("window", "x", 5200, 7760, 1500, 240),
        ("window", "x", 8700, 7760, 900, 240),
        ("window", "y", 12260, 4200, 600, 240),
        ("window", "y", 12260, 6300, 600, 240),
    ),
    (5700, 8000),
)  # fmt: skip
E = UnitType(
    "E户型",
    3,
    ((0, 0), (10000, 0), (10000, 4000), (6400, 4000), (6400, 7500), (0, 7500)),
    _rooms(
        ("主卧", 240, 240, 3540, 3760), ("客厅", 3660, 240, 7060, 3760), ("厨房", 7180, 240, 9760, 3760),
        ("次卧", 240, 3880, 3540, 7260), ("卫生间", 3660, 3880, 6160, 5480), ("储藏室", 3660, 5600, 6160, 7260),
    ),
    _openings(
        ("door", "x", 4000, 0, 1000, 240),
        ("sliding", "x", 5500, 0, 1300, 240),
        ("window", "x", 1200, 0, 1500, 240),
        ("window", "x", 7900, 0, 900, 240),
        ("door", "y", 3540, 1200, 900, 120),
        ("door", "y", 7060, 1500, 800, 120),
        ("door", "x", 1500, 3760, 900, 120),
        ("door", "x", 4200, 3760, 700, 120),
        ("door", "x", 4500, 5480, 700, 120),
        ("window", "x", 1200, 7260, 1500, 240),
        ("window", "x", 4500, 7260, 600, 240),
        ("window", "y", 6160, 4300, 600, 240),
    ),
    (5300, 7000),
)  # fmt: skip
TYPES = {one.label[0]: one for one in (A, B, C, D, E)}


def deepened(unit: UnitType, from_y: float, by_mm: float) -> UnitType:
    """Return the unit with everything at or above `from_y` moved up: its depth grows, and the rooms that reach across."""
    return _stretched(unit, lambda x, y: (x, y + by_mm if y >= from_y else y))


def widened(unit: UnitType, from_x: float, by_mm: float) -> UnitType:
    """Return the unit with everything at or right of `from_x` moved right."""
    return _stretched(unit, lambda x, y: (x + by_mm if x >= from_x else x, y))


def _stretched(unit: UnitType, at: Callable[[float, float], tuple[float, float]]) -> UnitType:
    rooms = tuple(replace(room, rect=(*at(room.rect[0], room.rect[1]), *at(room.rect[2], room.rect[3]))) for room in unit.rooms)
    openings = tuple(replace(one, x=at(one.x, one.y)[0], y=at(one.x, one.y)[1]) for one in unit.openings)
    return replace(unit, outline=tuple(at(*point) for point in unit.outline), rooms=rooms, openings=openings)


def wall_moved(unit: UnitType, axis: Literal["x", "y"], low: float, by_mm: float, rooms: tuple[str, ...] = ()) -> UnitType:
    """Return the unit with one inner wall moved: the faces of the named rooms (or of all) on the wall whose lower face is at `low`."""
    faces = (low, low + INNER_MM)
    first = 0 if axis == "x" else 1

    def shifted(room: Room) -> Room:
        if rooms and room.name not in rooms:
            return room
        rect = tuple(edge + by_mm if at % 2 == first and edge in faces else edge for at, edge in enumerate(room.rect))
        return replace(room, rect=(rect[0], rect[1], rect[2], rect[3]))

    def carried(one: Opening) -> Opening:
        if one.along == axis or getattr(one, axis) != low:
            return one
        return replace(one, x=one.x + by_mm) if axis == "x" else replace(one, y=one.y + by_mm)

    return replace(unit, rooms=tuple(map(shifted, unit.rooms)), openings=tuple(map(carried, unit.openings)))


def wall_deleted(unit: UnitType, first: str, second: str) -> UnitType:
    """Return the unit with the wall between two rooms gone: one space under the first one's name."""
    one, other = (next(room for room in unit.rooms if room.name == name) for name in (first, second))
    joined = (min(one.rect[0], other.rect[0]), min(one.rect[1], other.rect[1]), max(one.rect[2], other.rect[2]), max(one.rect[3], other.rect[3]))
    rooms = tuple(replace(room, rect=joined) if room.name == first else room for room in unit.rooms if room.name != second)

    def inside(opening: Opening) -> bool:
        x0, y0, x1, y1 = opening.rect
        return joined[0] <= x0 and x1 <= joined[2] and joined[1] <= y0 and y1 <= joined[3]

    return replace(unit, rooms=rooms, openings=tuple(opening for opening in unit.openings if not inside(opening)))
