"""A large import is seen at once or not at all, whoever reads, writes or dies meanwhile, and gives what one transaction gives."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import func, select, text

from checks.vocabulary import HOUSEHOLD
from relocation.service import Store
from relocation.service.checking import check
from relocation.service.importing import ImportReport, import_files
from relocation.service.office import open_office
from relocation.service.rechecking import recheck
from relocation.store import files, ledgers, queries
from relocation.store.frames import read_records
from relocation.store.gate import free, importing_alone
from relocation.store.seeing import STAGED, STAGING
from relocation.store.tables import KEPT, change, import_file, import_sheet

NOW, LATER = datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 25, 8, tzinfo=UTC)
HERE, AS_OF = "411522", date(2019, 12, 31)
HEADING = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积,身份证号"
SOME = 700  # more than three transactions' worth


def number_of(at: int) -> str:
    from benchmarks.import_store import check_digit

    digits = f"99010119491231{at:03d}"
    return digits + check_digit(digits)


def ledger(folder: Path, name: str, codes: range, area: float, numbers: int = 0) -> Path:
    path = folder / name
    rows = [f"H{at:04d},演某某,东岭乡,是,3,2016-12-01,集中安置,{area},{number_of((at + numbers) % 1000)}" for at in codes]
    path.write_text("\n".join([HEADING, *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Store]:
    store = open_office(tmp_path / "home", database)
    yield store
    store.close()


def bring(store: Store, path: Path, now: datetime = NOW, at_once: int = 100, told: Callable[[str, int, int], None] | None = None) -> ImportReport:
    (report,) = import_files(store, [path], now=now, as_kind="households", county=HERE, at_once=at_once, progress=told)
    return report


def first(store: Store, folder: Path) -> ImportReport:
    return bring(store, ledger(folder, "a.csv", range(SOME), 74.5))


def second(store: Store, folder: Path, told: Callable[[str, int, int], None] | None = None, at_once: int = 100) -> ImportReport:
    """Bring a ledger that leaves some as they are, changes some, and adds some."""
    lines = ledger(folder, "a2.csv", range(100, 200), 74.5).read_text("utf-8") + ledger(folder, "b2.csv", range(200, SOME + 300), 75.5, 1).read_text(
        "utf-8"
    ).removeprefix(HEADING + "\n")
    path = folder / "second.csv"
    path.write_text(lines, "utf-8")
    return bring(store, path, LATER, at_once, told)


def seen(store: Store) -> dict[str, Any]:
    """Return all that readers see of records, files and changes, without what numbers rows."""
    with store.whole.reading() as connection:
        homes = read_records(connection, HOUSEHOLD)
        return {
            "records": {column.name: list(map(str, homes.stored(column.name))) for column in HOUSEHOLD},
            "count": ledgers.count(connection, "household", HERE),
            "revision": files.revision(connection, "records"),
            "last": files.as_utc(files.last_import(connection) or NOW),
            "past": [[(row["field"], row["old"], row["new"], row["row_number"]) for row in queries.changes_of(connection, "household", HERE, code)]
                     for code in ("H0150", "H0250", "H0699", "H0900")],
            "sources": [(row["row_number"], row["seen_in"]) for row in sources(connection)],
        }  # fmt: skip


def sources(connection: Any) -> list[dict[str, Any]]:
    found = queries.page_of_records(connection, HOUSEHOLD, queries.RecordFilter(county=HERE), (), 2_000)
    names = queries.sources(connection, {row["sheet_id"] for row in found})
    return [{**row, "seen_in": names[row["sheet_id"]]["name"]} for row in found]


def left_over(store: Store) -> dict[str, int]:
    """Return rows that nobody sees, and notes of imports that are not done."""
    with store.whole.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(KEPT["household"])).scalar_one()
        coming = connection.execute(select(func.count()).select_from(import_file).where(import_file.c.revision == files.NOT_YET)).scalar_one()
        sheets = select(import_sheet.c.id)
        lost = connection.execute(select(func.count()).select_from(change).where(change.c.sheet_id.not_in(sheets))).scalar_one()
        hidden = rows - ledgers.count(connection, "household")
        return {"rows": hidden, "files": coming, "changes": lost, "staging": files.revision(connection, STAGING)}


NOTHING = {"rows": 0, "files": 0, "changes": 0, "staging": 0}


def test_it_gives_what_one_transaction_gives(office: Store, tmp_path: Path) -> None:
    other = open_office(tmp_path / "other")
    (tmp_path / "x").mkdir()
    for folder, store, at_once in ((tmp_path, office, 100), (tmp_path / "x", other, 10**6)):
        bring(store, ledger(folder, "a.csv", range(SOME), 74.5), at_once=at_once)
    assert seen(office) == seen(other)
    one, two = (second(store, folder, at_once=at_once) for folder, store, at_once in ((tmp_path, office, 100), (tmp_path / "x", other, 10**6)))
    assert one.json("zh") == two.json("zh")
    assert (one.added, one.changed, one.unchanged) == (300, SOME - 200, 100)
    assert seen(office) == seen(other)
    with office.reading() as connection:
        assert files.revision(connection, STAGED) == 2
    assert left_over(office) == NOTHING
    other.close()


def test_nobody_sees_a_part_of_it(office: Store, tmp_path: Path) -> None:
    first(office, tmp_path)
    before, met = seen(office), []
    second(office, tmp_path, told=lambda stage, *_: met.append(seen(office) == before) if stage == "storing" else None)
    assert len(met) > 5
    assert all(met)
    assert seen(office) != before


def test_others_write_between_its_transactions_and_keep_what_they_wrote(office: Store, database: str, tmp_path: Path) -> None:
    first(office, tmp_path)
    other = open_office(tmp_path / "home", database)

    def write(stage: str, done: int, _total: int) -> None:
        if stage == "storing":
            with other.writing() as connection:
                files.name_county(connection, f"{500_000 + done}", "某县")

    second(office, tmp_path, told=write)
    with office.reading() as connection:
        assert len([code for code in files.county_names(connection) if code.startswith("50")]) > 5
    other.close()


def test_a_failure_in_the_middle_leaves_everything_as_it_was(office: Store, tmp_path: Path) -> None:
    first(office, tmp_path)
    before = seen(office)

    def fail(stage: str, done: int, _total: int) -> None:
        if stage == "storing" and done > 500:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        second(office, tmp_path, told=fail)
    assert seen(office) == before
    assert left_over(office) == NOTHING
    assert free(office)
    assert second(office, tmp_path).added == 300


KILLED = """
import os, signal, sys
from pathlib import Path
from relocation.service.office import open_office
from tests.store import test_staged

