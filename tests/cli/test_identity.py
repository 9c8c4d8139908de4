"""Who sits at the terminal is the system's word, and what the program writes of its errors is for him alone."""

import os
import pwd
import stat
from pathlib import Path

import pytest

from relocation.cli import _logged
from relocation.cli.office import _user


def test_the_environment_does_not_say_who_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert _user() == pwd.getpwuid(os.geteuid()).pw_name


def test_an_error_is_written_for_its_owner_alone_and_through_no_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("kept", "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / "error.log").symlink_to(other)
    path = _logged(ValueError("what happened"), {"home": home})
    assert path == home / "error.log"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "what happened" in path.read_text("utf-8")
    assert other.read_text("utf-8") == "kept"


def test_where_the_home_cannot_be_written_the_name_is_one_nobody_can_guess(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    first, second = (_logged(ValueError("x"), {"home": tmp_path / "file"}) for _ in range(2))
    try:
        assert first != second
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
    finally:
        first.unlink()
        second.unlink()
