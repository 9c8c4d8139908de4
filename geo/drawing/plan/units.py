"""What one drawing unit is in metres, by vote: doors, walls, dimensions, written areas, the sheet's frame and the header.

A header alone decides nothing: drawings in metres that say millimetres are common. Two kinds of evidence have to agree.
"""

import re
from collections.abc import Iterable

import numpy as np

from geo.drawing.dwelling import UnitOfMeasure, UnitVote
from geo.drawing.model import Dimension, Drawing, Floats
from geo.drawing.plan.parallels import beside
from geo.drawing.plan.roles import Roles
from geo.drawing.text import comparable

CANDIDATES_M = (0.001, 0.01, 0.1, 1.0, 0.0254, 0.3048)
HEADER_M = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 14: 0.1}
"""$INSUNITS of the DXF reference that a building is drawn in."""
DOOR_M = (0.55, 1.3)
"""Width of a door leaf: 600 to 1,200 in GB/T 5824, with play; narrow enough that no two candidates fit one radius."""
WALLS_M = (0.06, 0.08, 0.09, 0.1, 0.12, 0.15, 0.18, 0.2, 0.22, 0.24, 0.25, 0.28, 0.3, 0.35, 0.36, 0.37, 0.4, 0.49, 0.5)
"""Usual thickness of walls: brick 115/240/370/490 as drawn, block and concrete by tens."""
WALLS_INCH_M = tuple(inches * 0.0254 for inches in (4.5, 5.5, 6.0, 6.5, 8.0, 10.0, 12.0))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_M = (2.5, 80.0)
"""The longest dimension of a plan or building."""


def voted(votes: Iterable[UnitVote], header_unit: int, by_hand_m: float | None = None) -> UnitOfMeasure:
    """Return the unit with the most kinds of evidence; None where fewer than two kinds agree or two units are level."""
    cast = tuple(votes)
    header = HEADER_M.get(header_unit)
    if by_hand_m is not None:
        return UnitOfMeasure(by_hand_m, (*cast, UnitVote("by-hand", by_hand_m, 1)), header is not None and not same(header, by_hand_m))
    tally = {unit: sum(same(vote.metres, unit) for vote in cast) for unit in CANDIDATES_M}
    ranked = sorted(tally, key=lambda unit: -tally[unit])
    decided = ranked[0] if tally[ranked[0]] >= 2 and tally[ranked[0]] > tally[ranked[1]] else None
    disagrees = header is not None and decided is not None and not same(header, decided)
    return UnitOfMeasure(decided, cast, disagrees)


def provisional(votes: Iterable[UnitVote]) -> float | None:
    """Return the unit that most votes are for, on however little: to look for further evidence by, never to measure by."""
    cast = [vote.metres for vote in votes if vote.evidence != "header"] or [vote.metres for vote in votes]
    return max(sorted(set(cast)), key=cast.count) if cast else None


def same(one_m: float, other_m: float) -> bool:
    """Tell whether two units are one and the same, within 2 %."""
    return abs(one_m - other_m) <= 0.02 * other_m


def votes_of(drawing: Drawing, roles: Roles) -> tuple[UnitVote, ...]:
    """Return the votes that need no plan: doors, walls, dimensions, header."""
    found = [_doors(drawing, roles), _walls(drawing, roles), _dimensions(drawing)]
    header = HEADER_M.get(drawing.header_unit)
    found.append(UnitVote("header", header, 1) if header else None)
    return tuple(vote for vote in found if vote)


def area_vote(pairs: Iterable[tuple[float, float]], metres: float) -> UnitVote | None:
    """Return the vote of written areas: pairs of (written m², measured m² if one unit were `metres`)."""
    implied = [metres * (written / measured) ** 0.5 for written, measured in pairs if measured > 0 and written > 0]
    fits = {unit: sum(abs(one / unit - 1) < 0.08 for one in implied) for unit in CANDIDATES_M}
    best = max(CANDIDATES_M, key=lambda unit: fits[unit])
    return UnitVote("areas", best, fits[best]) if fits[best] * 2 > len(implied) else None


