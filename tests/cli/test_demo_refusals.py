"""`relocation demo` beside an office's own data: it neither fills nor shows them, whatever the environment names."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relocation.accounts.roles import Role
from relocation.accounts.scope import EVERYWHERE
from relocation.cli.serving import _serve
from relocation.service import accounts, demo, marking
from relocation.service.office import open_office
from relocation.store import ledgers
from relocation.store.key_files import IN_HOME
from relocation.store.trouble import Trouble
from tests.cli.conftest import Run

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def households(folder: Path) -> int:
    store = open_office(folder)
    with store.reading() as connection:
        number = ledgers.count(connection, "household")
    store.close()
    return number


@pytest.mark.parametrize("holds", ["records", "account"])
def test_a_database_that_holds_anything_of_an_offices_is_refused_and_left_alone(
    run: Run, home: Path, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holds: str
) -> None:
    if holds == "records":
        assert run("import", ledger, "--county", "411522").code == 0
    else:
        with_account(home)
    before = households(home)
    monkeypatch.setenv("RELOCATION_KEY_FILE", str(home / IN_HOME))
    answer = run("demo", "--no-serve", "--home", tmp_path / "new", "--database", f"sqlite:///{home / 'relocation.db'}")
    assert answer.code != 0
    assert "演示县不能放进去" in answer.err
    assert households(home) == before


def with_account(folder: Path) -> None:
    store = open_office(folder)
    accounts.add(store, "keeper", "keeper", [Role.KEEPER], EVERYWHERE, now=NOW, random=bytes(32))
    store.close()


def test_an_office_in_a_folder_that_bears_the_demonstrations_file_is_not_emptied(run: Run, home: Path, ledger: Path) -> None:
    assert run("import", ledger, "--county", "411522").code == 0
    (home / demo.MARK).write_text("", "utf-8")
    assert run("demo", "--no-serve").code != 0
    assert households(home) == 2


def demonstration(folder: Path) -> None:
    """Make a home that says of itself that it is a demonstration."""
    store = open_office(folder, environment={})
    marking.mark(store, now=NOW)
    store.close()
    (folder / demo.MARK).write_text("", "utf-8")


def test_a_demonstration_that_stands_is_kept_and_only_fresh_begins_anew(run: Run, home: Path, ledger: Path) -> None:
    demonstration(home)
    assert run("import", ledger, "--county", "411522").code == 0
    again = run("demo", "--no-serve")
    assert (again.code, households(home), "接着用已有的演示数据" in again.out) == (0, 2, True)
    (home / "evidence").mkdir(exist_ok=True)
    (home / "evidence" / "old").write_bytes(b"x")
    assert run("demo", "--no-serve", "--fresh").code == 0
    assert (households(home) > 1_000, (home / "evidence" / "old").exists(), (home / demo.LOADING).exists()) == (True, False, False)


def test_a_demonstration_that_was_broken_off_or_became_an_office_does_not_stand(home: Path) -> None:
    demonstration(home)
    stands = demo.standing_demo(home)
    assert stands is not None
    marking.unmark(stands, now=NOW)
    stands.close()
    assert demo.standing_demo(home) is None
    demonstration(home)
    (home / demo.LOADING).touch()
    assert demo.standing_demo(home) is None


def test_fresh_empties_no_office_and_no_database_that_was_named(run: Run, home: Path, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("import", ledger, "--county", "411522").code == 0
    assert run("demo", "--no-serve", "--fresh").code != 0  # no mark of a demonstration at all
    (home / demo.MARK).write_text("", "utf-8")
    assert run("demo", "--no-serve", "--fresh").code != 0  # the file alone is none
    assert households(home) == 2
    named = tmp_path / "named"
    named.mkdir()
    demonstration(named)
    monkeypatch.setenv("RELOCATION_KEY_FILE", str(named / IN_HOME))
    answer = run("demo", "--no-serve", "--fresh", "--home", tmp_path / "other", "--database", f"sqlite:///{named / 'relocation.db'}")
    assert (answer.code == 0, "不在这里清空" in answer.err) == (False, True), answer


def test_what_the_environment_names_is_none_of_the_demonstrations(run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELOCATION_DATABASE", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("RELOCATION_KEY", base64.b64encode(bytes(range(32))).decode())
    assert run("demo", "--no-serve").code == 0
    assert not (tmp_path / "office.db").exists()
    assert (home / IN_HOME).is_file()


def test_an_office_is_never_shown_without_sign_in(tmp_path: Path) -> None:
    store = open_office(tmp_path / "home")
    with pytest.raises(Trouble) as refused:
        _serve(store, "127.0.0.1", 0, demo=True)
    assert refused.value.code == "not-a-demonstration"
    store.close()


def test_a_demonstration_that_was_served_with_sign_in_is_an_office_from_then_on(tmp_path: Path) -> None:
    store = open_office(tmp_path / "home")
    marking.mark(store, now=NOW)
    assert marking.is_demonstration(store)
    marking.unmark(store, now=NOW)
    assert not marking.is_demonstration(store)
    with_account(tmp_path / "home")
    with pytest.raises(Trouble):
        marking.mark(store, now=NOW)
    store.close()
