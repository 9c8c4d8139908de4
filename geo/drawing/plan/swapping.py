"""A unit type's name standing on another type's geometry: told by outlines that are alike in area and in length."""

from geo.drawing.dwelling import Flag, Plans, UnitPlan
from geo.drawing.text import comparable

ALIKE_SHARE = 0.002
"""Two outlines whose area and length differ by less than this share are of one shape: what measuring and snapping may do to either."""


def swapped_labels(old: Plans, new: Plans) -> tuple[Flag, ...]:
    """Return F8 for each name of a unit type whose outline in the old drawing is that of another name in the new one.

    Only where either drawing has both names on two shapes: a type that was merely renamed is no clue.
    """
    here, there = _named(old), _named(new)
    found = []
    for label, plan in here.items():
        if label in there and _alike(plan, there[label]):
            continue
        for other, like in there.items():
            apart = (other in here and not _alike(here[other], plan)) or (label in there and not _alike(there[label], like))
            if other != label and apart and _alike(plan, like):
                where = plan.outline.representative_point() if plan.outline is not None else None
                found.append(Flag("F8", "medium", {"label": plan.label, "like": like.label}, (where.x, where.y) if where else None))
                break
    return tuple(found)


def _named(plans: Plans) -> dict[str, UnitPlan]:
    """Return the unit types that have a name and an outline; of a name drawn more than once the first."""
    found: dict[str, UnitPlan] = {}
    for plan in plans.unit_plans:
        if plan.label.strip() and plan.outline is not None:
            found.setdefault(comparable(plan.label), plan)
    return found


def _alike(one: UnitPlan, other: UnitPlan) -> bool:
    if one.outline is None or other.outline is None:
        return False
    figures = ((one.outline.area, other.outline.area), (one.outline.length, other.outline.length))
    return all(abs(a - b) <= ALIKE_SHARE * max(a, b) for a, b in figures)
