"""`relocation compare` and `relocation import … --as design` in the terminal: words, width, exit codes, files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from relocation.cli.speaking import columns
from tests.drawings.dwg import dwg
from tests.drawings.hostile import hostile_files, with_custom_walls
from tests.drawings.pasts import DESIGN, OWN
from tests.drawings.planting import moved_wall
from tests.drawings.sheets import moved
from tests.drawings.strokes import Similarity
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import C, deepened
from tests.drawings.writing import Form, dxf
from tests.service.drawn import SITES, TYPES, drawn, plan
from tests.web.drawn import fan

LARGE = deepened(C, 3900, 600)  # 81 m² for three
WALL = moved_wall(C, "x", 3540, 300, Manner())


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Return a design that is too large and a construction drawing that is not, the latter as DWG and turned on its sheet."""
    design, built = tmp_path / "设计图.dxf", tmp_path / "施工图.dwg"
    design.write_bytes(plan(LARGE, past=DESIGN))
    built.write_bytes(dwg(moved(drawn(C), Similarity(turned_deg=90.0, dx=40000.0)), Form(past=OWN)))
    return design, built


@pytest.fixture
def walls(tmp_path: Path) -> tuple[Path, Path]:
    """Return two drawings of one type with an inner wall moved by 300 mm."""
    old, new = tmp_path / "旧.dxf", tmp_path / "新.dxf"
    old.write_bytes(dxf(WALL.old))
    new.write_bytes(dxf(WALL.new))
    return old, new


def test_a_pair_is_told_with_the_area_per_person_by_both_drawings(run: Any, pair: tuple[Path, Path]) -> None:
    answer = run("compare", *pair, "--approved-on", "2017-04-01")
    assert answer.code == 1  # the design breaks a formal rule
    assert answer.err == ""
    assert "设计图 81.00 ㎡ ÷ 3 人 = 27.00 ㎡/人　不合规" in answer.out
    assert "施工图 75.00 ㎡ ÷ 3 人 = 25.00 ㎡/人　合规" in answer.out
    assert answer.out.count("从设计图到施工图：面积 -6.00 ㎡，人均 -2.00 ㎡") == 2  # of the unit type, and at the set that does it
    assert "旋转 " in answer.out
    assert "设计图面积超标而施工图合规" in answer.out.replace("\n", "").replace(" ", "")


def test_which_wall_moved_and_by_how_much_is_said_in_words(run: Any, walls: tuple[Path, Path]) -> None:
    answer = run("compare", *walls)
    assert answer.code == 0
    assert re.search("内墙（[^）]*主卧[^）]*）向右移动 300 mm", answer.out)
    assert "C户型" in answer.out
    assert "面积不变" in answer.out
    assert "不改变建筑面积和人均面积" in answer.out
    english = run("compare", *walls, "--lang", "en")
    assert re.search("inner wall beside [^:]*主卧[^:]* moved 300 mm to the right", " ".join(english.out.split()))
    assert "from design to construction: the area stays the same" in english.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_eighty_columns(run: Any, pair: tuple[Path, Path], lang: str) -> None:
    answer = run("compare", *pair, "--layers", "--lang", lang)
    assert not [line for line in answer.out.splitlines() if columns(line) > 80]


def test_the_json_has_every_member_of_the_contract(run: Any, walls: tuple[Path, Path]) -> None:
    said = json.loads(run("compare", *walls, "--json").out)
    assert set(said["aligned"]) >= {"scale", "rotation_deg", "dx", "dy", "mirrored", "residual_m"}
    (one,) = said["unit_types"]
    assert one["label"] == "C户型"
    assert {"persons", "outcome", "sentence", "rooms", "gross_m2"} <= set(one["design"])
    wall = next(one for one in said["differences"] if (one["kind"], one["what"]) == ("moved", "wall"))
    assert {"kind", "what", "layer", "before", "after", "where", "set"} <= set(wall)
    assert wall["moved_m"] == pytest.approx(0.3, abs=0.001)
    assert {one["check"] for one in said["lineage"]} == {"drawing-lineage"}
    assert isinstance(said["not_compared"], list)


@pytest.mark.parametrize("suffix", [".html", ".svg", ".pdf", ".dxf", ".xlsx", ".json"])
def test_a_report_is_written_as_its_suffix_says_and_the_same_again(run: Any, walls: tuple[Path, Path], tmp_path: Path, suffix: str) -> None:
    one, two = tmp_path / f"报告1{suffix}", tmp_path / f"报告2{suffix}"
    answer = run("compare", *walls, "-o", one)
    assert answer.code == 0
    assert one.name in answer.out
    run("compare", *walls, "-o", two)
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes()) > 1000


def test_a_report_of_an_unknown_kind_or_in_no_folder_is_refused_before_anything_is_read(run: Any, tmp_path: Path) -> None:
    absent = tmp_path / "没有.dwg"
    assert "out.png" in run("compare", absent, absent, "-o", tmp_path / "out.png").err
    assert run("compare", absent, absent, "-o", tmp_path / "none" / "out.html").code == 2


@pytest.mark.parametrize("one", [one for one in hostile_files() if one.fate == "refused"], ids=lambda one: one.name)
def test_a_file_that_cannot_be_read_is_refused_in_words(run: Any, tmp_path: Path, one: Any) -> None:
    good, bad = tmp_path / "好.dxf", tmp_path / one.file
    good.write_bytes(plan(C))
    bad.write_bytes(one.data)
    answer = run("compare", good, bad)
    assert answer.code == 2
    assert answer.out == ""
    assert one.file in answer.err
    assert "Traceback" not in answer.err


