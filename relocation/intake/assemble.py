"""From typed columns to a ledger: county, positions, codes, outlines; then the refused rows are taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.records import Array, Column, RecordKind, Records, empty_column
from relocation.intake.axes import Positions
from relocation.intake.codes import MADE, doubles
from relocation.intake.headings import Field, Heading
from relocation.intake.ledger import Ledger
from relocation.intake.placing import Place, Placed, in_headings, place_rows
from relocation.intake.refusal import Fact, Note, Refusal, Unusable, Words
from relocation.intake.rows import Typed, hidden, words
from relocation.intake.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller said about a file: its shown name, county, coordinate system, the county's outline; above how many degrees a slope is steep."""

    file: str
    county: str | None = None
    crs: str | None = None
    boundary: Any = None
    steep_over: float | None = None


class Assembly:
    """One sheet on its way to a ledger; made for one use."""

    def __init__(self, sheet: Sheet, heading: Heading, typed: Typed, told: Told) -> None:
        """Take over what the rows gave."""
        self.sheet, self.heading, self.typed, self.told = sheet, heading, typed, told
        self.kind: RecordKind = heading.kind
        self.rows = len(typed.numbers)
        self.fields = {one.column.name: one for one in heading.fields}
        self.columns: dict[str, Array] = {name: values for name, values in typed.columns.items() if name in {column.name for column in self.kind}}

    def refuse(self, rows: Array, name: str, code: str, facts: Mapping[str, Fact], shown: Array | None = None) -> None:
        """Refuse whole rows for a fault found in the field `name`."""
        one: Field | None = self.fields.get(name)
        column: Column | None = one.column if one else None
        for row in map(int, rows):
            number = int(self.typed.numbers[row])
            cell = f"{self.sheet.letter(one.at if one else 0)}{number}"
            value = "" if shown is None else str(shown[row])
            said = {"field": words(column) if column else Words("", ""), "row": number, **facts}
            self.typed.refusals.append(Refusal(code, self.told.file, self.sheet.name, cell, hidden(column, value) if column else value, said, number))
            self.typed.refused.add(row)

    def note(self, code: str, **facts: Fact) -> None:
        """Add a note about the whole sheet."""
        self.typed.notes.append(Note(code, self.told.file, self.sheet.name, facts=facts))

    def ledger(self) -> Ledger:
        """Finish: returns the ledger without the refused rows."""
        self.counties()
        declared = self.positions()
        self.codes()
        keep = np.ones(self.rows, np.bool_)
        keep[sorted(self.typed.refused)] = False
        columns = self.columns if keep.all() else {name: values[keep] for name, values in self.columns.items()}
        letters = {name: self.sheet.letter(one.at) for name, one in self.fields.items()}
        return Ledger(
            self.kind, self.told.file, self.sheet.name, Records(self.kind, columns, int(keep.sum())), self.typed.numbers[keep],
            letters, self.rows, in_order(self.typed.refusals), tuple(sorted(self.typed.notes, key=lambda note: note.row or 0)), declared,
        )  # fmt: skip

    def counties(self) -> None:
        """Fill in the declared county; refuse rows that name another."""
        if self.told.county is None:
            return
        found = self.columns.get("county", empty_column(self.kind.column("county").kind, self.rows))
        other = np.flatnonzero((found != "") & (found != self.told.county))
        if len(other):
            self.refuse(other, "county", "county-differs", {"county": self.told.county}, found)
        self.columns["county"] = np.where(found == "", self.told.county, found).astype(object)

    def positions(self) -> str:
        """Convert positions, those of old homes by the same declaration; returns the declared systems' names, joined."""
        by_row = self.columns.get("declared_crs")
        names = by_row.copy() if by_row is not None else np.full(self.rows, "", object)
        known = np.zeros(self.rows, np.bool_)
        for at, (lon, lat) in ((self.typed.old_homes, ("old_lon", "old_lat")), (self.typed.positions, ("lon", "lat"))):
            if at.first is None:
                continue
            self.fields.setdefault(lon, at.first)
            placed = self._placed(at, at.first, by_row)
            self.columns |= {lon: placed.lon, lat: placed.lat} | ({"declared_position": at.written} if lon == "lon" else {})
            here = ~np.isnan(placed.lon)
            names[here], known = placed.crs[here], known | here
        if self.typed.positions.first is None and self.typed.old_homes.first is None:
            return ""
        self.columns["declared_crs"] = names
        systems = sorted(set(names[known]))
        if systems:
            self.note_crs(systems, int(known.sum()))
        return ", ".join(systems)

    def _placed(self, at: Positions, first: Field, by_row: Array | None) -> Placed:
        told_by = first.column.name
        self.fields[told_by] = first
        if at.ordered and at.second is not None:
            self.note("axes-by-size", columns=f"{first.heading} / {at.second.heading}")
        place = Place(self.told.file, self.sheet.name)
        told = self.declared(place, at)
        return place_rows(at.x, at.y, by_row, told, self.told.boundary, place, lambda rows, code, facts: self.refuse(rows, told_by, code, facts, at.written))

    def declared(self, place: Place, at: Positions) -> str | None:
        """Return the system that holds for rows without one of their own: what the caller said, else what the headings say."""
        headings = [one.heading for one in (at.first, at.second) if one is not None]
        own = in_headings(headings, self.told.crs, place)
        if self.told.crs or not own:
            return self.told.crs
        self.note("crs-in-heading", crs=own, heading=headings[0])
        return own

    def note_crs(self, systems: list[str], count: int) -> None:
        """Say from which systems positions were converted, or that none had to be."""
        if systems == ["WGS84"]:
            self.note("crs-as-declared", count=count)
        else:
            self.note("crs-declared", crs=", ".join(systems), count=count)

    def codes(self) -> None:
        """Make codes where the sheet has none; refuse both rows of a code that occurs twice."""
        if "code" not in self.fields:
            self._make_codes()
        own = self.fields["code"].column.name == "code"
        for row, other in doubles(self.columns["code"]).items():
            shown = self.columns["code"] if own else self.columns[self.fields["code"].column.name]
            self.refuse(np.array([row]), "code", "code-twice" if own else "made-code-twice", {"other": int(self.typed.numbers[other])}, shown)
        if not own:
            del self.fields["code"]

    def _make_codes(self) -> None:
        named_by = next(name for name in ("head_name", "name", "item", "code") if any(column.name == name for column in self.kind))
        placeless = named_by == "head_name" and not {"township", "village"} & self.fields.keys()
        if placeless or self.kind.id not in MADE:
            code = "code-missing" if placeless else "code-needed"
            raise Unusable(Refusal(code, self.told.file, self.sheet.name, facts={"field": words(self.kind.column("code"))}))
        self.columns["code"] = MADE[self.kind.id](self.columns, self.rows)
        self.note(f"code-made-{self.kind.id}")
        self.fields["code"] = self.fields[named_by]


def in_order(refusals: list[Refusal]) -> tuple[Refusal, ...]:
    """Return refusals by row, then by address."""
    return tuple(sorted(refusals, key=lambda refusal: (refusal.row or 0, len(refusal.cell), refusal.cell)))
