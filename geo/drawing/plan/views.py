"""Views: what stands by itself in a drawing. Frames first, then clusters of geometry with a gap around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from geo.drawing.dwelling import View
from geo.drawing.model import Drawing, Floats, Ints, Text
from geo.drawing.plan.captions import first_lines, under_rather
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.plumb import Axes, plumb_axes
from geo.drawing.plan.roles import Mask, Roles
from geo.drawing.text import comparable

GAP_M = 2.2
"""Geometry further apart than this belongs to two views; dimensions, axes and notes of one plan are closer to it and to each other."""
MOST_VIEWS = 400
_CELLS = 1500
PAPER_M = {"A0": (1.189, 0.841), "A1": (0.841, 0.594), "A2": (0.594, 0.42), "A3": (0.42, 0.297), "A4": (0.297, 0.21)}
"""ISO 216 sheets, as GB/T 14689 takes them; longer sides may be lengthened by quarters or eighths of themselves."""


@dataclass(frozen=True)
class Frame:
    """The border of a sheet: its box in drawing units."""

    box: tuple[float, float, float, float]


def boxes_of(drawing: Drawing, axes: Axes | None = None) -> Floats:
    """Return the box of each entity's geometry and texts (n × 4: x0, y0, x1, y1); NaN for what has none.

    Drawing units along the drawing's own axes, or what `axes` makes of them.
    """
    n = len(drawing.entities)
    low, high = np.full((n, 2), np.inf), np.full((n, 2), -np.inf)
    put = axes.local if axes is not None else lambda xy: xy

    def take(of: Ints, least: Floats, most: Floats) -> None:
        np.minimum.at(low, of, least)
        np.maximum.at(high, of, most)

    ends = put(drawing.lines.xy.reshape(-1, 2)).reshape(-1, 2, 2)
    take(drawing.lines.of, ends.min(axis=1), ends.max(axis=1))
    centre, radius = put(drawing.arcs.xyr[:, :2]), drawing.arcs.xyr[:, 2:3] * (axes.metres if axes is not None else 1.0)
    take(drawing.arcs.of, centre - radius, centre + radius)
    for curve in drawing.curves:
        points = put(curve.points)
        take(np.array([curve.of]), points.min(axis=0)[None], points.max(axis=0)[None])
    for hatch in drawing.hatches:
        for ring in hatch.rings:
            if len(ring):
                points = put(ring)
                take(np.array([hatch.of]), points.min(axis=0)[None], points.max(axis=0)[None])
    for text in drawing.texts:
        at = put(np.array([[text.x, text.y]]))
        take(np.array([text.of]), at, at)
    for one in drawing.dimensions:
        points = put(np.vstack([one.points, [[one.x, one.y]]]))
        take(np.array([one.of]), points.min(axis=0)[None], points.max(axis=0)[None])
    boxes = np.hstack([low, high])
    boxes[~np.isfinite(boxes).all(axis=1)] = np.nan
    return boxes


def split(drawing: Drawing, naming: Naming, roles: Roles, metres: float) -> tuple[View, ...]:
    """Return the views of model space: one a frame, or one a cluster where there is no frame or several clusters in one.

    metres: what one drawing unit is. Every entity of model space that has a place is in exactly one view. A sheet that lies askew
    is looked at as if it lay straight.
    """
    axes = straight_axes(drawing, roles)
    boxes = boxes_of(drawing, axes)
    paper = np.array([space.paper for space in drawing.spaces] or [False], np.bool_)
    placed = np.isfinite(boxes[:, 0]) & ~paper[drawing.entities.space] if len(boxes) else np.zeros(0, np.bool_)
    frames = frames_of(shown_lines(drawing, roles), metres)
    groups: list[Ints] = []
    left = placed.copy()
    for frame in frames:
        inside = left & _inside(boxes, frame.box)
        left &= ~inside
        groups += _in_frame(drawing, roles, boxes, inside, (metres, axes.angle))
    groups += _clusters(drawing, boxes, left, (metres, axes.angle))
    as_drawn = boxes_of(drawing)
    view_of = np.full(len(boxes), -1)
    for number, rows in enumerate(groups):
        view_of[rows] = number
    texts: dict[int, list[Text]] = {}
    for text in drawing.texts:
        if not text.tag:
            texts.setdefault(int(view_of[text.of]), []).append(text)
    walls = np.bincount(drawing.lines.of, roles.having("wall")[drawing.lines.of], len(boxes)) if len(boxes) else np.empty(0)
    return tuple(_view(naming, texts.get(number, []), float(walls[rows].sum()), as_drawn, rows, metres) for number, rows in enumerate(groups))


def straight_axes(drawing: Drawing, roles: Roles) -> Axes:
    """Return axes along the walls (else along all lines), in drawing units."""
    walls = drawing.lines.xy[roles.having("wall")[drawing.lines.of]] if len(drawing.entities) else drawing.lines.xy
    return replace(plumb_axes(walls if len(walls) else drawing.lines.xy, 1.0), x=0.0, y=0.0)


def shown_lines(drawing: Drawing, roles: Roles) -> Floats:
    """Return the straight pieces of model space that a print shows (n × 4), in straight axes and drawing units."""
    if not len(drawing.entities):
        return np.empty((0, 4))
    return straight_axes(drawing, roles).pieces(drawing.lines.xy[roles.shown[drawing.lines.of]])


def frames_of(xy: Floats, metres: float) -> list[Frame]:
    """Return the outer borders of sheets among lines (n × 4): closed rectangles of a sheet's proportions, larger than a room, in no other."""
    length = np.hypot(*(xy[:, 2:] - xy[:, :2]).T)
    long = xy[length * metres > 4.0]
    if len(long) < 4:
        return []
    long = _longest(long, 4000)
    found: dict[tuple[int, ...], tuple[float, Frame]] = {}
    for corners in _rectangles(long):
        sides = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[2] - corners[1]))
        if is_sheet(max(sides) / min(sides)):
            box = (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
            found[tuple(round(value * metres * 10) for value in box)] = (float(sides[0] * sides[1]), Frame(box))
    kept: list[Frame] = []
    for _, frame in sorted(found.values(), key=lambda one: (-one[0], one[1].box)):
        x0, y0, x1, y1 = frame.box
        if not any(o[0] <= (x0 + x1) / 2 <= o[2] and o[1] <= (y0 + y1) / 2 <= o[3] for o in (other.box for other in kept)):
            kept.append(frame)
    return sorted(kept, key=lambda frame: frame.box)


def is_sheet(ratio: float) -> bool:
    """Tell whether a rectangle has the proportions of a sheet: √2, or lengthened by quarters or eighths (GB/T 14689)."""
    return any(abs(ratio / (2**0.5 * (1 + eighths / 8)) - 1) < 0.004 for eighths in range(9))


def _longest(xy: Floats, most: int) -> Floats:
    length = np.hypot(*(xy[:, 2:] - xy[:, :2]).T)
    return xy[np.sort(np.argsort(-length, kind="stable")[:most])]


def _rectangles(xy: Floats) -> list[Floats]:
    """Return the corners of the rectangles that four lines make end to end."""
    size = float(np.ptp(xy.reshape(-1, 2), axis=0).max()) or 1.0
    keys = np.round(xy.reshape(-1, 2) / (size * 1e-6)).astype(np.int64).reshape(-1, 2, 2)
    at: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, ends in enumerate(keys.tolist()):
        for side, key in enumerate(ends):
            at.setdefault((key[0], key[1]), []).append((row, side))
    both = xy.reshape(-1, 2, 2)
    made = []
    for row in range(len(xy)):
        corners = _around(row, both, keys, at)
        if corners is not None:
            made.append(corners)
    return made


def _around(row: int, ends: Floats, keys: Ints, at: dict[tuple[int, int], list[tuple[int, int]]]) -> Floats | None:
    """Walk from a line around three right-angled corners; return the four corners if the walk comes home."""
    start, here, way = ends[row, 0], (row, 1), 0.0
    corners = [start]
    for _ in range(3):
        end = ends[here]
        came = end - ends[here[0], 1 - here[1]]
        onward, turned = None, 0.0
        for other, side in at[tuple(keys[here].tolist())]:
            goes = ends[other, 1 - side] - end
            turn = float(came[0] * goes[1] - came[1] * goes[0])
            square = abs(float(came @ goes)) < 1e-3 * float(np.hypot(*came) * np.hypot(*goes))
            if other != here[0] and square and turn and turn * way >= 0:
                onward, turned = (other, 1 - side), turn
        if onward is None:
            return None
        way = way or turned
        corners.append(end)
        here = onward
    return np.array(corners) if (keys[here] == keys[row, 0]).all() else None


def _inside(boxes: Floats, box: tuple[float, float, float, float]) -> Mask:
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    play = 1e-6 * max(box[2] - box[0], box[3] - box[1])
    inside: Mask = (middle[:, 0] >= box[0] - play) & (middle[:, 0] <= box[2] + play) & (middle[:, 1] >= box[1] - play) & (middle[:, 1] <= box[3] + play)
    return inside


def _in_frame(drawing: Drawing, roles: Roles, boxes: Floats, inside: Mask, scale: tuple[float, float]) -> list[Ints]:
    """Return one group for a sheet with one cluster; else one a cluster, the border and its title block being one more."""
    border = inside & (roles.having("frame", "title", "seal") | _as_wide(boxes, inside))
    parts = _clusters(drawing, boxes, inside & ~border, scale)
    if len(parts) < 2:
        return [np.flatnonzero(inside)]
    return [*parts, np.flatnonzero(border)] if border.any() else parts


def _as_wide(boxes: Floats, rows: Mask) -> Mask:
    """Tell which entities reach across most of what the rows cover: borders."""
    covered = boxes[rows]
    width = np.nanmax(covered[:, 2]) - np.nanmin(covered[:, 0])
    height = np.nanmax(covered[:, 3]) - np.nanmin(covered[:, 1])
    wide: Mask = (boxes[:, 2] - boxes[:, 0] > 0.85 * width) | (boxes[:, 3] - boxes[:, 1] > 0.85 * height)
    return wide


def _clusters(drawing: Drawing, boxes: Floats, rows: Mask, scale: tuple[float, float]) -> list[Ints]:
    """Return the rows in clusters with gaps around them, texts with the geometry they are nearest to, largest area first.

    scale: metres of one drawing unit, and the angle of the axes that the boxes are in.
    """
    metres, turn = scale
    here = np.flatnonzero(rows)
    if not len(here):
        return []
    texts = np.zeros(len(boxes), np.bool_)
    texts[[text.of for text in drawing.texts]] = True
    turns, heights = np.zeros(len(boxes)), np.zeros(len(boxes))
    heights[[text.of for text in drawing.texts]] = [text.height for text in drawing.texts]
    turns[[text.of for text in drawing.texts]] = [text.rotation - turn for text in drawing.texts]
    solid = here[~texts[here]]
    if not len(solid):
        return [here]
    label = _labels(boxes[solid], GAP_M / metres)
    owner = np.zeros(len(boxes), np.int64)
    owner[solid] = label
    loose = here[texts[here]]
    if len(loose):
        at = (boxes[loose, :2] + boxes[loose, 2:]) / 2
        apart = []
        for one in range(1, int(label.max()) + 1):
            x0, y0, x1, y1 = _bounds(boxes[solid[label == one]])
            distance = np.hypot(np.maximum(0, np.maximum(x0 - at[:, 0], at[:, 0] - x1)), np.maximum(0, np.maximum(y0 - at[:, 1], at[:, 1] - y1)))
            apart.append(under_rather(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), distance, at, turns[loose]))
        owner[loose] = (np.argmin(np.array(apart), axis=0) + 1)[first_lines(at, heights[loose], turns[loose])]
    groups = [here[owner[here] == one] for one in range(1, int(label.max()) + 1)]
    return sorted(groups, key=lambda group: (-_size(boxes[group]), group[0]))


