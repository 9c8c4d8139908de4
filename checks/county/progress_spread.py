"""Do the sites of a place march in step: all under construction, none finished, or all on the same days?

Counted: the resettlement sites of a county and of each township, by two methods. First, of the sites that were started
longer ago than a site usually takes, the share that is finished; under a tenth is a question. Second, the share of
sites that carry one and the same day of the start, and of the finish; more than half is a question.

Not counted: places with few sites, where chance alone makes them alike; sites where homes are bought. Sites without a
stage or a day of the start are left out and named; if they are many, the answer is open.

Why: dozens of sites that were all "under construction" and none finished were shown to inspectors, and days copied down
a column look tidy and say nothing. A joint ground-breaking explains equal days, so nothing here is more than a review.
On clean sites (starts spread over a year or more, up to a third of them at one joint ceremony, 120 to 480 days of
building) fewer than 5 % of places are named; where no site is finished, or two thirds of the days are copied, more than
90 % are. The simulation with its seed is among the tests.
"""

import numpy as np

from checks.census import count_in
from checks.check import Beside, rule
from checks.choices import Resettlement, Stage
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import NOT_SUPPLIED, Flags, Numbers, Outcome, Verdict, When, at_least, at_most, exceeds, first, instead, settled, strictest
from checks.vocabulary import AREA

_A_PLACE = 1_000_000  # room for the days of one place in a key


@rule(about=AREA, dated_by="counted_on", beside=("sites",), linked={"sites": ("county",)})
def progress_spread(area: Records, law: Terms, beside: Beside) -> Verdict:
    """Judge the share finished among the sites that had their time, and how many share one day."""
    if "sites" not in beside:
        absent = When(np.ones(len(area), dtype=np.bool_), Outcome.NO_DATA, NOT_SUPPLIED, ("sites",))
        return first(absent, otherwise=settled(len(area), Outcome.NO_DATA, NOT_SUPPLIED))
    site = beside["sites"]
    built = ~np.isin(site.resettlement, (Resettlement.PURCHASE_OR_CASH, Resettlement.WITH_RELATIVES))
    unknown = built & ((site.stage < 0) | ((site.stage > Stage.NOT_STARTED) & np.isnat(site.started_on)))
    known, finished = built & ~unknown, built & ~unknown & (site.stage >= Stage.FINISHED)
    had_time = known & _had_time(area, site, law)
    sites, unknown_here = count_in(area, site, known), count_in(area, site, unknown)
    in_time, ready = count_in(area, site, had_time), count_in(area, site, had_time & finished)
    started, ended = known & ~np.isnat(site.started_on), finished & ~np.isnat(site.finished_on)
    starts, ends = _on_one_day(area, site, started, site.started_on), _on_one_day(area, site, ended, site.finished_on)
    least, most = law.least_sites_to_compare.amounts, law.most_percent_on_one_day
    started_here, ended_here = count_in(area, site, started), count_in(area, site, ended)
    verdict = strictest(
        _where(in_time >= least, at_least(100 * ready / in_time, law.least_percent_finished, within="finishing", under="none-finished", fails=False)),
        _where(started_here >= least, at_most(100 * starts / started_here, most, within="spread", over="same-start", fails=False)),
        _where(ended_here >= least, at_most(100 * ends / ended_here, most, within="spread", over="same-finish", fails=False)),
    )
    return first(
        When(sites + unknown_here < least, Outcome.NOT_APPLICABLE, "too-few"),
        When(exceeds(100 * unknown_here / (sites + unknown_here), law.most_unknown_percent.amounts), Outcome.NO_DATA, "too-many-unknown"),
        otherwise=verdict,
    ).having(sites=sites, unknown=unknown_here, in_time=in_time, ready=ready, starts=starts, started=started_here, ends=ends, ended=ended_here)


def _had_time(area: Records, site: Records, law: Terms) -> Flags:
    """Tell which sites were started longer ago than a site usually takes, on the day their stage was reported."""
    today = np.datetime64(law.as_of, "D")
    usual = dict(zip(area.county, law.usual_days_building.amounts, strict=True))
    counties, county_of = site.grouped("county")
    days = np.array([usual.get(county, np.nan) for county in counties])[county_of]
    seen = np.where(np.isnat(site.progress_on) | (site.progress_on > today), today, site.progress_on)
    return np.asarray(~np.isnat(site.started_on) & ((seen - site.started_on).astype(np.float64) > days))


def _on_one_day(area: Records, site: Records, rows: Flags, days: Array) -> Numbers:
    """Return, for each area, how many of its sites share the commonest day."""
    pairs, pair_of = site.paired("county", "township")
    most: dict[str, float] = {}
    for names, group in (site.grouped("county"), ([f"{county}/{township}" for county, township in pairs], pair_of)):
        keys, counts = np.unique(group[rows] * _A_PLACE + days[rows].astype(np.int64), return_counts=True)
        largest = np.zeros(len(names))
        np.maximum.at(largest, keys // _A_PLACE, counts)
        most |= dict(zip(names, largest.tolist(), strict=True))
    return np.array([most.get(code, 0.0) for code in area.code])


def _where(rows: Flags, verdict: Verdict) -> Verdict:
    """Let a method speak in some places only: elsewhere there are too few sites for it."""
    return instead(settled(len(rows), Outcome.NOT_APPLICABLE, "too-few"), verdict, rows)
