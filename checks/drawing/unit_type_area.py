"""Is each unit type, as drawn, within the area the plan allows each person it is meant for?

Counted: unit types with a design or a construction drawing, each drawing by itself, the worse one speaking. The area is
that of the outline to the outer face of the walls, with half of the balconies; where the drawing also writes an area and
the outline bears it out, the written figure decides, to the decimal. It is divided by the persons the type is meant for,
from the ledger of unit types or, where that is silent, from the drawing. The households assigned to a type are looked at
too: a type within the rule is a question again if a household of fewer persons is to get it, or more households than homes.

A written area that the outline does not bear out passes nothing: one of the two is wrong, and it is not known which. How far
the two may be apart is a share of the area, and never more than what the larger has left to the line: at the line, rounding.

Not counted: types recorded as meant for self-financed movers only. A drawing that was not read whole, that two readers do
not agree on, whose unit of measure is not borne out, whose outline is open, or which names several numbers of persons
passes nothing and fails nothing. How much of a balcony counts is not verified law: where that decides, it is a question.

Why: inspectors unrolled designs whose unit types were too large for the persons they were meant for. Found on the drawing,
the drawing is changed; found in the house, somebody has to move again.
"""

import numpy as np

from checks.check import Beside, rule
from checks.drawn import SIDES, Drawn, assigned, drawn, play
from checks.policy import NO_RULE, Limit, Terms
from checks.records import Array, Records
from checks.verdict import NO_RULE_THAT_DAY, Flags, Numbers, Outcome, Verdict, When, at_most, exceeds, first, instead, worst
from checks.vocabulary import UNIT_TYPE


@rule(
    about=UNIT_TYPE,
    dated_by="approved_on",
    reads=("persons",),
    beside=("households",),
    linked={"households": ("county site_code?: registered_poor unit_type approved_persons",)},
)
def unit_type_area(types: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge either drawing, let the worse speak, then lay the households beside it."""
    limit, sides = law.most_m2_a_person, [drawn(types, side, law.balcony_percent) for side in SIDES]
    bands = law.rounding_m2.amounts, law.unlike_percent.amounts
    one, two = (_judged(side, _persons(types, side), limit, *bands) for side in sides)
    other = worst([one.outcome, two.outcome]) != one.outcome
    verdict, persons = instead(one, two, other), np.where(other, _persons(types, sides[1]), _persons(types, sides[0]))
    homes = assigned(types, persons, beside.get("households"))
    told, passes = types.stored("registered_poor"), verdict.outcome == Outcome.PASS
    typed_over = exceeds(_largest_typed(types), limit.amounts * types.persons)
    neither = ~sides[0].there & ~sides[1].there
    return first(
        When(limit.which == NO_RULE, Outcome.NOT_APPLICABLE, NO_RULE_THAT_DAY),
        When((told == 0) & (homes.households == 0), Outcome.NOT_APPLICABLE, "outside"),
        When(neither & typed_over, Outcome.REVIEW, "not-drawn-over"),
        When(neither, Outcome.NO_DATA, "not-drawn"),
        When((verdict.outcome == Outcome.FAIL) & (told != 1) & (homes.households == 0), Outcome.REVIEW, "over-for-whom", by_limit=True),
        When(passes & (homes.fewer > 0), Outcome.REVIEW, "assigned-to-fewer", by_limit=True),
        When(passes & exceeds(homes.households, types.homes), Outcome.REVIEW, "more-than-homes", by_limit=True),
        otherwise=verdict,
    ).having(
        persons=persons,
        homes=types.homes,
        households=homes.households,
        fewer=homes.fewer,
        typed=_largest_typed(types),
        **{"whose.this.state": np.full(len(types), "ledger", dtype=object)},
        **_facts(sides, other),
    )


def _persons(types: Records, side: Drawn) -> Numbers:
    return np.where(np.isnan(types.persons), side.persons, types.persons)


def _largest_typed(types: Records) -> Numbers:
    """Return the largest area that was typed into the ledger, NaN where none was."""
    typed = np.array([types.stored(name) for name in ("design_area_m2", "construction_area_m2", "register_area_m2", "surveyed_area_m2")])
    return np.asarray(np.fmax.reduce(typed))


def _judged(side: Drawn, persons: Numbers, limit: Limit, band: Numbers, unlike_percent: Numbers) -> Verdict:
    """Judge one drawing. The written figure decides where the outline bears it out; the two have to point the same way, and to be near."""
    line = limit.amounts * persons
    written = ~np.isnan(side.annotated)
    confirmed = written & ~exceeds(np.abs(side.annotated - side.counted), np.fmax(side.error, band))
    area = np.where(confirmed, side.annotated, side.counted)
    surely_over, may_be_over = exceeds(side.low, line), exceeds(side.high, line)
    over, said_over = exceeds(area, line), written & exceeds(side.annotated, line)
    apart = written & ~confirmed & (said_over != over)
    close = np.where(confirmed, np.where(over, ~may_be_over, surely_over), may_be_over & ~surely_over)
    balcony = may_be_over & ~exceeds(side.low + 2 * side.error, line) & (side.balcony > 0) & ~confirmed
    some_over = over | said_over
    ways = np.array([side.counted, side.low + side.error, side.high - side.error])
    room = np.fmax(line - np.fmax(side.counted, side.annotated), 0)  # what is nearer to the line has to agree better
    allowed = np.fmax(np.fmin(unlike_percent / 100 * side.counted, room), band) + side.error
    unlike = written & exceeds(np.abs(ways - side.annotated).min(axis=0), allowed)
    verdict = at_most(area / persons, limit)
    known = (limit.which >= 0) & (persons > 0)
    return first(
        When(~side.there, Outcome.NOT_APPLICABLE, "outside"),
        When(known & side.doubted & some_over, Outcome.REVIEW, "doubtful-over", by_limit=True),
        When(side.doubted, Outcome.NO_DATA, "doubtful"),
        When(persons < 1, Outcome.NO_DATA, "nobody", ("persons",)),
        When(known & (side.persons != persons) & ~np.isnan(side.persons), Outcome.REVIEW, "persons-differ", by_limit=True),
        When(known & apart, Outcome.REVIEW, "written-otherwise", by_limit=True),
        When(known & unlike & ~over, Outcome.REVIEW, "written-unlike", by_limit=True),
        When(known & balcony & close, Outcome.REVIEW, "balcony-decides", by_limit=True),
        When(known & close, Outcome.REVIEW, "too-close", by_limit=True),
        otherwise=verdict,
    )


def _facts(sides: list[Drawn], other: Flags) -> dict[str, Array]:
    """Return the speaking drawing's figures, and how either drawing stands."""
    pick = {name: np.where(other, getattr(sides[1], name), getattr(sides[0], name)) for name in ("counted", "error", "balcony", "annotated", "doubts")}
    pick |= {"drawn_persons": np.where(other, sides[1].persons, sides[0].persons), "which.this.state": np.where(other, SIDES[1], SIDES[0]).astype(object)}
    by_hand = np.where(other, sides[1].persons_by_hand, sides[0].persons_by_hand)
    pick["told.this.state"] = np.where(by_hand, "by-hand", "written").astype(object)
    pick |= {f"play.this.{part}": column for part, column in play(pick["error"]).items()}
    for name, side in zip(SIDES, sides, strict=True):
        written = ~np.isnan(side.annotated)
        state = np.where(~side.there, "absent", np.where(np.isnan(side.counted), "open", np.where(written, "both", "measured")))
        pick |= {f"areas.{name}.state": state.astype(object), f"areas.{name}.counted": side.counted, f"areas.{name}.annotated": side.annotated}
    return pick
