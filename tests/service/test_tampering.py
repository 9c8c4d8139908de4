"""Eight attacks on the log by somebody who has the database and the program's source, with and without a head that was noted elsewhere.

The honest table: a chain alone cannot show a tail that was cut, a chain written anew from some entry on, or an older backup in the
place of the database. A head noted elsewhere shows each of them.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from relocation.evidence.chain import FIRST, Event, body, link
from relocation.service import Store, auditing
from relocation.service.anchoring import anchor_line
from relocation.service.office import open_office
from relocation.service.writing import write_whole

Attack = Callable[[sqlite3.Connection], None]
SEED = 20180905
COLUMNS = ("seq", "at", "who", "action", "kind", "county", "township", "subject", "old", "new", "why", "files", "previous", "hash")


@pytest.fixture
def home(county: Store, tmp_path: Path) -> Path:
    """Return a copy of the demonstration's home to be tampered with."""
    made = tmp_path / "tampered"
    shutil.copytree(county.home, made, ignore=shutil.ignore_patterns("relocation.db*"))
    with sqlite3.connect(county.home / "relocation.db") as source, sqlite3.connect(made / "relocation.db") as copy:
        source.backup(copy)
    return made


@pytest.fixture
def noted(county: Store) -> str:
    return anchor_line(county)


def rows(database: sqlite3.Connection) -> list[dict[str, Any]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in database.execute(f"SELECT {', '.join(COLUMNS)} FROM event ORDER BY seq")]


def written(database: sqlite3.Connection, kept: list[dict[str, Any]]) -> None:
    """Put other entries in the place of the log's."""
    database.execute("DELETE FROM event")
    database.executemany(f"INSERT INTO event VALUES ({', '.join('?' * len(COLUMNS))})", [[one[name] for name in COLUMNS] for one in kept])


def hashed(one: dict[str, Any], previous: str) -> dict[str, Any]:
    """Return an entry with the hash made anew over what it says now."""
    said = {name: json.loads(one[name]) for name in ("old", "new", "files")}
    event = Event(**{name: one[name] for name in COLUMNS if name not in ("old", "new", "files", "previous", "hash")}, **said)
    return {**one, "previous": previous, "hash": link(previous, body(event))}


