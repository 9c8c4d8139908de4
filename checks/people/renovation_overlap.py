"""Has the same person been helped twice, once to move and once to mend the old house?

Counted: households of the registered poor against the ledger of dilapidated-house renovations (危房改造), and each
renovation against the households, by the ID number of the head, in every county of both ledgers. Where the other
ledger holds people without an ID number, the same name in the same village is a question.

Not counted: households that move at their own cost. Where a county has no ledger of renovations, or of households,
nothing can be compared: that is said once and is no pass. A head without an ID number is not compared by name alone.
Other members' ID numbers are not compared; a renovation of many years ago is listed as well, for a person to look at.

Why: relocation and renovation exclude each other: who is moved has no old house left to mend. A typing error makes two
people one, so that each pair is looked at by hand. The text of the rule was not seen; unless a county has set a formal
rule of its own, a match is a review and not a fail.
"""

from collections import Counter, defaultdict
from itertools import repeat

import numpy as np

from checks.check import Beside, rule
from checks.policy import NO_RULE, Terms
from checks.records import Array, Records
from checks.verdict import NOT_SUPPLIED, Flags, Outcome, Verdict, When, at_most, first, lacking
from checks.vocabulary import HOUSEHOLD, RENOVATION

MOST_CODES = 5
_WHO = ("county", "township", "village", "head_name")
_LINKED = ("id_number", "county township? village? head_name")


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("registered_poor",),
    reads=("id_number",),
    applies=lambda home: home.registered_poor,
    beside=("renovations",),
    linked={"renovations": _LINKED},
)
def renovation_overlap(home: Records, law: Terms, beside: Beside) -> Verdict:
    """Look each household's ID number up among the renovations."""
    return _compared(home, law, beside.get("renovations", Records(RENOVATION, {}, 0)))


@rule(about=RENOVATION, dated_by="approved_on", reads=("id_number",), beside=("households",), linked={"households": _LINKED})
def renovated_household(house: Records, law: Terms, beside: Beside) -> Verdict:
    """Look each renovation's ID number up among the households that are, or may be, registered poor."""
    homes = beside.get("households", Records(HOUSEHOLD, {}, 0))
    return _compared(house, law, homes.take(homes.stored("registered_poor") != 0))


def _compared(own: Records, law: Terms, other: Records) -> Verdict:
    limit = law.most_in_both_ledgers
    times = Counter(other.id_number[~lacking(other, "id_number")])
    matches = np.fromiter(map(times.get, own.id_number, repeat(0)), np.float64, len(own))
    alone, in_force = matches == 0, limit.which != NO_RULE
    return first(
        When(in_force & alone & ~_covered(own, other), Outcome.NO_DATA, NOT_SUPPLIED, (other.kind.ledger,)),
        When(in_force & alone & ~lacking(own, "id_number") & _namesakes(own, other), Outcome.REVIEW, "namesake"),
        otherwise=at_most(np.where(lacking(own, "id_number"), np.nan, matches), limit, within="apart", over="in-both"),
    ).having(**_matched(own, other, matches))


def _covered(own: Records, other: Records) -> Flags:
    """Tell which records lie in a county the other ledger speaks of."""
    counties, county_of = own.grouped("county")
    return np.isin(counties, other.grouped("county")[0])[county_of]


def _namesakes(own: Records, other: Records) -> Flags:
    """Tell which records share name and village with somebody whom the other ledger keeps without an ID number."""
    nameless = other.take(lacking(other, "id_number") & ~lacking(other, "head_name"))
    if not len(nameless):
        return np.zeros(len(own), dtype=np.bool_)
    known = set(zip(*(nameless.stored(name) for name in _WHO), strict=True))
    return np.fromiter(map(known.__contains__, zip(*(own.stored(name) for name in _WHO), strict=True)), np.bool_, len(own))


def _matched(own: Records, other: Records, matches: Array) -> dict[str, Array]:
    """Name the other ledger's records with the same ID number, by their codes, with the first one's day of approval."""
    mine = np.flatnonzero(matches)
    wanted = set(own.id_number[mine])
    theirs = np.flatnonzero(np.fromiter(map(wanted.__contains__, other.id_number), np.bool_, len(other)))
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for id_number, row in zip(other.id_number[theirs], theirs.tolist(), strict=True):
        rows[id_number].append(row)
    codes, state = np.full(len(own), "", dtype=object), np.full(len(own), "few", dtype=object)
    since = np.full(len(own), np.datetime64("NaT", "D"))
    whose = np.full(len(own), other.kind.id, dtype=object)
    for row in mine.tolist():
        found = rows[own.id_number[row]]
        codes[row] = ", ".join(str(other.code[one]) for one in found[:MOST_CODES])
        state[row] = "few" if len(found) <= MOST_CODES else "many"
        since[row] = other.approved_on[found[0]]
    return {"codes.other.state": state, "codes.other.codes": codes, "codes.other.n": matches, "other_approved_on": since, "other": whose}
