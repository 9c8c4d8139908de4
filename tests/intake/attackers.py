"""Runs inside the reading process in tests: opens attack files with GDAL itself, past every guard of ours, and says what it got."""

import json


def opened(asked: bytes) -> bytes:
    """Open all files named; `limited` says whether GDAL is limited to our formats first. Returns what was read, as text."""
    told = json.loads(asked)
    if told["limited"]:
        from relocation.intake.drivers import assert_drivers

        assert_drivers()
    from pyogrio import list_drivers, list_layers, raw

    found = [f"{len(list_drivers())} drivers"]
    for path in told["paths"]:
        try:
            for name, _ in list_layers(path):
                _, _, shapes, columns = raw.read(path, layer=name)
                found.append(f"{path}: {len(shapes) if shapes is not None else 0} {[column.tolist() for column in columns]}")
        except Exception as error:  # noqa: BLE001 - whatever GDAL says to it
            found.append(f"{path}: {type(error).__name__} {error}")
    return "\n".join(found).encode("utf-8", "replace")


def read_and_called(asked: bytes) -> bytes:
    """Try without GDAL: read a file, write beside it, list the folder above, call a port, signal the parent; say what succeeded."""
    import os
    import signal
    import socket
    from pathlib import Path

    told = json.loads(asked)
    secret, done = Path(told["secret"]), []

    def attempt(name: str, what: object) -> None:
        try:
            what()  # type: ignore[operator]
        except OSError:
            return
        done.append(name)

    attempt("read", secret.read_bytes)
    attempt("written", lambda: secret.with_name("planted").write_bytes(b"x"))
    attempt("listed", lambda: os.listdir(secret.parent))  # noqa: PTH208
    attempt("called", lambda: socket.create_connection(("127.0.0.1", told["port"]), timeout=2).close())
    attempt("signalled", lambda: os.kill(told["parent"], signal.SIGCONT))
    attempt("environment", Path(f"/proc/{told['parent']}/environ").read_bytes)
    attempt("own file", Path(told["own"]).read_bytes)
    attempt("own folder", lambda: Path("made").write_bytes(b"x"))
    return ",".join(done).encode()
