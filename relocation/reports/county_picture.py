"""A small picture of a county: its outline, its sites as dots, the worst places as numbered marks. SVG, made from outlines and points alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
"""Longitude and latitude, WGS-84 degrees."""

EDGE_PX, MARK_PX, DOT_PX = 14.0, 8.5, 2.6
LAND, LINE, DOT, MARK, INK = "#eef3f6", "#8fa3b0", "#4a5a67", "#b3261e", "#ffffff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """How degrees become pixels: north up, one scale both ways, in the middle of a sheet of that size."""

    width_px: int
    height_px: int
    west: float
    north: float
    east_px: float  # pixels of one degree of longitude
    north_px: float
    left: float
    top: float

    def at(self, point: Point) -> Point:
        """Return where a point lies on the sheet, in pixels to one decimal."""
        return round(self.left + (point[0] - self.west) * self.east_px, 1), round(self.top + (self.north - point[1]) * self.north_px, 1)


def laid(points: Sequence[Point], width_px: int, height_px: int) -> Sheet:
    """Return the sheet on which all points have room."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    narrow = cos(radians((south + north) / 2))
    wide, high = max((east - west) * narrow, 1e-4), max(north - south, 1e-4)
    scale = min((width_px - 2 * EDGE_PX) / wide, (height_px - 2 * EDGE_PX) / high)
    return Sheet(width_px, height_px, west, north, scale * narrow, scale, (width_px - wide * scale) / 2, (height_px - high * scale) / 2)


def county_picture(
    outline: Sequence[Sequence[Point]], sites: Sequence[Point], marks: Sequence[tuple[int, Point]], *, width_px: int = 340, height_px: int = 300
) -> str:
    """Return the picture as SVG. `marks` are (number, place); numbers that would lie on each other move apart, with a line to their place."""
    every = [*(point for ring in outline for point in ring), *sites, *(place for _, place in marks)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" viewBox="0 0 {width_px} {height_px}">'
    if not every:
        return head + "</svg>"
    sheet = laid(every, width_px, height_px)
    drawn = [_ring([sheet.at(point) for point in ring]) for ring in outline]
    drawn += [f'<circle cx="{x}" cy="{y}" r="{DOT_PX}" fill="{DOT}"/>' for x, y in map(sheet.at, sites)]
    placed = [(number, sheet.at(place)) for number, place in marks]
    apart = moved_apart([at for _, at in placed], sheet)
    drawn += [f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{MARK}" stroke-width="1"/>' for (_, (x, y)), (to_x, to_y) in zip(placed, apart, strict=True)]
    drawn += [_mark(number, x, y) for (number, _), (x, y) in zip(placed, apart, strict=True)]
    return head + "".join(drawn) + "</svg>"


def _ring(points: Sequence[Point]) -> str:
    path = "L".join(f"{x} {y}" for x, y in points)
    return f'<path d="M{path}Z" fill="{LAND}" stroke="{LINE}" stroke-width="1.2" stroke-linejoin="round"/>'


def _mark(number: int, x: float, y: float) -> str:
    text = f'<text x="{x}" y="{round(y + 3.6, 1)}" font-family="Noto Sans SC, Microsoft YaHei, Arial, sans-serif" font-size="10.5" font-weight="700" text-anchor="middle" fill="{INK}">{number}</text>'
    return f'<circle cx="{x}" cy="{y}" r="{MARK_PX}" fill="{MARK}" stroke="{INK}" stroke-width="1"/>{text}'


_TRIED = [
    (0, 0),
    *((dx * step, dy * step) for step in (18, 36, 54, 72) for dx, dy in ((1, 0), (0, -1), (-1, 0), (0, 1), (0.7, -0.7), (-0.7, -0.7), (-0.7, 0.7), (0.7, 0.7))),
]


def moved_apart(places: Sequence[Point], sheet: Sheet) -> list[Point]:
    """Return where marks stand so that none lies on another and none leaves the sheet; one for which there is no room stays at its place."""
    made: list[Point] = []
    for x, y in places:
        spots = [(round(x + dx, 1), round(y + dy, 1)) for dx, dy in _TRIED]
        free = [spot for spot in spots if _within(spot, sheet) and all(abs(spot[0] - a) ** 2 + abs(spot[1] - b) ** 2 >= (2 * MARK_PX) ** 2 for a, b in made)]
        made.append(free[0] if free else (x, y))
    return made


def _within(spot: Point, sheet: Sheet) -> bool:
    return MARK_PX < spot[0] < sheet.width_px - MARK_PX and MARK_PX < spot[1] < sheet.height_px - MARK_PX
