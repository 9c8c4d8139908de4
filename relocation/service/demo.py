"""The demonstration county, loaded into a fresh home: its layers, its ledgers as a clerk keeps them, its own law, and a run of the checks."""

import os
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from relocation.service.checking import check
from relocation.service.demonstrated import bring_the_lists, on_one_day, open_the_findings, over_two_months, work_the_lists
from relocation.service.drawings.taking import Supplied, take_in_all
from relocation.service.importing import Progress, import_files
from relocation.service.lawbook import publish
from relocation.service.marking import is_demonstration, mark, refuse_foreign
from relocation.service.office import open_office
from relocation.service.reference import shipped_file, shipped_layer
from relocation.store import digests, files, layers, log
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MARK = "demonstration.txt"
"""Marks a home as the demonstration's own, which the next demonstration may empty."""

LOADING = "demonstration.loading"
"""Stands in a home while it is being loaded: what was broken off is loaded anew."""


def standing_demo(home: Path, database: str | None = None) -> Store | None:
    """Return the demonstration that stands in a home (or database) with all that was done in it; None where none was loaded to its end."""
    if not (home / MARK).is_file() or (home / LOADING).exists() or not (database or (home / "relocation.db").is_file()):
        return None
    store = open_office(home, database, environment=os.environ if database else {})
    if is_demonstration(store):
        return store
    store.close()
    return None


def load_demo(
    home: Path, *, now: datetime, as_of: date | None = None, database: str | None = None, progress: Progress | None = None, months: bool = False
) -> Store:
    """Make a fresh demonstration home, import its ledgers, run the checks, and return the store.

    With `months` the ledgers and lists came in over the two months before `now` and those are frozen; else all of it happens at `now`.
    `as_of` is the day the demonstration's ledgers close on unless another is given. Trouble (home-in-use) for a folder that
    holds anything but an earlier demonstration, and for a database that holds anybody's records, entries or accounts and is
    not marked as a demonstration. Keys that the environment names serve only where a database is named. Trouble (demo-database-stands) for a
    database that was named and holds a demonstration: what somebody keeps on a server is not emptied from here.
    """
    keys: Mapping[str, str] = os.environ if database else {}  # an office's own keys are none of the demonstration's
    if not database and (home / MARK).is_file() and (home / "relocation.db").is_file():
        with closing(open_office(home, environment=keys)) as stood:
            refuse_foreign(stood)
    _empty(home)
    about, past = described(), over_two_months(now) if months else on_one_day(now)
    county = str(about["county"])
    store = open_office(home, database, environment=keys)
    try:
        if is_demonstration(store):  # a file of the home's own was removed above
            raise Trouble("demo-database-stands")
        mark(store, now=past.begun)
    except Trouble:
        store.close()
        raise
    (home / LOADING).touch()
    (home / MARK).write_text(f"{about['notice']['zh']}\n{about['notice']['en']}\n", "utf-8")
    _keep_layers(store, about, county, past.begun)
    paths = [shipped_file("demo", ledger["file"]) for ledger in about["ledgers"]]
    with TemporaryDirectory(prefix="relocation-") as refused:  # those rows stand on the pages as well, and their ID numbers are not to lie in the home
        for path, ledger in zip(paths, about["ledgers"], strict=True):
            import_files(store, [path], now=past.begun, as_kind=ledger["kind"], county=county, refused_beside=Path(refused), progress=progress)
    _take_in_drawings(store, about, county, past.begun)
    publish(store, shipped_file("demo", about["law"]).read_text("utf-8"), str(about["law_reason"]), past.begun)
    bring_the_lists(store, about["problem_lists"], county=county, past=past)
    work_the_lists(store, about["photos"], county=county, past=past, now=now)
    check(store, as_of=as_of or date.fromisoformat(str(about["as_of"])), now=now)
    open_the_findings(store, county=county, now=now)
    (home / LOADING).unlink()
    return store


def _take_in_drawings(store: Store, about: Mapping[str, Any], county: str, now: datetime) -> None:
    supplied = [Supplied(shipped_file("demo", one["file"]), one["role"], one["site"], shipped=True) for one in about["drawings"]]
    take_in_all(store, supplied, now=now, county=county)


def described() -> Mapping[str, Any]:
    """Return the demonstration's own description: county, notice, ledgers, layers."""
    loaded: Mapping[str, Any] = yaml.safe_load(shipped_file("demo", "demo.yaml").read_text("utf-8"))
    return loaded


def _empty(home: Path) -> None:
    if not home.exists():
        return
    if not home.is_dir() or (any(home.iterdir()) and not (home / MARK).is_file()):
        raise Trouble("home-in-use", home=home)
    if (home / MARK).is_file():
        (home / LOADING).touch()
    for path in [*home.glob("relocation.db*"), *home.glob("drawings/*"), *home.glob("evidence/**/*")]:
        if path.is_file():
            path.unlink()


def _keep_layers(store: Store, about: Mapping[str, Any], county: str, now: datetime) -> None:
    with store.writing() as connection:
        for one in about["layers"]:
            layers.keep_layer(connection, shipped_layer("demo", one), county, "demonstration")
        files.name_county(connection, county, about["name"]["zh"])
        files.advance(connection, "layers")
        ids = [one["id"] for one in about["layers"]]
        named = digests.stands(connection, ("county", {"code": county}))
        stand = {digests.STANDS: [*named[digests.STANDS], *(one for id in ids for one in layers.stands(connection, id, county)[digests.STANDS])]}
        log.append(connection, by=store.actor, at=now, action="layers.imported", kind="layer", county=county, new={"layers": ids, **stand})
