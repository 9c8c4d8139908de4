"""A figure in a sentence never reads as the limit it is told apart from."""

import pytest

from checks.sentence import number


@pytest.mark.parametrize(
    ("value", "beside", "written"),
    [
        (25.0, 25.0, "25"),
        (25.003333333333334, 25.0, "25.003"),
        (25.000004, 25.0, "25.000004"),
        (25.0000003, 25.0, "25.0000003"),
        (25.0000000000333, 25.0, "25.00000000003"),
        (1198.765, 1200.0, "1,198.77"),
        (1234.5, None, "1,234.5"),
    ],
)
def test_a_figure_has_as_many_decimals_as_tell_it_from_its_limit(value: float, beside: float | None, written: str) -> None:
    assert number(value, beside) == written
