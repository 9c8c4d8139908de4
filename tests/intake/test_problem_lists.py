"""Problem lists are read as inspectors send them, and what they leave open stays open."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from relocation.intake.problems import ProblemList, read_problems
from relocation.intake.refusal import Unusable
from tests.data.demo_county.problem_books import BOOKS, SEED, write_problem_lists
from tests.data.demo_county.problem_lists import lists

Write = Callable[..., ProblemList]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lists")
    write_problem_lists(made)
    return made


@pytest.fixture
def read(tmp_path: Path) -> Write:
    """Return a reader of a sheet given as rows, merged areas given as Excel writes them."""

    def write(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int, str]] = ()) -> ProblemList:
        path = tmp_path / "清单.xlsx"
        book: Any = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("清单")
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(at, column, value)
        for area in merged:
            page.merge_range(*area)
        book.close()
        return read_problems(path, path.name)

    return write


HEAD = ["序号", "问题类别", "问题描述", "责任单位", "整改时限"]


@pytest.mark.parametrize("tier", BOOKS)
def test_the_made_up_lists_are_read_whole_with_the_text_and_number_of_every_item(folder: Path, tier: str) -> None:
    said = read_problems(folder / BOOKS[tier], BOOKS[tier])
    wanted = {one.number: one.text for one in lists(SEED)[tier]}
    assert {int(one.number[-4:].strip("〕")): one.text for one in said.problems} == wanted
    assert not said.refusals
    assert {note.code for note in said.notes} >= {"list-read", "row-note"}


def test_groups_over_headings_and_areas_merged_downwards_are_read(folder: Path) -> None:
    provincial = read_problems(folder / BOOKS["provincial"], BOOKS["provincial"])
    first = lists(SEED)["provincial"][0]
    assert (provincial.problems[0].township, provincial.problems[0].village, provincial.problems[0].site) == (first.township, first.village, first.site)
    municipal = read_problems(folder / BOOKS["municipal"], BOOKS["municipal"])
    assert all(one.township for one in municipal.problems)


def test_totals_notes_titles_and_section_rows_are_no_items(read: Write) -> None:
    said = read([["督查问题清单"], HEAD, ["一、选址方面（1个）"], [1, "选址", "甲点不靠集镇", "发改委", ""], ["合计", "", "1个"], ["注：虚构"]])
    assert [(one.row, one.text) for one in said.problems] == [(4, "甲点不靠集镇")]
    assert said.title == "督查问题清单"


@pytest.mark.parametrize(
    ("said", "day"),
    [("2019年11月30日前", date(2019, 11, 30)), ("2019.11.30", date(2019, 11, 30)), ("2019-11-30之前", date(2019, 11, 30)), (43799, date(2019, 11, 30))],
)
def test_a_deadline_is_the_day_it_names(read: Write, said: Any, day: date) -> None:
    assert read([HEAD, [1, "选址", "甲点不靠集镇", "发改委", said]]).problems[0].due_on == day


@pytest.mark.parametrize(
    "said", ["立行立改", "长期坚持", "2019年11月底前", "2019年11月", "已完成", "一个月内", "15个工作日内", "3月底", "年底前", "11月30日前", "下个礼拜"]
)
def test_a_deadline_that_names_no_day_is_left_open_and_told_of(read: Write, said: str) -> None:
    found = read([HEAD, [1, "选址", "甲点不靠集镇", "发改委", said]])
    assert (found.read, len(found.problems), found.refusals) == (1, 1, ())
    assert (found.problems[0].due_on, found.problems[0].due_said) == (None, said)
    assert [(note.facts["said"], str(note.facts["cells"][0])) for note in found.notes if note.code == "list-no-day"] == [(said, "E2")]


@pytest.mark.parametrize("said", ["2019-13-45", "2019年2月30日前", "30/11/19"])
def test_a_deadline_that_cannot_be_read_refuses_its_row_with_the_cell(read: Write, said: str) -> None:
    found = read([HEAD, [1, "选址", "甲点不靠集镇", "发改委", said], [2, "选址", "乙点不靠集镇", "发改委", ""]])
    assert [one.cell for one in found.refusals] == ["E2"]
    assert [one.number for one in found.problems] == ["2"]


def test_a_row_without_a_problem_is_refused_where_its_text_should_be(read: Write) -> None:
    found = read([HEAD, [1, "选址", "", "发改委", "2019-11-30"], [2, "选址", "乙点不靠集镇", "发改委", ""]])
    assert [(one.code, one.cell) for one in found.refusals] == [("missing", "C2")]


def test_numbers_that_repeat_or_lack_are_counted_off_and_that_is_said(read: Write) -> None:
    found = read([HEAD, [1, "选址", "甲", "发改委", ""], [1, "选址", "乙", "发改委", ""], ["", "选址", "丙", "发改委", ""]])
    assert [one.number for one in found.problems] == ["1", "2", "3"]
    assert "list-counted" in {note.code for note in found.notes}


def test_a_text_like_a_formula_or_a_number_stays_what_it_says(read: Write) -> None:
    found = read([["序号", "问题描述", "责任单位"], ["1", "'=1+1", "发改委"], ["2", "@SUM(A1)", "000123"]])
    assert [(one.text, one.unit) for one in found.problems] == [("'=1+1", "发改委"), ("@SUM(A1)", "000123")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([["甲", "乙"], [1, 2]], "list-not-recognised"), ([HEAD], "no-rows"), ([["问题描述", "问题描述", "责任单位"], ["甲", "乙", "丙"]], "heading-twice")],
)
def test_a_file_that_is_no_list_is_refused_with_what_was_seen(read: Write, rows: Sequence[Sequence[Any]], code: str) -> None:
    with pytest.raises(Unusable) as wrong:
        read(rows)
    assert wrong.value.refusal.code == code
    assert wrong.value.refusal.mend("zh") and wrong.value.refusal.reason("en")


@pytest.mark.parametrize("name", ["清单.docx", "清单.pdf", "清单"])
def test_another_format_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / "清单"
    path.write_bytes(b"anything")
    with pytest.raises(Unusable) as wrong:
        read_problems(path, name)
    assert wrong.value.refusal.code == "list-format"


@pytest.mark.parametrize("heading", ["发现的主要问题", "主要问题", "存在的主要问题", "反馈问题", "问题内容", "发现问题"])
def test_a_problem_is_known_by_the_headings_that_inspectors_give_it(read: Write, heading: str) -> None:
    found = read(
        [["附件3"], ["2019年全省易地扶贫搬迁问题清单"], ["填报单位：县发改委"], ["2019年10月8日"], ["序号", heading, "责任单位"], [1, "甲点不靠集镇", "发改委"]]
    )
    assert [one.text for one in found.problems] == ["甲点不靠集镇"]
    assert found.title == "2019年全省易地扶贫搬迁问题清单"


def test_a_list_whose_only_line_above_is_an_annex_number_has_no_title(read: Write) -> None:
    assert read([["附件3"], HEAD, [1, "选址", "甲点不靠集镇", "发改委", ""]]).title == ""


def test_headings_that_are_not_known_are_quoted_and_not_the_line_above_them(read: Write) -> None:
    with pytest.raises(Unusable) as wrong:
        read([["附件3", "", "", "", ""], ["问题汇总表"], ["序号", "甲栏", "乙栏", "责任单位"], [1, "一件事", "又一件事", "发改委"]])
    assert wrong.value.refusal.facts["seen"] == "序号、甲栏、乙栏、责任单位"
