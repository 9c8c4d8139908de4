"""Whatever a parser does in there, out here it is an answer, a refusal, or one of three ends; and there is nothing in there to steal."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from relocation.intake import jail
from relocation.intake.apart import _told
from relocation.intake.inside import PROGRESS

INMATES = "tests.intake.jail_inmates"
SHORT = jail.Limits(seconds=1.0, cpu_seconds=30)


def call(name: str, *parts: bytes, limits: jail.Limits | None = None) -> bytes:
    return jail.call(f"{INMATES}:{name}", parts or (b"",), limits)


def end(name: str, *parts: bytes, limits: jail.Limits | None = None) -> str:
    with pytest.raises(jail.Ended) as ended:
        call(name, *parts, limits=limits)
    return ended.value.why


def test_what_goes_in_comes_back() -> None:
    assert call("joined", b"one", b"\x00\xff", b"") == b"one|\x00\xff|"


def test_the_process_has_no_environment_no_open_database_and_no_module_that_knows_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELOCATION_DATABASE", "postgresql://somebody:secret@somewhere/all")
    with (tmp_path / "relocation.db").open("wb") as database:
        os.set_inheritable(database.fileno(), True)
        found = json.loads(call("surroundings"))
    kept = {"PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LC_CTYPE"}
    assert {
        name for name in found["environment"] if not name.startswith(("GDAL_", "PROJ_", "OGR_", "LIBKML_"))
    } <= kept  # those are its own libraries' settings
    assert not [name for name in found["open"] if str(tmp_path) in name]
    assert len([name for name in found["open"] if not name.startswith("/proc/")]) == 3
    assert found["modules"] == []
    assert found["no new privileges"]
    assert found["folder"] != str(Path.cwd())


def test_the_limits_stand_before_anything_is_read() -> None:
    limits = jail.Limits(memory_bytes=3 << 30, cpu_seconds=7, file_bytes=5 << 20, open_files=33)
    found = json.loads(call("surroundings", limits=limits))
    assert found["limits"] == {"AS": 3 << 30, "CPU": 7, "FSIZE": 5 << 20, "NOFILE": 33, "CORE": 0}


def test_its_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert call("joined", b"x") == b"x"
    end("crashes")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_comes_out_with_its_plain_facts() -> None:
    with pytest.raises(jail.Refused) as refused:
        call("refuses")
    assert (refused.value.key, dict(refused.value.facts)) == ("scanned", {"pages": 3, "of": "plan"})


def test_too_much_memory_is_an_end_of_memory() -> None:
    assert end("takes_all_memory", limits=jail.Limits(memory_bytes=1 << 29)) == "memory"


@pytest.mark.parametrize("name", ["never_ends", "sleeps"])
def test_too_much_time_is_an_end_of_time(name: str) -> None:
    assert end(name, limits=SHORT) == "time"


def test_too_much_processor_time_is_an_end_of_time() -> None:
    assert end("never_ends", limits=jail.Limits(cpu_seconds=1)) == "time"


@pytest.mark.parametrize("name", ["crashes", "is_killed", "leaves_without_a_word", "fails", "no_such_function", "opens_too_many"])
def test_every_other_end_is_an_end_and_nothing_more(name: str) -> None:
    assert end(name) == "died"


def test_a_file_larger_than_allowed_is_an_end() -> None:
    assert end("fills_the_disk", limits=jail.Limits(file_bytes=1 << 20)) == "died"


@pytest.mark.parametrize("what", [b"link", b"long", b"deep", b"\xff\xfe", b"[1]", b"", b'{"refused": "x", "facts": 3}x'])
def test_what_the_process_says_of_itself_is_not_trusted(what: bytes) -> None:
    assert end("lies", what) == "died"


def test_odd_facts_of_a_refusal_are_dropped() -> None:
    with pytest.raises(jail.Refused) as refused:
        call("lies", b'{"refused": "scanned", "facts": ["a"]}')
    assert refused.value.facts == {}


def test_it_reaches_no_network_where_the_system_can_take_it_away() -> None:
    probe = "import ctypes; raise SystemExit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    possible = subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = call("calls_out", str(server.getsockname()[1]).encode())
    assert answer == (b"alone" if possible else b"reached")


@pytest.mark.parametrize("name", [b"progress", b"last-words", b"told.json", b"answer"])
def test_a_pipe_in_place_of_a_file_holds_nobody_up(name: bytes) -> None:
    with pytest.raises(jail.Ended):
        jail.call(f"{INMATES}:puts_a_pipe", [name], SHORT, tick=lambda folder: _told(folder / PROGRESS, lambda *_: None))


def test_what_a_reader_leaves_behind_ends_with_it_in_whatever_session() -> None:
    left = int(call("leaves_a_child_behind", limits=jail.Limits(walls=jail.WALLS - {"single"})))  # with that wall there is none to leave
    assert not Path(f"/proc/{left}").exists()
    assert call("joined", b"next") == b"next"
