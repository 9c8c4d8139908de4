"""Numbers come back from their packed form, and the packed form is harmless wherever it stands."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from relocation.maps.packing import ALPHABET, packed, unpacked

WHOLE = st.integers(-(2**50), 2**50)


@given(st.lists(WHOLE, max_size=40))
def test_whole_numbers_come_back_unchanged(values: list[int]) -> None:
    assert unpacked(packed(values)).tolist() == values


@given(st.lists(st.one_of(WHOLE, st.sampled_from([math.nan, math.inf])), min_size=1, max_size=40))
def test_unknown_values_come_back_as_unknown(values: list[float]) -> None:
    back = unpacked(packed(values))
    for value, got in zip(values, back, strict=True):
        assert got == value if math.isfinite(value) else math.isnan(got)


def test_the_packed_form_holds_nothing_that_means_anything_to_html_json_or_a_template() -> None:
    assert not set(ALPHABET) & set('<\\{"\x7f\n ')
    assert len(set(ALPHABET)) == 89
    text = packed(np.random.default_rng(1).integers(0, 2**40, 20_000))[2]
    assert isinstance(text, str)
    assert not any(mark in text for mark in ("{{", "{%", "{#", "</", "<!--", '"'))


def test_a_value_takes_as_few_characters_as_its_column_needs() -> None:
    assert packed([0, 87])[0] == 1
    assert packed([0, 88])[0] == 2  # one code is kept for "unknown"
    assert packed([1_000_000, 1_000_050])[0] == 1  # only the spread counts
    assert packed([0, 89**2 - 2])[0] == 2
    assert packed([0, 89**2 - 1])[0] == 3
