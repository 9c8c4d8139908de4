"""Doors, windows and passages: where a wall ends and another goes on, and what is drawn in between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.model import Drawing, Floats
from geo.drawing.plan.linework import Shapes, crossed, ends_of, straight
from geo.drawing.plan.plumb import GRID_M, Axes
from geo.drawing.plan.roles import Mask, Roles
from geo.drawing.plan.walls import THICKEST_M, THINNEST_M, pieces
from geo.drawing.text import comparable

WIDEST_M, WIDEST_PASSAGE_M, WIDEST_CORNER_M, NARROWEST_M = 6.0, 1.8, 1.0, 0.25
"""How wide an opening may be that has a door or window drawn in it; one with nothing between two wall ends; one beside a crossing wall."""
MOST_ENDS = 3000
"""A plan with more ends of walls is none that openings are looked for in."""
_DOOR_CODE = re.compile(r"[a-z]{0,3}m\d{3,4}[a-z']?|.*门.*")
_WINDOW_CODE = re.compile(r"[a-z]{0,3}c\d{3,4}[a-z']?|.*窗.*")
_DIGITS = re.compile(r"(\d\d)\d\d")
_CODE_M = 0.6
_Met = tuple[float, int]
"""How far a ray runs before it meets a line, and which."""


class Code(NamedTuple):
    """A text like M0921 or C1515: where it stands, door or window, how wide it says (0 where it does not)."""

    x: float
    y: float
    kind: str
    width_m: float


@dataclass(frozen=True)
class Symbols:
    """What is drawn of doors and windows in one plan, local metres. swings: k × (x, y, radius, start, end); panes: n × 4."""

    swings: Floats
    panes: Floats
    pane_is_door: Mask
    codes: tuple[Code, ...]

    @cached_property
    def hinges(self) -> Shapes:
        """Where the swings turn."""
        return _points(self.swings[:, :2])

    @cached_property
    def middles(self) -> Shapes:
        """The middles of the panes."""
        return _points((self.panes[:, :2] + self.panes[:, 2:]) / 2)


def _points(at: Floats) -> Shapes:
    made: Shapes = np.atleast_1d(np.asarray(shapely.points(at), np.object_))
    return made


@dataclass(frozen=True)
class Gap:
    """One opening. ring: its four corners, between the ends of the walls; kind: door, window, passage.

    bridged: nothing is drawn in it and it is too wide for a passage; it closes an outline that nobody drew closed.
    """

    ring: Polygon
    width_m: float
    kind: str
    bridged: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the opening."""
        return self.ring.centroid.x, self.ring.centroid.y


@dataclass(frozen=True)
class WallEnd:
    """The end of a wall: its corners and the direction away from the wall."""

    a: Floats
    b: Floats
    away: Floats

    @property
    def middle(self) -> Floats:
        """Middle of the end."""
        half: Floats = (self.a + self.b) / 2
        return half


def symbols_of(drawing: Drawing, roles: Roles, rows: Mask, axes: Axes) -> Symbols:
    """Return the swings, panes and codes of the doors and windows among the entities of `rows`."""
    arcs, xyr = drawing.arcs, drawing.arcs.xyr
    swing = (rows & roles.having("", "door", "window", "wall"))[arcs.of] & (np.abs(xyr[:, 4] - xyr[:, 3] - np.pi / 2) < 0.25)
    at = axes.local(xyr[swing, :2])
    swings = np.column_stack([at, xyr[swing, 2] * axes.metres, xyr[swing, 3:] - axes.angle]) if len(at) else np.empty((0, 5))
    door, window = rows & roles.having("door"), rows & roles.having("window")
    leaves, panes = axes.pieces(pieces(drawing, door)), axes.pieces(pieces(drawing, window))
    codes = []
    for text in drawing.texts:
        if rows[text.of] and (kind := _coded(text.value)):
            x, y = axes.local(np.array([text.x, text.y]))
            digits = _DIGITS.search(text.value)
            codes.append(Code(float(x), float(y), kind, int(digits[1]) / 10 if digits else 0.0))
    is_door = np.arange(len(leaves) + len(panes)) < len(leaves)
    return Symbols(swings, np.concatenate([leaves, panes]), is_door, tuple(codes))


def _coded(value: str) -> str:
    flat = comparable(value)
    if len(flat) > 12:
        return ""
    return "door" if _DOOR_CODE.fullmatch(flat) else "window" if _WINDOW_CODE.fullmatch(flat) else ""


