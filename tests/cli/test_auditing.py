"""`relocation verify`, `log`, `backup`, `restore`, `status`: exit codes, words, JSON; the single file that verifies by itself."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def office(run: Run, ledger: Path) -> Run:
    """Return a runner of commands in a home with a ledger."""
    assert run("import", ledger, "--county", "411522").code in (0, 1)
    return run


def test_what_is_as_it_was_written_verifies_with_its_head(office: Run) -> None:
    head = office("log", "head").out.strip()
    answer = office("verify", "--head", head, "--json")
    said = json.loads(answer.out)
    assert (answer.code, said["ok"], said["head"], said["problems"]) == (0, True, head, [])
    assert "没有用 --head" not in office("verify", "--head", head).out
    assert "没有用 --head" in office("verify").out


def test_what_was_altered_is_named_in_both_languages_with_exit_code_1(office: Run, home: Path) -> None:
    with sqlite3.connect(home / "relocation.db") as database:
        database.execute("UPDATE household SET floor_area_m2 = 1 WHERE id = 1")
    answer = office("verify")
    assert (answer.code, "411522 household" in answer.err) == (1, True)
    assert "altered" in office("verify", "--lang", "en").err
    assert json.loads(office("verify", "--json").out)["problems"][0]["code"] == "records-altered"


def test_without_its_keys_an_office_is_verified_all_the_same_and_what_could_not_be_opened_is_said(office: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "户.csv").write_text("户编号,户主姓名,身份证号\nH9,演丙,990101199001010035\n", "utf-8")
    assert office("import", tmp_path / "户.csv", "--county", "411522").code == 0
    assert "没有密钥" not in office("verify").out
    (home / "keys" / "personal.key").unlink()
    answer = office("verify")
    assert (answer.code, "没有密钥" in answer.out) == (0, True)
    assert json.loads(office("verify", "--json").out)["sealed_opened"] is False
    assert not (home / "keys" / "personal.key").exists()


def test_every_export_from_the_terminal_is_noted_like_one_from_a_page(office: Run, tmp_path: Path) -> None:
    (tmp_path / "点.csv").write_text("安置点编码,安置点名称,乡镇,经度,纬度,坐标系\nS1,甲点,十里镇,114.9,32.0,WGS84\n", "utf-8")
    assert office("import", tmp_path / "点.csv", "--county", "411522").code == 0
    assert office("check").code in (0, 1)
    for what in (
        ("findings", "-o", tmp_path / "a.csv"), ("findings", "--format", "json", "--county", "411522"), ("map", "-o", tmp_path / "b.html"),
        ("report", "actions", "-o", tmp_path / "c.xlsx"), ("ledger", "export", "-o", tmp_path / "d.xlsx"),
    ):  # fmt: skip
        assert office(*what).code in (0, 1)
    assert office("findings").code in (0, 1)  # looked at, not taken out
    noted = json.loads(office("log", "--action", "export", "--json").out)[::-1]
    assert [one["subject"] for one in noted] == ["findings.csv", "findings.json", "map.html", "actions.xlsx", "ledger.xlsx"]
    assert noted[1]["new"]["filters"] == {"county": "411522"} and noted[1]["new"]["rows"] > 0


def test_what_is_no_head_is_refused(office: Run) -> None:
    assert office("verify", "--head", "no head").code == 2


def test_the_log_is_listed_narrowed_and_exported_for_the_single_file(office: Run, tmp_path: Path) -> None:
    assert "导入台账" in office("log").out
    every = json.loads(office("log", "--json").out)
    assert [one["seq"] for one in every] == sorted((one["seq"] for one in every), reverse=True)
    assert {one["action"] for one in json.loads(office("log", "--action", "records.imported", "--json").out)} == {"records.imported"}
    assert json.loads(office("log", "--day", "1999-01-01", "--json").out) == []
    log, verifier = tmp_path / "log.jsonl", tmp_path / "verifier.py"
    assert office("log", "export", "-o", log).code == 0
    assert office("verify", "--give", verifier).code == 0
    alone = [sys.executable, "-I", str(verifier), str(log)]
    assert subprocess.run(alone, capture_output=True, check=False).returncode == 0
    log.write_bytes(log.read_bytes().replace(b"411522", b"411523", 1))
    assert subprocess.run(alone, capture_output=True, check=False).returncode == 1


def test_a_backup_becomes_an_office_again(office: Run, tmp_path: Path) -> None:
    saved, home = tmp_path / "saved.backup", tmp_path / "again"
    made = json.loads(office("backup", "-o", saved, "--with-keys", "--json").out)
    answer = office("restore", saved, "--home", home, "--json")
    assert (answer.code, json.loads(answer.out)["content"]) == (0, made["content"])
    assert office("verify", "--home", home, "--head", made["head"]).code == 0
    refused = office("restore", saved, "--home", home)
    assert (refused.code, "不会覆盖" in refused.err) == (2, True)


def test_a_backup_without_the_keys_says_so_and_one_with_them_too(office: Run, tmp_path: Path) -> None:
    assert "密钥不在里面" in office("backup", "-o", tmp_path / "one.backup").out
    assert "密钥也在里面" in office("backup", "-o", tmp_path / "two.backup", "--with-keys").out


def test_the_state_tells_of_backups_and_trials_and_holds_every_setting(office: Run, tmp_path: Path) -> None:
    before = json.loads(office("status", "--json").out)
    assert (before["backup"], before["tried"], before["kind"]) == (None, None, "sqlite")
    assert all(one["holds"] for one in before["settings"].values())
    saved = tmp_path / "saved.backup"
    office("backup", "-o", saved)
    assert office("restore", saved, "--try").code == 0
    after = json.loads(office("status", "--json").out)
    assert after["backup"]["content"] == after["tried"]["content"]
    assert after["counts"]["household"] == before["counts"]["household"] > 0
    assert max(len(line) for line in office("status", "--lang", "en").out.splitlines()[:-1]) <= 80


def test_a_file_that_is_no_backup_is_refused(office: Run, tmp_path: Path, ledger: Path) -> None:
    assert office("restore", ledger, "--home", tmp_path / "again").code == 2
    assert office("restore", tmp_path / "none", "--home", tmp_path / "again").code == 2
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "command", [["backup", "-o", "saved.backup"], ["status"], ["verify"], ["log"], ["log", "head"], ["key", "status"], ["user", "list"], ["ledger", "list"]]
)
def test_a_home_that_does_not_exist_is_refused_and_not_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    answer = run(*command, "--home", tmp_path / "mistyped")
    assert answer.code == 2
    assert "没有这个数据目录" in answer.err
    assert "There is no such home" in run(*command, "--home", tmp_path / "mistyped", "--lang", "en").err
    assert sorted(tmp_path.iterdir()) == before


def test_a_first_import_and_a_first_account_make_their_home(run: Run, ledger: Path, tmp_path: Path) -> None:
    assert run("import", ledger, "--county", "411522", "--home", tmp_path / "one").code in (0, 1)
    assert run("user", "add", "first", "--role", "viewer", "--everywhere", "--home", tmp_path / "two").code == 0


def test_a_backup_replaces_no_file_unless_told_to(office: Run, tmp_path: Path) -> None:
    out = tmp_path / "saved.backup"
    out.write_bytes(b"somebody's own")
    answer = office("backup", "-o", out)
    assert (answer.code, out.read_bytes()) == (2, b"somebody's own")
    assert "--force" in answer.err
    assert office("backup", "-o", out, "--force").code == 0
    assert out.read_bytes()[:2] == b"PK"


def test_what_keeps_a_backup_from_being_made_or_restored_is_said_in_words(office: Run, tmp_path: Path) -> None:
    nowhere = office("backup", "-o", tmp_path / "none" / "saved.backup")
    assert nowhere.code == 2 and "文件夹" in nowhere.err and "Excel" not in nowhere.err and "No such" not in nowhere.err
    wrong = tmp_path / "wrong.backup"
    wrong.write_bytes(b"PK\x03\x04 no archive")
    answer = office("restore", wrong, "--home", tmp_path / "again")
    assert answer.code == 2 and "不是" in answer.err and "Zip" not in answer.err and "Error" not in answer.err
    assert not (tmp_path / "again").exists()


def test_the_state_and_the_log_are_told_in_words(office: Run) -> None:
    said = office("status").out
    assert "landlock" not in said and "household" not in said and "搬迁户" in said and "只能打开这一个文件" in said
    listed = office("log").out
    assert "导入台账" in listed and "records.imported" not in listed
    assert "records.imported" not in office("log", "--lang", "en").out
    assert "records.imported" in office("log", "--json").out
