"""The findings kept, by page and filter, and as the JSON other programs read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checks.finding import Finding, LawApplied
from checks.instruments import Instruments
from checks.registry import checks
from checks.verdict import Outcome
from relocation.service import paging
from relocation.service.counting import counted
from relocation.service.judging import known
from relocation.service.lawbook import instruments
from relocation.service.outside import key_of, left_out, page_outside
from relocation.store import files, queries, runs
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Findings worst first. `after` is what to ask the next page with, "" when this is the last.

    `left_out`: how many verdicts "pass" on households the filters' checks and county have, which no list holds unless `every` is asked.
    """

    findings: tuple[Finding, ...]
    after: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The latest run: when, on which day's view, check → outcome → number. `run_id` 0: nothing was checked yet."""

    run_id: int
    as_of: date | None
    run_at: datetime | None
    counts: Mapping[str, Mapping[str, int]]
    new: int
    still: int
    gone: int
    back: int
    stale: bool  # the records or layers have changed since
    before_as_of: date | None = None  # the run that this one is compared with: None for the first
    before_at: datetime | None = None


def findings(
    store: Store,
    *,
    outcome: str | Sequence[str] = (),
    check: str | Sequence[str] = (),
    county: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
    township: str | None = None,
    text: str | None = None,
    reason: str | None = None,
    missing: str | None = None,
    every: bool = False,
    after: str = "",
    limit: int = 50,
) -> FindingPage:
    """Return one page of findings; all filters hold together. `every` lists the people's records that pass too, judged anew.

    Trouble for an unknown check or outcome.
    """
    places = {"county": county, "kind": kind, "subject": subject, "township": township}
    wanted = wanted_findings(outcome=outcome, check=check, **places, text=text, reason=reason, missing=missing, every=every)
    limit = min(max(limit, 1), paging.MOST)
    key = paging.key(after, int, str, str, str, str)
    with store.reading() as connection:
        found = queries.page_of_findings(connection, wanted, key, limit + 1)
    found += page_outside(store, wanted, key, limit + 1 - len(found))
    more = len(found) > limit
    return FindingPage(tuple(found[:limit]), paging.mark(key_of(found[limit - 1])) if more else "", left_out(store, wanted))


def wanted_findings(*, outcome: str | Sequence[str] = (), check: str | Sequence[str] = (), **rest: Any) -> FindingFilter:
    """Return a filter of the store's from words. Trouble for an unknown check or outcome."""
    outcomes = [_outcome(id) for id in ([outcome] if isinstance(outcome, str) else outcome) if id]
    ids = [known(id).id for id in ([check] if isinstance(check, str) else check) if id]
    return FindingFilter(outcomes, ids, **rest)


def _outcome(id: str) -> Outcome:
    try:
        return Outcome.by_id(id)
    except KeyError:
        raise Trouble("unknown-outcome", outcome=id, near=", ".join(outcome.id for outcome in Outcome)) from None


def counts(store: Store, county: str | None = None) -> Counts:
    """Return the totals of the findings kept, all five outcomes for every check."""
    with store.reading() as connection:
        run = runs.last_run(connection)
        before = runs.run_before(connection, run["id"]) if run else None
        totals = counted(connection, store.scope, county)
        stale = files.revision(connection, "records") > runs.judged_revision(connection, county)
    every = {id: {outcome.id: totals.get((id, outcome.id), 0) for outcome in Outcome} for id in checks()}
    if run is None:
        return Counts(0, None, None, every, 0, 0, 0, 0, stale=False)
    at = files.as_utc(run["run_at"])
    earlier = (before["as_of"], files.as_utc(before["run_at"])) if before else (None, None)
    return Counts(run["id"], run["as_of"], at, every, run["new"], run["still"], run["gone"], run["back"], stale, *earlier)


def sentence(finding: Finding, lang: str, register: Instruments) -> str:
    """Say a finding in one language; `register` are the office's documents (`lawbook.instruments`)."""
    return known(finding.check).sentence(finding, lang, register)


def finding_json(finding: Finding, lang: str, register: Instruments) -> dict[str, Any]:
    """Return a finding as the contract writes it, sentence included."""
    return {
        "check": finding.check,
        "subject_kind": finding.subject_kind,
        "subject": finding.subject,
        "name": finding.name,
        "county": finding.county,
        "outcome": finding.outcome.id,
        "measured": finding.measured,
        "limit": finding.limit,
        "unit": finding.unit,
        "sentence": sentence(finding, lang, register),
        "law": law_json(finding.law, lang, register),
        "missing": list(finding.missing),
        "target": _target(finding),
        "township": finding.township,
        "reason": finding.reason,
        "facts": finding.facts,
    }


def law_json(law: LawApplied | None, lang: str, register: Instruments) -> dict[str, Any] | None:
    """Return the value a verdict rests on."""
    if law is None:
        return None
    instrument = register.get(law.instrument)
    title = instrument.title[lang] if instrument else law.instrument
    said = {"value": law.value, "since": law.since.isoformat(), "instrument": title, "clause": law.clause[lang], "standing": law.standing}
    return said | {"place": law.place, "first_day_assumed": law.first_day_assumed}


def _target(finding: Finding) -> dict[str, Any] | None:
    """Return the facility the verdict rests on, where it is about one: class, name, metres, its position."""
    primary, near_by = finding.facts.get("primary"), finding.facts.get("near")
    if not isinstance(near_by, Mapping) or not isinstance(primary, str):
        return None
    target: Mapping[str, Any] = near_by.get(primary, {})
    if not target.get("name"):
        return None
    return {
        "class": primary,
        "name": target["name"],
        "distance_m": target.get("m"),
        "uncertainty_m": target.get("uncertainty_m"),
        "lon": target.get("lon"),
        "lat": target.get("lat"),
    }


def document(store: Store, lang: str, page: FindingPage, county: str | None = None) -> dict[str, Any]:
    """Return the JSON object of `findings`: as_of, counts and the page's findings."""
    run, register = counts(store, county), instruments(store)
    return {
        "as_of": run.as_of.isoformat() if run.as_of else None,
        "counts": run.counts,
        "findings": [finding_json(finding, lang, register) for finding in page.findings],
        "passing_left_out": page.left_out,
    }


def any_fails(store: Store, *, outcome: str | Sequence[str] = (), **filters: Any) -> bool:
    """Tell whether any finding that fits the filters is a fail."""
    wanted = [outcome] if isinstance(outcome, str) else list(outcome)
    if wanted and Outcome.FAIL.id not in wanted:
        return False
    return bool(findings(store, outcome=Outcome.FAIL.id, **filters, limit=1).findings)
