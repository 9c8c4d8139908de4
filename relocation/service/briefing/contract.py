"""A brief as values: what every output of it is made from."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude, WGS-84 degrees."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with all that makes it answerable. `value` None: nobody knows, which is not zero.

    unknown : so many of what was counted lack the fact that is added up, and are in no sum
    page    : the address of the page that lists what was counted
    """

    id: str
    label: str
    value: float | None
    unit: str
    shown: str
    on: date
    page: str = ""
    unknown: int = 0

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {**asdict(self), "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Case:
    """One of the worst: who or where, what was found, and its mark on the picture (None: no position is known)."""

    kind: str
    code: str
    who: str
    said: str
    outcome: str
    page: str
    at: Point | None = None
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its figures and its worst cases, the worst first. `outcome` is the worst of what was found, one of the five."""

    id: str
    heading: str
    outcome: str
    figures: tuple[Figure, ...]
    worst: tuple[Case, ...] = ()
    total: int = 0  # cases there are, shown or not
    failing: int = 0  # those of them that fail
    page: str = ""
    note: str = ""  # what was not supplied


@dataclass(frozen=True, slots=True)
class Change:
    """What moved one way since the day compared with: how much, and a few of it."""

    id: str
    figure: Figure
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What the brief is compared with. `kind`: "brief" (an earlier one), "day" (chosen), "first" (there is no earlier one)."""

    kind: str
    at: datetime | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What waits for somebody: how much, who decides, and a few of it."""

    id: str
    figure: Figure
    by: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole of it. `places` names the townships of a reader who is bound to some; () for the whole county."""

    county: str
    name: str
    lang: str
    made_on: date
    as_of: date
    run_at: datetime | None
    imported_at: datetime | None
    judged_anew: bool
    stale: bool
    places: tuple[str, ...]
    answers: tuple[Answer, ...]
    since: Since
    decisions: tuple[Decision, ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    outline: tuple[tuple[Point, ...], ...] = ()
    sites: tuple[Point, ...] = ()
    map_source: str = ""
    totals: tuple[Figure, ...] = field(default=())

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of it, in the order of the page."""
        answered = [figure for answer in self.answers for figure in answer.figures]
        return (*self.totals, *answered, *(one.figure for one in self.since.changes), *(one.figure for one in self.decisions))

    def json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "county": self.county, "name": self.name, "made_on": self.made_on.isoformat(), "as_of": self.as_of.isoformat(),
            "run_at": _iso(self.run_at), "imported_at": _iso(self.imported_at), "judged_anew": self.judged_anew, "stale": self.stale,
            "places": list(self.places), "totals": [one.json() for one in self.totals],
            "answers": [
                {"id": one.id, "heading": one.heading, "outcome": one.outcome, "figures": [figure.json() for figure in one.figures],
                 "worst": [asdict(case) for case in one.worst], "total": one.total, "page": one.page, "note": one.note}
                for one in self.answers
            ],
            "since": {"kind": self.since.kind, "at": _iso(self.since.at),
                      "changes": [{"id": one.id, "figure": one.figure.json(), "lines": list(one.lines)} for one in self.since.changes]},
            "decisions": [{"id": one.id, "figure": one.figure.json(), "by": one.by, "lines": list(one.lines)} for one in self.decisions],
            "assumptions": list(self.assumptions), "sources": list(self.sources),
        }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
