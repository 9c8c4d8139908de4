"""Ctrl-C at every stage of long work: said in words, exit code 130, nothing half-stored, and the same command then does it whole."""

from pathlib import Path

import pytest

from relocation import steps
from relocation.service.backing import content
from relocation.service.office import open_office
from tests.cli.conftest import Answer, Run

STOPPED = "已停下"


def stopped(run: Run, at: str, *arguments: object) -> Answer:
    """Run a command and press Ctrl-C as soon as a stage is told."""

    def press(stage: str, done: int, total: int) -> None:
        if stage == at:
            raise KeyboardInterrupt

    with steps.heard_by(press):
        return run(*arguments)


def everything(home: Path) -> str:
    """Return the hash over everything that is stored."""
    store = open_office(home)
    try:
        return content(store, with_keys=True)
    finally:
        store.close()


def test_an_import_a_check_and_a_verification_that_are_stopped_leave_what_was_there(run: Run, home: Path, ledger: Path):
    assert run("status").code == 0
    for at, command, done in (
        ("storing", ("import", ledger, "--county", "411522"), 0),
        ("judging", ("check",), 1),
        ("keeping", ("check",), 1),
        ("verifying", ("verify",), 0),
    ):
        before = everything(home)
        answer = stopped(run, at, *command)
        assert (answer.code, STOPPED in answer.err) == (130, True), (at, answer)
        if command[0] != "check":  # which first vouches for what it judges, and says so in the log
            assert everything(home) == before, at
        assert run(*command).code == done, at


def test_a_backup_and_a_restore_that_are_stopped_leave_no_file_behind(run: Run, home: Path, ledger: Path, tmp_path: Path):
    assert run("import", ledger, "--county", "411522").code == 0
    out, again = tmp_path / "备份.zip", tmp_path / "again"
    for at in ("copying", "packing"):
        assert stopped(run, at, "backup", "-o", out).code == 130
        assert [path.name for path in tmp_path.iterdir() if "备份" in path.name] == [], at
    assert run("backup", "-o", out).code == 0
    for at in ("holding", "filling"):
        answer = stopped(run, at, "restore", out, "--home", again)
        assert (answer.code, STOPPED in answer.err) == (130, True)
        assert not [path for path in tmp_path.iterdir() if "again" in path.name], at
    assert run("restore", out, "--home", again).code == 0


def test_a_change_of_keys_that_is_stopped_is_gone_on_with(run: Run, home: Path, tmp_path: Path):
    path = tmp_path / "户.csv"
    path.write_text("户编号,户主姓名,身份证号,乡镇,是否建档立卡,核定搬迁人口\nH1,演甲,990101199001010035,十里镇,是,3\n", "utf-8")
    assert run("import", path, "--county", "411522").code in (0, 1)
    answer = stopped(run, "sealing", "key", "rotate")
    assert (answer.code, STOPPED in answer.err) == (130, True)
    assert "更换还没有做完" in run("key", "status").out
    done = run("key", "rotate")
    assert done.code == 0 and "更换还没有做完" not in done.out


def test_steps_are_told_in_order_and_to_nobody_when_nobody_listens():
    heard: list[tuple[str, int, int]] = []
    assert list(steps.each("a", "xy")) == ["x", "y"]
    with steps.heard_by(lambda *step: heard.append(step)):
        assert list(steps.each("a", "xy")) == ["x", "y"]
    steps.told("b")
    assert heard == [("a", 0, 2), ("a", 1, 2), ("a", 2, 2)]


@pytest.mark.parametrize("name", ["judging", "storing"])
def test_a_bar_is_named_in_both_languages(name: str):
    from relocation.cli.progress import STAGES
    from relocation.words import translations

    assert translations("en").gettext(STAGES[name]) != STAGES[name]
