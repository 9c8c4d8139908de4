"""`relocation ledger …` from the terminal: opened, carried on, refused in words; nobody verifies what he himself submitted."""

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.cli.conftest import HOUSEHOLDS, Run

ONE = "411522-0001"


@pytest.fixture
def office(run: Run, tmp_path: Path) -> Run:
    """Return a terminal whose office knows three homes, two of them too large."""
    path = tmp_path / "搬迁户.csv"
    homes = [f"H{n},演甲,十里镇,是,4,2017-03-05,集中安置,{area}" for n, area in ((1, 150), (2, 140), (3, 100))]
    path.write_text("\n".join([HOUSEHOLDS, *homes]) + "\n", "utf-8")
    run("import", path, "--as", "households", "--county", "411522")
    run("check", "--as-of", "2018-06-04", "--only", "living-area")
    return run


def told(run: Run, *arguments: object) -> Any:
    return json.loads(run("ledger", *arguments, "--json").out)


def test_a_finding_is_opened_and_carried_to_its_submission(office: Run) -> None:
    [made] = told(office, "open", "living-area:H1")
    assert (made["number"], made["state"], made["due_on"], made["timing"]) == (ONE, "open", "2026-12-15", "on-time")  # fifteen working days from 24 November
    assert told(office, "assign", ONE, "--unit", "十里镇人民政府", "--person", "经办人")["state"] == "assigned"
    assert told(office, "start", ONE)["state"] == "rectifying"
    submitted = told(office, "submit", ONE, "--measure", "收回一间")
    assert (submitted["state"], submitted["measure"], submitted["version"]) == ("submitted", "收回一间", 4)
    shown = told(office, "show", ONE)
    assert [one["move"] for one in shown["past"]] == ["open", "assign", "start", "submit"]
    assert shown["timeline"][0]["what"] == "submit"


def test_whoever_submitted_cannot_close_it(office: Run) -> None:
    office("ledger", "open", "living-area:H1")
    for arguments in (("assign", ONE, "--unit", "镇政府"), ("start", ONE), ("submit", ONE, "--measure", "收回一间")):
        assert office("ledger", *arguments).code == 0
    answer = office("ledger", "verify", ONE)
    assert answer.code == 2
    assert "另一个人" in answer.err
    returned = office("ledger", "return", ONE, "--reason", "没有照片")
    assert returned.code == 0
    assert "退回" in office("ledger", "show", ONE).out


def test_all_fails_of_a_check_are_opened_once_and_listed_by_deadline(office: Run) -> None:
    assert [one["subject"] for one in told(office, "open", "--check", "living-area")] == ["H1", "H2"]
    assert "没有新登记的" in office("ledger", "open", "--check", "living-area").out
    page = told(office, "list")
    assert (page["total"], page["by_state"], page["by_timing"]) == (2, {"open": 2}, {"on-time": 2})
    assert [one["number"] for one in told(office, "list", "--subject", "H2")["entries"]] == ["411522-0002"]
    plain = office("ledger", "list")
    assert plain.code == 0
    assert ONE in plain.out
    assert "演甲" not in plain.out


def test_an_entry_by_hand_names_its_county_and_its_words(office: Run) -> None:
    [made] = told(office, "open", "--text", "会议没有照片", "--county", "411522", "--tier", "provincial", "--severity", "minor", "--township", "十里镇")
    assert (made["tier"], made["severity"], made["text"], made["township"]) == ("provincial", "minor", "会议没有照片", "十里镇")


def test_what_ran_out_and_what_is_due_is_told(office: Run) -> None:
    with mock.patch("os.geteuid", return_value=65534):  # somebody else at the machine: nobody accepts what he opened
        office("ledger", "open", "--check", "living-area")
    assert office("ledger", "accept", ONE, "--until", "2026-11-30", "--approver", "县领导小组", "--reason", "雨季").code == 0
    assert told(office, "due") == {"total": 0, "by_state": {}, "by_timing": {"on-time": 1}, "after": "", "entries": [], "ran_out": []}
    with mock.patch.dict(os.environ, {"RELOCATION_NOW": "2026-12-16T08:00:00"}):
        answer = office("ledger", "due")
        assert answer.code == 1
        assert f"{ONE} 的限期接受已到期" in answer.out
        assert "411522-0002" in answer.out
        assert told(office, "show", ONE)["past"][-1]["by"] == "calendar"


def test_a_version_that_is_old_is_not_moved(office: Run) -> None:
    office("ledger", "open", "living-area:H1")
    office("ledger", "assign", ONE, "--unit", "镇政府")
    answer = office("ledger", "start", ONE, "--version", "1")
    assert answer.code == 2
    assert "别人已经改过" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("open",),
        ("open", "living-area:H3"),
        ("open", "living-area:"),
        ("open", "living-area:H1", "--check", "living-area"),
        ("open", "--text", "x"),
        ("open", "--text", "x", "--county", "411522", "--tier", "x"),
        ("show", "411522-0009"),
        ("show", "x"),
        ("list", "--state", "x"),
        ("list", "--order", "x"),
        ("list", "--after", "x"),
        ("dismiss", ONE, "--approver", "x"),
        ("accept", ONE, "--until", "2018-13-01", "--approver", "x", "--reason", "x"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(office: Run, arguments: tuple[str, ...]) -> None:
    answer = office("ledger", *arguments)
    assert answer.code == 2
    assert answer.err


def test_no_line_is_wider_than_a_terminal_in_either_language(office: Run) -> None:
    from relocation.cli.speaking import columns

    office("ledger", "open", "--check", "living-area")
    for lang in ("zh", "en"):
        for command in (("list",), ("show", ONE)):
            said = office("--lang", lang, "ledger", *command).out
            assert all(columns(line) <= 80 for line in said.splitlines()), said
