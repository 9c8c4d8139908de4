"""Is the funding total the sum of its five parts, to the fen, and what does the ledger of funds say?

Counted: every funding total a county reports: central budget, central special, provincial, city and county, other.
Each figure is taken to the fen and the five are added. Where a ledger of funds was imported, the money that arrived by
the same day is put beside the total; in that year only, where the total's code is a year.

Not counted: nothing is left out. A part that is not recorded is not zero: without it the sum is open, unless the other
parts already exceed the total. A county whose ledger of funds misses an amount or a day is not compared with it.

Why: published figures do not always close, and the difference is often one part left out or counted twice. It is named
and never repaired. A sum is arithmetic and no document's, so a difference is a question and not a violation.
"""

import numpy as np

from checks.check import Beside, rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Numbers, Outcome, Verdict, When, at_most, exceeds, first, instead, lacking
from checks.vocabulary import FUNDING

PARTS = ("central_budget_yuan", "central_special_yuan", "provincial_yuan", "city_county_yuan", "other_yuan")
_A_COUNTY = 1_000_000  # room for the days of one county's ledger in a key


@rule(about=FUNDING, dated_by="counted_on", needs=("total_yuan",), reads=PARTS, beside=("funds",), linked={"funds": ("county",)})
def funding_sum(funding: Records, law: Terms, beside: Beside) -> Verdict:
    """Compare the total with its parts first, then with the ledger of funds where there is one."""
    parts = _fen(np.array([funding.stored(part) for part in PARTS]))
    total, added, known = _fen(funding.total_yuan), parts.sum(axis=0), np.nansum(parts, axis=0)
    arrived, ledger = _arrived(funding, beside["funds"]) if "funds" in beside else _unknown(funding)
    limit, part = law.most_difference_yuan, _which_part(parts, np.abs(total - added))
    sums = at_most(np.abs(total - added) / 100, limit, within="closes", over="differs")
    by_part = at_most(np.abs(total - added) / 100, limit, over="differs-by-a-part")
    beside_ledger = at_most(np.abs(total - arrived) / 100, limit, over="ledger-differs", fails=False)
    verdict = instead(sums, by_part, (part != "") & ((by_part.outcome == Outcome.FAIL) | (by_part.outcome == Outcome.REVIEW)))
    verdict = instead(verdict, beside_ledger, (verdict.outcome == Outcome.PASS) & (beside_ledger.outcome == Outcome.REVIEW))
    return first(
        When((parts < 0).any(axis=0) | (total < 0), Outcome.REVIEW, "below-zero"),
        When(lacking(funding, *PARTS) & exceeds(known, total), Outcome.REVIEW, "over-already"),
        otherwise=verdict,
    ).having(
        total=total / 100,
        known=known / 100,
        arrived=arrived / 100,
        **{"part.which.state": part, "ledger.funds.state": ledger},
        **{"way.total.state": _above(total, known), "way_ledger.total.state": _above(total, arrived)},
    )


def _fen(yuan: Numbers) -> Numbers:
    return np.asarray(np.rint(100 * yuan))


def _above(total: Numbers, other: Numbers) -> Array:
    return np.where(total > other, "above", "below").astype(object)


def _which_part(parts: Numbers, difference: Numbers) -> Array:
    """Name the part that is just as large as the difference: it may have been left out or counted twice."""
    same = (parts == difference) & (difference > 0)
    return np.where(same.any(axis=0), np.array(PARTS, dtype=object)[same.argmax(axis=0)], "").astype(object)


def _unknown(funding: Records) -> tuple[Numbers, Array]:
    return np.full(len(funding), np.nan), np.full(len(funding), "absent", dtype=object)


def _arrived(funding: Records, funds: Records) -> tuple[Numbers, Array]:
    """Return what had arrived in the county by the day of the total, in fen; NaN where the ledger of funds cannot say."""
    counties, county_of = funding.grouped("county")
    theirs, their_county = funds.grouped("county")
    number = {county: i for i, county in enumerate(theirs)}
    there = np.array([number.get(county, len(theirs)) for county in counties], dtype=np.int64)[county_of]
    open_ = np.bincount(their_county, weights=lacking(funds, "amount_yuan", "received_on"), minlength=len(theirs) + 1)[there] > 0
    keys = their_county * _A_COUNTY + np.where(np.isnat(funds.received_on), 0, funds.received_on.astype(np.int64))
    order = np.argsort(keys)
    running = np.concatenate([[0.0], np.cumsum(np.nan_to_num(_fen(funds.amount_yuan[order])))])
    years = np.array([code.isdigit() and len(code) == 4 for code in funding.code.astype(str)], dtype=np.bool_)
    new_year = funding.counted_on.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    until = running[np.searchsorted(keys[order], there * _A_COUNTY + funding.counted_on.astype(np.int64), side="right")]
    since = running[np.searchsorted(keys[order], there * _A_COUNTY + np.where(years, new_year, 0))]
    silent = there == len(theirs)
    state = np.where(silent, "absent", np.where(open_, "open", "known")).astype(object)
    return np.where(state == "known", until - since, np.nan), state
