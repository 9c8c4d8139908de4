"""Lists and returned ledgers come whole through the process that reads them, and nothing that process could not have written is believed."""

import json
from pathlib import Path
from typing import Any

import pytest

from relocation.intake import apart
from relocation.intake.listed import read_problem_list, read_returned_ledger
from relocation.intake.problems import read_problems
from relocation.intake.refusal import Unusable
from relocation.intake.returned import read_returned
from tests.data.demo_county.problem_books import BOOKS, write_problem_lists
from tests.ledger.workbooks import edit, entry, put, sent


@pytest.mark.parametrize("tier", BOOKS)
def test_a_list_comes_through_as_it_was_read(tmp_path: Path, tier: str) -> None:
    write_problem_lists(tmp_path)
    assert read_problem_list(tmp_path / BOOKS[tier], BOOKS[tier]) == read_problems(tmp_path / BOOKS[tier], BOOKS[tier])


def test_a_returned_ledger_comes_through_as_it_was_read(tmp_path: Path) -> None:
    path = edit(sent([entry(1), entry(2)], tmp_path / "台账.xlsx"), put(1, due_on="下周五"))
    assert read_returned_ledger(path, path.name) == read_returned(path, path.name)
    assert len(read_returned(path, path.name).refusals) == 1


def test_a_refusal_comes_through_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\\x03\\x04")
    for read in (read_problem_list, read_returned_ledger):
        with pytest.raises(Unusable) as wrong:
            read(path, path.name)
        assert wrong.value.refusal.reason("zh")


GOOD: dict[str, Any] = {"file": "a", "sheet": "b", "letters": {}, "refusals": [], "notes": [], "lines": [], "unread": [], "sent": []}


@pytest.mark.parametrize(
    "bad",
    [
        {}, {**GOOD, "lines": [["1", {}]]}, {**GOOD, "lines": [[1, {"strange": "x"}]]}, {**GOOD, "lines": [[1, {"text": 5}]]}, {**GOOD, "sheet": None},
        {**GOOD, "refusals": [["no-such-code", "a", "b", "c", "d", {}, 1]]}, {**GOOD, "unread": [1]}, {**GOOD, "lines": 7}, [], None,
    ],
)  # fmt: skip
def test_an_answer_no_reader_of_ours_can_have_written_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: Any) -> None:
    path = sent([entry(1)], tmp_path / "台账.xlsx")
    monkeypatch.setattr(apart, "answer_of", lambda *_: json.dumps(bad).encode())
    with pytest.raises(Unusable) as wrong:
        read_returned_ledger(path, path.name)
    assert wrong.value.refusal.code == "reading-died"
