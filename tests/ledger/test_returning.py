"""The ledger workbook comes back: what was edited is told from what was only moved, and nothing is forced through it."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relocation.intake.refusal import Unusable
from relocation.intake.returned import read_returned
from relocation.ledger.columns import COLUMNS, EDITABLE, edited, mark, plain, written
from relocation.ledger.moves import Move
from relocation.ledger.returning import missing
from relocation.ledger.states import State, Tier
from relocation.reports.ledger_workbook import HEADING_ROW
from tests.ledger.workbooks import AT, COUNTY, FIRST, back, edit, entry, opened, put, sent, told

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://example.org", "000123", "<b>&amp;</b>", "第一行\n第二行", "1.50", "2019-01-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "整改台账.xlsx"


def test_a_workbook_that_nobody_touched_changes_nothing(path: Path) -> None:
    entries = [entry(number, state=state) for number, state in enumerate(State, 1)]
    assert told(back(sent(entries, path), entries)) == ["untouched"] * len(entries)


def test_texts_that_look_like_formulas_numbers_or_links_go_out_as_text_and_come_back_the_same(path: Path) -> None:
    entries = [entry(number, text, measure=text, person=text) for number, text in enumerate(HOSTILE, 1)]
    assert told(back(sent(entries, path), entries)) == ["untouched"] * len(HOSTILE)
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml").split(b"<dataValidations")[0]
        assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")


def test_an_edit_is_shown_old_and_new_and_becomes_moves(path: Path) -> None:
    entries = [entry(1), entry(2)]
    untouched, changed = back(edit(sent(entries, path), put(1, measure="12月底前拆除", person="演甲")), entries)
    assert untouched.outcome.id == "untouched"
    assert [(change.column, change.here, change.there) for change in changed.changes] == [("person", "", "演甲"), ("measure", "", "12月底前拆除")]
    assert [(step.move, dict(step.fields)) for step in changed.steps] == [(Move.EDIT, {"person": "演甲", "measure": "12月底前拆除"})]


def test_a_state_further_on_is_reached_by_its_moves_in_order(path: Path) -> None:
    entries = [entry(1, state=State.ASSIGNED), entry(2)]
    sent(entries, path)
    further, assigned = back(edit(edit(path, put(0, state="待验收", measure="已拆除")), put(1, state="已交办")), entries)
    assert [step.move for step in further.steps] == [Move.EDIT, Move.START, Move.SUBMIT]
    assert [step.move for step in assigned.steps] == [Move.ASSIGN]


@pytest.mark.parametrize("wanted", ["整改中", "待验收"])
def test_what_was_not_assigned_is_not_worked_on(path: Path, wanted: str) -> None:
    entries = [entry(1, measure="拆除")]
    assert told(back(edit(sent(entries, path), put(0, state=wanted)), entries)) == ["refused returned-not-assigned"]


@pytest.mark.parametrize(
    ("tier", "cells", "doubts"),
    [
        (Tier.PROVINCIAL, {"text": "十里镇第1处旧房已拆"}, ["listed"]),
        (Tier.BY_HAND, {"text": "十里镇第1处旧房已拆"}, [""]),
        (Tier.BY_HAND, {"text": "已改好"}, ["stub"]),
        (Tier.BY_HAND, {"text": "拆旧不力"}, [""]),
        (Tier.BY_HAND, {"unit": "", "measure": "拆"}, ["emptied", ""]),
    ],
)
def test_a_change_that_would_damage_is_doubtful(path: Path, tier: Tier, cells: dict[str, str], doubts: list[str]) -> None:
    entries = [entry(1, tier=tier)]
    (answer,) = back(edit(sent(entries, path), put(0, **cells)), entries)
    assert [change.doubt.id if change.doubt else "" for change in answer.changes] == doubts
    assert answer.doubtful == any(doubts)


def test_the_list_of_states_holds_what_is_reached_through_a_workbook(path: Path) -> None:
    sheet = opened(sent([entry(1, state=State.VERIFIED_CLOSED)], path))
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if "待验收" in str(rule.formula1)]
    assert rule.formula1 == '"已交办,整改中,待验收"'
    assert sheet.cell(FIRST, AT["state"]).value == "已销号"


@pytest.mark.parametrize(
    ("changes", "cells", "why"),
    [
        ({}, {"state": "已销号"}, "returned-state-elsewhere"),
        ({}, {"state": "不属实"}, "returned-state-elsewhere"),
        ({}, {"state": "限期接受"}, "returned-state-elsewhere"),
        ({"state": State.SUBMITTED}, {"state": "退回"}, "returned-state-elsewhere"),
        ({"state": State.SUBMITTED}, {"state": "已交办"}, "returned-state-refused"),
        ({"state": State.RECTIFYING}, {"state": "待验收"}, "returned-need-measure"),
        ({"unit": ""}, {"state": "已交办"}, "returned-need-unit"),
        ({}, {"state": "办完了"}, "returned-state-word"),
        ({"state": State.VERIFIED_CLOSED}, {"text": "改一改"}, "returned-closed"),
        ({}, {"text": ""}, "returned-no-text"),
        ({}, {"due_on": "2020-06-30"}, "returned-reckoned"),
        ({}, {"due_on": datetime(2020, 6, 30)}, "returned-reckoned"),  # noqa: DTZ001 - as a spreadsheet has it
        ({}, {"closed_on": "2019-12-30"}, "returned-reckoned"),
        ({}, {"source": "国家"}, "returned-reckoned"),
        ({}, {"id": "411522-0999"}, "returned-unknown"),
        ({}, {"id": "十里镇一号"}, "returned-unknown"),
        ({}, {"version": "新版"}, "returned-unmarked"),
        ({}, {"mark": "0"}, "returned-unmarked"),
    ],
)
def test_what_a_workbook_may_not_do_is_refused_by_its_reason(path: Path, changes: dict[str, Any], cells: dict[str, Any], why: str) -> None:
    entries = [entry(1, **changes)]
    assert told(back(edit(sent(entries, path), put(0, **cells)), entries)) == [f"refused {why}"]


def test_a_day_written_another_way_is_the_same_day(path: Path) -> None:
    entries = [entry(1), entry(2), entry(3)]
    sent(entries, path)
    for row, day in enumerate(("2019年11月20日", datetime(2019, 11, 20), "2019/11/20")):  # noqa: DTZ001 - as a spreadsheet has it
        edit(path, put(row, due_on=day))
    assert told(back(path, entries)) == ["untouched"] * 3


def test_a_day_that_is_none_is_refused_at_its_cell(path: Path) -> None:
    read = read_returned(edit(sent([entry(1)], path), put(0, due_on="下周五")), path.name)
    assert [(one.code, one.cell) for one in read.refusals] == [("not-a-day", f"H{FIRST}")]
    assert read.unread == ("411522-0001",)


def test_an_entry_changed_here_meanwhile_is_a_conflict_that_shows_both(path: Path) -> None:
    entries = [entry(1), entry(2)]
    edit(sent(entries, path), put(0, unit="县住建局", measure="拆"))
    moved = [replace(entries[0], unit="县发改委", version=2), replace(entries[1], unit="县发改委", version=2)]
    conflict, other = back(path, moved)
    assert (conflict.outcome.id, other.outcome.id) == ("conflict", "untouched")
    assert [(change.column, change.here, change.there, change.moved) for change in conflict.changes] == [
        ("unit", "县发改委", "县住建局", True),
        ("measure", "", "拆", False),
    ]


def test_the_same_change_made_on_both_sides_is_no_conflict(path: Path) -> None:
    entries = [entry(1)]
    edit(sent(entries, path), put(0, unit="县住建局"))
    assert told(back(path, [replace(entries[0], unit="县住建局", version=2)])) == ["untouched"]


def test_a_deadline_that_moved_here_meanwhile_is_not_held_against_the_row(path: Path) -> None:
    entries = [entry(1)]
    edit(sent(entries, path), put(0, person="演甲"))
    assert told(back(path, [replace(entries[0], due_on=date(2020, 1, 20), version=3)])) == ["conflict"]


def test_a_save_by_a_program_that_keeps_no_table_of_shared_texts_is_no_edit(path: Path) -> None:
    entries = [entry(1, "第一行\n第二行", person="演甲"), entry(2, "=1+1")]
    edit(sent(entries, path), lambda _: None)
    with zipfile.ZipFile(path) as book:
        assert b"inlineStr" in book.read("xl/worksheets/sheet1.xml")
    assert told(back(path, entries)) == ["untouched"] * 2


def sort_backwards(sheet: Any) -> None:
    rows = [[cell.value for cell in sheet[FIRST + number]] for number in range(3)]
    for number, values in enumerate(reversed(rows)):
        for at, value in enumerate(values, 1):
            sheet.cell(FIRST + number, at).value = value


def delete_a_row(sheet: Any) -> None:
    sheet.delete_rows(FIRST + 1)


def hide_columns(sheet: Any) -> None:
    for letter in "ABEF":
        sheet.column_dimensions[letter].hidden = True


def insert_a_column(sheet: Any) -> None:
    sheet.insert_cols(4)
    sheet.cell(FIRST - 1, 4).value = "领导批示"
    sheet.cell(FIRST, 4).value = "请抓紧"


def insert_a_row_above(sheet: Any) -> None:
    sheet.insert_rows(1)


@pytest.mark.parametrize("hand", [sort_backwards, delete_a_row, hide_columns, insert_a_column, insert_a_row_above])
def test_what_moves_rows_and_columns_about_is_no_edit(path: Path, hand: Any) -> None:
    entries = [entry(number) for number in (1, 2, 3)]
    assert set(told(back(edit(sent(entries, path), hand), entries))) == {"untouched"}


def test_a_deleted_row_is_told_and_deletes_nothing(path: Path) -> None:
    entries = [entry(number) for number in (1, 2, 3)]
    lines = read_returned(edit(sent(entries, path), delete_a_row), path.name).lines
    assert missing(lines, [one.id for one in entries]) == ["411522-0002"]


def test_a_column_nobody_knows_is_told_by_its_letter(path: Path) -> None:
    notes = read_returned(edit(sent([entry(1)], path), insert_a_column), path.name).notes
    assert [(note.code, note.facts["column"], note.facts["heading"]) for note in notes] == [("column-unknown", "D", "领导批示")]


def copy_a_row(changed: str = "") -> Any:
    def hand(sheet: Any) -> None:
        for at in range(1, len(COLUMNS) + 1):
            sheet.cell(FIRST + 2, at).value = sheet.cell(FIRST, at).value
        if changed:
            sheet.cell(FIRST + 2, AT["measure"]).value = changed

    return hand


def test_a_row_copied_twice_counts_once_and_unlike_copies_are_refused(path: Path) -> None:
    entries = [entry(1), entry(2)]
    assert told(back(edit(sent(entries, path), copy_a_row()), entries)) == ["untouched"] * 3
    assert told(back(edit(sent(entries, path), copy_a_row("另一个措施")), entries)) == ["refused returned-twice", "untouched", "refused returned-twice"]


def test_a_row_without_a_number_is_a_new_problem(path: Path) -> None:
    entries = [entry(1)]
    _, added = back(edit(sent(entries, path), put(1, text="文殊乡两户补助未发放", unit="县财政局", due_on="2020-03-31")), entries)
    assert added.outcome.id == "added"
    assert [(change.column, change.there) for change in added.changes] == [("text", "文殊乡两户补助未发放"), ("unit", "县财政局"), ("due_on", "2020-03-31")]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"unit": "县财政局"}, "returned-no-text"),
        ({"text": "十里镇第1处旧房应拆未拆"}, "returned-copied"),
        ({"text": "另一件事", "state": "已销号"}, "returned-new-state"),
    ],
)
def test_a_new_row_that_cannot_be_one_is_refused(path: Path, cells: dict[str, Any], why: str) -> None:
    entries = [entry(1)]
    assert told(back(edit(sent(entries, path), put(1, **cells)), entries)) == ["untouched", f"refused {why}"]


def test_a_formula_typed_into_a_cell_is_never_taken_for_its_text(path: Path) -> None:
    """A spreadsheet that never calculated leaves no value: the cell reads as blank, and blank measures are an edit to nothing."""
    entries = [entry(1, measure="拆除")]
    (answer,) = back(edit(sent(entries, path), put(0, measure='=HYPERLINK("http://example.org")')), entries)
    assert [change.there for change in answer.changes] == [""]


def drop(*names: str) -> Any:
    def hand(sheet: Any) -> None:
        for name in sorted(names, key=lambda name: -AT[name]):
            sheet.delete_cols(AT[name])

    return hand


@pytest.mark.parametrize(
    ("names", "code"),
    [(("id",), "returned-no-id"), (("version", "mark"), "returned-no-id"), (("person",), "returned-no-column"), (("text",), "returned-not-ours")],
)
def test_a_workbook_without_its_columns_is_refused_whole(path: Path, names: tuple[str, ...], code: str) -> None:
    edit(sent([entry(1)], path), drop(*names))
    with pytest.raises(Unusable) as wrong:
        read_returned(path, path.name)
    assert wrong.value.refusal.code == code
    assert wrong.value.refusal.reason("zh") and wrong.value.refusal.mend("en")


@pytest.mark.parametrize("name", ["台账.ods", "台账.csv", "台账"])
def test_another_format_is_refused_with_what_to_do(path: Path, name: str) -> None:
    sent([entry(1)], path)
    with pytest.raises(Unusable) as wrong:
        read_returned(path, name)
    assert wrong.value.refusal.code == "returned-format"


def test_locked_are_the_cells_the_program_reckons_and_open_those_people_fill_in(path: Path) -> None:
    sheet = opened(sent([entry(1)], path))
    assert sheet.protection.sheet
    unlocked = {name for name, at in AT.items() if not sheet.cell(FIRST, at).protection.locked}
    assert unlocked == set(EDITABLE)
    assert [sheet.column_dimensions[letter].hidden for letter in "LMN"] == [True] * 3
    assert {sheet.cell(FIRST, at).number_format for name, at in AT.items() if name not in ("id", "version", "mark")} == {"@"}


def test_it_prints_on_a4_lying_with_its_heading_on_every_page(path: Path) -> None:
    sheet = opened(sent([entry(1)], path))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (9, "landscape", 0)
    assert sheet.print_title_rows == f"$1:${HEADING_ROW + 1}"
    assert [sheet.cell(FIRST - 1, at).value for at in range(1, 12)] == [
        "序号",
        "问题来源",
        "问题类别",
        "问题描述",
        "责任单位",
        "责任人",
        "整改措施",
        "整改时限",
        "整改状态",
        "佐证材料",
        "销号时间",
    ]


def test_the_same_ledger_is_written_to_the_same_bytes(tmp_path: Path) -> None:
    entries = [entry(1), entry(2)]
    assert sent(entries, tmp_path / "a.xlsx").read_bytes() == sent(entries, tmp_path / "b.xlsx").read_bytes()


@given(st.text(max_size=60))
def test_a_text_made_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.fixed_dictionaries({name: st.text(max_size=20) for name in EDITABLE}), st.sampled_from(EDITABLE), st.text(max_size=20))
def test_the_mark_tells_which_cell_was_edited_and_no_other(cells: dict[str, str], name: str, text: str) -> None:
    changed = {**cells, name: text}
    assert edited(mark(cells), changed) == (frozenset() if plain(text) == plain(cells[name]) else {name})


def test_what_is_written_of_an_entry_is_every_column_but_its_place_in_the_list() -> None:
    assert set(written(entry(1))) == {column.name for column in COLUMNS} - {"serial"}
    assert written(entry(7))["id"] == f"{COUNTY}-0007"
