"""No path through the ledger closes an entry without evidence and a second person; deadlines are moved only with an answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relocation.ledger.deadlines import expired, state_on, timing
from relocation.ledger.entry import Entry, numbered, parted
from relocation.ledger.moves import RULES, Duty, Move, Need
from relocation.ledger.moving import EDITABLE, Step, after, cancels_approval, offered, refused
from relocation.ledger.states import CLOSED, RUNNING, Severity, State, Tier, Timing
from relocation.ledger.workdays import Calendar

MONDAY = date(2018, 6, 4)
WEEK = Calendar()  # Monday to Friday, no holidays
KEEPER, REVIEWER = "keeper", "reviewer"


def entry(**told: Any) -> Entry:
    plain = Entry("411522", 7, "旧房未拆", Tier.CHECK, Severity.SEVERE, datetime(2018, 6, 4, 2, tzinfo=UTC), KEEPER, MONDAY + timedelta(days=21))
    return replace(plain, **told)


def walked(one: Entry, *steps: Step) -> Entry:
    for step in steps:
        one = after(one, step)
    return one


def submitted(**told: Any) -> Entry:
    return walked(
        entry(**told),
        Step(Move.ASSIGN, KEEPER, MONDAY, fields={"unit": "城关镇政府", "person": "经办人"}),
        Step(Move.START, KEEPER, MONDAY),
        Step(Move.SUBMIT, KEEPER, MONDAY, fields={"measure": "拆除旧房并复垦"}),
    )


days = st.dates(MONDAY, MONDAY + timedelta(days=400))
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A long way is slow to make up on a busy machine, and that says nothing about the ledger."""
steps = st.builds(
    Step,
    move=st.sampled_from(Move),
    by=st.sampled_from(["甲", "乙", "丙"]),
    on=days,
    duties=st.sets(st.sampled_from(Duty)).map(frozenset),
    reason=st.sampled_from(["", " ", "理由"]),
    approver=st.sampled_from(["", "某局"]),
    until=st.none() | days,
    granted=st.none() | st.booleans(),
    fields=st.dictionaries(st.sampled_from(["unit", "person", "measure", "text"]), st.sampled_from(["", "一", "二"]), max_size=2),
    proofs=st.integers(0, 2),
    passes=st.none() | st.booleans(),
)


@unhurried
@given(st.lists(steps, max_size=25), st.sampled_from(["", "old-house"]))
def test_no_path_closes_an_entry_without_evidence_another_person_and_a_passing_check(way: list[Step], check: str) -> None:
    one = entry(check=check)
    last_submitted_by = ""
    for step in way:
        if refused(one, step):
            with pytest.raises(ValueError, match=r".+"):
                after(one, step)
            continue
        was, one = one, after(one, step)
        assert was.state not in CLOSED, "a closed entry never moves again"
        assert one.version == was.version + 1
        if step.move is Move.SUBMIT:
            last_submitted_by = step.by
        if one.state is State.VERIFIED_CLOSED:
            assert step.proofs
            assert step.by != last_submitted_by != ""
            assert step.passes or not check
            assert Duty.DECIDES in step.duties
        if one.state in (State.ACCEPTED_UNTIL, State.NOT_A_PROBLEM) and was.state is not one.state:
            assert step.reason.strip()
            assert step.approver.strip()


@unhurried
@given(st.lists(steps, max_size=25))
def test_a_deadline_moves_only_by_an_answer_an_acceptance_its_end_or_a_graver_severity_and_the_old_day_is_kept(way: list[Step]) -> None:
    one = entry()
    for step in way:
        if refused(one, step):
            continue
        was, one = one, after(one, step)
        if one.due_on != was.due_on:
            assert step.move in (Move.EXTEND_ANSWER, Move.ACCEPT) or was.state is State.ACCEPTED_UNTIL
            assert one.earlier[-1].due_on == was.due_on
            assert one.earlier[: len(was.earlier)] == was.earlier


