"""Uploaded files on their way in: kept under their own hash, never under the name they came with, sealed between two pages, and swept away.

A file lies open only while the page that asks for it is made, in a folder of that page's own (`….open`); what a killed server left open goes at the next start.
"""

import hashlib
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Response, after_this_request, request
from werkzeug.datastructures import FileStorage

from relocation.service import Store, sealed
from relocation.web import gate
from relocation.web.errors import BadParameter
from relocation.web.language import _

KEPT_SECONDS = 24 * 3600
OPEN, PART = ".open", "part"
FOLDERS = ("uploads", "refused")
_STORED = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file taken in: where it lies open until the page is made, and the name people know it by. Whoever deletes it there has no more use for it."""

    path: Path
    name: str


def receive(store: Store, file: FileStorage | None) -> Upload:
    """Keep an uploaded file under its SHA-256. BadParameter when none was chosen."""
    if file is None or not file.filename:
        raise BadParameter(_("没有选择文件。"), _("请先选择一个文件，再点“预览”。"))
    gate.count_file()
    folder = _own(store, "uploads")
    _sweep(folder)
    lying, digest = _opened(store, folder), hashlib.sha256()
    with (lying / PART).open("xb") as part:
        while piece := file.stream.read(1 << 20):
            digest.update(piece)
            part.write(piece)
    name = "".join(sign for sign in file.filename.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())  # nothing that hides, or turns what follows
    path = lying / (digest.hexdigest() + _suffix(name))
    (lying / PART).replace(path)
    return Upload(path, name)


def kept(store: Store) -> Upload:
    """Return the previewed file that a form names. BadParameter when it is no longer there."""
    return kept_as(store, request.form.get("stored", ""), request.form.get("name", ""))


def kept_as(store: Store, stored: str, name: str) -> Upload:
    """Return the file kept under a hash, with the name it came with. BadParameter when it is no longer there."""
    folder = _own(store, "uploads")
    if not _STORED.fullmatch(stored) or not sealed.there(folder, stored):
        raise BadParameter(_("预览过的文件已不在了。"), _("请重新选择文件，再预览一次。"))
    path = _opened(store, folder, stored) / stored
    with path.open("xb") as file:
        for part in sealed.read(store, folder, stored):
            file.write(part)
    return Upload(path, name[:255] or stored)


def refused_folder(store: Store) -> Path:
    """Return a folder for the workbooks that hold the refused rows of whoever acts; they are sealed when the page is made."""
    folder = _own(store, "refused")
    _sweep(folder)
    return _opened(store, folder)


def refused_file(store: Store, name: str) -> bytes | None:
    """Return a workbook of refused rows of whoever acts, None where there is none: nobody is given another's rows, whatever the file is called."""
    folder = _own(store, "refused")
    return b"".join(sealed.read(store, folder, name)) if sealed.there(folder, name) else None


def sweep_at_start(home: Path) -> None:
    """Delete what a server that was killed left open, and what is older than a day, of everybody."""
    for name in FOLDERS:
        for folder in (home / name).glob("*"):
            for lying in folder.glob(f"*{OPEN}"):
                shutil.rmtree(lying, ignore_errors=True)
            _sweep(folder)


def _opened(store: Store, folder: Path, came: str = "") -> Path:
    """Return a fresh folder in which files lie open until the page is made: those still there are then sealed beside it. `came`: the file it is opened for."""
    lying = folder / f"{secrets.token_hex(8)}{OPEN}"
    lying.mkdir(mode=0o700)

    @after_this_request
    def put_away(response: Response) -> Response:
        try:
            for path in sorted(lying.iterdir()):
                if path.name not in (came, PART):
                    sealed.keep(store, path)
            if came and not (lying / came).exists():
                sealed.forget(folder, came)
        finally:
            shutil.rmtree(lying, ignore_errors=True)
        return response

    return lying


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
        with suppress(OSError):
            if path.is_file() and time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)
