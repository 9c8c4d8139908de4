"""Whoever had a hand in an entry does not decide on it, nothing is put off for good, and an undo gives no approval back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relocation.ledger.moves import Move
from relocation.ledger.states import State, Tier
from relocation.service import Store, Trouble
from relocation.service.evidence.attaching import withdraw
from relocation.service.rectification import bulk, listing, merging, opening
from relocation.service.rectification.moving import Wish, entry, move
from relocation.service.rectification.proof import proof_mark
from tests.evidence.hostile import pdf
from tests.service.evidence_office import attach
from tests.service.rectifying import BOTH, DAY, FITTING, KEEPER, NOW, REVIEWER, bring, home, judged

Ledger = Callable[..., Path]
DISMISS = Wish(Move.DISMISS, reason="不属实", approver="县领导小组")
ACCEPT = Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=date(2018, 9, 1))


@pytest.fixture
def office(store: Store, ledger: Ledger) -> Store:
    """Return an office with a home that is too large."""
    bring(store, ledger, [home("H1")])
    judged(store)
    return store


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def by_hand(store: Store, text: str = "开会没有照片", tier: Tier = Tier.BY_HAND) -> str:
    return opening.open_by_hand(store, county="411522", text=text, tier=tier, now=NOW).id


def submitted(store: Store, id: str) -> None:
    for wish in (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), Wish(Move.START), Wish(Move.SUBMIT, fields={"measure": "按规定调整"})):
        move(store, id, wish, now=NOW)


def test_whoever_opened_or_worked_on_it_neither_dismisses_nor_accepts_it_also_after_an_edit(office: Store) -> None:
    both, reviewer = office.acting(BOTH), office.acting(REVIEWER)
    id = by_hand(both)
    for wish in (DISMISS, ACCEPT):
        with refusal("ledger-another"):
            move(both, id, wish, now=NOW)
    worked = by_hand(office.acting(KEEPER), "另一件")
    submitted(both, worked)
    move(both, worked, Wish(Move.EDIT, fields={"measure": "又改了"}), now=NOW)
    assert entry(both, worked).submitted_by == ""
    for wish in (DISMISS, ACCEPT):
        with refusal("ledger-another"):
            move(both, worked, wish, now=NOW)
    offered = listing.one(both, worked, "zh", day=DAY).moves
    assert Move.DISMISS not in offered and Move.ACCEPT not in offered
    move(office.acting(KEEPER), worked, Wish(Move.SUBMIT), now=NOW)
    with refusal("ledger-another"):
        move(both, worked, Wish(Move.VERIFY), now=NOW)
    assert move(reviewer, worked, DISMISS, now=NOW).entry.state is State.NOT_A_PROBLEM


def test_a_hand_in_one_of_a_group_is_a_hand_in_the_group(office: Store) -> None:
    mine, leads = by_hand(office.acting(BOTH)), by_hand(office.acting(KEEPER), "同一件", Tier.NATIONAL)
    merging.answer(office.acting(KEEPER), mine, leads, "same", now=NOW)
    with refusal("ledger-another"):
        move(office.acting(BOTH), leads, DISMISS, now=NOW)


def test_what_a_run_opens_again_is_nobodys_work(office: Store, ledger: Ledger) -> None:
    both, reviewer = office.acting(BOTH), office.acting(REVIEWER)
    first = opening.open_one(office.acting(KEEPER), "living-area", "household", "411522", "H1", now=NOW).id
    bring(office, ledger, [home("H1", FITTING)])
    judged(office)
    move(reviewer, first, DISMISS, now=NOW)
    bring(office, ledger, [home("H1")])
    judged(both)
    [again] = [row.entry for row in listing.every(office, "zh", day=DAY) if row.entry.repeats]
    assert again.opened_by == "checks"
    assert move(both, again.id, DISMISS, now=NOW).entry.state is State.NOT_A_PROBLEM


def test_nobody_names_himself_as_the_one_who_approves(office: Store) -> None:
    id = by_hand(office.acting(KEEPER))
    for approver in ("reviewer", " reviewer "):
        with refusal("ledger-approver"):
            move(office.acting(REVIEWER), id, Wish(Move.DISMISS, reason="不属实", approver=approver), now=NOW)


@pytest.mark.parametrize("until", [date(2021, 6, 5), date(9999, 12, 20), date(9999, 12, 31)])
def test_nothing_is_accepted_or_put_off_for_more_than_three_years(office: Store, until: date) -> None:
    id = by_hand(office.acting(KEEPER))
    with refusal("ledger-until"):
        move(office.acting(REVIEWER), id, Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=until), now=NOW)
    with refusal("ledger-until"):
        move(office.acting(KEEPER), id, Wish(Move.EXTEND_REQUEST, reason="雨季", until=until), now=NOW)


def test_an_undo_gives_back_no_acceptance_that_an_edit_ended(office: Store) -> None:
    id = by_hand(office.acting(KEEPER))
    move(office.acting(REVIEWER), id, ACCEPT, now=NOW)
    keeper = office.acting(KEEPER)
    done = bulk.move_all(keeper, Wish(Move.EDIT, fields={"unit": "住建局"}), bulk.picked(keeper, now=NOW, numbers=[id]), now=NOW)
    assert done.batch is not None and entry(keeper, id).state is State.OPEN
    assert bulk.undo(keeper, done.batch, now=NOW).left == (id,)
    assert (entry(keeper, id).state, entry(keeper, id).approver) == (State.OPEN, "")


def test_an_entry_by_hand_names_a_subject_there_is_within_its_writers_places(office: Store) -> None:
    keeper = office.acting(KEEPER)
    assert opening.open_by_hand(keeper, county="411522", text="旧房", subject_kind="household", subject="H1", now=NOW).subject == "H1"
    for kind, subject in (("household", "H9"), ("nothing", "H1"), ("", "H1")):
        with refusal("unknown-subject"):
            opening.open_by_hand(keeper, county="411522", text="旧房", subject_kind=kind, subject=subject, now=NOW)


def test_what_was_exchanged_after_the_page_was_read_is_not_verified_by_it(office: Store, tmp_path: Path) -> None:
    keeper, reviewer = office.acting(KEEPER), office.acting(REVIEWER)
    id = by_hand(office)
    shown = attach(keeper, tmp_path, pdf(), subject_kind="entry", subject=id, kind="minutes", name="a.pdf")
    submitted(keeper, id)
    read = proof_mark(reviewer, entry(reviewer, id))
    withdraw(keeper, shown.id, why="拿错了", now=NOW)
    attach(keeper, tmp_path, pdf(2), subject_kind="entry", subject=id, kind="minutes", name="b.pdf")
    with refusal("ledger-state"):  # the submission was of what lay there then
        move(reviewer, id, Wish(Move.VERIFY), now=NOW)
    move(keeper, id, Wish(Move.SUBMIT), now=NOW)
    with refusal("ledger-proof-changed"):
        move(reviewer, id, Wish(Move.VERIFY, proof_seen=read), now=NOW)
    again = proof_mark(reviewer, entry(reviewer, id))
    assert move(reviewer, id, Wish(Move.VERIFY, proof_seen=again), now=NOW).entry.state is State.VERIFIED_CLOSED
