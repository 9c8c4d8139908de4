"""The draw: the same for the same seed, untouched by what is added elsewhere, with chances that add up to everybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relocation.visits.sampling import CERTAIN, Allocation, Unfit, draw
from relocation.visits.sizing import Key, shared_out, size_for
from relocation.visits.unit import Earlier, Risk, Unit
from tests.visits.places import EARLIER_ON, county


def codes(units: list[Unit], size: int, seed: str = "7", *, again: bool = False) -> set[str]:
    return {one.unit.code for one in draw(units, size, seed, again=again).drawn}


def test_the_same_seed_draws_the_same_households_and_another_seed_others() -> None:
    assert codes(county(), 40) == codes(list(reversed(county())), 40)
    assert codes(county(), 40) != codes(county(), 40, "8")


def test_a_household_added_in_another_county_moves_nobody_in_this_one() -> None:
    here = draw(county(), 40, "7").drawn
    both = draw([*county(), *county("411523")], 80, "7", certain=4).drawn
    mine = [one.unit.code for one in both if one.unit.county == "411522"]
    assert len(set(mine) & {one.unit.code for one in here}) >= 30  # shares may shift by rounding; the line does not


def test_within_a_stratum_a_larger_sample_holds_the_smaller_one() -> None:
    alike = [Unit("411522", f"H{number:03}") for number in range(100)]
    assert codes(alike, 10) < codes(alike, 20)


def test_the_line_is_that_of_sha256_and_of_no_generator() -> None:
    import hashlib

    alike = [Unit("411522", f"H{number:03}") for number in range(50)]
    first = sorted(alike, key=lambda one: hashlib.sha256(f"7\0{one.county}\0{one.code}".encode()).digest())[:5]
    assert codes(alike, 5) == {one.code for one in first}


@given(st.integers(2, 199), st.sampled_from(list(Allocation)))
@settings(max_examples=40, deadline=None)
def test_the_weights_add_up_to_every_household_that_could_be_drawn(size: int, allocation: Allocation) -> None:
    made = draw(county(households=200), size, "7", allocation=allocation)
    assert len(made.drawn) == size
    assert sum(one.weight for one in made.drawn) == pytest.approx(200)
    assert sum(one.population for one in made.strata) == 200
    assert all(0 < one.stratum.probability <= 1 for one in made.drawn)


def test_the_worst_are_drawn_for_sure_and_stand_for_themselves() -> None:
    units = [*county(), Unit("411522", "WORST", "T1", "dispersed", True, fails=9)]
    for seed in ("1", "2", "3"):
        (worst,) = [one for one in draw(units, 30, seed).drawn if one.unit.code == "WORST"]
        assert (worst.stratum.key, worst.weight) == (CERTAIN, 1.0)


def test_whoever_was_visited_lately_is_left_out_and_told_unless_asked_again() -> None:
    asked = Unit("411522", "ASKED", "T1", fails=9, earlier=Earlier(EARLIER_ON, "省核查组"))
    made = draw([*county(), asked], 30, "7")
    assert made.left_out == (asked,) and "ASKED" not in {one.unit.code for one in made.drawn}
    assert made.frame == len(county())
    assert "ASKED" in codes([*county(), asked], 30, again=True)


def test_risk_gets_more_of_the_sample_by_neyman_than_in_proportion() -> None:
    def doubtful(allocation: Allocation) -> int:
        return sum(one.unit.risk is not Risk.NONE for one in draw(county(), 90, "7", allocation=allocation).drawn)

    assert doubtful(Allocation.RISK) > doubtful(Allocation.PROPORTIONAL)


@pytest.mark.parametrize(("units", "size", "why"), [([], 3, "empty"), (county(), 10_000, "too-large"), (county(), 0, "too-small")])
def test_what_cannot_be_drawn_is_refused(units: list[Unit], size: int, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        draw(units, size, "7")
    assert refused.value.why == why


def test_all_households_are_drawn_when_all_are_asked_for() -> None:
    made = draw(county(households=50), 50, "7")
    assert {one.weight for one in made.drawn} == {1.0}


def test_the_size_for_a_precision_is_that_of_the_textbook() -> None:
    """Krejcie and Morgan, Educational and Psychological Measurement 30 (1970), table 1: ± 5 points at 95 %, half and half."""
    published = {100: 80, 500: 217, 1_000: 278, 10_000: 370, 1_000_000: 384}
    for population, size in published.items():
        assert abs(size_for(population, 0.05) - size) <= 1  # the table rounds to the nearest, this rounds up


def test_shares_leave_two_to_every_stratum_and_never_more_than_it_has() -> None:
    sizes: dict[Key, int] = {("a",): 1, ("b",): 3, ("c",): 100}
    assert shared_out(sizes, 6, dict.fromkeys(sizes, 1.0)) == {("a",): 1, ("b",): 2, ("c",): 3}
    assert shared_out(sizes, 104, dict.fromkeys(sizes, 1.0)) == sizes
