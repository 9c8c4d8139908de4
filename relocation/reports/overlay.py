"""The overlay as SVG in millimetres of paper: the design in grey, what was removed dashed, what was added thick, signs and clouds.

Colour is only the last of three marks, so a print without colour says the same. Texts of the drawings are escaped.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

import numpy as np

from geo.drawing.difference import ChangeSet, Difference
from geo.drawing.model import Floats
from geo.drawing.render import Picture
from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.laying import Box, Laid, Point, cloud, in_order
from relocation.reports.wording import shown

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
FONTS = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
BASE, REMOVED, ADDED, CLOUD = "#8d9499", "#b3261e", "#0b4f8a", "#8a5a00"
CAPITAL_SHARE = 0.73
"""Height of a capital as a share of the font's size; a drawing gives the former, SVG wants the latter."""
MARK_APART_MM = 3.4


class Frame:
    """Where the picture stands on the paper: scale and origin; y of the paper runs downwards."""

    def __init__(self, box: Box, width_mm: float, height_mm: float, mm_a_unit: float | None = None) -> None:
        """Centre `box` on a paper; mm_a_unit is the scale, as large as fits where None."""
        x1, y1, x2, y2 = box
        fitting = min(width_mm / ((x2 - x1) or 1.0), height_mm / ((y2 - y1) or 1.0))
        self.mm = fitting if mm_a_unit is None else mm_a_unit
        self.width_mm, self.height_mm = width_mm, height_mm
        self._left = width_mm / 2 - (x1 + x2) / 2 * self.mm
        self._top = height_mm / 2 + (y1 + y2) / 2 * self.mm

    def x(self, x: float) -> float:
        """Return where x stands on the paper."""
        return self._left + x * self.mm

    def y(self, y: float) -> float:
        """Return where y stands on the paper."""
        return self._top - y * self.mm

    def at(self, point: Point) -> str:
        """Return a point as a path writes it."""
        return f"{_n(self.x(point[0]))} {_n(self.y(point[1]))}"

    def points(self, points: Floats) -> Floats:
        """Return points (n × 2) on the paper."""
        placed: Floats = points * np.array([self.mm, -self.mm]) + np.array([self._left, self._top])
        return placed


def overlay(sheet: ComparisonSheet, laid: Laid, frame: Frame) -> str:
    """Return the overlay as SVG elements; the caller puts them into a document."""
    sets = in_order(sheet)
    differences = sheet.comparison.differences
    parts = [f'<g class="base" fill="none" stroke="{BASE}" stroke-width="0.13">{_geometry(laid.old, frame)}</g>', _lettering(laid.old, frame)]
    parts += _changed(differences, frame)
    parts.append(f'<g class="written" fill="{ADDED}" font-family="{FONTS}">{"".join(_written(one, frame) for one in differences)}</g>')
    parts += [_cloud(one, frame) for one, _members in sets]
    parts += _marks(differences, frame)
    return "\n".join(parts)


def _geometry(what: Picture, frame: Frame) -> str:
    lines = np.hstack([frame.points(what.lines[:, :2]), frame.points(what.lines[:, 2:])]).round(2)
    straight = "".join(f"M{_n(a)} {_n(b)}L{_n(c)} {_n(d)}" for a, b, c, d in lines.tolist())
    round_ = "".join(_arc(row, frame) for row in what.arcs.tolist())
    curves = "".join(_polyline([(float(x), float(y)) for x, y in points], frame) for points in what.curves)
    return f'<path d="{straight}{round_}{curves}"/>'


def _arc(row: Sequence[float], frame: Frame) -> str:
    x, y, radius, start, end = row
    middle = (start + end) / 2  # by way of the middle, so that a full circle is two arcs and none is ambiguous
    stops = [(x + radius * np.cos(angle), y + radius * np.sin(angle)) for angle in (start, middle, end)]
    r = _n(radius * frame.mm)
    return f"M{frame.at(stops[0])}" + "".join(f"A{r} {r} 0 0 0 {frame.at(stop)}" for stop in stops[1:])


def _polyline(points: Sequence[Point], frame: Frame) -> str:
    return "M" + "L".join(frame.at(point) for point in points) if len(points) > 1 else ""


