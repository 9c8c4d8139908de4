"""A backup is what there was, made while others work; an office made of it again is the same, row by row and file by file, or none at all."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from relocation.service import Store, auditing, backing
from relocation.service.keeping import hash_of
from relocation.service.office import open_office, open_to_verify
from relocation.store import copying
from relocation.store.trouble import Trouble
from tests import postgres
from tests.service.conftest import HOUSEHOLDS, NOW

ROOT = Path(__file__).resolve().parents[2]
ROWS = 4_000


@pytest.fixture
def office_home(county: Store, tmp_path: Path) -> Path:
    """Return a home of its own that is what the demonstration's is."""
    made, saved = tmp_path / "made", tmp_path / "first.backup"
    backing.backup(county, saved, now=NOW, with_keys=True)
    backing.restore(saved, made)
    return made


def tables_of(store: Store) -> dict[str, list[bytes]]:
    with copying.snapshot(store) as connection:
        return {table.name: list(copying.lines(connection, table)) for table in copying.tables(connection)}


def files_of(home: Path) -> dict[str, str]:
    passing = ("relocation.db", "keys", "uploads")
    return {str(path.relative_to(home)): hash_of(path) for path in home.rglob("*") if path.is_file() and not str(path.relative_to(home)).startswith(passing)}


def test_an_office_made_of_a_backup_is_the_one_that_was_saved_in_every_table_and_file(office_home: Path, tmp_path: Path) -> None:
    store, saved, home = open_office(office_home), tmp_path / "saved.backup", tmp_path / "again"
    before, there = tables_of(store), files_of(office_home)
    same = backing.content(store)
    made = backing.backup(store, saved, now=NOW)
    store.close()
    restored, amiss = backing.restore(saved, home)
    assert amiss == ()
    assert restored.content == made.content == same
    shutil.copytree(office_home / "keys", home / "keys")
    again = open_office(home)
    assert tables_of(again) == before
    assert len(before["household"]) > 1000
    assert files_of(home) == there
    assert len(there) > 20
    assert backing.content(again) == same
    assert auditing.verify(again, made.head).problems == ()
    again.close()


def test_the_drill_while_another_process_imports(office_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "户.csv"
    path.write_text("\n".join([HOUSEHOLDS, *(f"X{n:05d},演甲,十里镇,是,3,2017-03-05,集中安置,75" for n in range(ROWS))]), "utf-8")
    store, seen = open_office(office_home), set()
    command = [sys.executable, "-m", "relocation", "import", str(path), "--county", "411522", "--home", str(office_home)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    number = 0
    while process.poll() is None or number < 2:  # the last one sees the import's end
        ended = process.poll() is not None
        saved = tmp_path / f"{number}.backup"
        made = backing.backup(store, saved, now=NOW)
        restored, amiss = backing.restore(saved, tmp_path / f"home{number}")
        assert (restored.content, amiss) == (made.content, ())
        seen.add(made.tables["household"]["rows"])
        number += 1
        if ended:
            break
    store.close()
    assert process.returncode in (0, 1)
    least = min(seen)
    assert seen <= {least, least + ROWS}  # never half an import
    final = open_office(office_home)
    assert len(tables_of(final)["household"]) == least + ROWS or len(seen) == 1
    final.close()


def test_the_keys_are_in_a_backup_only_when_asked_for(office_home: Path, tmp_path: Path) -> None:
    store = open_office(office_home)
    for with_keys in (False, True):
        saved = tmp_path / f"{with_keys}.backup"
        assert backing.backup(store, saved, now=NOW, with_keys=with_keys).keys is with_keys
        with zipfile.ZipFile(saved) as archive:
            assert any("keys/" in name for name in archive.namelist()) is with_keys
    secrets = [line.encode() for line in (office_home / "keys" / "personal.key").read_text().splitlines() if not line.startswith("#")]
    assert secrets
    with zipfile.ZipFile(tmp_path / "False.backup") as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert not [secret for secret in secrets if secret in inside]
    store.close()


def test_a_backup_of_sealed_values_opens_with_the_keys_that_were_kept_apart_and_not_without(office_home: Path, tmp_path: Path) -> None:
    store, saved, home = open_office(office_home), tmp_path / "saved.backup", tmp_path / "again"
    backing.backup(store, saved, now=NOW)
    store.close()
    backing.restore(saved, home)
    with pytest.raises(Trouble) as refused:
        open_office(home)
    assert refused.value.code.startswith("key")
    blind = open_to_verify(home)
    found = auditing.verify(blind)
    assert (found.problems, found.opened, found.entries > 0) == ((), False, True)
    with sqlite3.connect(home / "relocation.db") as database:
        database.execute("UPDATE household SET floor_area_m2 = floor_area_m2 + 1 WHERE id = (SELECT min(id) FROM household)")
    assert {one.code for one in auditing.verify(blind).problems} == {"records-altered"}
    blind.close()
    shutil.copytree(office_home / "keys", home / "keys")
    open_office(home).close()


def test_a_home_or_database_that_holds_something_is_never_written_over(office_home: Path, tmp_path: Path) -> None:
    store, saved = open_office(office_home), tmp_path / "saved.backup"
    backing.backup(store, saved, now=NOW)
    store.close()
    before = files_of(office_home)
    for database, code in ((None, "home-not-empty"), (f"sqlite:///{office_home / 'relocation.db'}", "database-not-empty")):
        with pytest.raises(Trouble) as refused:
            backing.restore(saved, office_home if database is None else tmp_path / "empty", database)
        assert refused.value.code == code
    assert files_of(office_home) == before
    assert not (tmp_path / "empty").exists()


def answer(saved: Path, home: Path) -> tuple[str, str]:
    """Return the code of the trouble with a backup, and what was restored."""
    try:
        return "", backing.restore(saved, home)[0].content
    except Trouble as trouble:
        return trouble.code, ""


def test_a_byte_changed_anywhere_in_a_backup_is_refused_or_changes_nothing_and_leaves_nothing_behind(office_home: Path, tmp_path: Path) -> None:
    rng, saved = random.Random(20180905), tmp_path / "saved.backup"  # noqa: S311 - repeatable places
    store = open_office(office_home)
    made = backing.backup(store, saved, now=NOW)
    store.close()
    data, refused = saved.read_bytes(), 0
    for number in range(40):
        at = rng.randrange(len(data))
        saved.write_bytes(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        home = tmp_path / f"home{number}"
        code, restored = answer(saved, home)
        assert (code, restored) in (("backup-damaged", ""), ("backup-none", ""), ("", made.content))  # "": a byte of the archive's own dates and marks
        assert home.exists() is (code == "")
        refused += bool(code)
    assert refused > 30
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("cut", [0, 1, 100, 0.5, 0.99])
def test_a_backup_that_was_cut_short_is_refused(office_home: Path, tmp_path: Path, cut: float) -> None:
    store, saved = open_office(office_home), tmp_path / "saved.backup"
    backing.backup(store, saved, now=NOW)
    store.close()
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * cut) if 0 < cut < 1 else int(cut)])
    with pytest.raises(Trouble) as refused:
        backing.restore(saved, tmp_path / "again")
    assert refused.value.code == "backup-none"  # the list of an archive's parts stands at its end
    assert not (tmp_path / "again").exists()


