"""A full disk, a disk that is only read, a damaged page, a second server: words and nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relocation.service import Store, alone, auditing, backing, registers
from relocation.service.anchoring import anchor_line
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.store import log
from relocation.store.opening import open_store
from relocation.store.trouble import Trouble
from tests.disks import fill, only_read, small_disk
from tests.service.conftest import HOUSEHOLDS, NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as made:
        yield made


def written(path: Path, rows: int) -> Path:
    path.write_text("\n".join([HOUSEHOLDS, *(f"{path.stem}{n:05d},演甲,十里镇,是,3,2017-03-05,集中安置,75" for n in range(rows))]), "utf-8")
    return path


def total(store: Store) -> int:
    return registers.households(store, "zh").total


def test_a_full_disk_says_so_loses_nothing_and_is_still_read(disk: Path, tmp_path: Path) -> None:
    store = open_office(disk / "home")
    import_files(store, [written(tmp_path / "A.csv", 50)], now=NOW, county="411522", refused_beside=tmp_path)
    head = anchor_line(store)
    ballast = fill(disk)
    with pytest.raises(Trouble) as refused:
        import_files(store, [written(tmp_path / "B.csv", 20_000)], now=NOW, county="411522", refused_beside=tmp_path)
    assert refused.value.code == "disk-full"
    assert total(store) == 50
    assert auditing.verify(store, head).problems == ()
    ballast.unlink()
    import_files(store, [written(tmp_path / "C.csv", 50)], now=NOW, county="411522", refused_beside=tmp_path)
    assert total(store) == 100
    assert auditing.verify(store, head).problems == ()
    store.close()


def test_an_office_can_be_opened_and_read_on_a_full_disk(disk: Path, tmp_path: Path) -> None:
    store = open_office(disk / "home")
    import_files(store, [written(tmp_path / "A.csv", 50)], now=NOW, county="411522", refused_beside=tmp_path)
    store.close()
    fill(disk)
    again = open_office(disk / "home")
    assert total(again) == 50
    assert auditing.verify(again).problems == ()
    with pytest.raises(Trouble) as refused, again.writing() as connection:
        log.append(connection, by=again.actor, at=NOW, action="record.changed")
    assert refused.value.code in ("database-readonly", "disk-full", "disk-failing")
    again.close()


def test_a_backup_that_does_not_fit_on_the_disk_leaves_nothing_behind(disk: Path, tmp_path: Path) -> None:
    store = open_office(tmp_path / "home")
    fill(disk)
    with pytest.raises(Trouble) as refused:
        backing.backup(store, disk / "saved.backup", now=NOW)
    assert refused.value.code == "backup-disk-full"
    assert [path.name for path in disk.iterdir()] == ["ballast"]
    store.close()


def test_a_home_on_a_disk_that_is_only_read_opens_for_reading_and_refuses_changes_with_words(disk: Path, tmp_path: Path) -> None:
    store = open_office(disk / "home")
    import_files(store, [written(tmp_path / "A.csv", 50)], now=NOW, county="411522", refused_beside=tmp_path)
    store.close()
    only_read(disk)
    again = open_office(disk / "home")
    assert again.reads_only
    assert total(again) == 50
    assert auditing.verify(again).problems == ()
    with pytest.raises(Trouble) as refused:
        import_files(again, [written(tmp_path / "B.csv", 5)], now=NOW, county="411522", refused_beside=tmp_path)
    assert refused.value.code == "database-readonly"
    again.close()


def test_an_office_that_reads_and_writes_is_told_from_one_that_only_reads(store: Store) -> None:
    assert not store.reads_only


def test_a_home_that_holds_nothing_and_cannot_be_written_is_refused(disk: Path) -> None:
    only_read(disk)
    with pytest.raises(Trouble) as refused:
        open_office(disk / "home")
    assert refused.value.code == "home-unwritable"
    (disk / "home").exists()


def test_a_file_whose_log_was_not_written_back_is_not_read_without_it(disk: Path, tmp_path: Path) -> None:
    store = open_office(disk / "home")
    import_files(store, [written(tmp_path / "A.csv", 50)], now=NOW, county="411522", refused_beside=tmp_path)
    shutil.copytree(disk / "home", tmp_path / "torn", ignore=shutil.ignore_patterns("*-shm"))  # as a power cut leaves it
    store.close()
    shutil.rmtree(disk / "home")
    shutil.copytree(tmp_path / "torn", disk / "home")
    assert (disk / "home" / "relocation.db-wal").stat().st_size
    only_read(disk)
    try:
        again = open_office(disk / "home")
    except Trouble as trouble:
        assert trouble.code in ("home-unwritable", "database-unreachable")  # noqa: PT017 - either way is right, silence is not
    else:
        assert total(again) == 50
        again.close()


@pytest.fixture
def sound(county: Store, tmp_path: Path) -> Path:
    made = tmp_path / "sound"
    made.mkdir()
    with sqlite3.connect(county.home / "relocation.db") as source, sqlite3.connect(made / "relocation.db") as copy:
        source.backup(copy)
    shutil.copytree(county.home / "keys", made / "keys")
    return made


PAGE = 4096


def overwritten(home: Path, page: int) -> None:
    with (home / "relocation.db").open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xff" * PAGE)


def test_a_page_that_was_overwritten_is_found(sound: Path) -> None:
    assert (sound / "relocation.db").stat().st_size > 200 * PAGE
    found = 0
    for page in range(40, 200, 20):
        damaged = sound.with_name(f"page{page}")
        shutil.copytree(sound, damaged)
        overwritten(damaged, page)
        try:
            store = open_store(damaged)
        except Trouble as trouble:
            found += trouble.code == "database-damaged"
        else:
            found += bool(auditing.damaged(store))
            store.close()
    assert found == 8


def test_a_file_cut_short_is_found(sound: Path) -> None:
    path = sound / "relocation.db"
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    try:
        store = open_store(sound)
    except Trouble as trouble:
        code = trouble.code
    else:
        code = "database-damaged" if auditing.damaged(store) else ""
        store.close()
    assert code == "database-damaged"


def test_a_sound_file_is_not_said_to_be_damaged(sound: Path) -> None:
    store = open_store(sound)
    assert auditing.damaged(store) == ()
    store.close()


def test_a_second_server_on_a_home_is_refused_by_the_number_of_the_first(tmp_path: Path) -> None:
    with alone.alone(tmp_path):
        command = "import sys; from pathlib import Path; from relocation.service.alone import alone\nwith alone(Path(sys.argv[1])): print('in')"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        second = subprocess.run([sys.executable, "-c", command, str(tmp_path)], capture_output=True, text=True, check=False, env=environment)
        assert second.returncode == 1
        assert f"server-running {{'home': {tmp_path!r}, 'pid': '{os.getpid()}'}}" in second.stderr
    with alone.alone(tmp_path):
        pass


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    command = "import sys, time; from pathlib import Path; from relocation.service.alone import alone\nwith alone(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", command, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        with pytest.raises(Trouble):
            alone.refuse_beside(tmp_path)
        first.kill()
    alone.refuse_beside(tmp_path)


def test_a_home_without_a_server_refuses_nothing_and_nothing_is_made_in_it(tmp_path: Path) -> None:
    alone.refuse_beside(tmp_path)
    assert list(tmp_path.iterdir()) == []
