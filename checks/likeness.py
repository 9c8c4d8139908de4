"""From one case to its class: the records most like one, each with the reasons why."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from checks.records import Kind, Records

TRAITS = (
    "unit_type",
    "contractor",
    "filled_by",
    "site_code",
    "site_name",
    "township",
    "village",
    "natural_village",
    "approved_on",
    "measures",
    "support_plan",
    "resettlement",
)
"""What makes two records of one class: built alike, built by the same, kept by the same hand, of one place, batch or wording."""


_LIES_IN = {"village": "township", "natural_village": "village"}
"""Places whose name says where only together with that of the place around them: every township has its Wang hamlet."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that is like another: its row, how like (bits of surprise that they agree), and the fields they share."""

    row: int
    bits: float
    shared: tuple[str, ...]


def most_alike(records: Records, row: int, most: int = 10, among: npt.NDArray[np.bool_] | None = None) -> list[Alike]:
    """Return the records most like one, best first; ties in the order of the records.

    Sharing what few share says more than sharing what all share: a field weighs -log2 of the share of records that have
    its value, so a township of the whole county weighs nothing and a unit type of three homes a great deal. Fields the
    record itself misses weigh nothing. `among` limits the answer (say, to those with the same finding).
    """
    bits = np.zeros(len(records))
    agreeing = {name: same for name in _traits(records) if (same := _same(records, name, row)) is not None}
    for name, around in _LIES_IN.items():
        if name in agreeing and around in agreeing:
            agreeing[name] = agreeing[name] & agreeing[around]
    for same in agreeing.values():
        bits += same * -np.log2(same.mean())
    bits[row] = 0
    if among is not None:
        bits[~among] = 0
    order = np.argsort(-bits, kind="stable")[:most]
    return [Alike(int(other), float(bits[other]), tuple(name for name, same in agreeing.items() if same[other])) for other in order if bits[other] > 0]


def _traits(records: Records) -> Iterable[str]:
    own = {column.name for column in records.kind}
    return (name for name in TRAITS if name in own)


def _same(records: Records, name: str, row: int) -> npt.NDArray[np.bool_] | None:
    """Return which records share the row's value of a field; None where the row has none."""
    missing = records.missing(name)
    if missing is not None and missing[row]:
        return None
    if records.kind.column(name).kind is Kind.TEXT:
        _names, of = records.grouped(name)
        return np.asarray(of == of[row])
    column = records.stored(name)
    return np.asarray(column == column[row])
