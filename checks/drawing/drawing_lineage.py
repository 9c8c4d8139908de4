"""Does what the two files tell of their past suggest that one drawing was altered to suit the other?

Counted: pairs of a design and a construction drawing. Each of these is a clue: the design exceeds the rule while the
construction drawing keeps it; the design was last saved after the construction drawing; it was edited after the day of its
approval; both descend from one file and yet the outline of a unit type differs; the title blocks carry the same revision and
date and the geometry, or what is written, differs; a unit type's name stands on another type's geometry; a file was begun long after the day its
title block bears. The days and the share of entities that both files have in common are told beside them.

Not counted: that both come from one file is no clue by itself, since a construction drawing is usually drawn on from the
design. A pair whose files keep no days and no numbers of their own, and whose drawings give no other clue, tells nothing.

Why: "were these not altered afterwards?" was asked over a roll of drawings, and nobody could say. What a file says of its
past can be wrong, lost or forged, by a clock or by a converter. So every clue is an indication to be looked into with the
approval papers and the seals, and never proof: at most a review, whatever a county sets.
"""

import numpy as np

from checks.check import rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import DRAWING_PAIR


@rule(about=DRAWING_PAIR, dated_by="compared_on")
def drawing_lineage(pair: Records, law: Terms) -> Verdict:
    """Count the clues, on the day of judgement."""
    clues = np.array([len((text or "").split()) for text in pair.clues], dtype=np.float64)
    verdict = at_most(clues, law.as_judged().most_clues, within="no-clue", over="clues", fails=False)
    silent = ~pair.past_known
    alone = lacking(pair, "design_drawing", "construction_drawing")
    return first(
        When(alone, Outcome.NOT_APPLICABLE, "outside"),
        When(silent & (clues == 0), Outcome.NO_DATA, "silent"),
        When((pair.stored("compared") == 0) & (clues == 0), Outcome.NO_DATA, "not-compared"),
        otherwise=verdict,
    ).having(
        clues=pair.clues,
        shared_percent=pair.shared_percent,
        differences=pair.differences,
        **{"origin.both.state": _origin(pair), "origin.both.percent": pair.shared_percent},
        **_days(pair),
    )


def _origin(pair: Records) -> Array:
    """Return whether both come from one file; with one number and nothing in common that is not said outright."""
    share = pair.stored("shared_percent")
    same = np.where(np.isnan(share), "same-uncounted", np.where(share < NOTHING_SHARED_PERCENT, "same-number", "same"))
    return np.where(pair.same_file, same, np.where(lacking(pair, "same_file"), "unknown", "other")).astype(object)


def _days(pair: Records) -> dict[str, Array]:
    """Return the days that are known, each with its state; a day of approval that is not known is not spoken of."""
    found: dict[str, Array] = {}
    for key, name, known, unknown in (
        ("design", "design_saved_on", "saved", "unsaved"),
        ("construction", "construction_saved_on", "saved", "unsaved"),
        ("approval", "approved_on", "approved", "unapproved"),
    ):
        found[f"days.{key}.state"] = np.where(lacking(pair, name), unknown, known).astype(object)
        found[f"days.{key}.day"] = pair.stored(name)
    return found


NOTHING_SHARED_PERCENT = 0.005
"""Below this the share is written as 0."""
