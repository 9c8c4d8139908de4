"""What was submitted, accepted or closed was so with the evidence that lay there: when that changes, nobody is told otherwise."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID251 - read as whoever gets the workbook reads it

from relocation.ledger.moves import Move
from relocation.ledger.states import Presence, State, Tier
from relocation.service import Store, Trouble, auditing
from relocation.service.evidence import attaching
from relocation.service.evidence.attaching import withdraw
from relocation.service.rectification import listing, merging, opening, timeline, workbook
from relocation.service.rectification.moving import Wish, entry, move
from relocation.store import log
from tests.evidence.hostile import pdf
from tests.service.rectifying import BOTH, DAY, ELSEWHERE, KEEPER, NOW, REVIEWER, actor, bring, home

Ledger = Callable[..., Path]
COUNTY = "411522"


@pytest.fixture
def office(store: Store, ledger: Ledger) -> Store:
    bring(store, ledger, [home("H1")])
    return store


def by_hand(store: Store, text: str = "开会没有照片", tier: Tier = Tier.BY_HAND, township: str = "") -> str:
    return opening.open_by_hand(store, county=COUNTY, text=text, tier=tier, township=township, now=NOW).id


def paper(store: Store, folder: Path, id: str, number: int = 1, now: datetime = NOW) -> int:
    (folder / f"{number}.pdf").write_bytes(pdf(number))
    row, _ = attaching.attach(store, folder / f"{number}.pdf", name=f"{number}.pdf", subject_kind="entry", subject=id, said=attaching.claim("minutes"), now=now)
    return row.id


def submit(store: Store, id: str) -> None:
    before = entry(store, id).state
    steps = [] if before is State.RECTIFYING else [Wish(Move.ASSIGN, fields={"unit": "镇政府"}), Wish(Move.START)]
    for wish in (*steps, Wish(Move.SUBMIT, fields={"measure": "按规定调整"})):
        move(store, id, wish, now=NOW)


def closed(office: Store, folder: Path, papers: int = 1) -> tuple[str, list[int]]:
    """Return an entry that was verified by so many papers, and their numbers."""
    keeper = office.acting(KEEPER)
    id = by_hand(keeper)
    shown = [paper(keeper, folder, id, at + 1) for at in range(papers)]
    submit(keeper, id)
    move(office.acting(REVIEWER), id, Wish(Move.VERIFY), now=NOW)
    return id, shown


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def test_attaching_or_withdrawing_after_submission_cancels_it_and_says_so(office: Store, tmp_path: Path) -> None:
    keeper, reviewer = office.acting(KEEPER), office.acting(REVIEWER)
    id = by_hand(keeper)
    first = paper(keeper, tmp_path, id)
    for change in ("attach", "withdraw"):
        submit(keeper, id)
        version = entry(keeper, id).version
        if change == "attach":
            paper(keeper, tmp_path, id, 2)
        else:
            withdraw(reviewer, first, why="拿错了", now=NOW)
        now = entry(keeper, id)
        assert (now.state, now.submitted_by, now.submitted_on, now.version) == (State.RECTIFYING, "", None, version + 1)
        with refusal("ledger-state"):
            move(reviewer, id, Wish(Move.VERIFY), now=NOW)
    told = [one for one in timeline.of_entry(keeper, entry(keeper, id), "zh") if one.what == Move.CANCEL.id]
    assert [(one.who, one.reason, one.since, one.to) for one in told] == [
        ("reviewer", "拿错了", State.SUBMITTED, State.RECTIFYING), ("keeper", "", State.SUBMITTED, State.RECTIFYING),
    ]  # fmt: skip
    with office.reading() as connection:
        logged = [one for one in log.timeline(connection, "ledger", COUNTY, id) if one.action == "ledger.cancelled"]
    assert [(one.who, one.old["state"], one.new["state"]) for one in logged] == [("keeper", "submitted", "rectifying"), ("reviewer", "submitted", "rectifying")]
    assert not auditing.verify(office).problems


def test_the_same_file_attached_once_more_cancels_nothing(office: Store, tmp_path: Path) -> None:
    keeper = office.acting(KEEPER)
    id = by_hand(keeper)
    paper(keeper, tmp_path, id)
    submit(keeper, id)
    paper(keeper, tmp_path, id)
    assert entry(keeper, id).state is State.SUBMITTED


def test_an_acceptance_ends_with_what_it_rested_on_and_not_with_what_came_later(office: Store, tmp_path: Path) -> None:
    keeper, reviewer = office.acting(KEEPER), office.acting(REVIEWER)
    id = by_hand(keeper)
    due = entry(keeper, id).due_on
    rested = paper(keeper, tmp_path, id)
    move(reviewer, id, Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=date(2018, 9, 1)), now=NOW)
    later = paper(keeper, tmp_path, id, 2, NOW + timedelta(hours=1))
    withdraw(keeper, later, why="重复了", now=NOW + timedelta(hours=2))
    assert entry(keeper, id).state is State.ACCEPTED_UNTIL
    withdraw(keeper, rested, why="会议没有这样决定", now=NOW + timedelta(hours=3))
    now = entry(keeper, id)
    assert (now.state, now.accepted_until, now.due_on) == (State.OPEN, None, due)


def test_closing_proof_is_withdrawn_by_a_reviewer_alone_and_the_entry_stays_closed_and_says_so(office: Store, tmp_path: Path) -> None:
    id, (first, second) = closed(office, tmp_path, papers=2)
    keeper, reviewer = office.acting(KEEPER), office.acting(REVIEWER)
    for somebody in (keeper, office.acting(actor("keeper", *BOTH.roles))):  # who submitted it, also with a reviewer's role
        with refusal("evidence-closing"):
            withdraw(somebody, first, why="拿错了", now=NOW)
    withdraw(reviewer, first, why="照片是别处的", now=NOW)
    assert [row.unproven for row in listing.every(keeper, "zh", day=DAY)] == [False]  # one still stands
    withdraw(reviewer, second, why="会议没有开过", now=NOW)
    paper(keeper, tmp_path, id, 3)  # nobody has verified by this one
    assert entry(keeper, id).state is State.VERIFIED_CLOSED
    page = listing.entries(keeper, "zh", day=DAY, unproven=True)
    assert ([row.entry.id for row in page.rows], page.total, page.json()["entries"][0]["closed_without_standing_proof"]) == ([id], 1, True)
    assert listing.one(keeper, id, "zh", day=DAY).json()["closed_without_standing_proof"] is True
    sheet = load_workbook(BytesIO(workbook.export(keeper, "zh", day=DAY))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(cell.startswith("※销号凭据已全部撤回") for cell in cells) and any("其中销号凭据已全部撤回1条" in cell for cell in cells)
    assert [one.what for one in timeline.of_entry(keeper, entry(keeper, id), "zh") if one.what.startswith("ledger.")] == ["ledger.unproven"]
    assert not auditing.verify(office).problems


def test_an_entry_closed_with_another_goes_by_the_proof_of_that_one(office: Store, tmp_path: Path) -> None:
    keeper = office.acting(KEEPER)
    follows, root = by_hand(keeper), by_hand(keeper, "同一件", Tier.NATIONAL)
    merging.answer(keeper, follows, root, "same", now=NOW)
    shown = paper(keeper, tmp_path, root)
    submit(keeper, root)
    move(office.acting(REVIEWER), root, Wish(Move.VERIFY), now=NOW)
    assert not any(row.unproven for row in listing.every(keeper, "zh", day=DAY))
    withdraw(office.acting(REVIEWER), shown, why="照片是别处的", now=NOW)
    assert {row.entry.id: row.unproven for row in listing.every(keeper, "zh", day=DAY)} == {follows: True, root: True}


def test_a_closed_entry_is_opened_again_only_as_a_new_one_that_points_to_it(office: Store, tmp_path: Path) -> None:
    id, _ = closed(office, tmp_path)
    keeper = office.acting(KEEPER)
    with refusal("ledger-reason"):
        opening.open_again(keeper, id, now=NOW, reason=" ")
    with refusal("unknown-entry"):
        opening.open_again(office.acting(ELSEWHERE), id, now=NOW, reason="又拆了")
    made = opening.open_again(keeper, id, now=NOW, reason="照片是假的")
    old = entry(keeper, id)
    assert (made.repeats, made.text, made.unit, made.state, made.presence) == (old.number, old.text, old.unit, State.OPEN, Presence.NONE)
    assert old.state is State.VERIFIED_CLOSED
    with refusal("ledger-already"):
        opening.open_again(keeper, id, now=NOW, reason="再来")
    with refusal("ledger-not-closed"):
        opening.open_again(keeper, made.id, now=NOW, reason="再来")
