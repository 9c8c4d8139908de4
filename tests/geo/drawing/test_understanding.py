"""What is understood of drawings whose truth is known by how they were made."""

import pytest

from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.variants import Variant, variants
from tests.geo.drawing.nearly import about


@pytest.mark.parametrize("variant", variants(), ids=lambda one: one.name)
def test_a_drawing_is_understood_as_it_was_made(variant: Variant, naming: Naming) -> None:
    plans = understand(read(variant.data, variant.file), naming)
    assert plans.unit.metres == variant.sheet.unit_m
    assert sorted(one.label for one in plans.unit_plans) == sorted(one.label for one in variant.sheet.units)
    for truth in variant.sheet.units:
        (plan,) = [one for one in plans.unit_plans if one.label == truth.label]
        # Where a single line is the middle of an inner wall at one end and of an outer one at the other, it runs 60 mm off for a stretch.
        assert plan.gross_m2 == about(truth.gross_m2, rel=1e-3 if "single" in variant.name else 1e-7)
        assert plan.balcony_m2 == pytest.approx(truth.balcony_m2, abs=1e-3)
        assert plan.annotated_m2 == truth.annotated_m2
        assert plan.persons == (() if truth.annotated_m2 is None else (truth.persons,))
        assert plan.open_because == ()
        found = sorted((*room.labels, room.confidence) for room in plan.rooms)
        assert found == sorted((room.label, "exact") for room in truth.rooms)
        areas = {room.labels[0]: room.area_m2 for room in plan.rooms}
        assert areas == {room.label: about(room.area_m2, rel=5e-3 if "single" in variant.name else 1e-3) for room in truth.rooms}
        kinds = [one.kind for one in plan.openings]
        assert (kinds.count("door"), kinds.count("window")) == (truth.doors, truth.windows)
