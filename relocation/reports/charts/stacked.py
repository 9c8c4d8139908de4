"""Bars in parts: a row a place, a part an outcome, the worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checks.sentence import number
from checks.verdict import WORST_FIRST, Outcome
from relocation.reports.charts.mark import INK, PAPER, SIZE, SOFT, Mark, Picture, fitted, halo, line, mark, short, text, ticks, titled, width_of
from relocation.reports.charts.pattern import fill, patterns

ROW, BAR, LEGEND, EDGE, LEAST = 28.0, 19.0, 22.0, 8.0, 2.0
"""Heights of a row, of its bar and of a line of the legend; the margin; no part that holds anything is drawn narrower than the last."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place and how many of it stand so."""

    name: str
    parts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.parts.values())


def word(outcome: Outcome, lang: str) -> str:
    """Return an outcome in a language."""
    return outcome.zh if lang == "zh" else outcome.en


def stacked(rows: Sequence[Row], name: str, title: str, desc: str, unit: str, lang: str, width: float) -> Picture:
    """Return the bars; `unit` names what is counted, below the axis. Without rows the picture says that there is nothing."""
    entries, top = _legend(name, lang, width)
    label = min(max((width_of(row.name) for row in rows), default=0.0), 0.3 * width)
    right = max((width_of(number(row.total)) for row in rows), default=0.0) + 8
    left = EDGE + label + 8
    space = width - left - right - EDGE
    marks_at = ticks(0.0, float(max((row.total for row in rows), default=0)), max(2, int(space / 90)), least=1.0)
    scale = (space - LEAST * len(WORST_FIRST)) / marks_at[-1]
    bottom = top + ROW * max(len(rows), 1)
    drawn = [patterns(name), mark("rect", width=width, height=bottom + 44, fill=PAPER), *entries]
    for at in marks_at:
        x = left + at * scale
        drawn += [line(x, top - 4, x, bottom), text(x, bottom + 16, short(at, lang), text_anchor="middle", font_size=11, fill=SOFT)]
    drawn.append(text(left + space / 2, bottom + 34, unit, text_anchor="middle", font_size=12, fill=SOFT))
    if not rows:
        drawn.append(text(left, top + 20, "没有可画的数" if lang == "zh" else "nothing to draw"))
    for place, row in enumerate(rows):
        drawn += _row(row, name, left, label, top + place * ROW, scale, lang)
    return Picture(name, width, bottom + 44, title, desc, lang, tuple(drawn))


def _legend(name: str, lang: str, width: float) -> tuple[list[Mark], float]:
    """Return the legend's marks, and where the bars begin below it."""
    drawn: list[Mark] = []
    x, y = EDGE, EDGE
    for outcome in WORST_FIRST:
        said = word(outcome, lang)
        needed = 26 + width_of(said) + 16
        if x > EDGE and x + needed > width:
            x, y = EDGE, y + LEGEND
        drawn += [mark("rect", x=x, y=y, width=20, height=13, fill=fill(name, outcome), stroke=INK, stroke_width=0.8), text(x + 26, y + 11.5, said)]
        x += needed
    return drawn, y + LEGEND + 12


def _row(row: Row, name: str, left: float, label: float, top: float, scale: float, lang: str) -> list[Mark]:
    middle = top + BAR / 2 + SIZE * 0.36
    drawn = [titled(text(left - 8, middle, fitted(row.name, label), text_anchor="end"), row.name)]
    starts = [left]
    shown = [outcome for outcome in WORST_FIRST if row.parts.get(outcome)]
    for outcome in shown:
        starts.append(starts[-1] + max(row.parts[outcome] * scale, LEAST))
    for outcome, (x, end) in zip(shown, pairwise(starts), strict=True):
        said = number(row.parts[outcome])
        bar = mark("rect", x=x, y=top, width=end - x, height=BAR, fill=fill(name, outcome), stroke=INK, stroke_width=0.8)
        drawn.append(titled(bar, f"{row.name} {word(outcome, lang)} {said}"))
        if end - x > width_of(said, 12) + 6:
            dark = outcome is Outcome.FAIL
            write = text if dark else halo
            drawn.append(write((x + end) / 2, top + BAR / 2 + 4.3, said, text_anchor="middle", font_size=12, fill=PAPER if dark else INK))
    drawn.append(text(starts[-1] + 6, middle, number(row.total), fill=SOFT, font_size=12))
    return drawn
