"""A nation judged by batches of counties stands as one judged at once: in every county, also where people are entered in two."""

from pathlib import Path

import pytest
from sqlalchemy import select

from relocation.service import Store, checking
from relocation.store import tables
from tests.service.conftest import NOW
from tests.service.test_rechecking import AS_OF, BOOKS, EDITS, ID, THERE, brought, checked, kept, office

__all__ = ["checked", "office"]  # the office of two counties, checked


@pytest.fixture
def nation(office: Store, tmp_path: Path) -> Store:
    """Return an office with a third county, whose people stand in the ledgers of the others."""
    households, notices, funds = (BOOKS[name][0] for name in ("households", "notices", "funds"))
    brought(
        office,
        tmp_path,
        "households",
        (households, f"K1,演乙,{ID[1]},北乡,三村,是,3,2017-03-05,集中,,75,B2,,", "K2,演戊,,北乡,三村,是,2,2017-03-05,分散,,50,,,"),
        "411521",
    )
    brought(office, tmp_path, "notices", (notices, f"M1,演丙,{ID[2]},北乡,3,2017-02-01"), "411521")
    brought(office, tmp_path, "funds", (funds, "三号,省级,900000,2016-01-05,0,2019-12-31"), THERE)
    return office


@pytest.mark.parametrize("most", [1, 5, 25])
def test_batches_find_and_keep_what_one_run_of_everything_does(nation: Store, most: int) -> None:
    by_batches = checking.check(nation, as_of=AS_OF, now=NOW, most_at_once=most)
    left = kept(nation)
    at_once = checking.check(nation, as_of=AS_OF, now=NOW, most_at_once=1000)
    assert left == kept(nation)
    assert by_batches.counts == at_once.counts
    assert (at_once.new, at_once.gone, at_once.back) == (0, 0, 0) and at_once.still == by_batches.new + by_batches.still + by_batches.back


def test_batches_move_findings_as_one_run_of_everything_does(nation: Store, tmp_path: Path) -> None:
    checking.check(nation, as_of=AS_OF, now=NOW)
    for edit in (EDITS["a number two share"], EDITS["an area"], EDITS["a sum"]):
        brought(nation, tmp_path, edit.ledger, (edit.heading, edit.line))
    checking.check(nation, as_of=AS_OF, now=NOW, most_at_once=1)
    left = kept(nation)
    checking.check(nation, as_of=AS_OF, now=NOW, most_at_once=1000)
    assert left == kept(nation)


def test_a_batched_run_of_some_checks_closes_nothing_of_the_others(nation: Store) -> None:
    before = others(nation)
    checking.check(nation, as_of=AS_OF, now=NOW, only=["record-completeness"], most_at_once=1)
    assert others(nation) == before
    assert "411521" in {row[1] for row in found(nation) if row[0] == "record-completeness"}


def found(store: Store) -> list[tuple[str, str, str]]:
    """Return check, county and subject of every finding that is kept."""
    with store.reading() as connection:
        columns = (tables.finding.c[name] for name in ("check", "county", "subject"))
        return sorted((one, two, three) for one, two, three in connection.execute(select(*columns)))


def others(store: Store) -> list[tuple[str, str, str]]:
    return [row for row in found(store) if row[0] != "record-completeness"]