left = int(sys.argv[4])

def told(stage, done, total):
    global left
    left -= stage == "storing"
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

store = open_office(Path(sys.argv[1]), sys.argv[2])
test_staged.second(store, Path(sys.argv[3]), told)
os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.parametrize("moment", [1, 3, 5, 7])
def test_an_import_that_is_killed_leaves_nothing_and_can_be_brought_again(office: Store, database: str, tmp_path: Path, moment: int) -> None:
    first(office, tmp_path)
    before = seen(office)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "home"), database, str(tmp_path), str(moment)]
    died = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert died.returncode == -signal.SIGKILL
    assert seen(office) == before
    assert left_over(office)["staging"] == 2
    open_office(tmp_path / "home", database).close()  # a start puts back what is left
    assert left_over(office) == NOTHING
    assert seen(office) == before
    assert second(office, tmp_path).added == 300
    assert left_over(office) == NOTHING


def test_what_a_killed_import_left_is_put_back_by_the_next_import_too(office: Store, database: str, tmp_path: Path) -> None:
    first(office, tmp_path)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "home"), database, str(tmp_path), "6"]
    subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert left_over(office)["rows"] > 0
    assert second(office, tmp_path).added == 300
    assert left_over(office) == NOTHING


def test_one_is_brought_at_a_time_and_the_next_says_that_it_waits(office: Store, database: str, tmp_path: Path) -> None:
    first(office, tmp_path)
    other, waits, reports = open_office(tmp_path / "home", database), Event(), []
    path = ledger(tmp_path, "third.csv", range(150, 400), 77.5, 2)
    third = Thread(target=lambda: reports.append(bring(other, path, LATER, told=lambda stage, *_: waits.set() if stage == "waiting" else None)))
    began: list[bool] = []

    def begin_another(stage: str, _done: int, _total: int) -> None:
        if stage == "storing" and not began:
            began.append(True)
            third.start()
            assert waits.wait(60)
            assert not free(office)

    second(office, tmp_path, told=begin_another)
    third.join(60)
    (report,) = reports
    assert (report.added, report.changed) == (0, 250)
    assert left_over(office) == NOTHING
    with office.reading() as connection:
        homes = read_records(connection, HOUSEHOLD, HERE, ["H0150", "H0399", "H0400"])
    assert homes.floor_area_m2.tolist() == [77.5, 77.5, 75.5]
    other.close()


def test_an_edit_after_it_is_judged_as_a_whole_run_judges(office: Store, tmp_path: Path) -> None:
    first(office, tmp_path)
    check(office, as_of=AS_OF, now=NOW, county=HERE)
    second(office, tmp_path)
    with office.reading() as connection:
        assert ledgers.moved_elsewhere(connection, "household", HERE, ["H0250"], 1)
        every = [f"H{at:04d}" for at in range(SOME + 300)]
        assert not ledgers.moved_elsewhere(connection, "household", HERE, every, 1)
        assert ledgers.added_after(connection, "household", HERE, ["H0250", "H0900"], 1) == {"H0900"}
        assert ledgers.old_values(connection, "household", HERE, ["H0250"], 1) == {"floor_area_m2": {"74.5"}, "id_number": {number_of(250)}}
    check(office, as_of=AS_OF, now=LATER, county=HERE)
    bring(office, ledger(tmp_path, "edit.csv", range(300, 301), 80.5, 1), LATER)
    again = recheck(office, "household", ["H0300"], county=HERE, as_of=AS_OF, now=LATER)
    assert again.counts == check(office, as_of=AS_OF, now=LATER, county=HERE).counts


def test_a_record_in_two_sheets_of_one_file_goes_in_in_one_transaction(office: Store, tmp_path: Path) -> None:
    lines = ledger(tmp_path, "c.csv", range(150), 74.5).read_text("utf-8")
    assert bring(office, ledger(tmp_path, "c.csv", range(150), 74.5)).added == 150
    assert lines.count("\n") == 151
    with office.reading() as connection:
        assert files.revision(connection, STAGED) == 1
    bring(office, ledger(tmp_path, "d.csv", range(50), 75.5), LATER)
    with office.reading() as connection:
        assert files.revision(connection, STAGED) == 1  # a small one
        assert connection.execute(text("SELECT count(*) FROM household_now")).scalar() == 150


def test_the_gate_opens_when_whoever_held_it_is_gone(office: Store) -> None:
    with importing_alone(office):
        assert not free(office)
    assert free(office)
