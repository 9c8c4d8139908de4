"""Households that pass: counted by every run and not kept one by one, so whoever asks for them has them judged anew.

They come in the order of the findings kept, in batches of codes: a page costs what a page holds, however large the county.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice
from typing import Any

import numpy as np

from checks.check import Check
from checks.finding import Finding
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import HOUSEHOLD
from relocation.service.judging import chosen, judge
from relocation.service.reference import around
from relocation.store import queries, runs
from relocation.store.frames import read_records
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter, RecordFilter

BATCH = 500
"""So many households are judged at once; SQLite takes a thousand codes in one question."""

_AFTER_ALL = "\U0010ffff"


def page(store: Store, connection: Connection, wanted: FindingFilter, after: Sequence[Any], limit: int) -> list[Finding]:
    """Return up to `limit` findings after a key, worst first: those kept and, when `wanted.every`, the households that pass."""
    kept = queries.page_of_findings(connection, wanted, after, limit)
    if not wanted.every or not _fit(wanted):
        return kept
    return sorted(chain(kept, islice(_passing(store, connection, wanted, after), limit)), key=queries.key_of)[:limit]


def every_finding(store: Store, connection: Connection, wanted: FindingFilter, batch: int = 2_000) -> Iterator[Finding]:
    """Return all findings that fit, worst first, read and judged in batches."""
    after: list[Any] = []
    while found := page(store, connection, wanted, after, batch):
        yield from found
        after = queries.key_of(found[-1])


def left_out(store: Store, wanted: FindingFilter) -> int:
    """Return how many verdicts "pass" on households a list leaves out, by its checks and county; its narrower conditions are not counted."""
    if wanted.every or not _fit(wanted):
        return 0
    ids = [check.id for check in _judging(wanted)]
    with store.reading() as connection:
        totals = runs.read_counts(connection, wanted.county)
        kept = queries.count_findings(connection, FindingFilter([Outcome.PASS], ids, county=wanted.county)) if ids else 0
    return sum(totals.get((id, Outcome.PASS.id), 0) for id in ids) - kept


def _fit(wanted: FindingFilter) -> bool:
    return (not wanted.outcomes or Outcome.PASS in wanted.outcomes) and wanted.kind in (None, "", HOUSEHOLD.id)


def _judging(wanted: FindingFilter) -> list[Check]:
    return sorted((check for check in chosen(list(wanted.checks)) if HOUSEHOLD in check.about), key=lambda check: check.id)


def _passing(store: Store, connection: Connection, wanted: FindingFilter, after: Sequence[Any]) -> Iterator[Finding]:
    """Yield the passing households after a key, by the law of the latest run's day; none before the first run."""
    run, rank = runs.last_run(connection), WORST_FIRST.index(Outcome.PASS)
    if run is None:
        return
    for check in _judging(wanted):
        last = list(after[2:]) if after and after[:2] == [rank, check.id] else []
        if after and (rank, check.id) < tuple(after[:2]):
            continue
        for county, codes in _batches(connection, wanted, last):
            households = read_records(connection, HOUSEHOLD, county, codes)
            for judged in judge((households,), [check], run["as_of"], around(store)):
                rows = np.flatnonzero(judged.verdict.outcome == Outcome.PASS)
                found = sorted(check.findings(judged.records, judged.verdict, rows), key=queries.key_of)
                yield from (one for one in found if _holds(one, wanted) and queries.key_of(one) > list(after))


def _batches(connection: Connection, wanted: FindingFilter, last: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield county and codes of the households a filter may concern, in the order of their codes; `last` is county, kind and subject."""
    if wanted.subject:
        places = queries.records_of_code(connection, HOUSEHOLD, wanted.subject, wanted.county)
        yield from ((record["county"], [wanted.subject]) for record in places)
        return
    fits = RecordFilter(county=wanted.county, township=wanted.township)
    mark = [last[0], last[2] if last[1] == HOUSEHOLD.id else "" if last[1] < HOUSEHOLD.id else _AFTER_ALL] if last else []
    while keys := queries.keys_of_records(connection, HOUSEHOLD, fits, mark, BATCH):
        for county, group in groupby(keys, key=lambda key: key[0]):
            yield county, [code for _, code in group]
        mark = list(keys[-1])


def _holds(one: Finding, wanted: FindingFilter) -> bool:
    return not wanted.text or any(wanted.text.lower() in part.lower() for part in (one.subject, one.name, one.township))
