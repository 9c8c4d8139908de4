"""Plans drawn once more in another order, in pieces, in other units, turned and mirrored: edits are found, and nothing else is."""

import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.dwelling import Plans, UnitOfMeasure
from tests.drawings.mutated_pairs import Redrawn, redrawn_pairs

MM = Plans(UnitOfMeasure(0.001, ()))
EDITED, UNEDITED = list(redrawn_pairs(1, edited=True)), list(redrawn_pairs(2, edited=False))


def _named(one: Redrawn) -> str:
    return one.name


@pytest.mark.parametrize("one", EDITED[::2], ids=_named)
def test_every_edit_is_told_by_its_kind_at_its_place_and_nothing_else_is(one: Redrawn) -> None:
    comparison = compare(one.old, one.new, MM, Plans(UnitOfMeasure(one.unit_m, ())))
    assert len(one.edits) >= 8
    assert one.missed(comparison) == []
    assert one.stray(comparison) == []


@pytest.mark.parametrize("one", UNEDITED[::2], ids=_named)
def test_a_plan_drawn_once_more_differs_in_nothing(one: Redrawn) -> None:
    assert compare(one.old, one.new, MM, Plans(UnitOfMeasure(one.unit_m, ()))).differences == ()


@pytest.mark.parametrize("one", EDITED[1::11], ids=_named)
def test_the_same_drawings_give_the_same_answer_to_the_byte(one: Redrawn) -> None:
    plans = Plans(UnitOfMeasure(one.unit_m, ()))
    assert repr(compare(one.old, one.new, MM, plans)) == repr(compare(one.old, one.new, MM, plans))
