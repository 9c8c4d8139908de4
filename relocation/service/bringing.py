"""One part of a file brought to the store: a ledger's records or a layer's features, compared and, if wanted, written."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from checks.records import Records
from checks.vocabulary import HOUSEHOLD, KINDS
from geo.layer import Layer
from relocation.accounts.actor import Actor
from relocation.intake import LayerFile, Ledger
from relocation.intake.refusal import Note, Refusal
from relocation.service.matching import unmatched
from relocation.service.showing import changed, heading
from relocation.store import digests, files, layers, ledgers, log
from relocation.store.frames import read_records
from relocation.store.ledgers import Difference
from relocation.store.opening import Connection
from relocation.store.trouble import Trouble


@dataclass
class Sitting:
    """The transaction in which a file's parts are brought; the file is recorded with the first part that changes anything."""

    connection: Connection
    name: str
    sha256: str
    options: str
    county: str | None
    lang: str
    now: datetime
    by: Actor
    held: Sequence[str]  # the counties with records that whoever brings it sees
    keep: bool
    told: Callable[[int, int], None] | None
    sites: Sequence[tuple[str, str, str]] = ()  # county, code and name of those in the same file
    file_id: int | None = field(default=None)

    def sheet(self, part: Ledger | LayerFile, kind: str, county: str, letters: dict[str, str], counts: dict[str, int]) -> int:
        """Record the part's sheet (and before the first one the file) and return its id."""
        if self.file_id is None:
            revision = files.advance(self.connection, "records")
            self.file_id = files.add_file(self.connection, self.sha256, self.name, self.options, files.in_utc(self.now), revision)
        return files.add_sheet(self.connection, self.file_id, part.sheet, kind, county, letters, counts)

    def named(self, found: "Compared", sheet_id: int, rows: Sequence[digests.Digest] | None = None) -> None:
        """Keep the counties a ledger speaks of, and log what its sheet did (`rows`: the digests, where they were made before)."""
        for place in found.places:
            files.name_county(self.connection, place, "")
        self.logged(sheet_id, found.ledger.kind.ledger, found.places, found.counts, rows)

    def logged(self, sheet_id: int, kind: str, counties: Sequence[str], counts: Mapping[str, int], rows: Sequence[digests.Digest] | None = None) -> None:
        """Append what a sheet did to the log, once for every county it speaks of: whose it is reads of it there."""
        rows = sheet_digests(self.connection, sheet_id) if rows is None else rows
        told = digests.told([*digests.digests(self.connection, ("import_file", {"id": self.file_id})), *rows])
        layer = kind.partition(":")[2]
        for county in counties:
            stands = layers.stands(self.connection, layer, county) if layer else {}
            new = {"import": self.file_id, "sheet": sheet_id, "ledger": kind, **counts, **told, **stands}
            about = {"kind": "import", "county": county, "subject": str(self.file_id)}
            log.append(self.connection, by=self.by, at=self.now, action="records.imported", **about, new=new, files=[self.sha256])

    def ask(self, places: Iterable[tuple[str, str]]) -> None:
        """Refuse, as Trouble, rows of places (county, township) that whoever brings them may not bring."""
        for county, township in sorted(set(places)):
            if not self.by.scope.holds(county, township):
                raise Trouble("not-your-place", place=f"{county} {township}".strip())

    def place(self, named: set[str]) -> str:
        """Return the county of rows that name none: the one asked for, the only one in the file, or the only one stored."""
        if self.county:
            return self.county
        found = named or ({place for place, _ in self.by.scope.places} if not self.by.scope.everywhere else set(self.held))
        if len(found) != 1:
            raise Trouble("county-needed")
        return found.pop()


