"""The program's side of the spawner: starts it when first needed, hands it jobs, starts another when it is gone.

Threads may call at once; each job has a socket of its own. A fork of the program does not use its parent's spawner.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from relocation.intake import spawner

WARM = (
    "relocation", "relocation.intake.inside", "relocation.intake.vector", "relocation.intake.grid", "relocation.intake.workbook", "relocation.intake.text",
    "relocation.intake.packing", "relocation.intake.refused", "relocation.intake.jailed", "python_calamine", "pyogrio", "pyproj", "xlsxwriter", "geo.index",
    "geo.repair", "geo.drawing.read.reading",
)  # fmt: skip
"""What every reader needs. No library that starts threads, and nothing that knows our database."""

_TICK_S = 0.1
_START_S = 60.0
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "PATH", "LD_LIBRARY_PATH")  # without them Windows starts no process, or a library is not found


class Gone(OSError):
    """There is no spawner, or it went away before the job began or ended."""


def environment(folder: str) -> dict[str, str]:
    """Return the whole environment of a process that reads strangers' files."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def import_path() -> list[str]:
    """Return where this program imports from, for a process that stands in another folder."""
    return [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - entries may be zips


def possible() -> bool:
    """Tell whether this system has what the spawner needs."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


class Client:
    """One spawner and the way to it; made once a process, and made anew in a fork."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._owner, self._warm = 0, False
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """See to it that a spawner runs, and do not wait until it is warm; without one, the first job starts it."""
        if possible():
            with self._lock, contextlib.suppress(OSError):
                self._begun()

    def job(self, asked: Mapping[str, Any], seconds: float, tick: Callable[[], None] | None = None) -> int | None:
        """Run one job to its end and return its exit code, None where its time was over; `tick` is called now and then meanwhile."""
        ours, theirs = socket.socketpair()
        with ours:
            ours.sendall(json.dumps(asked).encode("utf-8") + b"\n")
            with theirs, self._lock:
                self._hand_over(theirs)
            return _wait(ours, seconds, tick)

    def _hand_over(self, theirs: socket.socket) -> None:
        for again in (False, True):
            control = self._started()
            try:
                socket.send_fds(control, [b"j"], [theirs.fileno()])
            except OSError:
                self._forget()
                if again:
                    raise Gone from None
            else:
                return

    def _begun(self) -> socket.socket:
        if self._control is not None and self._owner == os.getpid() and self._process is not None and self._process.poll() is None:
            return self._control
        self._forget()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-I", "-X", "utf8", spawner.__file__], stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                cwd=os.path.sep, env=environment(os.path.sep), close_fds=True, start_new_session=True,
            )  # fmt: skip
        self._control, self._owner, self._warm = ours, os.getpid(), False
        ours.sendall(json.dumps({"path": import_path(), "warm": WARM}).encode("utf-8") + b"\n")
        return ours

    def _started(self) -> socket.socket:
        control = self._begun()
        if not self._warm:
            control.settimeout(_START_S)
            try:
                ready = control.recv(64)
            except OSError:
                ready = b""
            if ready != b"ready\n":
                self._forget()
                raise Gone("the spawner did not start")
            control.settimeout(None)
            self._warm = True
        return control

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


def _wait(ours: socket.socket, seconds: float, tick: Callable[[], None] | None) -> int | None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        ours.settimeout(min(left, _TICK_S) if tick else left)
        try:
            return _code(ours.recv(64))
        except TimeoutError:
            if tick:
                tick()
    with contextlib.suppress(OSError):
        ours.shutdown(socket.SHUT_WR)  # the spawner kills the job and says so
        ours.settimeout(5)
        ours.recv(64)
    return None


def _code(said: bytes) -> int:
    try:
        return int(said)
    except ValueError:
        raise Gone("the spawner went away") from None


CLIENT = Client()