def test_an_address_that_leads_out_of_the_home_is_refused(office_home: Path, tmp_path: Path) -> None:
    import json

    store, saved, forged = open_office(office_home), tmp_path / "saved.backup", tmp_path / "forged.backup"
    made = backing.backup(store, saved, now=NOW)
    store.close()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(forged, "w") as out:
        for name in source.namelist():
            if name != backing.MANIFEST:
                out.writestr(name, source.read(name))
        out.writestr("files/../../escaped.txt", b"out")
        files = {**made.files, "../../escaped.txt": "0" * 64}
        said = {**made.json(), "files": files, "content": copying.content(made.tables, files, made.schema)}
        out.writestr(backing.MANIFEST, json.dumps(said))
    with pytest.raises(Trouble) as refused:
        backing.restore(forged, tmp_path / "again")
    assert refused.value.code == "backup-damaged"
    assert not (tmp_path / "escaped.txt").exists()


def test_a_backup_that_cannot_be_written_says_so_and_leaves_the_old_one(office_home: Path, tmp_path: Path) -> None:
    store = open_office(office_home)
    with pytest.raises(Trouble) as refused:
        backing.backup(store, tmp_path / "none" / "saved.backup", now=NOW)
    assert refused.value.code == "out-nowhere"
    store.close()


def test_a_trial_restores_compares_takes_away_and_is_logged(office_home: Path, tmp_path: Path) -> None:
    store, saved = open_office(office_home), tmp_path / "saved.backup"
    made = backing.backup(store, saved, now=NOW)
    backing.tried(store, saved, now=NOW)
    tried, backed = auditing.listed(store, limit=2)
    assert (tried.action, backed.action) == ("backup.tried", "backup.made")
    assert tried.new["content"] == backed.new["content"] == made.content
    store.close()


def test_a_backup_of_an_older_schema_is_brought_up_when_its_office_opens(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old, saved, home = copying.blank(tmp_path / "old", None, "0006"), tmp_path / "saved.backup", tmp_path / "again"
    made = backing.backup(old, saved, now=NOW)
    old.close()
    assert made.schema == "0006"
    assert backing.restore(saved, home)[0].content == made.content
    opened = open_office(home)
    assert opened.settings
    opened.close()


@pytest.mark.server
def test_a_backup_goes_from_the_file_to_a_server_and_back_with_one_hash(office_home: Path, tmp_path: Path) -> None:
    with postgres.server() as socket:
        address = postgres.fresh_database(socket)
        first, second = tmp_path / "first.backup", tmp_path / "second.backup"
        store = open_office(office_home)
        made = backing.backup(store, first, now=NOW, with_keys=True, replaces=True)
        store.close()
        restored, amiss = backing.restore(first, tmp_path / "served", address)
        assert (restored.content, amiss) == (made.content, ())
        served = open_office(tmp_path / "served", address)
        assert backing.content(served, with_keys=True) == made.content
        again = backing.backup(served, second, now=NOW, with_keys=True, replaces=True)
        served.close()
        assert again.content == made.content
        assert backing.restore(second, tmp_path / "back")[0].content == made.content
