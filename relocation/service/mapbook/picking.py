"""Which sites a map book has: those of the sites' list or of the findings, worst first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from checks.verdict import WORST_FIRST, Outcome
from checks.vocabulary import SITE
from relocation.service import paging
from relocation.service.checking import has_records
from relocation.service.findings import wanted_findings
from relocation.store import queries
from relocation.store.opening import Connection, Store
from relocation.store.queries import FindingFilter, RecordFilter
from relocation.store.trouble import Trouble

Row = Mapping[str, Any]
NAMED = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions; they hold together, an empty one always holds.

    outcome : ids; of the site's worst outcome, or with `check` of what those checks found
    check   : ids of checks that found something about the site
    sites   : codes
    """

    county: str | None = None
    township: str | None = None
    text: str | None = None
    outcome: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the conditions that were set, as plain values."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value}


def asked_of(plain: Mapping[str, Any]) -> Asked:
    """Return conditions from plain values."""
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return Asked(**kept)


def picked(store: Store, asked: Asked) -> list[Row]:
    """Return the records of the sites that fit, worst first, then by county and code.

    Trouble for an unknown county, check, outcome or code, for an office without sites, and where none fits.
    """
    has_records(store, asked.county)
    wanted = wanted_findings(outcome=asked.outcome, check=asked.check)
    with store.reading() as connection:
        rows = list(_rows(connection, asked, wanted))
        _refuse_unknown(connection, asked)
        none_at_all = not rows and not queries.count_records(connection, SITE, RecordFilter(county=asked.county))
    if none_at_all:
        raise Trouble("mapbook-no-sites", place=asked.county or "")
    if not rows:
        raise Trouble("mapbook-none-fits")
    return rows


def count(store: Store, asked: Asked) -> int:
    """Return how many sites fit, without reading them where the conditions allow. Trouble as for `picked`."""
    wanted = wanted_findings(outcome=asked.outcome, check=asked.check)
    if asked.sites or asked.check or len(wanted.outcomes) > 1:
        return len(picked(store, asked))
    has_records(store, asked.county)
    narrowed = RecordFilter(county=asked.county, township=asked.township, text=asked.text, worst=next(iter(wanted.outcomes), None))
    with store.reading() as connection:
        found = queries.count_records(connection, SITE, narrowed)
    return found or len(picked(store, asked))  # which says why there is none


def _rows(connection: Connection, asked: Asked, wanted: FindingFilter) -> Iterator[Row]:
    found = _found(connection, asked, wanted) if asked.check else None
    outcomes: list[Outcome | None] = [one for one in WORST_FIRST if one in wanted.outcomes and not asked.check]
    for worst in outcomes or [None]:
        narrowed = RecordFilter(county=asked.county, township=asked.township, text=asked.text, worst=worst)
        for row in _every(connection, narrowed):
            if (not asked.sites or row["code"] in asked.sites) and (found is None or (row["county"], row["code"]) in found):
                yield row


def _every(connection: Connection, wanted: RecordFilter) -> Iterator[Row]:
    after: list[Any] = []
    while page := queries.page_of_records(connection, SITE, wanted, after, paging.MOST, worst_first=True):
        yield from page
        after = [page[-1][name] for name in ("severity", "county", "code")]


def _found(connection: Connection, asked: Asked, wanted: FindingFilter) -> set[tuple[str, str]]:
    narrowed = FindingFilter(wanted.outcomes, wanted.checks, county=asked.county, kind=SITE.id)
    return {(one.county, one.subject) for one in queries.every_finding(connection, narrowed)}


def _refuse_unknown(connection: Connection, asked: Asked) -> None:
    """Refuse codes of which there is no site, however the other conditions are: a page that is missing must not go unnoticed."""
    lost = [code for code in asked.sites if not queries.records_of_code(connection, SITE, code, asked.county)]
    if lost:
        near: Sequence[str] = queries.codes_near(connection, SITE, lost[0])
        raise Trouble("mapbook-unknown-sites", codes=", ".join(lost[:NAMED]), n=len(lost), near=", ".join(near))
