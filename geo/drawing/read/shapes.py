"""Entities as the primary reader gives them (plain dictionaries) turned into columns, in the axes of their block or space.

The reader resolves points into the drawing's axes and leaves angles and bulges in the entity's own (OCS); a turned-over entity
(normal pointing down, as every mirrored door has) is set right here.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from geo.drawing.affine import TURN, Affine, axes, swept
from geo.drawing.model import Curve, Floats, Hatch, Text
from geo.drawing.read.announced import Announced
from geo.drawing.read.columns import Columns
from geo.drawing.read.curves import arc_points, bulge_arc, ellipse_points, fitted_points, spline_points
from geo.drawing.text import decoded, decoded_mtext

Kind = Mapping[str, Any]
Draw = Callable[[Columns, int, Kind], None]


@dataclass
class Seen:
    """What was met beside geometry: kinds left out, objects nobody decodes. classes: those that the file announces, in order."""

    classes: Sequence[Announced] = ()

    left_out: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)
    pictured: dict[str, int] = field(default_factory=dict)  # custom objects that were drawn from their picture

    def leave(self, kind: str, count: int = 1) -> None:
        """Count entities of a kind that has no place among the columns."""
        self.left_out[kind] = self.left_out.get(kind, 0) + count

    def depict(self, kind: str) -> None:
        """Count a custom object that was drawn from its picture."""
        self.pictured[kind] = self.pictured.get(kind, 0) + 1

    def fail(self, kind: str, count: int = 1) -> None:
        """Count entities that no reader decodes."""
        self.unreadable[kind] = self.unreadable.get(kind, 0) + count


def xy(point: Mapping[str, float]) -> tuple[float, float]:
    """Return the plane part of a point."""
    return point["x"], point["y"]


def own_axes(kind: Kind) -> Affine | None:
    """Return the axes of a turned-over or tilted entity, None where they are the drawing's own."""
    normal = kind["normal"]
    if normal["z"] > 0.999999:
        return None
    return axes((normal["x"], normal["y"], normal["z"]))


def draw_line(columns: Columns, of: int, kind: Kind) -> None:
    """LINE."""
    start, end = kind["start"], kind["end"]
    columns.line(of, start["x"], start["y"], end["x"], end["y"])


def draw_polyline(columns: Columns, of: int, kind: Kind) -> None:
    """LWPOLYLINE and POLYLINE: pieces and arcs."""
    vertices = kind["vertices"]
    turned = own_axes(kind)
    sign = -1.0 if turned is not None and turned.det < 0 else 1.0
    count = len(vertices)
    for at in range(count if kind["closed"] else count - 1):
        one, other = vertices[at], vertices[(at + 1) % count]
        ends = (*xy(one["position"]), *xy(other["position"]))
        arc = bulge_arc(*ends, sign * one["bulge"]) if one["bulge"] else None
        if arc is None:
            columns.line(of, *ends)
        else:
            columns.arc(of, arc)


def draw_circle(columns: Columns, of: int, kind: Kind) -> None:
    """CIRCLE."""
    _round(columns, of, kind, 0.0, TURN)


def draw_arc(columns: Columns, of: int, kind: Kind) -> None:
    """ARC, which runs counter-clockwise in its own axes."""
    start, end = kind["start_angle"] % TURN, kind["end_angle"] % TURN
    _round(columns, of, kind, start, end if end > start else end + TURN)


def _round(columns: Columns, of: int, kind: Kind, start: float, end: float) -> None:
    (x, y), radius = xy(kind["center"]), kind["radius"]
    turned = own_axes(kind)
    if turned is None:
        columns.arc(of, (x, y, radius, start, end))
    elif turned.even:
        columns.arc(of, (x, y, radius, *((0.0, TURN) if end - start >= TURN else swept(start, end, turned))))
    else:  # tilted: seen from above it is an ellipse
        points = arc_points(0, 0, radius, start, end)
        seen = np.column_stack((x + turned.a * points[:, 0] + turned.c * points[:, 1], y + turned.b * points[:, 0] + turned.d * points[:, 1]))
        columns.curves.append(Curve(seen, of, closed=end - start >= TURN))


def draw_ellipse(columns: Columns, of: int, kind: Kind) -> None:
    """ELLIPSE."""
    normal, major, ratio = kind["normal"], kind["major_axis"], kind["ratio"]
    size = math.sqrt(normal["x"] ** 2 + normal["y"] ** 2 + normal["z"] ** 2) or 1.0
    minor = (
        (normal["y"] * major["z"] - normal["z"] * major["y"]) * ratio / size,
        (normal["z"] * major["x"] - normal["x"] * major["z"]) * ratio / size,
    )
    start, end = kind["start_param"], kind["end_param"]
    whole = abs(abs(end - start) - TURN) < 1e-9
    columns.curves.append(Curve(ellipse_points(xy(kind["center"]), xy(major), minor, start, end), of, whole))


def spline_of(kind: Kind) -> Floats | None:
    """Return a spline as points, None where it has none."""
    control = np.array([xy(point) for point in kind["control_points"]], np.float64).reshape(-1, 2)
    if len(control) > kind["degree"]:
        return spline_points(kind["degree"], kind["knots"], control, kind["weights"])
    fit = np.array([xy(point) for point in kind.get("fit_points", ())], np.float64).reshape(-1, 2)
    return fitted_points(fit, bool(kind.get("closed"))) if len(fit) > 1 else None


def draw_spline(columns: Columns, of: int, kind: Kind) -> None:
    """SPLINE."""
    points = spline_of(kind)
    if points is not None:
        columns.curves.append(Curve(points, of, bool(kind["closed"])))


