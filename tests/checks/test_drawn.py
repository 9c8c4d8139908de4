"""How figures of drawings are written: a measured length in the way that another was typed."""

import pytest

from checks.drawn import as_typed


@pytest.mark.parametrize(
    ("typed", "drawn_m", "said"),
    [
        ("9700", 10.0, "10000"), ("9700mm", 10.0, "10000mm"), ("9.7", 10.0, "10"), ("9.7 m", 10.002, "10.002 m"),
        ("970", 10.0, "1000"), ("3600", 3.6005, "3600.5"), ("12'-6\"", 4.0, "4 m"), ("见大样", 4.0, "4 m"), ("0", 4.0, "4 m"),
    ],
)  # fmt: skip
def test_a_length_is_written_in_the_unit_that_was_typed_beside_it(typed: str, drawn_m: float, said: str) -> None:
    assert as_typed(typed, drawn_m) == said
