"""A notice as every writer lays it out: plain texts in tables. The last gate stands here: what was let through before is looked at once more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checks.free_text import numbers_in
from relocation.notices.plain import Unpublishable


@dataclass(frozen=True, slots=True)
class Part:
    """One table. `right`: columns of figures; `total`: the last row is one; `apart`: it hangs in a place of its own, so it begins a page."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    total: bool = False
    apart: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole notice. `head`: what it is, of which day, from which data; `foot`: whom to call, how long it hangs, how it was made."""

    kind: str
    lang: str
    place: str
    title: str
    head: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    as_of: date
    count: int  # households or lines on it
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the office is told beside it: counts only

    def __post_init__(self) -> None:
        """Refuse, as Unpublishable, a notice with a person's number in any of its texts: the types before should have kept it out."""
        for part in self.parts:
            for text in (part.title, part.note, *part.headings, *(cell for row in part.rows for cell in row)):
                if numbers_in(text):
                    raise Unpublishable("notice", "number")
        if any(numbers_in(line) for line in (self.title, self.place, *self.head)):
            raise Unpublishable("notice", "number")

    def json(self) -> dict[str, Any]:
        """Return it as programs read it."""
        parts = [{"title": part.title, "headings": list(part.headings), "rows": [list(row) for row in part.rows], "note": part.note} for part in self.parts]
        return {
            "kind": self.kind, "title": self.title, "place": self.place, "as_of": self.as_of.isoformat(), "count": self.count, "head": list(self.head),
            "parts": parts, "foot": list(self.foot), "facts": dict(self.facts),
        }  # fmt: skip
