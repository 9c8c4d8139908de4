"""Which part of one drawing lies on which part of the other: the whole at once, or view by view where the sheet was re-arranged."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.drawing.compare.aligning import Laying, align
from geo.drawing.compare.footing import Footing, held
from geo.drawing.compare.marks import Marks, laid
from geo.drawing.compare.scoring import ground
from geo.drawing.dwelling import Plans, View
from geo.drawing.plan.roles import Mask
from geo.drawing.text import comparable

_ASTRAY = 0.3  # share of a view's points that meet, below which it lies elsewhere in the other drawing
_FOUND = 0.7  # and from which it was found there
_FEWEST = 16  # points of a view that can be looked for
_MOST = 80  # pairs of views that are tried
_FRAME_POINTS = 24  # of a sheet's border and title block that must meet
_FRAME_SPAN = 0.9  # of the extent of either drawing that they must reach across


@dataclass(frozen=True)
class Over:
    """Marks of the old drawing, those of the new one laid on them, and how. coarse: little of it is alike, so it is told in the large."""

    old: Marks
    new: Marks
    laying: Laying
    coarse: bool = False


@dataclass(frozen=True)
class Laid:
    """What lies on what, and what found no counterpart: entities of both drawings."""

    overs: tuple[Over, ...]
    rearranged: int = 0
    lonely: int = 0


def overlaid(old: Footing, new: Footing, plans: tuple[Plans, Plans], tolerance_m: float) -> tuple[Laid, Laying | None]:
    """Return what lies on what, nothing where the drawings cannot be compared; and the best laying of the whole, found or refused."""
    whole = align(old.marks, new.marks, tolerance_m)
    parts = [_parts(one, views) for one, views in zip((old, new), plans, strict=True)]
    if whole is not None and whole.sure:
        return _mostly_whole(old, new, parts, whole, tolerance_m), whole
    found = _view_by_view(old.marks, new.marks, parts, tolerance_m) if max(map(len, parts)) > 1 else Laid(())
    if not found.overs and whole is not None and _framed(old.marks, new.marks, whole, tolerance_m):
        found = Laid((Over(old.marks, laid(new.marks, whole.by), whole, coarse=True),))
    return found, whole


def _parts(one: Footing, plans: Plans) -> list[tuple[View, Mask]]:
    """Return the views that hold anything, with the entities of each."""
    made = []
    for view in plans.views:
        rows = np.zeros(len(one.drawing.entities), np.bool_)
        rows[list(view.entities)] = True
        if rows[one.marks.line_of].any() or rows[one.marks.arc_of].any():
            made.append((view, rows))
    return made


Parts = list[tuple[View, Mask]]


def _mostly_whole(old: Footing, new: Footing, parts: list[Parts], whole: Laying, tolerance_m: float) -> Laid:
    """Return the whole on the whole, but for views that lie elsewhere: those by themselves."""
    over = laid(new.marks, whole.by)
    astray = _astray(old.marks, over, parts[0], tolerance_m) if len(parts[0]) > 1 else []
    if not astray:
        return Laid((Over(old.marks, over, whole),))
    others = _astray(over, old.marks, parts[1], tolerance_m)
    pairs = list(_matched(old.marks, new.marks, astray, others, tolerance_m))
    if not pairs:
        return Laid((Over(old.marks, over, whole),))
    gone, come = _none(old), _none(new)
    for one, other, _ in pairs:
        gone |= one
        come |= other
    overs = [Over(held(old.marks, ~gone), laid(held(new.marks, ~come), whole.by), whole)]
    overs += [_over(old.marks, new.marks, one, other, laying) for one, other, laying in pairs]
    return Laid(tuple(overs), rearranged=len(pairs))


def _none(one: Footing) -> Mask:
    rows: Mask = np.zeros(len(one.drawing.entities), np.bool_)
    return rows


def _over(old: Marks, new: Marks, one: Mask, other: Mask, laying: Laying) -> Over:
    return Over(held(old, one), laid(held(new, other), laying.by), laying)


def _astray(mine: Marks, other: Marks, parts: Parts, tolerance_m: float) -> Parts:
    """Return the views of which hardly anything is met where it lies."""
    found = []
    tree = ground(other.points, other.points, tolerance_m).old_tree
    for view, rows in parts:
        points = held(mine, rows).points
        if len(points) >= _FEWEST and np.isfinite(tree.query(points, distance_upper_bound=2 * tolerance_m)[0]).mean() < _ASTRAY:
            found.append((view, rows))
    return found


def _matched(old: Marks, new: Marks, ones: Parts, others: Parts, tolerance_m: float) -> Iterator[tuple[Mask, Mask, Laying]]:
    """Yield views with their counterparts, best first; those of one title are tried first, and no more pairs than can be afforded."""
    pairs = sorted(
        ((one, other) for one in range(len(ones)) for other in range(len(others))),
        key=lambda pair: (not _one_title(ones[pair[0]][0], others[pair[1]][0]), _unlike(ones[pair[0]][0], others[pair[1]][0])),
    )
    tried: list[tuple[float, int, int, Laying]] = []
    sure: tuple[set[int], set[int]] = (set(), set())
    for one, other in pairs[:_MOST]:
        if one in sure[0] or other in sure[1]:
            continue
        laying = align(held(old, ones[one][1]), held(new, others[other][1]), tolerance_m)
        if laying is not None and laying.sure and laying.inlier >= _FOUND:
            tried.append((-laying.inlier, one, other, laying))
            if laying.inlier > 0.95:
                sure[0].add(one)
                sure[1].add(other)
    used: tuple[set[int], set[int]] = (set(), set())
    for _, one, other, laying in sorted(tried, key=lambda each: each[:3]):
        if one not in used[0] and other not in used[1]:
            used[0].add(one)
            used[1].add(other)
            yield ones[one][1], others[other][1], laying


def _one_title(one: View, other: View) -> bool:
    return bool(one.title) and comparable(one.title) == comparable(other.title)


def _unlike(one: View, other: View) -> float:
    """Return how unlike the sizes of two views are, whichever way they are turned."""
    sizes = [sorted((max(box[2] - box[0], 1e-6), max(box[3] - box[1], 1e-6))) for box in (one.box_m, other.box_m)]
    return float(np.abs(np.log(np.array(sizes[0]) / np.array(sizes[1]))).sum())


def _view_by_view(old: Marks, new: Marks, parts: list[Parts], tolerance_m: float) -> Laid:
    pairs = list(_matched(old, new, parts[0], parts[1], tolerance_m))
    overs = tuple(_over(old, new, one, other, laying) for one, other, laying in pairs)
    lonely = 0
    for side in (0, 1):
        taken = [pair[side] for pair in pairs]
        lonely += sum(int(rows.sum()) for _, rows in parts[side] if not any(rows is one for one in taken))
    return Laid(overs, rearranged=len(pairs), lonely=lonely) if overs else Laid(())


def _framed(old: Marks, new: Marks, by: Laying, tolerance_m: float) -> bool:
    """Whether the two are one sheet with another content: border and title block lie on one another, from end to end."""
    on = ground(old.points, new.points, tolerance_m)
    over = by.by.of(on.new)
    met = np.isfinite(on.old_tree.query(over, distance_upper_bound=2 * tolerance_m)[0])
    if met.sum() < _FRAME_POINTS:
        return False
    span = np.ptp(over[met], axis=0)
    reach = np.maximum(np.ptp(on.old, axis=0), np.ptp(over, axis=0))
    return bool((span >= _FRAME_SPAN * reach).all())
