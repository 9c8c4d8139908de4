"""Records named beside another: by code, five at most, and never with what was said of the judged one before."""

import numpy as np

from checks.peers import among, named, rows_met_again
from checks.records import Array, Records
from checks.vocabulary import HOUSEHOLD


def texts(*values: str | None) -> Array:
    return np.array(values, dtype=object)


def test_five_codes_are_named_and_the_rest_is_counted() -> None:
    assert named(["H-2", "H-1", "H-2"]) == "H-1\nH-2"
    assert named([f"H-{i}" for i in range(1, 6)]) == "H-1\nH-2\nH-3\nH-4\nH-5"
    assert named([f"H-{i}" for i in range(1, 8)]) == "H-1\nH-2\nH-3\nH-4\nH-5\n+2"
    assert named(["H-1", "H-2", "H-3", "H-4", "H-5"], of=40) == "H-1\nH-2\nH-3\nH-4\nH-5\n+35"


def test_a_missing_text_is_not_met_again() -> None:
    assert rows_met_again(texts("a", "", "b", "a", None, "", None)) == [0, 3]
    assert rows_met_again(texts("a", "b")) == []


def test_an_edited_record_stands_last_and_its_old_self_is_gone() -> None:
    ledger = Records(HOUSEHOLD, {"county": texts("1", "1", "2"), "code": texts("a", "b", "a"), "id_number": texts("old", "x", "y")})
    edited = Records(HOUSEHOLD, {"county": texts("1"), "code": texts("a"), "id_number": texts("new")})
    assert among(edited, ledger, "id_number").id_number.tolist() == ["x", "y", "new"]
    assert among(ledger, ledger, "id_number") is ledger
    assert among(edited, None) is edited
