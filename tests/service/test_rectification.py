"""The ledger's verbs: opened from what was found, moved by who may, each by the version that was seen, nothing of another county."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Right
from relocation.ledger.moves import Duty, Move
from relocation.ledger.states import Severity, State, Tier
from relocation.service import Store, Trouble, lawbook
from relocation.service.rectification import listing, opening
from relocation.service.rectification.conflict import Conflict
from relocation.service.rectification.moving import Wish, move
from relocation.service.workdays import shipped_calendar
from relocation.store import log
from tests.service.rectifying import BOTH, DAY, ELSEWHERE, FITTING, KEEPER, NOW, REVIEWER, VIEWER, actor, bring, home, judged

KEY = ("living-area", "household", "411522", "H1")
Ledger = Callable[..., Path]


@pytest.fixture
def found(store: Store, ledger: Ledger) -> Store:
    """Return an office of one county whose homes H1 and H2 are too large; of H3 the area is not known, H4 fits."""
    bring(store, ledger, [home("H1"), home("H2", township="城关镇"), home("H3", ""), home("H4", FITTING)])
    judged(store)
    return store


def by(store: Store, who: Actor) -> Store:
    return store.acting(who)


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def test_a_fail_opens_an_entry_that_says_what_the_finding_says(found: Store) -> None:
    made = opening.open_one(by(found, KEEPER), *KEY, now=NOW)
    assert (made.id, made.tier, made.severity, made.state, made.township, made.opened_by) == (
        "411522-0001", Tier.CHECK, Severity.SEVERE, State.OPEN, "十里镇", "keeper",
    )  # fmt: skip
    assert made.due_on == date(2018, 6, 26)  # fifteen working days on; the Monday of the Dragon Boat festival is off
    shown = listing.one(by(found, KEEPER), made.id, "zh", day=DAY)
    assert "37.5" in shown.row.said  # 150 square metres of four persons
    assert shown.row.said == made.text
    assert "37.5" in listing.one(found, made.id, "en", day=DAY).row.said
    assert "演甲" not in str(shown)


def test_what_is_only_in_doubt_or_lacks_data_takes_a_person_and_a_reason(found: Store) -> None:
    key = ("living-area", "household", "411522", "H3")
    with refusal("ledger-reason"):
        opening.open_one(by(found, KEEPER), *key, now=NOW)
    made = opening.open_one(by(found, KEEPER), *key, now=NOW, reason="面积一直没有量")
    assert made.severity is Severity.MINOR
    with refusal("unknown-finding"):
        opening.open_one(by(found, KEEPER), "living-area", "household", "411522", "H4", now=NOW)


def test_a_finding_has_one_open_entry_and_all_fails_of_a_filter_are_opened_in_one_go(found: Store) -> None:
    keeper = by(found, KEEPER)
    opening.open_one(keeper, *KEY, now=NOW)
    with refusal("ledger-already"):
        opening.open_one(keeper, *KEY, now=NOW)
    opened = opening.open_fails(keeper, now=NOW, check="living-area")
    assert ([one.subject for one in opened.entries], opened.already) == (["H2"], 1)
    assert opening.open_fails(keeper, now=NOW, check="living-area").entries == ()


def test_somebody_of_a_township_opens_what_is_found_there_and_nothing_else(found: Store) -> None:
    clerk = by(found, actor("clerk", *KEEPER.roles, township="城关镇"))
    assert [one.subject for one in opening.open_fails(clerk, now=NOW).entries] == ["H2"]
    with refusal("unknown-finding"):
        opening.open_one(clerk, *KEY, now=NOW)
    with refusal("not-your-place"):
        opening.open_by_hand(clerk, county="411522", township="十里镇", text="别处的问题", now=NOW)


def test_an_entry_by_hand_needs_words_and_a_county_there_is(found: Store) -> None:
    made = opening.open_by_hand(by(found, KEEPER), county="411522", text="  会议没有照片\r\n", township="十里镇", category="痕迹管理", now=NOW)
    assert (made.text, made.tier, made.check, made.township) == ("会议没有照片", Tier.BY_HAND, "", "十里镇")
    for text, code in (("", "ledger-text"), ("a" * 2_001, "ledger-words"), ("看不见\x00", "ledger-words"), ("\u202e倒写", "ledger-words")):
        with refusal(code):
            opening.open_by_hand(by(found, KEEPER), county="411522", text=text, now=NOW)
    with refusal("county-empty"):
        opening.open_by_hand(found, county="411599", text="没有的县", now=NOW)


def test_every_duty_is_a_right_of_the_accounts() -> None:
    assert [Right(duty.value) for duty in Duty] == [Right.LEDGER, Right.DECIDE]


def test_who_may_not_is_refused_and_another_county_has_no_such_entry(found: Store) -> None:
    id = opening.open_one(by(found, KEEPER), *KEY, now=NOW).id
    with refusal("not-allowed"):
        opening.open_fails(by(found, VIEWER), now=NOW)
    for wish, who, code in (
        (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), VIEWER, "not-allowed"),
        (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), REVIEWER, "not-allowed"),
        (Wish(Move.DISMISS, reason="不是", approver="某局"), KEEPER, "not-allowed"),
        (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), ELSEWHERE, "unknown-entry"),
        (Wish(Move.ASSIGN), KEEPER, "ledger-unit"),
        (Wish(Move.START), KEEPER, "ledger-state"),
        (Wish(Move.EDIT, fields={"due_on": "2030-01-01"}), KEEPER, "ledger-field"),
        (Wish(Move.EDIT, fields={"severity": "none"}), KEEPER, "ledger-word"),
        (Wish(Move.EXPIRE), KEEPER, "ledger-state"),
    ):
        with refusal(code) as told:
            move(by(found, who), id, wish, now=NOW)
        for lang in ("zh", "en"):
            assert told.value.reason(lang)
            assert told.value.mend(lang)
    with refusal("unknown-entry"):
        listing.one(by(found, ELSEWHERE), id, "zh", day=DAY)
    for id in ("411522-0099", "x", ""):
        with refusal("unknown-entry"):
            listing.one(found, id, "zh", day=DAY)


def test_the_second_of_two_sees_both_versions_and_then_saves_over_the_new_one(found: Store) -> None:
    keeper, other = by(found, KEEPER), by(found, BOTH)
    made = opening.open_one(keeper, *KEY, now=NOW)
    move(other, made.id, Wish(Move.EDIT, fields={"measure": "另一人写的措施", "unit": "住建局"}), now=NOW, version=made.version)
    with pytest.raises(Conflict) as met:
        move(keeper, made.id, Wish(Move.EDIT, reason="补充", fields={"measure": "我写的措施", "person": "经办人"}), now=NOW, version=made.version)
    told = met.value.json()
    assert (told["theirs"], told["yours"]) == (
        {"measure": "另一人写的措施", "person": "", "reason": ""},
        {"measure": "我写的措施", "person": "经办人", "reason": "补充"},
    )
    both = move(keeper, made.id, Wish(Move.EDIT, fields={"measure": "两人的措施", "person": "经办人"}), now=NOW, version=told["version"]).entry
    assert (both.measure, both.person, both.unit, both.version) == ("两人的措施", "经办人", "住建局", 3)
    past = listing.one(keeper, made.id, "zh", day=DAY).past
    assert [(one.who, one.fields.get("measure")) for one in past] == [
        ("keeper", None),
        ("both", ("", "另一人写的措施")),
        ("keeper", ("另一人写的措施", "两人的措施")),
    ]


def submitted(store: Store, id: str, who: Actor = KEEPER) -> None:
    for wish in (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), Wish(Move.START), Wish(Move.SUBMIT, fields={"measure": "按规定调整"})):
        move(by(store, who), id, wish, now=NOW)


def test_nothing_is_closed_without_proof_by_whoever_submitted_or_while_its_check_fails(found: Store) -> None:
    id = opening.open_one(by(found, KEEPER), *KEY, now=NOW).id
    submitted(found, id, BOTH)
    with refusal("ledger-another"):
        move(by(found, BOTH), id, Wish(Move.VERIFY), now=NOW)
    with refusal("ledger-proof"):
        move(by(found, REVIEWER), id, Wish(Move.VERIFY), now=NOW)


def test_an_edit_after_submission_takes_it_back_and_says_so(found: Store) -> None:
    id = opening.open_one(by(found, KEEPER), *KEY, now=NOW).id
    submitted(found, id)
    made = move(by(found, KEEPER), id, Wish(Move.EDIT, fields={"measure": "又改了"}), now=NOW)
    assert made.cancelled
    assert made.entry.state is State.RECTIFYING


def test_an_acceptance_runs_out_by_itself_on_lists_and_is_noted_when_somebody_touches_the_entry(found: Store) -> None:
    id = opening.open_one(by(found, KEEPER), *KEY, now=NOW).id
    until = DAY + timedelta(days=10)
    move(by(found, REVIEWER), id, Wish(Move.ACCEPT, reason="雨季不能拆", approver="县领导小组", until=until), now=NOW)
    late = NOW + timedelta(days=11)
    assert listing.one(found, id, "zh", day=until).row.state is State.ACCEPTED_UNTIL
    assert listing.entries(found, "zh", day=late.date(), state="open").total == 1
    move(by(found, KEEPER), id, Wish(Move.ASSIGN, fields={"unit": "镇政府"}), now=late)
    past = listing.one(found, id, "zh", day=late.date()).past
    assert [(one.move, one.who) for one in past[-2:]] == [(Move.EXPIRE, "calendar"), (Move.ASSIGN, "keeper")]


def test_every_move_stands_in_the_offices_log_with_no_name_in_it(found: Store) -> None:
    id = opening.open_one(by(found, KEEPER), *KEY, now=NOW).id
    move(by(found, KEEPER), id, Wish(Move.ASSIGN, fields={"unit": "镇政府", "person": "王某某"}), now=NOW)
    with found.reading() as connection:
        opened, assigned = log.timeline(connection, "ledger", "411522", id)
    assert (opened.action, opened.who, opened.new["state"]) == ("ledger.opened", "keeper", "open")
    assert (assigned.action, assigned.old["state"], assigned.new["state"], assigned.new["changed"]) == (
        "ledger.assigned",
        "open",
        "assigned",
        ["person", "unit"],
    )
    assert "王某某" not in str(assigned)


def test_lists_count_what_fits_the_other_conditions(found: Store) -> None:
    opening.open_fails(by(found, KEEPER), now=NOW)
    page = listing.entries(found, "zh", day=DAY, state="open", township="十里镇")
    assert (page.total, page.by_state, page.by_timing) == (1, {"open": 1}, {"on-time": 1})
    first = listing.entries(found, "zh", day=DAY, order="township", limit=1)
    rest = listing.entries(found, "zh", day=DAY, order="township", limit=1, after=first.after)
    assert [row.entry.subject for row in (*first.rows, *rest.rows)] == ["H1", "H2"]
    assert rest.after == ""
    with refusal("ledger-word"):
        listing.entries(found, "zh", day=DAY, state="nowhere")
    with refusal("ledger-word"):
        listing.entries(found, "zh", day=DAY, order="id; DROP")
    assert set(listing.choices(found)["township"]) == {"十里镇", "城关镇"}


def test_an_entry_whose_check_is_no_more_says_what_it_said(found: Store) -> None:
    made = opening.open_one(by(found, KEEPER), *KEY, now=NOW)
    gone = replace(made, check="a-check-that-is-no-more")
    row = listing.shown_row(gone, DAY, "en", lawbook.instruments(found), shipped_calendar())
    assert row.said == made.text
