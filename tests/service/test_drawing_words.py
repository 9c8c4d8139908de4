"""What a comparison of two drawings says: each side under its own name and of itself alone, and of persons who gave them."""

from dataclasses import replace
from typing import Any

import pytest

from relocation.reports.told import told
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
