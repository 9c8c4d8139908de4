"""What an engineer set right, laid over what was understood: labels, outlines and persons; layers, gaps and the unit come before."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely import Polygon

from geo.drawing.dwelling import Corrections, Reason, Room, UnitPlan
from geo.drawing.model import Floats
from geo.drawing.plan.annotations import unit_label
from geo.drawing.text import comparable

_CUT_SHARE = 0.02
"""An outline that has less than this of a room within, or without, only grazes it: it was drawn along the inner face."""

_TRACED_M = 0.05
"""How far a line traced by hand may run beside the face of a wall, however well its corners were met."""


def replayed(plans: Sequence[UnitPlan], corrections: Corrections, corners: Floats) -> tuple[UnitPlan, ...]:
    """Return the plans with labels, outlines and persons as they were set right by hand, `corrected-…` among the reasons.

    A label that names a unit type, or that stands in no room, is the unit's; another one is the room's. An outline whose label no
    plan has makes a plan of its own. corners: ends of walls (n × 2, metres), by which outlines traced by hand are judged.
    """
    found = list(plans)
    for x, y, label in corrections.labels:
        found = _labelled(found, shapely.Point(x, y), label)
    for label, ring in corrections.outlines.items():
        found = _outlined(found, label, ring, corners)
    return tuple(_peopled(plan, corrections) for plan in found)


def _labelled(plans: list[UnitPlan], at: shapely.Point, label: str) -> list[UnitPlan]:
    drawn = [plan for plan in plans if plan.outline is not None]
    if not drawn:
        return plans
    nearest = min(drawn, key=lambda plan: float(shapely.distance(plan.outline, at)))
    named = unit_label(comparable(label))
    room = next((room for room in nearest.rooms if room.outline.covers(at)), None)
    if named or room is None:
        made = replace(nearest, label=named or label, open_because=_reasons(nearest, "corrected-label", without="unlabelled"))
    else:
        rooms = tuple(replace(one, labels=(label,)) if one is room else one for one in nearest.rooms)
        made = replace(nearest, rooms=rooms, open_because=_reasons(nearest, "corrected-label"))
    return [made if plan is nearest else plan for plan in plans]


def _outlined(plans: list[UnitPlan], label: str, ring: Sequence[tuple[float, float]], corners: Floats) -> list[UnitPlan]:
    drawn = Polygon(ring)
    if not drawn.is_valid or not drawn.area:
        return plans
    error_m2 = round(_traced_error_m2(drawn, corners), 6)
    fellow = next((plan for plan in plans if comparable(plan.label) == comparable(label)), None)
    if fellow is None:
        return [*plans, UnitPlan(label, drawn, round(drawn.area, 6), error_m2, 0.0, None, (), open_because=("corrected-outline",))]
    by_hand: tuple[Reason, ...] = ("corrected-outline", "corrected-outline-cuts") if any(_cut(room, drawn) for room in fellow.rooms) else ("corrected-outline",)
    reasons = (*(reason for reason in fellow.open_because if not reason.startswith(("outline-", "thickness-"))), *by_hand)
    rooms = tuple(room for room in fellow.rooms if _inside(room, drawn))
    made = replace(fellow, outline=drawn, gross_m2=round(drawn.area, 6), gross_error_m2=error_m2, rooms=rooms, open_because=reasons)
    return [made if plan is fellow else plan for plan in plans]


def _traced_error_m2(outline: Polygon, corners: Floats) -> float:
    """Return how far the area of a traced outline may be off: its corners' mean distance from the ends of walls, or what a hand is off, all along it."""
    ring = np.asarray(outline.exterior.coords)[:-1]
    off_m = float(cKDTree(corners).query(ring)[0].mean()) if len(corners) else np.inf
    return float(min(max(off_m, _TRACED_M) * outline.length, outline.area))


def _cut(room: Room, outline: Polygon) -> bool:
    """Whether an outline leaves out a part of a closed room: it was not drawn along the outer face of the walls."""
    within = float(shapely.intersection(room.outline, outline).area) / room.outline.area if room.outline.area else 0.0
    return room.confidence == "exact" and _CUT_SHARE < within < 1 - _CUT_SHARE


def _inside(room: Room, outline: Polygon) -> bool:
    return bool(outline.covers(room.outline.representative_point()))


def _peopled(plan: UnitPlan, corrections: Corrections) -> UnitPlan:
    number = next((number for label, number in corrections.persons.items() if comparable(label) == comparable(plan.label)), None)
    return plan if number is None else replace(plan, persons=(number,), written_persons=plan.persons, open_because=_reasons(plan, "corrected-persons"))


def _reasons(plan: UnitPlan, reason: Reason, without: str = "") -> tuple[Reason, ...]:
    return tuple(dict.fromkeys((*(one for one in plan.open_because if one != without), reason)))


def gaps_of_hand(corrections: Corrections) -> Floats:
    """Return the pairs of points to close, n × 4, metres of the drawing's axes."""
    return np.array(corrections.gaps, np.float64).reshape(-1, 4)
