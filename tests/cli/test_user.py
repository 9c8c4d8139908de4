"""The accounts, kept from the terminal."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_an_account_is_added_listed_changed_and_shut_out(run: Run, tmp_path: Path) -> None:
    home = ("--home", tmp_path / "home")
    added = run("user", "add", "Zhang.San", "--shown", "台账岗", "--role", "keeper", "--place", "411522/甲乡", *home)
    assert added.code == 0
    password = added.out.splitlines()[0].rsplit("：", 1)[1]
    assert len(password) == 19

    def listed() -> dict[str, object]:
        (one,) = json.loads(run("user", "list", "--json", *home).out)
        return dict(one)

    assert listed() == {"name": "zhang.san", "shown": "台账岗", "roles": ["keeper"], "places": ["411522/甲乡"], "disabled": False, "must_change": True}
    assert run("user", "roles", "zhang.san", "--role", "reviewer", "--role", "viewer", *home).code == 0
    assert run("user", "places", "zhang.san", "--everywhere", *home).code == 0
    assert run("user", "disable", "zhang.san", *home).code == 0
    assert listed() == {**listed(), "roles": ["reviewer", "viewer"], "places": ["*"], "disabled": True}
    assert run("user", "enable", "zhang.san", *home).code == 0
    assert listed()["disabled"] is False
    again = run("user", "reset", "zhang.san", *home)
    assert password not in again.out
    assert "zhang.san" in run("user", "list", *home).out
    assert run("user", "add", "ZHANG.SAN", "--role", "viewer", "--everywhere", *home).code == 2


def test_the_last_administrator_stays(run: Run, tmp_path: Path) -> None:
    home = ("--home", tmp_path / "home")
    run("user", "add", "boss", "--role", "administrator", "--everywhere", *home)
    assert run("user", "disable", "boss", *home).code == 2
    assert run("user", "roles", "boss", "--role", "viewer", *home).code == 2
    run("user", "add", "second", "--role", "administrator", "--everywhere", *home)
    assert run("user", "disable", "boss", *home).code == 0
