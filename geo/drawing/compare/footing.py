"""Where two drawings stand before one is laid over the other: their unit in metres, an origin, and what of them is compared at all."""

from dataclasses import dataclass, replace

import numpy as np

from geo.drawing.compare.items import Telling
from geo.drawing.compare.marks import Marks, laid, marks_of
from geo.drawing.compare.placing import Similarity
from geo.drawing.dwelling import Plans
from geo.drawing.model import Drawing
from geo.drawing.plan.roles import Mask
from geo.drawing.plan.units import CANDIDATES_M, HEADER_M, provisional

_PLAUSIBLE_M = (2.0, 3000.0)
"""Across what a drawing of a building reaches, details at the one end and a settlement at the other."""


@dataclass(frozen=True)
class Footing:
    """One drawing made ready: `to_m` takes its points to metres about its own origin. known: whether its unit was decided by evidence."""

    drawing: Drawing
    marks: Marks
    to_m: Similarity
    known: bool
    hidden: int
    paper: int

    @property
    def unit_m(self) -> float:
        """What one drawing unit is, in metres, as far as is known."""
        return self.to_m.scale

    def telling(self, *, metres: bool) -> Telling:
        """Return how places are told: in metres of the drawing's axes, or in its units."""
        factor = 1.0 if metres else 1 / self.unit_m
        origin = self.to_m.inverse().shift * (self.unit_m if metres else 1.0)
        return Telling(factor, origin.real, origin.imag)


def footing(drawing: Drawing, plans: Plans, unit_m: float | None = None) -> Footing:
    """Return a drawing made ready; `unit_m` stands over what the plans say. Model space is compared, paper where it is all there is."""
    known = plans.unit.metres if unit_m is None else unit_m
    paper = np.array([space.paper for space in drawing.spaces] or [False], np.bool_)
    space_of, shown = drawing.entities.space, _shown(drawing)
    model = [row for row, one in enumerate(paper) if not one and (space_of == row).any()]
    space = (model or [row for row in range(len(paper)) if (space_of == row).any()] or [0])[0]
    marks = held(marks_of(drawing, space), shown)
    unit = known or _guessed(marks, plans)
    origin = _origin(marks)
    to_m = Similarity(unit, -unit * origin)
    inside = space_of == space
    return Footing(drawing, laid(marks, to_m), to_m, known is not None, int((inside & ~shown).sum()), int((~inside).sum()))


def held(marks: Marks, rows: Mask) -> Marks:
    """Return the marks of those entities alone."""
    line, arc = rows[marks.line_of], rows[marks.arc_of]
    return replace(
        marks,
        lines=marks.lines[line],
        line_of=marks.line_of[line],
        arcs=marks.arcs[arc],
        arc_of=marks.arc_of[arc],
        curves=tuple(one for one in marks.curves if rows[one.of]),
        texts=tuple(one for one in marks.texts if rows[one.of]),
        dimensions=tuple(one for one in marks.dimensions if rows[one.of]),
        hatches=tuple(one for one in marks.hatches if rows[one.of]),
    )


def _shown(drawing: Drawing) -> Mask:
    layers = np.array([layer.shown for layer in drawing.layers] or [True], np.bool_)
    visible: Mask = layers[drawing.entities.layer]
    return visible


def _origin(marks: Marks) -> complex:
    """Return a point in the middle of things, in whole units, so that a stray entity far off does not decide it."""
    points = marks.points
    if not len(points):
        points = np.array([(one.x, one.y) for one in marks.texts]).reshape(-1, 2)
    return complex(*np.round(np.median(points, axis=0))) if len(points) else 0j


def _guessed(marks: Marks, plans: Plans) -> float:
    """Return a unit to measure tolerances by where none was decided; nothing is told in metres by it."""
    points = marks.points
    reach = float(np.ptp(np.percentile(points, (2, 98), axis=0), axis=0).max()) if len(points) else 0.0
    header = HEADER_M.get(marks.drawing.header_unit)
    likely = [one for one in (provisional(plans.unit.votes), header, *CANDIDATES_M) if one]
    low, high = _PLAUSIBLE_M
    return next((one for one in likely if low <= reach * one <= high), likely[0])
