"""Entries that say the same go together: none is closed past its own check, none lapses alone, none is moved from outside its place."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from relocation.accounts.roles import Role
from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Presence, State, Tier
from relocation.service import Store, Trouble
from relocation.service.evidence.attaching import attach, claim
from relocation.service.rectification import bulk, merging, opening
from relocation.service.rectification.expiring import expire
from relocation.service.rectification.moving import Wish, entry, move
from tests.evidence.photos import photo
from tests.service.rectifying import DAY, FITTING, KEEPER, NOW, REVIEWER, actor, bring, home, judged

Ledger = Callable[..., Path]
CLERK = actor("clerk", Role.KEEPER, Role.REVIEWER, township="十里镇")


@pytest.fixture
def office(store: Store, ledger: Ledger) -> Store:
    """Return an office of two townships, in each a home that is too large."""
    bring(store, ledger, [home("H1"), home("H2", township="城关镇")])
    judged(store)
    return store


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def by_hand(store: Store, text: str, township: str = "") -> Entry:
    return opening.open_by_hand(store.acting(KEEPER), county="411522", text=text, township=township, tier=Tier.NATIONAL, now=NOW)


def found(store: Store, home: str) -> Entry:
    return opening.open_one(store.acting(KEEPER), "living-area", "household", "411522", home, now=NOW)


def same(store: Store, one: Entry, other: Entry) -> None:
    merging.answer(store.acting(KEEPER), one.id, other.id, "same", now=NOW)


def submitted(store: Store, id: str, folder: Path) -> None:
    shown = folder / "proof.jpg"
    shown.write_bytes(photo(7))
    attach(store.acting(KEEPER), shown, name="proof.jpg", subject_kind="entry", subject=id, said=claim("photo"), now=NOW)
    for wish in (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), Wish(Move.START), Wish(Move.SUBMIT, fields={"measure": "按规定调整"})):
        move(store.acting(KEEPER), id, wish, now=NOW)


def test_an_entry_by_hand_does_not_close_one_whose_check_still_fails(office: Store, ledger: Ledger, tmp_path: Path) -> None:
    checked, leads = found(office, "H1"), by_hand(office, "开会没有照片")
    same(office, leads, checked)
    submitted(office, leads.id, tmp_path)
    with refusal("ledger-group-passes") as told:
        move(office.acting(REVIEWER), leads.id, Wish(Move.VERIFY), now=NOW)
    assert all(checked.id in told.value.reason(lang) for lang in ("zh", "en"))
    assert (entry(office, leads.id).state, entry(office, checked.id).presence) == (State.SUBMITTED, Presence.NEW)
    bring(office, ledger, [home("H1", FITTING)])
    move(office.acting(REVIEWER), leads.id, Wish(Move.VERIFY), now=NOW)
    closed = entry(office, checked.id)
    assert (closed.state, closed.presence, closed.closed_by) == (State.VERIFIED_CLOSED, Presence.GONE, "reviewer")


def accepted(store: Store) -> tuple[str, str]:
    checked, leads = found(store, "H1"), by_hand(store, "房屋过大")
    same(store, leads, checked)
    move(store.acting(REVIEWER), leads.id, Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=DAY + timedelta(days=10)), now=NOW)
    return leads.id, checked.id


def test_what_was_accepted_with_another_runs_out_with_it(office: Store) -> None:
    leads, follows = accepted(office)
    assert entry(office, follows).state is State.ACCEPTED_UNTIL
    late = NOW + timedelta(days=11)
    assert expire(office.acting(KEEPER), now=late) == (leads,)
    assert {entry(office, id).state for id in (leads, follows)} == {State.OPEN}


def test_a_move_with_one_that_another_stands_for_is_refused_in_words_also_after_its_day(office: Store) -> None:
    _leads, follows = accepted(office)
    with refusal("ledger-follows"):
        move(office.acting(KEEPER), follows, Wish(Move.EDIT, fields={"unit": "镇政府"}), now=NOW + timedelta(days=11))


def test_worse_data_of_one_that_follows_open_the_whole_group_and_the_run_goes_on(office: Store, ledger: Ledger) -> None:
    leads, follows = accepted(office)
    judged(office)
    assert entry(office, leads).state is State.ACCEPTED_UNTIL, "the same finding is what was accepted"
    bring(office, ledger, [home("H1", "190")])
    judged(office)
    assert {entry(office, id).state for id in (leads, follows)} == {State.OPEN}
    assert entry(office, leads).due_on == by_hand(office, "同一天登记的").due_on, "the deadline before it was accepted"


def test_what_is_approved_of_a_group_is_what_is_found_on_that_day(office: Store, ledger: Ledger) -> None:
    checked, leads = found(office, "H1"), by_hand(office, "房屋过大")
    same(office, leads, checked)
    bring(office, ledger, [home("H1", "190")])
    judged(office)
    move(office.acting(REVIEWER), leads.id, Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=DAY + timedelta(days=10)), now=NOW)
    judged(office)
    assert entry(office, checked.id).state is State.ACCEPTED_UNTIL


def test_nobody_moves_merges_or_parts_entries_of_another_township_through_a_group(office: Store) -> None:
    mine, theirs = by_hand(office, "甲", "十里镇"), opening.open_by_hand(office.acting(KEEPER), county="411522", text="乙", township="城关镇", now=NOW)
    same(office, mine, theirs)
    clerk = office.acting(CLERK)
    with refusal("ledger-group-elsewhere"):
        move(clerk, mine.id, Wish(Move.ASSIGN, fields={"unit": "镇政府"}), now=NOW)
    wish = Wish(Move.ASSIGN, fields={"unit": "镇政府"})
    picked = bulk.picked(clerk, now=NOW, numbers=[mine.id])
    assert bulk.preview(clerk, wish, picked, now=NOW).left == {"place": 1}
    assert bulk.move_all(clerk, wish, picked, now=NOW).left == {"place": 1}
    third = by_hand(office, "丙", "十里镇")
    with refusal("ledger-group-elsewhere"):
        merging.answer(clerk, mine.id, third.id, "same", now=NOW)
    there = entry(office, theirs.id)
    assert (there.state, there.root, there.unit) == (State.OPEN, mine.number, "")
