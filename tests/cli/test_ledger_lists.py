"""The commands around the ledger: lists in, likenesses, months, the workbook out and back, a county's working days."""

import json
import os
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.conftest import Run
from tests.data.demo_county.problem_books import BOOKS, write_problem_lists
from tests.ledger.workbooks import FIRST, edit, put

COUNTY = ("--county", "411522")


@pytest.fixture
def lists(tmp_path: Path, run: Run, ledger: Path) -> Path:
    """Return the folder of the made-up lists, in an office that knows the county."""
    assert run("import", ledger, *COUNTY).code == 0
    made = tmp_path / "lists"
    made.mkdir()
    write_problem_lists(made)
    return made


def test_a_list_is_told_brought_and_brought_again_without_effect(run: Run, lists: Path) -> None:
    command = ("ledger", "import", lists / BOOKS["national"], *COUNTY, "--tier", "national", "--list", "国家巡查")
    told = run(*command, "--dry-run")
    assert (told.code, "新增 42 条" in told.out, "没有保存" in told.out) == (0, True, True)
    assert json.loads(run(*command, "--json").out)["added"] == 42
    again = json.loads(run(*command, "--json").out)
    assert (again["added"], again["unchanged"]) == (0, 42)


def test_a_file_that_is_no_list_and_a_tier_there_is_none_of_end_with_2(run: Run, lists: Path, ledger: Path) -> None:
    for file, tier in ((ledger, "national"), (lists / BOOKS["national"], "heaven")):
        answer = run("ledger", "import", file, *COUNTY, "--tier", tier)
        assert answer.code == 2
        assert answer.err


def test_pairs_are_listed_answered_and_the_lists_add_up(run: Run, lists: Path) -> None:
    for tier, name in BOOKS.items():
        run("ledger", "import", lists / name, *COUNTY, "--tier", tier)
    found = json.loads(run("ledger", "same", *COUNTY, "--json").out)
    assert found["reconciliation"]["items"] == 345
    first = found["pairs"][0]
    assert run("ledger", "same", *COUNTY, "--answer", first["one"], first["other"], "same").code == 0
    said = run("ledger", "same", *COUNTY)
    assert (said.code, "345 = 344 + 1" in said.out) == (0, True)


def test_a_month_is_frozen_once_it_is_over(run: Run, lists: Path) -> None:
    run("ledger", "import", lists / BOOKS["national"], *COUNTY, "--tier", "national")
    assert run("ledger", "snapshot", *COUNTY, "--month", "2026-11").code == 2
    with mock.patch.dict(os.environ, {"RELOCATION_NOW": "2026-12-01T08:00:00"}):
        (month,) = json.loads(run("ledger", "snapshot", *COUNTY, "--month", "2026-11", "--json").out)
    assert (month["month"], month["entries"], month["holds"]) == ("2026-11", 42, True)
    assert "42" in run("ledger", "snapshot", *COUNTY, "--by", "category").out


def test_the_workbook_goes_out_and_what_was_edited_comes_back(run: Run, lists: Path, tmp_path: Path) -> None:
    run("ledger", "import", lists / BOOKS["national"], *COUNTY, "--tier", "national")
    path = tmp_path / "台账.xlsx"
    assert run("ledger", "export", *COUNTY, "-o", path).code == 0
    edit(path, put(0, unit="县财政局"))
    edit(path, put(1, state="已销号"))
    told = run("ledger", "bring", path, "--dry-run")
    assert (told.code, "县财政局" in told.out, "佐证" in told.out) == (1, True, True)
    done = json.loads(run("ledger", "bring", path, "--json").out)
    assert (done["done"], done["counts"]["refused"]) == ([FIRST], 1)
    assert "县财政局" in run("ledger", "show", "411522-0001").out


def test_a_county_s_working_days_are_published_with_a_reason(run: Run, lists: Path, tmp_path: Path) -> None:
    path = tmp_path / "节假日.csv"
    path.write_text("年份,文号,节日,起,止,安排\n2027,县政办〔2026〕3号,元旦,2027-01-01,2027-01-03,休\n", "utf-8")
    assert run("ledger", "workdays", *COUNTY, "--publish", path).code == 2
    assert run("ledger", "workdays", *COUNTY, "--publish", path, "--reason", "新一年").code == 0
    assert json.loads(run("ledger", "workdays", *COUNTY, "--json").out)["2027"] == ["县政办〔2026〕3号"]
