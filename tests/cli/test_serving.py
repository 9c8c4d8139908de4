"""The server answers on this machine, also while many idle connections are open."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RELOCATION_HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        [sys.executable, "-m", "relocation", "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_a_page_comes_while_three_hundred_idle_connections_are_open(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    idle = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(300)]
    try:
        started = time.monotonic()
        with urllib.request.urlopen(f"{address}/sign-in", timeout=10) as answer:
            assert answer.status == 200
        assert time.monotonic() - started < 5
    finally:
        for one in idle:
            one.close()
