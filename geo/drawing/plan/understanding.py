"""A drawing understood: unit of measure, views, title blocks, unit types with outline, rooms and openings, and what is odd about it."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from geo.drawing.dwelling import Corrections, Plans, UnitOfMeasure, UnitPlan, UnitVote, View
from geo.drawing.model import Drawing, Floats
from geo.drawing.plan.annotations import scale_in, unit_label
from geo.drawing.plan.assembling import plans_of, rooms_written, unplanned
from geo.drawing.plan.basis import Reading
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.planflags import flags_of
from geo.drawing.plan.replay import replayed
from geo.drawing.plan.roles import roles_of
from geo.drawing.plan.storeys import whole
from geo.drawing.plan.titleblocks import Titles, titles_of
from geo.drawing.plan.units import area_vote, frame_vote, provisional, same, voted, votes_of
from geo.drawing.plan.views import PAPER_M, frames_of, shown_lines, split, straight_axes
from geo.drawing.text import comparable


def understand(drawing: Drawing, naming: Naming, corrections: Corrections | None = None) -> Plans:
    """Return everything understood of one drawing.

    naming: the words by which layers, blocks and texts are known. corrections: what an engineer set right, replayed.
    Nothing is measured where the unit of measure is not voted by at least two kinds of evidence; labels, persons and written
    areas are told then, with "unit" among the reasons.
    """
    corrections = corrections or Corrections()
    roles = roles_of(drawing, naming, corrections.wall_layers)
    axes = straight_axes(drawing, roles)
    votes = votes_of(drawing, roles)
    supposed = corrections.unit_m or provisional(votes)
    titles = titles_of(drawing, naming, axes, supposed)
    if supposed is None:
        return Plans(voted(votes, drawing.header_unit), (), titles.blocks, (), flags_of(drawing, roles, None, (), titles.blocks, ()), roles.names)
    reading = Reading(drawing, naming, roles, supposed, corrections, titles.texts)
    views, plans = _measured(reading, titles)
    unit = _unit(reading, votes, plans, titles)
    if unit.metres is not None and not same(unit.metres, supposed):
        titles = titles_of(drawing, naming, axes, unit.metres)
        views, plans = _measured(replace(reading, metres=unit.metres), titles)
    if unit.metres is None:
        plans = tuple(_unmeasured(plan) for plan in plans)
    return Plans(unit, views, titles.blocks, plans, flags_of(drawing, roles, unit.metres, views, titles.blocks, plans), roles.names)


def _measured(reading: Reading, titles: Titles) -> tuple[tuple[View, ...], tuple[UnitPlan, ...]]:
    views = split(reading.drawing, reading.naming, reading.roles, reading.metres)
    found = whole([one for number, view in enumerate(views) for one in plans_of(reading, view, number)])
    found += unplanned(reading, views, found)
    if len(found) == 1 and not found[0].label:  # a sheet of one plan is called what its title block says
        name = next((name for title in titles.blocks if (name := unit_label(comparable(title.name)))), "")
        reasons = tuple(reason for reason in found[0].open_because if not name or reason != "unlabelled")
        found = [replace(found[0], label=name, open_because=reasons)]
    return views, replayed(found, reading.corrections, _wall_corners(reading))


def _wall_corners(reading: Reading) -> Floats:
    """Return the ends of the lines of walls, n × 2, metres; none where no outline was traced."""
    if not reading.corrections.outlines:
        return np.empty((0, 2))
    lines = reading.drawing.lines
    return lines.xy[reading.roles.having("wall")[lines.of]].reshape(-1, 2) * reading.metres


def _unit(reading: Reading, votes: tuple[UnitVote, ...], plans: Iterable[UnitPlan], titles: Titles) -> UnitOfMeasure:
    """Return the unit by all votes: those cast before, and those of the areas written on the plans and of the paper."""
    pairs = [pair for plan in plans for pair in rooms_written(plan.rooms)]
    pairs += [(plan.annotated_m2, plan.gross_m2) for plan in plans if plan.annotated_m2 is not None and plan.gross_m2 is not None]
    more = (area_vote(pairs, reading.metres), frame_vote(_papers(reading, titles)))
    return voted((*votes, *(vote for vote in more if vote)), reading.drawing.header_unit, reading.corrections.unit_m)


def _papers(reading: Reading, titles: Titles) -> list[tuple[float, float, float]]:
    """Return (longer side in drawing units, of which paper, scale) of each frame for each paper that it may be."""
    scales = sorted({scale for title in titles.blocks if (scale := scale_in(title.scale)) is not None})
    lines = shown_lines(reading.drawing, reading.roles)
    sides = [max(box[2] - box[0], box[3] - box[1]) for box in (frame.box for frame in frames_of(lines, reading.metres))]
    papers = [paper[0] * (1 + eighths / 8) for paper in PAPER_M.values() for eighths in range(5)]
    return [(side, paper, float(scale)) for side in sides for scale in scales for paper in papers]


def _unmeasured(plan: UnitPlan) -> UnitPlan:
    """Return a plan without what depends on the unit of measure, which is not known."""
    return replace(plan, outline=None, gross_m2=None, gross_error_m2=0.0, balcony_m2=0.0, rooms=(), openings=(), open_because=("unit", *plan.open_because))
