"""Two photos of one old house, before and after it was taken down: do they bear the demolition out together?"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from relocation.evidence.exif import GIVEN, PhotoFacts
from relocation.evidence.place import distance_m
from relocation.evidence.support import photo_spot

SAME_PLACE_M = 60.0
"""How far apart two people may stand who photograph the same house; the uncertainties come on top. The project's own figure."""


class Pairing(Enum):
    """What a pair of photos says of a demolition."""

    PROVES = "proves"
    LACKS_BEFORE = "lacks-before"
    LACKS_AFTER = "lacks-after"
    OTHER_PLACE = "other-place"
    WRONG_ORDER = "wrong-order"
    AFTER_TOO_EARLY = "after-too-early"  # the house is gone on the photo before the day it was taken down
    BEFORE_TOO_LATE = "before-too-late"  # it stands on the photo after that day
    SAME_PICTURE = "same-picture"
    NO_PLACE = "no-place"
    NO_TIME = "no-time"
    NO_DAY = "no-day"  # the register names no day of demolition


@dataclass(frozen=True, slots=True)
class Pair:
    """The answer, and how far apart the two photos were taken."""

    says: Pairing
    apart_m: float | None = None
    uncertainty_m: float | None = None


def pair(before: PhotoFacts | None, after: PhotoFacts | None, demolished_on: date | None, *, alike: bool = False) -> Pair:
    """Judge a pair: same place within both uncertainties, and before ≤ day of demolition ≤ after. `alike`: one is a copy of the other."""
    if before is None or after is None:
        return Pair(Pairing.LACKS_BEFORE if before is None else Pairing.LACKS_AFTER)
    if alike:
        return Pair(Pairing.SAME_PICTURE)
    one, other = photo_spot(before), photo_spot(after)
    apart = distance_m(one, other) if one and other else None
    either_way = one.uncertainty_m + other.uncertainty_m if one and other else None
    if apart is not None and either_way is not None and apart - either_way > SAME_PLACE_M:
        return Pair(Pairing.OTHER_PLACE, apart, either_way)
    wrong = _order(before, after, demolished_on)
    if wrong in (Pairing.WRONG_ORDER, Pairing.AFTER_TOO_EARLY, Pairing.BEFORE_TOO_LATE):
        return Pair(wrong, apart, either_way)
    return Pair(Pairing.NO_PLACE if apart is None else wrong or Pairing.PROVES, apart, either_way)


def _order(before: PhotoFacts, after: PhotoFacts, demolished_on: date | None) -> Pairing | None:
    """Return what is wrong with the days, None where nothing is."""
    first, last = (facts.taken_on if facts.time == GIVEN else None for facts in (before, after))
    if first and last and first > last:
        return Pairing.WRONG_ORDER
    if demolished_on and last and last < demolished_on:
        return Pairing.AFTER_TOO_EARLY
    if demolished_on and first and first > demolished_on:
        return Pairing.BEFORE_TOO_LATE
    if not first or not last:
        return Pairing.NO_TIME
    return None if demolished_on else Pairing.NO_DAY
