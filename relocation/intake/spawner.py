"""A small process that has imported every reader and forks itself for each file: a reader begins in milliseconds instead of seconds.

It never reads a file itself, has one thread only, holds no data of ours, and begins with nothing of the program that started it. Over its
control socket it is handed one socket a job; on that it is told what to do and says how the job's process ended. When a job's socket
closes, the job is killed; when the control socket closes, which happens however the program ends, all jobs and their folders go too.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from typing import Any

_MOST_ASKED = 1 << 20
_ROUNDS = 1000


class Spawner:
    """The jobs that run, by process and by socket."""

    def __init__(self, control: socket.socket) -> None:
        """Listen to the program on `control`, and to the system for processes that ended."""
        self.control = control
        self.jobs: dict[int, tuple[socket.socket, str]] = {}
        self.waiting = selectors.DefaultSelector()
        self.ended, woken = socket.socketpair()
        self.ended.setblocking(False)
        woken.setblocking(False)
        self._woken = woken  # kept: the system writes to its number
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.waiting.register(control, selectors.EVENT_READ)
        self.waiting.register(self.ended, selectors.EVENT_READ)

    def serve(self) -> None:
        """Take jobs until the program is gone."""
        while True:
            for key, _ in self.waiting.select():
                if key.fileobj is self.control:
                    if not self.take():
                        return self.leave()
                elif key.fileobj is self.ended:
                    self.ended.recv(4096)
                else:
                    self.given_up(key.data)
            self.reap()

    def take(self) -> bool:
        """Start one job; False when nobody can ask any more."""
        try:
            said, sockets, _, _ = socket.recv_fds(self.control, 1, 1)
        except OSError:
            return False
        if not said or not sockets:
            return False
        job = socket.socket(fileno=sockets[0])
        asked = _asked(job)
        if asked is None:
            job.close()
            return True
        process = os.fork()
        if process == 0:
            self._inside(asked)
        self.jobs[process] = (job, asked["folder"])
        self.waiting.register(job, selectors.EVENT_READ, process)
        return True

    def _inside(self, asked: dict[str, Any]) -> None:
        code = 1
        try:
            become(asked["folder"])
            from relocation.intake import jailed

            jailed.run(asked)
            code = 0
        finally:
            os._exit(code)

    def given_up(self, process: int) -> None:
        """Kill a job that nobody waits for; it may have ended already."""
        if process in self.jobs:
            self.waiting.unregister(self.jobs[process][0])
            os.kill(process, signal.SIGKILL)

    def reap(self) -> None:
        """Tell of the jobs that ended."""
        while self.jobs:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            if process not in self.jobs:
                continue  # an orphan of a job, killed below
            job, _ = self.jobs.pop(process)
            end_orphans(set(self.jobs))
            if job in self.waiting.get_map():
                self.waiting.unregister(job)
            try:
                job.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            except OSError:
                pass  # nobody waits
            finally:
                job.close()

    def leave(self) -> None:
        """End everything: the program is gone, and what it would have removed is removed here."""
        for process, (_, folder) in self.jobs.items():
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            shutil.rmtree(folder, ignore_errors=True)
        end_orphans(set())


def adopt() -> None:
    """Become the parent of whatever the jobs leave behind, so that none of it goes out of sight. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def end_orphans(jobs: set[int]) -> None:
    """Kill every process below this one but the jobs that still run and what is theirs: a reader's forks end with it, in whatever session.

    A fork that forks on meanwhile is met in the next round; it may not outrun this for ever.
    """
    for _ in range(_ROUNDS):
        orphans = [one for one in children(os.getpid()) if one not in jobs]
        if not orphans:
            return
        for one in orphans:
            _end_tree(one)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(one, 0)


def _end_tree(process: int) -> None:
    """Stop a process before its children are asked for, so that it makes no more, then kill all of them."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGSTOP)
        for child in children(process):
            _end_tree(child)
        os.kill(process, signal.SIGKILL)


def children(process: int) -> list[int]:
    """Return the children of a process, as the system tells of each process whose it is; none where it does not."""
    found = []
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208 - a text
            if name.isdigit() and _parent(name) == process:
                found.append(int(name))
    return found


def _parent(process: str) -> int:
    """Return whose child a process is, 0 for one that is gone. Its own name comes before, in brackets that may hold anything."""
    try:
        with open(f"/proc/{process}/stat", "rb") as told:  # noqa: PTH123 - a text
            return int(told.read().rpartition(b")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _asked(job: socket.socket) -> dict[str, Any] | None:
    said = b""
    while not said.endswith(b"\n") and len(said) < _MOST_ASKED:
        more = job.recv(65536)
        if not more:
            return None
        said += more
    asked: dict[str, Any] = json.loads(said)
    return asked


def become(folder: str) -> None:
    """Turn a fork of the spawner into a process that has nothing but its folder: no sockets, no signals, its last words in a file."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    words = os.open(os.path.join(folder, "last-words"), os.O_WRONLY | os.O_CREAT, 0o600)  # noqa: PTH118 - before anything is set up
    os.dup2(words, 2)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(folder)
    os.environ.update(TMPDIR=folder, TEMP=folder, TMP=folder)


def main() -> None:
    """Import what is named in the first line of the control socket (standard input), answer, serve."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    asked = _asked(control)
    if asked is None:
        return
    sys.path[:] = asked["path"]
    for name in asked["warm"]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is shared with the forks stays untouched
    adopt()
    control.sendall(b"ready\n")
    Spawner(control).serve()


if __name__ == "__main__":
    main()
    os._exit(0)
