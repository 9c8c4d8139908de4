"""The inside of `relocation.intake.jail`: a process that limits itself, runs one function and writes down what it answers.

Run as a file and importing nothing of ours before the limits stand.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any


def limit(asked: dict[str, Any]) -> None:
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
    if sys.platform == "linux":
        import ctypes

        system = ctypes.CDLL(None)
        system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        system.unshare(0x10000000 | 0x40000000)  # CLONE_NEWUSER | CLONE_NEWNET: a network with nothing in it, where the system allows that


def main() -> None:
    """Read what is asked from standard input, run it, leave `told.json` and `answer` in the folder."""
    asked = json.loads(sys.stdin.buffer.read())
    folder = Path(asked["folder"])
    sys.path[:] = asked["path"]
    told: dict[str, Any]
    try:
        limit(asked)
        module, _, name = asked["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        answer = function(*[(folder / f"{number}.in").read_bytes() for number in range(asked["parts"])])
        (folder / "answer").write_bytes(answer)
        told = {"done": True}
    except Exception as error:  # noqa: BLE001 - whatever happens in here is told and not shown
        key = getattr(error, "key", None)
        told = {"refused": key, "facts": dict(error.facts)} if isinstance(key, str) and hasattr(error, "facts") else {"ended": type(error).__name__}
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
    os._exit(0)  # a reader that runs for ever in a thread of its own ends here
