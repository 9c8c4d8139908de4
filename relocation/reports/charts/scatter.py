"""Points by two measures, with the limits drawn as lines and named."""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.verdict import WORST_FIRST, Outcome
from relocation.reports.charts.mark import INK, PAPER, SIZE, SOFT, Mark, Picture, Told, fitted, halo, line, mark, short, text, ticks, titled, width_of
from relocation.reports.charts.pattern import point
from relocation.reports.charts.stacked import word

EDGE, HEIGHT, NAMED = 10.0, 420.0, 10


@dataclass(frozen=True, slots=True)
class Dot:
    """A place with its two measures and how it stands."""

    name: str
    x: float
    y: float
    outcome: Outcome
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A limit: on which axis ("x" or "y"), at what value, what it is called."""

    axis: str
    at: float
    name: str


def scatter(dots: Sequence[Dot], limits: Sequence[Line], name: str, title: str, desc: str, axes: tuple[str, str], lang: str, width: float) -> Picture:
    """Return the points; `axes` name the measures with their units."""
    entries, top = _legend(dots, limits, lang, width)
    if not dots:
        empty = text(EDGE, 40, "没有可画的数" if lang == "zh" else "nothing to draw")
        return Picture(name, width, 70, title, desc, lang, (mark("rect", width=width, height=70, fill=PAPER), empty))
    across = _range([*(dot.x for dot in dots), *(one.at for one in limits if one.axis == "x")], 6 if width > 500 else 4)
    up = _range([*(dot.y for dot in dots), *(one.at for one in limits if one.axis == "y")], 6)
    left = EDGE + max(width_of(short(value, lang), 11) for value in up) + 8
    top += 26
    bottom, space = top + HEIGHT - 110, width - left - EDGE - 34
    frame = _Frame(left, space, bottom, bottom - top, across, up)
    drawn = [mark("rect", width=width, height=bottom + 50, fill=PAPER), *entries, text(EDGE, top - 10, axes[1], font_size=12, fill=SOFT)]
    for value in up:
        drawn += [
            line(left, frame.y(value), left + space, frame.y(value)),
            text(left - 6, frame.y(value) + 4, short(value, lang), text_anchor="end", font_size=11, fill=SOFT),
        ]
    for value in across:
        drawn += [
            line(frame.x(value), top, frame.x(value), bottom),
            text(frame.x(value), bottom + 17, short(value, lang), text_anchor="middle", font_size=11, fill=SOFT),
        ]
    drawn.append(text(left + space / 2, bottom + 38, axes[0], text_anchor="middle", font_size=12, fill=SOFT))
    drawn += [each for place, one in enumerate(limits) for each in _limit(place, one, frame, top, lang)]
    drawn += [titled(point(dot.outcome, frame.x(dot.x), frame.y(dot.y)), dot.said) for dot in sorted(dots, key=lambda dot: -WORST_FIRST.index(dot.outcome))]
    drawn += _names(dots, frame)
    return Picture(name, width, bottom + 50, title, desc, lang, tuple(drawn))


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    space: float
    bottom: float
    tall: float
    across: Sequence[float]
    up: Sequence[float]

    def x(self, value: float) -> float:
        return self.left + self.space * (value - self.across[0]) / (self.across[-1] - self.across[0])

    def y(self, value: float) -> float:
        return self.bottom - self.tall * (value - self.up[0]) / (self.up[-1] - self.up[0])


def _range(values: Sequence[float], most: int) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or max(abs(high) * 0.1, 1.0)
    return ticks(max(low - room, 0.0) if low >= 0 else low - room, high + room, most)


def _legend(dots: Sequence[Dot], limits: Sequence[Line], lang: str, width: float) -> tuple[list[Mark], float]:
    drawn: list[Mark] = []
    x, y = EDGE, 16.0
    for outcome in (one for one in WORST_FIRST if any(dot.outcome is one for dot in dots)):
        needed = 16 + width_of(word(outcome, lang)) + 18
        if x > EDGE and x + needed > width:
            x, y = EDGE, y + 20
        drawn += [point(outcome, x + 6, y), text(x + 18, y + SIZE * 0.36, word(outcome, lang))]
        x += needed
    size = 12.0 if width > 500 else 10.8
    for place, one in enumerate(limits):
        y += 20
        drawn += [line(EDGE, y, EDGE + 26, y, **_dash(place)), text(EDGE + 32, y + 4, fitted(one.name, width - EDGE - 36, size), font_size=size)]
    return drawn, y + 24


def _limit(place: int, one: Line, frame: _Frame, top: float, lang: str) -> list[Mark]:
    """Return a limit's line with its value at the end; what it is called stands in the legend, where no point lies on it."""
    said = short(one.at, lang)
    if one.axis == "x":
        x = frame.x(one.at)
        return [line(x, top, x, frame.bottom, **_dash(place)), halo(x, top - 4, said, font_size=11, text_anchor="middle")]
    y = frame.y(one.at)
    right = frame.left + frame.space
    return [line(frame.left, y, right, y, **_dash(place)), halo(right + 3, y + 4, said, font_size=11)]


def _dash(place: int) -> Told:
    """Return how the line of a limit is drawn: four ways, told apart by dash and weight."""
    told: Told = {"stroke": INK, "stroke_width": 1.8 if place < 4 else 1.0, "stroke_dasharray": ("7 3", "2 3", "11 3 2 3", "4 6")[place % 4]}
    return told


def _names(dots: Sequence[Dot], frame: _Frame) -> list[Mark]:
    """Return the names of the worst points, as many as find room: none lies on another."""
    drawn: list[Mark] = []
    taken = [(frame.x(dot.x) - 7, frame.y(dot.y) - 7, frame.x(dot.x) + 7, frame.y(dot.y) + 7) for dot in dots]
    wanted = sorted((dot for dot in dots if dot.outcome in (Outcome.FAIL, Outcome.REVIEW)), key=lambda dot: (WORST_FIRST.index(dot.outcome), -dot.y, dot.name))
    for dot in wanted:
        said = fitted(dot.name, 110, 11)
        wide, x, y = width_of(said, 11), frame.x(dot.x), frame.y(dot.y)
        for left, base in ((x + 9, y + 4), (x - 9 - wide, y + 4), (x - wide / 2, y - 10), (x - wide / 2, y + 18)):
            box = (left, base - 10, left + wide, base + 3)
            inside = left >= frame.left and box[2] <= frame.left + frame.space + 10
            if inside and len(drawn) < NAMED and not any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in taken):
                taken.append(box)
                drawn.append(halo(left, base, said, font_size=11))
                break
    return drawn
