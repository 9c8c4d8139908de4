"""A reader that was killed, or runs for ever in a thread, leaves a folder behind; the next reading removes it, and no one else's."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from geo.drawing.read.second import witness_of_dwg


def test_the_folders_of_dead_processes_are_removed_and_those_of_living_ones_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, living, other = (tmp_path / name for name in (f"drawing-{gone.pid}-a", f"drawing-{os.getpid()}-b", "drawing-plan"))
    for folder in (dead, living, other):
        folder.mkdir()
        (folder / "drawing.dwg").write_bytes(b"AC1032")
    assert witness_of_dwg(b"AC1032 is no drawing", mended=False, within_s=60) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([living.name, other.name])
