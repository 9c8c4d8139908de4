"""Power cuts, simulated: the program's own statements run on a disk that remembers every write, and the disk is cut off at random moments.

The statements of an import, a run of the checks and a series of moves are taken down as the program sends them and run again, with its own
settings, through a layer of SQLite that keeps a list of writes, syncs and deletions. A cut keeps what was synced; what was not is kept, lost,
reordered or torn at 512 bytes; a deletion that no sync followed may be undone. It is a model of order, not of a disk that lies about syncing.
With `synchronous=OFF` the same cuts must do damage, or the model would prove nothing. Files of evidence are cut off as well (`torture_files`):
wherever a row names one, it has to be there with the bytes of that hash; written without syncing, some must be missing.
"""

import hashlib
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Engine, event

from benchmarks import torture_files
from benchmarks import torture_work as work
from benchmarks.torture_row import Row
from relocation.service.office import open_office
from relocation.store.connecting import PRAGMAS

SEED, SECTOR, NAME = 20180905, 512, "relocation.db"
IMPORTS = 4
OFTEN = {"wal_autocheckpoint": "100"}
"""Pages after which the log is moved into the database here: far fewer than in use, so that many cuts fall into that moving."""
FILE = "file"
"""What begins an operation on a file of evidence; such a file's own operation follows."""
Operation = tuple[Any, ...]
Transaction = list[tuple[str, list[Sequence[Any]]]]


