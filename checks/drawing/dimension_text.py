"""Do the figures typed on a drawing say what the drawing measures?

Counted: dimensions whose typed text is another number than their two points are apart, and areas written in a unit type or
a room that its outline does not bear out. A drawing on which the print would not show everything, or whose title block
states another scale than its viewports have, is a question as well. The worst of each is named with both figures.

Not counted: dimensions that add words or a sign to the measured number, and differences within rounding. A drawing with
objects that cannot be read, or a print, which has no dimensions that could be asked, shows too little to be found free of
this.

Why: the quickest way to a lawful drawing is to type over the number and leave the wall. Sometimes it is only a slip or an
old habit, so that it is a question to the institute and never more than a review, unless a county says otherwise.
"""

import numpy as np

from checks.check import rule
from checks.choices import DrawingDoubt
from checks.drawn import as_typed
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Flags, Outcome, Verdict, When, at_most, first
from checks.vocabulary import DRAWING

_BLIND = (DrawingDoubt.UNREADABLE.id, DrawingDoubt.READERS.id, DrawingDoubt.PRINT.id, DrawingDoubt.REFERENCES.id, DrawingDoubt.UNIT.id)


@rule(about=DRAWING, dated_by="read_on", reads=("overridden", "areas_off"))
def dimension_text(drawing: Records, law: Terms) -> Verdict:
    """Count the figures that do not hold, on the day of judgement; what was not seen passes nothing."""
    figures = drawing.overridden + drawing.areas_off
    hidden, clash = np.nan_to_num(drawing.hidden) > 0, drawing.scale_clash
    verdict = at_most(figures, law.as_judged().most_false_figures, within="true", over="false")
    blind = _names(drawing.doubts, _BLIND)
    return first(
        When(blind & (figures == 0), Outcome.NO_DATA, "not-seen"),
        When(blind & np.isnan(figures), Outcome.NO_DATA, "not-seen"),
        When((verdict.outcome == Outcome.PASS) & hidden, Outcome.REVIEW, "hidden", by_limit=True),
        When((verdict.outcome == Outcome.PASS) & clash, Outcome.REVIEW, "scales", by_limit=True),
        otherwise=verdict,
    ).having(
        dimensions=drawing.dimensions,
        doubts=drawing.doubts,
        hidden=drawing.hidden,
        **{"figures.override.state": _state(drawing.overridden), "figures.override.n": drawing.overridden},
        **{"figures.override.typed": drawing.override_typed, "figures.override.m": drawing.override_measured_m},
        **{"figures.override.drawn": _drawn(drawing)},
        **{"figures.area.state": np.where(drawing.areas_off > 0, "area", "no-area").astype(object), "figures.area.n": drawing.areas_off},
        **{"figures.area.typed": drawing.area_typed_m2, "figures.area.m": drawing.area_measured_m2, "figures.area.where": drawing.area_label},
    )


def _state(overridden: Array) -> Array:
    return np.where(overridden > 0, "override", "no-override").astype(object)


def _drawn(drawing: Records) -> Array:
    """Return what is drawn, written as the figure over it was typed."""
    pairs = zip(drawing.override_typed.tolist(), drawing.override_measured_m.tolist(), strict=True)
    return np.array([as_typed(typed or "", metres) if metres > 0 else "" for typed, metres in pairs], dtype=object)


def _names(doubts: Array, any_of: tuple[str, ...]) -> Flags:
    """Tell which lists of doubts name any of those."""
    return np.array([bool(set((text or "").split()) & set(any_of)) for text in doubts], dtype=np.bool_)
