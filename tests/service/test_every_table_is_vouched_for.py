"""One cell altered with an SQL tool in any table is named by `verify`, or the table or column stands here with the reason why it is not.

A new table has to decide: it is vouched for by the log, or it is listed.
"""

import re
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import Date, DateTime, Float, Integer, LargeBinary

from checks.vocabulary import DRAWING_PAIR, LEDGERS
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store, accounts, auditing, signing, workdays
from relocation.service.bench import keeping
from relocation.service.drawings import deciding, names
from relocation.service.drawings.rows import rows_of
from relocation.service.evidence import attaching
from relocation.service.office import open_office
from relocation.service.rectification import merging, months
from relocation.service.visiting import elsewhere, planning, results
from relocation.service.visiting.picking import Wish
from relocation.store.schema import metadata
from relocation.visits.columns import COLUMNS
from tests.evidence.photos import photo
from tests.service.benching import FAR, answer_to
from tests.service.conftest import NOW
from tests.service.test_workdays import TABLE

COUNTY = "411522"
OF_RECORDS = {kind.id: kind for kind in LEDGERS.values()}
TURNS, STEP = 3, 7
"""How often, and how many columns on each time: together with the tables' different widths most columns come up."""
LATER = NOW + timedelta(days=500)

OUTSIDE = {
    "attempt": "counts tries for an hour or a day; whether one was refused is logged by itself",
    "sealing_key": "an office with another key than the one noted here does not open at all",
    "brief_mark": "from when on the next brief counts what changed; that one was made is logged as an export",
    "self_test_score": "people's own practice, which they may delete",
    "ledger_number": "a number given twice is refused by the ledger's own table",
    "event.seq": "its own chain names it, and has tests of its own",
    "state": "counters by which readers notice that something moved; of the mark of a demonstration the log has a word",
    "sign_in.seen_at": "noted every minute; a sign-in ends of itself after some hours",
    "sign_in.ended_at": "an ended sign-in opened again is not noticed; it ends of itself after some hours",
    "ledger_entry.id": "nothing refers to it",
    "ledger_entry.presence": "every run says it anew, and a closing asks the checks again",
    "standing.id": "nothing refers to it",
    "finding.id": "nothing refers to it",
    **{f"{kind}.id": "nothing refers to it" for kind in OF_RECORDS},
    **{f"{kind}.seen": "until when a row is seen: whatever readers see is in the sum" for kind in OF_RECORDS},
}
"""A table or a column → why verify does not name it altered."""


