"""A drawing as a picture: what a print shows, where lettering stands, what a similarity makes of it."""

from dataclasses import replace

import numpy as np
import pytest

from geo.drawing.compare.placing import Similarity
from geo.drawing.model import Text
from geo.drawing.render import laid, picture
from tests.drawings.by_hand import DEEP_MM, WIDE_MM, drawn


def test_what_lies_on_a_layer_that_is_off_is_not_in_the_picture_but_for_who_asks_for_everything():
    drawing = drawn("a.dxf", DEEP_MM, "卧室")
    assert picture(drawing).box == (0.0, 0.0, WIDE_MM, DEEP_MM)
    assert picture(drawing, everything=True).box == (-9e4, -0.0, 9e4, DEEP_MM)


@pytest.mark.parametrize(
    ("anchor", "align", "baseline"),
    [("left-baseline", "left", 3000.0), ("center-middle", "center", 2850.0), ("right-top", "right", 2700.0), ("left-bottom", "left", 3000.0)],
)
def test_a_line_stands_on_its_baseline_as_its_anchor_says(anchor: str, align: str, baseline: float):
    drawing = drawn("a.dxf", DEEP_MM, "卧室")
    one = replace(drawing.texts[0], anchor=anchor)  # 300 high, anchored at (1500, 3000)
    [line] = picture(replace(drawing, texts=(one,))).letters
    assert (line.align, line.x, line.y) == (align, 1500.0, baseline)


def test_several_lines_are_set_about_their_middle_one_below_the_other():
    drawing = drawn("a.dxf", DEEP_MM, "卧室")
    one = Text("上\n\n下", 0.0, 0.0, 100.0, 0.0, drawing.texts[0].of, anchor="center-middle")
    first, last = picture(replace(drawing, texts=(one,))).letters
    assert (first.value, last.value) == ("上", "下")
    assert (first.y + 100 + last.y) / 2 == pytest.approx(0.0)  # top of the first and baseline of the last, about the anchor
    assert first.y - last.y == pytest.approx(2 * 160.0)


def test_lettering_turned_a_quarter_goes_down_along_its_own_axes():
    drawing = drawn("a.dxf", DEEP_MM, "卧室")
    one = Text("上", 0.0, 0.0, 100.0, np.pi / 2, drawing.texts[0].of, anchor="left-top")
    [line] = picture(replace(drawing, texts=(one,))).letters
    assert (line.x, line.y) == pytest.approx((100.0, 0.0))


def test_a_mirror_leaves_letters_legible_and_arcs_counter_clockwise():
    shown = picture(drawn("a.dxf", DEEP_MM, "卧室"))
    turned = laid(shown, Similarity(1.0, 0.0, mirrored=True).of)
    [line] = turned.letters
    assert (line.align, line.x) == ("right", -1500.0)
    assert np.cos(line.rotation) == pytest.approx(1.0)
    x, y, radius, start, end = turned.arcs[0]
    assert (x, y, radius) == (-4000.0, 1000.0, 900.0)
    assert end - start == pytest.approx(np.pi / 2)
    assert np.cos((start + end) / 2) == pytest.approx(-np.sqrt(0.5))  # a quarter that opened to the right now opens to the left
