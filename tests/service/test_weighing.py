"""Orders by weighted sum, and the exact interval of each weight in which an order holds: against sums by hand and a sweep."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from relocation.service.bench.weighing import Criterion, weigh


def criterion(id: str, *values: float | None, less: bool = True) -> Criterion:
    return Criterion(id, values, less)


def test_the_sum_is_the_one_on_paper():
    found = weigh([criterion("a", 100.0, 200.0, 300.0), criterion("b", 30.0, 10.0, 20.0, less=False)], {"a": 1.0, "b": 3.0}, 3)
    # a: 1, 0.5, 0; b: 1, 0, 0.5; shares a quarter and three quarters
    assert found.scores == (1.0, 0.125, 0.375)
    assert found.order == (0, 2, 1)
    assert found.ends == {"a": (300.0, 100.0), "b": (10.0, 30.0)}


def test_the_order_turns_where_the_two_lines_cross():
    # one is best by a and worst by b, the other the reverse: they change places at one half
    found = weigh([criterion("a", 0.0, 10.0), criterion("b", 10.0, 0.0)], {"a": 3.0, "b": 1.0}, 2)
    assert found.order == (0, 1)
    assert (found.holds["a"].low, found.holds["a"].high, found.holds["a"].below, found.holds["a"].above) == (0.5, 1.0, (1, 0), None)
    assert (found.holds["b"].low, found.holds["b"].high, found.holds["b"].below, found.holds["b"].above) == (0.0, 0.5, None, (1, 0))


def test_the_best_of_all_stays_first_whatever_a_weight_is():
    found = weigh([criterion("a", 1.0, 2.0), criterion("b", 1.0, 2.0)], {"a": 1.0, "b": 1.0}, 2)
    assert [(one.low, one.high) for one in found.holds.values()] == [(0.0, 1.0)] * 2


def test_a_missing_value_is_not_zero_and_has_no_place():
    found = weigh([criterion("a", 1.0, None, 3.0)], {"a": 1.0}, 3)
    assert (found.order, found.unranked, found.scores[1]) == ((0, 2), (1,), None)


def test_a_missing_value_without_weight_does_no_harm():
    found = weigh([criterion("a", 1.0, 2.0), criterion("b", None, 2.0)], {"a": 1.0, "b": 0.0}, 2)
    assert found.order == (0, 1)


def test_a_barred_alternative_has_no_place_and_moves_no_end():
    found = weigh([criterion("a", 1.0, 2.0, 100.0)], {"a": 1.0}, 3, frozenset({2}))
    assert (found.order, found.ends["a"]) == ((0, 1), (2.0, 1.0))


def test_one_weight_alone_has_nothing_to_move_against():
    assert weigh([criterion("a", 1.0, 2.0)], {"a": 5.0}, 2).holds["a"].share == 1


def test_alternatives_that_are_all_alike_are_all_best():
    assert weigh([criterion("a", 7.0, 7.0)], {"a": 1.0}, 2).scores == (1.0, 1.0)


@pytest.mark.parametrize("weights", [{}, {"a": 0.0}, {"a": -1.0}])
def test_no_weight_and_a_negative_one_are_refused(weights: dict[str, float]):
    with pytest.raises(ValueError, match="weights"):
        weigh([criterion("a", 1.0, 2.0)], weights, 2)


VALUES = st.lists(st.tuples(*[st.integers(0, 1000).map(float)] * 3), min_size=2, max_size=6)
WEIGHTS = st.tuples(*[st.integers(1, 50).map(float)] * 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])  # the machine may be busy
@given(VALUES, WEIGHTS)
def test_inside_the_interval_the_order_holds_and_just_beyond_it_does_not(values: list[tuple[float, float, float]], weights: tuple[float, float, float]):
    criteria = [Criterion(id, tuple(row[number] for row in values), number != 1) for number, id in enumerate("abc")]
    given_weights = dict(zip("abc", weights, strict=True))
    found = weigh(criteria, given_weights, len(values))
    assume(len(set(found.scores)) == len(values))

    def order_at(id: str, share: float) -> tuple[int, ...]:
        others = {other: weight for other, weight in given_weights.items() if other != id}
        total = sum(others.values())
        return weigh(criteria, {id: share, **{other: (1 - share) * weight / total for other, weight in others.items()}}, len(values)).order

    for id, held in found.holds.items():
        assert held.low <= held.share <= held.high
        span = held.high - held.low
        for inside in (0.001, 0.3, 0.999):
            share = held.low + inside * span
            if 0 < share < 1 and span > 1e-6:
                assert order_at(id, share) == found.order
        if held.below and held.low > 1e-6:
            assert order_at(id, held.low - min(1e-7, held.low / 2)) != found.order
        if held.above and held.high < 1 - 1e-6:
            assert order_at(id, held.high + min(1e-7, (1 - held.high) / 2)) != found.order
