"""The comparison as JSON: the fields that other programs rely on."""

from typing import Any

from geo.drawing.difference import Difference
from geo.drawing.dwelling import Room
from relocation.reports.comparison_sheet import ComparisonSheet, Decision, Judged, UnitSide, UnitTypePair
from relocation.reports.laying import main_alignment


def as_json(sheet: ComparisonSheet, lang: str) -> dict[str, Any]:
    """Return aligned, unit_types, differences, lineage, not_compared and what stands beside them; lengths in metres, areas in square metres.

    Where the unit of measure is not settled, `unit_m` is null and positions are in units of the old drawing. `aligned` is null where refused.
    """
    return {
        "old": {"name": sheet.old.name, "sha256": sheet.old.sha256, "readers": list(sheet.old.readers), "read_whole": sheet.old.read_whole},
        "new": {"name": sheet.new.name, "sha256": sheet.new.sha256, "readers": list(sheet.new.readers), "read_whole": sheet.new.read_whole},
        "unit_m": sheet.comparison.unit_m,
        "aligned": _aligned(sheet),
        "unit_types": [_unit_type(one, lang) for one in sheet.unit_types],
        "differences": [_difference(one, sheet.decisions.get(one.id)) for one in sheet.comparison.differences],
        "sets": [{"set": one.number, "box": list(one.box), "differences": list(one.members)} for one in sheet.comparison.change_sets],
        "verdicts": [_judged(one, lang) for one in sheet.verdicts],
        "lineage": [_judged(one, lang) for one in sheet.lineage],
        "not_compared": [{"what": what, "count": n} for what, n in sheet.comparison.not_compared.items()],
        "folded": [{"what": what, "count": n} for what, n in sheet.comparison.folded.items()],
        "compared": sheet.comparison.compared,
    }


def _aligned(sheet: ComparisonSheet) -> dict[str, Any] | None:
    one = main_alignment(sheet)
    if one is None:
        return None
    residual = one.residual if sheet.comparison.unit_m is not None else None
    said = {"scale": one.scale, "rotation_deg": one.rotation_deg, "dx": one.dx, "dy": one.dy, "mirrored": one.mirrored}
    return {**said, "residual_m": residual, "inlier": one.inlier, "status": one.status}


def _unit_type(one: UnitTypePair, lang: str) -> dict[str, Any]:
    named = {"label": one.label, "renamed": one.renamed, "limit": one.most_m2_a_person}
    return {**named, "design": _side(one.old, lang), "construction": _side(one.new, lang)}


def _side(side: UnitSide | None, lang: str) -> dict[str, Any] | None:
    if side is None:
        return None
    areas = {
        "gross_m2": side.gross_m2,
        "error_m2": side.error_m2,
        "balcony_m2": side.balcony_m2,
        "counted_m2": side.counted_m2,
        "annotated_m2": side.annotated_m2,
    }
    judged = {"persons": side.persons, "m2_a_person": side.m2_a_person, "outcome": side.outcome or None, "sentence": side.sentence.get(lang, "")}
    return {**areas, **judged, "rooms": [_room(one) for one in side.rooms]}


def _room(one: Room) -> dict[str, Any]:
    return {"labels": list(one.labels), "area_m2": one.area_m2, "annotated_m2": one.annotated_m2, "confidence": one.confidence}


def _difference(one: Difference, decision: Decision | None) -> dict[str, Any]:
    said = {"id": one.id, "kind": one.op, "what": one.what, "layer": one.layer, "before": one.before, "after": one.after, "where": list(one.where)}
    placed = {"rooms": list(one.rooms), "outer_wall": one.outer and one.what == "wall", "way": one.way}
    return {**said, **placed, "set": one.change_set, "moved_m": one.moved_m, "weight": one.weight, "decision": _decision(decision)}


def _decision(one: Decision | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"kind": one.kind, "document": one.document, "reason": one.reason, "on": one.decided_on.isoformat() if one.decided_on else None}


def _judged(one: Judged, lang: str) -> dict[str, Any]:
    return {"check": one.check, "outcome": one.outcome, "sentence": one.sentence.get(lang, "")}
