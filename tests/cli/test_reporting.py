"""`relocation report actions` and what `explain` says of fixes and look-alikes."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import HOUSEHOLDS, Run


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Run:
    path = tmp_path / "搬迁户.csv"
    homes = ["H1,演甲,十里镇,是,3,2017-03-05,集中安置,112.5", "H2,演乙,十里镇,是,3,2017-03-05,集中安置,80", "H3,演丙,文殊乡,是,3,2017-03-05,集中安置,70"]
    path.write_text("\n".join([HOUSEHOLDS, *homes]) + "\n", "utf-8")
    run("import", path, "--as", "households", "--county", "411523")
    run("check", "--as-of", "2019-12-31")
    return run


def test_the_actions_say_who_does_what_where_and_for_whom(imported: Run):
    answer = imported("report", "actions", "--office", "township")
    assert answer.code == 1  # something fails
    assert "■ 乡镇人民政府" in answer.out
    assert "十里镇" in answer.out
    assert "H1 H2" in answer.out
    assert "[不合规] 人均住房建筑面积" in answer.out
    assert "住房城乡建设部门" not in answer.out


def test_no_line_of_the_actions_is_wider_than_a_terminal(imported: Run):
    from relocation.cli.speaking import columns

    for lang in ("zh", "en"):
        assert all(columns(line) <= 80 for line in imported("--lang", lang, "report", "actions").out.splitlines())


def test_the_json_of_the_actions_counts_what_the_findings_count(imported: Run):
    told = json.loads(imported("report", "actions", "--json").out)
    found = json.loads(imported("findings", "--json").out)["findings"]
    actions = [action for office in told["offices"] for place in office["places"] for action in place["actions"]]
    for outcome in ("fail", "review", "no-data"):
        number = sum(one["outcome"] == outcome for one in found)
        assert told["counts"][outcome] == number == sum(one["findings"] for one in actions if one["outcome"] == outcome)
    assert [one["subjects"] for one in told["by_type"]] == [2]


def test_the_actions_go_into_a_workbook_and_into_nothing_else(imported: Run, tmp_path: Path):
    out = tmp_path / "整改.xlsx"
    assert imported("report", "actions", "-o", out, "--township", "十里镇").code == 1
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("整改清单").to_python()
    assert {row[3] for row in rows[1:]} == {"十里镇"}
    assert imported("report", "actions", "-o", tmp_path / "整改.csv").code == 2


def test_an_office_there_is_none_of_is_refused_with_those_there_are(imported: Run):
    answer = imported("report", "actions", "--office", "housin")
    assert answer.code == 2
    assert "housing" in answer.err


def test_help_of_a_report_is_in_the_language_asked_for(run: Run):
    assert "what to do" in run("--lang", "en", "report", "--help").out
    assert "one kind of office only" in " ".join(run("--lang", "en", "report", "actions", "--help").out.split())
    assert "整改清单" in run("--lang", "zh", "report", "--help").out


def test_explain_names_the_smallest_fix(imported: Run):
    assert "最小整改：建筑面积由 112.5 平方米减到 75 平方米即合规" in imported("explain", "living-area:H1").out
    [trace] = json.loads(imported("explain", "living-area:H1", "--json").out)["traces"]
    assert trace["fix"]["fields"][0]["after"] == 75


def test_explain_lists_the_records_most_alike_when_asked(imported: Run):
    assert "举一反三" not in imported("explain", "living-area:H1").out
    answer = imported("explain", "living-area:H1", "--like", 5)
    assert "[不合规] H2" in answer.out
    assert "乡镇同为十里镇" in answer.out
    [trace] = json.loads(imported("explain", "living-area:H1", "--like", 5, "--json").out)["traces"]
    assert [one["subject"] for one in trace["alike"]["same_finding"]] == ["H2"]
    assert imported("explain", "living-area:H1", "--like", "many").code == 2
