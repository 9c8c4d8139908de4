"""Is money that came for relocation lying still, how much, and for how long?

Counted: every batch of money in the funds ledger. What was received less what was paid out lies still; its age runs
from the day of the last payment, or from the day it was received where nothing was paid, to the day of counting.
Counting from the last payment is this program's way, since the auditors' was not seen: where a small sum was paid and
most still lies there, look from the day of arrival in the ledger of funds too. Under one year passes, over one year is
a question, over two years is reported apart, as auditors do. Beside each batch stands what lies still from the same
source in the same county, and the share of all that lies still in the ledger.

Not counted: a batch of nothing. The share of a county says where to look and is no verdict by itself.

Why: one county held 8 million of the 40 million yuan that lay still in a whole province. Money that waits for two years
has missed the people it was meant for. The ages are audit practice and this program's own default, so that without a
formal rule of the county retained money is a review and not a fail.
"""

import numpy as np

from checks.check import Beside, rule
from checks.choices import FundSource
from checks.peers import among
from checks.policy import Terms
from checks.records import Records
from checks.verdict import Numbers, Outcome, Verdict, When, at_most, exceeds, first, strictest
from checks.vocabulary import FUND

_SOURCES = np.array([*(source.id for source in FundSource), "unknown"], dtype=object)  # the last answers for -1


@rule(about=FUND, dated_by="counted_on", reads=("amount_yuan", "paid_out_yuan", "received_on"), beside=("funds",))
def retained_funds(fund: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge the age of what has not been paid out, the oldest class first."""
    idle, ledger = fund.amount_yuan - fund.paid_out_yuan, among(fund, beside.get("funds"), "source", "amount_yuan", "paid_out_yuan")
    touched = np.where((fund.paid_out_yuan > 0) & ~np.isnat(fund.last_paid_on), fund.last_paid_on, fund.received_on)
    days = (fund.counted_on - touched).astype("timedelta64[D]").astype(np.float64)
    days[np.isnat(fund.counted_on) | np.isnat(touched) | np.isnan(idle)] = np.nan
    alike, whole = _lying_still(ledger, len(fund))
    return first(
        When(fund.amount_yuan <= 0, Outcome.NOT_APPLICABLE, "nothing-received"),
        When(exceeds(fund.paid_out_yuan, fund.amount_yuan), Outcome.REVIEW, "overspent"),
        When(idle == 0, Outcome.PASS, "spent"),
        When(days < 0, Outcome.REVIEW, "counted-too-early"),
        otherwise=strictest(
            at_most(days, law.most_idle_days, within="moving", over="two-years"),
            at_most(days, law.questioned_idle_days, within="moving", over="one-year"),
            at_most(days, law.county_most_idle_days, within="moving", over="over-own-limit"),
        ),
    ).having(
        amount_yuan=fund.amount_yuan,
        paid_out_yuan=fund.paid_out_yuan,
        idle_yuan=idle,
        since=touched,
        counted_on=fund.counted_on,
        alike_yuan=alike,
        whole_yuan=np.full(len(fund), whole),
        share_percent=100 * alike / whole,
        **{"source.this.state": _SOURCES[fund.source]},
    )


def _lying_still(fund: Records, last: int) -> tuple[Numbers, float]:
    """Return what lies still from the own source and county of each of the last records, and in the whole ledger."""
    fen = np.rint(100 * np.fmax(fund.amount_yuan - fund.paid_out_yuan, 0.0))  # whole numbers: a sum that no order of adding changes
    counties, county_of = fund.grouped("county")
    group = county_of * len(_SOURCES) + np.where(fund.source < 0, len(_SOURCES) - 1, fund.source)
    sums = np.bincount(group, weights=np.nan_to_num(fen), minlength=len(counties) * len(_SOURCES)).astype(np.float64)
    return sums[group][len(fund) - last :] / 100, float(np.nansum(fen)) / 100
