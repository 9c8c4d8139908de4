"""400 connections that say nothing, or say it slowly, to the server as `relocation serve` runs it: what others wait meanwhile."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import torture_work as work
from benchmarks.torture_row import Row

ROOT = Path(__file__).resolve().parents[1]
P99_S = 0.1
KINDS = ("says nothing", "sends its heading slowly", "sends its body slowly", "reads slowly")


def run(short: bool) -> list[Row]:
    """Open the connections and ask for a page meanwhile."""
    idle, asked = (40, 20) if short else (400, 200)
    with tempfile.TemporaryDirectory(prefix="relocation-torture-") as folder:
        home = Path(folder) / "home"
        work.filled(home, Path(folder) / "先.csv")
        with served(home) as port:
            alone = ask(port, asked)
            with slow(port, idle):
                beside = ask(port, asked)
    found = f"p50 {_at(beside, 0.5):.3f} s, p99 {_at(beside, 0.99):.3f} s (alone {_at(alone, 0.99):.3f} s)"
    return [Row(f"a page beside {idle} idle or slow connections", asked, found, f"p99 at most {P99_S} s", _at(beside, 0.99) <= P99_S)]


def _at(waits: list[float], share: float) -> float:
    return sorted(waits)[min(len(waits) - 1, int(len(waits) * share))]


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Serve the home by the program's own command on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "relocation", "serve", "--port", str(port), "--home", str(home)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if re.search(rf":{port}\b", line):
                break
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(port: int, times: int) -> list[float]:
    """Ask for the page of signing in, the one that is made for everybody, so often, each time on a connection of its own; returns how long each took, in seconds."""
    waits = []
    for _ in range(times):
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sign-in")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the page answered {answer.status}")
        waits.append(time.monotonic() - began)
    return waits


@contextmanager
def slow(port: int, count: int) -> Iterator[None]:
    """Hold so many connections open, a quarter of each kind, and send a byte on each now and then."""
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(count)]
    for number, one in enumerate(held):
        one.settimeout(0.5)
        kind = KINDS[number % len(KINDS)]
        if kind == "sends its body slowly":
            one.sendall(b"POST /import/preview HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n")
        elif kind == "reads slowly":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            one.sendall(b"GET /static/style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2)  # more than it takes
    over = threading.Event()
    dripping = threading.Thread(target=_drip, args=(held, over), daemon=True)
    dripping.start()
    try:
        yield
    finally:
        over.set()
        dripping.join()
        for one in held:
            one.close()


def _drip(held: list[socket.socket], over: threading.Event) -> None:
    while not over.wait(0.5):
        for number, one in enumerate(held):
            if number % len(KINDS) in (1, 2):
                with contextlib.suppress(OSError):
                    one.sendall(b"G" if number % len(KINDS) == 1 else b"x")
