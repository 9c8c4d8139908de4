"""Files in: read, compared with what is stored, stored, and told row by row what changed.

A record is known by its county and code. A ledger that lacks a column says nothing about it, so what is stored stays; a blank
cell in a column it has says that the value is missing, and that is a change like any other, shown as old → nothing. A file
that was stored before, with nothing stored since, is answered from its record without being read again.
"""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from checks.policy import NATIONAL
from checks.vocabulary import WORKBOOKS
from relocation import intake, steps
from relocation.accounts.roles import Right
from relocation.intake import LayerFile, Ledger, jail, read_all, write_refused
from relocation.intake.refusal import Note, Refusal
from relocation.service import staged
from relocation.service.bringing import Brought, Sitting, bring
from relocation.service.lawbook import amount_on
from relocation.service.matching import sites_in
from relocation.service.reference import boundary
from relocation.service.summing import sum_records, vouch
from relocation.store import files, staging
from relocation.store.gate import importing_alone
from relocation.store.ledgers import counties_with_records
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages are "reading", "waiting" (for another import), "storing"."""

AT_ONCE = 2_000
"""So many rows go in in one transaction, which holds others up for no longer than a saved form does."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one stored record that a file changes; "" stands for a missing value. Personal values come masked."""

    subject: str
    field: str
    heading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one sheet or layer of a file did to the store.

    `kind` is "sites", "households" or "layer:NAME"; `stored` is False for a dry run and for a file turned away whole by
    --strict; `imported_before_at` is set when the very same file was stored earlier.
    """

    kind: str
    file: str
    sheet: str
    county: str
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int
    refusals: tuple[Refusal, ...]
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    stored: bool
    imported_before_at: datetime | None = None
    refused_file: Path | None = None

    def json(self, lang: str) -> dict[str, Any]:
        """Return the report as the import contract writes it."""
        return {
            "kind": self.kind,
            "file": self.file,
            "sheet": self.sheet,
            "county": self.county,
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "refusals": [refusal.json(lang) for refusal in self.refusals],
            "changes": [
                {
                    "subject": c.subject,
                    "field": c.field,
                    "heading": c.heading,
                    "old": c.old,
                    "new": c.new,
                }
                for c in self.changes
            ],
            "notes": [note.json(lang) for note in self.notes],
            "stored": self.stored,
            "imported_before_at": self.imported_before_at.isoformat() if self.imported_before_at else None,
            "refused_file": str(self.refused_file) if self.refused_file else None,
        }


def prepare() -> None:
    """Get the reading process ready while something else goes on; without this the first file waits for it."""
    jail.begin()


def import_files(
    store: Store,
    paths: Sequence[Path],
    *,
    now: datetime,
    as_kind: str | None = None,
    county: str | None = None,
    crs: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    lang: str = "zh",
    names: Sequence[str] = (),
    refused_beside: Path | None = None,
    progress: Progress | None = None,
    at_once: int = AT_ONCE,
) -> list[ImportReport]:
    """Import files, each wholly or not at all, and return a report a sheet or layer.

    `names` are the names shown for the files where they are stored under others (uploads). The workbook of refused
    rows goes beside the input, or into the folder `refused_beside`. Trouble or Unusable for a file that cannot be used;
    the files before it stay stored. A file of
    more rows than `at_once` is brought in small transactions that nobody sees, so that others can write meanwhile.
    """
    store.require(Right.IMPORT)
    if county is not None and not (len(county) == 6 and county.isdigit()):
        raise Trouble("unknown-county", county=county)
    progress = progress or steps.listener()
    reports: list[ImportReport] = []
    for number, path in enumerate(paths):
        name = names[number] if number < len(names) else path.name
        job = Job(path, name, as_kind, county, crs, dry_run, strict, lang, now, refused_beside, progress, at_once)
        with _no_collecting():
            reports += _known(store, job) or _import(store, job)
    if any(report.stored for report in reports):
        sum_records(store, now=now)
    return reports


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let Python's cycle collector rest: it would walk millions of fresh, acyclic cells again and again, for a tenth of the whole time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Job:
    """One file and how it is to be taken in."""

    path: Path
    name: str
    as_kind: str | None
    county: str | None
    crs: str | None
    dry_run: bool
    strict: bool
    lang: str
    now: datetime
    refused_beside: Path | None
    progress: Progress | None
    at_once: int

    @property
    def options(self) -> str:
        """How it is read, for telling the same bytes read otherwise from the same import."""
        return json.dumps([self.as_kind, self.county, self.crs])

    def told(self, stage: str) -> Callable[[int, int], None] | None:
        """Return what to tell the progress of a stage to."""
        tell = self.progress
        return (lambda done, total: tell(stage, done, total)) if tell else None

    def sha256(self) -> str:
        """Return the hash of the file's bytes, "" when it cannot be opened (reading it will say why)."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""


