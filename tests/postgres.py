"""A PostgreSQL server of the tests' own: made in a temporary folder, reachable by its socket only, gone afterwards."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_NUMBER = count()


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest version's; None when no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def server() -> Iterator[Path]:
    """Give the folder of a running server's socket. Skips, which CI turns into a failure, where no server is installed."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="relocation-pg-"))
    owner = "postgres" if os.geteuid() == 0 else getpass.getuser()  # the server refuses to run as root
    if os.geteuid() == 0:
        shutil.chown(folder, owner)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            user=owner if os.geteuid() == 0 else None,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )

    data = folder / "data"
    run(str(bin_ / "initdb"), "-D", str(data), "-U", "relocation", "--auth=trust", "--encoding=UTF8", "--no-sync")
    try:
        run(str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"-c listen_addresses='' -k {folder} -c fsync=off", "start")
        try:
            yield folder
        finally:
            run(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(socket: Path) -> str:
    """Make an empty database and return its address."""
    import psycopg

    name = f"test_{next(_NUMBER)}"
    with psycopg.connect(host=str(socket), user="relocation", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://relocation@/{name}?host={socket}"
