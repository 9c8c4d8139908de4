"""Other records that one record is compared with, as a sentence names them: by code, a few of them, never by person."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from checks.records import Array

MOST_NAMED = 5
"""So many codes a sentence carries; of more it says how many."""


def named(codes: Iterable[str]) -> str:
    """Return codes as a fact that {x:codes} says: one a line, five at most, then "+4" for four more."""
    every = sorted(set(codes))
    more = [f"+{len(every) - MOST_NAMED}"] if len(every) > MOST_NAMED else []
    return "\n".join([*every[:MOST_NAMED], *more])


def rows_met_again(values: Array) -> list[int]:
    """Return the rows of a TEXT column whose text stands in another row too; a missing text is no text."""
    met = Counter(values)
    again = {text for text, times in met.items() if times > 1 and text}
    return np.flatnonzero(np.fromiter(map(again.__contains__, values), dtype=np.bool_, count=len(values))).tolist() if again else []
