"""The scale of a print: what its title says (1:100), and what its written dimensions say of the lines they stand at."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.drawing.model import Floats, Text
from geo.drawing.text import comparable

PAPER_MM = 0.1
"""How exactly a line lies on paper: the width of a pen and what a plotter is off by."""
_STATED = re.compile(r"(?<!\d)1[:：](\d{1,4})(?!\d)")
_FIGURE = re.compile(r"\d{3,5}")
_SMALLEST_MM, _LARGEST_MM = 300, 60_000
_ENOUGH = 3  # written dimensions that agree
_SAME = 0.005
_STRAIGHT = math.radians(1)


@dataclass(frozen=True)
class Scale:
    """The scale of a print. evidence: title, dimensions, both; off: how far it may be off, as a share; stated: what the title says, 0 if nothing."""

    denominator: float
    evidence: str
    off: float
    stated: float


def scale_of(texts: Sequence[Text], lines: Floats, *, paper_known: bool) -> Scale | None:
    """Return the scale of a page (texts and lines in millimetres of paper), None where nothing on it says.

    paper_known: whether the page says how large it is; a stated scale is worth nothing otherwise. Where title and dimensions differ the
    dimensions hold: prints are enlarged and reduced to fit the paper.
    """
    stated = _stated(texts) if paper_known else 0.0
    measured = _measured(texts, lines)
    if measured is None:
        return Scale(stated, "title", 0.01, stated) if stated else None
    denominator, off = measured
    if stated and abs(denominator / stated - 1) <= 0.01:
        return Scale(stated, "both", max(off, abs(denominator / stated - 1)), stated)
    return Scale(denominator, "dimensions", off, stated)


def _stated(texts: Sequence[Text]) -> float:
    """Return the denominator that most texts state; 0 where none does, or two are level."""
    said = Counter(float(found) for text in texts for found in _STATED.findall(comparable(text.value)) if 1 < int(found) <= 2000)
    ranked = said.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else 0.0


def _measured(texts: Sequence[Text], lines: Floats) -> tuple[float, float] | None:
    """Return the denominator that at least three written dimensions agree on, and how far they lie apart as a share."""
    ratios = [_ratios(text, lines) for text in texts if _FIGURE.fullmatch(text.value.strip()) and _SMALLEST_MM <= int(text.value) <= _LARGEST_MM]
    flat = np.sort(np.concatenate(ratios)) if ratios else np.empty(0)
    if not len(flat):
        return None
    votes = [sum(bool((np.abs(one / value - 1) <= _SAME).any()) for one in ratios) for value in flat.tolist()]
    best = float(flat[int(np.argmax(votes))])
    agreed = flat[np.abs(flat / best - 1) <= _SAME]
    if max(votes) < _ENOUGH or max(votes) * 2 < len(ratios):
        return None
    middle = float(np.median(agreed))
    return middle, float(np.abs(agreed / middle - 1).max()) + 1e-4


def _ratios(text: Text, lines: Floats) -> Floats:
    """Return figure ÷ length for every line that the text may be the dimension of: along it, close by, with the text at its middle."""
    across, up = math.cos(text.rotation), math.sin(text.rotation)
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    length = np.hypot(dx, dy)
    straight = np.abs(dx * up - dy * across) <= math.sin(_STRAIGHT) * length
    mx, my = (lines[:, 0] + lines[:, 2]) / 2 - text.x, (lines[:, 1] + lines[:, 3]) / 2 - text.y
    wide = max(text.height, 1.0) * (len(text.value) / 2 + 1)
    close = (np.abs(my * across - mx * up) <= 3 * max(text.height, 1.0)) & (np.abs(mx * across + my * up) <= wide)
    kept = straight & close & (length > 2)
    ratios: Floats = int(text.value) / length[kept]
    return ratios
