"""The five questions: a figure of today, and three answers that are wrong in the ways in which people are wrong.

Every wrong answer is a real number of the place: what held at an earlier month's end, the other unit, what was reported, or a figure next to
it. None is made up, so where a figure has not three of them it is not asked. The same seed over the same figures asks the same questions.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relocation.figures.figure import Figure, meanings, said

QUESTIONS, NEAR_MISSES = 5, 3


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its number in the unit asked for, why one might say it ("" for the right one), and the figure, day or report it is of."""

    value: float
    why: str = ""  # "stale", "swapped", "reported", "beside"
    figure: str = ""
    on: date | None = None
    by: str = ""

    @property
    def right(self) -> bool:
        """Whether it is the answer."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the figure, its day, and four answers in the order in which they are shown."""

    figure: str
    as_of: date
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The place of the right answer."""
        return next(place for place, one in enumerate(self.options) if one.right)


Known = Mapping[str, Figure]
Earlier = Sequence[tuple[date, Mapping[str, float]]]
"""What held at earlier days, the latest first."""


def questions(seed: str, known: Known, earlier: Earlier, most: int = QUESTIONS) -> tuple[Question, ...]:
    """Return up to `most` questions by a seed, from as many groups of figures as there are; fewer where too little is known."""
    askable = {
        id: near for id, one in known.items() if one.value is not None and not one.meant.aside and len(near := _near(seed, one, known, earlier)) == NEAR_MISSES
    }
    drawn = sorted(askable, key=lambda id: _chance(seed, "figure", id))
    seen: dict[str, int] = {}
    rounds = {}
    for id in drawn:
        group = meanings()[id].group
        rounds[id] = seen[group] = seen.get(group, 0) + 1
    chosen = sorted(drawn, key=lambda id: (rounds[id], drawn.index(id)))[:most]
    return tuple(_question(seed, known[id], askable[id]) for id in sorted(chosen, key=drawn.index))


def _question(seed: str, figure: Figure, near: Sequence[Option]) -> Question:
    assert figure.value is not None
    options = [Option(figure.value), *near]
    options.sort(key=lambda one: _chance(seed, figure.id, repr(one.value)))
    return Question(figure.id, figure.as_of, tuple(options))


def _near(seed: str, figure: Figure, known: Known, earlier: Earlier) -> list[Option]:
    """Return three wrong answers, of as many kinds as there are, that read differently from the right one and from each other."""
    kinds: dict[str, list[Option]] = {}
    for one in _candidates(figure, known, earlier):
        kinds.setdefault(one.why, []).append(one)
    order = sorted(kinds, key=lambda why: _chance(seed, figure.id, why))
    chosen: list[Option] = []
    met = {_read(figure, figure.value)}
    for place in range(max(map(len, kinds.values()), default=0)):
        for one in (kinds[why][place] for why in order if place < len(kinds[why])):
            if len(chosen) < NEAR_MISSES and (text := _read(figure, one.value)) not in met and not _may_hold(figure, one.value):
                met.add(text)
                chosen.append(one)
    return chosen


def _candidates(figure: Figure, known: Known, earlier: Earlier) -> Iterator[Option]:
    meant = figure.meant
    for report in figure.reported:
        if report.value is not None and report.differs:
            yield Option(report.value, "reported", figure.id, report.on, report.by)
    for day, values in earlier:
        if (value := values.get(figure.id)) is not None and day < figure.as_of:
            yield Option(value, "stale", figure.id, day)
    others = [("swapped", meant.swap), *(("beside", id) for id in meant.beside)]
    for why, id in others:
        other = known.get(id)
        if other is not None and other.value is not None:
            yield Option(other.value, why, id, other.as_of)


def _read(figure: Figure, value: float | None) -> str:
    return "" if value is None else said(value, figure.meant.unit, "zh")


def _may_hold(figure: Figure, value: float) -> bool:
    """Tell whether records that could not be counted may make a count that value: then it is no wrong answer."""
    assert figure.value is not None
    unit = figure.meant.unit
    if not figure.lacking or value < figure.value:
        return False
    return unit in ("persons", "yuan") or (unit in ("households", "sites") and value <= figure.value + figure.lacking)


def _chance(seed: str, *about: str) -> str:
    """Return what orders things by chance: the same for the same seed, on every machine and in every version."""
    return hashlib.sha256("\0".join((seed, *about)).encode()).hexdigest()


def month_ends(day: date, back: Sequence[int]) -> list[date]:
    """Return the last days of the months so many before a day's month: of 2019-12-31 one back is 2019-11-30."""
    found = []
    for months in back:
        year, month = divmod(day.year * 12 + day.month - months, 12)  # the first of the month after the one meant
        found.append(date(year, month + 1, 1) - timedelta(days=1))
    return found


def fingerprint(asked: Sequence[Question]) -> str:
    """Return a text that differs when any question or answer does: whether the figures changed between asking and answering."""
    told = [[one.figure, one.as_of.isoformat(), [[each.value, each.why, each.figure, str(each.on), each.by] for each in one.options]] for one in asked]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]
