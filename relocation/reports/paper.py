"""Which paper and which scale a comparison is printed at."""

from dataclasses import dataclass

from relocation.reports.laying import Box

SCALES = (1, 2, 5, 10, 20, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 1000, 1500, 2000, 2500, 5000, 10_000, 20_000, 50_000, 100_000)
"""Scales of GB/T 50001 (usual and allowed) and what comes above them."""

READABLE_SCALE = 100
"""A plan is read at 1:100 at the smallest; where A3 would need a smaller scale, the sheet is A2."""

SIZES = (("a3", 420.0, 297.0), ("a2", 594.0, 420.0))


@dataclass(frozen=True)
class Paper:
    """A sheet in landscape. scale: the N of 1:N, None where the unit is unknown. mm_a_unit: millimetres of paper a unit of the picture."""

    name: str
    width_mm: float
    height_mm: float
    scale: int | None
    mm_a_unit: float | None
    edge_mm: float = 10.0
    strip_mm: float = 28.0

    @property
    def drawn_width_mm(self) -> float:
        """Width of what is drawn on."""
        return self.width_mm - 2 * self.edge_mm

    @property
    def drawn_height_mm(self) -> float:
        """Height of what is drawn on, above the strip of legend and title."""
        return self.height_mm - 2 * self.edge_mm - self.strip_mm


def paper_for(box: Box, *, metres: bool) -> Paper:
    """Return A3 where the box fits at a readable scale, else A2; the largest usual scale that fits, none where the unit is unknown."""
    sheets = [_on(size, box, metres=metres) for size in SIZES]
    return sheets[0] if not metres or (sheets[0].scale or 0) <= READABLE_SCALE else sheets[1]


MARGIN_SHARE = 0.94
"""How much of the sheet the drawing may fill, so that clouds and signs at its edge stay on it."""


def _on(size: tuple[str, float, float], box: Box, *, metres: bool) -> Paper:
    blank = Paper(*size, scale=None, mm_a_unit=None)
    wide, high = max(box[2] - box[0], 1e-9), max(box[3] - box[1], 1e-9)
    fitting = min(blank.drawn_width_mm / wide, blank.drawn_height_mm / high) * MARGIN_SHARE
    if not metres:
        return Paper(*size, scale=None, mm_a_unit=fitting)
    scale = next((n for n in SCALES if 1000 / n <= fitting), SCALES[-1])
    return Paper(*size, scale=scale, mm_a_unit=1000 / scale)
