"""Checks run again: the ledger follows and closes nothing, and what lies outside a run's scope is left as it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relocation.ledger.entry import Entry
from relocation.ledger.moves import Move
from relocation.ledger.states import Presence, State
from relocation.service import Store
from relocation.service.batching import check_by_batches
from relocation.service.judging import chosen
from relocation.service.rechecking import recheck
from relocation.service.rectification import listing, opening
from relocation.service.rectification.moving import Wish, entry, move
from relocation.store import log
from relocation.store import rectification as ledger_store
from tests.service.rectifying import DAY, FITTING, KEEPER, NOW, REVIEWER, bring, home, judged

Ledger = Callable[..., Path]


@pytest.fixture
def office(store: Store, ledger: Ledger) -> Store:
    """Return two counties whose homes are all too large, each with its entry."""
    bring(store, ledger, [home("H1"), home("H2")])
    bring(store, ledger, [home("H1"), home("H9")], county="411523")
    judged(store)
    opening.open_fails(store, now=NOW)
    return store


def presences(store: Store) -> dict[str, str]:
    return {row.entry.id: row.entry.presence.id for row in listing.every(store, "zh", day=DAY)}


def close(store: Store, id: str) -> None:
    """Write an entry closed as it would be after everything was proved."""
    one = entry(store, id)
    with store.writing() as connection:
        done = replace(one, state=State.VERIFIED_CLOSED, presence=Presence.GONE, closed_by="reviewer", closed_on=DAY, submitted_on=DAY, version=one.version + 1)
        ledger_store.save(connection, one, done)
        ledger_store.add_move(connection, one, done, Move.VERIFY, "reviewer", NOW)


def test_new_then_still_then_gone_then_back_and_never_closed(office: Store, ledger: Ledger) -> None:
    assert set(presences(office).values()) == {"new"}
    judged(office)
    assert set(presences(office).values()) == {"still"}
    bring(office, ledger, [home("H1", FITTING)])
    assert set(presences(office).values()) == {"still"}, "an upload alone says nothing"
    judged(office)
    assert presences(office) == {"411522-0001": "gone", "411522-0002": "still", "411523-0001": "still", "411523-0002": "still"}
    assert entry(office, "411522-0001").state is State.OPEN, "closing is proposed, never done"
    bring(office, ledger, [home("H1")])
    judged(office)
    assert presences(office)["411522-0001"] == "back"
    judged(office)
    assert presences(office)["411522-0001"] == "still"
    with office.reading() as connection:
        actions = [one.action for one in log.timeline(connection, "ledger", "411522", "411522-0001")]
    assert actions == ["ledger.gone", "ledger.back"]


def test_a_run_of_one_county_or_of_another_check_touches_nothing_else(office: Store, ledger: Ledger) -> None:
    bring(office, ledger, [home("H1", FITTING), home("H2", FITTING)])
    bring(office, ledger, [home("H1", FITTING), home("H9", FITTING)], county="411523")
    before = [entry(office, id) for id in presences(office)]
    judged(office, only=["old-house"])
    assert [entry(office, one.id) for one in before] == before
    judged(office, county="411522")
    assert presences(office) == {"411522-0001": "gone", "411522-0002": "gone", "411523-0001": "new", "411523-0002": "new"}
    assert [entry(office, one.id) for one in before if one.county == "411523"] == [one for one in before if one.county == "411523"]


def test_one_record_judged_again_moves_its_own_entry_alone(office: Store, ledger: Ledger) -> None:
    judged(office, only=())  # all checks, so that one record can be judged by itself
    bring(office, ledger, [home("H2", FITTING)])
    recheck(office, "household", ["H2"], county="411522", as_of=DAY, now=NOW)
    assert presences(office) == {"411522-0001": "still", "411522-0002": "gone", "411523-0001": "still", "411523-0002": "still"}


def test_batches_of_counties_say_the_same(office: Store, ledger: Ledger) -> None:
    bring(office, ledger, [home("H9", FITTING)], county="411523")
    check_by_batches(office, chosen(["living-area"]), as_of=DAY, now=NOW, only=["living-area"], batch=1)
    assert presences(office) == {"411522-0001": "still", "411522-0002": "still", "411523-0001": "still", "411523-0002": "gone"}


def test_a_missing_area_is_no_mended_one(office: Store, ledger: Ledger) -> None:
    bring(office, ledger, [home("H1", "")])
    judged(office)
    assert presences(office)["411522-0001"] == "still"


def test_a_finding_that_comes_back_after_its_entry_was_closed_opens_a_new_one_that_points_to_the_old(office: Store, ledger: Ledger) -> None:
    bring(office, ledger, [home("H1", FITTING)])
    judged(office)
    close(office, "411522-0001")
    judged(office)
    assert len(presences(office)) == 4
    bring(office, ledger, [home("H1")])
    later = NOW + timedelta(days=60)
    judged(office, now=later)
    old, new = entry(office, "411522-0001"), entry(office, "411522-0003")
    assert (old.state, old.presence) == (State.VERIFIED_CLOSED, Presence.GONE)
    assert (new.repeats, new.presence, new.state, new.subject, new.opened_at) == (1, Presence.BACK, State.OPEN, "H1", later)
    judged(office)
    assert len(presences(office)) == 5
    assert entry(office, new.id).presence is Presence.STILL


def test_what_was_dismissed_stays_so_until_it_was_gone_and_is_back(office: Store, ledger: Ledger) -> None:
    move(office.acting(REVIEWER), "411522-0001", Wish(Move.DISMISS, reason="量错了面积", approver="住建局"), now=NOW)
    judged(office)
    assert opening.open_fails(office.acting(KEEPER), now=NOW).dismissed == 1
    assert len(presences(office)) == 4
    bring(office, ledger, [home("H1", FITTING)])
    judged(office)
    bring(office, ledger, [home("H1")])
    judged(office)
    again: Entry = entry(office, "411522-0003")
    assert (again.repeats, again.presence) == (1, Presence.BACK)


def test_a_run_meets_nobodys_edit(office: Store) -> None:
    seen = entry(office, "411522-0001")
    judged(office)
    made = move(office.acting(KEEPER), seen.id, Wish(Move.EDIT, fields={"measure": "已在整改"}), now=NOW, version=seen.version)
    assert (made.entry.measure, entry(office, seen.id).presence) == ("已在整改", Presence.STILL)


def test_an_acceptance_holds_for_what_was_found_then_and_lapses_when_that_changes(office: Store, ledger: Ledger) -> None:
    bring(office, ledger, [home("H1", "140")])
    judged(office)
    due_on = entry(office, "411522-0001").due_on
    move(office.acting(REVIEWER), "411522-0001", Wish(Move.ACCEPT, reason="雨季", approver="县领导小组", until=DAY + timedelta(days=90)), now=NOW)
    judged(office)
    assert entry(office, "411522-0001").state is State.ACCEPTED_UNTIL, "the same was found again"
    bring(office, ledger, [home("H1", "160")])
    judged(office)
    lapsed = entry(office, "411522-0001")
    assert (lapsed.state, lapsed.due_on, lapsed.approver, lapsed.accepted_until) == (State.OPEN, due_on, "", None)
    last = listing.one(office, lapsed.id, "zh", day=DAY).past[-1]
    assert (last.move, last.who, last.since) == (Move.LAPSE, "checks", State.ACCEPTED_UNTIL)
