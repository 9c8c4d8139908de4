"""How differences are told: as what a person would call them, in sets under clouds, by names that survive a re-run."""

from dataclasses import replace

import numpy as np
import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.compare.placing import Similarity
from geo.drawing.difference import Comparison, Difference
from geo.drawing.dwelling import Plans, UnitOfMeasure
from geo.drawing.model import Drawing
from tests.geo.drawing.made import Pen, carried, plan, redrawn

MM = Plans(UnitOfMeasure(0.001, ()))
_ROLES = {"WALL": "wall", "DOOR": "door", "WINDOW": "window"}


def understood(drawing: Drawing) -> Plans:
    return replace(MM, roles=tuple(_ROLES.get(drawing.layer_of(row), "") for row in range(len(drawing.entities))))


def between(old: Drawing, new: Drawing) -> Comparison:
    return compare(old, new, understood(old), understood(new))


def told(old: Pen, new: Pen) -> list[tuple[str, str]]:
    return sorted((one.op, one.what) for one in between(old.drawing(), new.drawing()).differences)


def only(old: Pen, new: Pen) -> Difference:
    (one,) = between(old.drawing(), new.drawing()).differences
    return one


def test_a_partition_that_moved_is_one_wall_with_the_way_it_went() -> None:
    comparison = between(plan().drawing(), plan(partition=3700.0).drawing())
    walls = [one for one in comparison.differences if one.what == "wall"]
    assert [(one.op, one.weight) for one in walls] == [("moved", 3)]
    assert walls[0].moved_m == pytest.approx(0.1, abs=1e-4)


def test_the_text_in_its_place_is_told_as_changed_with_both_wordings() -> None:
    new = plan()
    new.texts = [replace(one, value="书房") if one.value == "卧室" else one for one in new.texts]
    one = only(plan(), new)
    assert (one.op, one.before, one.after) == ("changed", "卧室", "书房")


def test_a_longer_wording_in_the_same_place_is_still_the_same_text_changed() -> None:
    new = plan()
    new.texts = [replace(one, value="建筑面积（含阳台）：52.00㎡") if one.value.startswith("建筑面积") else one for one in new.texts]
    assert told(plan(), new) == [("changed", "area")]


def test_texts_that_a_mirrored_drawing_keeps_readable_are_the_same_texts() -> None:
    old = plan().drawing()
    mirrored = carried(old, Similarity(1, 9000, mirrored=True))
    wide = [one.height * sum(1.0 if ord(sign) > 0x2E7F else 0.62 for sign in one.value) for one in mirrored.texts]
    readable = replace(mirrored, texts=tuple(replace(one, x=one.x - across) for one, across in zip(mirrored.texts, wide, strict=True)))
    assert between(old, readable).differences == ()


def test_a_table_that_was_moved_on_by_a_row_has_moved_and_not_changed() -> None:
    old, new = plan(), plan()
    for number, word in enumerate(("门窗表", "M0921 两樘", "M1021 一樘", "C1515 四樘", "C0915 一樘")):
        old.text(word, 9500, 5000 - 500 * number)
        new.text(word, 9500, 4500 - 500 * number)
    assert told(old, new) == [("moved", "text")] * 5


def test_an_area_written_anew_in_the_new_middle_of_its_room_is_changed() -> None:
    new = plan()
    new.texts = [replace(one, value="16.05㎡", x=one.x + 400) if one.value == "15.30㎡" else one for one in new.texts]
    one = only(plan(), new)
    assert (one.op, one.what, one.before, one.after, one.weight) == ("changed", "area", "15.30㎡", "16.05㎡", 3)


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("A户型平面图 1:100", "B户型平面图 1:100", 2),
        ("居住人数：2人", "居住人数：3人", 2),
        ("本户建筑面积：50㎡", "本户建筑面积：52㎡", 3),
        ("门窗由厂家定制", "门窗由业主自理", 1),
    ],
)
def test_what_a_verdict_rests_on_weighs_more_than_a_remark(before: str, after: str, weight: int) -> None:
    old, new = plan(), plan()
    old.text(before, 9500, -3000)
    new.text(after, 9500, -3000)
    one = only(old, new)
    assert (one.op, one.before, one.after, one.weight) == ("changed", before, after, weight)