def chained(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return entries numbered and linked anew."""
    made: list[dict[str, Any]] = []
    for seq, one in enumerate(kept, 1):
        made.append(hashed({**one, "seq": seq}, made[-1]["hash"] if made else FIRST))
    return made


def edit_a_body(database: sqlite3.Connection) -> None:
    database.execute("UPDATE event SET why = '改过' WHERE seq = 7")


def edit_and_hash_it_anew(database: sqlite3.Connection) -> None:
    kept = rows(database)
    kept[6] = hashed({**kept[6], "why": "改过"}, kept[6]["previous"])
    written(database, kept)


def delete_in_the_middle(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM event WHERE seq = 7")


def cut_the_tail(database: sqlite3.Connection) -> None:
    """Cut off the last moves in the ledger and all that came after: what others took out since leaves no rows."""
    database.execute("DELETE FROM event WHERE seq > (SELECT max(seq) - 5 FROM event WHERE kind = 'ledger')")


def insert_one(database: sqlite3.Connection) -> None:
    kept = rows(database)
    made = [{**one, "seq": one["seq"] + 1} for one in kept[6:]]
    written(database, [*kept[:6], hashed({**kept[6], "why": "补记"}, kept[5]["hash"]), *made])


def swap_two(database: sqlite3.Connection) -> None:
    kept = rows(database)
    kept[6], kept[7] = {**kept[7], "seq": kept[6]["seq"]}, {**kept[6], "seq": kept[7]["seq"]}
    written(database, kept)


def write_the_chain_anew(database: sqlite3.Connection) -> None:
    kept = rows(database)
    kept[6] = {**kept[6], "why": "改过"}
    written(database, chained(kept))


ATTACKS: list[tuple[Attack, bool]] = [
    (edit_a_body, True),
    (edit_and_hash_it_anew, True),
    (delete_in_the_middle, True),
    (cut_the_tail, True),  # the notes cut off here are of moves in the ledger, whose rows are still there
    (insert_one, True),
    (swap_two, True),
    (write_the_chain_anew, False),
]


def attacked(home: Path, attack: Attack) -> None:
    with sqlite3.connect(home / "relocation.db") as database:
        for guard in ("event_no_update", "event_no_delete"):
            database.execute(f"DROP TRIGGER {guard}")
        attack(database)
        for what in ("UPDATE", "DELETE"):  # a careful attacker puts the guards back
            database.execute(f"CREATE TRIGGER event_no_{what.lower()} BEFORE {what} ON event BEGIN SELECT RAISE(ABORT, 'no'); END")


def problems(home: Path, head: str = "") -> list[tuple[str, int]]:
    store = open_office(home)
    try:
        return [(one.code, one.entry) for one in auditing.verify(store, head).problems]
    finally:
        store.close()


def test_the_demonstration_as_it_was_made_has_no_problem(home: Path, noted: str) -> None:
    assert problems(home, noted) == []


@pytest.mark.parametrize(("attack", "alone"), ATTACKS, ids=[attack.__name__ for attack, _ in ATTACKS])
def test_an_attack_is_caught_by_the_chain_alone_where_the_table_says_so_and_with_a_noted_head_always(
    home: Path, noted: str, attack: Attack, alone: bool
) -> None:
    attacked(home, attack)
    assert bool(problems(home)) is alone
    assert problems(home, noted)


def test_an_older_backup_in_the_databases_place_is_caught_with_a_noted_head_only(home: Path, county: Store, noted: str) -> None:
    store = open_office(home)
    with store.writing() as connection:  # work that the head of today holds and the backup of yesterday does not
        from relocation.store import log
        from tests.service.conftest import NOW

        log.append(connection, by=store.actor, at=NOW, action="record.changed")
    later = anchor_line(store)
    store.close()
    with sqlite3.connect(county.home / "relocation.db") as source, sqlite3.connect(home / "relocation.db") as copy:
        source.backup(copy)
    assert problems(home) == []
    assert problems(home, noted) == []
    assert [code for code, _ in problems(home, later)] == ["head-beyond"]


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        (edit_a_body, ("entry-altered", 7)),
        (edit_and_hash_it_anew, ("entry-unlinked", 8)),
        (delete_in_the_middle, ("entries-missing", 7)),
        (swap_two, ("entry-altered", 8)),
    ],
)
def test_the_entry_is_named_by_its_number(home: Path, attack: Attack, named: tuple[str, int]) -> None:
    attacked(home, attack)
    assert named in problems(home)


def test_guards_that_were_taken_away_are_missed(home: Path) -> None:
    with sqlite3.connect(home / "relocation.db") as database:
        database.execute("DROP TRIGGER event_no_update")
    assert problems(home) == [("unprotected", 0)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE law_version SET yaml = yaml || ' '",
        "UPDATE import_sheet SET refused = refused + 1 WHERE id = 1",
        "DELETE FROM check_run",
        "UPDATE drawing_file SET name = 'x' WHERE sha256 = (SELECT min(sha256) FROM drawing_file)",
    ],
)
def test_rows_that_an_entry_speaks_of_and_that_were_altered_are_named(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "relocation.db") as database:
        database.execute(statement)
    assert {code for code, _ in problems(home)} == {"rows-altered"}


@pytest.mark.parametrize("old", ["UPDATE change SET old = '60'", "DELETE FROM change", "UPDATE change SET new = NULL"])
def test_an_altered_word_about_what_stood_in_a_ledger_before_is_found(store: Store, ledger: Callable[..., Path], old: str) -> None:
    from relocation.service.importing import import_files
    from tests.service.conftest import NOW

    for area in ("75", "60"):
        import_files(store, [ledger([f"H1,演甲,十里镇,是,3,2017-03-05,集中安置,{area}"])], now=NOW, county="411522")
    assert auditing.verify(store).problems == ()
    with sqlite3.connect(store.home / "relocation.db") as database:
        database.execute(old)
    (problem,) = auditing.verify(store).problems
    assert (problem.code, problem.facts["table"], problem.entry) == ("rows-altered", "change", 3)  # after the first import and its sums
    assert "change" in auditing.sentence(problem, "zh")


def edited(path: Path, at: int, rng: random.Random) -> Iterator[None]:
    """Change one byte of a file, and put it back."""
    data = path.read_bytes()
    path.write_bytes(data[:at] + bytes([(data[at] + rng.randrange(1, 256)) % 256]) + data[at + 1 :])
    yield
    path.write_bytes(data)


def test_a_byte_changed_at_any_of_100_places_of_kept_files_is_found(home: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311 - repeatable places
    files = sorted(path for path in (home / "drawings").iterdir() if path.stat().st_size)
    store = open_office(home)
    with store.reading() as connection:
        from relocation.service import keeping
        from relocation.store import log

        wanted = keeping.expected(log.everything(connection))
    caught = 0
    for _ in range(100):
        path = rng.choice(files)
        for _changed in edited(path, rng.randrange(path.stat().st_size), rng):
            caught += [one.where for one in keeping.differing(home, wanted)] == [f"drawings/{path.name}"]
    store.close()
    assert caught == 100


def test_a_byte_changed_at_any_of_100_places_of_the_exported_log_is_found_by_the_single_file_verifier(county: Store, tmp_path: Path) -> None:
    from relocation.evidence import verifier

    rng, out = random.Random(SEED), tmp_path / "log.jsonl"  # noqa: S311 - repeatable places
    write_whole(out, auditing.exported(county))
    assert verifier.main([str(out)]) == 0
    caught = 0
    for _ in range(100):
        for _changed in edited(out, rng.randrange(out.stat().st_size), rng):
            caught += verifier.main([str(out)]) == 1
    assert caught == 100


def test_a_byte_changed_at_any_of_100_places_of_kept_files_and_a_file_taken_away_are_found_by_the_single_file_verifier(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from relocation.evidence import verifier

    rng, log = random.Random(SEED), exported(home, tmp_path / "log.jsonl")  # noqa: S311 - repeatable places
    kept = sorted(path for folder in ("evidence", "drawings") for path in (home / folder).rglob("*") if path.is_file() and path.stat().st_size)
    assert {path.relative_to(home).parts[0] for path in kept} == {"evidence", "drawings"}
    assert verifier.main([str(log), "--files", str(home)]) == 0
    caught = 0
    for _ in range(100):
        path = rng.choice(kept)
        for _changed in edited(path, rng.randrange(path.stat().st_size), rng):
            capsys.readouterr()
            caught += verifier.main([str(log), "--files", str(home)]) == 1 and path.name in capsys.readouterr().out
    assert caught == 100
    for path in kept:
        away = path.rename(tmp_path / "away")
        for folder in (home, home / path.relative_to(home).parts[0]):
            capsys.readouterr()
            assert verifier.main([str(log), "--files", str(folder)]) == 1
            assert f"{path.name} 不见了" in capsys.readouterr().out
        away.rename(path)


def test_files_handed_over_by_themselves_need_not_be_all_there_are(home: Path, tmp_path: Path) -> None:
    from relocation.evidence import verifier

    handed = tmp_path / "handed"
    handed.mkdir()
    one = next(path for path in (home / "evidence").rglob("*") if path.is_file())
    shutil.copy(one, handed)
    assert verifier.main([str(exported(home, tmp_path / "log.jsonl")), "--files", str(handed)]) == 0


def exported(home: Path, out: Path) -> Path:
    store = open_office(home)
    write_whole(out, auditing.exported(store))
    store.close()
    return out


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the verifier as somebody does who has nothing of this program."""
    return subprocess.run(
        [sys.executable, "-I", *(str(one) for one in arguments)], capture_output=True, text=True, check=False, cwd="/", env={"PYTHONIOENCODING": "utf-8"}
    )


@pytest.mark.parametrize(("attack", "seen"), ATTACKS, ids=[attack.__name__ for attack, _ in ATTACKS])
def test_the_single_file_verifier_and_the_programs_own_agree(home: Path, noted: str, tmp_path: Path, attack: Attack, seen: bool) -> None:
    given = tmp_path / "verifier.py"
    given.write_bytes(auditing.verifier_source())
    attacked(home, attack)
    log = exported(home, tmp_path / "log.jsonl")
    assert alone(given, log).returncode == int(seen and attack is not cut_the_tail)  # the rows of the ledger are not in the log
    assert alone(given, log, "--head", noted).returncode == 1
    own = [(code, entry) for code, entry in problems(home) if code.startswith("entr") and code != "entry-unvouched"]
    from relocation.evidence import verifier

    _, entries = verifier.entries_of(verifier.read_lines(log.read_bytes())[1:])
    assert [(problem[0], problem[1]) for problem in verifier.walk(entries)] == own


def test_the_single_file_verifier_takes_the_files_of_a_home_for_those_of_the_log_and_names_one_that_is_not(home: Path, tmp_path: Path) -> None:
    given = tmp_path / "verifier.py"
    given.write_bytes(auditing.verifier_source())
    log = exported(home, tmp_path / "log.jsonl")
    whole = alone(given, log, "--files", home / "drawings", "--lang", "en")
    assert (whole.returncode, whole.stderr) == (0, "")
    first = min((home / "drawings").iterdir())
    first.write_bytes(first.read_bytes() + b" ")
    changed = alone(given, log, "--files", home / "drawings", "--lang", "en")
    assert changed.returncode == 1
    assert first.name in changed.stdout