def test_a_file_that_is_not_there_is_a_usage_error(run: Any, tmp_path: Path) -> None:
    answer = run("compare", tmp_path / "a.dwg", tmp_path / "b.dwg")
    assert answer.code == 2
    assert "a.dwg" in answer.err


def test_objects_nobody_reads_are_told_and_nothing_passes(run: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "天正.dxf", tmp_path / "施工图.dxf"
    one.write_bytes(with_custom_walls(plan(C)))
    two.write_bytes(plan(C))
    answer = run("compare", one, two)
    assert "有 7 个“TCH_WALL”对象谁也读不出" in answer.out
    assert "㎡/人　缺资料" in answer.out


def test_persons_given_on_the_line_are_judged_by(run: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "a.dxf", tmp_path / "b.dxf"
    one.write_bytes(plan(C))
    two.write_bytes(plan(C))
    said = json.loads(run("compare", one, two, "--persons", "C户型=2", "--json").out)
    assert [side["persons"] for side in (said["unit_types"][0]["design"], said["unit_types"][0]["construction"])] == [2, 2]
    assert run("compare", one, two, "--persons", "C户型").code == 2


def test_layers_are_listed_with_what_they_were_taken_for(run: Any, walls: tuple[Path, Path]) -> None:
    answer = run("compare", *walls, "--layers")
    assert "设计图 墙体：墙，" in answer.out
    said = json.loads(run("compare", *walls, "--layers", "--json").out)
    assert {(one["layer"], one["role"]) for one in said["layers"]} >= {("墙体", "wall"), ("标注", "dimension")}


def test_a_drawing_is_imported_by_its_role_and_site_and_judged(run: Any, tmp_path: Path, pair: tuple[Path, Path]) -> None:
    sites, types = tmp_path / "安置点.csv", tmp_path / "户型.csv"
    sites.write_text(SITES, "utf-8")
    types.write_text(f"{TYPES}\nS1-C,C户型,S1,是,3,2017-04-01,20,75\n", "utf-8")
    assert run("import", sites, "--county", "990100").code == 0
    assert run("import", types, "--as", "unit-types", "--county", "990100").code == 0
    first = run("import", pair[0], "--as", "design", "--site", "S1")
    assert first.code == 0
    assert "C户型" in first.out
    said = json.loads(run("import", pair[1], "--as", "construction", "--site", "S1", "--json").out)
    assert {"kind", "read", "added", "changed", "unchanged", "refused", "refusals"} <= set(said)
    assert (said["kind"], said["added"]) == ("drawings", 1)
    again = json.loads(run("import", pair[1], "--as", "construction", "--site", "S1", "--json").out)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)
    assert run("check").code == 1
    found = json.loads(run("findings", "--check", "unit-type-area", "--format", "json").out)["findings"]
    assert [(one["subject"], one["outcome"], one["measured"]) for one in found] == [("S1-C", "fail", 27)]
    traced = run("explain", "unit-type-area:S1-C")
    assert "设计图.dxf" in traced.out
    assert "施工图.dwg" in traced.out


def test_a_drawing_of_an_unknown_site_is_refused_with_the_mend(run: Any, tmp_path: Path, pair: tuple[Path, Path]) -> None:
    sites = tmp_path / "安置点.csv"
    sites.write_text(SITES, "utf-8")
    run("import", sites, "--county", "990100")
    answer = run("import", pair[0], "--as", "design", "--site", "S9")
    assert answer.code == 2
    assert "S9" in answer.err


def test_a_blank_ledger_of_unit_types_is_made_and_asks_nothing_the_program_fills_in(run: Any, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    out = tmp_path / "户型.xlsx"
    assert run("template", "unit-types", "-o", out).code == 0
    headings = {str(cell) for row in CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()[:6] for cell in row}
    assert any("居住人数" in one for one in headings)
    assert not any("量得面积" in one for one in headings)


def test_two_drawings_that_do_not_lie_on_each_other_are_no_usable_input_and_the_way_out_is_told(run: Any, tmp_path: Path) -> None:
    one = tmp_path / "a.dxf"
    one.write_bytes(plan(C))
    answer = run("compare", one, fan(tmp_path / "b.dxf"))
    said = answer.out.replace("\n", "").replace(" ", "")
    assert answer.code == 2
    assert "并不是没有差异" in said
    assert "“比对两张图”里选这两个文件；在结果页点“人工对位”" in said
    assert "没有发现差异" not in said
    assert "退出码" in run("compare", "--help").out
    assert "Exit codes" in run("compare", "--help", "--lang", "en").out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("compare",), "缺少 DESIGN"), (("compare", "--foo"), "没有选项 --foo"), (("nonsense",), "没有命令“nonsense”"),
        (("compare", "a", "b", "c"), "多写了“c”"), (("compare", "a", "b", "--approved-on", "x"), "--approved-on 写的是“x”，要写成日期"),
        (("drawings", "decide", "P", "--set", "x"), "--set 写的是“x”，要写成数"), (("drawings", "decide", "P", "--set", "1", "--as", "y"), "approved, finding"),
        (("compare", "--persons"), "缺了它的值"),
    ],
)  # fmt: skip
def test_a_command_written_wrongly_is_answered_in_the_language_asked_for(run: Any, wrong: tuple[str, ...], said: str) -> None:
    answer = run(*wrong)
    assert answer.code == 2
    assert said in answer.err
    assert "命令写得不对" not in run(*wrong, "--lang=en").err
