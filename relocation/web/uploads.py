"""Uploaded files on their way in: kept under their own hash, never under the name they came with, and swept away."""

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import request
from werkzeug.datastructures import FileStorage

from relocation.service import Store
from relocation.web import gate
from relocation.web.errors import BadParameter
from relocation.web.language import _

KEPT_SECONDS = 24 * 3600
_STORED = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file taken in: where it lies, and the name people know it by."""

    path: Path
    name: str


def receive(store: Store, file: FileStorage | None) -> Upload:
    """Keep an uploaded file under its SHA-256. BadParameter when none was chosen."""
    if file is None or not file.filename:
        raise BadParameter(_("没有选择文件。"), _("请先选择一个文件，再点“预览”。"))
    gate.count_file()
    folder = _folder(store)
    _sweep(folder)
    digest = hashlib.sha256()
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        while piece := file.stream.read(1 << 20):
            digest.update(piece)
            part.write(piece)
    name = "".join(sign for sign in file.filename.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())  # nothing that hides, or turns what follows
    path = folder / (digest.hexdigest() + _suffix(name))
    Path(part.name).replace(path)
    return Upload(path, name)


def kept(store: Store) -> Upload:
    """Return the previewed file that a form names. BadParameter when it is no longer there."""
    return kept_as(store, request.form.get("stored", ""), request.form.get("name", ""))


def kept_as(store: Store, stored: str, name: str) -> Upload:
    """Return the file kept under a hash, with the name it came with. BadParameter when it is no longer there."""
    path = _folder(store) / stored
    if not _STORED.fullmatch(stored) or not path.is_file():
        raise BadParameter(_("预览过的文件已不在了。"), _("请重新选择文件，再预览一次。"))
    return Upload(path, name[:255] or stored)


def refused_folder(store: Store) -> Path:
    """Return the folder of the workbooks that hold the refused rows of whoever acts: nobody is given another's rows, whatever the file is called."""
    folder = _own(store, "refused")
    _sweep(folder)
    return folder


def _folder(store: Store) -> Path:
    return _own(store, "uploads")


def _own(store: Store, name: str) -> Path:
    """Return a folder of whoever asks: a file's hash, known or guessed, opens nobody else's file."""
    folder = store.home / name / hashlib.sha256(store.actor.name.encode()).hexdigest()[:32]
    folder.mkdir(mode=0o700, exist_ok=True, parents=True)
    return folder


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file() and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
