"""Twin houses, units around a stairwell, and open plans: what belongs to whom where walls do not say it all."""

from dataclasses import replace

import pytest

from geo.drawing.dwelling import Plans
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import Sheet, sheet
from tests.drawings.strokes import Similarity, Words, placed
from tests.drawings.unit_plans import Manner, strokes
from tests.drawings.unit_types import TYPES, B, D, UnitType
from tests.drawings.variants import FULL
from tests.drawings.writing import dxf
from tests.geo.drawing.nearly import about


def twins(unit: UnitType, apart_mm: float, manner: Manner, labels: tuple[str, str], stair: bool = False) -> Sheet:
    """Draw a unit and its mirror image, the second one's west wall `apart_mm` from the first one's."""
    east = Similarity(mirrored=True, dx=apart_mm + unit.size_mm[0])
    first = strokes(replace(unit, label=labels[0]), replace(manner, stair=stair))
    return Sheet((*first, *(placed(one, east) for one in strokes(replace(unit, label=labels[1]), manner))), (), None)


def plans(made: Sheet, naming: Naming) -> Plans:
    return understand(read(dxf(made), "plan.dxf"), naming)


@pytest.mark.parametrize("manner", [Manner(), FULL, Manner(walls="polyline")], ids=["double", "columns", "polyline"])
@pytest.mark.parametrize("labels", [("A户型", "B户型"), ("B户型", "B反户型")])
def test_twins_have_their_common_wall_to_its_middle_and_may_be_off_by_the_other_half(manner: Manner, labels: tuple[str, str], naming: Naming) -> None:
    found = plans(twins(B, 8000.0 - 240.0, manner, labels), naming)
    assert sorted(one.label for one in found.unit_plans) == sorted(labels)
    for one in found.unit_plans:
        assert one.gross_m2 == about(50.0 - 0.12 * 6.25)
        assert one.gross_error_m2 == about(0.12 * 6.25)
        assert one.open_because == ("party-wall",)
        assert sorted(label for room in one.rooms for label in room.labels) == sorted(room.name for room in B.rooms)
    assert found.flags == ()  # 50.00 is written on each, with the whole wall


@pytest.mark.parametrize("manner", [Manner(), FULL], ids=["double", "columns"])
def test_units_beside_a_stairwell_have_their_own_wall_whole_and_nothing_of_the_stairs(manner: Manner, naming: Naming) -> None:
    found = plans(twins(B, 8000.0 + 2840.0 - 240.0, manner, ("A户型", "B户型"), stair=True), naming)
    assert {one.label: (one.gross_m2, len(one.rooms), one.open_because) for one in found.unit_plans} == {
        "A户型": (about(50.0), 5, ()),
        "B户型": (about(50.0), 5, ()),
    }


def test_one_unit_with_two_titles_is_not_parted_and_says_that_it_has_two(naming: Naming) -> None:
    made = sheet((TYPES["C"],))
    (title,) = [one for one in made.strokes if isinstance(one, Words) and one.value == "C户型平面图 1:100"]
    twice = replace(title, value="D户型", at=(title.at[0], title.at[1] - 4000.0))
    (found,) = plans(replace(made, strokes=(*made.strokes, twice)), naming).unit_plans
    assert (found.label, found.gross_m2, found.open_because) == ("C户型", about(75.0), ("labels-many",))


def opened(width: float) -> UnitType:
    """Return a unit whose dining room opens to the living room by a passage of that width."""
    return replace(D, openings=tuple(replace(one, width=width, x=4900.0) if one.kind == "passage" else one for one in D.openings))


def test_a_passage_parts_two_rooms_exactly(naming: Naming) -> None:
    (found,) = plans(sheet((opened(1500.0),)), naming).unit_plans
    assert {room.labels: (room.area_m2, room.confidence) for room in found.rooms if room.labels[0] in ("客厅", "餐厅")} == {
        ("客厅",): (about(20.16), "exact"),
        ("餐厅",): (about(10.92), "exact"),
    }


def test_a_wide_opening_parts_two_rooms_by_estimate(naming: Naming) -> None:
    (found,) = plans(sheet((opened(2000.0),)), naming).unit_plans
    rooms = {room.labels: room for room in found.rooms}
    half_strip = 2.0 * 0.12 / 2  # the opening itself, between the two faces of the wall, belongs to either
    assert rooms["客厅",].area_m2 == pytest.approx(20.16 + half_strip, abs=0.05)
    assert rooms["餐厅",].area_m2 == pytest.approx(10.92 + half_strip, abs=0.05)
    assert rooms["客厅",].area_m2 + rooms["餐厅",].area_m2 == about(20.16 + 10.92 + 2 * half_strip)
    assert {rooms["客厅",].confidence, rooms["餐厅",].confidence} == {"estimated"}
    assert (rooms["餐厅",].annotated_m2, found.open_because) == (10.92, ("rooms-estimated",))


@pytest.mark.parametrize("width", [2600.0, 3200.0])
def test_an_open_plan_stays_one_room_with_two_labels_and_the_sum_of_their_areas(width: float, naming: Naming) -> None:
    found = plans(sheet((opened(width),)), naming)
    (room,) = [room for room in found.unit_plans[0].rooms if len(room.labels) > 1]
    assert set(room.labels) == {"客厅", "餐厅"}
    assert (room.area_m2, room.annotated_m2) == (about(20.16 + 10.92 + width / 1000 * 0.12), about(31.08))
    assert found.flags == ()
