"""The same thing said three ways: which items of different lists may be one problem, with the reasons a person can weigh.

Nothing here decides. An item is read for what it is about (`topics.yaml`), the places it names, its numbers with their units, and
the rest of its wording as pairs of characters. Weights are points on one scale, so that the reasons add up to the score shown.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from relocation.ledger.amounts import Amount, amounts

LIKELY, POSSIBLE = 55, 45
"""Points from which two items are proposed as the same, and as worth a look."""

_TEXT, _TOPIC, _AMOUNT, _SUBJECT, _CATEGORY = 30, 25, 25, 28, 5
_PLACE = {3: 30, 2: 25, 1: 18}  # the same site or household, the same village, the same township
_ELSEWHERE, _OTHER_AMOUNT, _OTHER_TOPIC = -40, -22, -25
_LATIN_OR_HAN = re.compile(r"[㐀-鿿a-zA-Z]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One problem of a list. `places` are the names it gives, each with how fine it is: 1 township, 2 village, 3 site or household."""

    key: int
    of: str  # its list; items of one list are not compared
    text: str
    category: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two items may be one problem, or may not: kind, points, and what they share (or do not)."""

    kind: str  # text, topic, place, elsewhere, amount, other-amount, other-topic, subject, category
    points: int
    shared: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two items that may be the same problem; `one` is of the list that comes first."""

    one: int
    other: int
    points: int
    reasons: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        """Whether it is proposed, and not only worth a look."""
        return self.points >= LIKELY


@cache
def topics() -> Mapping[str, Mapping[str, Any]]:
    """Return what problems are about: id → its words, its names, the checks that judge the same."""
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text("utf-8"))["topics"]
    return loaded


def topics_of(text: str) -> frozenset[str]:
    """Return the ids of what a text is about."""
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(id for id, topic in topics().items() if any(word in plain for word in topic["words"]))


def check_topics(check: str) -> frozenset[str]:
    """Return the ids of what a check judges."""
    return frozenset(id for id, topic in topics().items() if check in topic["checks"])


@dataclass(frozen=True, slots=True)
class _Read:
    item: Item
    topics: frozenset[str]
    amounts: frozenset[Amount]
    wording: Counter[str]


def proposals(items: Sequence[Item], least: int = POSSIBLE) -> list[Proposal]:
    """Return pairs of items of different lists that may be one problem, the likeliest first.

    A pair is proposed where each is the best the other has in that list, so that one item is not offered ten partners of
    which nine are its neighbours in wording. Ties in points are all offered.
    """
    read = [_read(item) for item in items]
    alike = _cosines([one.wording for one in read])
    scored = _scored(read, alike, least)
    best: dict[tuple[int, str], int] = {}
    for one, other, points in scored:
        for here, there in ((one, other), (other, one)):
            key = here, read[there].item.of
            best[key] = max(best.get(key, 0), points)
    mutual = [(one, other, points) for one, other, points in scored if points == best[one, read[other].item.of] == best[other, read[one].item.of]]
    mutual.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    made = []
    for one, other, points in mutual:
        made.append(Proposal(read[one].item.key, read[other].item.key, points, tuple(_reasons(read[one], read[other], float(alike[one, other])))))
    return made


def _scored(read: Sequence[_Read], alike: npt.NDArray[np.float64], least: int) -> list[tuple[int, int, int]]:
    """Return the pairs that reach so many points; those without a common word, topic or place are not looked at."""
    found = []
    for one in range(len(read)):
        for other in range(one + 1, len(read)):
            if read[one].item.of == read[other].item.of or (alike[one, other] == 0 and not read[one].topics & read[other].topics):
                continue
            points = sum(reason.points for reason in _reasons(read[one], read[other], float(alike[one, other])))
            if points >= least:
                found.append((one, other, points))
    return found


