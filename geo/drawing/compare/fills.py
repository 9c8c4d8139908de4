"""What the filled regions of two drawings differ by: the region counts, not its pattern, nor in how many pieces it was filled."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.drawing.compare.items import Item
from geo.drawing.compare.leftovers import Shape
from geo.drawing.difference import Tolerances
from geo.drawing.model import Floats, Hatch

_TWIN = 0.3  # share of the smaller region that two have in common where one became the other


def differing_hatches(old: Sequence[Hatch], new: Sequence[Hatch], tolerances: Tolerances) -> tuple[list[Item], int]:
    """Return what regions differ by, and how many are the same under another pattern or in other pieces."""
    before, after = [_region(one) for one in old], [_region(one) for one in new]
    same, quiet = _twins(old, new, before, after, tolerances.report_m)
    left = [row for row in range(len(old)) if row not in same[0] and not before[row].is_empty]
    right = [row for row in range(len(new)) if row not in same[1] and not after[row].is_empty]
    gone, folded = _uncovered(before, left, after, tolerances.report_m)
    come, more = _uncovered(after, right, before, tolerances.report_m)
    pairs = _became(before, left, after, right, {row for row, _ in gone}, {row for row, _ in come})
    items = []
    for row, other in pairs:
        areas = round(float(before[row].area), 3), round(float(after[other].area), 3)
        at = dict(gone).get(row) or dict(come)[other]
        items.append(Item("changed", "hatch", _drawn(before[row]), _drawn(after[other]), (old[row].of,), (new[other].of,), *areas, None, 1, _inside(at)))
    taken = {row for row, _ in pairs}, {other for _, other in pairs}
    items += [Item("removed", "hatch", _drawn(part), (), (old[row].of,), (), None, None, None, 1, _inside(part)) for row, part in gone if row not in taken[0]]
    items += [Item("added", "hatch", (), _drawn(part), (), (new[row].of,), None, None, None, 1, _inside(part)) for row, part in come if row not in taken[1]]
    return items, quiet + folded + more


def _became(before: list[BaseGeometry], left: list[int], after: list[BaseGeometry], right: list[int], gone: set[int], come: set[int]) -> list[tuple[int, int]]:
    """Return which region became which: those that have most in common, where either has something that the other drawing leaves open."""
    shares = [(_common(before[row], after[other]), row, other) for row in left for other in right if row in gone or other in come]
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for share, row, other in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
        if share > _TWIN and row not in used[0] and other not in used[1]:
            used[0].add(row)
            used[1].add(other)
            pairs.append((row, other))
    return pairs


def _region(one: Hatch) -> BaseGeometry:
    """Return what is filled: rings inside one another fill and spare in turn."""
    region: BaseGeometry = shapely.Polygon()
    for ring in sorted((ring for ring in one.rings if len(ring) > 2 and np.isfinite(ring).all()), key=lambda ring: -float(np.ptp(ring, axis=0).prod())):
        region = region.symmetric_difference(shapely.Polygon(ring).buffer(0))
    return region


def _twins(
    old: Sequence[Hatch], new: Sequence[Hatch], before: list[BaseGeometry], after: list[BaseGeometry], reach_m: float
) -> tuple[tuple[set[int], set[int]], int]:
    """Return the regions of either drawing that one of the other equals, and how many of them changed their pattern."""
    used: tuple[set[int], set[int]] = (set(), set())
    quiet = 0
    if not old or not new:
        return used, quiet
    tree = shapely.STRtree(after)
    for row, one in enumerate(before):
        for other in sorted(tree.query(one).tolist()):
            theirs = after[other]
            if other in used[1] or abs(one.area - theirs.area) > reach_m * one.length or np.abs(np.array(one.bounds) - np.array(theirs.bounds)).max() > reach_m:
                continue
            if one.symmetric_difference(theirs).area <= 0.5 * reach_m * one.length:
                used[0].add(row)
                used[1].add(other)
                quiet += (old[row].pattern, old[row].solid) != (new[other].pattern, new[other].solid)
                break
    return used, quiet


def _uncovered(mine: list[BaseGeometry], rows: list[int], others: list[BaseGeometry], reach_m: float) -> tuple[list[tuple[int, BaseGeometry]], int]:
    """Return the regions of which the others leave something uncovered, with what they leave; and how many they cover in other pieces."""
    if not rows:
        return [], 0
    tree = shapely.STRtree(others) if others else None
    found: list[tuple[int, BaseGeometry]] = []
    covered = 0
    for row in rows:
        near = [others[at] for at in sorted(tree.query(mine[row]).tolist())] if tree is not None else []
        left: BaseGeometry = mine[row].difference(shapely.union_all(near).buffer(reach_m)) if near else mine[row]
        left = left.buffer(-reach_m / 2).buffer(reach_m / 2)
        if left.is_empty:
            covered += 1
        else:
            found.append((row, left))
    return found, covered


def _common(one: BaseGeometry, other: BaseGeometry) -> float:
    if not one.intersects(other):
        return 0.0
    return float(one.intersection(other).area / max(min(one.area, other.area), 1e-9))


def _drawn(region: BaseGeometry) -> tuple[Shape, ...]:
    rings = [ring for part in shapely.get_parts(region) for ring in (part.exterior, *part.interiors)] if region.area else []
    return tuple(tuple((float(x), float(y)) for x, y in _points(ring)) for ring in rings)


def _points(ring: BaseGeometry) -> Floats:
    points: Floats = shapely.get_coordinates(ring)
    return points


def _inside(region: BaseGeometry) -> tuple[float, float]:
    at = region.representative_point()
    return float(at.x), float(at.y)
