"""Lines that climb by months: how many so far, each line with a dash, a shape at its end, and its name beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checks.sentence import number
from relocation.reports.charts.mark import PAPER, SIZE, SOFT, Mark, Picture, Told, halo, line, mark, n, short, text, ticks, width_of
from relocation.reports.charts.pattern import DASHES, STROKES

EDGE, APART = 10.0, 16.0
HEIGHT, NARROW = 330.0, 500.0


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, and how many there were by the end of each month."""

    name: str
    values: tuple[float, ...]


def lines(months: Sequence[str], series: Sequence[Series], name: str, title: str, desc: str, unit: str, lang: str, width: float) -> Picture:
    """Return the lines; `months` are written "2017-03", in their order, and every series has a value for each."""
    if not months:
        empty = text(EDGE, 40, "没有可画的数" if lang == "zh" else "nothing to draw")
        return Picture(name, width, 70, title, desc, lang, (mark("rect", width=width, height=70, fill=PAPER), empty))
    at = ticks(0.0, max((value for one in series for value in one.values), default=0.0), 5, least=1.0)
    left = EDGE + max(width_of(short(value, lang), 11) for value in at) + 8
    ends = [f"{one.name} {number(one.values[-1])}" for one in series]
    right = max(map(width_of, ends)) + 18 if width >= NARROW else max(width_of(number(one.values[-1])) for one in series) + 18
    top = 30.0 if width >= NARROW else 30.0 + 20 * len(series)
    bottom, space = top + HEIGHT - 90, width - left - right - EDGE
    drawn = [mark("rect", width=width, height=bottom + 44, fill=PAPER), text(EDGE, 16, unit, font_size=12, fill=SOFT)]
    for value in at:
        y = bottom - (bottom - top) * value / at[-1]
        drawn += [line(left, y, left + space, y), text(left - 6, y + 4, short(value, lang), text_anchor="end", font_size=11, fill=SOFT)]
    drawn += _months(months, left, space, bottom)
    heights = [[bottom - (bottom - top) * value / at[-1] for value in one.values] for one in series]
    step = space / max(len(months) - 1, 1)
    labels = _apart([ys[-1] for ys in heights], bottom)
    for place, (one, ys) in enumerate(zip(series, heights, strict=True)):
        drawn += _line(place, [left + step * month for month in range(len(ys))], ys)
        said = ends[place] if width >= NARROW else number(one.values[-1])
        drawn.append(halo(left + space + 12, labels[place] + SIZE * 0.36, said, fill=STROKES[place % 4]))
        if width < NARROW:
            drawn += _entry(place, one.name, 18.0 + 20 * (place + 1))
    return Picture(name, width, bottom + 44, title, desc, lang, tuple(drawn))


def _line(place: int, xs: Sequence[float], ys: Sequence[float]) -> list[Mark]:
    path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in zip(xs, ys, strict=True))
    dash: Told = {"stroke_dasharray": DASHES[place % 4]} if DASHES[place % 4] else {}
    return [mark("path", d=path, fill="none", stroke=STROKES[place % 4], stroke_width=2.2, stroke_linejoin="round", **dash), _end(place, xs[-1], ys[-1])]


def _end(place: int, x: float, y: float) -> Mark:
    """Return the shape at a line's end: disc, square, triangle, diamond."""
    told: Told = {"fill": STROKES[place % 4], "stroke": PAPER, "stroke_width": 1.0}
    if place % 4 == 0:
        return mark("circle", cx=x, cy=y, r=4.5, **told)
    shapes = {1: "M-4-4H4V4H-4Z", 2: "M0-5L5 4H-5Z", 3: "M0-5.5L5.5 0L0 5.5L-5.5 0Z"}
    return mark("path", d=shapes[place % 4], transform=f"translate({n(x)} {n(y)})", **told)


def _entry(place: int, name: str, y: float) -> list[Mark]:
    return [*_line(place, [EDGE, EDGE + 34], [y, y]), text(EDGE + 46, y + SIZE * 0.36, name)]


def _apart(ys: Sequence[float], bottom: float) -> list[float]:
    """Return where the names of lines stand: at their ends, but none on another."""
    order = sorted(range(len(ys)), key=lambda place: ys[place])
    placed = list(ys)
    for before, here in pairwise(order):
        placed[here] = max(placed[here], placed[before] + APART)
    most = bottom
    for here in reversed(order):
        placed[here] = min(placed[here], most)
        most = placed[here] - APART
    return placed


def _months(months: Sequence[str], left: float, space: float, bottom: float) -> list[Mark]:
    """Return the axis of time: years at their January, or single months where there are few."""
    step, drawn, last = space / max(len(months) - 1, 1), [line(left, bottom, left + space, bottom, stroke=SOFT)], -1e9
    few = len(months) <= 14
    for place, month in enumerate(months):
        x = left + step * place
        said = month if few else month[:4]
        if (few or month.endswith("-01")) and x - last > width_of(said, 11) + 10:
            last = x
            drawn += [line(x, bottom, x, bottom + 5, stroke=SOFT), text(x, bottom + 19, said, text_anchor="middle", font_size=11, fill=SOFT)]
    return drawn
