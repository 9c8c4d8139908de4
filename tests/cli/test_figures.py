"""`relocation report facts`: the card in the terminal, as a file, as JSON, and its five questions."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOUSEHOLDS, Run

REPORTS = "上报编号,指标,上报数,计量单位,上报数据日期,上报场合"


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Run:
    homes, told = tmp_path / "搬迁户.csv", tmp_path / "上报数.csv"
    lines = [f"H{n},演甲,十里镇,是,{3 + n % 2},201{7 + n % 3}-03-05,{'集中' if n % 3 else '分散'}安置,80" for n in range(9)]
    homes.write_text("\n".join([HOUSEHOLDS, *lines]) + "\n", "utf-8")
    told.write_text(f"{REPORTS}\nR1,搬迁户数,60,户,2019-12-31,汇报\n", "utf-8")
    run("import", homes, "--as", "households", "--county", "411523")
    run("import", told, "--as", "reports", "--county", "411523")
    run("check", "--as-of", "2019-12-31")
    return run


def test_the_card_is_told_and_written_and_a_report_that_differs_fails_the_command(imported: Run, tmp_path: Path):
    from relocation.cli.speaking import columns

    answer = imported("report", "facts", "--county", "411523")
    assert answer.code == 1 and "建档立卡搬迁户数" in answer.out and "60 户" in answer.out
    assert "上报与台账不符 1 处" in answer.err and "多报 51 户" in answer.err
    for lang in ("zh", "en"):
        assert all(columns(line) <= 80 for line in imported("--lang", lang, "report", "facts").out.splitlines())
    for name, begins in (("卡.pdf", b"%PDF"), ("卡.xlsx", b"PK")):
        assert imported("report", "facts", "-o", tmp_path / name).code == 1
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert imported("report", "facts", "-o", tmp_path / "卡.docx").code == 2
    assert imported("report", "facts", "--township", "没有这个镇").code == 2
    assert "facts.pdf" in imported("log", "--json").out


def test_the_json_bears_value_unit_day_and_report_of_every_figure(imported: Run):
    made = json.loads(imported("report", "facts", "--json").out)
    figures = {one["id"]: one for one in made["figures"]}
    assert (figures["poor-households"]["value"], figures["poor-households"]["unit"], figures["poor-households"]["as_of"]) == (9, "households", "2019-12-31")
    assert figures["poor-persons"]["value"] == 5 * 3 + 4 * 4  # those of even number have three persons
    assert figures["concentrated-households"]["value"] == 6 and figures["sites"]["value"] is None and figures["sites"]["missing"]
    assert [(one["value"], one["recorded"], one["difference"]) for one in figures["poor-households"]["reported"]] == [(60, 9, 51)]


def test_the_questions_of_a_seed_are_the_same_twice(imported: Run):
    one, other = (json.loads(imported("report", "facts", "--test", "--seed", "7", "--json").out) for _ in range(2))
    assert one == other and one["questions"]
    assert all(len(set(each["options"])) == 4 for each in one["questions"])
    told = imported("report", "facts", "--test", "--seed", "7")
    assert told.code == 0 and "答案" in told.out and one["questions"][0]["options"][0] in told.out
