"""Did the place itself make these people move, or only the state of their house?

Counted: households of the registered poor, by the reason for moving on record. Five reasons are accepted, and each of
them speaks of the place: land that cannot feed its people, geological hazards, a zone where development is restricted or
prohibited, endemic disease, and being too remote to be served. A collapsed house is none of them: it is mended or
rebuilt as a dilapidated house (危房改造), unless the place has one of the five troubles too, which the remark has to say.

Not counted: households that move at their own cost. How far the family really moved is another check. "Another reason"
is never decided here: without a remark there is nothing to examine, with one a person has to read it.

Why: inspectors found households "relocated" whose house had simply fallen down. So the conditions of the area are
tested first, and the house after. No document with the wording was seen; unless a county has set a formal rule of its
own, a house that fell down is a question and no violation.
"""

import numpy as np

from checks.check import rule
from checks.choices import MoveReason
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import HOUSEHOLD

_REASONS = np.array([*(reason.id for reason in MoveReason), "unknown"], dtype=object)  # the last answers for -1


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("registered_poor",),
    reads=("move_reason",),
    applies=lambda home: home.registered_poor,
)
def eligibility(home: Records, law: Terms) -> Verdict:
    """Judge the reason for moving; what is said of the house counts only after what is said of the place."""
    limit = law.most_moved_for_the_house
    house, other = home.move_reason == MoveReason.HOUSE_COLLAPSED, home.move_reason == MoveReason.OTHER
    told = np.where(lacking(home, "move_reason"), np.nan, house)
    noted, in_force = ~lacking(home, "move_reason_note"), limit.which >= 0
    return first(
        When(in_force & other & ~noted, Outcome.NO_DATA, "other-unexplained", ("move_reason_note",)),
        When(in_force & other, Outcome.REVIEW, "other-explained"),
        When(in_force & house & noted, Outcome.REVIEW, "house-and-place", by_limit=True),
        otherwise=at_most(told, limit, within="accepted", over="house-alone"),
    ).having(
        note=home.move_reason_note,
        **{"reason.this.state": _REASONS[home.move_reason]},
    )