@pytest.fixture(scope="module")
def full(county: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of an office in which every table that is vouched for has a row."""
    made = tmp_path_factory.mktemp("full") / "home"
    shutil.copytree(county.home, made, ignore=shutil.ignore_patterns("relocation.db*"))
    copied(county.home, made)
    store = open_office(made)
    _people(store)
    _evidence(store, made.parent)
    _drawings(store)
    _rectification(store)
    _visits(store, made.parent)
    (one,) = answer_to(store, FAR)
    keeping.keep(store, one, now=NOW, contested={"exclusion-zones/steep_slopes": "现场坡度不足 10 度"})
    assert auditing.verify(store).problems == ()
    store.close()
    return made


def _people(store: Store) -> None:
    password = accounts.add(store, "somebody", "某人", [Role.VIEWER], Scope(frozenset({COUNTY})), now=NOW, random=bytes(range(48)))
    signing.sign_in(store, "somebody", password, address="192.0.2.1", browser="b", now=NOW, token="t" * 40, key=b"k" * 32)


def _evidence(store: Store, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(photo(7))
    with Image.open(folder / "a.jpg") as picture:
        picture.resize((picture.width * 4 // 5, picture.height * 4 // 5)).save(folder / "b.jpg", quality=60)
    (site, other, *_) = [str(row["code"]) for row in rows_of(store, LEDGERS["sites"])]
    for name, subject in (("a.jpg", site), ("b.jpg", other)):
        told = attaching.claim("photo")
        last, _ = attaching.attach(store, folder / name, name=name, subject_kind="site", subject=subject, said=told, now=NOW, county=COUNTY)
        if name == "b.jpg":
            attaching.withdraw(store, last.id, why="附错了", now=NOW)


def _drawings(store: Store) -> None:
    names.keep_naming(store, "某院", {"layers": {"wall": ["L-0937"]}}, reason="某院的图层标准", now=NOW)
    pair = next(
        str(row["code"]) for row in rows_of(store, DRAWING_PAIR) if deciding.pair_report(store, str(row["code"]), as_of=NOW.date()).sheet.comparison.change_sets
    )
    change = deciding.pair_report(store, pair, as_of=NOW.date()).sheet.comparison.change_sets[0]
    deciding.decide(store, pair, list(change.members), kind="finding", reason="没有变更批复", now=NOW)
    with store.writing() as connection:  # what an engineer sets right, without reading the drawing again
        from relocation.store import digests, drawings, log

        made = drawings.add_correction(connection, COUNTY, "D1", {}, "试", NOW)
        log.append(
            connection, by=store.actor, at=NOW, action="drawing.corrected", new=digests.told(digests.digests(connection, ("drawing_correction", {"id": made})))
        )


def _rectification(store: Store) -> None:
    workdays.publish(store, COUNTY, TABLE, "县里多放几天", now=NOW)
    months.freeze(store, COUNTY, f"{NOW:%Y-%m}", now=LATER)
    merging.answer(store, f"{COUNTY}-0001", f"{COUNTY}-0100", "different", now=NOW)


def _visits(store: Store, folder: Path) -> None:
    plan = planning.make(store, Wish("7", size=5, county=COUNTY), name="抽查", a_day=5, now=NOW)
    sheet = folder / "走访表.xlsx"
    sheet.write_bytes(results.sheet(store, COUNTY, plan.number, "zh"))
    book = openpyxl.load_workbook(sheet)  # noqa: TID251 - our own sheet, filled in as a spreadsheet program would
    at = {column.name: number for number, column in enumerate(COLUMNS, 1)}
    for name, value in (("visited_on", f"{NOW:%Y-%m-%d}"), ("in_order", "属实"), ("persons_met", "3人"), ("lived_in", "是"), ("signed", "是")):
        book.worksheets[0].cell(4, at[name]).value = value
    book.save(sheet)
    results.bring(store, COUNTY, plan.number, sheet, now=NOW)
    other = openpyxl.Workbook()
    for row in (["户编号", "走访日期", "走访单位"], [plan.stops[0].code, "2018-05-20", "省核查组"]):
        other.worksheets[0].append(row)
    other.save(folder / "清单.xlsx")
    elsewhere.bring(store, COUNTY, folder / "清单.xlsx", now=NOW)


def copied(home: Path, to: Path) -> None:
    with sqlite3.connect(home / "relocation.db") as source, sqlite3.connect(to / "relocation.db") as copy:
        source.backup(copy)


def columns_of(table: str) -> list[str]:
    """Return the columns of a table that verify has to name when they are altered."""
    return [column.name for column in metadata.tables[table].columns if not {table, f"{table}.{column.name}"} & OUTSIDE.keys()]


def altered(database: sqlite3.Connection, table: str, column: str) -> None:
    """Alter one cell of the row in the middle, whatever it holds."""
    number = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    row, value = database.execute(f'SELECT rowid, "{column}" FROM "{table}" ORDER BY rowid LIMIT 1 OFFSET {number // 2}').fetchone()
    database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (_other(value, metadata.tables[table].c[column].type), row))


def _other(value: object, kind: object) -> object:
    if isinstance(kind, Date | DateTime):
        return "2001-01-01" + (" 00:00:00.000000" if isinstance(kind, DateTime) else "")
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, int | float):
        return value + 1_000_000  # no other row's
    return f"{value}9" if value is not None else b"9" if isinstance(kind, LargeBinary) else 9 if isinstance(kind, Integer | Float) else "9"


TABLES = sorted(table for table in metadata.tables if columns_of(table))


@pytest.mark.parametrize("turn", range(TURNS))
def test_one_altered_cell_of_every_table_is_named(full: Path, turn: int) -> None:
    """All tables are altered at once, a cell each, and verify asked once; every turn takes another column of each."""
    store = open_office(full)
    with sqlite3.connect(full / "relocation.db") as database, sqlite3.connect(":memory:") as whole:
        database.backup(whole)
        database.execute("DROP TRIGGER IF EXISTS event_no_update")
        for (guard,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {guard}")
        chosen = {table: columns_of(table)[(turn * STEP) % len(columns_of(table))] for table in TABLES}
        for table, column in chosen.items():
            altered(database, table, column)
        database.commit()
        try:
            problems = auditing.verify(store).problems
        finally:
            whole.backup(database)
            store.close()
    said = " ".join(f"{one.code} {one.where} {one.facts.get('table', '')}" for one in problems)
    named = {**dict.fromkeys(TABLES, ""), "event": "entry-", "ledger_entry": "state-altered|entry-(gone|unvouched)", "layer_feature": "layer"}
    assert [f"{table}.{column}" for table, column in chosen.items() if not re.search(rf"{named[table] or rf'{chr(92)}b{table}{chr(92)}b'}", said)] == []


def test_what_is_listed_as_outside_exists_and_says_why() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert OUTSIDE.keys() <= columns | metadata.tables.keys()
    assert all(why.strip() for why in OUTSIDE.values())
