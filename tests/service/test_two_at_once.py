"""Two people who do the same at one moment on a server: the second sees what the first did."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import text

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import EVERYWHERE
from relocation.service import Store, accounts, auditing
from relocation.service.office import open_office
from relocation.service.rectification.opening import open_by_hand, open_one
from relocation.store import accounts as people
from relocation.store import log
from relocation.store import rectification_queries as lists
from relocation.store.rectification_queries import EntryFilter
from relocation.store.trouble import Trouble
from tests import postgres
from tests.service import rectifying
from tests.service.rectifying import DAY, KEEPER, NOW

Ledger = Callable[..., Path]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Store]:
    with postgres.server() as socket:
        store = open_office(tmp_path / "home", postgres.fresh_database(socket))
        yield store
        store.close()


def at_once(store: Store, *verbs: Callable[[], object]) -> list[str]:
    """Do several things while a third connection keeps all of them from being logged; then let them go on, and return what each came to."""
    came: list[str] = []

    def do(verb: Callable[[], object]) -> None:
        try:
            verb()
            came.append("done")
        except Trouble as trouble:
            came.append(trouble.code)

    threads = [Thread(target=do, args=(verb,)) for verb in verbs]
    with store.writing() as connection:
        log.append(connection, by=KEEPER, at=NOW, action="test.held")
        for thread in threads:
            thread.start()
        waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        while connection.execute(waits).scalar() != len(threads):
            time.sleep(0.01)
            connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
    for thread in threads:
        thread.join()
    return sorted(came)


def test_two_who_open_an_entry_from_one_finding_open_one(served: Store, ledger: Ledger) -> None:
    rectifying.bring(served, ledger, [rectifying.home("H1")])
    rectifying.judged(served)
    keeper = served.acting(KEEPER)
    open_by_hand(keeper, county="411522", text="旧", now=NOW)  # the county has its numbers

    def opening() -> object:
        return open_one(keeper, "living-area", "household", "411522", "H1", now=NOW)

    assert at_once(served, opening, opening) == ["done", "ledger-already"]
    with served.reading() as connection:
        assert lists.count(connection, EntryFilter(DAY, DAY)) == 2
    assert auditing.verify(served).problems == ()


def test_two_administrators_do_not_shut_each_other_out(served: Store) -> None:
    for name in ("first", "second"):
        accounts.add(served, name, name, [Role.ADMINISTRATOR], EVERYWHERE, now=NOW, random=bytes(32))

    def disabling(mine: str, other: str) -> Callable[[], object]:
        return lambda: accounts.disable(served.acting(Actor(mine, mine, frozenset({Role.ADMINISTRATOR}), EVERYWHERE)), other, now=NOW)

    assert at_once(served, disabling("first", "second"), disabling("second", "first")) == ["done", "last-administrator"]
    with served.reading() as connection:
        assert people.administrators(connection) == 1


def test_somebody_bound_to_places_sees_them_in_a_schema_of_another_name(tmp_path: Path, ledger: Ledger) -> None:
    with postgres.server() as socket:
        address = postgres.fresh_database(socket)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute('CREATE SCHEMA "the office"')
        store = open_office(tmp_path / "home", f'{address}&options=-csearch_path%3D"the\\ office"')
        rectifying.bring(store, ledger, [rectifying.home("H1")])
        rectifying.bring(store, ledger, [rectifying.home("H2")], county="411523")
        with store.acting(KEEPER).reading() as connection:
            assert connection.execute(text("SELECT code FROM household")).scalars().all() == ["H1"]
        store.close()
