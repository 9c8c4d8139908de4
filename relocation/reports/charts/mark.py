"""A picture as plain marks: what an SVG element is called, its attributes, its text, and what it holds.

Pages draw the marks one by one through their own templates, so that no text from a ledger is ever taken for markup; `svg` writes the same as a
document of its own. Attributes are presentation only: no style sheet, no script, no address outside the picture.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from checks.sentence import number
from relocation.reports.wording import legible

FONTS = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
INK, SOFT, FAINT, PAPER = "#1d2730", "#4a5963", "#c3ccd3", "#ffffff"
SIZE = 13.0
"""Size of texts in the picture's own units; narrow pictures are made for a phone and not shrunk from wide ones."""

Told = dict[str, str | float]
"""Attributes by name, before numbers are written."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One element."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    children: tuple["Mark", ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: `name` begins every id in it, `title` and `desc` are what is read aloud."""

    name: str
    width: float
    height: float
    title: str
    desc: str
    lang: str
    marks: tuple[Mark, ...]


def n(value: float) -> str:
    """Return a length in hundredths, as short as it goes."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def mark(tag: str, text: str = "", children: Sequence[Mark] = (), /, **attributes: str | float) -> Mark:
    """Make a mark; an underscore in an attribute's name stands for a hyphen, one at its end for nothing."""
    told = {name.rstrip("_").replace("_", "-"): n(value) if isinstance(value, int | float) else value for name, value in attributes.items()}
    return Mark(tag, told, legible(text), tuple(children))


def line(x1: float, y1: float, x2: float, y2: float, **more: str | float) -> Mark:
    """Return a line; grey and thin unless told otherwise."""
    told: Told = {"stroke": FAINT, "stroke_width": 1.0, **more}
    return mark("line", x1=x1, y1=y1, x2=x2, y2=y2, **told)


def text(x: float, y: float, said: str, **more: str | float) -> Mark:
    """Return a text whose baseline begins (or, with an anchor, ends or has its middle) at a point."""
    told: Told = {"font_size": SIZE, "fill": INK, **more}
    return mark("text", said, x=x, y=y, **told)


def halo(x: float, y: float, said: str, **more: str | float) -> Mark:
    """Return a text that stays legible on a pattern: with paper around its signs."""
    told: Told = {"stroke": PAPER, "stroke_width": 3.0, "stroke_linejoin": "round", "paint_order": "stroke", **more}
    return text(x, y, said, **told)


def titled(of: Mark, said: str) -> Mark:
    """Return a mark with words that show when it is pointed at."""
    return Mark(of.tag, of.attributes, of.text, (mark("title", said), *of.children))


def width_of(said: str, size: float = SIZE) -> float:
    """Return about how wide a text is: a Chinese sign takes a full square, another a little more than half."""
    return size * sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in said)


def fitted(said: str, most: float, size: float = SIZE) -> str:
    """Return a text cut with an ellipsis to a width."""
    if width_of(said, size) <= most:
        return said
    kept = ""
    for sign in said:
        if width_of(kept + sign + "…", size) > most:
            break
        kept += sign
    return kept + "…"


def ticks(low: float, high: float, most: int, least: float = 0.0) -> list[float]:
    """Return round numbers (1, 2 or 5 times a power of ten apart) from at or below `low` to at or above `high`, about `most` of them.

    They are at least `least` apart: of what is counted there are no halves.
    """
    span = high - low
    if span <= 0:
        low, high = min(low, 0.0), max(high, low + 1.0, 1.0)
        span = high - low
    rough = max(span / max(most, 1), least)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def short(value: float, lang: str) -> str:
    """Return a number as an axis has room for it: 120,000 → 12万, 120k."""
    for least, divisor, zh, en in ((1e8, 1e8, "亿", ""), (1e9, 1e9, "", "G"), (1e6, 1e6, "", "M"), (1e5, 1e4, "万", ""), (1e5, 1e3, "", "k")):
        word = zh if lang == "zh" else en
        if word and abs(value) >= least:
            return f"{number(value / divisor)}{word}"
    return number(value)


def svg(picture: Picture) -> str:
    """Return the picture as an SVG document; it refers to nothing outside itself. Same picture, same text."""
    tongue = "zh-CN" if picture.lang == "zh" else "en"
    size = f'width="{n(picture.width)}" height="{n(picture.height)}" viewBox="0 0 {n(picture.width)} {n(picture.height)}"'
    head = f'<title id="{picture.name}-title">{escape(legible(picture.title))}</title><desc id="{picture.name}-desc">{escape(legible(picture.desc))}</desc>'
    about = f'role="img" aria-labelledby="{picture.name}-title {picture.name}-desc" xml:lang="{tongue}" font-family="{FONTS}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {about}>{head}{"".join(map(_written, picture.marks))}</svg>\n'


def _written(one: Mark) -> str:
    told = "".join(f' {name}="{escape(value)}"' for name, value in one.attributes.items())
    inside = escape(one.text) + "".join(map(_written, one.children))
    return f"<{one.tag}{told}>{inside}</{one.tag}>" if inside else f"<{one.tag}{told}/>"
