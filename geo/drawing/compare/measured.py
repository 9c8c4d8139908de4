"""What the dimensions of two drawings differ by: measured anew, typed over, added, removed; where their figure stands does not matter."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.spatial import cKDTree

from geo.drawing.compare.items import Item
from geo.drawing.compare.leftovers import Shape
from geo.drawing.difference import Tolerances
from geo.drawing.model import Dimension, Floats
from geo.drawing.text import comparable

_NEAR_M = 1.6  # a dimension whose points went farther than this is another one


def differing_dimensions(old: Sequence[Dimension], new: Sequence[Dimension], units: tuple[float, float], tolerances: Tolerances) -> tuple[list[Item], int]:
    """Return what dimensions differ by, and how many measure the same from another place. units: metres of a drawing unit of each.

    A dimension is known by what it measures between; then by where its figure stands and how it runs.
    """
    left, right = list(range(len(old))), list(range(len(new)))
    same = _paired(old, new, left, right, _ends, 2 * tolerances.report_m - tolerances.match_m)
    items = [found for a, b in same if (found := _changed(old[a], new[b], units, tolerances))]
    left, right = _without(left, same, 0), _without(right, same, 1)
    near = _paired(old, new, left, right, _stands, _NEAR_M)
    quiet = 0
    for a, b in near:
        found = _changed(old[a], new[b], units, tolerances)
        items += [found] if found else []
        quiet += found is None
    items += [_alone("removed", old[a], units[0]) for a in _without(left, near, 0)]
    items += [_alone("added", new[b], units[1]) for b in _without(right, near, 1)]
    return items, quiet


def _without(rows: list[int], pairs: list[tuple[int, int]], side: int) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [row for row in rows if row not in taken]


def _ends(one: Dimension) -> list[float]:
    """Return the two outermost points of what is measured, in one order, and where the figure stands, which tells twins apart only."""
    points = sorted(map(tuple, one.points.round(4).tolist()))
    return [*points[0], *points[-1], 0.02 * one.x, 0.02 * one.y]


def _stands(one: Dimension) -> list[float]:
    """Return where the figure stands and how the dimension runs; three metres across count as one of direction."""
    way = one.points[-1] - one.points[0]
    turn = 2 * float(np.arctan2(way[1], way[0]))
    middle = one.points[[0, -1]].mean(axis=0)
    return [one.x, one.y, 0.3 * float(middle[0]), 0.3 * float(middle[1]), 3 * float(np.cos(turn)), 3 * float(np.sin(turn))]


def _paired(
    old: Sequence[Dimension], new: Sequence[Dimension], left: list[int], right: list[int], described: Callable[[Dimension], list[float]], reach: float
) -> list[tuple[int, int]]:
    if not left or not right:
        return []
    here: Floats = np.array([described(old[row]) for row in left])
    there: Floats = np.array([described(new[row]) for row in right])
    distance, at = cKDTree(there).query(here, k=min(6, len(right)), distance_upper_bound=reach)
    distance, at = distance.reshape(len(left), -1), at.reshape(len(left), -1)
    rows, places = np.nonzero(np.isfinite(distance))
    ranked = sorted((float(distance[row, place]), left[row], right[at[row, place]]) for row, place in zip(rows, places, strict=True))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, a, b in ranked:
        if a not in used[0] and b not in used[1] and old[a].kind.split("-")[0] == new[b].kind.split("-")[0]:
            used[0].add(a)
            used[1].add(b)
            pairs.append((a, b))
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