def sheet_digests(connection: Connection, sheet_id: int) -> list[digests.Digest]:
    """Return the digests over what a sheet wrote."""
    return digests.digests(connection, ("import_sheet", {"id": sheet_id}), ("change", {"sheet_id": sheet_id}))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a part did: numbers, and changes as (subject, field, heading, old, new)."""

    kind: str
    county: str
    added: int
    changed: int  # anything changed, features that left a layer included
    changed_rows: int  # rows of the file that changed something
    unchanged: int
    changes: tuple[tuple[str, str, str, str, str], ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


def bring(sitting: Sitting, part: Ledger | LayerFile) -> Brought:
    """Compare a part with what is stored and, when the sitting keeps, write it."""
    return _ledger(sitting, part) if isinstance(part, Ledger) else _layer(sitting, part)


@dataclass(frozen=True, slots=True)
class Compared:
    """A ledger's records with their county, held against the store: what differs, which counties it speaks of, what people should know."""

    ledger: Ledger
    difference: Difference
    places: Sequence[str]
    notes: Sequence[Note]

    @property
    def moves(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.difference.added or self.difference.changed)

    @property
    def county(self) -> str:
        """The one county it speaks of, "" where those are several."""
        return self.places[0] if len(self.places) == 1 else ""

    @property
    def counts(self) -> dict[str, int]:
        """What its sheet did, in numbers."""
        added, changed, unchanged = len(self.difference.added), len(self.difference.changed), self.difference.unchanged
        return {"read": self.ledger.read, "added": added, "changed": changed, "unchanged": unchanged, "refused": self.ledger.refused}

    def brought(self, lang: str) -> Brought:
        """Return what it did."""
        added, changed, unchanged = len(self.difference.added), len(self.difference.changed), self.difference.unchanged
        changes = _changes(self.ledger, self.difference, lang)
        return Brought(self.ledger.kind.ledger, self.county, added, changed, changed, unchanged, changes, notes=tuple(self.notes))


def compared(sitting: Sitting, ledger: Ledger) -> Compared:
    """Hold a ledger against the store; writes nothing."""
    records = ledger.records
    supplied = ledgers.supplied_columns(records, ledger.letters)
    if len(records) and records.missing("county") is not None:
        named = {str(code) for code in records.stored("county") if code}
        records = ledgers.with_county(records, sitting.place(named))
    if len(records) and not sitting.by.scope.everywhere:
        _within(sitting, records)
    difference = ledgers.compare(sitting.connection, records, supplied)
    places = sorted({str(code) for code in records.stored("county")}) if len(records) else []
    notes = unmatched(sitting.connection, ledger, records, sitting.sites) if ledger.kind is HOUSEHOLD and len(records) else []
    return Compared(ledger, difference, places, notes)


def _ledger(sitting: Sitting, ledger: Ledger) -> Brought:
    found = compared(sitting, ledger)
    if sitting.keep and found.moves:
        sheet_id = sitting.sheet(ledger, ledger.kind.ledger, found.county, dict(ledger.letters), found.counts)
        row_numbers = ledger.row_numbers.tolist()
        ledgers.write(sitting.connection, ledger.kind, found.difference, row_numbers, sheet_id, files.in_utc(sitting.now), sitting.told)
        sitting.named(found, sheet_id)
    return found.brought(sitting.lang)


def _within(sitting: Sitting, records: Records) -> None:
    """Refuse, as Trouble, rows that whoever brings them may not bring.

    Whoever is bound to townships changes records that lie there and adds none: the county gives codes, and an answer that told a new code from
    one taken elsewhere would tell what other townships have. A kind without townships lies in its county.
    """
    known = "township" if any(column.name == "township" for column in records.kind) else ""
    keys = [(str(county), str(code)) for county, code in zip(records.stored("county"), records.stored("code"), strict=True)]
    sitting.ask(zip((county for county, _ in keys), _townships(records, known), strict=True))
    if all(sitting.by.scope.holds(county) for county, _ in keys):
        return
    stored = read_records(sitting.connection, records.kind, sorted({county for county, _ in keys}), columns=("county", "code", known))
    there = zip(map(str, stored.stored("county")), map(str, stored.stored("code")), _townships(stored, known), strict=True)
    own = {(county, code) for county, code, township in there if sitting.by.scope.holds(county, township)}
    strange = [code for county, code in keys if not sitting.by.scope.holds(county) and (county, code) not in own]
    if strange:
        raise Trouble("code-not-yours", count=len(strange), codes=", ".join(strange[:5]))


