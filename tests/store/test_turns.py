"""Whoever waits to write is known to wait, in whatever process, for as long as they do and no longer."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from relocation.store import files, turns
from relocation.store.opening import Store, open_store

PATIENCE_SECONDS = 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def database_of(store: Store) -> str:
    name = store.engine.url.database
    assert name is not None
    return name


def comes_to_be(database: str, waited: bool) -> bool:
    """Look until somebody waits, or nobody does any more."""
    ends = monotonic() + PATIENCE_SECONDS
    while turns.anybody_waits(database) != waited and monotonic() < ends:
        sleep(0.005)
    return turns.anybody_waits(database) == waited


def save(store: Store) -> None:
    with store.writing() as connection:
        files.name_county(connection, "990101", "示例县")


def test_nobody_waits_while_somebody_writes_alone(store: Store) -> None:
    assert not turns.anybody_waits(database_of(store))
    with store.writing():
        assert not turns.anybody_waits(database_of(store))


def test_whoever_waits_is_known_to_until_they_have_written(store: Store) -> None:
    database, other = database_of(store), Thread(target=save, args=(store,))
    with store.writing():
        other.start()
        assert comes_to_be(database, waited=True)
    other.join(PATIENCE_SECONDS)
    assert not turns.anybody_waits(database)
    with store.reading() as connection:
        assert files.county_names(connection)["990101"] == "示例县"


WAITS = """
import sys
from relocation.store import turns

with turns.waiting(sys.argv[1]):
    print("waits", flush=True)
    sys.stdin.read()
"""


def test_whoever_dies_waiting_is_waited_for_no_more(store: Store) -> None:
    database = database_of(store)
    with subprocess.Popen([sys.executable, "-c", WAITS, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        assert turns.anybody_waits(database)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not turns.anybody_waits(database)


def test_whoever_writes_much_goes_on_though_somebody_waits_for_ever(store: Store) -> None:
    database = database_of(store)
    with turns.waiting(database):
        store.let_in()  # comes back
        assert turns.anybody_waits(database)


def test_between_its_transactions_it_moves_what_it_wrote_from_the_log_into_the_database(store: Store, tmp_path: Path) -> None:
    save(store)
    store.let_in()
    (tmp_path / "alone.db").write_bytes(Path(database_of(store)).read_bytes())  # without the log beside it
    with closing(sqlite3.connect(tmp_path / "alone.db")) as alone:
        assert alone.execute("SELECT name FROM county WHERE code = '990101'").fetchone() == ("示例县",)


def test_waiting_that_cannot_be_noted_is_waiting_all_the_same(tmp_path: Path) -> None:
    gone = str(tmp_path / "none" / "relocation.db")
    with turns.waiting(gone):
        assert not turns.anybody_waits(gone)