def _bounds(boxes: Floats) -> Floats:
    return np.concatenate([np.nanmin(boxes[:, :2], axis=0), np.nanmax(boxes[:, 2:], axis=0)])


def _size(boxes: Floats) -> float:
    x0, y0, x1, y1 = _bounds(boxes)
    return float((x1 - x0) * (y1 - y0))


def _labels(boxes: Floats, gap: float) -> Ints:
    """Return the cluster (1, 2, …, the fullest first) of each box: boxes grown by half the gap that touch, on a raster.

    What is scattered over more places than a drawing has views goes into the last.
    """
    x0, y0, x1, y1 = _bounds(boxes)
    cell = max(gap / 4, max(x1 - x0, y1 - y0) / _CELLS, 1e-12)
    grown = boxes + np.array([-gap, -gap, gap, gap]) / 2
    at = np.floor((grown - np.array([x0, y0, x0, y0]) + gap) / cell).astype(np.int64)
    counts = np.zeros((int(at[:, 2].max()) + 2, int(at[:, 3].max()) + 2), np.int64)
    for sign, columns in ((1, (0, 1)), (-1, (2, 1)), (-1, (0, 3)), (1, (2, 3))):
        shift = [1 if column > 1 else 0 for column in columns]
        np.add.at(counts, (at[:, columns[0]] + shift[0], at[:, columns[1]] + shift[1]), sign)
    covered = counts.cumsum(axis=0).cumsum(axis=1) > 0
    marked, _ = ndimage.label(covered)
    found = marked[at[:, 0], at[:, 1]]
    _, dense, sizes = np.unique(found, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    clusters: Ints = np.minimum(rank, MOST_VIEWS - 1)[dense] + 1
    return clusters


def _view(naming: Naming, texts: Sequence[Text], wall_lines: float, boxes: Floats, rows: Ints, metres: float) -> View:
    title, kind = "", "unknown"
    for text in sorted(texts, key=lambda text: (-text.height, text.y, text.x)):
        said = next((role for role in ("elevation", "section", "detail", "plan") if naming.says(role, text.value)), "")
        if said and len(comparable(text.value)) <= 30:
            title, kind = text.value.strip(), said
            break
    if kind == "unknown" and wall_lines >= 8:
        kind = "plan"
    x0, y0, x1, y1 = (_bounds(boxes[rows]) * metres).tolist()
    return View(title, kind, (x0, y0, x1, y1), tuple(rows.tolist()))
