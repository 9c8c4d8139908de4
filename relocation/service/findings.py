"""The findings kept, by page and filter, and as the JSON other programs read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checks.finding import Finding
from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Findings worst first. `after` is what to ask the next page with, "" when this is the last."""

    findings: tuple[Finding, ...]
    after: str


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
    after: str = "",
    limit: int = 50,
) -> FindingPage:
    """Return one page of findings; all filters hold together. Trouble for an unknown check or outcome."""
    raise NotImplementedError


def counts(store: Store, county: str | None = None) -> Counts:
    """Return the totals of the findings kept, all five outcomes for every check."""
    raise NotImplementedError


def sentence(finding: Finding, lang: str) -> str:
    """Say a finding in one language."""
    raise NotImplementedError


def finding_json(finding: Finding, lang: str) -> dict[str, Any]:
    """Return a finding as the contract writes it, sentence included."""
    raise NotImplementedError


def document(store: Store, lang: str, page: FindingPage) -> dict[str, Any]:
    """Return the JSON object of `findings`: as_of, counts and the page's findings."""
    raise NotImplementedError
