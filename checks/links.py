"""By which columns a record of a ledger bears on the verdict of another record, where a rule looks into that ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from checks.records import Records

Key = tuple[tuple[str, frozenset[str]], ...]
"""Columns and the texts each of them may hold; "" stands for a missing one."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One column of the record that is judged (`own`) holds what one of the other record (`theirs`) holds.

    A missing text is nobody else's, but with `missing_too`: there two records that both miss it are tied as well.
    """

    own: str
    theirs: str
    missing_too: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A record bears on another where all ties hold; `of` names what is looked at in it beside the ties (none: everything)."""

    ties: tuple[Tie, ...]
    of: frozenset[str] = frozenset()

    def within(self, counties: Iterable[str]) -> bool:
        """Tell whether it ties records of one county only, for whatever is judged in the given counties."""
        return any(tie.own == tie.theirs == "county" for tie in self.ties) and len(set(counties)) <= 1

    def looked_at(self, changed: frozenset[str]) -> bool:
        """Tell whether a change in those columns of a ledger's record can be seen through the link."""
        return not self.of or bool(changed & (self.of | {tie.theirs for tie in self.ties}))

    def to_theirs(self, judged: Records) -> Key | None:
        """Return what the ledger's records hold that bear on the judged ones; None where none does."""
        return _key((tie.theirs, tie.missing_too, texts_of(judged, tie.own)) for tie in self.ties)

    def to_own(self, texts: Mapping[str, frozenset[str]]) -> Key | None:
        """Return what the records hold on which a ledger's records bear, from the texts of those; None where on none."""
        return _key((tie.own, tie.missing_too, texts[tie.theirs]) for tie in self.ties)


def link_of(text: str) -> Link:
    """Read a link as rules write it: "id_number", "county site_code=code", "county township?: measures" (? missing_too; after the colon `of`)."""
    ties, _, of = text.partition(":")
    return Link(tuple(_tie(one) for one in ties.split()), frozenset(of.split()))


def texts_of(records: Records, name: str) -> frozenset[str]:
    """Return the distinct texts of a TEXT column, a missing one as ""."""
    return frozenset(text or "" for text in records.stored(name))


def holding(records: Records, key: Key) -> npt.NDArray[np.bool_]:
    """Tell which records hold in every column of a key one of its texts. Shape: one flag a record."""
    rows = np.ones(len(records), dtype=np.bool_)
    for name, texts in key:
        wanted = texts | {None} if "" in texts else texts
        rows &= np.fromiter(map(wanted.__contains__, records.stored(name)), dtype=np.bool_, count=len(records))
    return rows


def _tie(text: str) -> Tie:
    own, _, theirs = text.removesuffix("?").partition("=")
    return Tie(own, theirs or own, text.endswith("?"))


def _key(columns: Iterable[tuple[str, bool, frozenset[str]]]) -> Key | None:
    key = tuple((name, texts if missing_too else texts - {""}) for name, missing_too, texts in columns)
    return key if all(texts for _, texts in key) else None