class _File(apsw.VFSFile):
    """A file that is written down before it is written."""

    def __init__(self, log: list[Operation], name: Any, flags: list[int]) -> None:
        self.log = log
        self.name = Path(name.filename() if hasattr(name, "filename") else str(name)).name if name else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self.log.append(("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.log.append(("truncate", self.name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.log.append(("sync", self.name))
        super().xSync(flags)


class _Disk(apsw.VFS):
    """SQLite's way to the disk, with a list of everything that went over it."""

    def __init__(self) -> None:
        self.log: list[Operation] = []
        super().__init__("remembering", "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        return _File(self.log, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.log.append(("delete", Path(filename).name, syncdir))
        super().xDelete(filename, syncdir)


def run(short: bool) -> list[Row]:
    """Cut the power so often with the program's settings, and fewer times with syncing off."""
    cuts = 40 if short else 1_000
    with tempfile.TemporaryDirectory(prefix="relocation-torture-") as folder:
        home = Path(folder) / "home"
        work.filled(home, Path(folder) / "先.csv")
        begun = _image(home)
        done = _taken_down(home, Path(folder), 100 if short else 1_500)
        rows = []
        for settings, wanted in (({**PRAGMAS, **OFTEN}, 0), ({**PRAGMAS, **OFTEN, "synchronous": "0"}, 1)):
            log, states = _recorded(Path(folder), begun, done, settings)
            corrupt, half, lost, without = _cut(Path(folder), begun, log, states, cuts if not wanted else max(cuts // 4, 40))
            found = f"corrupt {corrupt}, half {half}, acknowledged lost {lost}, rows without their file {without}"
            named = f"power cuts with synchronous={'FULL' if not wanted else 'OFF (the model must show damage)'}"
            held = corrupt == half == lost == without == 0 if not wanted else corrupt + half + lost > 0
            rows.append(Row(named, cuts if not wanted else max(cuts // 4, 40), found, "0, 0, 0, 0" if not wanted else "damage", held))
            if not wanted:
                bare = [one for one in log if one[0] != FILE or one[1] not in ("synced", "settled")]
                number = max(cuts // 4, 40)
                *_, without = _cut(Path(folder), begun, bare, states, number)
                named = "power cuts, files of evidence written without syncing (as above)"
                rows.insert(1, Row(named, number, f"rows without their file {without}", "damage", without > 0))
        return rows


def _image(home: Path) -> bytes:
    """Return the database's bytes, everything in one file."""
    source = apsw.Connection(str(home / NAME))
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    source.close()
    return (home / NAME).read_bytes()


def _taken_down(home: Path, folder: Path, rows: int) -> list[Transaction | Operation]:
    """Let the program work and return what it said to the database, a list of statements a transaction, and what it did to files in between."""
    store = open_office(home)
    done: list[Transaction | Operation] = []
    work.photos_beforehand(folder / "photos")
    with _listening(store.engine, done), torture_files.listening(home, lambda one: done.append((FILE, *one))):
        work.moves(store, home, lambda: None)
        work.attaches(store, folder / "photos", lambda: None)
        for number in range(IMPORTS):
            path = work.write_ledger(folder / f"户{number}.csv", rows, first=1000 + number * rows)
            work.imports(store, path, lambda: None)
        work.checks(store, home, lambda: None)
    store.close()
    if not any(done):
        raise RuntimeError("the program said nothing to its database: the listening has to be mended")
    return [one for one in done if one]


@contextmanager
def _listening(engine: Engine, done: list[Transaction | Operation]) -> Iterator[None]:
    open_now: dict[int, Transaction] = {}

    def said(connection: Any, _: Any, statement: str, parameters: Any, __: Any, many: bool) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            open_now.setdefault(id(connection), []).append((statement, list(parameters) if many else [parameters]))

    def committed(connection: Any) -> None:
        done.append(open_now.pop(id(connection), []))

    def taken_back(connection: Any) -> None:
        open_now.pop(id(connection), None)

    heard = (("before_cursor_execute", said), ("commit", committed), ("rollback", taken_back))
    for name, hearing in heard:
        event.listen(engine, name, hearing)
    try:
        yield
    finally:
        for name, hearing in heard:
            event.remove(engine, name, hearing)


def _recorded(folder: Path, begun: bytes, done: list[Transaction | Operation], settings: Any) -> tuple[list[Operation], list[Any]]:
    """Run the transactions on the remembering disk; returns what went over it, and the state after each."""
    place = folder / "recorded"
    place.mkdir(exist_ok=True)
    for left in place.iterdir():
        left.unlink()
    (place / NAME).write_bytes(begun)
    disk = _Disk()
    base = apsw.Connection(str(place / NAME), vfs="remembering")
    base.execute("PRAGMA locking_mode=exclusive")  # the shared memory of a log has no place on this disk
    for name, value in settings.items():
        base.execute(f"PRAGMA {name}={value}").fetchall()
    states = [_state(base)]
    disk.log.append(("acknowledged", 0))
    for number, transaction in enumerate(done, 1):
        if isinstance(transaction, tuple):
            disk.log.append(transaction)
            states.append(states[-1])
            continue
        base.execute("BEGIN IMMEDIATE")
        for statement, parameters in transaction:
            base.executemany(statement, parameters)
        base.execute("COMMIT")
        disk.log.append(("acknowledged", number))
        states.append(_state(base))
    log = list(disk.log)
    base.close()
    disk.unregister()
    return log, states


def _state(base: apsw.Connection) -> Any:
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()]
    counts = [base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]  # type: ignore[index]  # noqa: S608 - names of our own tables
    return counts, base.execute("SELECT coalesce(sum(version), 0) FROM ledger_entry").fetchone()[0]  # type: ignore[index]


def _cut(folder: Path, begun: bytes, log: list[Operation], states: list[Any], cuts: int) -> tuple[int, int, int, int]:
    """Cut the power at so many moments; returns how often the database was corrupt, half, without something acknowledged, or named a file that is not there."""
    chance = random.Random(SEED)
    first = log.index(("acknowledged", 0))
    disk, corrupt, half, lost, without, at = Surface({NAME: bytearray(begun)}), 0, 0, 0, 0, 0
    for moment in sorted(chance.randint(first + 1, len(log)) for _ in range(cuts)):
        for operation in log[at:moment]:
            disk.take(operation)
        at = moment
        found, named = _opened(folder / "cut", disk.after_a_cut(chance))
        kept = disk.files.after_a_cut(chance)
        without += any(sha256 not in kept or hashlib.sha256(kept[sha256]).hexdigest() != sha256 for sha256 in named)
        if found is None:
            corrupt += 1
        elif found not in states:
            half += 1
        elif max(place for place, one in enumerate(states) if one == found) < disk.acknowledged:
            lost += 1
    return corrupt, half, lost, without


class Surface:
    """What is safely on the disk, and what was written since and may or may not be."""

    def __init__(self, files: dict[str, bytearray]) -> None:
        """Begin with these files, safe."""
        self.safe = files
        self.unsure: defaultdict[str, list[Operation]] = defaultdict(list)
        self.deleted: dict[str, bytearray] = {}
        self.acknowledged = 0
        self.files = torture_files.Files()

    def take(self, operation: Operation) -> None:
        """Let one operation happen."""
        what, name = operation[0], operation[1]
        if what == "acknowledged":
            self.acknowledged = name
        elif what == FILE:
            self.files.take(operation[1:])
        elif what == "sync":
            for one in self.unsure.pop(name, []):
                apply(self.safe.setdefault(name, bytearray()), one)
            self.safe.setdefault(name, bytearray())
            self.deleted.clear()  # any sync makes the deletions before it last
        elif what == "delete":
            gone = self.safe.pop(name, None)
            self.unsure.pop(name, None)
            if gone is not None and not operation[2]:
                self.deleted[name] = gone
        else:
            self.unsure[name].append(operation)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files as one of many possible cuts leaves them."""
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for name, content in self.deleted.items():
            if name not in files and name not in self.unsure and chance.random() < 0.5:
                files[name] = bytearray(content)
        fate = chance.choice(["lost", "kept", "some", "torn"])
        for name, operations in self.unsure.items():
            for one in operations if fate != "lost" else ():
                target = files.setdefault(name, bytearray())
                if fate == "kept" or ((fate == "some" or one[0] == "truncate") and chance.random() < 0.5):
                    apply(target, one)
                elif fate == "torn" and one[0] == "write":
                    for start in range(0, len(one[3]), SECTOR):
                        if chance.random() < 0.5:
                            apply(target, ("write", name, one[2] + start, one[3][start : start + SECTOR]))
        return {name: bytes(content) for name, content in files.items()}


def apply(content: bytearray, operation: Operation) -> None:
    """Write or truncate; what lies between the end and a later write is zero."""
    end = operation[2]
    if operation[0] == "truncate":
        del content[end:]
    content.extend(bytes(max(0, end - len(content))))
    if operation[0] == "write":
        content[end : end + len(operation[3])] = operation[3]


def _opened(place: Path, files: dict[str, bytes]) -> tuple[Any, list[str]]:
    """Open what the cut left as the next start would; returns its state, None where it is corrupt, and the files it names."""
    place.mkdir(exist_ok=True)
    for left in place.iterdir():
        left.unlink()
    for name, content in files.items():
        if name and not name.endswith("-shm"):
            (place / name).write_bytes(content)
    try:
        base = apsw.Connection(str(place / NAME))
        whole = base.execute("PRAGMA integrity_check").fetchone()
        found = _state(base) if whole == ("ok",) else None
        named = [str(sha256) for (sha256,) in base.execute("SELECT sha256 FROM evidence_file").fetchall()] if found else []
        base.close()
    except apsw.Error:
        return None, []
    return found, named