def frame_vote(frames: Iterable[tuple[float, float, float]]) -> UnitVote | None:
    """Return the vote of sheet frames: (longer side in drawing units, paper's longer side in metres, denominator of the scale)."""
    implied = [paper_m * scale / side for side, paper_m, scale in frames]
    for unit in CANDIDATES_M:
        seen = sum(same(one, unit) for one in implied)
        if seen:
            return UnitVote("paper", unit, seen)
    return None


def _doors(drawing: Drawing, roles: Roles) -> UnitVote | None:
    """Quarter circles are the swings of doors; furniture's and axes' are left out."""
    arcs = drawing.arcs
    if not len(arcs.of):
        return None
    sweep = arcs.xyr[:, 4] - arcs.xyr[:, 3]
    swings = roles.having("", "door", "window", "wall")[arcs.of] & (np.abs(sweep - np.pi / 2) < 0.2)
    radius = arcs.xyr[swings, 2]
    fits = {unit: int(((radius * unit > DOOR_M[0]) & (radius * unit < DOOR_M[1])).sum()) for unit in CANDIDATES_M}
    best = max(CANDIDATES_M, key=lambda unit: fits[unit])
    return UnitVote("doors", best, fits[best]) if fits[best] * 2 > len(radius) else None


def _walls(drawing: Drawing, roles: Roles) -> UnitVote | None:
    """The distances between the two faces of walls gather at a few usual figures."""
    xy = drawing.lines.xy[roles.having("wall" if roles.walls_by_name else "")[drawing.lines.of]] if len(drawing.lines.of) else np.empty((0, 4))
    if len(xy) < 8:
        return None
    reach = float(np.ptp(xy.reshape(-1, 2), axis=0).max())
    near = beside(xy, reach * 1e-6)
    real = np.isfinite(near.distance)
    distance, weight = near.distance[real], near.overlap[real]
    if not weight.sum():
        return None
    share = {unit: _usual(distance * unit, weight, unit) for unit in CANDIDATES_M}
    ranked = sorted(CANDIDATES_M, key=lambda unit: -share[unit])
    clear = share[ranked[0]] > 0.4 and share[ranked[0]] > 1.25 * share[ranked[1]]
    return UnitVote("walls", ranked[0], int(real.sum())) if clear else None


def _usual(thickness_m: Floats, weight: Floats, unit: float) -> float:
    """Return the share of length whose thickness is a usual one; inches and feet may have their own."""
    usual = np.array(WALLS_M + (WALLS_INCH_M if unit in (0.0254, 0.3048) else ()))
    off = np.abs(thickness_m[:, None] / usual - 1).min(1)
    return float(weight[off < 0.012].sum() / weight.sum())


def _dimensions(drawing: Drawing) -> UnitVote | None:
    """A dimension shows millimetres or metres, by custom; which, its longest says; typed numbers tie it to the length drawn."""
    lengths = [one for one in drawing.dimensions if one.kind in ("linear", "aligned") and one.measured > 0]
    if not lengths:
        return None
    factors = [one.factor or 1.0 for one in lengths]
    factor = float(np.median(factors))
    shown = _shown_in(lengths, max(one.measured for one in lengths))
    if shown is None:
        return None
    implied = shown * factor
    unit = next((unit for unit in CANDIDATES_M if same(implied, unit)), None)
    return UnitVote("dimensions", unit, len(lengths)) if unit else None


def _shown_in(dimensions: list[Dimension], longest: float) -> float | None:
    """Return what the shown numbers count, in metres: typed numbers by their ratio to what is measured, else the size of the longest."""
    ratios = []
    for one in dimensions:
        typed = _NUMBER.fullmatch(comparable(one.text).removesuffix("mm"))
        if typed and float(typed[0]) >= 100:
            ratios.append(float(typed[0]) * 0.001 / one.measured)  # whole numbers from 100 on are millimetres
    if len(ratios) >= 2:
        middle = float(np.median(ratios))
        return next((unit for unit in CANDIDATES_M if abs(middle / unit - 1) < 0.15), None)
    inches = any("'" in one.text or '"' in one.text for one in dimensions)
    choices = (0.0254, 0.3048) if inches else (0.001, 1.0)
    fit = [unit for unit in choices if _LONGEST_M[0] <= longest * unit <= _LONGEST_M[1]]
    return fit[0] if len(fit) == 1 else None
