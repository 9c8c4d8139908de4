"""Files of evidence on the disk: each kept once, under its own hash, whole or not at all.

The order is file first, row second: a row never names a file that is not there.
"""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from relocation.store.opening import Store
from relocation.store.settling import settle_names
from relocation.store.trouble import Trouble

ORIGINALS, MADE = "evidence", "evidence-shown"
"""Folders under the home: the files as they came; pictures made from them for the page, which can be made again."""
_NAME = re.compile(r"[0-9a-f]{64}")


def path_of(home: Path, sha256: str) -> Path:
    """Return where the bytes of a hash lie. ValueError for what is no hash."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("no hash")
    return home / ORIGINALS / sha256[:2] / sha256


def made_path(home: Path, sha256: str, form: str) -> Path:
    """Return where a picture made from a file lies. form: thumbnail, picture."""
    return home / MADE / sha256[:2] / f"{sha256}.{form}.jpg"


def keep_original(store: Store, sha256: str, data: bytes) -> Path:
    """Keep a file under its hash. Bytes that are there stay; where they are no longer what they were, Trouble."""
    path = path_of(store.home, sha256)
    if path.exists():
        if _hashed(path) != sha256:
            raise Trouble("evidence-changed", sha256=sha256[:12])
        return path
    _write(path, data)
    return path


def keep_made(store: Store, sha256: str, form: str, data: bytes) -> None:
    """Keep a picture made for the page."""
    _write(made_path(store.home, sha256, form), data)


def original(store: Store, sha256: str) -> bytes:
    """Return a file as it came. Trouble where it is missing or no longer what it was: neither is ever given out as the original."""
    try:
        data = path_of(store.home, sha256).read_bytes()
    except OSError:
        raise Trouble("evidence-missing", sha256=sha256[:12]) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Trouble("evidence-changed", sha256=sha256[:12])
    return data


def made(store: Store, sha256: str, form: str) -> bytes | None:
    """Return a picture made for the page, None where there is none."""
    try:
        return made_path(store.home, sha256, form).read_bytes()
    except OSError:
        return None


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle_names(path.parent, path.parent.parent, path.parent.parent.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=path, why=error.strerror or type(error).__name__) from error
