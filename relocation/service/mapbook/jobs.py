"""A map book made beside the pages: a folder under the home for each, bound to who asked, filled by a thread of its own, swept a day later.

Whoever asked sees how far it is and can stop it. What was made of single pages stays in the folder: going on makes only the rest. A job whose
thread is gone (the server was started anew) is told apart by that and can be gone on with as well.
"""

import hashlib
import json
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from relocation.service.mapbook.making import MOST_IN_ONE, PAGES, Stopped, book, folder
from relocation.service.mapbook.picking import Asked, asked_of, picked
from relocation.service.mapbook.shelf import LIST, write_whole
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

FOLDER, NOTE, STOP, PARTS = "mapbooks", "job.json", "stop", "pages"
RUNNING, DONE, STOPPED, FAILED, BROKEN = "running", "done", "stopped", "failed", "broken"
KEPT_SECONDS, AT_ONCE, MOST_KEPT = 24 * 3600, 2, 10
FIRST_PACE_S = {"pdf": 0.2, "zip": 0.4}
"""Seconds a page on a busy machine, by benchmarks/mapbook.py, told before anybody made a book here. Afterwards the last book's own pace is told."""
_ID = re.compile(r"[0-9a-f]{32}")
_lock = Lock()
_threads: dict[Path, Thread] = {}
_pace: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """A book being made, or made. `form`: "pdf" or "zip"; `why`: the trouble's code and facts of a failed one."""

    id: str
    form: str
    lang: str
    asked: Mapping[str, Any]
    today: str
    started_at: str
    sites: int
    state: str = RUNNING
    stage: str = PAGES
    done: int = 0
    took_s: float = 0.0
    why: Mapping[str, Any] | None = None

    @property
    def started(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.started_at)

    def json(self) -> dict[str, Any]:
        """Return what a page needs to know while it waits."""
        return {"id": self.id, "state": self.state, "stage": self.stage, "done": self.done, "sites": self.sites}


def start(store: Store, asked: Asked, form: str, lang: str, *, today: date, now: datetime) -> Job:
    """Begin a book. Trouble as for `picked`, for one that is still being made for the same person, and while too many are."""
    sites = len(picked(store, asked))
    if form == "pdf" and sites > MOST_IN_ONE:
        raise Trouble("mapbook-most", n=sites, most=MOST_IN_ONE)
    own = _own(store)
    _sweep(own.parent)
    for old in jobs(store)[MOST_KEPT - 1 :]:
        _take_away(own / old.id)
    job = Job(secrets.token_hex(16), form, lang, asked.plain(), today.isoformat(), now.isoformat(), sites)
    _begin(store, own / job.id, job)
    return job


def again(store: Store, id: str) -> Job:
    """Go on with a book that was stopped, failed or broken off. Trouble as for `start`."""
    job = job_of(store, id)
    if job.state in (RUNNING, DONE):
        return job
    job = replace(job, state=RUNNING, done=0, why=None)
    _begin(store, _own(store) / id, job)
    return job


def job_of(store: Store, id: str) -> Job:
    """Return a job of whoever asks. Trouble (404) for one that is not there, was swept, or is another's."""
    path = _own(store) / id
    if not _ID.fullmatch(id) or not (path / NOTE).is_file():
        raise Trouble("mapbook-job-unknown")
    job = Job(**json.loads((path / NOTE).read_text("utf-8")))
    return replace(job, state=BROKEN) if job.state == RUNNING and not _alive(path) else job


def jobs(store: Store) -> list[Job]:
    """Return the books of whoever asks, the newest first."""
    own = store.home / FOLDER / _name(store)
    found = [job_of(store, path.name) for path in own.iterdir() if (path / NOTE).is_file()] if own.is_dir() else []
    return sorted(found, key=lambda one: one.started_at, reverse=True)


def stop(store: Store, id: str) -> None:
    """Ask a job to stop; it does after the page it is at."""
    job_of(store, id)
    write_whole(_own(store) / id / STOP, b"")


def made(store: Store, id: str) -> tuple[Job, Path]:
    """Return a finished book and its file. Trouble for one that is not finished."""
    job = job_of(store, id)
    if job.state != DONE:
        raise Trouble("mapbook-job-unfinished")
    return job, _own(store) / id / f"book.{job.form}"


def wait(store: Store, id: str) -> Job:
    """Wait until a job has ended and return it."""
    with _lock:
        thread = _threads.get(_own(store) / id)
    if thread is not None:
        thread.join()
    return job_of(store, id)


