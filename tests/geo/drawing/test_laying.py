"""How one drawing is laid on another: by itself, by two clicks, view by view; and when it is refused."""

from dataclasses import replace

import numpy as np
import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.compare.placing import Similarity, from_clicks, laid_over
from geo.drawing.difference import Comparison
from geo.drawing.dwelling import Plans, UnitOfMeasure, View
from geo.drawing.model import Drawing
from tests.geo.drawing.made import Pen, carried, plan

MM = Plans(UnitOfMeasure(0.001, ()))
METRES = Plans(UnitOfMeasure(1.0, ()))
NOTHING = Plans(UnitOfMeasure(None, ()))


def elevation(pen: Pen, x: float, y: float) -> Pen:
    """A façade with windows of no common size, nothing of it like the plan."""
    pen.ring([(x, y), (x + 8000, y), (x + 8000, y + 3300), (x, y + 3300)], "ELEV")
    for number, (dx, wide) in enumerate(((700, 1510), (2900, 2130), (5600, 1270))):
        pen.ring([(x + dx, y + 910 + 7 * number), (x + dx + wide, y + 910 + 7 * number), (x + dx + wide, y + 2410), (x + dx, y + 2410)], "ELEV")
        pen.line(x + dx + wide / 2, y + 910 + 7 * number, x + dx + wide / 2, y + 2410, "ELEV")
    pen.line(x - 900, y, x + 9100, y, "ELEV")
    return pen


def views(drawing: Drawing, split_x: float) -> Plans:
    """The plan and the elevation as two views, parted by a line."""
    middle = np.full(len(drawing.entities), np.nan)
    for xy, of in ((drawing.lines.xy[:, 0], drawing.lines.of), (drawing.arcs.xyr[:, 0], drawing.arcs.of)):
        middle[of] = xy
    for texts in (drawing.texts, drawing.dimensions, drawing.hatches):
        for one in texts:
            middle[one.of] = one.rings[0][0, 0] if hasattr(one, "rings") else one.x
    sides = [np.flatnonzero(middle < split_x), np.flatnonzero(middle >= split_x)]
    made = [View("", "unknown", (0.0, 0.0, 9.0, 9.0), tuple(rows.tolist())) for rows in sides]
    return replace(MM, views=tuple(made))


def aligned(comparison: Comparison) -> tuple[float, float, bool]:
    one = comparison.alignments[0]
    assert one.status == "aligned"
    return one.scale, one.rotation_deg, one.mirrored


@pytest.mark.parametrize(("factor", "mirrored", "turn"), [(1.0, False, -30.0), (1000.0, False, 0.0), (1 / 25.4, False, 90.0), (1.0, True, 0.0)])
def test_scale_turn_and_mirror_are_found_without_a_click(factor: float, mirrored: bool, turn: float) -> None:
    by = Similarity(complex(np.exp(1j * np.radians(turn)) / factor), 5000 - 700j, mirrored)
    scale, found, mirror = aligned(compare(plan().drawing(), carried(plan().drawing(), by), MM, replace(MM, unit=UnitOfMeasure(0.001 * factor, ()))))
    assert scale == pytest.approx(factor, rel=1e-9)
    assert mirror is mirrored
    assert found == pytest.approx(turn if mirrored else -turn, abs=1e-6)


def test_a_unit_that_only_the_new_drawing_tells_holds_for_the_old_one() -> None:
    comparison = compare(plan().drawing(unit=0), carried(plan().drawing(), Similarity(0.001)), NOTHING, METRES)
    assert comparison.unit_m == pytest.approx(0.001)
    assert comparison.differences == ()


def test_unrelated_drawings_are_refused_and_not_told_row_by_row() -> None:
    comparison = compare(plan().drawing(), elevation(Pen(), 0, 0).drawing(), MM, MM)
    assert comparison.alignments[0].status == "refused"
    assert comparison.alignments[0].reason == "unrelated"
    assert comparison.differences == ()
    assert comparison.change_sets == ()
    assert comparison.not_compared["refused"] == len(plan().drawing().entities) + len(elevation(Pen(), 0, 0).drawing().entities)


@pytest.mark.parametrize("lines", [0, 1])
def test_where_there_is_hardly_a_line_nothing_is_guessed(lines: int) -> None:
    pen = Pen()
    for number in range(lines):
        pen.line(0, 0, 1000, 100 * number, "WALL")
    comparison = compare(pen.drawing(), plan().drawing(), MM, MM)
    assert (comparison.alignments[0].status, comparison.alignments[0].reason) == ("refused", "too-little")


