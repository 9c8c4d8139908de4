"""Other records that one record is compared with, as a sentence names them: by code, a few of them, never by person."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from checks.records import Array, Records

MOST_NAMED = 5
"""So many codes a sentence carries; of more it says how many."""

FEW = 20
"""So many records are looked for one by one; for more a set is made."""


def named(codes: Iterable[str], of: int = 0) -> str:
    """Return codes as a fact that {x:codes} says: one a line, five at most, then "+4" for four more.

    `of` says how many there are where only the first of them are given.
    """
    every = sorted(set(codes))
    unnamed = max(of, len(every)) - MOST_NAMED
    more = [f"+{unnamed}"] if unnamed > 0 else []
    return "\n".join([*every[:MOST_NAMED], *more])


def rows_met_again(values: Array) -> list[int]:
    """Return the rows of a TEXT column whose text stands in another row too; a missing text is no text."""
    met = Counter(values)
    again = {text for text, times in met.items() if times > 1 and text}
    return np.flatnonzero(np.fromiter(map(again.__contains__, values), dtype=np.bool_, count=len(values))).tolist() if again else []


def among(records: Records, ledger: Records | None, *names: str) -> Records:
    """Return the ledger's other records and behind them, last, those that are judged; only the named columns.

    When a whole ledger is judged that is the ledger itself. When one edited record is, what the ledger still says of it
    does not count.
    """
    if ledger is None or ledger is records:
        return records
    others = ~_among_them(ledger, list(zip(records.county, records.code, strict=True)))
    columns = {name: np.concatenate([ledger.stored(name)[others], records.stored(name)]) for name in ("county", "code", *names)}
    return Records(records.kind, columns)


def _among_them(ledger: Records, keys: list[tuple[str, str]]) -> Array:
    """Tell which of a ledger's records are those of the given counties and codes; a few are looked for one by one."""
    if len(keys) > FEW:
        wanted = set(keys)
        return np.fromiter(map(wanted.__contains__, zip(ledger.county, ledger.code, strict=True)), dtype=np.bool_, count=len(ledger))
    found = np.zeros(len(ledger), dtype=np.bool_)
    for county, code in keys:
        found |= (ledger.code == code) & (ledger.county == county)
    return found