def test_the_whole_way_from_open_to_closed() -> None:
    done = after(submitted(check="old-house"), Step(Move.VERIFY, REVIEWER, MONDAY, proofs=1, passes=True))
    assert (done.state, done.closed_by, done.closed_on, done.submitted_by) == (State.VERIFIED_CLOSED, REVIEWER, MONDAY, KEEPER)
    assert offered(done, done.state, REVIEWER, frozenset(Duty)) == ()


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Step(Move.VERIFY, KEEPER, MONDAY, proofs=1, passes=True), "another"),
        (Step(Move.VERIFY, REVIEWER, MONDAY, proofs=0, passes=True), "proof"),
        (Step(Move.VERIFY, REVIEWER, MONDAY, proofs=1, passes=False), "passes"),
        (Step(Move.VERIFY, REVIEWER, MONDAY, proofs=1), "passes"),
        (Step(Move.VERIFY, REVIEWER, MONDAY, duties=frozenset({Duty.KEEPS}), proofs=1, passes=True), "right"),
        (Step(Move.RETURN, REVIEWER, MONDAY, reason="  "), "reason"),
        (Step(Move.ACCEPT, REVIEWER, MONDAY, reason="等雨季过", approver="某局", until=MONDAY), "until"),
        (Step(Move.ACCEPT, REVIEWER, MONDAY, reason="等雨季过", until=MONDAY + timedelta(days=1)), "approver"),
        (Step(Move.START, KEEPER, MONDAY), "state"),
        (Step(Move.EXPIRE, KEEPER, MONDAY), "state"),
        (Step(Move.EDIT, KEEPER, MONDAY, fields={"state": State.OPEN}), "field"),
        (Step(Move.EDIT, KEEPER, MONDAY, fields={"text": ""}), "field"),
        (Step(Move.EXTEND_ANSWER, REVIEWER, MONDAY, granted=True), "asked"),
    ],
)
def test_what_a_submitted_entry_refuses_and_why(step: Step, why: str) -> None:
    assert refused(submitted(check="old-house"), step) == why


def test_an_entry_by_hand_asks_no_check() -> None:
    assert after(submitted(), Step(Move.VERIFY, REVIEWER, MONDAY, proofs=1)).state is State.VERIFIED_CLOSED


def test_an_extension_is_asked_by_one_and_answered_by_another_with_the_old_day_kept() -> None:
    later = MONDAY + timedelta(days=60)
    asked = after(entry(), Step(Move.EXTEND_REQUEST, KEEPER, MONDAY, reason="雨季", until=later))
    assert (asked.due_on, asked.asked_due_on, asked.state) == (entry().due_on, later, State.OPEN)
    assert refused(asked, Step(Move.EXTEND_REQUEST, KEEPER, MONDAY, reason="雨季", until=later)) == "not-asked"
    assert refused(asked, Step(Move.EXTEND_ANSWER, KEEPER, MONDAY, granted=True)) == "another"
    assert refused(asked, Step(Move.EXTEND_ANSWER, REVIEWER, MONDAY, granted=False)) == "reason"
    assert refused(asked, Step(Move.EXTEND_ANSWER, REVIEWER, MONDAY)) == "reason"
    granted = after(asked, Step(Move.EXTEND_ANSWER, REVIEWER, MONDAY, granted=True))
    assert (granted.due_on, granted.earlier[0].due_on, granted.earlier[0].why, granted.asked_due_on) == (later, entry().due_on, "雨季", None)
    denied = after(asked, Step(Move.EXTEND_ANSWER, REVIEWER, MONDAY, granted=False, reason="还来得及"))
    assert (denied.due_on, denied.earlier, denied.asked_due_on) == (entry().due_on, (), None)


def test_an_acceptance_runs_out_by_itself_the_day_after_its_last_and_the_clock_starts_again() -> None:
    until = date(2018, 7, 2)  # a Monday
    accepted = after(entry(), Step(Move.ACCEPT, REVIEWER, MONDAY, reason="等雨季过", approver="县领导小组", until=until))
    assert timing(accepted, until, WEEK) is None
    assert not expired(accepted, until)
    assert state_on(accepted, until + timedelta(days=1)) is State.OPEN
    back = after(accepted, Step(Move.EXPIRE, "", until + timedelta(days=1), duties=frozenset()))
    assert (back.state, back.due_on, back.earlier[-1].due_on) == (State.OPEN, date(2018, 7, 23), entry().due_on)  # fifteen working days: three weeks


def test_an_edit_takes_back_what_was_submitted_or_accepted() -> None:
    edited = after(submitted(), Step(Move.EDIT, KEEPER, MONDAY, fields={"measure": "改为加固"}))
    assert (edited.state, edited.submitted_by) == (State.RECTIFYING, "")
    assert cancels_approval(submitted(), edited)
    same = after(submitted(), Step(Move.EDIT, KEEPER, MONDAY, fields={"measure": "拆除旧房并复垦"}))
    assert same.state is State.SUBMITTED
    accepted = after(entry(), Step(Move.ACCEPT, REVIEWER, MONDAY, reason="等雨季过", approver="县领导小组", until=MONDAY + timedelta(days=90)))
    changed = after(accepted, Step(Move.EDIT, KEEPER, MONDAY, fields={"text": "旧房未拆，又住了人"}))
    assert (changed.state, changed.due_on, changed.accepted_until, changed.approver) == (State.OPEN, entry().due_on, None, "")


