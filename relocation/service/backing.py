"""A backup of the whole office in one file, made while others work, and an office made of it again.

A backup is a zip archive: one `tables/NAME.jsonl` a table, `files/…` as they lie under the home, and last `manifest.json` with the hash
of each. The same file serves both kinds of database. The keys of personal values are not in it unless asked for: who has both can read
what is sealed.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from relocation import steps
from relocation.service import auditing, keeping
from relocation.service.writing import settle
from relocation.store import copying, log
from relocation.store.opening import HEAD, Store
from relocation.store.trouble import Trouble

FORMAT = "relocation-backup/1"
MANIFEST = "manifest.json"
KEYS = ("keys", "secret-key")
"""What opens sealed values and signs sessions."""
LEFT_OUT = ("uploads", "refused", "error.log", "server.lock")
"""What lies under the home for the moment only: files on their way in, refused rows in clear text, traces of errors."""

FAILED = {errno.ENOSPC: "disk-full", errno.EDQUOT: "disk-full", errno.EACCES: "forbidden", errno.EPERM: "forbidden", errno.EROFS: "forbidden"}
"""What kept a backup from being written, by the system's number: the trouble whose words say it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `content` is the hash over all of it, `head` the log's head in it (a line), `keys` whether the keys are in it."""

    schema: str
    made_at: str
    head: str
    content: str
    tables: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    keys: bool

    @property
    def rows(self) -> int:
        """How many rows it holds in all tables."""
        return sum(int(one["rows"]) for one in self.tables.values())

    def json(self) -> dict[str, Any]:
        """Return it as the manifest and `--json` write it."""
        said = {"format": FORMAT, "schema": self.schema, "made_at": self.made_at, "head": self.head, "content": self.content}
        return {**said, "keys": self.keys, "tables": self.tables, "files": self.files}


def backup(store: Store, out: Path, *, now: datetime, with_keys: bool = False, replaces: bool = False) -> Backup:
    """Write a backup while others may go on working, and note it in the log. Trouble when the file cannot be written, or exists and is not to be replaced.

    Files are kept before the rows that name them, so a copy of the rows taken first never names a file that the copy lacks.
    """
    if out.exists() and not replaces:
        raise Trouble("out-exists", path=out)
    if not out.absolute().parent.is_dir():
        raise Trouble("out-nowhere", path=out)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)  # names and places of people are in it
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            made = _written(store, archive, now, with_keys=with_keys, beside={out.absolute(), part.absolute()})
            archive.writestr(MANIFEST, json.dumps(made.json(), ensure_ascii=False, sort_keys=True, indent=1))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        settle(part, out)
    except OSError as error:
        raise Trouble(f"backup-{FAILED.get(error.errno or 0, 'unwritten')}", path=out, why=error.strerror or "") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _noted(store, "backup.made", made, now)
    return made


def _noted(store: Store, action: str, made: Backup, now: datetime) -> None:
    with store.writing() as connection:
        new = {"content": made.content, "head": made.head, "rows": made.rows, "files": len(made.files), "keys": made.keys}
        log.append(connection, by=store.actor, at=now, action=action, kind="backup", new=new)


def _written(store: Store, archive: zipfile.ZipFile, now: datetime, *, with_keys: bool, beside: set[Path]) -> Backup:
    of: dict[str, Mapping[str, Any]] = {}
    with copying.snapshot(store) as connection:
        at, head = copying.revision(connection), log.head(connection)
        for table in steps.each("copying", copying.tables(connection)):
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
                of[table.name] = copying.digest(_through(copying.lines(connection, table), file.write))
    found = [one for one in _files(store.home, with_keys=with_keys) if one[1].absolute() not in beside]
    files = {where: _packed(archive, f"files/{where}", path) for where, path in steps.each("packing", found)}
    moment = now.isoformat(timespec="seconds")
    return Backup(at, moment, head.line if head else "", copying.content(of, files, at), of, files, with_keys)


def _through(lines: Iterator[bytes], write: Any) -> Iterator[bytes]:
    for line in lines:
        write(line)
        yield line


def _packed(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as file:
        while block := source.read(1 << 20):
            hashed.update(block)
            file.write(block)
    return hashed.hexdigest()


def _files(home: Path, *, with_keys: bool) -> Iterator[tuple[str, Path]]:
    """Give the files of a home that are kept: not the database, nothing that is there for the moment only, keys if asked for."""
    for path in sorted(home.rglob("*")):
        where = path.relative_to(home).as_posix()
        top = where.partition("/")[0]
        passing = top.startswith(("relocation.db", ".")) or path.name.endswith(".part") or top in LEFT_OUT
        if path.is_file() and not path.is_symlink() and not passing and (with_keys or top not in KEYS):
            yield where, path


def content(store: Store, *, with_keys: bool = False) -> str:
    """Return the hash over everything that a backup would hold now."""
    with copying.snapshot(store) as connection:
        at, of = copying.revision(connection), copying.digests(connection)
    files = {where: keeping.hash_of(path) for where, path in _files(store.home, with_keys=with_keys)}
    return copying.content(of, files, at)


def manifest(path: Path) -> Backup:
    """Return what a backup says it holds. Trouble for a file that is none, or that is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(MANIFEST))
        names = ("schema", "made_at", "head", "content", "tables", "files", "keys")
        made = Backup(*(said[name] for name in names)) if said.get("format") == FORMAT else None
    except FileNotFoundError:
        raise Trouble("file-missing", path=path) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise Trouble("backup-none") from error
    if made is None or copying.content(made.tables, made.files, made.schema) != made.content:
        raise Trouble("backup-damaged", what=MANIFEST)
    return made


