"""People's records that lie outside a check: not kept as findings, for they are most of all pairs; made again for whoever asks.

They stand behind all that is kept, check by check and county by county. Which they are is known from how the records stood at
the last run; what is said of each is judged again.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from checks.finding import Finding
from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import LEDGERS
from relocation.service.judging import of_people
from relocation.store import queries, runs, standings
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter

BEHIND = len(WORST_FIRST)
"""The place of these findings in the order of pages: after every outcome that is kept."""
BATCH = 2_000


def key_of(one: Finding) -> list[Any]:
    """Return the key after which the next page of findings starts, kept or not."""
    key = queries.key_of(one)
    kind = next((kind for kind in LEDGERS.values() if kind.id == one.subject_kind), None)
    behind = one.outcome is Outcome.NOT_APPLICABLE and kind is not None and of_people(kind)
    return [BEHIND, *key[1:]] if behind else key


def page_outside(store: Store, wanted: FindingFilter, after: Sequence[Any], limit: int) -> list[Finding]:
    """Return up to `limit` of them that fit a filter, after a key; none where the filter asks for other outcomes."""
    return list(islice(every_outside(store, wanted, after if after and after[0] == BEHIND else (), limit), limit))


def every_outside(store: Store, wanted: FindingFilter, after: Sequence[Any] = (), batch: int = BATCH) -> Iterator[Finding]:
    """Yield all of them that fit a filter."""
    if wanted.missing or (wanted.outcomes and Outcome.NOT_APPLICABLE not in wanted.outcomes):
        return
    from relocation.service.checking import judged_now  # late: it knows the law, which knows what was found

    kinds = [kind.id for kind in LEDGERS.values() if of_people(kind) and wanted.kind in (None, "", kind.id)]
    with store.reading() as connection:
        run = runs.last_run(connection)
        orders = standings.orders(connection, kinds, wanted.county or None)
    places = sorted((check, county, kind, place) for (kind, county), checks in orders.items() for place, check in enumerate(checks))
    for check, county, kind, place in places if run else ():
        if (wanted.checks and check not in wanted.checks) or (after and [check, county, kind] < list(after[1:4])):
            continue
        last = after[4] if after and [check, county, kind] == list(after[1:4]) else ""
        while True:
            with store.reading() as connection:
                codes = queries.outside(connection, wanted, kind, county, place, last, batch)
            if not codes:
                break
            judged = judged_now(store, as_of=run["as_of"], county=county, only=[check], codes=codes) if run else []
            found = [finding for one in judged if one.records.kind.id == kind for finding in one.findings()]
            yield from sorted((one for one in found if _fits(one, wanted)), key=lambda one: one.subject)
            last = codes[-1]


def _fits(one: Finding, wanted: FindingFilter) -> bool:
    return one.outcome is Outcome.NOT_APPLICABLE and wanted.reason in (None, "", one.reason)