def test_a_graver_severity_comes_due_sooner_and_a_milder_one_not_later() -> None:
    ordinary = entry(severity=Severity.ORDINARY, due_on=date(2018, 7, 16))
    assert after(ordinary, Step(Move.EDIT, KEEPER, MONDAY, fields={"severity": Severity.SEVERE})).due_on == date(2018, 6, 25)
    assert after(ordinary, Step(Move.EDIT, KEEPER, MONDAY, fields={"severity": Severity.MINOR})).due_on == ordinary.due_on


@pytest.mark.parametrize(
    ("told", "on", "word"),
    [
        ({}, date(2018, 6, 15), Timing.ON_TIME),  # due Monday 25; Friday 15 has six working days left
        ({}, date(2018, 6, 18), Timing.DUE_SOON),
        ({}, date(2018, 6, 25), Timing.DUE_SOON),
        ({}, date(2018, 6, 26), Timing.OVERDUE),
        ({"state": State.SUBMITTED, "submitted_on": date(2018, 6, 25)}, date(2018, 8, 1), Timing.ON_TIME),
        ({"state": State.SUBMITTED, "submitted_on": date(2018, 6, 26)}, date(2018, 8, 1), Timing.OVERDUE),
        ({"state": State.VERIFIED_CLOSED, "submitted_on": date(2018, 6, 25), "closed_on": date(2018, 7, 9)}, date(2018, 8, 1), Timing.CLOSED_IN_TIME),
        ({"state": State.VERIFIED_CLOSED, "submitted_on": date(2018, 6, 26), "closed_on": date(2018, 7, 9)}, date(2018, 8, 1), Timing.CLOSED_LATE),
        ({"state": State.NOT_A_PROBLEM, "closed_on": date(2018, 7, 9)}, date(2018, 8, 1), None),
        ({"state": State.ACCEPTED_UNTIL, "accepted_until": date(2018, 9, 1)}, date(2018, 8, 1), None),
        ({"state": State.ACCEPTED_UNTIL, "accepted_until": date(2018, 7, 1)}, date(2018, 8, 1), Timing.OVERDUE),
    ],
)
def test_overdue_due_soon_on_time_closed_late_and_closed_in_time_are_five_things(told: dict[str, Any], on: date, word: Timing | None) -> None:
    assert timing(entry(**told), on, WEEK) is word


def test_the_table_speaks_of_every_state_and_lets_nothing_out_of_a_closed_one() -> None:
    assert set(State) - {state for rule in RULES.values() for state in rule.since} == CLOSED
    assert {rule.to for rule in RULES.values()} | {State.OPEN} >= set(State)
    assert all(Need.PROOF in rule.needs and Need.ANOTHER in rule.needs for rule in RULES.values() if rule.to is State.VERIFIED_CLOSED)
    assert not RUNNING & CLOSED
    assert "due_on" not in EDITABLE


def test_numbers_are_read_as_they_are_said() -> None:
    assert parted(numbered("411522", 7)) == ("411522", 7)
    assert numbered("411522", 12345) == "411522-12345"
    for said in ("", "411522", "41152-0007", "411522-", "411522-七", "411522-0007-1"):
        with pytest.raises(ValueError, match=said or "^$"):
            parted(said)


@unhurried
@given(st.lists(steps, max_size=20), steps)
def test_a_move_that_is_not_offered_is_refused(way: list[Step], last: Step) -> None:
    one = entry()
    for step in way:
        if not refused(one, step):
            one = after(one, step)
    if last.move is not Move.EXPIRE and last.move not in offered(one, one.state, last.by, last.duties):
        assert refused(one, last)


def test_nobody_is_offered_to_verify_what_he_submitted_or_to_answer_what_nobody_asked() -> None:
    assert Move.VERIFY not in offered(submitted(), State.SUBMITTED, KEEPER, frozenset(Duty))
    assert {Move.VERIFY, Move.RETURN} <= set(offered(submitted(), State.SUBMITTED, REVIEWER, frozenset({Duty.DECIDES})))
    assert Move.EXTEND_ANSWER not in offered(submitted(), State.SUBMITTED, REVIEWER, frozenset(Duty))
