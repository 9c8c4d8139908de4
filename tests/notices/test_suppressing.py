"""No hidden cell of a table with totals can be worked out: held against linear programming, which knows nothing of how they were hidden."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from relocation.notices.suppressing import LEAST, Cell, Table, TooSmall, bounds_of_counts, bounds_of_persons, hidden, small
from relocation.service.publishing.fund_use import hidden_places

TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.sampled_from([0, 1, 2, 3, 4, 4, 5, 6, 7, 12, 30]), min_size=columns, max_size=columns), min_size=1, max_size=5)
)


def reach(table: Table, cells: frozenset[Cell], first: frozenset[Cell], wanted: Cell, upper: float = LEAST - 1) -> tuple[float, float]:
    """Return the least and the greatest value a hidden cell may have, by all that a reader knows: what is shown, the totals, and what the marks mean."""
    order = {cell: at for at, cell in enumerate(table.cells)}
    equations, last_row, last_column = [], len(table.inner), table.columns
    for row in range(last_row + 1):
        equations.append({(row, column): 1 for column in range(last_column)} | {(row, last_column): -1})
    for column in range(last_column + 1):
        equations.append({(row, column): 1 for row in range(last_row)} | {(last_row, column): -1})
    matrix = np.zeros((len(equations), len(order)))
    for at, equation in enumerate(equations):
        for cell, sign in equation.items():
            matrix[at, order[cell]] = sign
    bounds = [(table.value(cell), table.value(cell)) if cell not in cells else (1, upper) if cell in first else (LEAST, None) for cell in table.cells]
    goal = np.zeros(len(order))
    goal[order[wanted]] = 1
    found = [linprog(sign * goal, A_eq=matrix, b_eq=np.zeros(len(equations)), bounds=bounds, method="highs") for sign in (1, -1)]
    least, most = found[0].fun, np.inf if found[1].status == 3 else -found[1].fun
    return float(least), float(most)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_no_hidden_count_can_be_worked_out_from_rows_columns_totals_and_what_the_marks_mean(rows: list[list[int]]) -> None:
    table = Table(tuple(map(tuple, rows)))
    first = small(table)
    try:
        cells = hidden({"households": (table, bounds_of_counts)}, first)
    except TooSmall:
        return
    assert first <= cells
    assert all(table.value(cell) >= LEAST for cell in cells - first)  # a zero is nobody's and is never hidden
    for cell in cells:
        least, most = reach(table, cells, first, cell)
        assert most - least >= 1 - 1e-6, (rows, cell, sorted(cells))


@settings(max_examples=25, deadline=None)
@given(TABLES, st.integers(1, 6))
def test_persons_hidden_with_the_households_cannot_be_worked_out_either(rows: list[list[int]], each: int) -> None:
    households = Table(tuple(map(tuple, rows)))
    persons = Table(tuple(tuple(n * each for n in row) for row in rows))
    first = small(households)
    try:
        cells = hidden({"households": (households, bounds_of_counts), "persons": (persons, bounds_of_persons)}, first)
    except TooSmall:
        return
    for cell in cells:
        least, most = reach(persons, cells, first, cell, upper=float("inf"))
        assert most - least >= 1 - 1e-6, (rows, cell)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[10, 20], [30, 40]], set()),
        # 3 is small: its row and its column would give it away, so the cheapest rectangle of others goes with it
        ([[3, 20, 50], [30, 6, 60], [70, 80, 90]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
    ],
)
def test_as_little_more_is_hidden_as_does_it(rows: list[list[int]], expected: set[Cell]) -> None:
    table = Table(tuple(map(tuple, rows)))
    assert hidden({"households": (table, bounds_of_counts)}, small(table)) == expected


def test_two_fours_beside_their_total_are_not_hidden_by_each_other() -> None:
    assert hidden_places([4, 6, 40]) == {0, 1}
    with pytest.raises(TooSmall):
        hidden_places([4, 4])  # 8 in all, both below five: both are four
    assert hidden_places([4, 3]) == {0, 1}  # 4 and 3, or 3 and 4


def test_a_table_in_which_nothing_is_small_is_shown_whole() -> None:
    assert hidden_places([5, 0, 17]) == frozenset()
