"""Drawings taken into the office: read, understood, kept as records beside the ledgers, compared with their fellows at the site.

A drawing is known by county, site, role and the bytes of its file; its columns in the ledger of unit types stand beside what
staff typed and are never mixed with it. Taking in the same file again changes nothing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checks.choices import DrawingRole
from checks.vocabulary import DRAWING, SITE
from geo.drawing.model import Drawing
from geo.drawing.packing import Damaged, pack, unpack
from relocation.intake.drawings import notes_of, read_drawing
from relocation.service.drawingfacts import Row
from relocation.service.drawingnames import naming
from relocation.service.drawingpairs import understood
from relocation.service.importing import ImportReport
from relocation.service.judging import near
from relocation.store import drawings
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

CHECKS = ("unit-type-area", "drawing-agreement", "dimension-text", "drawing-lineage")
"""The checks that a drawing bears on."""


@dataclass(frozen=True)
class Place:
    """Where a drawing belongs: the site's columns, and the day by which the design was approved, where that is known."""

    columns: Row
    approved_on: date | None

    @property
    def county(self) -> str:
        """The county's code."""
        return str(self.columns["county"])

    @property
    def site(self) -> str:
        """The site's code, "" for a drawing of no particular site."""
        return str(self.columns.get("site_code", ""))


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
) -> ImportReport:
    """Take in one drawing of a site: keep the file, what it says as records, and its comparison with the drawings of the other role.

    `role`: design, construction or as-built, or the Chinese word. `approved_on`: of the design; the site's own day where none is given.
    Unusable for a file that cannot be read, Trouble for an unknown role or site. Nothing is stored on a dry run.
    """
    part = role_named(role)
    place = placed(store, site, county, approved_on)
    shown = name or path.name
    drawing = read_drawing(path, shown, references=references)
    of = understood(store, drawing, naming(store, institute))
    notes = tuple(notes_of(drawing))
    if dry_run:
        return _bring(store, of, part, place, institute, now, keep=False, notes=notes)
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    drawings.keep_bytes(store, sha256, data)
    drawings.keep_bytes(store, f"{drawing.sha256}.packed", pack(drawing))
    with store.writing() as connection:
        drawings.note_file(connection, drawing.sha256, shown, {shown: sha256} if sha256 != drawing.sha256 else {}, now)
    return _bring(store, of, part, place, institute, now, keep=True, notes=notes)


def take_in_again(store: Store, code: str, *, now: datetime) -> ImportReport:
    """Understand a kept drawing again, with what has been set right on it since, and bring its records up to it. Trouble for an unknown one."""
    row = drawing_record(store, code)
    place = placed(store, str(row["site_code"] or ""), str(row["county"]), row["approved_on"])
    institute = str(row["institute"] or "")
    of = understood(store, kept_drawing(store, row), naming(store, institute))
    return _bring(store, of, DrawingRole.by_id(str(row["role"])), place, institute, now, keep=True, notes=())


def role_named(role: str) -> DrawingRole:
    """Return the role of that id or word. Trouble for one that is not known."""
    wanted = role.strip().lower().replace("_", "-")
    for one in DrawingRole:
        if wanted in (one.id, one.en.replace(" ", "-"), one.zh, *one.also):
            return one
    raise Trouble("drawing-role", role=role, known=", ".join(one.id for one in DrawingRole))


def placed(store: Store, site: str, county: str | None, approved_on: date | None = None) -> Place:
    """Return where a drawing belongs, from the ledger of sites. Trouble for a site that is not there, or is there in two counties."""
    with store.reading() as connection:
        sites = read_records(connection, SITE, county, columns=("code", "name", "county", "township", "village", "approved_on"))
    rows = [row for row, code in enumerate(sites.code.tolist()) if code == site]
    if not rows:
        raise Trouble("drawing-site", site=site or "—", near=near(site, sites.code.tolist()))
    if len(rows) > 1:
        raise Trouble("county-needed")
    one = sites.take(_only(rows[0], len(sites)))
    columns = {"county": one.county[0], "township": one.township[0], "village": one.village[0], "site_code": site, "site_name": one.name[0]}
    day = approved_on or one.approved_on[0].tolist()
    return Place(columns, day)


def _only(row: int, rows: int) -> "np.ndarray":
    raise NotImplementedError


def kept_drawing(store: Store, row: Mapping[str, object]) -> Drawing:
    """Return a drawing as it was read when it was taken in. Trouble where its file is gone or damaged."""
    data = drawings.kept_bytes(store, f"{row['sha256']}.packed")
    try:
        if data is not None:
            return unpack(data)
    except Damaged:
        pass
    raise Trouble("drawing-gone", name=row["name"])


def drawing_record(store: Store, code: str) -> Row:
    """Return a drawing's record by its code. Trouble where there is none."""
    for row in records_as_rows(store, DRAWING):
        if row["code"] == code:
            return row
    raise Trouble("drawing-unknown", code=code)
