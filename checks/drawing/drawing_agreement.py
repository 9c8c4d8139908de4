"""Do the design, the construction drawing, the register and the tape measure give a unit type the same area?

Counted: unit types with at least two of four areas: design, construction drawing, register, field measurement. Of a drawing
the area measured from its outline counts (with half of the balconies), then the area written on it, then what the ledger
says of it; which of them it was is told. The largest and the smallest are named with their difference, in square metres and
as a share of the smaller. What measuring a drawing may be off by is taken off before a difference is called one.

Not counted: nothing is left out. An area that is not known is told as such. One area alone agrees with nothing.

Why: a design that breaks the rule while the construction drawing keeps it was, or will be, altered; a register that shows
75 where the house has 90 hides the excess. All four areas are kept, none is repaired. How much areas may differ is this
program's default, so that a difference is a question until a county sets its own rule.
"""

import numpy as np

from checks.check import rule
from checks.drawn import SIDES, drawn, play
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import MISSING, Numbers, Outcome, Verdict, When, at_most, exceeds, first
from checks.vocabulary import UNIT_TYPE

_AREAS = (*SIDES, "register", "survey")
_TYPED = ("design_area_m2", "construction_area_m2", "register_area_m2", "surveyed_area_m2")


@rule(about=UNIT_TYPE, dated_by="approved_on")
def drawing_agreement(types: Records, law: Terms) -> Verdict:
    """Compare the largest area with the smallest; the day of judgement counts, since the areas are those on file today."""
    today = law.as_judged()
    areas, errors, states = _areas(types, law)
    least, most = _ends(areas)
    rows = np.arange(len(types))
    apart, error = areas[most, rows] - areas[least, rows], errors[most, rows] + errors[least, rows]
    smaller, known = areas[least, rows], np.isfinite(areas).sum(axis=0)
    sure = np.where(known > 1, np.fmax(apart - error, 0), np.nan)
    limit, small = today.most_difference_percent, ~exceeds(apart - error, today.least_difference_m2.amounts)
    percent = 100 * sure / smaller
    verdict = at_most(percent, limit, within="agree", over="differ")
    perhaps = ~small & exceeds(100 * (apart + error) / smaller, limit.amounts)
    return first(
        When(known == 0, Outcome.NO_DATA, MISSING, _TYPED),
        When(known == 1, Outcome.NO_DATA, "alone"),
        When(np.asarray((np.nan_to_num(areas, nan=1.0) <= 0).any(axis=0)), Outcome.REVIEW, "no-area"),
        When(small & np.isin(verdict.outcome, (Outcome.FAIL, Outcome.REVIEW)), Outcome.PASS, "agree", by_limit=True),
        When((verdict.outcome == Outcome.PASS) & perhaps, Outcome.REVIEW, "too-close", by_limit=True),
        otherwise=verdict,
    ).having(
        apart=apart,
        error=error,
        **{f"{name}.this.{part}": column for name in ("within", "taken_off") for part, column in play(error).items()},
        **{"largest.this.state": np.array(_AREAS, dtype=object)[most], "smallest.this.state": np.array(_AREAS, dtype=object)[least]},
        **{f"areas.{name}.state": states[i] for i, name in enumerate(_AREAS)},
        **{f"areas.{name}.m2": areas[i] for i, name in enumerate(_AREAS)},
    )


def _areas(types: Records, law: Terms) -> tuple[Numbers, Numbers, list[Array]]:
    """Return the four areas (4 × n), how far each may be off, and where each was taken from."""
    areas, errors = np.array([types.stored(name) for name in _TYPED]), np.zeros((4, len(types)))
    states = [np.where(np.isnan(area), "absent", "typed").astype(object) for area in areas]
    for i, name in enumerate(SIDES):
        side = drawn(types, name, law.as_judged().balcony_percent)
        measured = side.there & ~side.doubted & ~np.isnan(side.counted)
        written = side.there & ~measured & ~np.isnan(side.annotated)
        areas[i] = np.where(measured, side.counted, np.where(written, side.annotated, areas[i]))
        errors[i] = np.where(measured, side.error, 0.0)
        states[i] = np.where(measured, "measured", np.where(written, "written", states[i])).astype(object)
    return areas, errors, states


def _ends(areas: Numbers) -> tuple[Array, Array]:
    """Return which of the areas is the smallest and which the largest, row by row; the first of equal ones."""
    return np.where(np.isnan(areas), np.inf, areas).argmin(axis=0), np.where(np.isnan(areas), -np.inf, areas).argmax(axis=0)
