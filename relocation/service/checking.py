"""The checks run over what is stored, and their findings kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from relocation.store.opening import Store


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run found: check → outcome → how many subjects, and what moved since the run before.

    An *open* finding is a fail, review or no-data. `new`: open now and never before; `still`: open now and then;
    `back`: open now, gone before; `gone`: open then, not now.
    """

    run_id: int
    as_of: date
    counts: Mapping[str, Mapping[str, int]]
    new: int
    still: int
    gone: int
    back: int


def check(
    store: Store,
    *,
    as_of: date,
    now: datetime,
    county: str | None = None,
    only: Sequence[str] = (),
) -> RunReport:
    """Judge all sites, households and areas (of one county, by some checks) and keep what was found."""
    raise NotImplementedError


def recheck(
    store: Store, kind: str, codes: Sequence[str], *, as_of: date, now: datetime
) -> RunReport:
    """Judge some records of a kind ("site", "household") again, and the areas they belong to."""
    raise NotImplementedError
