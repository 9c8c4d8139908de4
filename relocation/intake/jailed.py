"""The inside of `relocation.intake.jail`: a process that limits itself, runs one function and writes down what it answers.

Each wall stands alone: limits on memory, time and files; no new privileges; a network with nothing in it (a namespace); Landlock, which
leaves the libraries to be read, the one file, and the job's own folder to be written; and a filter of system calls, by which the process
makes no other and becomes no other program. (A limit on the number of processes would not hold for root, nor tell this one's from others of
the same user. Threads are held by the limit on memory, of which each reserves its stack.) A system that lacks one goes without it.

Run as a file, or called in a fork of the spawner; as a file it imports nothing of ours before the walls stand.
"""

import ctypes
import gc
import importlib
import json
import os
import struct
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_OURS = ("relocation", "checks", "geo", "data")
_SYSTEM = (
    "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/usr/share/zoneinfo",
    "/usr/share/fonts", "/dev/null", "/dev/zero", "/dev/urandom", "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/sys/devices/system/cpu",
)  # fmt: skip
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE, _IOCTL = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # Landlock's system calls have one number on every architecture


def limit(asked: Mapping[str, Any]) -> None:
    """Take away what the function does not need; systems without these calls are held by the parent's clock alone."""
    try:
        import resource
    except ImportError:
        return
    for what, most, grace in (
        (resource.RLIMIT_AS, asked["memory"], 0),
        (resource.RLIMIT_CPU, asked["cpu"], 2),  # the signal that tells time from other ends comes first
        (resource.RLIMIT_FSIZE, asked["file"], 0),
        (resource.RLIMIT_NOFILE, asked["files"], 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, hard = resource.getrlimit(what)
        ends = [value if hard == resource.RLIM_INFINITY else min(value, hard) for value in (most, most + grace)]
        resource.setrlimit(what, (ends[0], ends[1]))


def wall_in(asked: Mapping[str, Any]) -> None:
    """Shut off the network and every file but the needed ones, as far as this system can and the asker wants."""
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if "namespace" in asked["walls"]:
        system.unshare(0x10000000 | 0x40000000)  # CLONE_NEWUSER | CLONE_NEWNET
    if "landlock" in asked["walls"]:
        landlock([*libraries(asked["path"], asked["function"]), *asked["reads"]], asked["folder"], system)
    if "single" in asked["walls"]:
        stay_single(system)


_CALLS = {  # by machine: its number for auditing; clone; those that make or become a process; and the first number of another calling convention
    "x86_64": (0xC000003E, 56, (57, 58, 59, 322), 0x40000000),
    "aarch64": (0xC00000B7, 220, (221, 281), 0xFFFFFFFF),
}
_CLONE3, _THREAD = 435, 0x00010000
_LOAD, _IS, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOWED, _REFUSED, _UNKNOWN = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38


def stay_single(system: ctypes.CDLL) -> bool:
    """Refuse every system call that makes a process or runs a program; threads may be made. Tells whether the kernel holds to it."""
    if os.uname().machine not in _CALLS or struct.calcsize("P") != 8:
        return False
    audit, clone, others, foreign = _CALLS[os.uname().machine]
    program = [
        (_LOAD, 0, 0, 4), (_IS, 1, 0, audit), (_RETURN, 0, 0, _REFUSED),
        (_LOAD, 0, 0, 0), (_AT_LEAST, 0, 1, foreign), (_RETURN, 0, 0, _REFUSED),
        (_IS, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN),  # whoever makes a thread then asks by the older call, whose flags can be read
        *(step for number in others for step in ((_IS, 0, 1, number), (_RETURN, 0, 0, _REFUSED))),
        (_IS, 0, 3, clone), (_LOAD, 0, 0, 16), (_HAS, 1, 0, _THREAD), (_RETURN, 0, 0, _REFUSED),
        (_RETURN, 0, 0, _ALLOWED),
    ]  # fmt: skip
    filters = b"".join(struct.pack("=HBBI", *step) for step in program)
    kept = ctypes.create_string_buffer(filters, len(filters))
    told = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(kept)))
    return bool(system.prctl(22, 2, told, 0, 0) == 0)  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def libraries(path: list[str], function: str) -> Iterator[str]:
    """Yield what the interpreter, the libraries and our own sources are read from: never a folder that may hold a home."""
    yield from _SYSTEM
    yield from (sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from (entry for entry in path if os.path.basename(entry) in ("site-packages", "dist-packages", "lib-dynload"))  # noqa: PTH119 - a text
    for entry in path:
        yield from (os.path.join(entry, name) for name in (*_OURS, function.partition(".")[0]))  # noqa: PTH118 - entries may be zips


def landlock(reads: list[str], folder: str, system: ctypes.CDLL) -> int:
    """Allow reading below `reads` and everything but execution below `folder`; returns the kernel's version of Landlock, 0 for none."""
    version = int(system.syscall(_CREATE, None, 0, 1))
    if version < 1:
        return 0
    files = 0x1FFF | (1 << 13 if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0) | (_IOCTL if version >= 5 else 0)
    network = 3 if version >= 4 else 0  # TCP: neither bind nor connect
    outside = 3 if version >= 6 else 0  # no signals and no abstract sockets of others
    rules = struct.pack("QQQ", files, network, outside)
    made = system.syscall(_CREATE, rules, 8 if version < 4 else 16 if version < 6 else 24, 0)
    if made < 0:
        return 0
    for place in dict.fromkeys(reads):
        _allow(system, made, place, (_READ_FILE | _READ_DIR | _EXECUTE) & files)
    _allow(system, made, folder, files & ~_EXECUTE)
    held = system.syscall(_RESTRICT, made, 0) == 0
    os.close(made)
    return version if held else 0


def _allow(system: ctypes.CDLL, made: int, place: str, rights: int) -> None:
    try:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this system
    if not os.path.isdir(place):  # noqa: PTH112 - a text
        rights &= _OF_A_FILE
    system.syscall(_ADD, made, 1, struct.pack("=Qi", rights, opened), 0)
    os.close(opened)


def run(asked: Mapping[str, Any]) -> None:
    """Do what is asked behind the walls; leave `told.json` and `answer` in the folder."""
    folder = Path(asked["folder"])
    tempfile.tempdir = str(folder)
    told: dict[str, Any]
    try:
        limit(asked)
        wall_in(asked)
        gc.disable()  # the process ends soon; a collector would walk millions of fresh cells again and again
        module, _, name = asked["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        answer = function(*[(folder / f"{number}.in").read_bytes() for number in range(asked["parts"])])
        (folder / "answer").write_bytes(answer)
        told = {"done": True}
    except Exception as error:  # noqa: BLE001 - whatever happens in here is told and not shown
        key = getattr(error, "key", None)
        told = {"refused": key, "facts": dict(error.facts)} if isinstance(key, str) and hasattr(error, "facts") else {"ended": type(error).__name__}
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


def main() -> None:
    """Read what is asked from standard input and do it."""
    asked = json.loads(sys.stdin.buffer.read())
    sys.path[:] = asked["path"]
    run(asked)


if __name__ == "__main__":
    main()
    os._exit(0)  # a reader that runs for ever in a thread of its own ends here
