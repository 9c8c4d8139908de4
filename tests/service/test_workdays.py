"""A county's own table of working days goes before the notices, with a reason, for its own deadlines alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from relocation.accounts.roles import Role
from relocation.service import Store, Trouble, workdays
from relocation.service.rectification import opening
from relocation.store import log
from tests.service.rectifying import KEEPER, actor, bring, home

COUNTY = "411522"
NOW = datetime(2026, 12, 28, 2, tzinfo=UTC)  # a Monday
TABLE = "年份,文号,节日,起,止,安排\n2027,县政办〔2026〕3号,元旦,2027-01-01,2027-01-08,休\n"
VETTER = actor("vetter", Role.VETTER)


def due(store: Store) -> date:
    return opening.open_by_hand(store.acting(KEEPER), county=COUNTY, text="问题", now=NOW).due_on


def test_a_published_table_counts_for_what_is_opened_afterwards(store: Store, ledger: Callable[..., Path]) -> None:
    bring(store, ledger, [home("H1")])
    before = due(store)
    workdays.publish(store.acting(VETTER), COUNTY, TABLE, "县里多放几天", now=NOW)
    assert (due(store) - before).days == 8  # six working days off, and the weekend they run into
    assert workdays.county_calendar(store, COUNTY).notices[2027] == ("县政办〔2026〕3号",)
    assert 2027 not in workdays.county_calendar(store, "411523").notices


def test_publishing_needs_a_reason_a_right_and_a_clear_table(store: Store) -> None:
    for by, text, reason, code in (
        (VETTER, TABLE, " ", "ledger-reason"),
        (KEEPER, TABLE, "县里多放几天", "not-allowed"),
        (VETTER, TABLE.replace("休", "放"), "县里多放几天", "workdays-unclear"),
    ):
        with pytest.raises(Trouble) as wrong:
            workdays.publish(store.acting(by), COUNTY, text, reason, now=NOW)
        assert wrong.value.code == code
        assert wrong.value.reason("zh") and wrong.value.mend("en")


def test_publishing_is_logged_once_and_the_history_keeps_every_table(store: Store) -> None:
    for text in (TABLE, TABLE, TABLE.replace("08", "07")):
        workdays.publish(store.acting(VETTER), COUNTY, text, "县里多放几天", now=NOW)
    assert [one.text for one in workdays.tables(store, COUNTY)] == [TABLE.replace("08", "07"), TABLE]
    with store.reading() as connection:
        assert [(one.subject, one.new["years"]) for one in log.everything(connection)] == [(COUNTY, [2027])] * 2
