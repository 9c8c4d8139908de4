"""Plans as offices leave them: columns that break walls, strokes on the walls' layer, yards, storeys, walls that are missing."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from shapely import LineString, box, get_parts, union_all

from geo.drawing.dwelling import Plans
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import Layout, Sheet, sheet
from tests.drawings.strokes import Arc, Line, Poly, Similarity, Stroke, Words, placed
from tests.drawings.unit_plans import Manner, columns, strokes
from tests.drawings.unit_types import TYPES, B, C
from tests.drawings.variants import FULL
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.nearly import about

X, Y = 6000.0, 14500.0
"""Where the first unit of a sheet has its lower left corner, in mm."""
ROOMS = {room.name: about(room.area_m2, rel=1e-3) for room in C.rooms}


def edited(made: Sheet, edit: Callable[[Stroke], Iterable[Stroke]]) -> Sheet:
    return replace(made, strokes=tuple(one for stroke in made.strokes for one in edit(stroke)))


def plans(made: Sheet, naming: Naming, form: Form | None = None) -> Plans:
    return understand(read(dxf(made, form), "plan.dxf"), naming)


def areas(found: Plans) -> dict[str, float]:
    (plan,) = found.unit_plans
    return {label: room.area_m2 for room in plan.rooms for label in room.labels}


@pytest.mark.parametrize("letter", "ABCDE")
@pytest.mark.parametrize("manner", [FULL, Manner(columns="embedded")], ids=["frame", "in the wall"])
def test_walls_that_stop_at_columns_enclose_what_they_would_without(letter: str, manner: Manner, naming: Naming) -> None:
    unit = TYPES[letter]
    posts = union_all([box(x0 + X, y0 + Y, x1 + X, y1 + Y) for x0, y0, x1, y1 in (post.bounds for post in columns(unit, manner))]).buffer(1)

    def broken(one: Stroke) -> Iterable[Stroke]:
        if not isinstance(one, Line) or one.role != "wall":
            return [one]
        rest = get_parts(LineString([one.a, one.b]).difference(posts))
        return [Line("wall", piece.coords[0], piece.coords[-1]) for piece in rest if not piece.is_empty]

    (plan,) = plans(edited(sheet((unit,), manner), broken), naming).unit_plans
    assert (plan.gross_m2, len(plan.rooms), plan.open_because) == (about(unit.gross_m2), len(unit.rooms), ())


def test_the_strokes_of_a_hatching_on_the_layer_of_walls_are_no_walls(naming: Naming) -> None:
    made = sheet((C,))
    hatching = tuple(Line("wall", (X + step * 300.0, Y), (X + step * 300.0 + 240.0, Y + 240.0)) for step in range(10))
    found = plans(replace(made, strokes=(*made.strokes, *hatching)), naming)
    assert (found.unit_plans[0].gross_m2, areas(found)) == (about(75.0), ROOMS)


def test_a_yard_behind_walls_is_no_part_of_the_dwelling(naming: Naming) -> None:
    made = sheet((C,), Manner(axes=False))
    walls = [Poly("wall", tuple((X + x, Y + y) for x, y in ((d, 0), (d, d - 4000), (10000 - d, d - 4000), (10000 - d, 0))), closed=False) for d in (0, 240)]
    for words, expected in (("院子", (about(75.0), ())), ("", (about(115.0), ("room-unlabelled",)))):
        named = [Words("room_text", words, (X + 5000, Y - 2000), 300, centred=True)] if words else []
        (plan,) = plans(replace(made, strokes=(*made.strokes, *walls, *named)), naming).unit_plans
        assert (plan.gross_m2, plan.open_because) == expected


def test_a_courtyard_inside_is_taken_out_of_the_area(naming: Naming) -> None:
    court = replace(C, rooms=tuple(replace(room, name="天井") if room.name == "卫生间" else room for room in C.rooms))
    (plan,) = plans(sheet((court,), Manner(areas=False, gross=False)), naming).unit_plans
    assert plan.gross_m2 is not None
    assert plan.gross_m2 < 75.0 - 4.6  # the courtyard's clear area at least
    assert "天井" not in {label for room in plan.rooms for label in room.labels}


def test_doors_are_known_by_their_leaf_or_code_where_no_swing_is_drawn(naming: Naming) -> None:
    loose = sheet((C,), Manner(swing="loose"))
    for left_out in (("arc",), ("arc", "code"), ("arc", "leaf")):

        def without(one: Stroke, left_out: tuple[str, ...] = left_out) -> Iterable[Stroke]:
            what = {("door", Arc): "arc", ("door", Line): "leaf", ("opening_text", Words): "code"}.get((one.role, type(one)), "")
            return [] if what in left_out else [one]

        (plan,) = plans(edited(loose, without), naming).unit_plans
        assert (sum(one.kind == "door" for one in plan.openings), len(plan.rooms)) == (6, 6)


def test_an_outline_that_a_missing_wall_leaves_open_gives_no_area(naming: Naming) -> None:
    def without_west_wall(one: Stroke) -> Iterable[Stroke]:
        west = isinstance(one, Line) and one.role == "wall" and max(one.a[0], one.b[0]) < X + 245 and min(one.a[1], one.b[1]) < Y + 3800
        return [] if west else [one]

    (plan,) = plans(edited(sheet((C,)), without_west_wall), naming).unit_plans
    assert (plan.label, plan.gross_m2, plan.annotated_m2, plan.persons) == ("C户型", None, 75.0, (3,))
    assert "outline-partial" in plan.open_because


def house(titles: tuple[str, ...], written: tuple[str, ...]) -> Sheet:
    """Draw the storeys of one house side by side."""
    drawn: list[Stroke] = []
    for number, (title, area) in enumerate(zip(titles, written, strict=True)):
        for one in strokes(B, Manner()):
            if isinstance(one, Words) and one.role == "title_text":
                one = replace(one, value=title)
            elif isinstance(one, Words) and "建筑面积" in one.value:
                one = replace(one, value=area)
            drawn.append(placed(one, Similarity(dx=number * 16000.0)))
    return Sheet(tuple(drawn), (), None)


@pytest.mark.parametrize("written", [("建筑面积：100.00㎡", "建筑面积：100.00㎡"), ("建筑面积：50.00㎡", "建筑面积：50.00㎡"), ("总建筑面积：100.00㎡", "")])
def test_the_storeys_of_a_house_are_one_dwelling_and_their_areas_add_up(written: tuple[str, str], naming: Naming) -> None:
    found = plans(house(("B户型一层平面图 1:100", "B户型二层平面图 1:100"), written), naming)
    (plan,) = found.unit_plans
    assert (plan.label, plan.gross_m2, plan.annotated_m2, plan.persons, len(plan.rooms)) == ("B户型", about(100.0), 100.0, (2,), 10)
    assert (plan.open_because, found.flags) == (("storeys",), ())


def test_a_storey_drawn_twice_adds_nothing_up(naming: Naming) -> None:
    found = plans(house(("B户型一层平面图 1:100",) * 2, ("建筑面积：50.00㎡",) * 2), naming)
    assert [(plan.label, plan.gross_m2) for plan in found.unit_plans] == [("B户型", about(50.0))] * 2


def test_a_plan_in_inches_whose_header_says_millimetres_is_measured_in_inches(naming: Naming) -> None:
    found = plans(sheet((C,), FULL, Layout(unit_m=0.0254)), naming, Form(header_unit=4))
    assert (found.unit.metres, found.unit.header_disagrees) == (0.0254, True)
    assert found.unit_plans[0].gross_m2 == about(75.0, rel=1e-4)


def test_walls_of_unknown_thickness_give_an_outline_and_no_area(naming: Naming) -> None:
    def without_note(one: Stroke) -> Iterable[Stroke]:
        return [] if isinstance(one, Words) and "墙厚" in one.value else [one]

    (plan,) = plans(edited(sheet((C,), Manner(walls="single")), without_note), naming).unit_plans
    assert (plan.gross_m2, plan.annotated_m2, plan.open_because) == (None, 75.0, ("thickness-unknown",))
    assert plan.outline is not None
    assert plan.gross_error_m2 == about(0.12 * 2 * (10.0 + 7.5))
