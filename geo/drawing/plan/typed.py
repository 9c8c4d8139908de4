"""Dimensions whose figure is not what they measure: typed over, kept from before their points moved, or multiplied by a factor of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.drawing.dwelling import Flag, UnitPlan
from geo.drawing.model import Dimension, Drawing
from geo.drawing.plan.units import same
from geo.drawing.text import comparable

OFF_M = 0.005
"""A figure nearer to the measured length than this, after rounding, is not called another."""
SHOWN_M = (0.001, 0.01, 1.0, 0.0254)
"""What a figure without a unit may count."""
_LENGTHS = ("linear", "aligned", "radius", "diameter")
_FIGURE = re.compile(r"[rø⌀]?([\d,]+(?:\.\d+)?)(mm|cm|m)?")
_SUFFIX_M = {"mm": 0.001, "cm": 0.01, "m": 1.0}


@dataclass(frozen=True)
class Figure:
    """What a dimension shows: its text, metres, and how much of that is rounding."""

    text: str
    metres: float
    rounding_m: float


def false_dimensions(drawing: Drawing, metres: float, plans: Sequence[UnitPlan]) -> list[Flag]:
    """Return a flag F3 for each dimension that shows another length than there is between its points.

    metres: of one drawing unit. Facts: typed (as shown), typed_m, measured_m, how (typed, stored, factor).
    """
    lengths = [one for one in drawing.dimensions if one.kind in _LENGTHS and one.measured > 0 and one.factor > 0]
    shown_m = _shown_m(lengths, metres)
    found = []
    for one in lengths:
        real_m = one.measured / one.factor * metres
        for how, figure in (("typed", _typed(one, real_m, shown_m)), ("stored", _stored(one, metres)), ("factor", _factored(one, real_m))):
            if figure is not None and abs(figure.metres - real_m) > OFF_M + figure.rounding_m:
                found.append(_flag(one, how, figure, real_m, metres, plans))
                break
    return found


def _shown_m(lengths: Sequence[Dimension], metres: float) -> float | None:
    """Return what one of the figures shown counts in metres, by most of the dimensions; None where that is no unit."""
    if not lengths:
        return None
    shown = metres / float(np.median([one.factor for one in lengths]))
    return next((unit for unit in SHOWN_M if same(shown, unit)), None)


def _typed(one: Dimension, real_m: float, shown_m: float | None) -> Figure | None:
    """Return the figure typed in place of the measured one; None where nothing was, or more than a figure."""
    flat = comparable(one.text.split("\n")[0])
    if not flat or "<>" in one.text or "[]" in one.text:
        return None
    found = _FIGURE.fullmatch(flat.rsplit("=", 1)[-1])
    if found is None:
        return None
    digits = found[1].replace(",", "")
    value, step = float(digits), 10.0 ** -len(digits.partition(".")[2])
    unit: float | None = _SUFFIX_M.get(found[2] or "")
    if unit is None:
        # A figure in another unit than its neighbours' is an office's habit; read it as the unit in which it comes nearest.
        fits = [unit for unit in SHOWN_M[:3] if real_m > 0 and 0.5 < value * unit / real_m < 2.0]
        unit = shown_m if shown_m in fits or not fits else fits[0]
    if unit is None:
        return None
    return Figure(one.text.split("\n")[0].strip(), value * unit, step * unit / 2)


def _stored(one: Dimension, metres: float) -> Figure | None:
    """Return the length that the file kept, where nothing was typed; kept lengths count drawing units, by some programs times the factor."""
    if one.stored is None or one.stored <= 0 or one.text not in ("", "<>"):
        return None
    kept = min((one.stored, one.stored / one.factor), key=lambda length: abs(length - one.measured / one.factor))
    return Figure(_figure(one.stored, one.decimals), kept * metres, 0.0)


def _factored(one: Dimension, real_m: float) -> Figure | None:
    """Return what a dimension shows by its own factor, in whatever unit that comes nearest."""
    if one.text not in ("", "<>"):
        return None
    unit = min(SHOWN_M, key=lambda unit: abs(one.measured * unit - real_m))
    return Figure(_figure(one.measured, one.decimals), one.measured * unit, 0.5 * 10.0**-one.decimals * unit)


def _figure(value: float, decimals: int) -> str:
    return f"{value:.{max(0, min(decimals, 4))}f}"


def _flag(one: Dimension, how: str, figure: Figure, real_m: float, metres: float, plans: Sequence[UnitPlan]) -> Flag:
    facts: dict[str, str | float | int] = {"typed": figure.text, "typed_m": round(figure.metres, 6), "measured_m": round(real_m, 6), "how": how}
    plan = _spanned(one, metres, plans)
    if plan is not None:
        facts["label"] = plan.label
    return Flag("F3", "high" if plan is not None else "medium", facts, (round(one.x * metres, 4), round(one.y * metres, 4)))


def _spanned(one: Dimension, metres: float, plans: Sequence[UnitPlan]) -> UnitPlan | None:
    """Return the unit whose outline the dimension measures from side to side, which its area hangs on."""
    along = (one.points[1] - one.points[0]) * metres
    length = float(np.hypot(*along))
    for plan in plans:
        if plan.outline is None or not length:
            continue
        reach = np.asarray(plan.outline.exterior.coords) @ (along / length)
        ends = np.sort(one.points * metres @ (along / length))
        if abs(ends[0] - reach.min()) < OFF_M and abs(ends[-1] - reach.max()) < OFF_M:
            return plan
    return None
