"""Is building moving on, and do the stage and the dates of a site tell the same story?

Counted: every site on which homes are built. Its stage is compared with its dates, which have to follow each other:
approved, started, main structure done, finished, and none of them later than the day of judgement. While it is not
finished, days are counted from approval to the start, from the start, from the main structure, and past the planned
finish, each up to the day the progress was reported.

Not counted: sites where homes are bought or money is paid, since nothing is built there.

Why: dozens of sites that are all "under construction" and none finished is what inspectors were shown. "Finished" on no
day cannot be checked. No document was found that fixes how long building may take, so the days are this program's
practice values and yield a review; a county may set its own. An old return says nothing about today.
"""

import numpy as np

from checks.check import rule
from checks.choices import Resettlement, Stage
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Flags, Numbers, Outcome, Verdict, When, at_most, exceeds, first, instead, lacking, settled, strictest
from checks.vocabulary import SITE

_STAGES = np.array([*(stage.id for stage in Stage), ""], dtype=object)


@rule(about=SITE, dated_by="approved_on")
def construction_progress(site: Records, law: Terms) -> Verdict:
    """Judge the order of stage and dates first, then how long the site has stood at its stage."""
    today = np.datetime64(law.as_of, "D")
    seen = np.where(np.isnat(site.progress_on), today, site.progress_on)
    topped = site.stage == Stage.MAIN_DONE
    building = topped | (site.stage == Stage.BUILDING)
    waiting = site.stage == Stage.NOT_STARTED
    done = site.stage >= Stage.FINISHED
    verdict = strictest(
        _where(building, at_most(_days(site.started_on, seen), law.most_days_building, within="on-the-way", over="stalled")),
        _where(
            topped & ~np.isnat(site.topped_out_on),
            at_most(_days(site.topped_out_on, seen), law.most_days_to_finish, within="finishing", over="stalled-at-the-end"),
        ),
        _where(waiting, at_most(_days(site.approved_on, seen), law.most_days_to_start, within="waiting", over="not-started")),
        _where(
            (building | waiting) & ~np.isnat(site.planned_finish_on),
            at_most(_days(site.planned_finish_on, seen), law.most_days_past_plan, within="before-plan", over="past-plan"),
        ),
    )
    stale = exceeds(_days(site.progress_on, np.full(len(site), today)), law.most_days_since_return.amounts)
    against = (verdict.outcome == Outcome.FAIL) | (verdict.outcome == Outcome.REVIEW)
    bought = np.isin(site.resettlement, (Resettlement.PURCHASE_OR_CASH, Resettlement.WITH_RELATIVES))
    return first(
        When(bought, Outcome.NOT_APPLICABLE, "nothing-built"),
        *_contradictions(site, today, waiting, building),
        When(lacking(site, "stage"), Outcome.NO_DATA, "missing", ("stage",)),
        When(done & np.isnat(site.finished_on), Outcome.NO_DATA, "finished-undated", ("finished_on",)),
        When(done & np.isnat(site.started_on), Outcome.NO_DATA, "missing", ("started_on",)),
        When(done, Outcome.PASS, "finished"),
        When(building & np.isnat(site.started_on) & ~against, Outcome.NO_DATA, "missing", ("started_on",)),
        When(topped & np.isnat(site.topped_out_on) & ~against, Outcome.NO_DATA, "topped-out-undated", ("topped_out_on",)),
        When((verdict.outcome == Outcome.PASS) & stale, Outcome.NO_DATA, "return-too-old", ("progress_on",)),
        otherwise=verdict,
    ).having(
        approved_on=site.approved_on,
        started_on=site.started_on,
        topped_out_on=site.topped_out_on,
        finished_on=site.finished_on,
        planned_finish_on=site.planned_finish_on,
        progress_on=seen,
        **{"stage.now.state": _STAGES[site.stage]},
    )


def _contradictions(site: Records, today: np.datetime64, waiting: Flags, building: Flags) -> tuple[When, ...]:
    """Name dates that have not come yet, that do not follow each other, and that the stage does not know of."""
    started, topped_out, finished = site.started_on, site.topped_out_on, site.finished_on
    ahead = (started > today) | (topped_out > today) | (finished > today) | (site.progress_on > today)
    order = (started > topped_out) | (topped_out > finished) | (started > finished)
    main_done = site.stage == Stage.MAIN_DONE
    behind = ~np.isnat(finished) & (waiting | building) | ~np.isnat(topped_out) & (waiting | building & ~main_done) | ~np.isnat(started) & waiting
    return (
        When(ahead, Outcome.REVIEW, "not-yet"),
        When(order, Outcome.REVIEW, "out-of-order"),
        When(behind, Outcome.REVIEW, "stage-behind-dates"),
        When(started < site.approved_on, Outcome.REVIEW, "before-approval"),
    )


def _days(since: Array, until: Array) -> Numbers:
    days = (until - since).astype("timedelta64[D]").astype(np.float64)
    days[np.isnat(since)] = np.nan
    return np.asarray(days, dtype=np.float64)


def _where(rows: Flags, verdict: Verdict) -> Verdict:
    """Let a verdict speak in some rows only."""
    return instead(settled(len(rows), Outcome.NOT_APPLICABLE, "outside"), verdict, rows)