def pace_s(form: str) -> float:
    """Return the seconds a page took when a book of that form was made last."""
    return _pace.get(form, FIRST_PACE_S[form])


def _begin(store: Store, path: Path, job: Job) -> None:
    with _lock:
        running = [one for one, thread in _threads.items() if thread.is_alive()]
        if any(one.parent == path.parent for one in running):
            raise Trouble("mapbook-busy")
        if len(running) >= AT_ONCE:
            raise Trouble("mapbook-many", most=AT_ONCE)
        try:
            path.mkdir(mode=0o700, exist_ok=True)
            (path / STOP).unlink(missing_ok=True)
        except OSError as error:
            raise Trouble("out-unwritable", path=path, why=error.strerror or type(error).__name__) from error
        _note(path, job)
        _threads[path] = Thread(target=_work, args=(store, path, job), name=f"mapbook-{job.id[:8]}", daemon=True)
        _threads[path].start()


def _work(store: Store, path: Path, job: Job) -> None:
    """Make the book; whatever happens, the note says how it ended."""
    began = time.monotonic()

    def tell(stage: str, done: int, _total: int) -> None:
        _note(path, replace(job, stage=stage, done=done))

    try:
        ended = _made(store, path, job, tell)
        _pace[job.form] = (time.monotonic() - began) / max(job.sites, 1)
    except Stopped:
        ended = replace(job, state=STOPPED)
    except Trouble as trouble:
        ended = replace(job, state=FAILED, why={"code": trouble.code, "facts": {name: str(fact) for name, fact in trouble.facts.items()}})
    except Exception:  # noqa: BLE001 - nobody waits for this thread: the page says that it broke off and how to go on
        ended = replace(job, state=BROKEN)
    with suppress(Trouble):  # a full disk: without its thread the job is seen to have broken off
        _note(path, replace(ended, took_s=round(time.monotonic() - began, 1)))


def _made(store: Store, path: Path, job: Job, tell: Any) -> Job:
    asked, today, out = asked_of(job.asked), date.fromisoformat(job.today), path / f"book.{job.form}"
    stopping = (path / STOP).exists
    if job.form == "pdf":
        pdf, sites = book(store, asked, job.lang, today, tell, stopping)
        write_whole(out, pdf)
        return replace(job, state=DONE, done=sites, sites=sites)
    run = folder(store, asked, job.lang, today, path / PARTS, tell, stopping)
    if run.stopped:
        return replace(job, state=STOPPED, done=run.made + run.kept)
    _pack(path / PARTS, out)
    return replace(job, state=DONE, done=run.sites, sites=run.sites)


def _pack(pages: Path, out: Path) -> None:
    """Pack the pages that the list names; same pages, same bytes. PDFs are packed already, so they are only stored."""
    names = sorted(json.loads(line)["file"] for line in (pages / LIST).read_text("utf-8").splitlines())
    part = out.with_suffix(".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), (pages / name).read_bytes())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error


def _note(path: Path, job: Job) -> None:
    write_whole(path / NOTE, json.dumps(asdict(job), ensure_ascii=False).encode())


def _alive(path: Path) -> bool:
    with _lock:
        thread = _threads.get(path)
        return thread is not None and thread.is_alive()


def _name(store: Store) -> str:
    """Return the folder of a person and the places they are bound to: whoever is given others leaves the books of the old ones behind."""
    scope = store.actor.scope
    return hashlib.sha256(json.dumps([store.actor.name, "everywhere" if scope.everywhere else scope.places]).encode()).hexdigest()[:32]


def _own(store: Store) -> Path:
    """Return the folder of whoever asks: a job's number, known or guessed, opens nobody else's book."""
    own = store.home / FOLDER / _name(store)
    try:
        own.mkdir(mode=0o700, exist_ok=True, parents=True)
    except OSError as error:
        raise Trouble("out-unwritable", path=own, why=error.strerror or type(error).__name__) from error
    return own


def _sweep(every: Path) -> None:
    """Take away the books of everybody that nobody touched for a day."""
    for job in every.glob(f"*/*/{NOTE}"):
        with suppress(OSError):
            if time.time() - job.stat().st_mtime > KEPT_SECONDS:
                _take_away(job.parent)


def _take_away(path: Path) -> None:
    if not _alive(path):
        shutil.rmtree(path, ignore_errors=True)
