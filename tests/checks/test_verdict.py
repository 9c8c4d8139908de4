"""The arithmetic of verdicts, against exact fractions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from checks.policy import Limit, Parameter, Standing, Terms, Value
from checks.verdict import Outcome, When, at_least, at_most, confined, exceeds, first, settled, spread, strictest, worst


def limit_of(amount: float, standing: Standing = Standing.FORMAL, rows: int = 1) -> Limit:
    value = Value(date(2016, 1, 1), amount, "x", {"zh": "一", "en": "one"}, standing)
    parameter = Parameter("most", "m2/person", "上限", "most", (value,))
    terms = Terms({"most": parameter}, np.full(rows, np.datetime64("2017-01-01")), (["411522"], np.zeros(rows, dtype=np.int64)), date(2018, 1, 1))
    return terms.most


cents = st.integers(1, 10**7).map(lambda n: Decimal(n) / 100)  # up to 99,999.99, as areas and costs are typed
counts = st.integers(1, 9999)
limits = st.integers(1, 10**4).map(lambda n: Decimal(n) / 10)


@given(area=cents, persons=counts, most=limits)
def test_comparing_quotients_is_comparing_the_decimals_as_typed(area: Decimal, persons: int, most: Decimal) -> None:
    exactly_over = Fraction(area) / persons > Fraction(most)
    assert bool(exceeds(np.array([float(area)]) / persons, np.array([float(most)]))[0]) is exactly_over


@given(persons=counts, most=limits)
def test_a_quotient_on_the_limit_passes_and_a_hundredth_more_does_not(persons: int, most: Decimal) -> None:
    on = at_most(np.array([float(most * persons) / persons]), limit_of(float(most)))
    above = at_most(np.array([float(most * persons + Decimal("0.01")) / persons]), limit_of(float(most)))
    assert on.outcome[0] == Outcome.PASS
    assert above.outcome[0] == Outcome.FAIL


@given(cost=st.integers(1, 10**9), area=st.integers(1, 10**6).map(lambda n: Decimal(n) / 10), most=st.integers(100, 9999))
def test_cost_by_decimal_area_is_exact_too(cost: int, area: Decimal, most: int) -> None:
    exactly_over = Fraction(cost) / Fraction(area) > most
    assert bool(exceeds(np.array([cost / float(area)]), np.array([float(most)]))[0]) is exactly_over


def test_a_measurement_that_is_not_there_never_passes() -> None:
    for verdict in (at_most(np.array([np.nan]), limit_of(25)), at_least(np.array([np.nan]), limit_of(25))):
        assert verdict.outcome[0] == Outcome.NO_DATA


def test_going_against_anything_but_a_formal_value_is_at_most_a_review() -> None:
    for standing in Standing:
        outcome = at_most(np.array([26.0]), limit_of(25, standing)).outcome[0]
        assert outcome == (Outcome.FAIL if standing is Standing.FORMAL else Outcome.REVIEW)


def test_the_worst_of_several_is_fail_then_review_then_no_data_then_pass_then_not_applicable() -> None:
    order = [Outcome.FAIL, Outcome.REVIEW, Outcome.NO_DATA, Outcome.PASS, Outcome.NOT_APPLICABLE]
    for place, outcome in enumerate(order):
        for milder in order[place:]:
            assert worst([np.array([milder], dtype=np.int8), np.array([outcome], dtype=np.int8)])[0] == outcome


def test_the_strictest_verdict_speaks_and_of_equals_the_first_named() -> None:
    mild, hard = at_most(np.array([26.0]), limit_of(30), within="first"), at_most(np.array([26.0]), limit_of(25), over="second")
    assert strictest(mild, hard).reason_of(0) == "second"
    assert strictest(hard, mild).reason_of(0) == "second"
    assert strictest(mild, at_most(np.array([20.0]), limit_of(25), within="later")).reason_of(0) == "first"
    found = strictest(mild, hard).limit_of(0)
    assert found
    assert found[0].amounts[0] == 25


def test_the_first_branch_that_holds_decides_and_forgets_the_number_it_does_not_rest_on() -> None:
    yes, no = np.array([True]), np.array([False])
    otherwise = at_most(np.array([26.0]), limit_of(25))
    verdict = first(When(no, Outcome.PASS, "a"), When(yes, Outcome.REVIEW, "b"), When(yes, Outcome.FAIL, "c"), otherwise=otherwise)
    assert (verdict.outcome[0], verdict.reason_of(0)) == (Outcome.REVIEW, "b")
    assert verdict.limit_of(0) is None
    assert first(When(yes, Outcome.REVIEW, "b", by_limit=True), otherwise=otherwise).limit_of(0)


def test_a_branch_names_what_it_misses_in_its_own_rows_only() -> None:
    rows = np.array([True, False])
    verdict = first(When(rows, Outcome.NO_DATA, "missing", ("persons",)), otherwise=settled(2, Outcome.PASS, "fine"))
    assert verdict.missing["persons"].tolist() == [True, False]


def test_a_verdict_on_some_rows_is_the_same_judged_among_all_or_spread_from_those_alone() -> None:
    measured, rows = np.array([24.0, 26.0, np.nan, 30.0]), np.array([True, False, True, True])
    limit, some = limit_of(25.0, rows=4), limit_of(25.0, rows=3)
    among_all = at_most(measured, limit).having(doubled=2 * measured)
    alone = at_most(measured[rows], some).having(doubled=2 * measured[rows])
    one, other = confined(among_all, rows, Outcome.NOT_APPLICABLE, "outside"), spread(alone, rows, Outcome.NOT_APPLICABLE, "outside")
    assert one.outcome.tolist() == other.outcome.tolist() == [Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.NO_DATA, Outcome.FAIL]
    assert [one.reason_of(row) for row in range(4)] == [other.reason_of(row) for row in range(4)] == ["within", "outside", "missing", "over"]
    assert one.limit_of(1) is None and other.limit_of(1) is None
    assert one.place_of(1) == other.place_of(1) == -1
    for verdict in (one, other):
        assert verdict.measured is not None
        assert np.array_equal(verdict.measured, [24.0, np.nan, np.nan, 30.0], equal_nan=True)
        assert verdict.facts["doubled"][verdict.place_of(3)] == 60