@pytest.mark.parametrize(("typed", "expected"), [("6000", [("changed", "override")]), ("8000", []), ("<>", [])])
def test_a_number_typed_over_a_dimension_is_told_unless_it_says_the_same(typed: str, expected: list[tuple[str, str]]) -> None:
    new = plan()
    new.dimensions[0] = replace(new.dimensions[0], text=typed)
    assert told(plan(), new) == expected


def test_a_dimension_drawn_farther_off_that_measures_the_same_is_folded_away() -> None:
    new = plan()
    new.dimensions[0] = replace(new.dimensions[0], y=new.dimensions[0].y - 700)
    comparison = between(plan().drawing(), new.drawing())
    assert comparison.differences == ()


def test_a_dimension_that_measures_another_length_tells_both() -> None:
    new = plan()
    new.dimensions[1] = replace(new.dimensions[1], points=new.dimensions[1].points + np.array([(0, 0), (250.0, 0)]), measured=3850.0)
    one = only(plan(), new)
    assert (one.op, one.what, one.before, one.after) == ("changed", "dimension", "3600", "3850")


def taken_apart(pen: Pen) -> Pen:
    """The same dimensions as lines with ticks and a text each."""
    for one in pen.dimensions:
        (x1, y1), (x2, y2) = one.points.tolist()
        upright = x1 == x2
        (sx, sy), (ex, ey) = ((one.x, y1), (one.x, y2)) if upright else ((x1, one.y), (x2, one.y))
        pen.line(sx, sy, ex, ey, "DIM_LINES")
        for ax, ay, bx, by in ((x1, y1, sx, sy), (x2, y2, ex, ey)):
            pen.line(ax, ay, bx, by, "DIM_LINES")
            pen.line(bx - 80, by - 80, bx + 80, by + 80, "DIM_LINES")
        pen.text(f"{one.measured:.0f}", one.x, one.y, 250.0, "DIM_LINES")
        pen.texts[-1] = replace(pen.texts[-1], anchor="center-middle")
    pen.dimensions.clear()
    return pen


def test_dimensions_taken_apart_are_no_difference() -> None:
    comparison = between(plan().drawing(), taken_apart(plan()).drawing())
    assert comparison.differences == ()
    assert comparison.folded["dimension-apart"] == 3
    assert between(taken_apart(plan()).drawing(), plan().drawing()).differences == ()


def test_a_dimension_taken_apart_and_altered_is_told() -> None:
    new = taken_apart(plan())
    new.texts = [replace(one, value="7800") if one.value == "8000" else one for one in new.texts]
    assert ("removed", "dimension") in told(plan(), new)
    assert ("added", "text") in told(plan(), new)


def test_another_pattern_and_more_pieces_are_no_difference_of_a_hatch() -> None:
    new = plan()
    (whole,) = new.hatches
    new.hatches.clear()
    (x0, y0), (x1, y1) = whole.rings[0].min(axis=0), whole.rings[0].max(axis=0)
    for low, high in ((y0, 2000.0), (2000.0, y1)):
        new.hatch([(x0, low), (x1, low), (x1, high), (x0, high)], "ANSI31")
    comparison = between(plan().drawing(), new.drawing())
    assert comparison.differences == ()
    assert comparison.folded["hatch-pattern"] > 0


def test_a_hatch_that_reaches_farther_is_told_with_its_area_before_and_after() -> None:
    new = plan()
    new.hatches[0] = replace(new.hatches[0], rings=(new.hatches[0].rings[0] * np.array([2.0, 1.0]),))
    one = only(plan(), new)
    assert (one.op, one.what, one.before, one.after) == ("changed", "hatch", 1.5, 3.0)


