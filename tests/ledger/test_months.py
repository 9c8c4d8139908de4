"""Month by month the ledger adds up: what was open, came, moved and was closed makes what is left, in every group and in the sum."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relocation.ledger.months import GROUPED_BY, Flow, Frozen, flows, last_day, month_of, total
from relocation.ledger.states import State, Timing

STATES = st.sampled_from([state.id for state in State])
GROUPS = st.sampled_from(["a", "b", "c"])


def frozen(number: int, **changes: object) -> Frozen:
    return replace(Frozen(number, "", "a", "severe", "open", "on-time", "a", "a", date(2019, 10, 8), date(2019, 11, 20), None, None), **changes)  # type: ignore[arg-type]


@st.composite
def two_months(draw: st.DrawFn) -> tuple[list[Frozen], list[Frozen]]:
    """Draw a ledger at two months' ends: numbers only grow, and what was closed stays as it is."""
    was = [frozen(number, state=draw(STATES), tier=draw(GROUPS), unit=draw(GROUPS), category=draw(GROUPS)) for number in range(draw(st.integers(0, 12)))]
    now = [one if one.closed else replace(one, state=draw(STATES), unit=draw(GROUPS), category=draw(GROUPS)) for one in was]
    fresh = range(len(was), len(was) + draw(st.integers(0, 8)))
    return was, [*now, *(frozen(number, state=draw(STATES), tier=draw(GROUPS), unit=draw(GROUPS), category=draw(GROUPS)) for number in fresh)]


@given(two_months(), st.sampled_from(GROUPED_BY))
def test_every_group_and_the_sum_add_up(months: tuple[list[Frozen], list[Frozen]], by: str) -> None:
    was, now = months
    lines = flows(was, now, by)
    assert all(line.holds for line in lines)
    whole = total(lines)
    assert whole.holds
    assert whole.moved == 0
    assert (whole.carried, whole.left) == (sum(not one.closed for one in was), sum(not one.closed for one in now))
    assert whole.opened == len(now) - len(was)


def test_a_month_s_flow_of_three_entries() -> None:
    was = [frozen(1), frozen(2, unit="b"), frozen(3, state="verified-closed")]
    now = [replace(was[0], state="verified-closed"), replace(was[1], unit="a", timing=Timing.OVERDUE.id), was[2], frozen(4, unit="b")]
    assert flows(was, now, "unit") == [Flow("a", 1, 0, 1, 1, 1, 1), Flow("b", 1, 1, -1, 0, 1, 0)]


def test_what_was_opened_and_closed_within_one_month_is_counted_as_both() -> None:
    assert flows([], [frozen(1, state="verified-closed")], "tier") == [Flow("a", 0, 1, 0, 1, 0, 0)]


@pytest.mark.parametrize(("month", "day"), [("2019-12", date(2019, 12, 31)), ("2020-02", date(2020, 2, 29)), ("2019-02", date(2019, 2, 28))])
def test_a_month_is_frozen_on_its_last_day(month: str, day: date) -> None:
    assert last_day(month) == day
    assert month_of(day) == month


@pytest.mark.parametrize("month", ["2019-13", "2019-00", "2019", "19-12", "2019-1", "２０１９-12", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(ValueError, match=f"^{month}$"):
        last_day(month)


def test_a_grouping_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="person"):
        flows([], [], "person")
