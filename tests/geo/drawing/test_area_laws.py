"""What holds of areas wherever and however a drawing lies: no shift, turn, mirror or unit changes them, no order of drawing."""

import cmath
from functools import cache
from math import pi

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.drawing.compare.placing import Similarity
from geo.drawing.model import Drawing
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import Layout, sheet
from tests.drawings.unit_types import TYPES
from tests.drawings.variants import FULL
from tests.drawings.writing import dxf
from tests.geo.drawing.made import carried, redrawn
from tests.geo.drawing.nearly import about


@cache
def drawn(letter: str) -> Drawing:
    return read(dxf(sheet((TYPES[letter],), FULL, Layout(frame=False))), "plan.dxf")


def areas(drawing: Drawing, naming: Naming) -> tuple[float | None, dict[str, float]]:
    (plan,) = understand(drawing, naming).unit_plans
    return plan.gross_m2, {room.labels[0]: room.area_m2 for room in plan.rooms if room.labels}


@settings(max_examples=40, deadline=None)
@given(
    letter=st.sampled_from("ABCDE"),
    turn=st.floats(-pi, pi),
    mirrored=st.booleans(),
    unit=st.sampled_from((0.001, 0.01, 1.0)),
    dx=st.floats(-1e6, 1e6),
    dy=st.floats(-1e6, 1e6),
)
def test_areas_stay_when_a_drawing_is_moved(naming: Naming, letter: str, turn: float, mirrored: bool, unit: float, dx: float, dy: float) -> None:
    scale = 0.001 / unit
    moved = carried(drawn(letter), Similarity(cmath.rect(scale, turn), complex(dx, dy) * scale, mirrored), unit=0)
    gross, rooms = areas(moved, naming)
    truth = TYPES[letter]
    assert gross == about(truth.gross_m2)
    assert rooms == {name: about(area, rel=1e-4) for name, area in areas(drawn(letter), naming)[1].items()}


@settings(max_examples=20, deadline=None)
@given(letter=st.sampled_from("ABCDE"), seed=st.integers(0, 2**32 - 1))
def test_areas_stay_when_a_drawing_is_drawn_once_more(naming: Naming, letter: str, seed: int) -> None:
    again = redrawn(drawn(letter), np.random.default_rng(seed), renamed=False)
    assert areas(again, naming)[0] == about(TYPES[letter].gross_m2)