def test_a_curve_is_the_same_from_its_other_end_and_another_where_it_bulges() -> None:
    turn = np.linspace(0, np.pi, 60)
    old, same, other = plan(), plan(), plan()
    old.curve(np.column_stack([9000 + 2000 * np.cos(turn), 800 * np.sin(turn)]))
    same.curve(np.column_stack([9000 + 2000 * np.cos(turn), 800 * np.sin(turn)])[::-1].copy())
    other.curve(np.column_stack([9000 + 2000 * np.cos(turn), 900 * np.sin(turn)]))
    assert told(old, same) == []
    assert [what for _, what in told(old, other)] == ["line"]


@pytest.mark.parametrize(("by", "count"), [(3.0, 0), (5.0, 1)])
def test_what_is_below_five_millimetres_is_not_told(by: float, count: int) -> None:
    old, new = plan(), plan()
    old.ring([(600, 300), (900, 300), (900, 650), (600, 650)], "FURN")
    new.ring([(600 + by, 300 + by), (900 + by, 300 + by), (900 + by, 650 + by), (600 + by, 650 + by)], "FURN")
    assert len(between(old.drawing(), new.drawing()).differences) == count


def test_a_thing_of_many_lines_that_moved_far_is_one_difference() -> None:
    old, new = plan(), plan()
    old.ring([(5000, 4000), (6500, 4000), (6500, 4800), (5000, 4800)], "SOFA")
    new.ring([(4300, 1900), (5800, 1900), (5800, 2700), (4300, 2700)], "SOFA")
    one = only(old, new)
    assert (one.op, one.what) == ("moved", "line")
    assert one.moved_m == pytest.approx(float(np.hypot(0.7, 2.1)), abs=1e-4)


def test_layers_renamed_are_folded_away_and_counted() -> None:
    drawing = plan().drawing()
    renamed = replace(drawing, layers=tuple(replace(one, name=f"A-{one.name}") for one in drawing.layers))
    comparison = between(drawing, renamed)
    assert comparison.differences == ()
    assert comparison.folded["renamed-layer"] == len({drawing.layer_of(int(of)) for of in drawing.lines.of})


def edited() -> Pen:
    pen = plan(partition=3700.0)
    pen.line(5000, 2500, 6000, 3900, "FURN")
    pen.texts = [replace(one, value="A1户型") if one.value == "A户型" else one for one in pen.texts]
    return pen


def test_near_differences_share_a_cloud_and_far_ones_do_not() -> None:
    comparison = between(plan().drawing(), edited().drawing())
    sets = {one.number: one for one in comparison.change_sets}
    assert sorted(member for one in sets.values() for member in one.members) == sorted(one.id for one in comparison.differences)
    assert all(one.id in sets[one.change_set].members for one in comparison.differences)
    label, line = (next(one for one in comparison.differences if one.what == what) for what in ("text", "line"))
    wall = next(one for one in comparison.differences if one.what == "wall")
    assert len({label.change_set, line.change_set, wall.change_set}) == 3
    for one in sets.values():
        xs, ys = zip(*one.cloud, strict=True)
        assert min(xs) <= one.box[0]
        assert min(ys) <= one.box[1]
        assert max(xs) >= one.box[2]
        assert max(ys) >= one.box[3]


@pytest.mark.parametrize("by", [Similarity(), Similarity(1j, 4000 - 300j), Similarity(1, 9000, mirrored=True)])
def test_differences_keep_their_names_when_the_new_file_is_drawn_once_more(by: Similarity) -> None:
    new = edited().drawing()
    again = carried(redrawn(new, np.random.default_rng(5), split=0.0, doubled=0.0, renamed=False), by)
    first, second = ({one.id for one in between(plan().drawing(), each).differences} for each in (new, again))
    assert first == second


def test_another_difference_does_not_rename_the_rest() -> None:
    more = edited()
    more.text("新加说明", 9800, 3000)
    first, second = ({one.id for one in between(plan().drawing(), each.drawing()).differences} for each in (edited(), more))
    assert first < second
    assert len(second - first) == 1


def test_two_equal_differences_in_one_place_have_two_names() -> None:
    old, new = plan(), plan()
    for _ in range(2):
        new.text("重复", 9800, 3000)
    ids = [one.id for one in between(old.drawing(), new.drawing()).differences]
    assert len(ids) == 2
    assert len(set(ids)) == 2