def _lettering(what: Picture, frame: Frame) -> str:
    made = []
    for one in what.letters:
        size = one.height * frame.mm / CAPITAL_SHARE
        if size < SMALLEST_LETTER_MM:
            continue
        turn = f" rotate({_n(-np.degrees(one.rotation))})" if abs(one.rotation) > 1e-6 else ""
        held = "" if one.align == "left" else f' text-anchor="{ANCHORS[one.align]}"'
        made.append(f'<text transform="translate({frame.at((one.x, one.y))}){turn}" font-size="{_n(size)}"{held}>{clean(one.value)}</text>')
    return f'<g class="lettering" fill="#5c646b" font-family="{FONTS}">{"".join(made)}</g>'


SMALLEST_LETTER_MM = 0.4
"""Smaller lettering is a smudge on paper and only makes the file large."""


def _changed(differences: Iterable[Difference], frame: Frame) -> list[str]:
    strokes = [one for one in differences if one.what not in LETTERED]
    boxes = [one for one in differences if one.what in LETTERED]
    before, before_boxes = ("".join(_polyline(line, frame) for one in some for line in one.shape_before) for some in (strokes, boxes))
    after, after_boxes = ("".join(_polyline(line, frame) for one in some for line in one.shape_after) for some in (strokes, boxes))
    ways = "".join(_way(one, frame) for one in differences if one.op == "moved")
    ends = 'fill="none" stroke-linecap="butt" stroke-linejoin="round"'
    return [
        f'<path class="under" d="{before}" {ends} stroke="#fff" stroke-width="0.9"/>',
        f'<path class="removed" d="{before}" {ends} stroke="{REMOVED}" stroke-width="0.4" stroke-dasharray="1.6 0.9"/>',
        f'<path class="added" d="{after}" {ends} stroke="{ADDED}" stroke-width="0.7"/>',
        f'<path class="removed-box" d="{before_boxes}" {ends} stroke="{REMOVED}" stroke-width="0.15" stroke-dasharray="1.6 0.9"/>',
        f'<path class="added-box" d="{after_boxes}" {ends} stroke="{ADDED}" stroke-width="0.25"/>',
        f'<path class="way" d="{ways}" {ends} stroke="#222" stroke-width="0.2"/>',
    ]


LETTERED = ("text", "area", "room", "dimension", "override")
"""What is drawn as a box around lettering: thin, so that the lettering stays legible."""


def _written(one: Difference, frame: Frame) -> str:
    """Return what a text says that was added or moved, in the box where it now stands; "" for anything else."""
    ring = one.shape_after[0] if len(one.shape_after) == 1 else ()
    if one.what not in WRITTEN or one.op not in ("added", "moved") or len(ring) != CORNERS:
        return ""
    (x1, y1), (x2, y2), _, (x4, y4) = ring[:4]
    size, wide = float(np.hypot(x4 - x1, y4 - y1)) * frame.mm / CAPITAL_SHARE, float(np.hypot(x2 - x1, y2 - y1)) * frame.mm
    if size < SMALLEST_LETTER_MM:
        return ""
    turn = f" rotate({_n(-float(np.degrees(np.arctan2(y2 - y1, x2 - x1))))})" if abs(y2 - y1) > 1e-9 or x2 < x1 else ""
    place = f'transform="translate({frame.at((x1, y1))}){turn}" font-size="{_n(size)}" textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs"'
    return f"<text {place}>{clean(shown(one.after or one.before))}</text>"


WRITTEN = ("text", "area", "room")
CORNERS = 5
"""The box around a text is a closed ring, its lower edge first."""


def _way(one: Difference, frame: Frame) -> str:
    """Return the arrow from where a thing was to where it is, "" where that is too short to be seen."""
    start, end = middle(one.shape_before), middle(one.shape_after)
    if start is None or end is None:
        return ""
    (x1, y1), (x2, y2) = ((frame.x(x), frame.y(y)) for x, y in (start, end))
    far = float(np.hypot(x2 - x1, y2 - y1))
    if far < SHORTEST_ARROW_MM:
        return ""
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    wings = [(x2 - 1.2 * ux + side * 0.6 * uy, y2 - 1.2 * uy - side * 0.6 * ux) for side in (1, -1)]
    return f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" + "".join(f"M{_n(x)} {_n(y)}L{_n(x2)} {_n(y2)}" for x, y in wings)


SHORTEST_ARROW_MM = 1.5


def middle(shape: Sequence[Sequence[Point]]) -> Point | None:
    """Return the mean of a shape's points, None for an empty one."""
    points = [point for line in shape for point in line]
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)) if points else None


