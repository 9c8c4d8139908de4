"""The totals of the findings, as somebody is told them who may be bound to some places."""

from collections import Counter

from relocation.accounts.scope import Scope
from relocation.store import runs, standings
from relocation.store.opening import Connection


def counted(connection: Connection, scope: Scope, county: str | None = None) -> dict[tuple[str, str], int]:
    """Return (check, outcome id) → number of subjects, on a reader bound to `scope`: of whole counties the totals, of single townships their part."""
    totals = Counter(runs.read_counts(connection, county))
    for place in sorted({place for place, _ in scope.townships if not scope.holds(place) and county in (None, place)}):
        totals.update(standings.tally(connection, place))
        totals.update(runs.count_areas(connection, place))
    return dict(totals)
