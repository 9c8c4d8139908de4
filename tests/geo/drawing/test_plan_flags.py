"""The clues that a drawing gives by itself: found where they were planted, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest

from geo.drawing.dwelling import Flag, Plans
from geo.drawing.model import Dimension, Drawing, DrawingLayer, Hatch
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings import planting
from tests.drawings.pairs import Pair, planted_pairs, unchanged_pairs
from tests.drawings.sheets import Layout, Sheet, Title, sheet
from tests.drawings.unit_types import TYPES
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.made import plan
from tests.geo.drawing.nearly import about

OVERRIDDEN = {"37": ("9700", 9.7, 10.0), "38": ("6000", 6.0, 6.25), "39": ("3600", 3.6, 3.78), "40": ("4800", 4.8, 5.0), "41": ("7200", 7.2, 7.5)}
EDITED = {"42": ("主卧", 10.88, 11.88), "43": ("客厅", 18.16, 20.16), "44": ("C户型", 72.0, 75.0)}
TEXTUAL = [pair for pair in planted_pairs() if pair.kind in ("dimension overridden", "area text edited", "persons edited", "unit label edited")]


def understood(data: bytes, name: str, naming: Naming) -> Plans:
    return understand(read(data, name), naming)


def flags(drawing: Drawing, naming: Naming, code: str) -> list[Flag]:
    return [flag for flag in understand(drawing, naming).flags if flag.code == code]


@pytest.mark.parametrize("pair", TEXTUAL, ids=lambda pair: pair.name)
def test_a_planted_text_is_flagged_in_the_drawing_that_has_it_and_not_in_the_other(pair: Pair, naming: Naming) -> None:
    assert understood(pair.old.data, pair.old.name, naming).flags == ()
    found = understood(pair.new.data, pair.new.name, naming).flags
    number = pair.name[:2]
    if number in OVERRIDDEN:
        (flag,) = found
        typed, typed_m, measured_m = OVERRIDDEN[number]
        assert (flag.code, flag.facts["typed"], flag.facts["how"]) == ("F3", typed, "typed")
        assert (flag.facts["typed_m"], flag.facts["measured_m"]) == (about(typed_m), about(measured_m))
    elif number in EDITED:
        (flag,) = found
        label, annotated_m2, measured_m2 = EDITED[number]
        assert (flag.code, flag.facts["label"], flag.facts["annotated_m2"]) == ("F4", label, annotated_m2)
        assert flag.facts["measured_m2"] == about(measured_m2, rel=1e-3)
    else:  # 49.50 written for 50.00 is within the one per cent that is allowed; persons and labels are no figures of this drawing alone
        assert found == ()


@pytest.mark.parametrize("pair", unchanged_pairs(), ids=lambda pair: pair.name)
def test_an_honest_drawing_gives_no_clue_however_it_was_saved(pair: Pair, naming: Naming) -> None:
    plans = understood(pair.new.data, pair.new.name, naming)
    assert plans.flags == ()
    assert {one.label: one.gross_m2 for one in plans.unit_plans} == {
        one.label: about(one.gross_m2, rel=3e-3 if "jitter" in pair.name else 1e-6) for one in pair.new.sheet.units
    }


def with_dimension(text: str, *, length: float = 8000.0, factor: float = 1.0, decimals: int = 0, stored: float | None = None) -> Drawing:
    pen = plan()
    of = pen.entity("DIM", "DIMENSION")
    points = np.array([(0.0, 9000.0), (length, 9000.0)])
    pen.dimensions.append(Dimension("linear", points, length * factor, stored, text, factor, decimals, length / 2, 9500.0, of))
    return pen.drawing()


@pytest.mark.parametrize("text", ["", "<>", "8000", "8000mm", "8.00m", "800cm", "8,000", "<>(净)", "24×333.3=8000", "8003", "约八米", "L1", "8000±5"])
def test_a_dimension_that_says_what_it_measures_or_no_figure_at_all_is_no_clue(text: str, naming: Naming) -> None:
    assert flags(with_dimension(text), naming, "F3") == []


@pytest.mark.parametrize(("text", "typed_m"), [("7700", 7.7), ("7.70m", 7.7), ("7700mm", 7.7), ("7,700", 7.7), ("22×350=7700", 7.7), ("8010", 8.01)])
def test_a_typed_figure_is_a_clue_in_whatever_unit_it_is_typed(text: str, typed_m: float, naming: Naming) -> None:
    (flag,) = flags(with_dimension(text), naming, "F3")
    assert (flag.facts["typed_m"], flag.facts["measured_m"]) == (about(typed_m), about(8.0))


def test_a_typed_figure_is_held_against_its_own_rounding(naming: Naming) -> None:
    assert flags(with_dimension("8.0m", length=8040.0), naming, "F3") == []
    assert len(flags(with_dimension("8.00m", length=8040.0), naming, "F3")) == 1


def test_a_dimension_with_a_factor_of_its_own_is_a_clue_and_one_that_counts_metres_is_not(naming: Naming) -> None:
    (flag,) = flags(with_dimension("", factor=0.95), naming, "F3")
    assert (flag.facts["how"], flag.facts["typed"], flag.facts["typed_m"]) == ("factor", "7600", about(7.6))
    assert flags(with_dimension("", factor=0.001, decimals=2), naming, "F3") == []


def test_a_length_kept_from_before_the_points_were_moved_is_a_clue(naming: Naming) -> None:
    (flag,) = flags(with_dimension("", stored=7700.0), naming, "F3")
    assert (flag.facts["how"], flag.facts["typed"], flag.facts["measured_m"]) == ("stored", "7700", about(8.0))
    assert flags(with_dimension("", stored=8000.0), naming, "F3") == []
    assert flags(with_dimension("", factor=0.001, decimals=2, stored=8000.0), naming, "F3") == []
    assert flags(with_dimension("", factor=0.001, decimals=2, stored=8.0), naming, "F3") == []


def test_a_figure_on_which_the_area_hangs_weighs_more(naming: Naming) -> None:
    outer, inner = (understand(read(dxf(one), "plan.dxf"), naming) for one in (overridden(0, "9700"), overridden(2, "3300")))
    assert [(flag.code, flag.severity) for flag in outer.flags] == [("F3", "high")]
    assert [(flag.code, flag.severity) for flag in inner.flags] == [("F3", "medium")]


def overridden(which: int, text: str) -> Sheet:
    return planting.overridden(sheet((TYPES["C"],)), which, text).new


@pytest.mark.parametrize("written", [11.4, 9.0])
def test_a_balcony_counts_in_any_share_before_a_written_area_is_doubted(written: float, naming: Naming) -> None:
    unit = replace(TYPES["A"], balcony=True)  # 25.00 m² and a balcony of 2.70 m²
    for said, expected in ((25.0, 0), (26.35, 0), (27.7, 0), (25.0 + written, 1)):
        plans = understand(read(dxf(sheet((replace(unit, annotated_m2=said),))), "plan.dxf"), naming)
        assert [flag.code for flag in plans.flags] == ["F4"] * expected


def test_walls_and_figures_on_layers_that_no_print_shows_are_counted(naming: Naming) -> None:
    shown = understand(read(dxf(sheet((TYPES["C"],)), Form(hidden={"axis": "off", "frame": "unplotted"})), "plan.dxf"), naming)
    assert shown.flags == ()
    for how in ("off", "frozen", "unplotted"):
        hidden = understand(read(dxf(sheet((TYPES["C"],)), Form(hidden={"dimension": how})), "plan.dxf"), naming)
        (flag,) = hidden.flags
        assert (flag.code, flag.facts["count"], flag.facts["layers"]) == ("F10", 7, "标注")


def test_letters_too_small_to_read_are_counted(naming: Naming) -> None:
    pen = plan()
    pen.text("实际建筑面积 82.00㎡", 3000.0, -3000.0, height=1.0)
    assert [flag.facts["count"] for flag in flags(pen.drawing(), naming, "F10")] == [1]


def wiped(x1: float, y1: float, x2: float, y2: float) -> Drawing:
    """The plan of 8.0 × 6.25 m with a wipeout from corner to corner."""
    pen = plan()
    pen.hatches.append(Hatch((np.array([(x1, y1), (x2, y1), (x2, y2), (x1, y2)]),), "WIPEOUT", False, pen.entity("0", "WIPEOUT")))
    return pen.drawing()


def test_a_wipeout_over_walls_is_a_clue_and_one_behind_a_letter_is_not(naming: Naming) -> None:
    (flag,) = flags(wiped(-500.0, -500.0, 3000.0, 500.0), naming, "F10")
    assert (flag.facts["how"], flag.facts["layers"], flag.severity) == ("wipeout", "WALL", "medium")
    assert int(flag.facts["count"]) >= 1
    assert flags(wiped(1000.0, 2600.0, 2000.0, 3000.0), naming, "F10") == []  # within a room
    assert flags(wiped(-100.0, 1000.0, 100.0, 1200.0), naming, "F10") == []  # a tag of 200 mm on the face of a wall


def test_walls_and_figures_far_beside_the_sheet_are_counted(naming: Naming) -> None:
    pen = plan()
    pen.line(900_000.0, 0.0, 904_000.0, 0.0)
    pen.text("实际建筑面积 82.00㎡", 900_000.0, 3000.0)
    (flag,) = flags(pen.drawing(), naming, "F10")
    assert (flag.facts["how"], flag.facts["count"]) == ("far", 2)
    near = plan()
    near.line(40_000.0, 0.0, 44_000.0, 0.0)
    assert flags(near.drawing(), naming, "F10") == []


def test_objects_and_references_that_nobody_could_read_are_named(naming: Naming) -> None:
    drawing = replace(plan().drawing(), unreadable={"TCH_WALL": 7, "TCH_TEXT": 2}, missing_references=("ground.dwg",))
    found = [*flags(drawing, naming, "F9"), *flags(drawing, naming, "F11")]
    assert [(flag.code, flag.facts.get("count"), flag.facts.get("name")) for flag in found] == [("F9", 9, None), ("F11", None, "ground.dwg")]
    assert found[0].facts["classes"] == "TCH_TEXT × 2, TCH_WALL × 7"


def test_a_title_block_of_another_scale_than_its_one_plan_is_a_clue(naming: Naming) -> None:
    fifty = understand(read(dxf(sheet((TYPES["C"],), None, Layout(title=Title(scale="1:50")))), "plan.dxf"), naming)
    assert [(flag.code, flag.facts["title"], flag.facts["plan"]) for flag in fifty.flags] == [("F12", "1:50", "1:100")]


def test_a_layer_that_never_prints_by_convention_hides_nothing(naming: Naming) -> None:
    drawing = plan().drawing()
    layers = (*drawing.layers, DrawingLayer("Defpoints", plotted=False))
    assert flags(replace(drawing, layers=layers), naming, "F10") == []
