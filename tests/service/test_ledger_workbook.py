"""The workbook comes back into the ledger: what it would do is seen first, done row by row, each change a move with the file's hash."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from relocation.ledger.moves import Move
from relocation.ledger.states import State, Tier
from relocation.service import Store, Trouble
from relocation.service.rectification import listing, moving, opening, workbook
from relocation.service.rectification.moving import Wish
from relocation.store import log
from relocation.store import rectification as ledger_store
from tests.ledger.workbooks import FIRST, edit, put
from tests.service.rectifying import ELSEWHERE, KEEPER, REVIEWER, VIEWER, actor, bring, home

COUNTY, NOW = "411522", datetime(2019, 12, 2, 2, tzinfo=UTC)


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    bring(store, ledger, [home("H1")])
    for number in (1, 2, 3):
        opening.open_by_hand(
            store.acting(KEEPER), county=COUNTY, text=f"第{number}件事没有办", category="拆旧", township="十里镇" if number == 3 else "", now=NOW
        )
    return store


@pytest.fixture
def path(office: Store, tmp_path: Path) -> Path:
    made = tmp_path / "整改台账.xlsx"
    made.write_bytes(workbook.export(office.acting(KEEPER), "zh", day=NOW.date()))
    return made


def entries(store: Store) -> dict[str, listing.EntryRow]:
    return {one.entry.id: one for one in listing.every(store, "zh", day=NOW.date())}


def test_looking_changes_nothing_and_counts_every_kind_of_row(office: Store, path: Path) -> None:
    edit(path, put(0, unit="县住建局"))
    edit(path, put(1, state="已销号"))
    edit(path, put(3, text="一件新的事"))
    before = entries(office)
    seen = workbook.look(office.acting(KEEPER), path, now=NOW)
    assert seen.counts == {"added": 1, "changed": 1, "untouched": 1, "conflict": 0, "refused": 1}
    assert [(one.code, one.cell) for one in seen.refusals] == [("returned-state-elsewhere", f"I{FIRST + 1}")]
    assert entries(office) == before


def test_only_the_accepted_rows_are_made_and_each_move_names_the_file(office: Store, path: Path) -> None:
    edit(path, put(0, unit="县住建局"))
    edit(path, put(1, unit="县财政局", state="已交办"))
    done = workbook.bring(office.acting(KEEPER), path, rows=[FIRST + 1], now=NOW)
    assert (done.done, done.late) == ((FIRST + 1,), ())
    first, second = entries(office)["411522-0001"].entry, entries(office)["411522-0002"].entry
    assert (first.unit, first.version) == ("", 1)
    assert (second.unit, second.state) == ("县财政局", State.ASSIGNED)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with office.reading() as connection:
        moves = ledger_store.moves(connection, COUNTY, 2)[1:]
        events = log.everything(connection)
    assert [one.move for one in moves] == [Move.EDIT, Move.ASSIGN]
    assert all(sha256 in one.reason for one in moves)
    assert all(sha256 in one.why for one in events if one.subject == "411522-0002" and one.action != "ledger.opened")
    assert next(one.files for one in events if one.action == "ledger.brought") == (sha256,)


def test_without_a_choice_what_is_added_and_changed_is_made_and_a_conflict_is_not(office: Store, path: Path) -> None:
    for row in (0, 1):
        edit(path, put(row, unit="县住建局"))
    edit(path, put(3, text="一件新的事", source="省级：暗访", due_on="2020-03-31", unit="县财政局"))
    moving.move(office.acting(KEEPER), "411522-0002", Wish(Move.EDIT, fields={"person": "演甲"}), now=NOW)
    done = workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW)
    assert done.counts["conflict"] == 1
    found = entries(office)
    assert (found["411522-0001"].entry.unit, found["411522-0002"].entry.unit) == ("县住建局", "")
    added = found["411522-0004"].entry
    assert (added.text, added.tier, added.source, added.due_on.isoformat(), added.unit) == (
        "一件新的事",
        Tier.BY_HAND,
        "省级：暗访",
        "2020-01-14",
        "县财政局",
    )  # thirty working days, New Year off


def test_without_a_choice_what_would_damage_is_left_and_a_choice_makes_it(office: Store, path: Path) -> None:
    edit(path, put(0, text="改"))
    edit(path, put(1, category=""))
    edit(path, put(2, unit="县住建局"))
    assert workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW).done == (FIRST + 2,)
    assert workbook.bring(office.acting(KEEPER), path, rows=[FIRST + 1], now=NOW).done == (FIRST + 1,)
    assert [one.entry.category for one in entries(office).values()] == ["拆旧", "", "拆旧"]


def test_a_conflict_that_is_accepted_takes_the_workbook_s_cells_and_leaves_the_others(office: Store, path: Path) -> None:
    edit(path, put(1, unit="县住建局"))
    moving.move(office.acting(KEEPER), "411522-0002", Wish(Move.EDIT, fields={"person": "演甲"}), now=NOW)
    workbook.bring(office.acting(KEEPER), path, rows=[FIRST + 1], now=NOW)
    one = entries(office)["411522-0002"].entry
    assert (one.unit, one.person) == ("县住建局", "演甲")


def test_bringing_the_same_file_again_changes_nothing(office: Store, path: Path) -> None:
    edit(path, put(0, unit="县住建局"))
    workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW)
    before = entries(office)
    again = workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW)
    assert again.counts["untouched"] == 3
    assert entries(office) == before


def test_a_new_problem_brought_twice_is_entered_once(office: Store, path: Path) -> None:
    edit(path, put(3, text="一件新的事"))
    workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW)
    again = workbook.bring(office.acting(KEEPER), path, rows=None, now=NOW)
    assert [one.code for one in again.refusals] == ["returned-copied"]
    assert len(entries(office)) == 4


def test_a_row_that_is_gone_is_told_and_a_filtered_ledger_misses_none(office: Store, path: Path) -> None:
    def delete(sheet: Any) -> None:
        sheet.delete_rows(FIRST)

    assert workbook.look(office.acting(KEEPER), edit(path, delete), now=NOW).missing == ("411522-0001",)
    path.write_bytes(workbook.export(office.acting(KEEPER), "zh", day=NOW.date(), township="十里镇"))
    seen = workbook.look(office.acting(KEEPER), path, now=NOW)
    assert (seen.missing, seen.counts["untouched"]) == ((), 1)


def test_a_text_too_long_for_the_ledger_is_refused_at_its_cell(office: Store, path: Path) -> None:
    edit(path, put(0, measure="拆" * 2_001))
    (refusal,) = workbook.look(office.acting(KEEPER), path, now=NOW).refusals
    assert (refusal.code, refusal.cell) == ("list-words", f"G{FIRST}")
    assert "2000" in refusal.mend("zh")


@pytest.mark.parametrize("by", [VIEWER, REVIEWER])
def test_who_does_not_keep_the_ledger_brings_nothing_back(office: Store, path: Path, by: Any) -> None:
    with pytest.raises(Trouble) as wrong:
        workbook.look(office.acting(by), path, now=NOW)
    assert wrong.value.code == "not-allowed"


def test_rows_of_another_place_are_unknown_to_whoever_is_bound_elsewhere(office: Store, path: Path) -> None:
    edit(path, put(0, unit="县住建局"))
    assert {one.code for one in workbook.look(office.acting(ELSEWHERE), path, now=NOW).refusals} == {"returned-unknown"}
    town = actor("town", *KEEPER.roles, township="十里镇")
    assert workbook.look(office.acting(town), path, now=NOW).counts == {"added": 0, "changed": 0, "untouched": 1, "conflict": 0, "refused": 2}
    assert workbook.bring(office.acting(ELSEWHERE), path, rows=[FIRST], now=NOW).done == ()


def test_the_title_names_the_county_and_the_line_below_counts(office: Store, path: Path) -> None:
    from tests.ledger.workbooks import opened

    sheet = opened(path)
    assert sheet.cell(1, 1).value.endswith("易地扶贫搬迁问题整改台账")
    assert "截至2019年12月2日" in sheet.cell(2, 1).value
    assert "共3条" in sheet.cell(2, 1).value
