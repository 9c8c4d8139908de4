"""Drawings taken into the office: read, understood, kept as records beside the ledgers, compared with their fellows at the site.

A drawing is known by county, site, role and the bytes of its file; its columns in the ledger of unit types stand beside what
staff typed and are never mixed with it. Taking in the same file again changes nothing.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from geo.drawing.model import Drawing
from geo.drawing.read.packing import pack
from relocation.accounts.roles import Right
from relocation.intake.drawings import SUFFIXES, Unusable, notes_of, read_drawing
from relocation.service.drawings.bringing import Taken, bring, known_as
from relocation.service.drawings.kept import drawing_record, kept_drawing, kept_understood
from relocation.service.drawings.names import naming
from relocation.service.drawings.pairing import understood
from relocation.service.drawings.places import Place, placed
from relocation.service.drawings.roles import role_named
from relocation.service.importing import ImportReport
from relocation.store import digests, drawings, log
from relocation.store.opening import Store

CHECKS = ("unit-type-area", "drawing-agreement", "dimension-text", "drawing-lineage")
"""The checks that a drawing bears on."""

__all__ = [
    "CHECKS",
    "SUFFIXES",
    "Place",
    "Supplied",
    "drawing_record",
    "kept_drawing",
    "placed",
    "refused",
    "role_named",
    "take_in",
    "take_in_again",
    "take_in_all",
]


@dataclass(frozen=True)
class Supplied:
    """One drawing somebody sends: the file, what it is of which site, and what goes with it."""

    path: Path
    role: str
    site: str
    name: str = ""
    references: tuple[tuple[str, Path], ...] = ()
    institute: str = ""
    approved_on: date | None = None
    shipped: bool = False  # one of the program's own files, which needs no process apart

    @property
    def shown(self) -> str:
        """The name it is known by."""
        return self.name or self.path.name


def take_in(
    store: Store,
    path: Path,
    *,
    role: str,
    site: str,
    now: datetime,
    county: str | None = None,
    name: str = "",
    references: Sequence[tuple[str, Path]] = (),
    institute: str = "",
    approved_on: date | None = None,
    dry_run: bool = False,
    lang: str = "zh",
) -> ImportReport:
    """Take in one drawing of a site: keep the file, what it says as records, and its comparison with the drawings of the other role.

    `role`: design, construction or as-built, or the Chinese word. `approved_on`: of the design; the site's own day where none is given.
    Unusable for a file that cannot be read, Trouble for an unknown role or site. Nothing is stored on a dry run.
    """
    supplied = Supplied(path, role, site, name, tuple(references), institute, approved_on)
    (report,) = take_in_all(store, [supplied], now=now, county=county, dry_run=dry_run, lang=lang)
    return report


def take_in_all(
    store: Store, supplied: Sequence[Supplied], *, now: datetime, county: str | None = None, dry_run: bool = False, lang: str = "zh"
) -> list[ImportReport]:
    """Take in drawings one after the other, as `take_in` does; they are read side by side, each in a process of its own.

    Unusable for the first that cannot be read and Trouble for an unknown role or site, before any of them is stored.
    """
    places = [(role_named(one.role), placed(store, one.site, county, one.approved_on)) for one in supplied]
    for _, place in places:
        store.require(Right.DRAW, place.county, str(place.columns["township"] or ""))
    with ThreadPoolExecutor(max_workers=min(len(supplied), os.cpu_count() or 1) or 1) as pool:
        read = list(pool.map(_read, supplied))
    made = []
    for one, (role, place), drawing in zip(supplied, places, read, strict=True):
        before = known_as(store, place, role, drawing.sha256)
        institute = one.institute.strip() or str(before.get("institute") or "")
        given = one.approved_on or before.get("approved_on")
        place = replace(place, approved_on=given or place.approved_on)
        name = str(before.get("name") or one.shown)
        taken = Taken(understood(store, drawing, naming(store, institute)), role, place, institute, name, tuple(notes_of(drawing)), given)
        if not dry_run:
            _keep_file(store, one, drawing, place.county, now)
        made.append(bring(store, taken, now, lang, keep=not dry_run))
    return made


def refused(unusable: Unusable) -> ImportReport:
    """Return the report of a drawing that could not be read, for a list of several."""
    file = unusable.refusal.file
    return ImportReport("drawings", file, "", "", 1, 0, 0, 0, 1, (unusable.refusal,), (), (), False)


def _read(one: Supplied) -> Drawing:
    if one.shipped:
        from geo.drawing.read.reading import read  # late: strangers' files are never read in this process

        return read(one.path.read_bytes(), one.shown)
    return read_drawing(one.path, one.shown, references=one.references)


def _keep_file(store: Store, one: Supplied, drawing: Drawing, county: str, now: datetime) -> None:
    """Keep a drawing's file as it came, what it refers to, and what was read of it."""
    kept = {called: _kept(store, at) for called, at in one.references}
    sha256 = _kept(store, one.path)
    packed = pack(drawing)
    same = drawings.kept_bytes(store, f"{drawing.sha256}.packed") == packed
    drawings.keep_bytes(store, f"{drawing.sha256}.packed", packed)
    packed_in = {one.shown: sha256} if sha256 != drawing.sha256 else {}  # the archive it came in
    with store.writing() as connection:
        fresh = drawings.note_file(connection, drawing.sha256, one.shown, {**packed_in, **kept}, now)
        if same and not fresh:
            return
        rows = digests.told(digests.digests(connection, ("drawing_file", {"sha256": drawing.sha256})))
        new = {"packed": hashlib.sha256(packed).hexdigest(), **rows}
        about = {"kind": "drawing-file", "county": county, "subject": drawing.sha256}
        log.append(connection, by=store.actor, at=now, action="drawing.kept", **about, new=new, files=sorted({sha256, *kept.values()}))


def _kept(store: Store, path: Path) -> str:
    """Keep a file as it came and return its hash."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    drawings.keep_bytes(store, sha256, data)
    return sha256


def take_in_again(store: Store, code: str, *, now: datetime, lang: str = "zh") -> ImportReport:
    """Understand a kept drawing again, with what has been set right on it since, and bring its records up to it. Trouble for an unknown one."""
    row = drawing_record(store, code)
    place = placed(store, str(row["site_code"] or ""), str(row["county"]), row["approved_on"])
    role, institute = role_named(str(row["role"])), str(row["institute"] or "")
    taken = Taken(kept_understood(store, row), role, place, institute, str(row["name"]), (), row["approved_on"])
    return bring(store, taken, now, lang, keep=True)
