"""What hung on the wall against the register, both ways, village by village: who is missing on the one, who on the other, and whether it is shown to have hung."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

Place = tuple[str, str]
"""Township and village."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A household that should be on a notice. `identity` tells people apart and is never shown; "" where there is none."""

    code: str
    place: Place
    identity: str
    persons: int | None


@dataclass(frozen=True, slots=True)
class Noticed:
    """An entry of an imported list of a notice."""

    code: str
    place: Place
    identity: str
    persons: int | None
    noticed_on: date | None
    taken_down_on: date | None

    @property
    def days(self) -> int | None:
        """How many days it hung, the first and the last counted; None where a day is missing or the last lies before the first."""
        if self.noticed_on is None or self.taken_down_on is None or self.taken_down_on < self.noticed_on:
            return None
        return (self.taken_down_on - self.noticed_on).days + 1


@dataclass(slots=True)
class Village:
    """How a village stands. Codes in order; an entry counts in the village of the household it is, or in its own where it is nobody's."""

    place: Place
    registered: int = 0
    noticed: int = 0
    both: int = 0
    missing: list[str] = field(default_factory=list)  # in the register, on no notice
    unknown: list[str] = field(default_factory=list)  # on a notice, not in the register
    unlike: list[str] = field(default_factory=list)  # on both, with other persons
    uncompared: list[str] = field(default_factory=list)  # without an ID number, on either side
    entries: list[Noticed] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether register and notice say the same of everybody, and everybody could be compared."""
        return not (self.missing or self.unknown or self.unlike or self.uncompared)

    @property
    def since(self) -> date | None:
        """The first day on which any of its entries hung."""
        return min((one.noticed_on for one in self.entries if one.noticed_on), default=None)

    @property
    def until(self) -> date | None:
        """The last day on which any of its entries hung."""
        return max((one.taken_down_on for one in self.entries if one.taken_down_on), default=None)

    def short(self, least_days: float) -> int:
        """Return how many entries hung for fewer days than they should."""
        return sum(one.days is not None and one.days < least_days for one in self.entries)

    @property
    def undated(self) -> int:
        """How many entries do not say how long they hung."""
        return sum(one.days is None for one in self.entries)


def matched(registered: Iterable[Registered], others: Iterable[str], noticed: Sequence[Noticed]) -> list[Village]:
    """Return every village in order. `others`: identities that the register knows though they need no notice (they gave up, or move at their own cost)."""
    found: dict[Place, Village] = {}
    homes = list(registered)
    by_identity = {home.identity: home for home in homes if home.identity}
    known = {*by_identity, *others} - {""}
    seen: dict[str, Noticed] = {}
    for entry in noticed:
        of = by_identity.get(entry.identity) if entry.identity else None
        village = _of(found, of.place if of else entry.place)
        village.noticed += 1
        village.entries.append(entry)
        if not entry.identity:
            village.uncompared.append(entry.code)
        elif entry.identity not in known:
            village.unknown.append(entry.code)
        elif of is not None:
            seen.setdefault(entry.identity, entry)
            if of.persons is not None and entry.persons is not None and of.persons != entry.persons:
                village.unlike.append(of.code)
    for home in homes:
        village = _of(found, home.place)
        village.registered += 1
        if not home.identity:
            village.uncompared.append(home.code)
        elif home.identity in seen:
            village.both += 1
        else:
            village.missing.append(home.code)
    return [found[place] for place in sorted(found)]


def _of(found: dict[Place, Village], place: Place) -> Village:
    return found.setdefault(place, Village(place))
