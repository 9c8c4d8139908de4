"""`relocation drawings …`: the records of drawings, and what engineers say about them, without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.drawings.pasts import DESIGN, OWN
from tests.drawings.planting import moved_wall
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf
from tests.service.drawn import SITES, plan

WALL = moved_wall(C, "x", 3540, 300, Manner())


@pytest.fixture
def folder(run: Any, tmp_path: Path) -> Path:
    """Return a folder with a pair of drawings that are on record."""
    sites = tmp_path / "安置点.csv"
    sites.write_text(SITES, "utf-8")
    run("import", sites, "--county", "990100")
    made = tmp_path / "图纸"
    made.mkdir()
    (made / "设计图.dxf").write_bytes(dxf(WALL.old, Form(past=DESIGN)))
    (made / "施工图.dxf").write_bytes(dxf(WALL.new, Form(past=OWN)))
    assert run("import", made / "设计图.dxf", "--as", "design", "--site", "S1").code == 0
    assert run("import", made / "施工图.dxf", "--as", "construction", "--site", "S1").code == 0
    run("check")
    return made


def listed(run: Any) -> dict[str, Any]:
    (site,) = json.loads(run("drawings", "list", "--json").out)
    assert isinstance(site, dict)
    return site


def test_drawings_and_pairs_are_listed_by_site(run: Any, folder: Path) -> None:
    site = listed(run)
    assert (site["site"], [one["name"] for one in site["drawings"]]) == ("S1", ["设计图.dxf", "施工图.dxf"])
    (pair,) = site["pairs"]
    words = run("drawings", "list", "--site", "S1").out
    assert pair["code"] in words
    assert "合规" in words
    assert run("drawings", "list", "--site", "S2").out == ""


def test_a_pair_on_record_is_told_and_written(run: Any, folder: Path, tmp_path: Path) -> None:
    code = listed(run)["pairs"][0]["code"]
    answer = run("drawings", "show", code, "-o", tmp_path / "比对.html")
    assert "向右移动 300 mm" in answer.out
    assert (tmp_path / "比对.html").read_bytes().startswith(b"<!doctype html>")
    assert json.loads(run("drawings", "show", code, "--json").out)["unit_types"][0]["label"] == "C户型"
    assert run("drawings", "show", "Pnone").code == 2


def test_a_decision_on_a_set_is_kept_and_shown(run: Any, folder: Path) -> None:
    code = listed(run)["pairs"][0]["code"]
    said = json.loads(run("drawings", "show", code, "--json").out)
    number = next(one["set"] for one in said["differences"] if one["what"] == "wall")
    assert run("drawings", "decide", code, "--set", number, "--as", "approved").code == 2  # no document's number
    assert run("drawings", "decide", code, "--set", 999, "--as", "finding").code == 2
    assert run("drawings", "decide", code, "--set", number, "--as", "approved", "--document", "演建变〔2017〕3号").code == 0
    after = json.loads(run("drawings", "show", code, "--json").out)
    decided = [one["decision"] for one in after["differences"] if one["set"] == number]
    assert {one["document"] for one in decided} == {"演建变〔2017〕3号"}
    assert "处理：已批准的变更（演建变〔2017〕3号）" in run("drawings", "show", code).out
    run("drawings", "decide", code, "--set", number, "--as", "finding", "--reason", "未见变更手续")
    assert "处理：作为问题（未见变更手续）" in run("drawings", "show", code).out


def test_corrections_add_up_and_need_a_reason(run: Any, folder: Path, tmp_path: Path) -> None:
    code = next(one["code"] for one in listed(run)["drawings"] if one["name"] == "设计图.dxf")
    assert run("drawings", "correct", code, "--persons", "C户型=2").code == 2
    assert "3 → 2" in run("drawings", "correct", code, "--persons", "C户型=2", "--reason", "任务书为 2 人").out
    outline = tmp_path / "更正.json"
    outline.write_text(json.dumps({"outlines": {"C户型": [[6.0, 14.5], [16.0, 14.5], [16.0, 22.6], [6.0, 22.6]]}}), "utf-8")
    assert "81" in run("drawings", "correct", code, "--file", outline, "--reason", "外墙按此").out
    found = json.loads(run("drawings", "list", "--json").out)[0]["types"]
    assert [one["name"] for one in found] == ["C户型"]
    outline.write_text("[1]", "utf-8")
    assert run("drawings", "correct", code, "--file", outline, "--reason", "改").code == 2


@pytest.mark.parametrize(
    ("wrong", "known"),
    [(("--unit", "0.003"), "mm 0.001"), (("--unit", "furlong"), "mm 0.001"), (("--wall-layer", "没有的图层"), "墙体"), (("--persons", "Z户型=3"), "C户型")],
)
def test_what_a_drawing_cannot_have_is_not_set_right_on_it(run: Any, folder: Path, wrong: tuple[str, str], known: str) -> None:
    code = next(one["code"] for one in listed(run)["drawings"] if one["name"] == "设计图.dxf")
    answer = run("drawings", "correct", code, *wrong, "--reason", "试")
    assert answer.code == 2
    assert known in answer.err
    assert run("drawings", "correct", code, "--unit", "mm", "--reason", "图上写明").code == 0


def test_an_institutes_words_are_kept_as_versions(run: Any, home: Path, tmp_path: Path) -> None:
    words = tmp_path / "对照.yaml"
    words.write_text("layers:\n  wall: [L-0937]\n", "utf-8")
    assert "第 1 版" in run("drawings", "names", "某院", words, "--reason", "某院的图层标准").out
    assert "L-0937" in run("drawings", "names", "某院").out
    words.write_text("layers:\n  roof: [X]\n", "utf-8")
    refused = run("drawings", "names", "某院", words, "--reason", "改")
    assert refused.code == 2
    assert "wall" in refused.err
    words.write_text("layers: [", "utf-8")
    assert run("drawings", "names", "某院", words, "--reason", "改").code == 2


def test_a_folder_is_taken_in_and_a_file_that_cannot_be_read_is_told_among_the_others(run: Any, folder: Path, tmp_path: Path) -> None:
    more = tmp_path / "更多"
    more.mkdir()
    (more / "a.dxf").write_bytes(plan(C, past=DESIGN))
    (more / "b.dxf").write_bytes(b"0\nSECTION\n")
    (more / "说明.txt").write_text("不是图纸", "utf-8")
    answer = run("import", more, "--as", "design", "--site", "S2", "--county", "990100", "--json")
    reports = json.loads(answer.out)
    assert answer.code == 1
    assert [(one["file"], one["added"], one["refused"]) for one in reports] == [("a.dxf", 1, 0), ("b.dxf", 0, 1)]
    assert reports[1]["refusals"][0]["mend"]
    (more / "a.dxf").unlink()
    (more / "b.dxf").unlink()
    assert run("import", more, "--as", "design", "--site", "S2").code == 2
