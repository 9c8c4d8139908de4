"""What an engineer set right on the page is replayed, each kind at each reading, and said to have been."""

from dataclasses import replace

import pytest

from geo.drawing.dwelling import Corrections, UnitPlan
from geo.drawing.model import Drawing
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import Layout, sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import TYPES
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.made import Pen, plan
from tests.geo.drawing.nearly import about

X, Y = 6.0, 14.5
"""Where the first unit of a sheet has its lower left corner, in metres."""


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return read(dxf(sheet((TYPES["C"],))), "plan.dxf")


def only(drawing: Drawing, naming: Naming, corrections: Corrections) -> UnitPlan:
    (found,) = understand(drawing, naming, corrections).unit_plans
    return found


def test_persons_set_right_stand_over_those_on_the_drawing(drawing: Drawing, naming: Naming) -> None:
    found = only(drawing, naming, Corrections(persons={"c户型": 4, "B户型": 2}))
    assert (found.persons, found.open_because) == ((4,), ("corrected-persons",))
    assert (found.persons_by_hand, only(drawing, naming, Corrections()).persons_by_hand) == (True, False)


def test_a_label_set_right_in_a_room_names_the_room_and_one_of_a_unit_type_the_unit(drawing: Drawing, naming: Naming) -> None:
    room = only(drawing, naming, Corrections(labels=((X + 1.0, Y + 1.0, "卧室"),)))
    assert (room.label, room.rooms[0].labels, room.rooms[0].area_m2) == ("C户型", ("卧室",), about(11.88))
    unit = only(drawing, naming, Corrections(labels=((X + 1.0, Y + 1.0, "D2户型"),)))
    assert (unit.label, unit.rooms[0].labels) == ("D2户型", ("主卧",))
    named = only(drawing, naming, Corrections(labels=((X - 3.0, Y + 1.0, "东厢"),)))
    assert named.label == "东厢"


def test_an_outline_drawn_by_hand_replaces_the_one_found_and_its_rooms_beyond(drawing: Drawing, naming: Naming) -> None:
    ring = ((X, Y), (X + 7.12, Y), (X + 7.12, Y + 7.5), (X, Y + 7.5))
    found = only(drawing, naming, Corrections(outlines={"C户型": ring}))
    assert (found.gross_m2, found.open_because) == (about(7.12 * 7.5), ("corrected-outline",))
    assert {label for room in found.rooms for label in room.labels} == {"主卧", "次卧", "客厅"}


def test_an_outline_traced_from_corner_to_corner_may_be_off_by_the_breadth_of_a_hand(drawing: Drawing, naming: Naming) -> None:
    found = only(drawing, naming, Corrections(outlines={"C户型": ((X, Y), (X + 10.0, Y), (X + 10.0, Y + 7.5), (X, Y + 7.5))}))
    assert (found.gross_m2, found.gross_error_m2) == (about(75.0), about(0.05 * 2 * (10.0 + 7.5)))


def test_an_outline_traced_far_from_the_walls_may_be_off_by_as_much(drawing: Drawing, naming: Naming) -> None:
    far = ((X - 0.3, Y - 0.4), (X + 10.3, Y - 0.4), (X + 10.3, Y + 7.9), (X - 0.3, Y + 7.9))
    found = only(drawing, naming, Corrections(outlines={"C户型": far}))
    assert (found.gross_m2, found.gross_error_m2) == (about(10.6 * 8.3), about(0.5 * 2 * (10.6 + 8.3)))


def test_an_outline_under_a_new_label_is_a_unit_of_its_own(drawing: Drawing, naming: Naming) -> None:
    plans = understand(drawing, naming, Corrections(outlines={"F户型": ((0.0, 0.0), (4.0, 0.0), (4.0, 5.0), (0.0, 5.0))})).unit_plans
    assert {one.label: one.gross_m2 for one in plans} == {"C户型": about(75.0), "F户型": about(20.0)}


def test_an_outline_that_crosses_itself_changes_nothing(drawing: Drawing, naming: Naming) -> None:
    bow = ((0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0))
    assert only(drawing, naming, Corrections(outlines={"C户型": bow})).gross_m2 == about(75.0)


def test_wall_layers_set_right_are_the_walls_and_no_other_layer_is(naming: Naming) -> None:
    pen = plan()
    odd = replace(pen.drawing(), layers=tuple(replace(layer, name={"WALL": "L3"}.get(layer.name, layer.name)) for layer in pen.drawing().layers))
    guessed, told = only(odd, naming, Corrections()), only(odd, naming, Corrections(wall_layers=("L3",)))
    assert (guessed.gross_m2, guessed.open_because) == (about(50.0), ("walls-guessed",))
    assert (told.gross_m2, told.open_because) == (about(50.0), ())
    bare = replace(odd, texts=tuple(one for one in odd.texts if "建筑面积" not in one.value))
    assert only(bare, naming, Corrections()).gross_m2 is None  # a guess that nothing bears out measures nothing
    wrong = only(plan().drawing(), naming, Corrections(wall_layers=("FURN",)))
    assert (wrong.label, wrong.gross_m2, wrong.open_because) == ("A户型", None, ("outline-open",))


