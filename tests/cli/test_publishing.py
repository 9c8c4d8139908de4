"""`relocation report notice` and `notice-match`: previews within a terminal's width, files by their endings, refusals with what to do."""

import json
from pathlib import Path

import pytest

from relocation.cli.speaking import columns
from tests.cli.conftest import Run

HOMES = "户编号,户主姓名,乡镇,行政村,是否建档立卡,核定搬迁人口,安置方式,安置住房面积,身份证号"
CONTACT = ("--contact", "十里镇政府 0376-1234567")


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Run:
    path = tmp_path / "搬迁户.csv"
    lines = [f"H{n},演甲{name},十里镇,东村,是,3,集中安置,75,{id}" for n, (name, id) in enumerate((("子", "99010119700101001X"), ("丑", ""), ("寅", "")))]
    path.write_text("\n".join([HOMES, *lines, "H9,演乙,十里镇,东村,否,3,分散安置,80,"]) + "\n", "utf-8")
    assert run("import", path, "--as", "households", "--county", "411522").code in (0, 1)
    return run


def test_a_preview_fits_a_terminal_and_says_that_no_file_is_made_without_a_contact(imported: Run):
    for lang in ("zh", "en"):
        for more in (("--kind", "wall", "--with", "site", "--with", "area", "--with", "subsidy"), ("--kind", "summary")):
            answer = imported("--lang", lang, "report", "notice", "--county", "411522", *more)
            assert answer.code == 0, answer.err
            assert all(columns(line) <= 80 for line in answer.out.splitlines()), answer.out
            assert "演甲" not in answer.out
    assert "联系方式未填" in imported("report", "notice", "--county", "411522").out


def test_the_json_of_a_notice_holds_what_stands_on_it_and_who_was_left_out(imported: Run):
    told = json.loads(imported("report", "notice", "--county", "411522", *CONTACT, "--json").out)
    assert (told["kind"], told["count"], told["facts"]["own_cost"]) == ("wall", 3, 1)
    assert [row[1] for row in told["parts"][0]["rows"]] == ["演**"] * 3


def test_a_file_is_written_by_its_ending_and_what_cannot_be_is_refused_with_two(imported: Run, tmp_path: Path):
    out = tmp_path / "公示.pdf"
    assert imported("report", "notice", "--county", "411522", *CONTACT, "-o", out).code == 0
    assert out.read_bytes()[:5] == b"%PDF-"
    for arguments, said in (
        (("--county", "411522", *CONTACT, "-o", tmp_path / "公示.docx"), "不能写成"),
        (("--county", "411522", "-o", tmp_path / "又.pdf"), "没有写有异议向谁反映"),
        (("--county", "411599"), "没有可以公示的记录"),
        (("--county", "411522", "--village", "西村"), "台账里没有“西村”"),
        (("--county", "411522", *CONTACT, "-o", tmp_path / "没有" / "公示.pdf"), "不能写入"),
    ):
        answer = imported("report", "notice", *arguments)
        assert (answer.code, said in answer.err) == (2, True), answer
    assert not (tmp_path / "公示.docx").exists()


def test_villages_with_something_left_are_listed_and_the_code_says_so(imported: Run):
    answer = imported("report", "notice-match", "--county", "411522")
    assert answer.code == 1
    assert all(columns(line) <= 80 for line in answer.out.splitlines()), answer.out
    assert "1 个村里有 1 个还有要补的。" in answer.out
    told = json.loads(imported("report", "notice-match", "--county", "411522", "--json").out)
    assert (told["totals"]["missing"] + told["totals"]["uncompared"], told["villages"][0]["displayed"]) == (3, "nothing")
