"""`relocation law`, `check --with` and the traces of `explain`: JSON, sentences, exit codes."""

import json
import os
from pathlib import Path
from unittest import mock

import pytest

from relocation.cli.speaking import columns
from relocation.resources import folder
from tests.cli.conftest import Run

LAW = (folder("data") / "demo" / "overlays.yaml").read_text("utf-8")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "本县.yaml"
    path.write_text(LAW.replace("amount: 365", "amount: 90"), "utf-8")
    return path


def test_a_text_is_previewed_published_listed_and_given_back(run: Run, ledger: Path, text: Path) -> None:
    run("import", ledger, "--county", "411522")
    assert json.loads(run("law", "preview", text, "--json").out)["place"] == "411522"
    assert json.loads(run("law", "history", "--json").out) == []
    told = run("law", "publish", text, "--reason", "县里开会定的")
    assert told.code == 0 and "411522" in told.out
    (version,) = json.loads(run("law", "history", "--county", "411522", "--json").out)
    assert version["reason"] == "县里开会定的" and version["previous"] is None
    assert "县里开会定的" in run("law", "history").out
    assert run("law", "show", "--county", "411522").out.strip() == text.read_text("utf-8").strip()
    assert "演示县" in run("law", "show").out and "[正式文件]" in run("law", "show").out


def test_a_text_written_on_windows_is_read(run: Run, text: Path) -> None:
    text.write_bytes(text.read_text("utf-8").encode("gb18030"))
    assert run("law", "publish", text, "--reason", "试试").code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit-cost:", "unit-costs:", "unit-cost"),
        ("county_most_yuan_m2", "county_most", "county_most_yuan_m2"),
        ("instrument: demo-county-rules, clause: {zh: 第三条", "instrument: rules, clause: {zh: 第三条", "instruments"),
        ("amount: 1600", "amount: 1600元", "元/平方米"),
        ('place: "411522"\ninstruments', 'place: "410000"\ninstruments', "411522"),
    ],
)
def test_what_cannot_be_law_is_refused_with_its_line_and_mend(run: Run, text: Path, old: str, new: str, said: str) -> None:
    text.write_text(LAW.replace(old, new), "utf-8")
    for command in (("preview",), ("publish", "--reason", "试试")):
        answer = run("law", command[0], text, *command[1:])
        assert answer.code == 2 and said in answer.err and "第 " in answer.err and "Traceback" not in answer.err
    document = json.loads(run("law", "publish", text, "--reason", "试试", "--json").out)
    assert {"where", "line", "reason", "mend"} == set(document["refusals"][0])
    assert json.loads(run("law", "history", "--json").out) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("law", "publish", "TEXT"), "理由"),
        (("law", "preview", "没有.yaml"), "没有.yaml"),
        (("law", "show", "--county", "光山"), "411522"),
        (("law", "nothing"), "--help"),
        (("check", "--with", "most_m2_a_person=20m2"), "平方米/人"),
        (("check", "--with", "most_m2_a_person=-5"), "平方米/人"),
        (("check", "--with", "most_m2_a_person=1e999"), "平方米/人"),
        (("check", "--with", "most_m2_person=20"), "most_m2_a_person"),
        (("check", "--with", "20"), "living-area.most_m2_a_person=20"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_mend_with_code_two(run: Run, text: Path, command: tuple[str, ...], said: str) -> None:
    answer = run(*(text if word == "TEXT" else word for word in command))
    assert answer.code == 2 and said in answer.err and "Traceback" not in answer.err


def test_a_supposition_lists_who_changes_and_stores_nothing(run: Run, ledger: Path) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    before = run("findings", "--json").out
    document = json.loads(run("check", "--with", "most_m2_a_person=20", "--as-of", "2018-01-01", "--json").out)
    assert document["as_of"] == "2018-01-01" and document["total"] == 1
    assert {one["check"]: one["changed"] for one in document["changed"]} == {"living-area": 1, "unit-type-area": 0}
    (change,) = (one for one in document["changed"] if one["changed"])
    assert change["counts"] == [{"from": "pass", "to": "fail", "n": 1}]
    assert (change["subjects"][0]["subject"], change["subjects"][0]["from"]) == ("H1", "pass")
    told = run("check", "--with", "living-area.most_m2_a_person=20", "--as-of", "2018-01-01")
    assert told.code == 0 and "H1" in told.out and "合规 -> 不合规" in told.out
    assert run("findings", "--json").out == before


def test_a_trace_is_a_tree_down_to_the_cell_and_the_document(run: Run, ledger: Path) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    tree = json.loads(run("explain", "living-area:H2", "--json").out)["traces"][0]["tree"]
    assert set(tree) == {"label", "value", "unit", "children", "link"} and tree["value"] == "不合规"
    told = run("explain", "living-area:H2").out
    for word in ("26.67", "搬迁户.csv", "H3", "全国“十三五”易地扶贫搬迁规划", "正式文件", "住房建设标准一节"):
        assert word in told


def test_what_is_due_for_review_is_marked_by_a_sign_a_gbk_console_has(run: Run) -> None:
    assert "※" not in run("checks").out
    with mock.patch.dict(os.environ, {"RELOCATION_NOW": "2030-01-01T00:00:00"}):
        listed, shown, every = run("checks").out, run("explain", "old-house").out, run("law", "show").out
    assert "※ 旧房拆除" in listed and "※ 人均住房建筑面积" not in listed
    assert "※ 应在 2027-06-30 前复核" in " ".join(shown.split()) and "※" in every
    "※".encode("gbk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_wider_than_eighty_columns(run: Run, ledger: Path, text: Path, lang: str) -> None:
    run("import", ledger, "--county", "411522")
    run("check")
    for command in (("law", "show"), ("law", "preview", text), ("check", "--with", "most_m2_a_person=20"), ("explain", "living-area:H2")):
        answer = run(*command, "--lang", lang)
        assert not answer.err and [line for line in answer.out.splitlines() if columns(line) > 80] == []
    assert "规定" not in run("--lang", "en", "law", "--help").out