def capped(edges: Floats) -> Floats:
    """Return the edges with the ends of walls closed: two loose ends side by side, of lines that run the same way."""
    points, joined, met = ends_of(edges)
    loose = [(points[joined[e, s]], points[joined[e, 1 - s]]) for e, s in zip(*np.nonzero(met[joined] == 1), strict=True)]
    if not 2 <= len(loose) <= MOST_ENDS:
        return edges
    at = np.array([end for end, _ in loose])
    inward = np.array([(other - end) / np.hypot(*(other - end)) for end, other in loose])
    made: list[Floats] = []
    spots = [shapely.Point(end) for end in at]
    pairs = shapely.STRtree(spots).query(spots, predicate="dwithin", distance=THICKEST_M)
    for one, other in sorted(pairs.T.tolist(), key=lambda pair: float(np.hypot(*(at[pair[0]] - at[pair[1]])))):
        across = at[other] - at[one]
        wide = float(np.hypot(*across))
        if one < other and wide >= THINNEST_M and inward[one] @ inward[other] > 0.99 and abs(across @ inward[one]) < 0.05 * wide + 0.02:
            made.append(np.concatenate([at[one], at[other]]))
    return crossed(np.concatenate([edges, np.array(made)])) if made else edges


def wall_ends(edges: Floats) -> list[WallEnd]:
    """Return the short edges that end a wall: both faces leave them at a right angle on the same side and nothing else meets them."""
    points, joined, met = ends_of(edges)
    length = np.hypot(*(edges[:, 2:] - edges[:, :2]).T)
    neighbours: dict[int, list[int]] = {}
    for one, other in joined.tolist():
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    found = []
    for edge in np.flatnonzero((length >= THINNEST_M) & (length <= THICKEST_M) & (met[joined] == 2).all(axis=1)):
        one, other = joined[edge].tolist()
        beyond = [next((far for far in neighbours[at] if far != back), None) for at, back in ((one, other), (other, one))]
        if beyond[0] is None or beyond[1] is None:
            continue
        along = (points[other] - points[one]) / length[edge]
        faces = [points[far] - points[at] for far, at in zip(beyond, (one, other), strict=True)]
        faces = [face / np.hypot(*face) for face in faces]
        if faces[0] @ faces[1] > 0.99 and abs(faces[0] @ along) < 0.05:
            found.append(WallEnd(points[one], points[other], -faces[0]))
    return found


def gaps_of(edges: Floats, symbols: Symbols, bridging: bool = False) -> list[Gap]:
    """Return the openings between wall ends, each once, in a fixed order.

    bridging: openings with nothing drawn in them too, up to the widest that a window has; for an outline, never for rooms.
    """
    if not len(edges):
        return []
    lines = straight(edges)
    tree = shapely.STRtree(lines)
    ends = wall_ends(edges)
    if len(ends) > MOST_ENDS:
        return []
    sides = _Ends(ends)
    met = _met(ends, lines, tree)
    found: dict[tuple[int, int], Gap] = {}
    for number, end in enumerate(ends):
        ring, facing = _across(end, sides, (met.get(2 * number), met.get(2 * number + 1)), tree)
        if ring is None:
            continue
        width = ring.area / float(np.hypot(*(end.b - end.a)))
        kind = kind_of(ring, width, end.away, symbols)
        limit = WIDEST_M if kind else WIDEST_PASSAGE_M if facing else WIDEST_CORNER_M
        if NARROWEST_M <= width <= (WIDEST_M if bridging else limit):
            middle = (round(ring.centroid.x * 100), round(ring.centroid.y * 100))
            found.setdefault(middle, Gap(ring, round(width, 4), kind or "passage", width > limit))
    return [found[key] for key in sorted(found)]


def _across(end: WallEnd, ends: "_Ends", far: tuple[_Met | None, _Met | None], tree: shapely.STRtree) -> tuple[Polygon | None, bool]:
    """Return the strip from a wall's end to what it faces, and whether that is another wall's end. far: what its two corners look at."""
    facing = ends.facing(end)
    if far[0] is not None and far[1] is not None and (far[0][1] == far[1][1] or abs(far[0][0] - far[1][0]) < 0.01):
        first, second = far[0][0], far[1][0]
        if facing is None or min(first, second) < (facing.middle - end.middle) @ end.away - 0.02:
            ring = Polygon([end.a, end.b, end.b + end.away * second, end.a + end.away * first])
            return _clear(ring, tree), False
    if facing is None:
        return None, False
    return _clear(_hull(end, facing), tree), True


