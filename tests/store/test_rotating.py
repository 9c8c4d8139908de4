"""Keys change while the office works: whatever kills the change, every value is readable and the change can be gone on with."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checks.links import link_of
from checks.vocabulary import HOUSEHOLD, RENOVATION
from relocation.service.key_keeping import key_status, rotate_keys
from relocation.store import digests, queries, rotating
from relocation.store.frames import read_holding, read_records, read_tied
from relocation.store.opening import Store, open_store
from tests.store.people import COUNTY, NOW, bring, people

NUMBERS = {f"H{number:04d}": f"99010119491231{number:04d}" for number in range(1200)}
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from relocation.service import key_keeping as keeping
from relocation.store import rotating
from relocation.store.opening import open_store

store, left = open_store(Path(sys.argv[1]), sys.argv[2]), int(sys.argv[3])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def told(name, done):
    global left
    left -= 1
    if left == 0:
        die()

if left == -2:
    keeping._begin = lambda *_: die()  # the key is in its file, and the database does not know it
if left == -1:
    keeping.seal_anew = lambda *_: die()  # the database names both, nothing is sealed anew
keeping.rotate_keys(store, now=datetime(2026, 11, 24, tzinfo=UTC), told=told)
"""


def filled(home: Path, database: str) -> Store:
    store = open_store(home, database)
    bring(store, people(NUMBERS))
    bring(store, people({**NUMBERS, "H0001": NUMBERS["H0002"]}))
    bring(store, people({"W1": NUMBERS["H0002"], "W2": NUMBERS["H0007"]}, RENOVATION, "411523"))
    return store


def written(store: Store) -> list[object]:
    with store.reading() as connection:
        return [digests.digest(connection, table, {}) for table in ("household", "renovation", "change")]


def holds(store: Store) -> None:
    """Hold that every value opens, is found, is joined and compared, whatever key it lies under."""
    expected = {**NUMBERS, "H0001": NUMBERS["H0002"]}
    with store.reading() as connection:
        homes = read_records(connection, HOUSEHOLD)
        assert dict(zip(homes.code, homes.id_number, strict=True)) == expected
        found = read_holding(connection, HOUSEHOLD, [(("id_number", frozenset({NUMBERS["H0002"]})),)])
        assert found.code.tolist() == ["H0001", "H0002"]
        assert read_tied(connection, RENOVATION, HOUSEHOLD, link_of("id_number"), [COUNTY]).code.tolist() == ["W1", "W2"]
        assert [row["old"] for row in queries.changes_of(connection, "household", COUNTY, "H0001")] == [NUMBERS["H0001"]]
    assert bring(store, people(expected)).unchanged == len(NUMBERS)


def test_a_new_key_takes_every_value_over_and_the_old_one_stays_for_old_backups(database: str, tmp_path: Path) -> None:
    store = filled(tmp_path, database)
    (before,) = key_status(store).keys
    said = written(store)
    report = rotate_keys(store, now=NOW)
    assert written(store) == said  # what the log says of the rows still holds
    assert [(key.values, key.newest, key.in_use) for key in report.keys] == [(before.values, True, True), (0, False, False)]
    assert before.id == report.keys[1].id
    assert not report.unfinished
    holds(store)
    store.close()
    again = open_store(tmp_path, database)
    holds(again)
    again.close()


@pytest.mark.parametrize("moment", [-2, -1, 1, 2, 3, 4, 5])
def test_a_change_killed_at_any_moment_leaves_everything_readable_and_is_gone_on_with(database: str, tmp_path: Path, moment: int) -> None:
    filled(tmp_path, database).close()
    died = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), database, str(moment)], check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert died.returncode == -signal.SIGKILL
    store = open_store(tmp_path, database)
    assert key_status(store).unfinished
    holds(store)
    report = rotate_keys(store, now=NOW)
    assert not report.unfinished
    assert len(report.keys) == 2
    holds(store)
    store.close()


def test_a_program_that_runs_on_writes_and_reads_with_the_new_key(database: str, tmp_path: Path) -> None:
    running = filled(tmp_path, database)
    other = open_store(tmp_path, database)
    rotate_keys(other, now=NOW)
    bring(running, people({"N1": NUMBERS["H0009"]}))
    _newest, older = key_status(other).keys
    assert older.values == 0
    holds_both = read_by(other), read_by(running)
    assert holds_both[0] == holds_both[1]
    for store in (running, other):
        store.close()


def read_by(store: Store) -> list[str | None]:
    with store.reading() as connection:
        return list(read_records(connection, HOUSEHOLD).id_number)


def test_a_key_put_first_in_the_environment_is_changed_to(database: str, tmp_path: Path) -> None:
    import base64

    old, new = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    store = open_store(tmp_path, database, {"RELOCATION_KEY": old})
    bring(store, people(NUMBERS))
    store.close()
    store = open_store(tmp_path, database, {"RELOCATION_KEY": f"{new}, {old}"})
    assert key_status(store).unfinished
    assert not rotate_keys(store, now=NOW).unfinished
    store.close()
    alone = open_store(tmp_path, database, {"RELOCATION_KEY": new})
    assert sorted(number or "" for number in read_by(alone)) == sorted(NUMBERS.values())
    alone.close()


def test_values_are_sealed_anew_in_small_transactions(database: str, tmp_path: Path) -> None:
    store = filled(tmp_path, database)
    heard: list[tuple[str, int]] = []
    rotate_keys(store, now=NOW, told=lambda name, done: heard.append((name, done)))
    assert [done for name, done in heard if name == "household"] == [rotating.AT_ONCE, 2 * rotating.AT_ONCE, len(NUMBERS)]
    store.close()
