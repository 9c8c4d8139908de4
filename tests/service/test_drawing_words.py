"""What a comparison of two drawings says: each side under its own name and of itself alone, and of persons who gave them."""

from dataclasses import replace
from typing import Any

import pytest

from geo.drawing.difference import Difference
from relocation.reports.comparison_sheet import Decision
from relocation.reports.describing import described
from relocation.reports.told import told
from relocation.service import Trouble
from relocation.service.drawings.pairing import ComparisonReport, compare_files
from tests.drawings.pasts import DESIGN
from tests.drawings.unit_types import C, UnitType, deepened
from tests.service.drawn import NOW, Desk, plan

LARGE = deepened(C, 3900, 600)  # 81 m² for three
D = replace(C, label="D户型")


def compared(office: Desk, design: UnitType, built: UnitType, **more: Any) -> ComparisonReport:
    """Return two unit types compared as two files on the table."""
    files = office.file("设计图.dxf", plan(design)), office.file("施工图.dxf", plan(built))
    return compare_files(office.store, *files, as_of=NOW.date(), **more)


def lines(report: ComparisonReport, lang: str = "zh") -> str:
    return "\n".join(text for part in told(report.sheet, lang) for _depth, text, _outcome in part.lines)


def test_a_renamed_unit_type_shows_both_names_and_says_so(office: Desk) -> None:
    report = compared(office, C, D)
    (one,) = report.sheet.unit_types
    assert (one.label, one.renamed, one.labels) == ("C户型 → D户型", True, ("C户型", "D户型"))
    assert "户型换了：设计图上是“C户型”，施工图上是“D户型”" in lines(report)
    assert one.old is not None
    assert one.new is not None
    assert one.old.sentence["zh"].startswith("C户型：")
    assert one.new.sentence["zh"].startswith("D户型：")
    assert report.json("zh")["unit_types"][0]["renamed"] is True


@pytest.mark.parametrize(("label", "persons"), [("D户型", (3, 4)), ("c", (4, 3))])
def test_persons_given_for_one_name_go_to_the_drawing_that_bears_it(office: Desk, label: str, persons: tuple[int, int]) -> None:
    (one,) = compared(office, C, D, persons={label: 4}).sheet.unit_types
    assert one.old is not None
    assert one.new is not None
    assert (one.old.persons, one.new.persons) == persons


def test_the_ledger_speaks_to_the_drawing_that_bears_its_name(office: Desk) -> None:
    office.ledger("S1-D,D户型,S1,是,2,2017-04-01,20,50")
    report = compared(office, C, D, county="990100", site="S1")
    (one,) = report.sheet.unit_types
    assert one.old is not None
    assert one.new is not None
    assert (one.old.persons, one.new.persons) == (3, 2)
    assert "台账登记供 2 人居住" in one.new.sentence["zh"]
    assert "台账登记" not in one.old.sentence["zh"]
    assert "登记 50" not in lines(report)  # an area on file for D says nothing of C


def test_either_sentence_speaks_of_its_own_drawing_only(office: Desk) -> None:
    (one,) = compared(office, LARGE, C).sheet.unit_types
    assert one.old is not None
    assert one.new is not None
    assert "施工图" not in one.old.sentence["zh"]
    assert "设计图" not in one.new.sentence["zh"]
    assert "none supplied" not in one.old.sentence["en"] + one.new.sentence["en"]


def test_persons_given_for_a_comparison_are_not_laid_to_the_ledger(office: Desk) -> None:
    (one,) = compared(office, C, C, persons={"C": 2}).sheet.unit_types
    assert one.new is not None
    assert "本次比对给出的是供 2 人居住，施工图上写的是 3 人" in one.new.sentence["zh"]
    assert "台账登记" not in one.new.sentence["zh"]
    assert "ledger has" not in one.new.sentence["en"]


def test_a_day_that_is_not_known_is_not_spoken_of_and_no_file_is_said_to_lack_what_it_keeps(office: Desk) -> None:
    files = office.file("设计图.dxf", plan(C, past=DESIGN)), office.file("施工图.dxf", plan(LARGE))
    (clues,) = compare_files(office.store, *files, as_of=NOW.date()).sheet.lineage
    assert "（未填）" not in clues.sentence["zh"]
    assert "(not recorded)" not in clues.sentence["en"]
    assert "设计批复于" not in clues.sentence["zh"]
    assert "设计图保存于 2017年" in clues.sentence["zh"]


