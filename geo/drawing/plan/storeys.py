"""Dwellings of several storeys: plans whose titles name one unit type and different storeys are one dwelling, and its area their sum."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from geo.drawing.dwelling import UnitPlan
from geo.drawing.plan.annotations import Said, unit_label

_STOREY = re.compile(r"(地下室|地下一|[一二三四五首底顶]|\d)(?:层|楼)(?!高)")
_SAME = {"首": "一", "底": "一", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五"}


class OfStorey(NamedTuple):
    """A unit plan and the storey that its title names, "" for none."""

    plan: UnitPlan
    storey: str


def storey_of(texts: Iterable[Said]) -> str:
    """Return the storey named by the text that names the unit type ("B户型一层平面图" → "一"), "" for none.

    A storey in another text is a building's: the same unit may lie on many of those, each a home of its own.
    """
    for one in texts:
        found = _STOREY.search(one.flat)
        if found and unit_label(one.flat):
            return _SAME.get(found[1], found[1])
    return ""


def whole(plans: Sequence[OfStorey]) -> list[UnitPlan]:
    """Return the plans with the storeys of one unit type joined, where they stand first; a storey drawn twice joins nothing."""
    by_label: dict[str, list[OfStorey]] = {}
    for one in plans:
        if one.storey:
            by_label.setdefault(one.plan.label, []).append(one)
    done: list[UnitPlan] = []
    for one in plans:
        group = by_label.get(one.plan.label, []) if one.storey else []
        if len(group) < 2 or len({each.storey for each in group}) < len(group):
            done.append(one.plan)
        elif one is group[0]:
            done.append(_joined([each.plan for each in group]))
    return done


def _joined(storeys: Sequence[UnitPlan]) -> UnitPlan:
    measured = [plan.gross_m2 for plan in storeys if plan.gross_m2 is not None]
    gross = round(sum(measured), 6) if len(measured) == len(storeys) else None
    return replace(
        storeys[0],
        gross_m2=gross,
        gross_error_m2=round(sum(plan.gross_error_m2 for plan in storeys), 6),
        balcony_m2=round(sum(plan.balcony_m2 for plan in storeys), 6),
        annotated_m2=_written(storeys, gross),
        persons=tuple(dict.fromkeys(number for plan in storeys for number in plan.persons)),
        rooms=tuple(room for plan in storeys for room in plan.rooms),
        openings=tuple(opening for plan in storeys for opening in plan.openings),
        open_because=tuple(dict.fromkeys((*(reason for plan in storeys for reason in plan.open_because), "storeys"))),
    )


def _written(storeys: Sequence[UnitPlan], gross_m2: float | None) -> float | None:
    """Return the area written of the whole: one figure on some plan, or the sum of one a storey, whichever is meant by its size."""
    figures = [plan.annotated_m2 for plan in storeys if plan.annotated_m2 is not None]
    if not figures:
        return None
    choices = [*figures, round(sum(figures), 4)] if len(figures) == len(storeys) else figures
    return min(choices, key=lambda figure: abs(figure - (gross_m2 or 0.0))) if gross_m2 is not None else max(choices)