def _cloud(one: ChangeSet, frame: Frame) -> str:
    points = cloud(one, max(frame.width_mm, frame.height_mm) / frame.mm)
    ring = [*points, points[0]]
    bulges = ""
    for (ax, ay), (bx, by) in pairwise(ring):
        r = _n(float(np.hypot(bx - ax, by - ay)) * frame.mm * 0.55)
        bulges += f"A{r} {r} 0 0 1 {frame.at((bx, by))}"
    right, top = max(points, key=lambda point: point[0] + point[1])  # on the cloud itself, which need not fill its box
    x, y = frame.x(right), frame.y(top)
    tag = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2.3" fill="#fff" stroke="{CLOUD}" stroke-width="0.3"/><text x="{_n(x)}" y="{_n(y + 0.95)}" font-size="2.7" text-anchor="middle" fill="{CLOUD}" font-family="{FONTS}">{one.number}</text>'
    return f'<g class="cloud"><path d="M{frame.at(ring[0])}{bulges}" fill="none" stroke="{CLOUD}" stroke-width="0.3"/>{tag}</g>'


def _marks(differences: Iterable[Difference], frame: Frame) -> list[str]:
    """Return a sign at each difference, and beside changed lettering what it became; signs that would lie on each other are drawn once."""
    drawn: dict[tuple[str, int, int], str] = {}
    taken: list[Box] = []
    for one in differences:
        x, y = _beside(one, frame)
        became = shown(one.after)[:BECAME_LONGEST] if one.op == "changed" else ""
        at = _free(taken, x + 2.3, max(y + 3.4, _under(one, frame)), became) if became else None
        said = (
            f'<text x="{_n(x + 2.3)}" y="{_n(at)}" font-size="{BECAME_MM}" fill="{ADDED}" font-family="{FONTS}">→ {clean(became)}</text>'
            if at is not None
            else ""
        )
        drawn.setdefault((one.op, round(x / MARK_APART_MM), round(y / MARK_APART_MM)), f'<g transform="translate({_n(x)} {_n(y)})">{sign(one.op)}</g>{said}')
    return [f'<g class="marks">{"".join(drawn.values())}</g>']


def _under(one: Difference, frame: Frame) -> float:
    """Return where a line of a value stands that leaves the lettering above it legible; -inf where there is no lettering."""
    lettering = [y for line in (*one.shape_before, *one.shape_after) for _, y in line] if one.what in LETTERED else []
    return frame.y(min(lettering)) + BECAME_MM + 0.3 if lettering else float("-inf")


def _free(taken: list[Box], x: float, y: float, text: str) -> float | None:
    """Return at which height a value finds room, its own or the next lines below and above; None where it would lie over others. Room found is taken."""
    wide = BECAME_MM * (2 + sum(1.0 if ord(sign) > WIDE_FROM else 0.6 for sign in text))
    for line in (0, 1, -2, 2, -3):
        top = y + line * BECAME_MM * 1.15
        box = (x, top - BECAME_MM, x + wide, top)
        if not any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken):
            taken.append(box)
            return top
    return None


BECAME_MM = 2.4
WIDE_FROM = 0x2E7F
"""Signs beyond this are as wide as they are high."""


def _beside(one: Difference, frame: Frame) -> Point:
    """Return where a difference's sign stands on the paper: at its place, or left of lettering, which must stay legible."""
    box = next(iter((*one.shape_after, *one.shape_before)), ()) if one.what in LETTERED else ()
    if not box:
        return frame.x(one.where[0]), frame.y(one.where[1])
    ys = [y for _, y in box]
    return frame.x(min(x for x, _ in box)) - 2.2, frame.y((min(ys) + max(ys)) / 2)


BECAME_LONGEST = 24

_STROKES = {"removed": "M-1 0H1", "added": "M-1 0H1M0 -1V1", "moved": "M-1.1 0H1.1M0.3 -0.7L1.1 0L0.3 0.7", "changed": "M0 -1L1 0.8H-1Z"}


def sign(op: str) -> str:
    """Return the sign of a kind of difference as strokes in a ring of 1.7 mm, about the origin: no font is needed to read it."""
    return f'<circle r="1.7" fill="#fff" stroke="#222" stroke-width="0.2"/><path d="{_STROKES.get(op, "")}" fill="none" stroke="#222" stroke-width="0.35"/>'


def clean(text: str) -> str:
    """Return a text of a file as it may stand in XML: escaped, without characters that XML does not know."""
    return escape("".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"), {'"': "&quot;"})


def _n(value: float) -> str:
    """Return a length in hundredths of a millimetre, as short as it goes."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said
