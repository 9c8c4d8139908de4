"""Does one ID number stand for two households, and was a family split just before it was approved?

Counted: every household. Its head's ID number is looked for among all other households, in whatever county; its
household book (户口簿) among those of its own county; and the days from the household's split to its approval.

Not counted: households that gave up the move, since such a household may have been entered again. Numbers that are no
ID number (cut off, or damaged to 4.12E+17) are not compared, since damage makes strangers equal. A split after the
approval changes no approved person and is only told. No split on record means that none is known.

Why: subsidy and area follow approved households and persons. One family entered twice is paid twice; one split for
the occasion gets two homes. Within five months a county reported 9,277 and then 9,310 households of the same 33,866
persons: households were split, and the figures do not say why. Young families do part from their parents for good
reasons, and no document that was seen fixes a number of days, so all of this is a question. ID numbers are never
shown; other households are named by their codes.
"""

import numpy as np
import numpy.typing as npt

from checks.check import Beside, rule
from checks.peers import among, named, rows_met_again
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Numbers, Outcome, Verdict, When, at_least, at_most, first, lacking, strictest
from checks.vocabulary import HOUSEHOLD


@rule(about=HOUSEHOLD, dated_by="approved_on", reads=("id_number",), beside=("households",), linked={"households": ("id_number", "county household_book")})
def duplicate_identity(home: Records, law: Terms, *, beside: Beside) -> Verdict:
    """Judge a household by those it shares a number with, then by the day of its split."""
    ledger = among(home, beside.get("households"), "gave_up_on", "id_number", "household_book")
    today, most = np.datetime64(law.as_of, "D"), law.as_judged().most_households_a_number
    ids, same_id = _sharing(home, ledger, "id_number", today)
    books, same_book = _sharing(home, ledger, "household_book", today)
    days = (home.approved_on - home.split_on).astype("timedelta64[D]").astype(np.float64)
    days[np.isnat(home.approved_on) | np.isnat(home.split_on)] = np.nan
    identity = first(
        When(lacking(home, "id_number"), Outcome.NO_DATA, "missing", ("id_number",)),
        When(~np.isin(_places(home.id_number), (15, 18)), Outcome.NO_DATA, "no-id", ("id_number",)),
        otherwise=at_most(ids, most, within="once", over="same-id", fails=False),
    )
    book = at_most(books, most, within="once", over="same-book", fails=False)
    split = first(
        When(np.isnat(home.split_on) | (days < 0), Outcome.PASS, "once"),
        otherwise=at_least(days, law.split_quiet_days, within="once", under="split-just-before", fails=False),
    )
    for_the_occasion = (split.outcome == Outcome.REVIEW) & (books > 1) & (ids == 1)
    return first(
        When(home.gave_up_on <= today, Outcome.NOT_APPLICABLE, "gave-up"),
        When(for_the_occasion, Outcome.REVIEW, "split-same-book", by_limit=True),
        otherwise=strictest(identity, book, split),
    ).having(same_id=same_id, same_book=same_book, days=np.abs(days), **_told(home, books, days))


def _sharing(home: Records, ledger: Records, name: str, today: np.datetime64) -> tuple[Numbers, Array]:
    """Return for each household how many share its number, itself among them, and the others' codes as a fact."""
    values, gave_up = ledger.stored(name), ledger.gave_up_on <= today
    county, code = ledger.county, ledger.code
    members: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows_met_again(values):
        if not gave_up[row]:
            members.setdefault(_key(name, values[row], county[row]), set()).add((county[row], code[row]))
    how_many, others = np.ones(len(home)), np.full(len(home), "", dtype=object)
    met, own = {value for _, value in members}, home.stored(name)
    counties, codes = home.county, home.code
    for row in np.flatnonzero(np.fromiter(map(met.__contains__, own), dtype=np.bool_, count=len(own))).tolist():
        me = (counties[row], codes[row])
        rest = members.get(_key(name, own[row], me[0]), set()) - {me}
        if rest and _compared(name, own[row]):
            how_many[row] = len(rest) + 1
            others[row] = named(there if where == me[0] else f"{where}/{there}" for where, there in rest)
    return how_many, others


def _key(name: str, value: str, county: str) -> tuple[str, str]:
    """ID numbers are the nation's; the number of a household book is its county's."""
    return ("" if name == "id_number" else county), value


def _compared(name: str, value: str) -> bool:
    """Tell a number from a word that stands in its place ("无", "不详") and from a damaged one."""
    if name == "id_number":
        return len(value) in (15, 18) and value[:-1].isdigit()
    return len(value) >= 4 and any(letter.isdigit() for letter in value)


def _places(numbers: Array) -> npt.NDArray[np.int64]:
    """Return how many places each number has: an ID number 18, or 15 in the first generation."""
    return np.fromiter((len(number or "") for number in numbers), dtype=np.int64, count=len(numbers))


def _told(home: Records, books: Numbers, days: Numbers) -> dict[str, Array]:
    book = np.where(books > 1, "shared", np.where(_places(home.household_book) < 4, "unread", "alone"))
    day = np.where(np.isnat(home.split_on), "none", np.where(np.isnan(days), "undated", np.where(days < 0, "after", "before")))
    return {
        "told.book.state": book.astype(object),
        "told.day.state": day.astype(object),
        "told.day.on": home.split_on,
        "told.day.days": np.abs(days),
    }
