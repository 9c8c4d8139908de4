"""Sixty planted differences found by kind and place, forty copies that hold none, and pasts told apart; the truth is the planting's."""

import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.compare.lineage import Past, lineage
from geo.drawing.difference import Comparison
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.holding import missed, stray
from tests.drawings.pairs import Pair, planted_pairs, unchanged_pairs

PLANTED, UNCHANGED = planted_pairs(), unchanged_pairs()


_DONE: dict[str, tuple[Comparison, Past]] = {}


def _compared(pair: Pair, naming: Naming) -> tuple[Comparison, Past]:
    """Compare a pair once, for all tests of it."""
    if pair.name not in _DONE:
        old, new = read(pair.old.data, pair.old.name), read(pair.new.data, pair.new.name)
        old_plans, new_plans = understand(old, naming), understand(new, naming)
        comparison = compare(old, new, old_plans, new_plans)
        _DONE[pair.name] = comparison, lineage(old, new, comparison, old_plans, new_plans)
    return _DONE[pair.name]


def _named(pair: Pair) -> str:
    return pair.name


@pytest.mark.parametrize("pair", PLANTED, ids=_named)
def test_every_planted_difference_is_told_by_its_kind_at_its_place_and_nothing_else_is(pair: Pair, naming: Naming) -> None:
    comparison, _ = _compared(pair, naming)
    assert comparison.unit_m == 0.001
    assert missed(pair.expected, comparison) == []
    assert stray(pair, comparison) == []


@pytest.mark.parametrize("pair", UNCHANGED, ids=_named)
def test_a_copy_without_a_difference_is_told_to_have_none(pair: Pair, naming: Naming) -> None:
    comparison, _ = _compared(pair, naming)
    assert comparison.alignments[0].status == "aligned"
    assert comparison.differences == ()


@pytest.mark.parametrize("pair", [pair for pair in PLANTED if pair.forged], ids=_named)
def test_a_forged_past_raises_a_clue(pair: Pair, naming: Naming) -> None:
    _, past = _compared(pair, naming)
    assert {flag.code for flag in past.flags} & {"F2", "F6", "F7"}


@pytest.mark.parametrize("pair", [*(pair for pair in PLANTED if not pair.forged), *UNCHANGED], ids=_named)
def test_an_honest_past_raises_none(pair: Pair, naming: Naming) -> None:
    _, past = _compared(pair, naming)
    assert past.flags == ()


@pytest.mark.parametrize("kind", ["wall moved", "outer wall moved"])
def test_how_far_a_wall_moved_is_told_to_the_millimetre(kind: str, naming: Naming) -> None:
    for pair in (one for one in PLANTED if one.kind == kind):
        amount_m = float(pair.name.split()[-2]) / 1000
        walls = [one for one in _compared(pair, naming)[0].differences if (one.op, one.what) == ("moved", "wall")]
        assert walls, pair.name
        assert all(abs((one.moved_m or 0.0) - amount_m) <= 0.001 for one in walls), pair.name


def test_dimensions_of_a_moved_outer_wall_differ_by_as_much_as_it_moved(naming: Naming) -> None:
    for pair in (one for one in PLANTED if one.kind == "outer wall moved"):
        amount_mm = int(pair.name.split()[-2])
        figures = [(one.before, one.after) for one in _compared(pair, naming)[0].differences if one.what == "dimension"]
        assert figures, pair.name
        assert {abs(int(str(after)) - int(str(before))) for before, after in figures} == {amount_mm}, pair.name


def test_a_deeper_dwelling_is_told_with_its_area_before_and_after(naming: Naming) -> None:
    deeper = next(pair for pair in PLANTED if pair.name == "17 outer wall moved 600 mm")
    areas = [one for one in _compared(deeper, naming)[0].differences if one.what == "area" and isinstance(one.before, float)]
    truth = deeper.old.sheet.units[0].gross_m2, deeper.new.sheet.units[0].gross_m2
    assert [(one.before, one.after) for one in areas] == [pytest.approx(truth, abs=0.01)]
    assert truth[0] != truth[1]


def test_another_content_on_the_same_sheet_is_told_in_the_large(naming: Naming) -> None:
    for pair in (one for one in PLANTED if one.kind == "unit type replaced"):
        comparison, _ = _compared(pair, naming)
        assert comparison.alignments[0].reason == "frame"
        assert len(comparison.differences) < 80
