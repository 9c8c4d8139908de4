"""People's records that pass a check or lie outside it: not kept as findings, for they are most of all pairs; judged again for whoever asks.

They stand behind all that is kept, check by check and county by county: those that pass only when they are asked for
(`FindingFilter.every`), those outside always. Which they are is known from how the records stood at the last run.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from checks.finding import Finding
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import LEDGERS
from relocation.service.counting import counted
from relocation.service.judging import chosen, of_people
from relocation.store import queries, runs, standings
from relocation.store.foreign import seen_from
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter

BEHIND = {Outcome.PASS: len(WORST_FIRST), Outcome.NOT_APPLICABLE: len(WORST_FIRST) + 1}
"""The places of these findings in the order of pages: after every outcome that is kept."""
BATCH = 2_000


def key_of(one: Finding) -> list[Any]:
    """Return the key after which the next page of findings starts, kept or not."""
    key = queries.key_of(one)
    kind = next((kind for kind in LEDGERS.values() if kind.id == one.subject_kind), None)
    return [BEHIND[one.outcome], *key[1:]] if one.outcome in BEHIND and kind is not None and of_people(kind) else key


def page_outside(store: Store, wanted: FindingFilter, after: Sequence[Any], limit: int) -> list[Finding]:
    """Return up to `limit` of them that fit a filter, after a key; none where the filter asks for other outcomes."""
    return list(islice(every_outside(store, wanted, after if after and after[0] in BEHIND.values() else (), limit), limit))


def every_outside(store: Store, wanted: FindingFilter, after: Sequence[Any] = (), batch: int = BATCH) -> Iterator[Finding]:
    """Yield all of them that fit a filter, those that pass before those outside."""
    for outcome, rank in BEHIND.items():
        if _asked_for(outcome, wanted) and not (after and rank < after[0]):
            yield from _standing_so(store, wanted, outcome, list(after[1:]) if after and after[0] == rank else [], batch)


def left_out(store: Store, wanted: FindingFilter) -> int:
    """Return how many verdicts "pass" on people's records a list leaves out, by its checks and county; its narrower conditions are not counted."""
    kinds = {kind for kind in LEDGERS.values() if of_people(kind) and wanted.kind in (None, "", kind.id)}
    if wanted.every or not kinds or (wanted.outcomes and Outcome.PASS not in wanted.outcomes):
        return 0
    ids = [check.id for check in chosen(list(wanted.checks)) if kinds & set(check.about)]
    with store.reading() as connection:
        totals = counted(connection, store.scope, wanted.county)
        kept = queries.count_findings(connection, FindingFilter([Outcome.PASS], ids, county=wanted.county)) if ids else 0
    return sum(totals.get((id, Outcome.PASS.id), 0) for id in ids) - kept


def _asked_for(outcome: Outcome, wanted: FindingFilter) -> bool:
    if wanted.missing or (wanted.outcomes and outcome not in wanted.outcomes):
        return False
    return wanted.every or outcome is not Outcome.PASS


def _standing_so(store: Store, wanted: FindingFilter, outcome: Outcome, after: Sequence[str], batch: int) -> Iterator[Finding]:
    from relocation.service.checking import judged_now  # late: it knows the law, which knows what was found

    kinds = [kind.id for kind in LEDGERS.values() if of_people(kind) and wanted.kind in (None, "", kind.id)]
    letter = chr(standings.LETTERS[WORST_FIRST.index(outcome)])
    with store.reading() as connection:
        run = runs.last_run(connection)
        orders = standings.orders(connection, kinds, wanted.county or None)
    places = sorted((check, county, kind, place) for (kind, county), checks in orders.items() for place, check in enumerate(checks))
    for check, county, kind, place in places if run else ():
        if (wanted.checks and check not in wanted.checks) or (after and [check, county, kind] < list(after[:3])):
            continue
        last = after[3] if after and [check, county, kind] == list(after[:3]) else ""
        while True:
            with store.reading() as connection:
                codes = queries.standing_so(connection, wanted, kind, county, place, letter, last, batch)
            if not codes:
                break
            judged = judged_now(store, as_of=run["as_of"], county=county, only=[check], codes=codes) if run else []
            found = [finding for one in judged if one.records.kind.id == kind for finding in one.findings(every=True)]
            with store.reading() as connection:
                fitting = seen_from(connection, (one for one in found if one.outcome is outcome and wanted.reason in (None, "", one.reason)))
            yield from sorted(fitting, key=lambda one: one.subject)
            last = codes[-1]
