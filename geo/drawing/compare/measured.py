"""What the dimensions of two drawings differ by: measured anew, typed over, added, removed; where their figure stands does not matter."""

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.items import Item
from geo.drawing.compare.leftovers import Shape
from geo.drawing.difference import Tolerances
from geo.drawing.model import Dimension, Floats
from geo.drawing.text import comparable

_NEAR_M = 1.6  # a dimension whose points went farther than this is another one
_Described = tuple[int, str, list[float]]
"""A row of the dimensions, its kind, and the numbers by which it is known again, in metres."""


def differing_dimensions(old: Sequence[Dimension], new: Sequence[Dimension], units: tuple[float, float], tolerances: Tolerances) -> tuple[list[Item], int]:
    """Return what dimensions differ by, and how many measure the same from another place. units: metres of a drawing unit of each.

    A dimension is known by what it measures between; then by the stretch along its direction, the wall it stands before having gone
    or come; then by its figure, having gone along with what it measures; and at last by where its figure stands and how it runs.
    """
    left, right = list(range(len(old))), list(range(len(new)))
    fine_m = max(2 * tolerances.report_m - tolerances.match_m, tolerances.match_m)
    items: list[Item] = []
    quiet = 0
    for described in (_ends, _stretch, _figure, _stands):
        here = [(row, old[row].kind, described(old[row], units[0], fine_m)) for row in left]
        there = [(row, new[row].kind, described(new[row], units[1], fine_m)) for row in right]
        pairs = _paired(here, there)
        left, right = _without(left, pairs, 0), _without(right, pairs, 1)
        found = [one for a, b in pairs if (one := _changed(old[a], new[b], units, tolerances))]
        items += found
        quiet += 0 if described is _ends else len(pairs) - len(found)
    items += [_alone("removed", old[a], units[0]) for a in left]
    items += [_alone("added", new[b], units[1]) for b in right]
    return items, quiet


def _without(rows: list[int], pairs: list[tuple[int, int]], side: int) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [row for row in rows if row not in taken]


def _ends(one: Dimension, _unit_m: float, fine_m: float) -> list[float]:
    """Return the two outermost points of what is measured, in one order, and where the figure stands, which tells twins apart only."""
    points = sorted(map(tuple, one.points.round(4).tolist()))
    scale = _NEAR_M / fine_m
    return [scale * value for value in (*points[0], *points[-1], 0.02 * one.x, 0.02 * one.y)]


def _stretch(one: Dimension, _unit_m: float, fine_m: float) -> list[float]:
    """Return from where to where it measures along its direction, to the fine; how far aside its line runs, coarsely; and its direction."""
    line = np.array(_shape(one))
    way = line[-1] - line[0]
    turn = float(np.arctan2(way[1], way[0])) % np.pi
    turn = 0.0 if turn > np.pi - 1e-3 else turn  # nearly level is level, from whichever side
    along, aside = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    ends = sorted(float(point @ along) * _NEAR_M / fine_m for point in (line[0], line[-1]))
    return [*ends, float(line[0] @ aside), *_direction(way)]


def _figure(one: Dimension, unit_m: float, fine_m: float) -> list[float]:
    """Return what it measures, to the fine, and where its figure stands and how it runs."""
    return [_length(one, unit_m) * _NEAR_M / fine_m, *_stands(one, unit_m, fine_m)]


def _stands(one: Dimension, _unit_m: float, _fine_m: float) -> list[float]:
    """Return where the figure stands and how the dimension runs."""
    middle = one.points[[0, -1]].mean(axis=0)
    return [one.x, one.y, 0.3 * float(middle[0]), 0.3 * float(middle[1]), *_direction(one.points[-1] - one.points[0])]


def _direction(way: Floats) -> list[float]:
    """Return a direction whichever way it is run; three metres stand for a right angle and a half."""
    turn = 2 * float(np.arctan2(way[1], way[0]))
    return [3 * float(np.cos(turn)), 3 * float(np.sin(turn))]


