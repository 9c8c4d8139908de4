"""A household as the draw sees it: where it lies, of what kind it is, how it stands. Nothing that tells who lives there."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Risk(Enum):
    """How a household stands under the checks, the worst first. `spread` is the share of each hundred that may be out of order, as a guess for allocation."""

    FAIL = ("fail", "有不合规", "something fails", 0.5)
    REVIEW = ("review", "有待核", "something in doubt", 0.3)
    NONE = ("none", "没有问题", "nothing found", 0.1)
    UNJUDGED = ("unjudged", "还没有核查", "not checked yet", 0.5)

    def __init__(self, id: str, zh: str, en: str, share: float) -> None:
        """Take the stable id, the two words and the guess."""
        self.id, self.zh, self.en, self.share = id, zh, en, share

    @property
    def spread(self) -> float:
        """The standard deviation of a yes-or-no answer of that share: what Neyman's allocation weighs by."""
        return float((self.share * (1 - self.share)) ** 0.5)

    def word(self, lang: str) -> str:
        """Return the word people read."""
        return self.en if lang == "en" else self.zh

    @classmethod
    def of(cls, fails: int, reviews: int, *, judged: bool) -> "Risk":
        """Return how a household with so many failed and doubtful checks stands."""
        if not judged:
            return cls.UNJUDGED
        return cls.FAIL if fails else cls.REVIEW if reviews else cls.NONE


@dataclass(frozen=True, slots=True)
class Earlier:
    """A visit that was paid, or is planned: on which day, by which body."""

    on: date
    body: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One household of the frame. `mode` is "concentrated", "dispersed" or "" where nobody said; `poor` None likewise."""

    county: str
    code: str
    township: str = ""
    mode: str = ""
    poor: bool | None = None
    fails: int = 0
    reviews: int = 0
    judged: bool = True
    earlier: Earlier | None = None  # the latest visit within the days that are respected

    @property
    def risk(self) -> Risk:
        """How it stands."""
        return Risk.of(self.fails, self.reviews, judged=self.judged)

    @property
    def kind(self) -> str:
        """Mode and whether it is registered poor, as one part of a stratum's name; "?" for what nobody said."""
        return f"{self.mode or '?'}/{ {True: 'poor', False: 'self-financed', None: '?'}[self.poor] }"
