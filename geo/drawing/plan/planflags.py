"""What is odd about a drawing by itself: clues with a code and facts, neutral, each a question and no more."""

from collections.abc import Iterator, Sequence

import numpy as np

from geo.drawing.dwelling import Flag, Room, TitleBlock, UnitPlan, View
from geo.drawing.model import Drawing, plain_layer
from geo.drawing.plan.annotations import scale_in
from geo.drawing.plan.roles import ROLES, Roles
from geo.drawing.plan.typed import false_dimensions

UNIT_SHARE, UNIT_M2 = 0.01, 0.10
ROOM_SHARE, ROOM_M2 = 0.05, 0.3
"""How far a written area may be from the measured one: of a unit, of a room, whichever is more."""
TINY_M = 0.01
"""Letters lower than this in the building's own size are a tenth of a millimetre on paper at 1:100: nobody is meant to read them."""
_BUILT = ("wall", "door", "window", "column", "balcony", "dimension", "text", "room", "stair")


def flags_of(
    drawing: Drawing, roles: Roles, metres: float | None, views: Sequence[View], titles: Sequence[TitleBlock], plans: Sequence[UnitPlan]
) -> tuple[Flag, ...]:
    """Return the flags F3, F4, F9, F10, F11, F12 of one drawing, by code; those of lengths need the unit of measure."""
    found = [*_unread(drawing), *_hidden(drawing, roles, metres)]
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


def _hidden(drawing: Drawing, roles: Roles, metres: float | None) -> Iterator[Flag]:
    """Geometry of the building in model space that a print would not show, and letters too small to be read."""
    entities = drawing.entities
    if not len(entities):
        return
    unseen = np.array([not layer.shown and plain_layer(layer.name).casefold() != "defpoints" for layer in drawing.layers], np.bool_)
    model = ~np.array([space.paper for space in drawing.spaces], np.bool_)[entities.space]
    built = np.isin(roles.code, [ROLES.index(role) for role in _BUILT])
    away = unseen[entities.layer] & model & built & np.array([kind != "INSERT" for kind in entities.kind], np.bool_)
    if away.any():
        names = sorted({drawing.layers[row].name for row in set(entities.layer[away].tolist())})
        yield Flag("F10", "medium", {"count": int(away.sum()), "layers": ", ".join(names[:5]), "how": "layer"})
    tiny = [text for text in drawing.texts if metres and model[text.of] and 0 < text.height * metres < TINY_M and text.value.strip()]
    if tiny and metres:
        where = (round(tiny[0].x * metres, 4), round(tiny[0].y * metres, 4))
        yield Flag("F10", "medium", {"count": len(tiny), "layers": drawing.layer_of(tiny[0].of), "how": "letters"}, where)


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
