"""The torture in its short form: nothing is half there, nothing acknowledged is lost; and each program would notice if it were otherwise."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import torture_disk, torture_files, torture_kills, torture_power, torture_sockets
from benchmarks import torture_work as work
from benchmarks.torture_kills import Tally
from relocation.service import Store
from relocation.service.office import open_office

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    work.filled(folder / "home", folder / "先.csv")
    return folder / "home"


def alone(part: str) -> "subprocess.CompletedProcess[str]":
    """Run one part in a process of its own: it forks, which a process with threads should not."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.torture", "--short", "--only", part], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )


def test_what_is_killed_is_there_wholly_or_not_at_all_and_nothing_acknowledged_is_lost() -> None:
    done = alone("kills")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(" held") == 4


def test_the_judge_of_kills_notices_half_a_work_and_a_lost_one(home: Path, tmp_path: Path) -> None:
    def half(store: Store, sent: Path, tell: work.Tell) -> None:
        work.moves(store, sent, lambda: None)  # thirty transactions that claim to be one
        tell()

    allowed, _ = torture_kills.whole(half, tmp_path, home, home)
    assert len(allowed) == 2
    one_move = torture_kills.copied(home, tmp_path / "half")
    count = iter(range(30))

    def stop() -> None:
        if next(count) == 4:
            raise InterruptedError

    store = open_office(one_move)
    with pytest.raises(InterruptedError):
        work.moves(store, home, stop)
    store.close()
    tally = Tally()
    torture_kills.judge(one_move, allowed, 0, tally)
    assert (tally.half, tally.lost) == (1, 0)
    torture_kills.judge(home, allowed, 1, tally)
    assert (tally.half, tally.lost) == (1, 1)


def test_a_power_cut_with_the_settings_of_the_program_loses_nothing_and_without_syncing_it_does() -> None:
    safe, bare, unsafe = torture_power.run(short=True)
    assert safe.held, safe
    assert bare.held, bare
    assert unsafe.held, unsafe


def test_a_file_is_there_after_a_cut_once_it_its_name_and_its_folders_were_synced_and_may_be_missing_or_torn_before() -> None:
    home, chance = Path("/home"), random.Random(7)  # noqa: S311 - places, not secrets
    folder, part, name = home / "evidence", home / "evidence" / "x.part", home / "evidence" / "x"
    done = [("folder", folder), ("made", part), ("written", part, b"1" * 8), ("synced", part), ("renamed", part, name), ("settled", folder), ("settled", home)]
    for number in range(len(done) + 1):
        files, met = torture_files.Files(), set()
        for one in done[:number]:
            files.take(one)
        for _ in range(60):
            met.add(files.after_a_cut(chance).get("x"))
        assert met == {None} if number < 5 else met == ({b"1" * 8} if number == len(done) else {None, b"1" * 8})


def test_a_cut_keeps_what_was_synced_and_may_lose_or_tear_what_was_not() -> None:
    chance, met = random.Random(7), set()  # noqa: S311 - places, not secrets
    for _ in range(200):
        disk = torture_power.Surface({"a": bytearray(b"0" * 1024)})
        for one in (("write", "a", 0, b"1" * 512), ("sync", "a"), ("write", "a", 512, b"2" * 1024), ("acknowledged", 1), ("truncate", "a", 1100)):
            disk.take(one)
        assert disk.acknowledged == 1
        content = disk.after_a_cut(chance)["a"]
        assert content[:512] == b"1" * 512
        assert set(content[512:1024]) <= set(b"02")
        met.add(bytes(content[512:]))
    assert len(met) > 4


@pytest.mark.parametrize(("synced", "possible"), [(False, {True, False}), (True, {False})])
def test_a_deletion_may_come_undone_until_something_is_synced(synced: bool, possible: set[bool]) -> None:
    chance, met = random.Random(7), set()  # noqa: S311 - places, not secrets
    for _ in range(50):
        disk = torture_power.Surface({"journal": bytearray(b"x"), "a": bytearray(b"y")})
        disk.take(("delete", "journal", False))
        if synced:
            disk.take(("sync", "a"))
        met.add("journal" in disk.after_a_cut(chance))
    assert met == possible


def test_a_full_disk_is_told_and_harms_nothing() -> None:
    rows = torture_disk.run(short=True)
    assert rows
    assert all(row.held for row in rows), rows


def test_others_save_while_a_ledger_is_imported() -> None:
    assert "refused 0" in alone("waits").stdout


@pytest.mark.skipif(os.name == "nt", reason="the server's limits are others there")
def test_a_page_is_given_while_many_connections_say_nothing() -> None:
    (row,) = torture_sockets.run(short=True)  # raises where a page is not given at all, or not within half a minute
    assert row.tried == 20
