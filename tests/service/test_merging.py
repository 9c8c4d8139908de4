"""The same thing said three ways: a person answers, one entry stands for all, and the lists still add up to 345."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relocation.ledger.likeness import LIKELY
from relocation.ledger.moves import Move
from relocation.ledger.states import State, Tier
from relocation.service import Store, Trouble
from relocation.service.checking import check
from relocation.service.office import open_office
from relocation.service.rectification import listing, merging, moving, opening
from relocation.service.rectification.lists import ListReport, bring_list
from relocation.service.rectification.moving import Wish
from relocation.store import log
from relocation.store import rectification as ledger
from tests.data.demo_county.problem_books import SEED
from tests.data.demo_county.problem_lists import lists, truth
from tests.service.listed import COUNTY, NOW, brought, with_sites
from tests.service.rectifying import BOTH, ELSEWHERE, KEEPER, REVIEWER, VIEWER

Office = tuple[Store, dict[str, ListReport]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_office(tmp_path / "home")
    yield store, brought(with_sites(store), tmp_path / "lists")
    store.close()


def ids(reports: dict[str, ListReport]) -> dict[tuple[str, int], str]:
    """Return the entry of every item of the made-up lists, by tier and the number it has there."""
    return {(tier, int(one.number[-4:].strip("〕"))): one.entry for tier, report in reports.items() for one in report.added}


def threes(reports: dict[str, ListReport]) -> list[tuple[str, str, str]]:
    """Return the entries of the problems that stand in all three lists."""
    made, of = lists(SEED), ids(reports)
    at = {tier: {id(one.problem): of[tier, one.number] for one in said} for tier, said in made.items()}
    return [(at["national"][key], at["provincial"][key], at["municipal"][key]) for key in at["national"] if key in at["provincial"] and key in at["municipal"]]


def same(store: Store, one: str, other: str) -> None:
    merging.answer(store.acting(KEEPER), one, other, "same", now=NOW)


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def entry(store: Store, id: str) -> listing.EntryRow:
    return listing.one(store, id, "zh", day=NOW.date()).row


def test_most_true_pairs_are_proposed_with_reasons_that_add_up(office: Office) -> None:
    store, reports = office
    of = ids(reports)
    found = merging.pairs(store, COUNTY)
    true = {frozenset((of[one], of[other])) for one, other in truth(lists(SEED))}
    likely = {frozenset((pair.one.id, pair.other.id)) for pair in found if pair.likely}
    assert len(likely & true) / len(likely) > 0.9
    assert len(likely & true) / len(true) > 0.6
    assert all(sum(reason.points for reason in pair.reasons) == pair.points for pair in found)
    assert all(pair.likely == (pair.points >= LIKELY) for pair in found)


def test_42_and_173_and_130_are_345_before_and_after_every_true_pair_was_merged(office: Office) -> None:
    store, reports = office
    before = merging.reconciliation(store, COUNTY)
    assert [(one.tier, one.items) for one in before.lists] == [(Tier.NATIONAL, 42), (Tier.PROVINCIAL, 173), (Tier.MUNICIPAL, 130)]
    assert (before.items, before.problems, before.merged, before.holds) == (345, 345, 0, True)
    of = ids(reports)
    for one, other in sorted(truth(lists(SEED))):
        same(store, of[one], of[other])
    after = merging.reconciliation(store, COUNTY)
    assert (after.items, after.problems, after.merged, after.holds) == (345, 241, 104, True)
    assert [(one.roots, one.merged) for one in after.lists] == [(42, 0), (135, 38), (64, 66)]
    assert not merging.pairs(store, COUNTY) or all(
        frozenset((pair.one.id, pair.other.id)) not in {frozenset((of[a], of[b])) for a, b in truth(lists(SEED))} for pair in merging.pairs(store, COUNTY)
    )


def test_the_nation_s_entry_stands_for_the_others_in_whatever_order_they_are_merged(office: Office) -> None:
    store, reports = office
    national, provincial, municipal = threes(reports)[0]
    same(store, provincial, municipal)
    assert entry(store, municipal).entry.root == entry(store, provincial).entry.number
    same(store, national, municipal)
    root = entry(store, national).entry
    assert {entry(store, id).entry.root for id in (provincial, municipal)} == {root.number}
    assert root.root is None


def test_closing_the_one_that_stands_for_them_closes_it_in_all_three_lists(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    store, reports = office
    national, provincial, municipal = threes(reports)[0]
    same(store, national, provincial)
    same(store, national, municipal)
    monkeypatch.setattr(moving, "proofs_of", lambda *_: ("0" * 64,))
    keeper, reviewer = store.acting(KEEPER), store.acting(REVIEWER)
    for wish in (Wish(Move.ASSIGN, fields={"unit": "县住建局"}), Wish(Move.START), Wish(Move.SUBMIT, fields={"measure": "已整改"})):
        moving.move(keeper, national, wish, now=NOW)
    assert {entry(store, id).state for id in (provincial, municipal)} == {State.SUBMITTED}
    moving.move(reviewer, national, Wish(Move.VERIFY), now=NOW)
    closed = [entry(store, id).entry for id in (national, provincial, municipal)]
    assert {(one.state, one.closed_by, one.closed_on) for one in closed} == {(State.VERIFIED_CLOSED, "reviewer", NOW.date())}
    assert [one.closed for one in merging.reconciliation(store, COUNTY).lists] == [1, 1, 1]
    with store.reading() as connection:
        past = ledger.moves(connection, COUNTY, closed[1].number)
    assert [(one.move, one.to, one.reason) for one in past][-1] == (Move.FOLLOW, State.VERIFIED_CLOSED, national)


def test_an_entry_that_another_stands_for_is_not_moved_by_itself(office: Office) -> None:
    store, reports = office
    national, provincial, _ = threes(reports)[0]
    same(store, national, provincial)
    assert listing.one(store.acting(KEEPER), provincial, "zh", day=NOW.date()).moves == ()
    with refusal("ledger-follows"):
        moving.move(store.acting(KEEPER), provincial, Wish(Move.ASSIGN, fields={"unit": "县住建局"}), now=NOW)


def test_a_same_taken_back_lets_each_stand_for_itself_again(office: Office) -> None:
    store, reports = office
    national, provincial, municipal = threes(reports)[0]
    same(store, national, provincial)
    same(store, national, municipal)
    merging.answer(store.acting(KEEPER), national, provincial, "apart", now=NOW, why="看错了村")
    assert (entry(store, provincial).entry.root, entry(store, municipal).entry.root) == (None, entry(store, national).entry.number)
    assert merging.reconciliation(store, COUNTY).merged == 1


def test_a_pair_said_to_be_different_is_not_proposed_again_and_changes_no_entry(office: Office) -> None:
    store, _ = office
    first = merging.pairs(store, COUNTY)[0]
    merging.answer(store.acting(KEEPER), first.one.id, first.other.id, "different", now=NOW)
    assert (first.one.id, first.other.id) not in {(pair.one.id, pair.other.id) for pair in merging.pairs(store, COUNTY)}
    again = next(pair for pair in merging.pairs(store, COUNTY, answered=True) if pair.one.id == first.one.id and pair.other.id == first.other.id)
    assert again.answer is not None and (again.answer.answer, again.answer.who) == ("different", "keeper")
    assert entry(store, first.one.id).entry == first.one


def test_two_items_of_one_list_are_never_brought_together_not_even_through_a_third(office: Office) -> None:
    store, reports = office
    (national, provincial, _), (other_national, _, _) = threes(reports)[:2]
    first, second = (one.entry for one in reports["provincial"].added[:2])
    with refusal("sameness-one"):
        same(store, first, second)
    same(store, national, provincial)
    with refusal("sameness-one"):
        same(store, other_national, provincial)


def test_what_is_closed_or_waits_for_a_decision_is_neither_merged_nor_parted(office: Office) -> None:
    store, reports = office
    national, provincial, municipal = threes(reports)[0]
    same(store, national, municipal)
    moving.move(store.acting(BOTH), national, Wish(Move.DISMISS, reason="不属实", approver="县领导小组"), now=NOW)
    for said, one in (("same", provincial), ("apart", municipal)):
        with refusal("sameness-closed"):
            merging.answer(store.acting(KEEPER), national, one, said, now=NOW)


@pytest.mark.parametrize(("by", "code"), [(VIEWER, "not-allowed"), (REVIEWER, "not-allowed"), (ELSEWHERE, "unknown-entry")])
def test_who_may_not_keep_the_ledger_answers_nothing(office: Office, by: object, code: str) -> None:
    store, reports = office
    national, provincial, _ = threes(reports)[0]
    with refusal(code):
        merging.answer(store.acting(by), national, provincial, "same", now=NOW)  # type: ignore[arg-type]


def test_another_word_and_nothing_to_take_back_are_refused(office: Office) -> None:
    store, reports = office
    national, provincial, _ = threes(reports)[0]
    with refusal("sameness-answer"):
        merging.answer(store.acting(KEEPER), national, provincial, "maybe", now=NOW)
    with refusal("sameness-none"):
        merging.answer(store.acting(KEEPER), national, provincial, "apart", now=NOW)


def test_every_answer_is_logged_with_the_points_and_reasons_it_was_proposed_with(office: Office) -> None:
    store, _ = office
    first = merging.pairs(store, COUNTY)[0]
    same(store, first.one.id, first.other.id)
    with store.reading() as connection:
        events = log.everything(connection)
    said = next(one for one in events if one.action == "sameness.answered")
    assert (said.new["answer"], said.new["points"]) == ("same", first.points)
    assert sum(reason[1] for reason in said.new["reasons"]) == first.points
    assert [one.subject for one in events if one.action == "ledger.merged"] == [first.other.id]


def test_an_item_and_what_a_check_found_of_the_same_site_are_proposed_as_one_and_counted_as_tied(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("序号,问题描述,安置点\n1,造价明显偏高,十里示范苑安置点\n2,公示没有照片,十里示范苑安置点\n", "utf-8")
    with_sites(store)
    costly, _ = bring_list(store.acting(KEEPER), path, county=COUNTY, tier="municipal", name="清单", now=NOW).added
    check(store, as_of=NOW.date(), now=NOW, only=["unit-cost"])
    opened = opening.open_one(store.acting(KEEPER), "unit-cost", "site", COUNTY, "GSA24", now=NOW, reason="单价高")
    assert [(pair.one.id, pair.other.id, [reason.kind for reason in pair.reasons]) for pair in merging.pairs(store, COUNTY)] == [
        (costly.entry, opened.id, ["subject", "topic"])
    ]
    assert [(one.items, one.tied) for one in merging.reconciliation(store, COUNTY).lists] == [(2, 1)]
    same(store, costly.entry, opened.id)
    assert entry(store, opened.id).entry.root == 1
    assert merging.reconciliation(store, COUNTY).holds
