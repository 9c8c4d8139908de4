"""Curves as points: bulges, arcs, ellipses and splines. The chord error stays below a thousandth of the curve's size."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from geo.drawing.affine import TURN
from geo.drawing.model import Floats

STEPS = 72  # pieces of a full turn: the chord error is 0.05 % of the diameter
SPAN = 16  # pieces of one span of a spline
LONGEST = 4_000  # points of one curve


def arc_points(x: float, y: float, radius: float, start: float, end: float) -> Floats:
    """Return an arc as points, both ends included."""
    turn = np.linspace(start, end, max(8, math.ceil(abs(end - start) / TURN * STEPS)) + 1)
    return np.column_stack((x + radius * np.cos(turn), y + radius * np.sin(turn)))


def bulge_arc(x1: float, y1: float, x2: float, y2: float, bulge: float) -> tuple[float, float, float, float, float] | None:
    """Return the arc (x, y, radius, start, end; counter-clockwise) of a polyline's piece, None where it is straight.

    The bulge is the tangent of a quarter of the angle, negative where the arc runs clockwise.
    """
    chord = math.hypot(x2 - x1, y2 - y1)
    if chord == 0 or abs(bulge) < 1e-9:
        return None
    radius = chord * (1 + bulge * bulge) / (4 * abs(bulge))
    away = chord * (1 - bulge * bulge) / (4 * bulge)  # from the middle of the chord to the centre, to the left
    x, y = (x1 + x2) / 2 - away * (y2 - y1) / chord, (y1 + y2) / 2 + away * (x2 - x1) / chord
    start = (math.atan2(y1 - y, x1 - x) if bulge > 0 else math.atan2(y2 - y, x2 - x)) % TURN
    return x, y, radius, start, start + 4 * math.atan(abs(bulge))


def ellipse_points(centre: Sequence[float], major: Sequence[float], minor: Sequence[float], start: float, end: float) -> Floats:
    """Return an ellipse or its part between two parameters as points; the axes are vectors in the plane."""
    end = end if end > start else end + TURN
    turn = np.linspace(start, end, max(8, math.ceil((end - start) / TURN * STEPS)) + 1)
    cos, sin = np.cos(turn), np.sin(turn)
    return np.column_stack((centre[0] + cos * major[0] + sin * minor[0], centre[1] + cos * major[1] + sin * minor[1]))


def spline_points(degree: int, knots: Sequence[float], control: Floats, weights: Sequence[float]) -> Floats:
    """Return a B-spline, rational where it has weights, as points at equal steps of each span (de Boor)."""
    at = np.asarray(knots, np.float64)
    spans = np.unique(at[degree : len(control) + 1])
    if len(spans) < 2 or len(at) != len(control) + degree + 1:
        return control
    steps = max(2, min(SPAN, LONGEST // (len(spans) - 1)))
    values = np.concatenate([np.linspace(low, high, steps, endpoint=False) for low, high in pairwise(spans)] + [spans[-1:]])
    weight = np.asarray(weights, np.float64) if len(weights) == len(control) else np.ones(len(control))
    homogeneous = np.column_stack((control * weight[:, None], weight))
    index = np.clip(np.searchsorted(at, values, side="right") - 1, degree, len(control) - 1)
    rows = [homogeneous[index - degree + j] for j in range(degree + 1)]
    for level in range(1, degree + 1):
        for j in range(degree, level - 1, -1):
            low, high = at[index - degree + j], at[index + 1 + j - level]
            share = np.divide(values - low, high - low, out=np.zeros_like(values), where=high > low)[:, None]
            rows[j] = (1 - share) * rows[j - 1] + share * rows[j]
    points: Floats = rows[degree][:, :2] / rows[degree][:, 2:]
    return points


def fitted_points(fit: Floats, closed: bool) -> Floats:
    """Return the smooth curve through points, with the chord lengths as parameter: a spline stored by its fit points alone."""
    from scipy.interpolate import CubicSpline

    fit = fit[np.concatenate(([True], np.any(np.diff(fit, axis=0) != 0, axis=1)))]
    if closed and len(fit) > 2:
        fit = np.vstack((fit, fit[:1]))
    if len(fit) < 3:
        return fit
    length = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(fit, axis=0).T))))
    steps = max(2, min(SPAN, LONGEST // (len(fit) - 1)))
    values = np.concatenate([np.linspace(low, high, steps, endpoint=False) for low, high in pairwise(length)] + [length[-1:]])
    points: Floats = CubicSpline(length, fit, bc_type="periodic" if closed else "natural")(values)
    return points
