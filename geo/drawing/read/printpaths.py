"""The strokes of a printed page: paths of a PDF as straight pieces, arcs, curves and filled rings, millimetres of paper."""

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from geo.drawing.affine import TURN, Affine
from geo.drawing.model import Curve, Floats, Hatch
from geo.drawing.read.columns import Columns

MM = 25.4 / 72
"""Millimetres of a PDF point."""
_WHITE = 250  # from which a colour is paper
_ROUND = 2e-3  # of the radius: how far a Bézier piece may be off a circle (the usual four-piece circle is off by 0.03 %)
Point = tuple[float, float]


class Piece(NamedTuple):
    """One piece of a path: straight where it has two points, a cubic Bézier where it has four."""

    points: tuple[Point, ...]


def draw_path(columns: Columns, raw: Any, matrix: Affine) -> None:
    """Add a path as it is stroked or filled; what is painted white or not at all is left out."""
    stroked, filled = _painted(raw)
    if not stroked and not filled:
        return
    for run, closed in _runs(raw, matrix):
        if stroked:
            _stroke(columns, run)
        elif filled and closed and len(run) > 1:
            ring = np.array([piece.points[0] for piece in run if len(piece.points) == 2] or [piece.points[0] for piece in run], np.float64)
            columns.hatches.append(Hatch((ring,), "SOLID", True, columns.entity("", "HATCH", 0)))


def _painted(raw: Any) -> tuple[bool, bool]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroke)
    stroked = bool(stroke.value) and not _white(raw, pdfium.FPDFPageObj_GetStrokeColor)
    return stroked, mode.value != pdfium.FPDF_FILLMODE_NONE and not _white(raw, pdfium.FPDFPageObj_GetFillColor)


def _white(raw: Any, of: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    of(raw, red, green, blue, alpha)
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _runs(raw: Any, matrix: Affine) -> Iterator[tuple[list[Piece], bool]]:
    """Give the connected runs of a path, and whether each comes back to its beginning."""
    run: list[Piece] = []
    first = here = (0.0, 0.0)
    handles: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(raw)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind, there = pdfium.FPDFPathSegment_GetType(segment), matrix.point(x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if run:
                yield run, run[-1].points[-1] == first
            run, first, handles = [], there, []
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            run.append(Piece((here, there)))
        else:
            handles.append(there)
            if len(handles) < 3:
                continue
            run.append(Piece((here, *handles)))
            handles = []
        here = there
        if pdfium.FPDFPathSegment_GetClose(segment):
            if here != first:
                run.append(Piece((here, first)))
            here = first
    if run:
        yield run, run[-1].points[-1] == first


def _stroke(columns: Columns, run: list[Piece]) -> None:
    """Add one run; neighbouring Bézier pieces of one circle are one arc."""
    at = 0
    while at < len(run):
        points = run[at].points
        if len(points) == 2:
            columns.line(columns.entity("", "LINE", 0), *points[0], *points[1])
            at += 1
            continue
        arc, after = _joined(run, at)
        if arc is None:
            columns.curves.append(Curve(_bezier(points, np.linspace(0, 1, 17)), columns.entity("", "SPLINE", 0)))
        else:
            columns.arc(columns.entity("", "CIRCLE" if arc[4] - arc[3] >= TURN - 1e-6 else "ARC", 0), arc)
        at = after


Arc = tuple[float, float, float, float, float]


def _joined(run: list[Piece], at: int) -> tuple[Arc | None, int]:
    """Return the arc that begins at a piece with all pieces that carry it on, and where the next begins."""
    whole = arc_of(run[at].points) if len(run[at].points) == 4 else None
    at += 1
    while whole is not None and at < len(run) and len(run[at].points) == 4:
        more = arc_of(run[at].points)
        if more is None or max(abs(more[0] - whole[0]), abs(more[1] - whole[1]), abs(more[2] - whole[2])) > _ROUND * whole[2]:
            break
        sweep = min(whole[4] - whole[3] + more[4] - more[3], TURN)
        onwards = abs((more[3] - whole[4] + math.pi) % TURN - math.pi) < abs((more[4] - whole[3] + math.pi) % TURN - math.pi)
        start = whole[3] if onwards else more[3]
        whole = (*whole[:3], start, start + sweep)
        at += 1
    if whole is not None and whole[4] - whole[3] > TURN - 1e-3:
        whole = (*whole[:3], 0.0, TURN)
    return whole, at


def arc_of(points: tuple[Point, ...]) -> Arc | None:
    """Return the arc (x, y, radius, start, end; counter-clockwise) that a Bézier piece draws, None where it draws none."""
    on = _bezier(points, np.array([0.0, 0.25, 0.5, 0.75, 1.0]))
    (x1, y1), (x2, y2), (x3, y3) = on[0], on[2], on[4]
    turn = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1)
    size = math.hypot(x3 - x1, y3 - y1)
    if abs(turn) < 1e-6 * size * size or size == 0:
        return None
    one, other = (x2 - x1) * (x2 + x1) + (y2 - y1) * (y2 + y1), (x3 - x1) * (x3 + x1) + (y3 - y1) * (y3 + y1)
    x, y = (one * (y3 - y1) - other * (y2 - y1)) / (2 * turn), (other * (x2 - x1) - one * (x3 - x1)) / (2 * turn)
    radius = math.hypot(x1 - x, y1 - y)
    if np.abs(np.hypot(on[:, 0] - x, on[:, 1] - y) - radius).max() > _ROUND * radius:
        return None
    ends = [math.atan2(y1 - y, x1 - x), math.atan2(y3 - y, x3 - x)]
    start, end = ends if turn > 0 else ends[::-1]
    start %= TURN
    return x, y, radius, start, start + (end - start) % TURN


def _bezier(points: tuple[Point, ...], at: Floats) -> Floats:
    a, b, c, d = (np.array(point) for point in points)
    t = at[:, None]
    curve: Floats = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return curve