def broken() -> Drawing:
    """A plan whose north wall is open for four metres, with nothing drawn there."""
    pen = Pen()
    pen.lines.clear()
    for a, b, c, d in (
        (0, 0, 8000, 0), (8000, 0, 8000, 6000), (0, 0, 0, 6000), (0, 6000, 1500, 6000), (5500, 6000, 8000, 6000),
        (240, 240, 7760, 240), (7760, 240, 7760, 5760), (240, 240, 240, 5760), (240, 5760, 1500, 5760), (5500, 5760, 7760, 5760),
        (1500, 5760, 1500, 6000), (5500, 5760, 5500, 6000),
    ):  # fmt: skip
        pen.line(a, b, c, d)
    pen.door(1500, 240)
    pen.text("客厅", 4000, 3000)
    pen.text("A户型平面图", 4000, -3000, 500.0)
    pen.text("居住人数：2人", 4000, -4000)
    return pen.drawing()


def test_a_wall_that_is_open_is_bridged_for_the_outline_alone_and_said_to_be(naming: Naming) -> None:
    found = only(broken(), naming, Corrections())
    assert (found.gross_m2, found.open_because) == (about(48.0), ("outline-bridged", "rooms-estimated"))
    assert found.gross_error_m2 >= 0.9  # the strip that nobody drew


def test_a_gap_closed_by_hand_closes_the_room(naming: Naming) -> None:
    gaps = ((1.5, 6.0, 5.5, 6.0), (1.5, 5.76, 5.5, 5.76))
    found = only(broken(), naming, Corrections(gaps=gaps))
    assert (found.gross_m2, found.open_because) == (about(48.0), ())
    assert [(room.labels, room.area_m2, room.confidence) for room in found.rooms] == [(("客厅",), about(7.52 * 5.52), "exact")]


def test_a_unit_of_measure_set_right_measures_where_nothing_else_does(naming: Naming) -> None:
    bare = Pen()
    bare.ring([(0, 0), (80, 0), (80, 60), (0, 60)])
    bare.ring([(2.4, 2.4), (77.6, 2.4), (77.6, 57.6), (2.4, 57.6)])
    bare.text("A户型平面图", 40, -10, 5.0)
    drawing = bare.drawing(unit=0)
    unsure = understand(drawing, naming)
    assert unsure.unit.metres is None
    assert [one.gross_m2 for one in unsure.unit_plans] in ([], [None])
    sure = understand(drawing, naming, Corrections(unit_m=0.1))
    assert (sure.unit.metres, [one.gross_m2 for one in sure.unit_plans]) == (0.1, [about(48.0)])
    assert [vote.evidence for vote in sure.unit.votes][-1] == "by-hand"


def test_a_header_alone_measures_nothing(naming: Naming) -> None:
    bare = Pen()
    for x in (0, 9300):
        bare.ring([(x, 0), (x + 8000, 0), (x + 8000, 6000), (x, 6000)])
    bare.text("A户型平面图", 4000, -1000, 500.0)
    plans = understand(bare.drawing(unit=4), naming)
    assert plans.unit.metres is None
    assert {one.gross_m2 for one in plans.unit_plans} <= {None}
    assert all(one.open_because[0] == "unit" for one in plans.unit_plans)


def test_the_same_corrections_give_the_same_plans(naming: Naming) -> None:
    data = dxf(sheet((TYPES["C"], TYPES["A"]), Manner(walls="single"), Layout(unit_m=1.0)), Form(header_unit=4))
    corrections = Corrections(labels=((X + 1.0, Y + 1.0, "卧室"),), persons={"A户型": 2})
    one, other = (understand(read(data, "plan.dxf"), naming, corrections) for _ in range(2))
    assert one == other


def test_an_outline_that_cuts_a_closed_room_says_so_and_one_along_the_outer_face_does_not(drawing: Drawing, naming: Naming) -> None:
    through = ((X, Y), (X + 5.0, Y), (X + 5.0, Y + 7.5), (X, Y + 7.5))
    cut = only(drawing, naming, Corrections(outlines={"C户型": through}))
    assert cut.open_because == ("corrected-outline", "corrected-outline-cuts")
    along = ((X, Y), (X + 10.0, Y), (X + 10.0, Y + 7.5), (X, Y + 7.5))
    assert only(drawing, naming, Corrections(outlines={"C户型": along})).open_because == ("corrected-outline",)


def test_persons_set_right_leave_on_record_what_the_drawing_says(drawing: Drawing, naming: Naming) -> None:
    as_drawn = only(drawing, naming, Corrections())
    set_right = only(drawing, naming, Corrections(persons={"C户型": 2}))
    assert (set_right.persons, set_right.written_persons) == ((2,), as_drawn.persons)
    assert as_drawn.written_persons == ()
