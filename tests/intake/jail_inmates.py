"""Functions that run inside the jail in tests: some look round in it, some try what a hostile file might make a parser do."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path


class Said(Exception):
    """A refusal as the readers make it."""

    key = "scanned"
    facts: dict[str, object] = {"pages": 3, "of": "plan", "inside": ["not", "plain"]}  # noqa: RUF012 - read once


def joined(*parts: bytes) -> bytes:
    return b"|".join(parts)


def surroundings(_: bytes) -> bytes:
    """Say what is within reach: environment, open files, limits, privileges, own modules that were loaded."""
    import resource

    status = Path("/proc/self/status").read_text("ascii")
    found = {
        "environment": sorted(os.environ),
        "open": sorted(os.readlink(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{one}")),  # noqa: PTH208, PTH115
        "limits": {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE")},
        "no new privileges": "NoNewPrivs:\t1" in status,
        "modules": [name for name in sys.modules if name.startswith(("relocation.store", "relocation.service", "relocation.web", "sqlalchemy", "flask"))],
        "folder": str(Path.cwd()),
    }
    return json.dumps(found).encode()


def refuses(_: bytes) -> bytes:
    raise Said


def fails(_: bytes) -> bytes:
    raise ValueError("nothing that anybody should see")


def takes_all_memory(_: bytes) -> bytes:
    return b"".join([bytes(1 << 26) for _ in range(1000)])


def never_ends(_: bytes) -> bytes:
    while True:
        pass


def sleeps(_: bytes) -> bytes:
    time.sleep(60)
    return b""


def crashes(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def is_killed(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def leaves_without_a_word(_: bytes) -> bytes:
    os._exit(0)


def fills_the_disk(_: bytes) -> bytes:
    with Path("big").open("wb") as file:
        file.writelines(bytes([number]) * (1 << 20) for number in range(100))
    return b"filled"


def opens_too_many(_: bytes) -> bytes:
    held = [Path("/dev/null").open("rb") for _ in range(1000)]  # noqa: SIM115
    return str(len(held)).encode()


def calls_out(port: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", int(port)), timeout=5):
            return b"reached"
    except OSError:
        return b"alone"


def lies(what: bytes) -> bytes:
    """Write down something else than the jail's inside would, and go."""
    if what == b"link":
        Path("told.json").write_text('{"done": true}', "ascii")
        Path("answer").symlink_to("/etc/passwd")
    elif what == b"long":
        Path("told.json").write_text(json.dumps({"refused": "x" * 100_000, "facts": {}}), "ascii")
    elif what == b"deep":
        Path("told.json").write_text("[" * 50_000, "ascii")
    else:
        Path("told.json").write_bytes(what)
    os._exit(0)


def puts_a_pipe(name: bytes) -> bytes:
    """Put a pipe where a file is read from outside, and wait or go."""
    Path(name.decode()).unlink(missing_ok=True)
    os.mkfifo(name.decode())
    if name == b"answer":
        Path("told.json").write_text('{"done": true}', "ascii")
        os._exit(0)
    if name == b"progress":
        time.sleep(60)
    os._exit(3)


def leaves_a_child_behind(_: bytes) -> bytes:
    """Fork away from its own end and its own session, write down who that is, and answer."""
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork():
            time.sleep(60)
        time.sleep(60)
        os._exit(0)
    time.sleep(0.3)
    return str(child).encode()


def makes_others(_: bytes) -> bytes:
    """Try every way to make a process or become another program, and threads; tell which went."""

    def forks() -> None:
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)

    done: list[str] = []
    ways: dict[str, Callable[[], object]] = {
        "fork": forks,
        "spawn": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
        "subprocess": lambda: subprocess.run(["/bin/true"], check=True),
        "execve": lambda: os.execv("/bin/false", ["false"]),  # noqa: S606 - what is tried here
    }
    for name, way in ways.items():
        try:
            way()
        except OSError:
            continue
        done.append(name)
    one = threading.Thread(target=lambda: done.append("thread"))
    one.start()
    one.join()
    return ",".join(done).encode()
