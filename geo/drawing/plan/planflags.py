"""What is odd about a drawing by itself: clues with a code and facts, neutral, each a question and no more."""

from collections.abc import Iterator, Sequence

from geo.drawing.dwelling import Flag, Room, TitleBlock, UnitPlan, View
from geo.drawing.model import Drawing
from geo.drawing.plan.annotations import scale_in
from geo.drawing.plan.roles import Roles
from geo.drawing.plan.typed import false_dimensions
from geo.drawing.plan.unseen import hidden

UNIT_SHARE, UNIT_M2 = 0.01, 0.10
ROOM_SHARE, ROOM_M2 = 0.05, 0.3
"""How far a written area may be from the measured one: of a unit, of a room, whichever is more."""


def flags_of(
    drawing: Drawing, roles: Roles, metres: float | None, views: Sequence[View], titles: Sequence[TitleBlock], plans: Sequence[UnitPlan]
) -> tuple[Flag, ...]:
    """Return the flags F3, F4, F9, F10, F11, F12 of one drawing, by code; those of lengths need the unit of measure."""
    found = [*_unread(drawing), *hidden(drawing, roles, metres)]
    if metres is not None:
        found += false_dimensions(drawing, metres, plans)
        found += [flag for plan in plans for flag in _areas(plan)]
        found += _scales(views, titles, plans)
    return tuple(sorted(found, key=lambda flag: int(flag.code[1:])))


def _unread(drawing: Drawing) -> Iterator[Flag]:
    if drawing.unreadable:
        classes = ", ".join(f"{name} × {count}" for name, count in sorted(drawing.unreadable.items()))
        yield Flag("F9", "high", {"count": sum(drawing.unreadable.values()), "classes": classes})
    for name in drawing.missing_references:
        yield Flag("F11", "high", {"name": name})


def _areas(plan: UnitPlan) -> Iterator[Flag]:
    """Written areas that the outline or the room does not bear out; how much of a balcony counts is open, so any share of it will do."""
    if plan.annotated_m2 is not None and plan.gross_m2 is not None:
        written, ways = plan.annotated_m2, [plan.gross_m2 + share * plan.balcony_m2 for share in (0.0, 0.5, 1.0)]
        counted = min(ways, key=lambda area: abs(area - written))
        if abs(counted - written) > max(UNIT_SHARE * counted, UNIT_M2) + plan.gross_error_m2:
            yield Flag("F4", "high", _written("unit", plan.label, written, counted), _middle(plan))
    for room in plan.rooms:
        if room.confidence == "exact" and room.annotated_m2 is not None and abs(room.area_m2 - room.annotated_m2) > max(ROOM_SHARE * room.area_m2, ROOM_M2):
            facts = _written("room", "、".join(room.labels), room.annotated_m2, room.area_m2) | {"unit": plan.label}
            yield Flag("F4", "medium", facts, _middle(room))


def _written(what: str, label: str, annotated_m2: float, measured_m2: float) -> dict[str, str | float | int]:
    return {"what": what, "label": label, "annotated_m2": annotated_m2, "measured_m2": round(measured_m2, 4)}


def _middle(of: UnitPlan | Room) -> tuple[float, float] | None:
    if of.outline is None:
        return None
    point = of.outline.representative_point()
    return round(point.x, 4), round(point.y, 4)


def _scales(views: Sequence[View], titles: Sequence[TitleBlock], plans: Sequence[UnitPlan]) -> Iterator[Flag]:
    """A title block that states another scale than the plan's own title; a sheet of several plans may have several scales."""
    said = {scale_in(title.scale) for title in titles} - {None}
    drawn = {scale for plan in plans if (scale := scale_in(views[plan.view].title)) is not None} if views else set()
    if len(said) == 1 and len(drawn) == 1 and said != drawn:
        one, other = said.pop(), drawn.pop()
        yield Flag("F12", "low", {"title": f"1:{one}", "plan": f"1:{other}"})
