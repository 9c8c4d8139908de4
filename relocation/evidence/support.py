"""Whether a photo bears out what it is shown for: at the place, in the time claimed; each reason why not has a word of its own."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from relocation.evidence.exif import CLOCK_DOUBTFUL, GIVEN, PhotoFacts
from relocation.evidence.place import Placed, Spot, Where, placed


class When(Enum):
    """When a photo was taken, against the days claimed."""

    WITHIN = "within"
    OTHER = "other"
    NOT_SAID = "not-said"  # the photo names no time
    DOUBTFUL = "doubtful"  # its clock and its satellites name different days
    NO_CLAIM = "no-claim"  # nobody said which days


class Support(Enum):
    """The one word for both, worst first."""

    ELSEWHERE = "elsewhere"
    OTHER_TIME = "other-time"
    TOO_CLOSE = "too-close"
    CLOCK_DOUBTFUL = "clock-doubtful"
    NO_PLACE = "no-place"
    NO_TIME = "no-time"
    NO_SUBJECT = "no-subject"
    NO_CLAIM = "no-claim"
    SUPPORTS = "supports"

    @property
    def against(self) -> bool:
        """Whether it speaks against the claim, and not merely for nothing."""
        return self in (Support.ELSEWHERE, Support.OTHER_TIME, Support.CLOCK_DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Judged:
    """A photo judged: the word, and what it rests on."""

    support: Support
    place: Placed
    when: When
    taken_on: date | None


_BY_PLACE = {Where.ELSEWHERE: Support.ELSEWHERE, Where.TOO_CLOSE: Support.TOO_CLOSE, Where.NOT_SAID: Support.NO_PLACE, Where.NO_SUBJECT: Support.NO_SUBJECT}
_BY_TIME = {When.OTHER: Support.OTHER_TIME, When.DOUBTFUL: Support.CLOCK_DOUBTFUL, When.NOT_SAID: Support.NO_TIME, When.NO_CLAIM: Support.NO_CLAIM}


def photo_spot(facts: PhotoFacts) -> Spot | None:
    """Return where a photo says it was taken, None where it says nothing usable."""
    if facts.place != GIVEN or facts.lon is None or facts.lat is None or facts.uncertainty_m is None:
        return None
    return Spot(facts.lon, facts.lat, facts.uncertainty_m, facts.uncertainty_from == "assumed")


def when_taken(facts: PhotoFacts, since: date | None, until: date | None) -> When:
    """Compare a photo's day with the days claimed, both ends included; one day alone is claimed as `since` = `until`."""
    if facts.time == CLOCK_DOUBTFUL:
        return When.DOUBTFUL
    if facts.taken_on is None:
        return When.NOT_SAID
    if since is None and until is None:
        return When.NO_CLAIM
    return When.WITHIN if (since or date.min) <= facts.taken_on <= (until or date.max) else When.OTHER


def judge(facts: PhotoFacts, subject: Spot | None, reach_m: float, since: date | None, until: date | None) -> Judged:
    """Judge a photo against the place and the days it is shown for. What speaks against it outweighs what is missing."""
    place, when = placed(photo_spot(facts), subject, reach_m), when_taken(facts, since, until)
    words = [word for word in (_BY_PLACE.get(place.where), _BY_TIME.get(when)) if word]
    support = min(words, key=list(Support).index, default=Support.SUPPORTS)
    return Judged(support, place, when, facts.taken_on)
