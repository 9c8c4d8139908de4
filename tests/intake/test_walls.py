"""Each wall round the reading process stands alone: with all others taken away, no attack file reads another file or calls anybody."""

import contextlib
import ctypes
import json
import os
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from relocation.intake import jail, walls
from relocation.intake.drivers import ALLOWED
from tests.intake.ledgers import zipped
from tests.intake.test_hostile_databases import enlist, package
from tests.intake.test_vector import CANARY

LINUX = sys.platform == "linux"
LANDLOCK = ctypes.CDLL(None).syscall(444, None, 0, 1) if LINUX else 0
NAMESPACE = (
    LINUX and subprocess.run([sys.executable, "-c", "import ctypes; raise SystemExit(ctypes.CDLL(None).unshare(0x50000000) != 0)"], check=False).returncode == 0
)


@pytest.fixture
def called() -> Iterator[tuple[str, list[bytes]]]:
    """Listen on a free port and keep the first line of whatever is asked, be it a GET or not."""
    asked: list[bytes] = []

    class Asked(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(4096).partition(b"\r")[0])

    with socketserver.TCPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def attack_files(folder: Path, secret: Path, address: str) -> list[Path]:
    """Write files that make GDAL open others: by a list of sources, by a command line, by a virtual table, by links."""
    source = f'<OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{source}</OGRVRTDataSource>"
    command = f"gdal vector convert --input {secret} --output-format stream --output streamed_dataset"
    calling = f"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/{address}/a.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    fetching = f"gdal vector convert --input /vsicurl/{address}/b.csv --output-format stream --output streamed_dataset"
    texts = {
        "a.geojson": vrt,
        "a.kml": vrt,
        "g.geojson": json.dumps({"type": "gdal_streamed_alg", "command_line": command}),
        "h.geojson": calling,
        "f.geojson": json.dumps({"type": "gdal_streamed_alg", "command_line": fetching}),
        "w.kml": f"<OGRWFSDataSource><URL>{address}</URL></OGRWFSDataSource>",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    zipped(folder / "z.zip", {"a.vrt": vrt.encode()})
    with package(folder / "v.gpkg") as base:
        enlist(base, "evil", "table", f"create virtual table evil using VirtualOGR('{secret}')")
    base.close()
    with contextlib.closing(sqlite3.connect(folder / "v.sqlite")) as base:
        base.executescript("create table good (a); pragma writable_schema = on")
        virtual = f"create virtual table evil using VirtualOGR('{secret}')"
        base.execute("insert into sqlite_master (type, name, tbl_name, rootpage, sql) values ('table', 'evil', 'evil', 0, ?)", [virtual])
        base.commit()
    return sorted(folder.iterdir())


def attacked(tmp_path: Path, address: str, limits: jail.Limits, *, limited: bool) -> str:
    folder, other = tmp_path / "sent", tmp_path / "elsewhere"
    folder.mkdir()
    other.mkdir()
    secret = other / "secret.csv"
    secret.write_text(f"name,x,y\n{CANARY},114.9,32\n", "utf-8")
    paths = [str(path) for path in attack_files(folder, secret, address)] + [f"/vsizip/{folder / 'z.zip'}/a.vrt"]
    asked = json.dumps({"paths": paths, "limited": limited}).encode()
    return jail.call("tests.intake.attackers:opened", [asked], limits, reads=[folder], forked=False).decode()


def bare(*standing: str) -> jail.Limits:
    return jail.Limits(memory_bytes=4 << 30, walls=frozenset(standing))


def test_without_any_wall_the_files_read_and_call_others(tmp_path: Path, called: tuple[str, list[bytes]]) -> None:
    # Proves that the attacks are attacks; when this fails, GDAL has closed the door itself and the files need to be made anew.
    found = attacked(tmp_path, called[0], bare(), limited=False)
    assert found.count(CANARY) >= 6, found  # VRT in four coats, GDALG, VirtualOGR
    assert len(called[1]) >= 2, found


def test_the_list_of_formats_alone_holds(tmp_path: Path, called: tuple[str, list[bytes]]) -> None:
    found = attacked(tmp_path, called[0], bare(), limited=True)
    assert f"{len(ALLOWED)} drivers" in found
    assert CANARY not in found
    assert not called[1]


def test_landlock_alone_holds_where_the_kernel_has_it(tmp_path: Path, called: tuple[str, list[bytes]]) -> None:
    found = attacked(tmp_path, called[0], bare("landlock"), limited=False)
    assert int(found.split()[0]) > len(ALLOWED)  # every driver is there
    assert (CANARY in found) == (LANDLOCK < 1), found
    assert bool(called[1]) == (LANDLOCK < 4)


def test_the_empty_network_alone_calls_nobody_where_the_system_allows_one(tmp_path: Path, called: tuple[str, list[bytes]]) -> None:
    found = attacked(tmp_path, called[0], bare("namespace"), limited=False)
    assert int(found.split()[0]) > len(ALLOWED)
    assert bool(called[1]) == (not NAMESPACE)


@pytest.mark.parametrize("forked", [True, False])
def test_from_within_only_the_one_file_and_the_own_folder_are_in_reach(forked: bool, tmp_path: Path) -> None:
    secret, own = tmp_path / "elsewhere.csv", tmp_path / "own.csv"
    secret.write_text(CANARY, "ascii")
    own.write_text("mine", "ascii")
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = {"secret": str(secret), "own": str(own), "port": server.getsockname()[1], "parent": os.getpid()}
        done = jail.call("tests.intake.attackers:read_and_called", [json.dumps(asked).encode()], reads=[own], forked=forked).decode()
    possible = {"read", "written", "listed", "signalled", "environment"} if LANDLOCK < 1 else {"signalled"} if LANDLOCK < 6 else set()
    assert set(done.split(",")) - possible == {"own file", "own folder"}, done
    assert not (tmp_path / "planted").exists()


SINGLE = LINUX and os.uname().machine in ("x86_64", "aarch64")


@pytest.mark.parametrize("forked", [True, False])
def test_the_filter_of_system_calls_alone_lets_no_process_be_made_and_no_program_run(forked: bool) -> None:
    with pytest.raises(jail.Ended):  # without it a reader becomes another program
        jail.call("tests.intake.jail_inmates:makes_others", [b""], bare(), forked=forked)
    if SINGLE:
        assert jail.call("tests.intake.jail_inmates:makes_others", [b""], bare("single"), forked=forked) == b"thread"


def test_the_program_knows_which_walls_stand() -> None:
    on = walls.layers_on()
    assert tuple(on) == walls.LAYERS
    assert (on["landlock"], on["namespace"]) == (LANDLOCK >= 1, NAMESPACE)
    assert on["process"]
    assert on["drivers"]
    assert on["limits"] == on["no-new-privileges"] == LINUX
    assert on["single"] == SINGLE
