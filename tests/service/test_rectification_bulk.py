"""Many entries in one go: told before how many, done as one batch, taken back only where nobody has gone on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from relocation.ledger.moves import Move
from relocation.ledger.states import State
from relocation.service import Store, Trouble
from relocation.service.rectification import bulk, listing, opening
from relocation.service.rectification.moving import Wish, entry, move
from tests.service.rectifying import BOTH, DAY, ELSEWHERE, KEEPER, NOW, REVIEWER, VIEWER, bring, home, judged

ASSIGN = Wish(Move.ASSIGN, fields={"unit": "镇政府", "person": "经办人"})


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office with four entries, two of either township."""
    bring(store, ledger, [home("H1"), home("H2"), home("H3", township="城关镇"), home("H4", township="城关镇")])
    judged(store)
    opening.open_fails(store, now=NOW)
    return store


def states(store: Store) -> list[State]:
    return [row.entry.state for row in listing.every(store, "zh", day=DAY)]


def test_how_many_it_would_be_is_said_first_and_nothing_is_changed(office: Store) -> None:
    move(office.acting(KEEPER), "411522-0001", ASSIGN, now=NOW)
    keeper = office.acting(KEEPER)
    would = bulk.preview(keeper, Wish(Move.START), bulk.picked(keeper, now=NOW), now=NOW)
    assert (would.done, dict(would.left), would.batch) == (("411522-0001",), {"state": 3}, None)
    assert states(office) == [State.ASSIGNED, State.OPEN, State.OPEN, State.OPEN]


def test_a_filtered_list_is_assigned_in_one_go_and_taken_back(office: Store) -> None:
    keeper = office.acting(KEEPER)
    before = [entry(office, f"411522-000{n}") for n in (1, 2, 3, 4)]
    done = bulk.move_all(keeper, ASSIGN, bulk.picked(keeper, now=NOW, township="十里镇"), now=NOW)
    assert done.done == ("411522-0001", "411522-0002")
    assert states(office) == [State.ASSIGNED, State.ASSIGNED, State.OPEN, State.OPEN]
    assert done.batch is not None
    back = bulk.undo(keeper, done.batch, now=NOW)
    assert (back.done, back.left) == (done.done, ())
    assert [entry(office, one.id) for one in before] == [replace(one, version=3 if n < 2 else 1) for n, one in enumerate(before)]
    past = listing.one(keeper, "411522-0001", "zh", day=DAY).past
    assert [one.move for one in past] == [Move.OPEN, Move.ASSIGN, Move.UNDO]


def test_what_somebody_went_on_with_is_not_taken_back_and_is_named(office: Store) -> None:
    keeper = office.acting(KEEPER)
    batch = bulk.move_all(keeper, ASSIGN, bulk.picked(keeper, now=NOW), now=NOW).batch
    assert batch is not None
    move(keeper, "411522-0002", Wish(Move.START), now=NOW)
    back = bulk.undo(keeper, batch, now=NOW)
    assert back.left == ("411522-0002",)
    assert states(office) == [State.OPEN, State.RECTIFYING, State.OPEN, State.OPEN]
    assert bulk.undo(keeper, batch, now=NOW).done == (), "a second undo finds everything gone on"


def test_numbers_pick_entries_and_one_changed_since_is_left_out(office: Store) -> None:
    keeper = office.acting(KEEPER)
    meant = bulk.picked(keeper, now=NOW, numbers=["411522-0001", "411522-0003"])
    move(office.acting(BOTH), "411522-0003", Wish(Move.EDIT, fields={"measure": "另有安排"}), now=NOW)
    done = bulk.move_all(keeper, ASSIGN, meant, now=NOW)
    assert (done.done, dict(done.left)) == (("411522-0001",), {"changed": 1})


def test_more_time_is_asked_for_and_granted_in_bulk_by_two_people_and_the_undo_brings_the_old_day_back(office: Store) -> None:
    later = date(2018, 12, 3)
    old = entry(office, "411522-0001").due_on
    keeper, reviewer = office.acting(KEEPER), office.acting(REVIEWER)
    bulk.move_all(keeper, Wish(Move.EXTEND_REQUEST, reason="汛期", until=later), bulk.picked(keeper, now=NOW), now=NOW)
    granted = bulk.move_all(reviewer, Wish(Move.EXTEND_ANSWER, granted=True), bulk.picked(reviewer, now=NOW, asked=True), now=NOW)
    assert len(granted.done) == 4
    assert entry(office, "411522-0001").due_on == later
    assert granted.batch is not None
    bulk.undo(reviewer, granted.batch, now=NOW + timedelta(days=1))
    back = entry(office, "411522-0001")
    assert (back.due_on, back.asked_due_on, back.asked_by, back.earlier) == (old, later, "keeper", ())


@pytest.mark.parametrize("wish", [Wish(Move.VERIFY), Wish(Move.DISMISS, reason="x", approver="y"), Wish(Move.ACCEPT), Wish(Move.SUBMIT), Wish(Move.RETURN)])
def test_nothing_is_closed_accepted_or_sent_back_by_the_dozen(office: Store, wish: Wish) -> None:
    with pytest.raises(Trouble, check=lambda trouble: trouble.code == "ledger-bulk"):
        bulk.move_all(office, wish, bulk.picked(office, now=NOW), now=NOW)


def test_who_may_not_does_nothing_in_bulk_either(office: Store) -> None:
    every = bulk.picked(office, now=NOW)
    with pytest.raises(Trouble, check=lambda trouble: trouble.code == "not-allowed"):
        bulk.move_all(office.acting(VIEWER), ASSIGN, every, now=NOW)
    assert dict(bulk.move_all(office.acting(ELSEWHERE), ASSIGN, every, now=NOW).left) == {"place": 4}
    assert bulk.picked(office.acting(ELSEWHERE), now=NOW) == []
    batch = bulk.move_all(office.acting(KEEPER), ASSIGN, every, now=NOW).batch
    assert batch is not None
    with pytest.raises(Trouble, check=lambda trouble: trouble.code == "unknown-batch"):
        bulk.undo(office.acting(ELSEWHERE), batch, now=NOW)
    with pytest.raises(Trouble, check=lambda trouble: trouble.code == "not-allowed"):
        bulk.undo(office.acting(VIEWER), batch, now=NOW)
    assert set(states(office)) == {State.ASSIGNED}


def test_what_was_opened_together_keeps_its_numbers(office: Store) -> None:
    opened = listing.one(office, "411522-0001", "zh", day=DAY).past[0].batch
    assert opened is not None
    with pytest.raises(Trouble, check=lambda trouble: trouble.code == "ledger-bulk"):
        bulk.undo(office, opened, now=NOW)