def _known(store: Store, job: Job) -> list[ImportReport]:
    """Answer a file that is stored as it stands; empty when it has to be read."""
    with store.reading() as connection:
        before = files.stored_before(connection, job.sha256(), job.options)
        if before is None or before[2] != files.revision(connection, "records"):
            return []
        sheets = files.sheets_of(connection, before[0])
    if not sheets or any(sheet["refused"] for sheet in sheets):
        return []  # the refusals have to be shown again
    return [
        ImportReport(
            sheet["kind"], job.name, sheet["sheet"], sheet["county"], sheet["read"], 0, 0, sheet["read"], 0, (), (), (), False, files.as_utc(before[1])
        )
        for sheet in sheets
    ]


def _import(store: Store, job: Job) -> list[ImportReport]:
    parts = read_all(
        job.path,
        as_kind=job.as_kind,
        county=job.county,
        crs=job.crs,
        boundary=boundary(store, job.county),
        file_name=job.name,
        progress=job.told("reading"),
        steep_over=amount_on(store, "exclusion-zones", "steep_over_degrees", job.county or NATIONAL, job.now.date()),
    )
    refused = [refusal for part in parts for refusal in part.refusals]
    keep = not job.dry_run and not (job.strict and refused)
    beside = None if job.dry_run or not refused else _write_refused(job, refused)
    if keep:
        vouch(store, _counties(job, parts), now=job.now)
    before, brought = _kept(store, job, parts) if keep else _shown(store, job, parts)
    reports = [_report(part, result, keep, before[1] if before else None) for part, result in zip(parts, brought, strict=True)]
    return [replace(report, refused_file=beside) if report.refused else report for report in reports]


def _counties(job: Job, parts: Sequence[Ledger | LayerFile]) -> set[str] | None:
    """Return the counties whose records a file is about to change; None, every county, where it has rows that name none and nobody says whose they are.

    Those rows go to the one county there is (`Sitting.place`), so that nothing more is looked through than has to be.
    """
    ledgers = [part for part in parts if isinstance(part, Ledger) and len(part.records)]
    if job.county is None and any(part.records.missing("county") is not None for part in ledgers):
        return None
    named = {str(code) for part in ledgers for code in part.records.stored("county") if code}
    return named | ({job.county} if job.county else set())


Before = tuple[int, datetime, int] | None


def _shown(store: Store, job: Job, parts: Sequence[Ledger | LayerFile]) -> tuple[Before, list[Brought]]:
    """Tell what a file would do."""
    sitting_on = _sitting(store, job, parts, keep=False)
    with store.whole.reading() as connection:
        sitting = sitting_on(connection)
        return files.stored_before(connection, sitting.sha256, job.options), [bring(sitting, part) for part in parts]


def _kept(store: Store, job: Job, parts: Sequence[Ledger | LayerFile]) -> tuple[Before, list[Brought]]:
    """Bring a file: a small one in one transaction, a large one so that others can write meanwhile."""
    sitting_on = _sitting(store, job, parts, keep=True)
    with importing_alone(store, lambda: job.progress("waiting", 0, 0) if job.progress else None):
        staging.tidy(store)
        with store.whole.reading() as connection:
            before = files.stored_before(connection, sitting_on(connection).sha256, job.options)
        if staged.large(parts, job.at_once):
            return before, staged.bring_staged(store, parts, sitting_on, job.at_once)
        with store.writing() as connection:
            sitting = sitting_on(connection)
            return before, [bring(sitting, part) for part in parts]


def _sitting(store: Store, job: Job, parts: Sequence[Ledger | LayerFile], *, keep: bool) -> Callable[[Connection], Sitting]:
    """Return what seats a file on a connection; what takes long is found before anybody waits for it."""
    sha256, told, sites = job.sha256(), job.told("storing"), sites_in(parts)
    with store.reading() as connection:
        held = counties_with_records(connection)
    return lambda connection: Sitting(connection, job.name, sha256, job.options, job.county, job.lang, job.now, store.actor, held, keep, told, sites)


def _report(part: Ledger | LayerFile, result: Any, keep: bool, before: datetime | None) -> ImportReport:
    changes = tuple(Change(*change) for change in result.changes)
    before = files.as_utc(before) if before else None
    refused = part.read - result.added - result.changed_rows - result.unchanged
    return ImportReport(
        result.kind, part.file, part.sheet, result.county, part.read, result.added, result.changed_rows, result.unchanged,
        refused, (*part.refusals, *result.refusals), changes, (*part.notes, *result.notes), keep and bool(result.added or result.changed), before,
    )  # fmt: skip


def _write_refused(job: Job, refusals: Sequence[Refusal]) -> Path:
    """Write the refused rows before anything is stored: a folder that cannot be written must not leave half an answer."""
    out = (job.refused_beside or job.path.parent) / f"{Path(job.name).stem[:60]}.refused.xlsx"  # a name of a file has an end
    _writable(out)
    write_refused(out, job.path, refusals, job.lang)
    return out


def template(ledger: str, out: Path, lang: str) -> None:
    """Write a blank workbook for "sites" or "households". KeyError for another ledger, Trouble when it cannot be written."""
    _writable(out)
    intake.template(WORKBOOKS[ledger], out, lang)


def _writable(out: Path) -> None:
    try:
        out.open("ab").close()
    except OSError as error:
        raise Trouble("out-unwritable", path=out, why=error.strerror or type(error).__name__) from error
