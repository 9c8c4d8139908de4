"""Both drawings in the axes of the old one, ready to be drawn one over the other; and the clouds around what differs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.drawing.compare.placing import laid_over
from geo.drawing.difference import Alignment, ChangeSet, Difference
from geo.drawing.model import Floats
from geo.drawing.render import Picture, Placing, laid, picture
from relocation.reports.comparison_sheet import ComparisonSheet

Point = tuple[float, float]
Box = tuple[float, float, float, float]

REFUSED = "refused"
CLOUD_MARGIN_SHARE = 0.05
"""How far a cloud stands off what it encloses, as a share of its longer side, so that no line runs along it."""


@dataclass(frozen=True)
class Laid:
    """Two pictures in one unit and one pair of axes. metres: whether that unit is the metre.

    together: whether the new one was laid over the old one; where not, each has its own axes and nothing is compared.
    unit_old, unit_new: what one drawing unit of each is in its picture.
    """

    old: Picture
    new: Picture
    metres: bool
    together: bool
    unit_old: float = 1.0
    unit_new: float = 1.0

    @property
    def box(self) -> Box:
        """The box around the old picture and, where they lie together, the new one; a unit square where nothing is drawn."""
        return joined([one for one in (self.old.box, self.new.box if self.together else None) if one])


def lay(sheet: ComparisonSheet, *, apart: bool = False) -> Laid:
    """Return the two drawings of a sheet as they are to be drawn. apart: each in its own axes, however well they were aligned."""
    unit, alignment = sheet.comparison.unit_m, main_alignment(sheet)
    factor = 1.0 if unit is None else unit
    old = laid(picture(sheet.old), _scaled(factor))
    if alignment is None or apart:
        own = sheet.plans_new.unit.metres if unit is not None and sheet.plans_new is not None else None
        factor_new = factor if own is None else own
        return Laid(old, laid(picture(sheet.new), _scaled(factor_new)), unit is not None, together=False, unit_old=factor, unit_new=factor_new)
    new = laid(picture(sheet.new), placing(alignment, unit))
    return Laid(old, new, unit is not None, together=True, unit_old=factor, unit_new=factor)


def main_alignment(sheet: ComparisonSheet) -> Alignment | None:
    """Return the alignment that most of the drawing rests on, None where every view was refused."""
    kept = [one for one in sheet.comparison.alignments if one.status != REFUSED]
    return max(kept, key=lambda one: one.inlier) if kept else None


def placing(one: Alignment, unit_m: float | None) -> Placing:
    """Return what takes points of the new drawing (its units) into the picture: onto the old drawing, then into metres where its unit is known."""

    def place(points: Floats) -> Floats:
        moved: Floats = laid_over(points, one) * (1.0 if unit_m is None else unit_m)
        return moved

    return place


def _scaled(factor: float) -> Placing:
    def place(points: Floats) -> Floats:
        return points * factor

    return place


def joined(boxes: Sequence[Box]) -> Box:
    """Return the least box around several; a unit square for none."""
    if not boxes:
        return (0.0, 0.0, 1.0, 1.0)
    low, high = np.array(boxes)[:, :2].min(axis=0), np.array(boxes)[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def cloud(one: ChangeSet, span: float) -> list[Point]:
    """Return the corners of a cloud in order, spaced evenly enough for equal bulges; span: the length of the picture's longer side.

    Corners run clockwise, so that every bulge drawn to the left of its way points outwards.
    """
    corners = list(one.cloud) if len(one.cloud) > MIN_CLOUD else _boxed(one.box, span)
    way = np.array([*corners, corners[0]])
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(way, axis=0).T))]
    step = max(span * 0.012, float(along[-1]) / 120)
    stops = np.linspace(0.0, along[-1], max(8, round(float(along[-1]) / step)) + 1)[:-1]
    return list(zip(np.interp(stops, along, way[:, 0]).tolist(), np.interp(stops, along, way[:, 1]).tolist(), strict=True))


MIN_CLOUD = 3
"""A cloud of fewer corners encloses nothing; the box is drawn instead."""


def _boxed(box: Box, span: float) -> list[Point]:
    x1, y1, x2, y2 = box
    off = max(CLOUD_MARGIN_SHARE * max(x2 - x1, y2 - y1), span * 0.008)
    return [(x1 - off, y1 - off), (x1 - off, y2 + off), (x2 + off, y2 + off), (x2 + off, y1 - off)]


def in_order(sheet: ComparisonSheet) -> list[tuple[ChangeSet, list[Difference]]]:
    """Return the change sets by number, each with its differences; what belongs to no set is left to `outside`."""
    known = {one.id: one for one in sheet.comparison.differences}
    return [(one, [known[id] for id in one.members if id in known]) for one in sorted(sheet.comparison.change_sets, key=lambda one: one.number)]
