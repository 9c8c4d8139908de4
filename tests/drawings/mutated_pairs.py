"""Plans drawn once more, with and without edits, laid anyhow beside the old ones: as many as are asked for, the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from geo.drawing.compare.placing import Similarity
from geo.drawing.difference import Comparison, Difference
from geo.drawing.model import Drawing
from geo.drawing.read.reading import read
from tests.drawings.holding import box_mm, near
from tests.drawings.mutating import Edit, mutated
from tests.drawings.sheets import Layout, Sheet, sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import A, B, C, D, E
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.made import carried, redrawn

FULL = Manner(columns="frame", hatched=True, furniture=True)
LAID = {
    "as it lay": Similarity(),
    "shifted": Similarity(1, 50 - 30j),
    "turned 90°": Similarity(1j, 4e3),
    "turned 7.3° and far": Similarity(complex(np.exp(1j * np.radians(7.3))), 1.2e6 - 6e6j),
    "turned 180°": Similarity(-1, 3e4 + 1j),
    "turned 33°": Similarity(complex(np.exp(1j * np.radians(33)))),
    "× 1000": Similarity(1000),
    "in metres": Similarity(0.001),
    "in inches": Similarity(1 / 25.4),
    "mirrored": Similarity(1, 7e4, mirrored=True),
    "mirrored and turned 90°": Similarity(1j, 7e4 + 5j, mirrored=True),
}
"""How the new drawing lies; its unit is always the one that its size says."""


@dataclass(frozen=True)
class Redrawn:
    """A plan and the same drawn once more, with the edits that were made before (none: a copy without a change)."""

    name: str
    laid: str
    old: Drawing
    new: Drawing
    unit_m: float  # of the new one; the old one is in mm
    edits: tuple[Edit, ...]

    def missed(self, comparison: Comparison) -> list[Edit]:
        """Return the edits that are not told by their kind at their place."""
        told = [(one.op, one.what, box_mm(one)) for one in comparison.differences]
        return [edit for edit in self.edits if not any(op in edit.ops and what in edit.whats and near(box, edit.box) for op, what, box in told)]

    def stray(self, comparison: Comparison) -> list[Difference]:
        """Return what is told where nothing was edited."""
        return [one for one in comparison.differences if not any(near(box_mm(one), edit.box, 200.0) for edit in self.edits)]


@cache
def plans() -> dict[str, Drawing]:
    """Return the plans that are altered, as they are read."""
    made: dict[str, Sheet] = {
        "A": sheet((A,)),
        "B of polylines": sheet((B,), Manner(walls="polyline")),
        "C with everything": sheet((C,), FULL),
        "D with loose doors": sheet((D,), Manner(swing="loose")),
        "C and A with everything": sheet((C, A), FULL),
        "E with a stair": sheet((E,), Manner(stair=True, furniture=True)),
        "C with an elevation": sheet((C,), FULL, Layout(elevation=True)),
    }
    return {name: read(dxf(one, Form()), f"{name}.dxf") for name, one in made.items()}


def redrawn_pairs(seeds: int, *, edited: bool) -> Iterator[Redrawn]:
    """Yield each plan in each laying, `seeds` times; every second copy without edits has its ends shaken by 0.3 mm."""
    for name, old in plans().items():
        for seed in range(seeds):
            for number, (laid, by) in enumerate(LAID.items()):
                rng = np.random.default_rng([seed, number, len(name), edited])
                made, edits = mutated(old, 0.001, rng) if edited else (old, [])
                jitter = 0.3 if seed % 2 and not edited else 0.0
                yield Redrawn(f"{name}, {laid}, {seed}", laid, old, carried(redrawn(made, rng, jitter=jitter), by), 0.001 / by.scale, tuple(edits))
