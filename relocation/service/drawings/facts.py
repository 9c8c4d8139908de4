"""What a drawing that was understood says, as the columns of records: of the drawing itself, and of each unit type on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import blake2b
from typing import Any

from checks.cases import some_records
from checks.choices import DrawingDoubt, DrawingRole
from checks.drawn import type_key
from checks.records import RecordKind, Records
from geo.drawing.dwelling import Flag, Plans, UnitPlan
from geo.drawing.model import Drawing

CHINA = timezone(timedelta(hours=8))
"""The zone of every office that draws; a file without a zone was saved by a clock that showed this one."""
UNNAMED = "未命名户型"
TEXT_LIMIT = 120
SIDE_OF = {DrawingRole.DESIGN: "design", DrawingRole.CONSTRUCTION: "construction"}
SIDE_COLUMNS = ("drawing", "gross_m2", "error_m2", "balcony_m2", "annotated_m2", "drawn_persons", "persons_by_hand", "doubts")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Understood:
    """One drawing with what was understood of it."""

    drawing: Drawing
    plans: Plans


def code_of(letter: str, *parts: str) -> str:
    """Return a code for a drawing ("D…") or a pair ("P…"): a digest of what it is, the same however often it is taken in."""
    return letter + blake2b("\x1f".join(parts).encode(), digest_size=6).hexdigest()


def said(text: str) -> str:
    """Return a drawing's text as it is kept in a record: on one line, without signs that cannot be seen, and not endless."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:TEXT_LIMIT]


def in_china(moment: datetime) -> datetime:
    """Return a moment of a file with its zone: what has none is of a clock in China."""
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def day_of(moment: datetime | None) -> date | None:
    """Return the day in China of a moment of a file."""
    return None if moment is None else in_china(moment).date()


def before(one: datetime, other: datetime) -> bool:
    """Tell whether one moment of a file was before another."""
    return in_china(one).astimezone(UTC) < in_china(other).astimezone(UTC)


def doubts_of(of: Understood) -> list[DrawingDoubt]:
    """Return why a drawing as a whole cannot be relied on; none where it was read whole and its unit is settled."""
    drawing, found = of.drawing, []
    if drawing.unreadable:
        found.append(DrawingDoubt.UNREADABLE)
    if drawing.missing_references:
        found.append(DrawingDoubt.REFERENCES)
    if drawing.format == "pdf":
        found.append(DrawingDoubt.PRINT)
    elif not drawing.agreed:
        found.append(DrawingDoubt.READERS)
    if of.plans.unit.metres is None:
        found.append(DrawingDoubt.UNIT)
    return found


def key_of(plan: UnitPlan) -> str:
    """Return by what a unit type on a drawing is known; all that have no name are one."""
    return type_key(said(plan.label) or UNNAMED)


def unit_rows(of: Understood, side: str, code: str) -> dict[str, tuple[str, Row]]:
    """Return what a drawing says of each unit type on it: key of the type → its label and the `side`'s columns."""
    found: dict[str, list[UnitPlan]] = {}
    for plan in of.plans.unit_plans:
        found.setdefault(key_of(plan), []).append(plan)
    whole = doubts_of(of)
    return {key: (said(plans[0].label) or UNNAMED, _unit_row(plans, side, code, whole)) for key, plans in found.items()}


def _unit_row(plans: Sequence[UnitPlan], side: str, code: str, whole: Sequence[DrawingDoubt]) -> Row:
    """Return one type's columns; of several plans of one name the largest counts, and that they differ is a doubt."""
    plan = max(plans, key=lambda one: (one.gross_m2 is not None, one.gross_m2 or 0.0))
    persons = {number for one in plans for number in one.persons}
    doubts = [*whole]
    if any(one.gross_m2 is None for one in plans):
        doubts.append(DrawingDoubt.OUTLINE)
    if len(persons) > 1:
        doubts.append(DrawingDoubt.PERSONS)
    areas = [one.gross_m2 for one in plans if one.gross_m2 is not None]
    if areas and max(areas) - min(areas) > 2 * max(one.gross_error_m2 for one in plans) + 0.05:
        doubts.append(DrawingDoubt.TWICE)
    if any(one.outline_cuts for one in plans):
        doubts.append(DrawingDoubt.CUT)
    values = {
        "drawing": code,
        "gross_m2": None if plan.gross_m2 is None else round(plan.gross_m2, 4),
        "error_m2": round(plan.gross_error_m2, 4),
        "balcony_m2": round(plan.balcony_m2, 4),
        "annotated_m2": plan.annotated_m2,
        "drawn_persons": persons.pop() if len(persons) == 1 else None,
        "persons_by_hand": any(one.persons_by_hand for one in plans),
        "doubts": _listed(doubts),
    }
    return {f"{side}_{name}": value for name, value in values.items()}


def drawing_row(of: Understood) -> Row:
    """Return what a drawing says of itself, as columns of a DRAWING record."""
    drawing, plans = of.drawing, of.plans
    title = next((block for block in plans.title_blocks if block.number or block.name or block.revision), None)
    overrides, areas = _flags(plans, "F3"), _flags(plans, "F4")
    row: Row = {
        "sha256": drawing.sha256,
        "sheet_number": said(title.number) if title else "",
        "revision": said(title.revision) if title else "",
        "dated": said(title.dated) if title else "",
        "created_on": day_of(drawing.lineage.created_at),
        "updated_on": day_of(drawing.lineage.updated_at),
        "doubts": _listed(doubts_of(of)),
        "unreadable": sum(drawing.unreadable.values()),
        "unit_types": len({key_of(plan) for plan in plans.unit_plans}),
        "scale_clash": bool(_flags(plans, "F12")),
        "hidden": sum(int(_figure(flag, "count", "n", "entities") or 1) for flag in _flags(plans, "F10")),
    }
    if drawing.format != "pdf":  # a print has no dimensions to ask
        row |= {"dimensions": len(drawing.dimensions), "overridden": len(overrides), "areas_off": len(areas)}
    return row | _worst_override(overrides) | _worst_area(areas)


def _worst_override(flags: Sequence[Flag]) -> Row:
    if not flags:
        return {}
    worst = max(flags, key=lambda flag: abs((_figure(flag, "typed_m") or 0.0) - (_figure(flag, "measured_m") or 0.0)))
    return {"override_typed": said(str(worst.facts.get("typed", ""))), "override_measured_m": _rounded(_figure(worst, "measured_m"))}


def _worst_area(flags: Sequence[Flag]) -> Row:
    if not flags:
        return {}
    worst = max(flags, key=lambda flag: abs((_figure(flag, "annotated_m2") or 0.0) - (_figure(flag, "measured_m2") or 0.0)))
    figures = {"area_typed_m2": _figure(worst, "annotated_m2"), "area_measured_m2": _rounded(_figure(worst, "measured_m2"))}
    return {"area_label": said(str(worst.facts.get("label", ""))), **figures}


def _flags(plans: Plans, code: str) -> list[Flag]:
    return [flag for flag in plans.flags if flag.code == code]


def _figure(flag: Flag, *names: str) -> float | None:
    values = (flag.facts.get(name) for name in names)
    return next((float(value) for value in values if isinstance(value, int | float)), None)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _listed(doubts: Sequence[DrawingDoubt]) -> str:
    return " ".join(doubt.id for doubt in sorted(set(doubts)))


def as_records(kind: RecordKind, rows: Sequence[Mapping[str, Any]]) -> Records:
    """Return rows of facts as records; None and "" are missing."""
    return some_records(kind, [{name: value for name, value in row.items() if value not in (None, "")} for row in rows])
