"""Which texts are word for word, or nearly, the same: found among many thousands without comparing each with each.

Candidates come from MinHash (Broder 1997): a text is its set of three neighbouring characters, 24 of whose hashes are the
least under as many orders; texts that agree in all three hashes of one of eight bands are compared exactly. Of texts that
are nine-tenths alike more than 95 in 100 become candidates, of texts with little in common one in a hundred.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from checks.verdict import Numbers

BANDS, A_BAND = 8, 3
SHORTEST = 6  # with fewer characters a text has no three-character parts worth hashing
_AT_ONCE = 100_000  # texts hashed at a time, to bound memory
_NOTHING = np.uint32(0xFFFFFFFF)

Integers = npt.NDArray[np.int64]


def plain(text: str) -> str:
    """Return the letters and figures of a text: no blanks, no punctuation."""
    return re.sub(r"[\W_]+", "", text)


def alike_percent(one: str, other: str) -> float:
    """Return how much of two texts' pairs of neighbouring characters are the same (Dice's coefficient)."""
    first, second = _pairs_of(one), _pairs_of(other)
    return 200 * len(first & second) / (len(first) + len(second)) if first or second else 100.0


@lru_cache(maxsize=4096)  # one text is compared with every copy of it
def _pairs_of(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def families(texts: Sequence[str], places: Integers, uses: Integers, least_percent: Numbers) -> Integers:
    """Return for each text the number of the text it is a copy of, its own where it is nobody's copy.

    Only texts of one place are compared. A family gathers about its most used text, and each of its members has been
    compared with that one: they are as much alike as `least_percent` (one number a text) asks. The texts are plain, at
    least `SHORTEST` long, and no two of one place are the same.
    """
    if not len(texts):
        return np.empty(0, dtype=np.int64)
    ranked = np.argsort(-uses, kind="stable")
    by_rank = [texts[number] for number in ranked.tolist()]
    least = least_percent[ranked].tolist()
    leader = list(range(len(texts)))
    for head, member in _candidates(_sketches(by_rank), places[ranked]):
        head = leader[head]  # a copy's copies are asked of the text itself, so that likeness does not wander
        if leader[member] == member and alike_percent(by_rank[head], by_rank[member]) >= least[head]:
            leader[member] = head
    found = np.empty(len(texts), dtype=np.int64)
    found[ranked] = ranked[leader]
    return found


def _candidates(sketches: npt.NDArray[np.uint32], places: Integers) -> list[tuple[int, int]]:
    """Return pairs to compare, the earlier text first, in the order of the earlier: each against the first of its bucket."""
    pairs = [np.empty(0, dtype=np.int64)]
    rows = len(sketches)
    for band in range(BANDS):
        key = places.astype(np.uint64)
        for column in range(A_BAND * band, A_BAND * (band + 1)):
            key = key * np.uint64(0x9E3779B97F4A7C15) + sketches[:, column]
        order = np.argsort(key, kind="stable")
        opens = np.append(True, key[order][1:] != key[order][:-1])
        head = order[np.flatnonzero(opens)[np.cumsum(opens) - 1]]
        pairs.append((head * rows + order)[~opens])
    every = np.unique(np.concatenate(pairs))
    return list(zip((every // rows).tolist(), (every % rows).tolist(), strict=True))


def _sketches(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return each text's least hashes, one column an order."""
    sketches = np.empty((len(texts), BANDS * A_BAND), dtype=np.uint32)
    for start in range(0, len(texts), _AT_ONCE):
        part = texts[start : start + _AT_ONCE]
        letters = np.frombuffer("".join(part).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        lengths = np.array([len(text) for text in part])
        ends = np.cumsum(lengths)
        parts = (letters[:-2] * np.uint32(0x9E3779B1)) ^ (letters[1:-1] * np.uint32(0x85EBCA77)) ^ (letters[2:] * np.uint32(0xC2B2AE3D))
        parts = (parts ^ (parts >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
        across = np.concatenate([ends[:-1] - 2, ends[:-1] - 1])  # parts that begin in one text and end in the next
        for order in range(BANDS * A_BAND):
            hashed = (parts ^ np.uint32(0x27D4EB2F * (order + 1) & 0xFFFFFFFF)) * np.uint32(2 * 0x165667B1 * (order + 1) + 1 & 0xFFFFFFFF)
            hashed ^= hashed >> np.uint32(16)
            hashed[across] = _NOTHING
            sketches[start : start + len(part), order] = np.minimum.reduceat(hashed, ends - lengths)
    return sketches
