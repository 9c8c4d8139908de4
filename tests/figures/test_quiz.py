"""The five questions: whatever the figures are, exactly one answer is right, no two read alike, and the right one is the figure."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relocation.figures.figure import Figure, Reported, meanings, said
from relocation.figures.quiz import Question, fingerprint, month_ends, questions

DAY = date(2019, 12, 31)
IDS = list(meanings())
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
values = st.one_of(st.none(), st.integers(0, 40).map(float), st.floats(0, 2e9, allow_nan=False))
figures = st.fixed_dictionaries({}, optional={id: st.tuples(values, st.integers(0, 5)) for id in IDS})
past = st.lists(st.dictionaries(st.sampled_from(IDS), st.integers(0, 40).map(float)), max_size=4)
reports = st.dictionaries(st.sampled_from(IDS), st.tuples(values, st.sampled_from(["pass", "review", "no-data"])), max_size=5)


def known(told: dict[str, tuple[float | None, int]], reported: dict[str, tuple[float | None, str]] | None = None) -> dict[str, Figure]:
    """Return figures from (value, how many could not be counted)."""
    made = {}
    for id, (value, lacking) in told.items():
        of = (reported or {}).get(id)
        report = (Reported("R", "x", of[0], "户", DAY, "汇报", of[1], "differs", value),) if of else ()
        made[id] = Figure(id, value, DAY, lacking, reported=report)
    return made


def earlier(some: list[dict[str, float]]) -> list[tuple[date, dict[str, float]]]:
    return [(DAY - timedelta(days=30 * (place + 1)), one) for place, one in enumerate(some)]


@PATIENT
@given(figures, past, reports, st.text(max_size=5))
def test_one_answer_is_right_none_reads_like_another_and_the_right_one_is_the_figure(
    told: dict[str, tuple[float | None, int]], some: list[dict[str, float]], reported: dict[str, tuple[float | None, str]], seed: str
) -> None:
    of = known(told, reported)
    asked = questions(seed, of, earlier(some))
    assert asked == questions(seed, of, earlier(some))
    assert len({one.figure for one in asked}) == len(asked) <= 5
    for one in asked:
        unit = meanings()[one.figure].unit
        assert len({said(each.value, unit, "zh") for each in one.options}) == 4
        assert [each.value for each in one.options if each.right] == [of[one.figure].value] and one.options[one.right].right
        for each in one.options:
            _is_real(of, earlier(some), one, each.why)


def _is_real(of: dict[str, Figure], before: list[tuple[date, dict[str, float]]], question: Question, why: str) -> None:
    """Hold every wrong answer to where it says it comes from: none is made up."""
    for one in (each for each in question.options if each.why == why):
        if why == "stale":
            assert dict(before)[one.on or DAY][question.figure] == one.value and (one.on or DAY) < DAY
        elif why == "reported":
            assert of[question.figure].reported[0].value == one.value and of[question.figure].reported[0].differs
        elif why:
            assert of[one.figure].value == one.value and one.figure != question.figure
            assert one.figure == meanings()[question.figure].swap if why == "swapped" else one.figure in meanings()[question.figure].beside


COUNTY: dict[str, tuple[float | None, int]] = {id: (float(1000 + 37 * n), 0) for n, id in enumerate(IDS)}


def test_five_are_asked_of_a_county_where_enough_is_known_each_of_another_group() -> None:
    asked = questions("7", known(COUNTY), earlier([{id: 500.0 + n for n, id in enumerate(IDS)}]))
    assert len(asked) == 5 and len({meanings()[one.figure].group for one in asked}) == 5
    assert not any(meanings()[one.figure].aside for one in asked)


def test_seeds_ask_different_questions_and_put_the_right_answer_in_different_places() -> None:
    before = earlier([{id: 500.0 + n for n, id in enumerate(IDS)}])
    sets = [questions(str(seed), known(COUNTY), before) for seed in range(20)]
    assert len({tuple(one.figure for one in asked) for asked in sets}) > 10
    assert {one.right for asked in sets for one in asked} == {0, 1, 2, 3}


def test_nothing_is_asked_of_a_figure_without_three_real_ones_near_it() -> None:
    assert questions("7", known({"sites": (24.0, 0), "sites-started": (23.0, 0), "sites-finished": (24.0, 0)}), []) == ()
    assert questions("7", known({"sites": (None, 0)}), []) == ()


def test_a_number_that_may_yet_turn_out_right_is_no_wrong_answer() -> None:
    told: dict[str, tuple[float | None, int]] = {
        "moved-in-households": (100.0, 3),
        "key-handed": (102.0, 0),
        "poor-households": (104.0, 0),
        "moved-in-persons": (400.0, 0),
    }
    before = earlier([{"moved-in-households": 90.0}])
    asked = questions("7", known(told), before)
    assert [sorted(each.value for each in one.options) for one in asked if one.figure == "moved-in-households"] == [[90.0, 100.0, 104.0, 400.0]]


def test_the_print_of_a_test_changes_with_any_of_its_figures() -> None:
    before = earlier([{id: 500.0 + n for n, id in enumerate(IDS)}])
    prints = {fingerprint(questions("7", known(COUNTY | {IDS[0]: (float(value), 0)}), before)) for value in (1, 2)}
    same = {fingerprint(questions("7", known(COUNTY), before)) for _ in range(2)}
    assert len(same) == 1 and len(prints | same) >= 2


@pytest.mark.parametrize(
    ("day", "back", "ends"),
    [
        (date(2019, 12, 31), (1, 12), [date(2019, 11, 30), date(2018, 12, 31)]),
        (date(2020, 3, 15), (1, 2, 3), [date(2020, 2, 29), date(2020, 1, 31), date(2019, 12, 31)]),
    ],
)
def test_months_end_on_their_last_day(day: date, back: tuple[int, ...], ends: list[date]) -> None:
    assert month_ends(day, back) == ends
