"""The draw: reproducible to the household, and with a known chance for each of them.

The order in which households are taken comes from SHA-256 of the seed, the county and the household's code, and from nothing else: no
generator whose numbers change with a version, and a household that is added elsewhere moves nobody else's place in the line.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from relocation.visits.sizing import Key, needed, shared_out
from relocation.visits.unit import Unit

CERTAIN = ("certain",)
"""The stratum of those drawn for sure."""

_LEVELS: tuple[tuple[tuple[str, ...], Callable[[Unit], Key]], ...] = (
    (("county", "township", "kind", "risk"), lambda one: (one.county, one.township, one.kind, one.risk.id)),
    (("county", "township", "mode", "risk"), lambda one: (one.county, one.township, one.mode or "?", one.risk.id)),
    (("county", "township", "risk"), lambda one: (one.county, one.township, one.risk.id)),
    (("county", "kind", "risk"), lambda one: (one.county, one.kind, one.risk.id)),
    (("county", "risk"), lambda one: (one.county, one.risk.id)),
    (("county",), lambda one: (one.county,)),
    ((), lambda _one: ("all",)),
)
"""The strata from finest to coarsest: the first that the sample can serve is used, and the answer says which."""

LEAST_SHARE = 0.5
"""So much of the sample may go into two households a stratum: were it all, small strata would weigh little and large ones rest on two answers."""


class Allocation(Enum):
    """How the sample is shared out among strata."""

    PROPORTIONAL = ("proportional", "按户数比例，每层至少两户", "in proportion to the households, two of each stratum at least")
    RISK = (
        "risk",
        "按户数乘以风险离散程度（Neyman），每层至少两户",
        "by households times the spread their risk suggests (Neyman), two of each stratum at least",
    )

    def __init__(self, id: str, zh: str, en: str) -> None:
        """Take the stable id and the two words."""
        self.id, self.zh, self.en = id, zh, en


class Unfit(ValueError):
    """A sample that cannot be drawn: `why` is "empty", "too-large", "too-small" or "certain"."""

    def __init__(self, why: str, population: int) -> None:
        """Say why, and of how many households."""
        super().__init__(why)
        self.why, self.population = why, population


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum: how many households it has, how many were drawn."""

    key: Key
    population: int
    drawn: int

    @property
    def probability(self) -> float:
        """The chance of each of its households to be drawn."""
        return self.drawn / self.population


@dataclass(frozen=True, slots=True)
class Drawn:
    """A household that was drawn, and its stratum; its weight is how many households it stands for."""

    unit: Unit
    stratum: Stratum

    @property
    def weight(self) -> float:
        """How many households of its stratum it stands for, itself included."""
        return self.stratum.population / self.stratum.drawn


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw: who, of which strata, by which dimensions; and who was left out because somebody visits them already."""

    drawn: tuple[Drawn, ...]
    strata: tuple[Stratum, ...]
    held: tuple[str, ...]
    left_out: tuple[Unit, ...]
    frame: int  # households that could be drawn

    @property
    def certain(self) -> int:
        """How many were drawn for sure, because they are the worst."""
        return next((one.drawn for one in self.strata if one.key == CERTAIN), 0)


def place_in_line(seed: str, unit: Unit) -> bytes:
    """Return what orders households: a hash that nothing but seed, county and code decides."""
    return hashlib.sha256(f"{seed}\0{unit.county}\0{unit.code}".encode()).digest()


def draw(
    units: Iterable[Unit], size: int, seed: str, *, allocation: Allocation = Allocation.PROPORTIONAL, certain: int | None = None, again: bool = False
) -> Sample:
    """Draw `size` households: the worst `certain` of those where something fails for sure (None: up to a tenth), the rest by strata.

    Whoever has an earlier visit is left out, and listed, unless `again`. Unfit for a sample larger than the frame, of nobody, or of fewer
    than one.
    """
    every = list(units)
    frame = [one for one in every if again or one.earlier is None]
    left_out = tuple(sorted((one for one in every if not again and one.earlier is not None), key=_named))
    if not frame:
        raise Unfit("empty", len(every))
    if size < 1:
        raise Unfit("too-small", len(frame))
    if size > len(frame):
        raise Unfit("too-large", len(frame))
    line = sorted(frame, key=lambda one: (place_in_line(seed, one), _named(one)))
    wanted = size // 10 if certain is None else certain
    if not 0 <= wanted <= size:
        raise Unfit("certain", len(frame))
    sure = [] if size == len(frame) else sorted((one for one in line if one.fails), key=lambda one: (-one.fails, -one.reviews))[:wanted]
    rest = [one for one in line if one not in set(sure)]
    held, parts = _parts(rest, size - len(sure))
    strata = _strata(parts, size - len(sure), allocation)
    drawn = [Drawn(one, strata[key]) for key, members in parts.items() for one in members[: strata[key].drawn]]
    if sure:
        strata[CERTAIN] = Stratum(CERTAIN, len(sure), len(sure))
        drawn += [Drawn(one, strata[CERTAIN]) for one in sure]
    ordered = tuple(sorted(drawn, key=lambda one: _named(one.unit)))
    return Sample(ordered, tuple(strata[key] for key in sorted(strata)), held, left_out, len(frame))


def _named(unit: Unit) -> tuple[str, str]:
    return unit.county, unit.code


def _parts(units: Sequence[Unit], size: int) -> tuple[tuple[str, ...], dict[Key, list[Unit]]]:
    """Return the finest strata that the sample can serve, each in the order of the line."""
    for held, key_of in _LEVELS:
        parts: dict[Key, list[Unit]] = {}
        for one in units:
            parts.setdefault(key_of(one), []).append(one)
        if needed([len(part) for part in parts.values()]) <= size * LEAST_SHARE:
            return held, parts
    return (), {("all",): list(units)}


def _strata(parts: dict[Key, list[Unit]], size: int, allocation: Allocation) -> dict[Key, Stratum]:
    sizes = {key: len(members) for key, members in parts.items()}
    if needed(list(sizes.values())) > size:  # one household, or none beside those drawn for sure
        return {key: Stratum(key, count, min(count, size)) for key, count in sizes.items()}
    weights = {key: 1.0 if allocation is Allocation.PROPORTIONAL else sum(one.risk.spread for one in members) / len(members) for key, members in parts.items()}
    taken = shared_out(sizes, size, weights)
    return {key: Stratum(key, sizes[key], taken[key]) for key in sizes}
