"""A disk that is full, and one that cannot be written: a clear sentence, nothing lost, and saving again as soon as there is room.

As root a small file system of its own is mounted for it; for anybody else the database is told how many pages it may have.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event

from benchmarks import torture_work as work
from benchmarks.torture_row import Row
from relocation.service import Store, Trouble
from relocation.service.office import open_office

SIZE_MB = 12
UNNAMED = "no words for"


def run(short: bool) -> list[Row]:
    """Fill the disk at several points of an import, then make it read-only."""
    with tempfile.TemporaryDirectory(prefix="relocation-torture-") as folder:
        sent = work.write_ledger(Path(folder) / "搬迁户.csv", 2_000, first=1000)
        work.read_beforehand(sent)
        rows = [_pages(Path(folder), sent, (0, 40) if short else range(0, 200, 5))]
        if not short and hasattr(os, "geteuid") and os.geteuid() == 0:
            rows += _mounted(Path(folder), sent)
    return rows


def _pages(folder: Path, sent: Path, spares: tuple[int, ...] | range) -> Row:
    """Let the database grow by so many pages and no more; then by as many as it likes."""
    wrong = full = 0
    for spare in spares:
        home = folder / f"home{spare}"
        work.filled(home, folder / "先.csv")
        before = work.state(home)
        store = open_office(home)
        with _at_most(store, spare):
            code = _import(store, sent)
        store.close()
        full += code == "disk-full"
        wrong += code not in ("disk-full", "") or (work.state(home) == before) != (code == "disk-full")  # with enough pages it is there, wholly
        store = open_office(home)
        wrong += _import(store, sent) != "" or work.state(home) == before
        store.close()
    return Row("disk full during an import, at different points", len(spares), f"full {full}, wrong ends {wrong}", "some, 0", not wrong and full > 0)


@contextmanager
def _at_most(store: Store, spare: int) -> Iterator[None]:
    """Give every new connection a limit; SQLite then says what it says of a full disk."""
    with store.reading() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    store.engine.dispose()

    def limit(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + spare}").close()  # type: ignore[attr-defined]

    event.listen(store.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(store.engine, "connect", limit)
        store.engine.dispose()


def _import(store: Store, sent: Path) -> str:
    """Import and return the code of what went wrong, "" for nothing."""
    try:
        work.imports(store, sent, lambda: None)
    except Trouble as trouble:
        return trouble.code
    except Exception as error:  # noqa: BLE001 - what the program has no words for is what is looked for
        return f"{UNNAMED} {type(error).__name__}"
    return ""


def _opened_and_imported(home: Path, sent: Path) -> str:
    """Open the home, import, close; return the code of what went wrong on the way, "" for nothing."""
    try:
        store = open_office(home)
    except Trouble as trouble:
        return trouble.code
    except Exception as error:  # noqa: BLE001 - as above
        return f"{UNNAMED} {type(error).__name__}"
    try:
        return _import(store, sent)
    finally:
        store.close()


def _mounted(folder: Path, sent: Path) -> list[Row]:
    """Fill a small file system to the brim with another file, then free it, then make it read-only."""
    place = folder / "disk"
    place.mkdir()
    with _file_system(place):
        home = place / "home"
        work.filled(home, folder / "先.csv")
        before = work.state(home)
        _fill(place / "ballast")
        code = _opened_and_imported(home, sent)
        (place / "ballast").unlink()
        kept = work.state(home) == before
        again = _opened_and_imported(home, sent)
        after = work.state(home)
        held = _named(code) and kept and not again
        full = Row("a full file system of 12 MB", 1, f"{code or 'imported'}; kept {kept}; then {again or 'imported'}", "named, kept, imported", held)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)  # noqa: S607 - a command of the system
        code = _opened_and_imported(home, work.write_ledger(folder / "再.csv", 10, first=9000))
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)  # noqa: S607 - a command of the system
        kept = work.state(home) == after
    return [full, Row("a file system that cannot be written", 1, f"{code or 'imported'}; kept {kept}", "named, kept", _named(code) and kept)]


def _named(code: str) -> bool:
    return bool(code) and not code.startswith(UNNAMED)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(4096))
        except OSError:
            return


@contextmanager
def _file_system(place: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)], check=True)  # noqa: S607 - a command of the system
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)  # noqa: S607 - a command of the system