def _townships(records: Records, known: str) -> list[str]:
    return [str(place or "") for place in records.stored(known)] if known else [""] * len(records)


def _changes(ledger: Ledger, difference: Difference, lang: str) -> tuple[tuple[str, str, str, str, str], ...]:
    kind = KINDS[ledger.kind.id]
    made = []
    for index, (_, fields) in difference.changed.items():
        for name, values in fields.items():
            column = kind.column(name)
            old, new = (changed(column, ledgers.plain(column.kind, value), lang) for value in values)
            made.append((str(difference.rows[index][1]), name, heading(column, lang), old, new))
    return tuple(made)


def _layer(sitting: Sitting, part: LayerFile) -> Brought:
    """Keep a layer under each county it speaks for; it takes the place of what that county brought before under the same id."""
    kind = f"layer:{part.layer.id}"
    places = _places(sitting, part.layer)
    sitting.ask((str(place), "") for place in set(places.tolist()))
    before = {place: layer for place, layer in layers.read_parts(sitting.connection) if layer.id == part.layer.id}
    added = changed = gone = 0
    changes: list[tuple[str, str, str, str, str]] = []
    split = {str(place): _picked(part.layer, places == place) for place in sorted(set(places.tolist()))}
    for place, layer in split.items():
        old, new = (_features(one) for one in (before.get(place), layer))
        lost, fresh = old - new, new - old
        known = Counter(name for name, _ in lost)
        for name, _ in sorted(fresh.elements()):
            moved = known[name] > 0
            known[name] -= moved
            added, changed = added + (not moved), changed + moved
            changes += [(name, "shape", "", "…", "…")] if moved else []
        for name in sorted(known.elements()):
            gone += 1
            changes.append((name, "feature", "", name, ""))
    result = Brought(kind, next(iter(split)) if len(split) == 1 else "", added, changed + gone, changed, len(part.layer) - added - changed, tuple(changes))
    if sitting.keep and (added or changed or gone):
        counts = {"read": part.read, "added": added, "changed": changed, "unchanged": result.unchanged, "refused": part.refused}
        sheet_id = sitting.sheet(part, kind, result.county, {}, counts)
        for place, layer in split.items():
            layers.keep_layer(sitting.connection, layer, place, sitting.sha256)
            files.name_county(sitting.connection, place, "")
        files.advance(sitting.connection, "layers")
        sitting.logged(sheet_id, kind, sorted(split), counts)
    return result


def _places(sitting: Sitting, layer: Layer) -> Any:
    """Return the county that each feature is kept under: the one asked for, its own, the one it lies in, the only one stored."""
    if sitting.county:
        return np.full(len(layer), sitting.county, dtype=object)
    places = np.array([str(code or "") for code in layer.counties], dtype=object)
    outlines = [one for place, one in layers.read_parts(sitting.connection) if one.id == "county_boundaries"]
    for row in np.flatnonzero(places == ""):
        shape = layer.shapes[row]
        if shape is not None and outlines:
            inside = shapely.contains(outlines[0].shapes, shapely.point_on_surface(shape))
            places[row] = str(outlines[0].counties[np.flatnonzero(inside)[0]]) if inside.any() else ""
    if (places == "").any():
        places[places == ""] = sitting.place({place for place in places if place})
    return places


def _picked(layer: Layer, rows: Any) -> Layer:
    return Layer(
        layer.id, tuple(name for name, kept in zip(layer.names, rows, strict=True) if kept), layer.shapes[rows], layer.counties[rows],
        layer.uncertainty_m[rows], layer.declared_crs, layer.source, layer.dated, layer.licence,
        {name: column[rows] for name, column in layer.attributes.items()},
    )  # fmt: skip


def _features(layer: Layer | None) -> Counter[tuple[str, str]]:
    if layer is None:
        return Counter()
    said = [
        hashlib.sha256(repr((None if lost else shapely.to_wkb(shape), None if np.isnan(error) else float(error))).encode()).hexdigest()
        for shape, lost, error in zip(layer.shapes, layer.unplaced, layer.uncertainty_m, strict=True)
    ]
    return Counter(zip(layer.names, said, strict=True))
