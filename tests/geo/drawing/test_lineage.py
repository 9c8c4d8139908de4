"""What two files tell of their past: descent, order, and what does not fit; missing facts tell nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.compare.lineage import Past, day_in, lineage
from geo.drawing.compare.placing import Similarity
from geo.drawing.difference import Difference
from geo.drawing.dwelling import Plans, TitleBlock, UnitOfMeasure
from geo.drawing.model import Drawing, Lineage
from tests.geo.drawing.made import Pen, carried, plan

MM = Plans(UnitOfMeasure(0.001, ()))
MARCH, JUNE = datetime(2017, 3, 5, 9, tzinfo=UTC), datetime(2017, 6, 20, 9, tzinfo=UTC)
DESIGN = Lineage(datetime(2017, 3, 1, tzinfo=UTC), MARCH, fingerprint="{AB-1}", next_handle=0x200)
SHEET = TitleBlock(number="建施-03", name="户型平面图", revision="A", dated="2017.03.05")


def edited() -> Pen:
    pen = plan()
    pen.line(5000, 2500, 6000, 3900, "FURN")
    return pen


def past(old: Lineage, new: Lineage, titles: tuple[TitleBlock, TitleBlock] | None = None, pen: Pen | None = None) -> Past:
    one, two = replace(plan().drawing(), lineage=old), replace((pen or edited()).drawing(), lineage=new)
    plans = [replace(MM, title_blocks=(title,)) for title in titles] if titles else [MM, MM]
    return lineage(one, two, compare(one, two, MM, MM), *plans)


def codes(found: Past) -> list[str]:
    return [flag.code for flag in found.flags]


def test_one_file_saved_on_has_an_order_by_its_days_and_its_running_numbers() -> None:
    found = past(DESIGN, replace(DESIGN, updated_at=JUNE, next_handle=0x300))
    assert (found.same_fingerprint, found.order, found.confidence, codes(found)) == (True, "new", "high", [])


def test_two_files_have_an_order_by_their_days_alone() -> None:
    found = past(DESIGN, replace(DESIGN, updated_at=JUNE, fingerprint="{CD-2}"))
    assert (found.same_fingerprint, found.order, found.confidence) == (False, "new", "medium")


def test_days_and_running_numbers_that_contradict_each_other_leave_little_to_rely_on() -> None:
    assert past(DESIGN, replace(DESIGN, updated_at=JUNE, next_handle=0x100)).confidence == "low"


def test_a_design_saved_after_the_construction_drawing_raises_a_clue_with_both_days() -> None:
    found = past(replace(DESIGN, updated_at=JUNE), DESIGN)
    (flag,) = found.flags
    assert (flag.code, flag.facts["why"], flag.facts["old_on"], flag.facts["new_on"]) == ("F2", "saved-after-construction", "2017-06-20", "2017-03-05")
    assert found.order == "old"


@pytest.mark.parametrize("later", [timedelta(minutes=30), timedelta()])
def test_two_files_saved_in_one_sitting_have_no_order(later: timedelta) -> None:
    assert codes(past(replace(DESIGN, updated_at=MARCH + later), DESIGN)) == []


def test_local_time_without_its_zone_tells_no_order_within_a_day() -> None:
    local = replace(DESIGN, updated_at=MARCH.replace(tzinfo=None) + timedelta(hours=20))
    assert codes(past(local, DESIGN)) == []
    assert codes(past(replace(local, updated_at=JUNE.replace(tzinfo=None)), DESIGN)) == ["F2"]


def test_a_file_begun_long_after_the_day_it_bears_raises_a_clue_only_where_it_differs() -> None:
    late = Lineage(datetime(2019, 9, 1, tzinfo=UTC), datetime(2019, 9, 2, tzinfo=UTC))
    second = replace(SHEET, revision="B", dated="2017.06.20")
    (flag,) = past(DESIGN, late, (SHEET, second)).flags
    assert (flag.code, flag.facts["why"], flag.facts["side"], flag.facts["dated"]) == ("F2", "begun-after-its-date", "new", "2017-06-20")
    assert codes(past(DESIGN, late, (SHEET, second), plan())) == []


def test_another_drawing_under_the_same_revision_and_date_raises_a_clue() -> None:
    assert codes(past(DESIGN, replace(DESIGN, updated_at=JUNE), (SHEET, SHEET))) == ["F7"]
    assert codes(past(DESIGN, replace(DESIGN, updated_at=JUNE), (SHEET, replace(SHEET, revision="B")))) == []
    assert codes(past(DESIGN, replace(DESIGN, updated_at=JUNE), (SHEET, SHEET), plan())) == []
    reworded = plan()
    reworded.text("改后说明", 5000, 2500)
    (flag,) = past(DESIGN, replace(DESIGN, updated_at=JUNE), (SHEET, SHEET), reworded).flags
    assert (flag.code, flag.facts.get("why")) == ("F7", "written")  # nothing drawn differs
    blank = replace(SHEET, revision="", dated="")
    assert codes(past(DESIGN, replace(DESIGN, updated_at=JUNE), (blank, blank))) == []


def test_nothing_is_told_where_the_files_keep_nothing() -> None:
    found = past(Lineage(), Lineage())
    assert (found.same_fingerprint, found.order, found.confidence, codes(found)) == (None, "unknown", "low", [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2017.03.05", date(2017, 3, 5)),
        ("2017年3月5日", date(2017, 3, 5)),
        ("2017-3-5", date(2017, 3, 5)),
        ("2017/12", date(2017, 12, 31)),
        ("2017年2月", date(2017, 2, 28)),
        ("出图日期：2017.03", date(2017, 3, 31)),
        ("", None),
        ("03-05", None),
        ("2017.13.05", None),
    ],
)
def test_a_day_is_read_as_title_blocks_write_it(written: str, day: date | None) -> None:
    assert day_in(written) == day


def shared(old: Drawing, new: Drawing) -> float:
    return lineage(old, new, compare(old, new, MM, MM)).handle_overlap


def test_handles_are_shared_where_the_same_entity_stands_under_them_wherever_the_drawing_lies() -> None:
    old = plan().drawing()
    assert shared(old, old) == 1.0
    assert shared(old, carried(old, Similarity(1j, 5e6 - 300j))) == 1.0


def test_handles_that_stand_under_other_entities_are_not_shared() -> None:
    old = plan().drawing()
    turned = tuple(reversed(old.entities.handle))
    assert shared(old, replace(old, entities=replace(old.entities, handle=turned))) < 0.2
    renumbered = tuple(f"F{handle}" for handle in old.entities.handle)
    assert shared(old, replace(old, entities=replace(old.entities, handle=renumbered))) == 0.0


def test_an_outline_that_changed_in_a_later_save_raises_a_clue_unless_a_new_revision_is_written() -> None:
    one, two = (replace(plan().drawing(), lineage=each) for each in (DESIGN, replace(DESIGN, updated_at=JUNE)))
    area = Difference("a", "changed", "area", "", 75.0, 81.0, (8.2, 22.2))
    comparison = replace(compare(one, two, MM, MM), differences=(area,))
    (flag,) = lineage(one, two, comparison, MM, MM).flags
    assert (flag.code, flag.facts["before_m2"], flag.facts["after_m2"]) == ("F6", 75.0, 81.0)
    declared = (replace(MM, title_blocks=(SHEET,)), replace(MM, title_blocks=(replace(SHEET, revision="B"),)))
    assert lineage(one, two, comparison, *declared).flags == ()
    other = replace(two, lineage=replace(two.lineage, fingerprint="{CD-2}"))
    assert lineage(one, other, comparison, MM, MM).flags == ()