def test_the_first_lines_say_what_matters(office: Desk) -> None:
    first = told(compared(office, LARGE, C).sheet, "zh")[0]
    assert first.lines[0][1] == "C户型：设计图每人 27.00 ㎡ 不合规；施工图每人 25.00 ㎡ 合规"
    assert "组差异" in first.lines[1][1]


def test_an_error_of_measuring_that_would_be_written_as_nothing_is_left_out_without_a_trace(office: Desk) -> None:
    said = lines(compared(office, LARGE, C))
    assert "设计图比施工图大 6 平方米，相差 8%" in said
    assert "±0" not in said
    assert "（未填）" not in said


def test_a_rule_that_two_sentences_rest_on_is_named_once_and_every_sentence_has_its_verdict_before_it(office: Desk) -> None:
    parts = {part.title: [text for _depth, text, _outcome in part.lines] for part in told(compared(office, C, C).sheet, "zh")}
    assert "\n".join(parts["户型与每人面积"]).count("发改地区〔2016〕2022号") == 1
    assert [text[:2] for text in parts["检查"]] == ["合规"] * 3
    assert "依据同上" in parts["检查"][2]


def test_more_persons_are_told_as_what_makes_the_area_a_person_smaller(office: Desk) -> None:
    said = lines(compared(office, replace(C, persons=3), replace(C, persons=4)))
    assert "人数由 3 人变为 4 人，人均 -6.25 ㎡" in said
    assert "面积 +0.00" not in said
    assert "±0" not in said


def test_a_set_tells_walls_before_areas_and_rooms_and_texts_last_and_sets_come_by_their_numbers(office: Desk) -> None:
    part = next(part for part in told(compared(office, LARGE, C).sheet, "zh") if part.title == "差异")
    texts = [text for _depth, text, _outcome in part.lines]
    head = next(at for at, text in enumerate(texts) if "墙移动" in text)
    assert texts[head + 1].startswith(("内墙", "外墙"))
    numbers = [text.split("组")[0] for depth, text, _outcome in part.lines if depth == 0]
    assert numbers == [f"第 {n} " for n in range(1, len(numbers) + 1)]


def test_one_file_given_twice_and_two_files_swapped_are_said_to_be(office: Desk) -> None:
    one = office.file("施工图.dxf", plan(C))
    two = office.file("设计图.dxf", plan(LARGE))
    copy = office.file("拷贝.dxf", plan(C))
    for construction, notice in ((copy, "两份文件完全相同"), (two, "两份文件可能放反了")):
        assert notice in lines(compare_files(office.store, one, construction, as_of=NOW.date()))
    assert "放反" not in lines(compare_files(office.store, two, one, as_of=NOW.date()))


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"persons": {"Z户型": 3}}, "C户型"),
        ({"site": "S9"}, "S9"),
        ({"county": "530129"}, "530129"),
        ({"county": "12"}, "12"),
        ({"institute": "无名院"}, "无名院"),
    ],
    ids=["unit type", "site", "county", "no county", "institute"],
)
def test_what_is_not_known_is_refused_with_what_there_is(office: Desk, asked: dict[str, Any], known: str) -> None:
    with pytest.raises(Trouble) as refused:
        compared(office, C, C, **asked)
    assert known in refused.value.reason("zh") + refused.value.mend("zh")
    assert refused.value.mend("en")


def test_a_decision_on_a_difference_is_told_with_its_reason(office: Desk) -> None:
    sheet = compared(office, LARGE, C).sheet
    decided = replace(sheet, decisions={id: Decision("finding", reason="未见变更手续") for id in sheet.comparison.change_sets[0].members})
    assert "处理：作为问题（未见变更手续）" in "\n".join(text for part in told(decided, "zh") for _depth, text, _outcome in part.lines)


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        ("wall", 0.07, 0.091, "长 70 mm → 91 mm"),
        ("arc", 0.8, 0.9, "半径 800 mm → 900 mm"),
        ("wall", "32", "76", "32 段 → 76 段"),
        ("text", "32", "76", "“32” → “76”"),
    ],
)
def test_the_figures_of_a_change_say_what_they_are(what: str, before: Any, after: Any, said: str) -> None:
    one = Difference("d", "changed", what, "WALL", before, after, (0.0, 0.0))
    assert described(one, "zh", metres=True).endswith(said)
