"""A month's end is frozen once as the ledger stood then, whatever was done since, and one month leads to the next."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from relocation.ledger.moves import Move
from relocation.service import Store, Trouble
from relocation.service.rectification import months, moving, opening
from relocation.service.rectification.moving import Wish
from relocation.store import log
from tests.service.rectifying import BOTH, ELSEWHERE, KEEPER, VIEWER, bring, home

COUNTY = "411522"
OCTOBER, NOVEMBER, DECEMBER = (datetime(2019, month, 15, 2, tzinfo=UTC) for month in (10, 11, 12))
NEXT_YEAR = datetime(2020, 1, 6, 2, tzinfo=UTC)


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office whose first entry came in October and was dismissed in December, the second in November, the third in January."""
    bring(store, ledger, [home("H1")])
    for number, at in enumerate((OCTOBER, NOVEMBER, NEXT_YEAR), 1):
        opening.open_by_hand(store.acting(KEEPER), county=COUNTY, text=f"问题{number}", category="拆旧", now=at)
    moving.move(store.acting(KEEPER), "411522-0001", Wish(Move.ASSIGN, fields={"unit": "县住建局"}), now=NOVEMBER)
    moving.move(store.acting(BOTH), "411522-0001", Wish(Move.DISMISS, reason="不属实", approver="县领导小组"), now=DECEMBER)
    return store


def frozen(store: Store, month: str, at: datetime = NEXT_YEAR) -> months.MonthTable:
    months.freeze(store.acting(KEEPER), COUNTY, month, now=at)
    return months.table(store, COUNTY, month)


def test_a_month_frozen_late_shows_what_stood_on_its_last_day(office: Store) -> None:
    october, november, december = (frozen(office, month) for month in ("2019-10", "2019-11", "2019-12"))
    assert [(one.month.entries, one.whole.carried, one.whole.opened, one.whole.closed, one.whole.left) for one in (october, november, december)] == [
        (1, 0, 1, 0, 1), (2, 1, 1, 0, 2), (2, 2, 0, 1, 1),
    ]  # fmt: skip
    assert all(one.holds and one.intact for one in (october, november, december))


def test_by_unit_an_entry_that_was_assigned_moves_from_nobody_to_the_unit(office: Store) -> None:
    frozen(office, "2019-10")
    frozen(office, "2019-11")
    lines = {line.group: line for line in months.table(office, COUNTY, "2019-11", "unit").lines}
    assert (lines[""].carried, lines[""].moved, lines[""].left) == (1, -1, 1)
    assert (lines["县住建局"].moved, lines["县住建局"].left) == (1, 1)


def test_a_month_before_the_first_entry_is_refused_and_nothing_is_frozen(office: Store) -> None:
    with pytest.raises(Trouble) as wrong:
        months.freeze(office.acting(KEEPER), COUNTY, "2019-09", now=NEXT_YEAR)
    assert wrong.value.code == "month-before"
    assert months.months(office, COUNTY) == []


def test_freezing_again_changes_nothing_and_is_not_logged_again(office: Store) -> None:
    first = months.freeze(office.acting(KEEPER), COUNTY, "2019-12", now=NEXT_YEAR)
    assert months.freeze(office.acting(KEEPER), COUNTY, "2019-12", now=NEXT_YEAR + timedelta(days=9)) == first
    with office.reading() as connection:
        assert [one.subject for one in log.everything(connection) if one.action == "month.frozen"] == ["2019-12"]


def test_what_was_frozen_stays_whatever_is_done_later(office: Store) -> None:
    before = frozen(office, "2019-12")
    moving.move(office.acting(KEEPER), "411522-0002", Wish(Move.ASSIGN, fields={"unit": "县财政局"}), now=NEXT_YEAR)
    assert months.table(office, COUNTY, "2019-12") == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_month_row SET state = 'open'", "DELETE FROM ledger_month_row", "UPDATE ledger_month SET entries = 0", "DELETE FROM ledger_month"],
)
def test_the_database_refuses_to_alter_a_frozen_month(office: Store, statement: str) -> None:
    frozen(office, "2019-12")
    with pytest.raises(Exception, match="never altered"), office.writing() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("month", "code"), [("2020-01", "month-not-over"), ("2020-02", "month-not-over"), ("2019-13", "month-unknown"), ("zwölf", "month-unknown")]
)
def test_a_month_that_is_not_over_or_none_is_refused(office: Store, month: str, code: str) -> None:
    with pytest.raises(Trouble) as wrong:
        months.freeze(office.acting(KEEPER), COUNTY, month, now=NEXT_YEAR)
    assert wrong.value.code == code


def test_a_month_nobody_froze_is_refused_with_those_that_were(office: Store) -> None:
    frozen(office, "2019-12")
    with pytest.raises(Trouble) as wrong:
        months.table(office, COUNTY, "2019-11")
    assert "2019-12" in wrong.value.mend("zh")


def test_another_county_and_a_viewer_freeze_nothing(office: Store) -> None:
    for who in (VIEWER, ELSEWHERE):
        with pytest.raises(Trouble):
            months.freeze(office.acting(who), COUNTY, "2019-12", now=NEXT_YEAR)
    assert months.months(office.acting(ELSEWHERE), COUNTY) == []