def restore(path: Path, home: Path, database: str | None = None) -> tuple[Backup, tuple[str, ...]]:
    """Make an office of a backup in an empty home, and return what it holds and the codes of what its log shows to be amiss.

    Everything is put beside the home first and held against the manifest, row by row and file by file; only then it gets its name.
    Trouble for a home or database that is not empty, and for a backup that is damaged: nothing is then left behind.
    """
    made = manifest(path)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Trouble("home-not-empty", home=home)
    beside = home.absolute().with_name(f".{home.absolute().name}.{os.getpid()}.part")
    try:
        beside.mkdir(parents=True)
        amiss = _made(path, made, beside, database)
        if home.exists():
            home.rmdir()
        settle(beside, home.absolute())
    except OSError as error:
        raise Trouble("home-unwritable", home=home, why=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made, amiss


def _made(path: Path, made: Backup, home: Path, database: str | None) -> tuple[str, ...]:
    with zipfile.ZipFile(path) as archive:
        _hold(archive, made)
        _unpack(archive, made, home)
        store = copying.blank(home, database, made.schema)
        try:
            _fill(archive, made, store)
            return tuple(one.code for one in auditing.verify(store, made.head).problems) if made.schema == HEAD else ()
        finally:
            store.close()


def _hold(archive: zipfile.ZipFile, made: Backup) -> None:
    """Hold every table against the manifest before a line of it is read."""
    for name, said in steps.each("holding", list(made.tables.items())):
        hashed = hashlib.sha256()
        for block in _blocks(archive, f"tables/{name}.jsonl"):
            hashed.update(block)
        if hashed.hexdigest() != said["sha256"]:
            raise Trouble("backup-damaged", what=name)


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Give what the archive holds under a name. Trouble where it cannot be read, in whatever way that shows."""
    try:
        with archive.open(name) as file:
            while block := file.read(1 << 20):
                yield block
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise Trouble("backup-damaged", what=name) from error


def _unpack(archive: zipfile.ZipFile, made: Backup, home: Path) -> None:
    for where, sha256 in steps.each("unpacking", list(made.files.items())):
        inside = PurePosixPath(where)
        if inside.is_absolute() or ".." in inside.parts or "\\" in where or ":" in where:
            raise Trouble("backup-damaged", what=where)
        out = home / inside
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with out.open("wb") as file:
            for block in _blocks(archive, f"files/{where}"):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if keeping.hash_of(out) != sha256:
            raise Trouble("backup-damaged", what=where)
        if inside.parts[0] in KEYS:
            out.chmod(0o600)


def _fill(archive: zipfile.ZipFile, made: Backup, store: Store) -> None:
    """Put the rows back in one transaction and hold them against the manifest; where that fails the database is as empty as before."""
    try:
        _filled(archive, made, store)
    except BaseException:
        copying.clear(store)
        raise


def _filled(archive: zipfile.ZipFile, made: Backup, store: Store) -> None:
    with store.writing() as connection:
        for table in steps.each("filling", list(copying.wanted_of(list(made.tables), connection))):
            with archive.open(f"tables/{table.name}.jsonl") as file:
                copying.fill(connection, table, file)
            if copying.digest(copying.lines(connection, table)) != made.tables[table.name]:
                raise Trouble("backup-damaged", what=table.name)


def tried(store: Store, path: Path, *, now: datetime) -> tuple[Backup, tuple[str, ...]]:
    """Restore a backup into a folder of its own, hold it against its manifest, take it away again, and note in the log that it can be restored."""
    with tempfile.TemporaryDirectory(prefix="relocation-restore-") as folder:
        made, amiss = restore(path, Path(folder) / "home")
    if not amiss:
        _noted(store, "backup.tried", made, now)
    return made, amiss
