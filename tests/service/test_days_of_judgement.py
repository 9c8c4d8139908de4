"""Nobody closes an entry by choosing a day on which its check passed, and a place's people do not set the day of the whole county's run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from relocation.accounts.roles import Role
from relocation.service import Store, Trouble
from relocation.service.checking import check
from relocation.service.findings import counts
from relocation.service.rectification import opening
from relocation.service.rectification.passing import passes_now
from tests.service.rectifying import KEEPER, actor
from tests.web.offices import ordinary

CLOSES, LATE = date(2020, 1, 10), datetime(2026, 3, 2, 2, tzinfo=UTC)
CLERK = actor("clerk", Role.KEEPER, township="甲乡")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    """Return an office with a home whose old house stood too long on the day its ledgers close."""
    store = ordinary(tmp_path / "home")
    check(store, as_of=CLOSES, now=LATE)
    yield store
    store.close()


def refusal(code: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, check=lambda trouble: trouble.code == code)


def test_a_run_by_a_day_on_which_it_passed_closes_nothing(office: Store) -> None:
    made = opening.open_one(office.acting(KEEPER), "old-house", "household", "411522", "H2", now=LATE)
    assert not passes_now(office, made, LATE.date())
    check(office, as_of=date(2018, 3, 2), now=LATE)  # whoever holds everything may look back
    assert counts(office).counts["old-house"].get("fail", 0) == 0, "on that day the house might still stand"
    assert not passes_now(office, made, LATE.date())
    check(office, as_of=date(2018, 3, 2), now=LATE, county="411522", only=["old-house"])
    assert not passes_now(office, made, LATE.date())


def test_people_of_a_county_set_no_day_before_the_last_runs(office: Store) -> None:
    keeper = office.acting(KEEPER)
    with refusal("check-day-earlier") as told:
        check(keeper, as_of=date(2018, 3, 2), now=LATE, only=["living-area"])
    assert all("2020-01-10" in told.value.reason(lang) and told.value.mend(lang) for lang in ("zh", "en"))
    assert check(keeper, as_of=None, now=LATE).as_of == CLOSES
    assert check(keeper, as_of=CLOSES + timedelta(days=1), now=LATE).as_of == CLOSES + timedelta(days=1)


def test_people_of_a_township_run_the_checks_by_the_countys_last_day_and_set_none(office: Store) -> None:
    clerk = office.acting(CLERK)
    assert check(clerk, as_of=None, now=LATE).as_of == CLOSES
    for day in (date(1990, 1, 1), CLOSES + timedelta(days=1)):
        with refusal("check-day-township") as told:
            check(clerk, as_of=day, now=LATE)
        assert all("2020-01-10" in told.value.reason(lang) and told.value.mend(lang) for lang in ("zh", "en"))
    assert counts(office).as_of == CLOSES