class _Ends:
    """Wall ends as columns, to find the one that looks back at another."""

    def __init__(self, ends: list[WallEnd]) -> None:
        self.ends = ends
        self.a, self.b, self.away = (np.array([getattr(end, name) for end in ends]).reshape(-1, 2) for name in ("a", "b", "away"))

    def facing(self, end: WallEnd) -> WallEnd | None:
        """Return the nearest wall end that looks back at this one and overlaps it sideways."""
        side = np.array([-end.away[1], end.away[0]])
        apart = ((self.a + self.b) / 2 - end.middle) @ end.away
        one, other = self.a @ side, self.b @ side
        mine = sorted((float(end.a @ side), float(end.b @ side)))
        overlap = np.minimum(np.maximum(one, other), mine[1]) - np.maximum(np.minimum(one, other), mine[0])
        back = (self.away @ end.away <= -0.99) & (apart > 0.1) & (apart < WIDEST_M) & (overlap > 0.02)
        if not back.any():
            return None
        return self.ends[int(np.argmin(np.where(back, apart, np.inf)))]


def _hull(end: WallEnd, facing: WallEnd) -> Polygon:
    hull = shapely.convex_hull(shapely.MultiPoint([end.a, end.b, facing.a, facing.b]))
    return hull if isinstance(hull, Polygon) else Polygon()


def _met(ends: Sequence[WallEnd], lines: Shapes, tree: shapely.STRtree) -> dict[int, _Met]:
    """Return what a ray away from each corner of each end meets first: twice the end's number, one more for its second corner → how far, which line."""
    if not ends:
        return {}
    a, b, away = (np.array([getattr(end, name) for end in ends]) for name in ("a", "b", "away"))
    inset = (b - a) / np.hypot(*(b - a).T)[:, None] * 0.005
    starts = np.stack([a + inset, b - inset], axis=1).reshape(-1, 2)
    aways = np.repeat(away, 2, axis=0)
    rays = straight(np.hstack([starts + aways * 0.01, starts + aways * WIDEST_M]))
    ray, line = tree.query(rays, predicate="intersects")
    distance: Floats = np.atleast_1d(shapely.distance(_points(starts)[ray], shapely.intersection(lines[line], rays[ray])))
    order = np.lexsort((line, distance, ray))
    _, first = np.unique(ray[order], return_index=True)
    return {int(ray[row]): (float(distance[row]), int(line[row])) for row in order[first].tolist()}


def _clear(ring: Polygon, tree: shapely.STRtree) -> Polygon | None:
    """Return the strip if no line runs inside it."""
    inner = ring.buffer(-0.01)
    if inner.is_empty or len(tree.query(inner, predicate="intersects")):
        return None
    return shapely.set_precision(ring, GRID_M)


def kind_of(ring: Polygon, width: float, away: Floats, symbols: Symbols) -> str:
    """Return what is drawn in an opening: door, window, or "" for nothing."""
    near = ring.buffer(0.15)
    if len(symbols.swings):
        hinge = shapely.intersects(near, symbols.hinges)
        leaf = (symbols.swings[:, 2] > 0.35 * width) & (symbols.swings[:, 2] < 1.15 * width)
        if (hinge & leaf).any():
            return "door"
    coded = _by_code(ring, width, symbols)
    if not len(symbols.panes):
        return coded
    span = symbols.panes[:, 2:] - symbols.panes[:, :2]
    length = np.hypot(span[:, 0], span[:, 1])
    along = np.abs(span @ away) > 0.99 * length
    inside = along & (length > 0.3 * width) & shapely.intersects(ring.buffer(0.03), symbols.middles)
    if inside.any():
        return coded or ("door" if symbols.pane_is_door[inside].all() else "window")
    leaves = symbols.panes[symbols.pane_is_door & (length > 0.35 * width) & (length < 1.15 * width)]
    hinged = np.asarray(shapely.intersects(near, shapely.points(leaves.reshape(-1, 2))))
    return "door" if hinged.any() else coded


def _by_code(ring: Polygon, width: float, symbols: Symbols) -> str:
    """Return what the nearest code beside an opening (M0921, C1515) says it is, "" where there is none or its width is another."""
    near = [
        (float(ring.distance(shapely.Point(code.x, code.y))), code.kind)
        for code in symbols.codes
        if (abs(code.width_m - width) < 0.11 if code.width_m else width < WIDEST_PASSAGE_M)
    ]
    apart, kind = min(near, default=(np.inf, ""))
    return kind if apart < _CODE_M else ""