def _paired(old: Sequence[_Described], new: Sequence[_Described]) -> list[tuple[int, int]]:
    """Return rows that are described nearly the same, the nearest first, each once: those within `_NEAR_M` and of one kind."""
    if not old or not new:
        return []
    here, there = (np.array([numbers for _, _, numbers in side]) for side in (old, new))
    distance, at = cKDTree(there).query(here, k=min(6, len(new)), distance_upper_bound=_NEAR_M)
    distance, at = distance.reshape(len(old), -1), at.reshape(len(old), -1)
    rows, places = np.nonzero(np.isfinite(distance))
    ranked = sorted((float(distance[row, place]), int(row), int(at[row, place])) for row, place in zip(rows, places, strict=True))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, a, b in ranked:
        if a not in used[0] and b not in used[1] and old[a][1].split("-")[0] == new[b][1].split("-")[0]:
            used[0].add(a)
            used[1].add(b)
            pairs.append((old[a][0], new[b][0]))
    return pairs


def _changed(one: Dimension, other: Dimension, units: tuple[float, float], tolerances: Tolerances) -> Item | None:
    before, after = _length(one, units[0]), _length(other, units[1])
    moved = abs(before - after) > max(tolerances.report_m - tolerances.match_m, 0.0)
    typed = _typed(one), _typed(other)
    if typed[0] != typed[1]:
        said = [text or shown(dimension, unit) for text, dimension, unit in zip(typed, (one, other), units, strict=True)]
        if _says_same(said[0], said[1]) and not moved:
            return None
        return Item("changed", "override", (_shape(one),), (_shape(other),), (one.of,), (other.of,), said[0], said[1], None, 3, (other.x, other.y))
    if not moved or one.kind == "ordinate":
        return None
    return Item(
        "changed",
        "dimension",
        (_shape(one),),
        (_shape(other),),
        (one.of,),
        (other.of,),
        shown(one, units[0]),
        shown(other, units[1]),
        None,
        2,
        (other.x, other.y),
    )


def _says_same(one: str, other: str) -> bool:
    """Whether two figures are one: "6000" typed over 6000 says nothing new."""
    try:
        return abs(float(one) - float(other)) < 0.5
    except ValueError:
        return comparable(one) == comparable(other)


def _typed(one: Dimension) -> str:
    """Return what was typed in place of the measurement, "" where the measurement shows."""
    text = one.text.strip()
    return "" if text in ("", "<>") else text


def _length(one: Dimension, unit_m: float) -> float:
    """Return what a dimension measures: metres, or of an angle its arc a metre from the corner."""
    return one.measured / (one.factor or 1.0) * unit_m if one.kind != "angular" else one.measured


def shown(one: Dimension, unit_m: float) -> str:
    """Return the figure that a dimension shows, lengths in millimetres whatever the drawing's unit."""
    if one.kind == "angular":
        return f"{np.degrees(one.measured):.1f}°"
    return f"{_length(one, unit_m) * 1000:.0f}"


def _shape(one: Dimension) -> Shape:
    """Return the dimension line: what is measured, beside where it is drawn."""
    first, last = one.points[0], one.points[-1]
    way = last - first
    if one.kind == "linear" and abs(one.measured / (one.factor or 1.0) - float(np.hypot(*way))) > 1e-6 * float(np.hypot(*way)):
        way = np.array([way[0], 0.0]) if abs(way[0]) >= abs(way[1]) else np.array([0.0, way[1]])
    length = float(np.hypot(*way))
    if one.kind not in ("linear", "aligned") or not length:
        return tuple((float(x), float(y)) for x, y in one.points)
    unit = way / length
    at = np.array([one.x, one.y])
    ends = [at + unit * float((point - at) @ unit) for point in (first, last)]
    return tuple((float(x), float(y)) for x, y in ends)


def _alone(op: str, one: Dimension, unit_m: float) -> Item:
    said = _typed(one) or shown(one, unit_m)
    at = (one.x, one.y)
    if op == "removed":
        return Item(op, "dimension", (_shape(one),), (), (one.of,), (), said, None, None, 1, at)
    return Item(op, "dimension", (), (_shape(one),), (), (one.of,), None, said, None, 1, at)
