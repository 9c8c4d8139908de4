"""Plans with many rooms in a row, and drawings that are no plan at all however many walls they claim."""

import numpy as np
import pytest

from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from tests.geo.drawing.made import Pen
from tests.geo.drawing.nearly import about


def rooms(across: int, up: int) -> Pen:
    """Draw rooms of 2.76 m square, 240 mm walls between and around them, in rows."""
    pen = Pen()
    for column in range(across):
        for row in range(up):
            x, y = column * 3000.0 + 120, row * 3000.0 + 120
            pen.ring([(x, y), (x + 2760, y), (x + 2760, y + 2760), (x, y + 2760)])
            pen.text("卧室", x + 1380, y + 1380)
    pen.ring([(-120, -120), (across * 3000.0 + 120, -120), (across * 3000.0 + 120, up * 3000.0 + 120), (-120, up * 3000.0 + 120)])
    pen.text("A户型平面图", 0, -3000)
    pen.door(0, 0)
    pen.door(3000, 0)
    return pen


@pytest.mark.parametrize(("across", "up"), [(2, 2), (15, 3), (20, 20)])
def test_walls_are_seen_to_have_two_faces_however_many_rooms_lie_in_a_row(across: int, up: int, naming: Naming) -> None:
    (plan,) = understand(rooms(across, up).drawing(), naming).unit_plans
    assert plan.gross_m2 == about((across * 3.0 + 0.24) * (up * 3.0 + 0.24))
    assert (len(plan.rooms), plan.open_because) == (across * up, ())
    assert {round(room.area_m2, 4) for room in plan.rooms} == {7.6176}


def strewn(count: int, span: float, length: float) -> Pen:
    """Strew lines about on the layer of walls, under the title of a plan."""
    chance, pen = np.random.default_rng(7), Pen()
    for x, y, turn in zip(*chance.uniform(0, span, (2, count)), chance.uniform(0, 2 * np.pi, count), strict=True):
        pen.line(float(x), float(y), float(x + length * np.cos(turn)), float(y + length * np.sin(turn)))
    pen.text("A户型平面图", 0, 0)
    pen.door(0, 0)
    pen.door(3000, 0)
    return pen


@pytest.mark.parametrize(("span", "length"), [(30e3, 30e3), (1e3, 60.0), (60e3, 300.0), (30e6, 300.0)], ids=["across", "heaped", "strewn", "scattered"])
def test_lines_that_are_no_plan_give_a_plan_without_area(span: float, length: float, naming: Naming) -> None:
    (plan,) = understand(strewn(6000, span, length).drawing(), naming).unit_plans
    assert (plan.label, plan.gross_m2, plan.open_because) == ("A户型", None, ("outline-open",))


def test_labels_heaped_up_by_the_thousand_are_no_title_block_that_anything_is_read_from(naming: Naming) -> None:
    pen = Pen()
    for number in range(3000):
        pen.text(("图号", "图名", "比例")[number % 3], 0.0, 0.0)
    (block,) = understand(pen.drawing(), naming).title_blocks
    assert (block.number, block.name, block.scale) == ("", "", "")


def test_a_drawing_without_anything_is_understood_as_nothing(naming: Naming) -> None:
    plans = understand(Pen().drawing(), naming)
    assert (plans.unit.metres, plans.views, plans.title_blocks, plans.unit_plans, plans.flags) == (None, (), (), (), ())