def groups(pairs: Sequence[tuple[int, int]], of: Mapping[int, str]) -> list[tuple[int, ...]]:
    """Return the groups that pairs make, the surest pair first; one that would bring two items of one list together is left out."""
    member: dict[int, set[int]] = {}
    for one, other in pairs:
        here, there = member.get(one, {one}), member.get(other, {other})
        joined = here | there
        if here is not there and len({of[key] for key in joined}) == len(joined):
            member.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(one)) for one in member.values()})


def _read(item: Item) -> _Read:
    plain = unicodedata.normalize("NFKC", item.text)
    bare = plain
    for place in sorted(item.places, key=len, reverse=True):
        bare = bare.replace(place, " ")
    pieces = _LATIN_OR_HAN.findall(bare)
    return _Read(item, topics_of(plain), amounts(plain), Counter("".join(pair) for piece in pieces for pair in pairwise(piece)))


def _cosines(wordings: Sequence[Counter[str]]) -> npt.NDArray[np.float64]:
    """Return how alike each two wordings are, 0 to 1: pairs of characters, rare ones weighing more."""
    met = Counter(pair for wording in wordings for pair in wording)
    column = {pair: number for number, pair in enumerate(sorted(met))}
    table = np.zeros((len(wordings), max(len(column), 1)))
    for row, wording in enumerate(wordings):
        for pair, count in wording.items():
            table[row, column[pair]] = (1 + np.log(count)) * np.log(1 + len(wordings) / met[pair])
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, lengths, out=np.zeros_like(table), where=lengths > 0)
    return np.asarray(table @ table.T)


def _reasons(one: _Read, other: _Read, alike: float) -> list[Reason]:
    """Return what speaks for and against two items being one problem."""
    found = [Reason("text", round(_TEXT * min(1.0, alike * 1.25)), f"{round(alike * 100)}")]
    found += _of_topics(one.topics, other.topics)
    if one.item.subject and one.item.subject == other.item.subject:  # a record stands somewhere: that both are there says nothing more
        found.append(Reason("subject", _SUBJECT, one.item.subject))
    else:
        found += _of_places(one.item.places, other.item.places)
    found += _of_amounts(one.amounts, other.amounts)
    if one.item.category and one.item.category == other.item.category:
        found.append(Reason("category", _CATEGORY, one.item.category))
    return [reason for reason in found if reason.points]


def _of_topics(one: frozenset[str], other: frozenset[str]) -> list[Reason]:
    if not one or not other:
        return []
    shared = one & other
    if not shared:
        return [Reason("other-topic", _OTHER_TOPIC, " ".join(sorted(one ^ other)))]
    return [Reason("topic", round(_TOPIC * len(shared) / min(len(one), len(other))), " ".join(sorted(shared)))]


def _of_places(one: Mapping[str, int], other: Mapping[str, int]) -> list[Reason]:
    shared = set(one) & set(other)
    if shared:
        finest = max(one[place] for place in shared)
        apart = {name for name, fine in one.items() if fine > finest} and {name for name, fine in other.items() if fine > finest}
        if apart:  # one township, and two villages of it
            return [Reason("elsewhere", _ELSEWHERE * 3 // 4, " ".join(sorted(set(one) ^ set(other))))]
        return [Reason("place", _PLACE[finest], " ".join(sorted(place for place in shared if one[place] == finest)))]
    if one and other:
        return [Reason("elsewhere", _ELSEWHERE, " ".join(sorted(set(one) ^ set(other))))]
    return []


def _of_amounts(one: frozenset[Amount], other: frozenset[Amount]) -> list[Reason]:
    shared = one & other
    if shared:
        return [Reason("amount", _AMOUNT, "、".join(str(amount) for amount in sorted(shared)))]
    measures = {amount.unit for amount in one} & {amount.unit for amount in other}
    if measures:
        apart = sorted(amount for amount in one | other if amount.unit in measures)
        return [Reason("other-amount", _OTHER_AMOUNT, "、".join(str(amount) for amount in apart))]
    return []
