"""Is everybody on the public notice in the register, and everybody in the register on a notice?

Counted: both ways, by ID number. Each entry of a notice list is looked for in the register of households; where it is
found, its persons are compared with the approved persons, and the days it hung, the first and the last both counted,
with the days a notice is said to hang. Each household of the registered poor is looked for on the notices.

Not counted: households that move at their own cost or gave up. Entries and households without an ID number cannot be
compared, names alone do not tell people apart. Where a county's notices were not imported, nothing is said against it.

Why: "you held the meeting and put up the notice" is believed when the list equals the register. Seven days are known
from the identification of the registered poor and were not seen for relocation, so a shorter notice is a question.
"""

import numpy as np

from checks.check import Beside, rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import NOT_SUPPLIED, Flags, Numbers, Outcome, Verdict, When, at_least, at_most, first, instead, settled
from checks.vocabulary import HOUSEHOLD, NOTICE


@rule(about=NOTICE, dated_by="noticed_on", needs=("id_number",), beside=("households",), linked={"households": ("id_number",)})
def public_notice(notice: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge an entry of the notice: whether the register knows it, with as many persons, and how long it hung."""
    if "households" not in beside:
        return _not_supplied(len(notice), "households")
    home, today = beside["households"], np.datetime64(law.as_of, "D")
    found = _places(notice.id_number, home.id_number)
    approved = np.append(home.approved_persons, np.nan)[found]
    none, limit = (found < 0).astype(np.float64), law.most_mismatches
    days = _days(notice.noticed_on, np.where(notice.taken_down_on > today, np.datetime64("NaT", "D"), notice.taken_down_on))
    unlike = (notice.persons != approved).astype(np.float64)
    shown = at_least(days, law.least_days_displayed, within="shown", under="short")
    verdict = instead(shown, at_most(unlike, limit, over="persons-differ"), (unlike > 0) & ~np.isnan(notice.persons) & ~np.isnan(approved))
    verdict = instead(verdict, at_most(none, limit, over="not-in-register"), none > 0)
    hanging = np.isnan(days) & (_days(notice.noticed_on, today) < law.least_days_displayed.amounts)
    fits = (none == 0) & ((unlike == 0) | np.isnan(notice.persons) | np.isnan(approved))
    return first(
        When(fits & (notice.noticed_on > today), Outcome.REVIEW, "not-yet"),
        When(fits & (notice.taken_down_on < notice.noticed_on), Outcome.REVIEW, "reversed"),
        When(fits & np.isnan(notice.persons), Outcome.NO_DATA, "missing", ("persons",)),
        When(fits & np.isnan(approved), Outcome.NO_DATA, "register-without-persons"),
        When(fits & hanging, Outcome.NOT_APPLICABLE, "hanging"),
        When(fits & ~np.isnat(notice.noticed_on) & np.isnan(days), Outcome.NO_DATA, "missing", ("taken_down_on",)),
        otherwise=verdict,
    ).having(
        persons=notice.persons,
        approved=approved,
        household=np.append(home.code, "")[found],
        noticed_on=notice.noticed_on,
        taken_down_on=notice.taken_down_on,
        days=days,
    )


@rule(
    about=HOUSEHOLD,
    dated_by="approved_on",
    needs=("registered_poor", "id_number"),
    applies=lambda home: home.registered_poor,
    beside=("notices",),
    linked={"notices": ("id_number",)},
)
def on_a_notice(home: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge whether a household of the register was ever on a notice."""
    if "notices" not in beside:
        return _not_supplied(len(home), "notices")
    notices = beside["notices"]
    noticed = set(notices.id_number)
    never = np.fromiter((number not in noticed for number in home.id_number), dtype=np.float64, count=len(home))
    counties, county_of = home.grouped("county")
    silent = ~np.isin(counties, notices.grouped("county")[0])[county_of]
    return first(
        When(home.gave_up_on <= np.datetime64(law.as_of, "D"), Outcome.NOT_APPLICABLE, "gave-up"),
        When(silent, Outcome.NO_DATA, NOT_SUPPLIED, ("notices",)),
        otherwise=at_most(never, law.most_mismatches, within="noticed", over="never-noticed"),
    )


def _places(wanted: Array, among: Array) -> Array:
    """Return where each ID number first stands among the others, -1 where it does not."""
    asked = set(wanted) - {"", None}  # the few numbers of a notice, not the millions of a register
    place = {number: row for row, number in zip(range(len(among) - 1, -1, -1), reversed(among), strict=True) if number in asked}
    return np.fromiter((place.get(number, -1) for number in wanted), dtype=np.int64, count=len(wanted))


def _days(since: Array, until: Array | np.datetime64) -> Numbers:
    """Count days, the first and the last included; NaN where one of them is not known."""
    days = np.asarray(until - since)
    return np.where(np.isnat(days), np.nan, days.astype(np.float64) + 1)


def _not_supplied(rows: int, ledger: str) -> Verdict:
    everywhere: Flags = np.ones(rows, dtype=np.bool_)
    return first(When(everywhere, Outcome.NO_DATA, NOT_SUPPLIED, (ledger,)), otherwise=settled(rows, Outcome.NO_DATA, NOT_SUPPLIED))
