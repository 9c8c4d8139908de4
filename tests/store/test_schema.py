"""The schema is what the tables say, on both databases, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from relocation.store import migrating
from relocation.store.connecting import PRAGMAS, engine_for
from relocation.store.opening import HEAD, Store, open_store
from relocation.store.schema import metadata
from relocation.store.tables import KEPT, LEDGERS
from relocation.store.trouble import Trouble


def test_the_migrations_leave_no_upgrade_to_do(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_program_names() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(migrating.config()).get_heads() == [HEAD]


def test_the_schema_goes_down_to_nothing_and_up_again(store: Store) -> None:
    migrating.downgrade(store.engine, "base")
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}
    migrating.upgrade(store.engine)
    assert set(KEPT) <= set(inspect(store.engine).get_table_names())
    assert {str(view.name) for view in LEDGERS.values()} == set(inspect(store.engine).get_view_names())


def test_opening_twice_changes_nothing(database: str, tmp_path: Path) -> None:
    open_store(tmp_path, database).close()
    again = open_store(tmp_path, database)
    with again.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    again.close()


def test_a_home_may_be_opened_from_several_sides_at_one_moment(database: str, tmp_path: Path) -> None:
    open_store(tmp_path, database).close()
    with ThreadPoolExecutor(8) as sides:
        for opened in [sides.submit(open_store, tmp_path, database) for _ in range(64)]:
            opened.result().close()


def test_a_database_of_a_newer_program_is_left_alone(database: str, tmp_path: Path) -> None:
    first = open_store(tmp_path, database)
    with first.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    first.close()
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path, database)
    assert refused.value.code == "database-newer"
    assert "9999" in refused.value.reason("zh")


def test_sqlite_keeps_what_it_said_it_had_saved(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.settings == PRAGMAS


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "oracle://x"])
def test_another_kind_of_database_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(Trouble) as refused:
        engine_for(url)
    assert refused.value.code == "database-kind"


def test_a_password_is_never_said_again() -> None:
    with pytest.raises(Trouble) as refused:
        engine_for("mysql://someone:secret@host/name")
    assert "secret" not in refused.value.reason("en") + str(refused.value)


def test_a_file_that_is_no_database_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "relocation.db").write_bytes(b"PK\x03\x04 this is a workbook, not a database" * 100)
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path)
    assert refused.value.code == "database-damaged"


def test_a_home_that_cannot_be_made_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path / "file" / "home")
    assert refused.value.code == "home-unwritable"


def test_an_unreachable_server_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused:
        open_store(tmp_path, f"postgresql://nobody@/none?host={tmp_path}")
    assert refused.value.code == "database-unreachable"


def test_a_second_writer_waits_and_then_is_told(tmp_path: Path) -> None:
    one = open_store(tmp_path)
    two = open_store(tmp_path)
    with two.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    with one.writing() as held:
        held.execute(text("INSERT INTO county (code, name) VALUES ('411522', '光山县')"))
        with pytest.raises(Trouble) as refused, two.writing():
            pass
    assert refused.value.code == "database-locked"
    with two.reading() as connection:
        assert connection.execute(text("SELECT name FROM county")).scalar() == "光山县"


def test_readers_go_on_while_somebody_writes(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.writing() as writing:
        writing.execute(text("INSERT INTO county (code, name) VALUES ('411522', 'x')"))
        with store.reading() as reading:
            assert reading.execute(text("SELECT count(*) FROM county")).scalar() == 0


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    def half() -> None:
        with store.writing() as connection:
            connection.execute(text("INSERT INTO county (code, name) VALUES ('411522', 'x')"))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half()
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM county")).scalar() == 0
