"""Files of drawings are kept whole, and what people say about drawings is never overwritten."""

from datetime import UTC, datetime

import pytest

from relocation.service import Store, Trouble
from relocation.store import drawings
from relocation.store.drawings import DecisionRow

FIRST, SECOND = (datetime(2026, 11, day, 8, 0, tzinfo=UTC) for day in (1, 2))


def test_a_file_is_kept_whole_and_given_back(store: Store) -> None:
    assert drawings.kept_bytes(store, "ab" * 32) is None
    drawings.keep_bytes(store, "ab" * 32, b"AC1032")
    assert drawings.kept_bytes(store, "ab" * 32) == b"AC1032"
    assert [path.name for path in (store.home / "drawings").iterdir()] == ["ab" * 32]


def test_a_file_that_cannot_be_written_leaves_nothing(store: Store) -> None:
    (store.home / "drawings").write_bytes(b"in the way")
    with pytest.raises(Trouble):
        drawings.keep_bytes(store, "cd" * 32, b"AC1032")


def test_a_file_noted_once_keeps_its_first_name_and_day(store: Store) -> None:
    with store.writing() as connection:
        drawings.note_file(connection, "ab" * 32, "设计图.dwg", {"ground.dwg": "cd" * 32}, FIRST)
        drawings.note_file(connection, "ab" * 32, "副本.dwg", {}, SECOND)
        assert drawings.file_noted(connection, "ab" * 32) == ("设计图.dwg", {"ground.dwg": "cd" * 32}, FIRST)
        assert drawings.file_noted(connection, "ef" * 32) is None


def test_corrections_come_newest_first_and_none_is_lost(store: Store) -> None:
    with store.writing() as connection:
        assert drawings.said_last(connection) == (0, 0)
        one = drawings.add_correction(connection, "", "ab" * 32, {"unit_m": 0.001}, "毫米", FIRST)
        two = drawings.add_correction(connection, "", "ab" * 32, {}, "按图", SECOND)
        drawings.add_correction(connection, "990100", "P1", {"old": []}, "另一件", SECOND)
        found = drawings.corrections(connection, "", "ab" * 32)
    assert [(row.number, row.said, row.reason, row.made_at) for row in found] == [(two, {}, "按图", SECOND), (one, {"unit_m": 0.001}, "毫米", FIRST)]


def test_words_are_kept_for_each_institute(store: Store) -> None:
    with store.writing() as connection:
        drawings.add_naming(connection, "甲院", {"layers": {"wall": ["Q"]}}, "标准", FIRST)
        drawings.add_naming(connection, "甲院", {"layers": {"wall": ["QT"]}}, "改", SECOND)
        drawings.add_naming(connection, "乙院", {}, "标准", FIRST)
        found = drawings.namings(connection)
    assert {name: [one.said for one in versions] for name, versions in found.items()} == {
        "甲院": [{"layers": {"wall": ["QT"]}}, {"layers": {"wall": ["Q"]}}],
        "乙院": [{}],
    }


def test_the_newest_decision_on_a_difference_counts_and_others_stay_as_they_were(store: Store) -> None:
    with store.writing() as connection:
        drawings.add_decisions(connection, "990100", "S1", [DecisionRow("d1", "finding", "", "", FIRST), DecisionRow("d2", "ignored", "", "门套", FIRST)])
        drawings.add_decisions(connection, "990100", "S1", [DecisionRow("d1", "approved", "3号", "", SECOND)])
        drawings.add_decisions(connection, "990100", "S2", [DecisionRow("d1", "ignored", "", "别处", SECOND)])
        found = drawings.decisions(connection, "990100", "S1")
    assert {id: (one.kind, one.document, one.decided_at) for id, one in found.items()} == {"d1": ("approved", "3号", SECOND), "d2": ("ignored", "", FIRST)}


def test_what_cannot_be_written_as_json_is_not_kept(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"), store.writing() as connection:
        drawings.add_correction(connection, "", "ab" * 32, {"unit_m": float("nan")}, "毫米", FIRST)
    with store.reading() as connection:
        assert drawings.corrections(connection, "", "ab" * 32) == []
