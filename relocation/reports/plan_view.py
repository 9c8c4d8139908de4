"""One drawing with what was understood of it, as the page shows it: the picture, outlines, rooms with their areas, layers and their use."""

from collections.abc import Mapping
from typing import Any

from shapely import LineString, Polygon

from checks.sentence import number
from geo.drawing.dwelling import Plans, Room, UnitPlan
from geo.drawing.model import Drawing
from geo.drawing.render import laid, picture
from relocation.reports.laying import joined
from relocation.reports.viewer import moved_box, origin_of, packed
from relocation.reports.wording import word, words

Point = tuple[float, float]


def plan_data(drawing: Drawing, plans: Plans, drawn: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return everything the page of one drawing needs, in one language; metres where the unit is known, else drawing units.

    drawn: gaps, labels and outlines that were set right before, in metres, as corrections are kept.
    """
    unit = plans.unit.metres
    shown = laid(picture(drawing), lambda points: points * (1.0 if unit is None else unit))
    box = shown.box or (0.0, 0.0, 1.0, 1.0)
    origin = origin_of(box)
    return {
        "lang": lang,
        "words": words(lang),
        "label": word("picture_one", lang),
        "metres": unit is not None,
        "origin": origin,
        "box": moved_box(box, origin),
        "focus": moved_box(joined(found), origin) if (found := [plan.outline.bounds for plan in plans.unit_plans if plan.outline is not None]) else None,
        "picture": packed(shown, origin),
        "plans": [part for plan in plans.unit_plans for part in _plan(plan, origin, lang)],
        "flags": [[n, flag.where_m[0] - origin[0], flag.where_m[1] - origin[1]] for n, flag in enumerate(plans.flags, start=1) if flag.where_m],
        "labels": sorted({plan.label for plan in plans.unit_plans if plan.label}),
        "drawn": {"gaps": drawn.get("gaps", []), "labels": drawn.get("labels", []), "outlines": drawn.get("outlines", {})},
    }


def _plan(plan: UnitPlan, origin: Point, lang: str) -> list[dict[str, Any]]:
    parts = [] if plan.outline is None else [_shape(plan.outline, origin, room=False, said=_said(plan, lang))]
    return parts + [_shape(room.outline, origin, room=True, said=_room(room, lang), sure=room.confidence == "exact") for room in plan.rooms]


def _shape(shape: Polygon, origin: Point, *, room: bool, said: str, sure: bool = True) -> dict[str, Any]:
    rings = [_flat(ring.coords, origin) for ring in (shape.exterior, *shape.interiors)]
    if room:
        inside = shape.representative_point()
        below = LineString([(inside.x, shape.bounds[1]), (inside.x, inside.y)]).intersection(shape).bounds[1]
        where = [round(inside.x - origin[0], 3), round(below - origin[1], 3)]  # at the foot of the room: the drawing's own words stand in its middle
    else:
        left, _bottom, right, top = shape.bounds
        where = [round((left + right) / 2 - origin[0], 3), round(top - origin[1], 3)]
    return {"room": room, "sure": sure, "rings": rings, "said": said, "at": where}


def _flat(points: Any, origin: Point) -> list[float]:
    return [round(value - from_, 4) for point in list(points)[:-1] for value, from_ in zip(point[:2], origin, strict=True)]


def _said(plan: UnitPlan, lang: str) -> str:
    area = "" if plan.gross_m2 is None else f" {number(round(plan.gross_m2, 2))} {_m2(lang)}"
    return f"{plan.label}{area}".strip()


def _room(room: Room, lang: str) -> str:
    about = "" if room.confidence == "exact" else "≈"
    return f"{'、'.join(room.labels) if lang == 'zh' else ', '.join(room.labels)} {about}{number(round(room.area_m2, 2))} {_m2(lang)}".strip()


def _m2(lang: str) -> str:
    return "㎡" if lang == "zh" else "m²"