def draw_text(columns: Columns, of: int, kind: Kind) -> None:
    """TEXT."""
    x, y = xy(kind["position"])
    turned = own_axes(kind)
    rotation = kind["rotation"] if turned is None else turned.angle(kind["rotation"])
    anchor = f"{kind['halign']}-{kind['valign']}"
    columns.texts.append(Text(decoded(kind["value"]), x, y, kind["height"], rotation, of, anchor=anchor))


def draw_mtext(columns: Columns, of: int, kind: Kind) -> None:
    """MTEXT."""
    x, y = xy(kind["position"])
    down, _, across = kind["attachment"].partition("_")
    columns.texts.append(Text(decoded_mtext(kind["value"]), x, y, kind["height"], kind["rotation"], of, anchor=f"{across}-{down}"))


def draw_face(columns: Columns, of: int, kind: Kind) -> None:
    """SOLID and TRACE are filled; a 3DFACE shows its edges."""
    points = [xy(point) for point in kind["points"]]
    ring = [point for at, point in enumerate(points) if point != points[at - 1]] or points[:1]
    if kind["filled"]:
        columns.hatches.append(Hatch((np.array(ring, np.float64).reshape(-1, 2),), "SOLID", True, of))
        return
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        columns.line(of, *one, *other)


def draw_leader(columns: Columns, of: int, kind: Kind) -> None:
    """LEADER: its line, without the arrow."""
    points = [xy(point) for point in kind["vertices"]]
    for one, other in pairwise(points):
        columns.line(of, *one, *other)


def draw_hatch(columns: Columns, of: int, kind: Kind) -> None:
    """HATCH: its outlines; the pattern's lines are not made."""
    turned = own_axes(kind)
    mirrored = turned is not None and turned.det < 0
    rings = tuple(ring for loop in kind["loops"] if len(ring := _ring(loop["edges"], mirrored)) > 1)
    columns.hatches.append(Hatch(rings, kind["pattern"] or "", bool(kind["solid"]), of))


def _ring(edges: list[Kind], mirrored: bool) -> Floats:
    parts = [part for edge in edges if len(part := _edge(edge, mirrored))]
    if not parts:
        return np.empty((0, 2))
    chained = [parts[0]]
    for at, part in enumerate(parts[1:]):
        last = chained[-1][-1]
        if at == 0 and len(parts) > 1 and _far(last, part) > _far(chained[0][0], part):
            chained[0], last = chained[0][::-1], chained[0][0]
        backwards = math.dist(last, part[-1]) < math.dist(last, part[0])
        chained.append(part[::-1] if backwards else part)
    points = np.concatenate(chained)
    kept = np.concatenate(([True], np.any(np.abs(np.diff(points, axis=0)) > 1e-9, axis=1)))
    points = points[kept]
    return points[:-1] if len(points) > 1 and np.allclose(points[0], points[-1], rtol=0, atol=1e-9) else points


def _far(point: Floats, part: Floats) -> float:
    return min(math.dist(point, part[0]), math.dist(point, part[-1]))


def _edge(edge: Kind, mirrored: bool) -> Floats:
    """Return one piece of a hatch's outline as points, in the order in which the outline runs where that is known."""
    match edge["type"]:
        case "polyline":
            return _bulged(edge["vertices"], edge.get("closed", True), -1.0 if mirrored else 1.0)
        case "line":
            return np.array((xy(edge["start"]), xy(edge["end"])))
        case "arc":
            start, end = edge["start_angle"], edge["end_angle"]
            if not edge["ccw"]:
                start, end = -end, -start
            end = end if end > start else end + TURN
            if mirrored:
                start, end = math.pi - end, math.pi - start
            return arc_points(*xy(edge["center"]), edge["radius"], start, end)
        case "ellipse":
            major, ratio = xy(edge["major_axis"]), edge["ratio"] * (-1 if mirrored else 1)
            return ellipse_points(xy(edge["center"]), major, (-major[1] * ratio, major[0] * ratio), *_parameters(edge))
        case "spline":
            points = spline_of(edge)
            return points if points is not None else np.empty((0, 2))
    return np.empty((0, 2))


def _parameters(edge: Kind) -> tuple[float, float]:
    start = edge.get("start_param", edge.get("start_angle", 0.0))
    end = edge.get("end_param", edge.get("end_angle", TURN))
    return (start, end) if edge.get("ccw", True) else (-end, -start)


def _bulged(vertices: list[Kind], closed: bool, sign: float) -> Floats:
    points: list[Floats] = []
    count = len(vertices)
    for at, vertex in enumerate(vertices):
        here = np.array([xy(vertex["position"])])
        points.append(here)
        if vertex["bulge"] and (closed or at + 1 < count):
            there = xy(vertices[(at + 1) % count]["position"])
            arc = bulge_arc(*xy(vertex["position"]), *there, sign * vertex["bulge"])
            if arc is not None:
                turn = arc_points(*arc)
                points.append(turn[1:-1] if math.dist(turn[0], here[0]) < math.dist(turn[-1], here[0]) else turn[-2:0:-1])
    return np.concatenate(points) if points else np.empty((0, 2))


DRAW: Mapping[str, tuple[str, Draw]] = {
    "line": ("LINE", draw_line),
    "polyline": ("LWPOLYLINE", draw_polyline),
    "circle": ("CIRCLE", draw_circle),
    "arc": ("ARC", draw_arc),
    "ellipse": ("ELLIPSE", draw_ellipse),
    "spline": ("SPLINE", draw_spline),
    "text": ("TEXT", draw_text),
    "m_text": ("MTEXT", draw_mtext),
    "face": ("SOLID", draw_face),
    "leader": ("LEADER", draw_leader),
    "hatch": ("HATCH", draw_hatch),
}
"""The kinds that are geometry or text of their own: DXF name and how it is drawn."""
