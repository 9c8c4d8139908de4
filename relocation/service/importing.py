"""Files in: read, compared with what is stored, stored, and told row by row what changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from relocation.intake.refusal import Note, Refusal
from relocation.store.opening import Store

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages are "reading", "comparing", "storing"."""


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
            "imported_before_at": self.imported_before_at.isoformat()
            if self.imported_before_at
            else None,
            "refused_file": str(self.refused_file) if self.refused_file else None,
        }


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
) -> list[ImportReport]:
    """Import files, each in one transaction, and return a report a sheet or layer.

    `names` are the names shown for the files where they are stored under others (uploads). The workbook of refused
    rows goes beside the input, or into the folder `refused_beside`.
    """
    raise NotImplementedError
