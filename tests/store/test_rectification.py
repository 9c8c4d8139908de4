"""Entries keep their numbers for good, change only as they were read, and lists say of them what one entry's own day says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.ledger.deadlines import soon_until, state_on, timing
from relocation.ledger.entry import Earlier, Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Severity, State, Tier, Timing
from relocation.ledger.workdays import Calendar
from relocation.store import rectification as ledger
from relocation.store import rectification_queries as lists
from relocation.store.opening import Store, open_store

NOW = datetime(2018, 6, 4, 2, tzinfo=UTC)
MONDAY = date(2018, 6, 4)
WEEK = Calendar()


def entry(**told: Any) -> Entry:
    plain = Entry("411522", 0, "旧房未拆", Tier.PROVINCIAL, Severity.ORDINARY, NOW, "keeper", MONDAY + timedelta(days=30))
    return replace(plain, **told)


def added(store: Store, entries: Sequence[Entry], **told: Any) -> list[Entry]:
    with store.writing() as connection:
        return ledger.add(connection, entries, "keeper", NOW, **told)[0]


def wanted(on: date = MONDAY, **told: Any) -> lists.EntryFilter:
    return lists.EntryFilter(on, soon_until(on, WEEK), **told)


def test_an_entry_comes_back_as_it_was_with_a_number_of_its_county(store: Store) -> None:
    full = entry(earlier=(Earlier(MONDAY, MONDAY, "雨季"),), asked_due_on=MONDAY, repeats=3, township="十里镇", unit="镇政府", accepted_until=MONDAY)
    first, other, second = added(store, [full, entry(county="411523"), entry()])
    assert [one.id for one in (first, other, second)] == ["411522-0001", "411523-0001", "411522-0002"]
    with store.reading() as connection:
        assert ledger.get(connection, "411522", 1) == first == replace(full, number=1)
        assert ledger.get(connection, "411522", 3) is None
        assert [(one.move, one.version, one.who, one.fields) for one in ledger.moves(connection, "411522", 1)] == [(Move.OPEN, 1, "keeper", {})]


def test_no_number_is_given_twice_though_its_entry_were_gone(store: Store) -> None:
    added(store, [entry(), entry()])
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM ledger_entry")
    assert added(store, [entry()])[0].number == 3


def test_of_two_who_change_one_entry_the_second_is_told(database: str, tmp_path: Any) -> None:
    one, two = open_store(tmp_path, database), open_store(tmp_path, database)
    [kept] = added(one, [entry()])
    with one.writing() as connection:
        assert ledger.save(connection, kept, replace(kept, measure="甲写的", version=2))
    with two.writing() as connection:
        assert not ledger.save(connection, kept, replace(kept, measure="乙写的", version=2))
        assert ledger.get(connection, "411522", 1) == replace(kept, measure="甲写的", version=2)
    one.close()
    two.close()


def test_a_change_is_noted_with_what_it_was_before(store: Store) -> None:
    [kept] = added(store, [entry()])
    moved = replace(kept, state=State.ASSIGNED, unit="镇政府", earlier=(Earlier(MONDAY, MONDAY, "雨季"),), version=2)
    with store.writing() as connection:
        ledger.save(connection, kept, moved)
        ledger.add_move(connection, kept, moved, Move.ASSIGN, "keeper", NOW, reason="请办", evidence=["ab" * 32])
        note = ledger.moves(connection, "411522", 1)[-1]
    assert note.fields == {"state": ("open", "assigned"), "unit": ("", "镇政府"), "earlier": ([], [["2018-06-04", "2018-06-04", "雨季"]])}
    assert (note.since, note.to, note.reason, note.evidence, note.version, note.at) == (State.OPEN, State.ASSIGNED, "请办", ("ab" * 32,), 2, NOW)
    assert ledger.from_plain("earlier", note.fields["earlier"][1]) == moved.earlier


def test_what_is_opened_in_one_go_is_known_as_such(store: Store) -> None:
    added(store, [entry(), entry()], batch=True)
    added(store, [entry()])
    with store.reading() as connection:
        first = ledger.moves(connection, "411522", 1)[0]
        assert [one.number for one in ledger.batch(connection, first.id)] == [1, 2]
        assert ledger.moves(connection, "411522", 3)[0].batch is None


def every_standing() -> list[Entry]:
    """Return an entry for each state with deadlines, submissions and acceptances on both sides of the day."""
    days = [MONDAY + timedelta(days=n) for n in (-1, 0, 6, 7, 8)]
    made = []
    for state, due_on, near in product(State, days, (days[0], days[1])):
        submitted_on = near if state in (State.SUBMITTED, State.VERIFIED_CLOSED) else None
        accepted_until = near if state is State.ACCEPTED_UNTIL else None
        made.append(entry(state=state, due_on=due_on, submitted_on=submitted_on, accepted_until=accepted_until, closed_on=MONDAY if state.closed else None))
    return made


def test_lists_say_of_state_and_deadline_what_one_entry_says(store: Store) -> None:
    kept = added(store, every_standing())
    told = {(one.number): (state_on(one, MONDAY), timing(one, MONDAY, WEEK)) for one in kept}
    assert {word for _, word in told.values()} == {*Timing, None}
    with store.reading() as connection:
        for state in State:
            found = {one.number for one in lists.every(connection, wanted(states=[state]))}
            assert found == {number for number, (said, _) in told.items() if said is state}
        for word in Timing:
            found = {one.number for one in lists.every(connection, wanted(timings=[word]))}
            assert found == {number for number, (_, said) in told.items() if said is word}
        by_state, by_timing = lists.counts_by(connection, wanted())
    assert by_state == {state.id: n for state in State if (n := sum(said is state for said, _ in told.values()))}
    assert by_timing == {word.id: sum(said is word for _, said in told.values()) for word in Timing}


@pytest.mark.parametrize("by", lists.ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_meet_without_gap_or_overlap_in_every_order(store: Store, by: str, descending: bool) -> None:
    townships = ["十里镇", "", "城关镇"]
    added(store, [replace(one, township=townships[n % 3], unit=townships[n % 2]) for n, one in enumerate(every_standing())])
    with store.reading() as connection:
        whole = [one for _, one in lists.page(connection, wanted(), by, [], 1_000, descending=descending)]
        parts: list[Entry] = []
        after: list[Any] = []
        while part := lists.page(connection, wanted(), by, after, 7, descending=descending):
            parts += [one for _, one in part]
            after = part[-1][0]
        assert parts == whole
        assert sorted(one.number for one in whole) == list(range(1, len(every_standing()) + 1))
        if by == "due":
            assert [one.due_on for one in whole] == sorted((one.due_on for one in whole), reverse=descending)


def test_every_condition_narrows(store: Store) -> None:
    told = entry(tier=Tier.NATIONAL, severity=Severity.MINOR, category="资金", township="十里镇", unit="财政局", source="2018年督查", check="retained-funds",
                 subject_kind="fund", subject="F-1", text="滞留资金 100% 未拨", asked_due_on=MONDAY)  # fmt: skip
    added(store, [told, entry(text="滞留资金 1000 元")])
    asked: dict[str, Any] = {"tier": "national", "severity": "minor", "category": "资金", "township": "十里镇", "unit": "财政局", "source": "2018年督查",
             "check": "retained-funds", "kind": "fund", "subject": "F-1", "text": "100%", "asked": True, "numbers": [("411522", 1)]}  # fmt: skip
    with store.reading() as connection:
        for name, value in asked.items():
            assert [one.number for one in lists.every(connection, wanted(**{name: value}))] == [1], name
        assert [one.number for one in lists.every(connection, wanted(text="411522-0002"))] == [2]
        assert lists.every(connection, wanted(county="411523")) == []
        assert lists.every(connection, wanted(numbers=[])) == []
        assert lists.values_of(connection, "unit") == ["财政局"]


def test_an_entry_of_another_county_or_township_is_not_there(store: Store) -> None:
    added(store, [entry(township="十里镇"), entry(township="城关镇"), entry(county="411523")])
    county = store.acting(Actor("a", "a", frozenset({Role.KEEPER}), Scope(frozenset({"411523"}))))
    township = store.acting(Actor("b", "b", frozenset({Role.KEEPER}), Scope(frozenset(), frozenset({("411522", "十里镇")}))))
    for bound, seen in ((county, [("411523", 1)]), (township, [("411522", 1)])):
        with bound.reading() as connection:
            assert [(one.county, one.number) for one in lists.every(connection, wanted())] == seen
            assert ledger.get(connection, "411522", 2) is None
            assert ledger.moves(connection, "411522", 2) == []