def test_two_clicks_a_hand_off_lay_the_drawings_exactly() -> None:
    new = carried(plan().drawing(), Similarity(1j, 900 - 40j))
    clicks = from_clicks([(5, -8), (8010, 6240)], [(900 + 4, -40 + 6), (900 - 6255, -40 + 7990)])
    comparison = compare(plan().drawing(), new, MM, MM, by_hand=clicks)
    assert comparison.alignments[0].status == "by-hand"
    assert comparison.differences == ()
    assert laid_over(new.lines.xy[:, :2], comparison.alignments[0]) == pytest.approx(plan().drawing().lines.xy[:, :2], abs=0.5)


def test_what_was_refused_is_compared_by_two_clicks() -> None:
    other = elevation(Pen(), 0, 0).drawing()
    clicks = from_clicks([(0, 0), (8000, 0)], [(0, 0), (8000, 0)])
    comparison = compare(plan().drawing(), other, MM, MM, by_hand=clicks)
    assert comparison.alignments[0].status == "by-hand"
    assert comparison.differences


def test_views_put_elsewhere_on_the_sheet_are_no_difference() -> None:
    old, new = elevation(plan(), 14_000, 0).drawing(), elevation(plan(), 19_500, -7000).drawing()
    comparison = compare(old, new, views(old, 12_000), views(new, 12_000))
    assert comparison.differences == ()
    assert comparison.folded["view-moved"] == 1
    assert {round(one.dx) for one in comparison.alignments} == {0, -5500}


def test_a_change_in_a_view_that_was_put_elsewhere_is_told_where_the_old_drawing_has_it() -> None:
    old = elevation(plan(), 14_000, 0).drawing()
    pen = elevation(plan(), 19_500, -7000)
    pen.line(19_500 + 300, -7000 + 300, 19_500 + 500, -7000 + 2900, "ELEV")
    new = pen.drawing()
    (one,) = compare(old, new, views(old, 12_000), views(new, 12_000)).differences
    assert (one.op, one.what) == ("added", "line")
    assert {point for line in one.shape_after for point in line} == {(14.3, 0.3), (14.5, 2.9)}


def test_a_view_without_a_counterpart_is_counted_and_not_compared() -> None:
    old = elevation(plan(), 14_000, 0).drawing()
    other = plan(5000, 9100, 370.0, 2210.0, "乙户型", x=14_000)
    for number in range(60):
        other.line(14_300 + 71 * number, 200, 14_300 + 71 * number, 900 + 13 * number, "MARK")
    moved = elevation(other, 1000, -9000)
    new = moved.drawing()
    comparison = compare(old, new, views(old, 12_000), views(new, 12_000))
    assert [one.status for one in comparison.alignments] == ["aligned"]
    assert comparison.not_compared["view-alone"] > 0
    assert comparison.differences == ()


def test_what_no_print_shows_is_counted_and_not_compared() -> None:
    pen = plan()
    pen.line(900, 900, 2900, 900, "HIDDEN")
    shown = pen.drawing()
    layers = tuple(replace(one, frozen=one.name == "HIDDEN") for one in shown.layers)
    comparison = compare(plan().drawing(), replace(shown, layers=layers), MM, MM)
    assert comparison.differences == ()
    assert comparison.not_compared["hidden-layer"] == 1


def test_what_was_not_read_is_counted_as_not_compared() -> None:
    new = replace(plan().drawing(), unreadable={"TCH_WALL": 12}, left_out={"3DSOLID": 2}, missing_references=("底图.dwg",))
    comparison = compare(plan().drawing(), new, MM, MM)
    assert comparison.not_compared == {"3DSOLID": 2, "TCH_WALL": 12, "missing-reference": 1}


def test_what_has_no_place_in_numbers_is_left_out_and_nothing_breaks() -> None:
    pen = plan()
    pen.line(float("nan"), 0, 1000, 0)
    pen.line(500, 500, 500, 500)
    pen.text("无处", float("nan"), 100)
    pen.text("零高", 4000, 4000, 0.0)
    pen.arc(4000, 4000, float("inf"))
    pen.hatch([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    pen.hatch([(0, 0), (0, 0), (0, 0)])
    comparison = compare(plan().drawing(), pen.drawing(), MM, MM)
    assert {(one.op, one.what) for one in comparison.differences} == {("added", "text"), ("added", "hatch")}
