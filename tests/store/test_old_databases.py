"""A filled database of the first release is brought up to date with nothing lost, and holds no ID number in plain afterwards."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from checks.vocabulary import HOUSEHOLD, RENOVATION
from relocation.store import ledgers, migrating, queries
from relocation.store.connecting import engine_for
from relocation.store.frames import read_holding, read_records
from relocation.store.opening import HEAD, open_store
from relocation.store.trouble import Trouble
from tests.store.people import COUNTY, bring, people

NUMBERS = [f"99010119491231{number:04d}" for number in range(60)]


HELD = {"sheet": "表", "kind": "households", "county": COUNTY, "letters": "{}", "read": 60, "added": 60, "changed": 0, "unchanged": 0, "refused": 0}
RAN = {"county": "", "only": "", "revision": 2, "new": 1, "still": 0, "gone": 0, "back": 0, "law": ""}
CHANGED = (("id_number", NUMBERS[1], NUMBERS[3]), ("id_number", None, NUMBERS[3]), ("floor_area_m2", "70", "75.5"))


def add(connection: Connection, table: str, **values: object) -> None:
    """Insert one row as the first release wrote it."""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), values)


def filled(database: str) -> Engine:
    """Make a database as the first release left it, with households, renovations, changes, a run and an entry in it."""
    engine = engine_for(database)
    migrating.upgrade(engine, "0001")
    with engine.begin() as connection:
        add(connection, "county", code=COUNTY, name="某县")
        add(connection, "state", name="records", number=2)
        for id in (1, 2):
            add(connection, "import_file", id=id, sha256=f"{id}" * 64, name=f"{id}.xlsx", options="[]", imported_at="2018-03-05 08:00:00", revision=id)
            add(connection, "import_sheet", id=id, file_id=id, **HELD)
        for at, number in enumerate(NUMBERS):
            holder = {"id_number": number} if at % 10 else {}
            row = {"id": at + 1, "code": f"H{at:02d}", "head_name": "演某某", "county": COUNTY, "floor_area_m2": 75.5, "sheet_id": 1, "row_number": at + 2}
            add(connection, "household", **row, **holder)
        add(connection, "renovation", id=1, code="W1", head_name="演某某", county="411523", id_number=NUMBERS[7], sheet_id=2, row_number=2)
        for id, (field, old, new) in enumerate(CHANGED, 1):
            of = {"kind": "household", "county": COUNTY, "subject": "H03", "field": field}
            add(connection, "change", id=id, **of, old=old, new=new, sheet_id=2, row_number=5, changed_at="2018-03-06 08:00:00")
        add(connection, "check_run", id=1, run_at="2018-03-07 08:00:00", as_of="2018-03-07", **RAN)
        add(connection, "entry", check="living-area", subject_kind="household", county=COUNTY, subject="H03", first_run=1)
    return engine


def test_everything_is_there_after_the_migrations_and_every_number_opens(database: str, tmp_path: Path) -> None:
    filled(database).dispose()
    store = open_store(tmp_path, database)
    with store.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        homes = read_records(connection, HOUSEHOLD)
        assert homes.id_number.tolist() == [number if at % 10 else None for at, number in enumerate(NUMBERS)]
        assert set(homes.floor_area_m2) == {75.5}
        assert read_holding(connection, RENOVATION, [(("id_number", frozenset({NUMBERS[7]})),)]).code.tolist() == ["W1"]
        past = queries.changes_of(connection, "household", COUNTY, "H03")
        assert tuple((row["field"], row["old"], row["new"]) for row in past) == CHANGED
        assert connection.execute(text("SELECT count(*) FROM entry")).scalar() == 1
        assert ledgers.old_values(connection, "household", COUNTY, ["H03"], 1)["id_number"] == {NUMBERS[1], None}
    assert bring(store, people({f"H{at:02d}": number if at % 10 else "" for at, number in enumerate(NUMBERS)})).unchanged == 60
    store.close()


def test_no_byte_of_a_number_is_left_on_the_disk(tmp_path: Path) -> None:
    filled(f"sqlite:///{tmp_path / 'relocation.db'}").dispose()
    before = b"".join(path.read_bytes() for path in tmp_path.glob("relocation.db*"))
    assert NUMBERS[1].encode() in before
    store = open_store(tmp_path)
    open_while = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    store.close()
    after = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [number for number in NUMBERS if number.encode() in open_while + after]


def test_the_way_back_opens_what_was_sealed(database: str, tmp_path: Path) -> None:
    filled(database).dispose()
    store = open_store(tmp_path, database)
    migrating.downgrade(store.engine, "0001")
    with store.engine.connect() as connection:
        found = connection.execute(text("SELECT id_number FROM household ORDER BY code")).scalars().all()
        kept = connection.execute(text("SELECT old, new FROM change WHERE id = 1")).one()
    assert found == [number if at % 10 else None for at, number in enumerate(NUMBERS)]
    assert tuple(kept) == (NUMBERS[1], NUMBERS[3])
    store.close()


def test_a_database_whose_key_cannot_be_read_stays_as_it_was(database: str, tmp_path: Path) -> None:
    filled(database).dispose()
    with pytest.raises(Trouble):
        open_store(tmp_path, database, {"RELOCATION_KEY": "nonsense"})
    engine = engine_for(database)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        assert connection.execute(text("SELECT id_number FROM household WHERE code = 'H03'")).scalar() == NUMBERS[3]
    engine.dispose()
