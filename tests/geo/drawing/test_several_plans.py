"""Several plans in one drawing: sheets side by side, plans in rows without frames, elevations beside, tables of unit types."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from geo.drawing.dwelling import Plans
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import Layout, Sheet, Title, moved, sheet
from tests.drawings.strokes import Similarity, Stroke, Words, placed
from tests.drawings.unit_plans import Manner, strokes
from tests.drawings.unit_types import TYPES, UnitType
from tests.drawings.variants import FULL
from tests.drawings.writing import dxf
from tests.geo.drawing.nearly import about

A, B, C, D, E = (TYPES[letter] for letter in "ABCDE")


def plans(made: Sheet, naming: Naming) -> Plans:
    return understand(read(dxf(made), "plan.dxf"), naming)


def said(found: Plans) -> dict[str, tuple[float | None, float | None, tuple[int, ...], int, tuple[str, ...]]]:
    return {one.label: (one.gross_m2, one.annotated_m2, one.persons, len(one.rooms), one.open_because) for one in found.unit_plans}


def truth(units: Sequence[UnitType]) -> dict[str, object]:
    return {one.label: (about(one.gross_m2), round(one.gross_m2, 2), (one.persons,), len(one.rooms), ()) for one in units}


def beside(sheets: Sequence[Sheet], pitch: float) -> Sheet:
    drawn = tuple(placed(one, Similarity(dx=number * pitch)) for number, made in enumerate(sheets) for one in made.strokes)
    return replace(sheets[0], strokes=drawn)


@pytest.mark.parametrize("turned", [0.0, 90.0, 21.0])
def test_sheets_side_by_side_keep_their_title_blocks_and_plans_apart(turned: float, naming: Naming) -> None:
    titles = [Title(number=f"建施-0{number}") for number in (1, 2, 3)]
    layouts = [Layout(title=title) for title in titles]
    made = beside([sheet((C,), FULL, layouts[0]), sheet((D, B), FULL, layouts[1]), sheet((E,), None, layouts[2])], 46000.0)
    found = plans(moved(made, Similarity(turned_deg=turned)), naming)
    assert said(found) == truth([C, D, B, E])
    assert sorted(block.number for block in found.title_blocks) == [title.number for title in titles]
    assert found.flags == ()


def test_plans_and_elevations_without_frames_are_views_of_their_own(naming: Naming) -> None:
    lay = Layout(frame=False, elevation=True)
    found = plans(beside([sheet((C,), FULL, lay), sheet((D, B), FULL, lay)], 60000.0), naming)
    assert said(found) == truth([C, D, B])
    assert sorted(view.kind for view in found.views) == ["elevation", "elevation", "plan", "plan"]


@pytest.mark.parametrize(("across", "down"), [(18000.0, 22000.0), (13600.0, 17500.0)], ids=["wide", "tight"])
def test_plans_in_rows_are_called_by_the_titles_under_them(across: float, down: float, naming: Naming) -> None:
    units = [replace(unit, label=f"{unit.label[0]}{row}户型") for row in (1, 2) for unit in (A, B, C)]
    drawn: list[Stroke] = []
    for number, unit in enumerate(units):
        at = Similarity(dx=number % 3 * across, dy=-(number // 3) * down)
        drawn += [placed(one, at) for one in strokes(unit, Manner())]
    assert said(plans(Sheet(tuple(drawn), (), None), naming)) == truth(units)


def test_a_table_of_unit_types_says_nothing_of_the_plan_beside_it(naming: Naming) -> None:
    made = sheet((C,))
    table = [("户型", "建筑面积", "居住人数"), ("A户型", "25.00㎡", "1人"), ("B户型", "50.00㎡", "2人"), ("C户型", "75.00㎡", "3人")]
    words = [Words("note_text", value, (35000 + column * 2500, 20000 - row * 700), 300) for row, line in enumerate(table) for column, value in enumerate(line)]
    assert said(plans(replace(made, strokes=(*made.strokes, *words)), naming)) == truth([C])
