"""What a drawing says, brought to the records: itself, the unit types on it, and the pairs it makes with drawings of the other role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from json import dumps

from checks.choices import DrawingRole
from checks.drawn import type_key
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from geo.drawing.difference import Alignment
from relocation.intake.refusal import Note
from relocation.reports.comparison import Decision
from relocation.service.drawings.corrections import clicked
from relocation.service.drawings.facts import SIDE_COLUMNS, SIDE_OF, Row, Understood, code_of, drawing_row, key_of, said, unit_rows
from relocation.service.drawings.kept import kept_understood, slot_of
from relocation.service.drawings.pairing import ComparisonReport, compared
from relocation.service.drawings.places import Place, bench_at
from relocation.service.drawings.rows import Batch, drop_rows, keep_rows, rows_of
from relocation.service.importing import ImportReport
from relocation.store import drawings, files
from relocation.store.opening import Store

OTHER = {DrawingRole.DESIGN: DrawingRole.CONSTRUCTION, DrawingRole.CONSTRUCTION: DrawingRole.DESIGN}
PLACED = ("name", "township", "village", "site_code", "site_name")
STAFF_ONLY = ("registered_poor", "persons", "homes", "design_area_m2", "construction_area_m2", "register_area_m2", "surveyed_area_m2", "surveyed_on", "remark")


@dataclass(frozen=True)
class Taken:
    """A drawing that was understood, as what and where it is taken in."""

    of: Understood
    role: DrawingRole
    place: Place
    institute: str
    name: str
    notes: tuple[Note, ...]
    approved_on: date | None = None  # as it was given for this drawing; the site's own day holds where none was

    @property
    def code(self) -> str:
        """The drawing's code: the same however often the same file is taken in for the same site and role."""
        return _code(self.place, self.role, self.of.drawing.sha256)


def _code(place: Place, role: DrawingRole, sha256: str) -> str:
    return code_of("D", place.county, place.site, role.id, sha256)


def known_as(store: Store, place: Place, role: DrawingRole, sha256: str) -> Row:
    """Return the record of a drawing that was taken in before: it keeps its first name, its institute and its day of approval; {} where it was not."""
    code = _code(place, role, sha256)
    return next((row for row in rows_of(store, DRAWING, place.county) if row["code"] == code), {})


def bring(store: Store, taken: Taken, now: datetime, lang: str, *, keep: bool) -> ImportReport:
    """Bring a drawing's records up to what it says, all of them or none; nothing is written where nothing differs, or where it is not to be kept."""
    place = taken.place
    fresh = not known_as(store, place, taken.role, taken.of.drawing.sha256)
    batches, ghosts, told = [_drawing(taken, now)], list[str](), list[Note]()
    if taken.role in SIDE_OF:
        types = [row for row in rows_of(store, UNIT_TYPE, place.county) if (row["site_code"] or "") == place.site]
        side, ghosts = _types(taken, types, again=not fresh)
        pairs, told = _pairs(store, taken, now)
        batches += [side, pairs]
    options = dumps([taken.role.id, place.county, place.site])
    file = (taken.of.drawing.sha256, taken.name, options)
    with store.writing() if keep else store.reading() as connection:
        before = files.stored_before(connection, file[0], options)
        kept = keep_rows(connection, batches, place.county, file, now, lang, by=store.actor, keep=keep)
        if keep:
            drop_rows(connection, UNIT_TYPE, place.county, ghosts, now, by=store.actor)
    changed = bool(kept.added or kept.changed or ghosts)
    return ImportReport(
        "drawings", taken.name, "", place.county, 1, int(fresh), int(changed and not fresh), int(not fresh and not changed), 0, (),
        tuple(kept.changes), (*taken.notes, *_seen(taken), *told), keep and changed, files.as_utc(before[1]) if before else None,
    )  # fmt: skip


def _drawing(taken: Taken, now: datetime) -> Batch:
    facts = drawing_row(taken.of)
    row: Row = {
        **dict.fromkeys(_FACTS),
        **taken.place.columns,
        **facts,
        "code": taken.code,
        "name": taken.name,
        "role": taken.role.id,
        "institute": taken.institute,
        "approved_on": taken.approved_on,
        "read_on": now.date(),
    }
    fresh = ("role", "read_on", *PLACED)
    return Batch(DRAWING, [row], [name for name in _FACTS if name not in fresh], fresh)


_FACTS = tuple(column.name for column in DRAWING if column.name not in ("code", "county"))


def _types(taken: Taken, ledger: Sequence[Row], *, again: bool) -> tuple[Batch, list[str]]:
    """Return the columns of one side of the unit types on a drawing, and the types that were there by its word alone and are no more.

    Of one that was taken in before (`again`), a type that a later drawing speaks for is left to that drawing.
    """
    side, place = SIDE_OF[taken.role], taken.place
    columns = tuple(f"{side}_{name}" for name in SIDE_COLUMNS)
    ordered = sorted(ledger, key=lambda row: not made_by_drawings(row))  # staff's own line, where there is one, comes last and counts
    known = {type_key(str(row["name"])): row for row in ordered}
    rows, found = [], unit_rows(taken.of, side, taken.code)
    for key, (label, values) in found.items():
        row = known.get(key)
        if row and again and row[f"{side}_drawing"] not in (None, "", taken.code):
            continue
        code = row["code"] if row else code_of("U", place.county, place.site, key)
        rows.append({**place.columns, "approved_on": place.approved_on, "name": label, **values, "code": code})
    gone = [row for key, row in known.items() if row[f"{side}_drawing"] == taken.code and key not in found]
    other = SIDE_OF[OTHER[taken.role]]
    ghosts = [str(row["code"]) for row in gone if made_by_drawings(row) and not row[f"{other}_drawing"]]
    rows += [{"county": place.county, "code": row["code"], **dict.fromkeys(columns)} for row in gone if row["code"] not in ghosts]
    return Batch(UNIT_TYPE, rows, columns, (*PLACED, "approved_on")), ghosts


def made_by_drawings(row: Row) -> bool:
    """Tell whether a unit type is on record by the word of drawings alone: staff typed nothing."""
    code = code_of("U", str(row["county"]), str(row["site_code"] or ""), type_key(str(row["name"])))
    return row["code"] == code and all(row[name] is None or row[name] == "" for name in STAFF_ONLY)


def _seen(taken: Taken) -> Iterator[Note]:
    labels = sorted({said(plan.label) or "—" for plan in taken.of.plans.unit_plans})
    if labels:
        yield Note("drawing-types", taken.name, facts={"count": len(labels), "labels": "、".join(labels)})
    elif taken.role in SIDE_OF:
        yield Note("drawing-no-types", taken.name)


def _pairs(store: Store, taken: Taken, now: datetime) -> tuple[Batch, list[Note]]:
    """Compare a drawing with its fellows of the other role; returns the pairs' rows, and what to tell of each."""
    rows, notes = [], []
    for other in _fellows(store, taken):
        row, report = paired(store, taken, other, now)
        rows.append(row)
        found = report.sheet.comparison
        facts: dict[str, str | int | float] = {"other": str(other["name"]), "differences": len(found.differences), "sets": len(found.change_sets)}
        notes.append(Note("drawing-paired" if row["compared"] else "drawing-apart", taken.name, facts=facts))
    fresh = ("site_code", "site_name", "township", "village", "compared_on")
    always = [column.name for column in DRAWING_PAIR if column.name not in ("code", "county", *fresh)]
    return Batch(DRAWING_PAIR, rows, always, fresh), notes or [Note("drawing-alone", taken.name)]


def _fellows(store: Store, taken: Taken) -> list[Row]:
    """Return the drawings of the other role at the site with a unit type in common; a lone one on either side counts as well."""
    place, side, other = taken.place, SIDE_OF[taken.role], SIDE_OF[OTHER[taken.role]]
    here = [row for row in rows_of(store, DRAWING, place.county) if (row["site_code"] or "") == place.site]
    theirs = [row for row in here if row["role"] == OTHER[taken.role].id]
    keys = {key_of(plan) for plan in taken.of.plans.unit_plans}
    ledger = [row for row in rows_of(store, UNIT_TYPE, place.county) if (row["site_code"] or "") == place.site]
    mine = {type_key(str(row["name"])) for row in ledger if row[f"{side}_drawing"] == taken.code}
    codes = {row[f"{other}_drawing"] for row in ledger if type_key(str(row["name"])) in (mine or keys)}
    found = [row for row in theirs if row["code"] in codes]
    alone = len(theirs) == 1 and not any(row["role"] == taken.role.id and row["code"] != taken.code for row in here)
    return sorted(found or (theirs if alone else []), key=lambda row: str(row["code"]))


def paired(store: Store, taken: Taken, other: Row, now: datetime) -> tuple[Row, ComparisonReport]:
    """Compare a drawing with one of the other role; returns the pair's row and the comparison whole."""
    fellow = kept_understood(store, other)
    sides = [(taken.of, taken.code, taken.name), (fellow, str(other["code"]), str(other["name"]))]
    (design, one, first), (built, two, second) = sides if taken.role is DrawingRole.DESIGN else sides[::-1]
    code = code_of("P", taken.place.county, one, two)
    row: Row = {"county": taken.place.county, "site_code": taken.place.site}
    hand, decided = set_right(store, code, row, first, second)
    given = taken.approved_on if taken.role is DrawingRole.DESIGN else other["approved_on"]
    place = replace(taken.place, approved_on=given or taken.place.approved_on)
    bench = bench_at(store, place, now.date())
    report = compared(design, built, bench, approved_on=place.approved_on, by_hand=hand, codes=(one, two), decided=decided)
    return {**taken.place.columns, **report.row, "name": f"{first} → {second}", "code": code}, report


def set_right(store: Store, code: str, pair: Row, design: str, construction: str) -> tuple[Alignment | None, dict[str, Decision]]:
    """Return what people set right about a pair: the alignment by hand, and what was decided on its differences."""
    with store.reading() as connection:
        clicks = drawings.corrections(connection, str(pair["county"]), code)
        made = drawings.decisions(connection, str(pair["county"]), slot_of(pair, design, construction))
    hand = clicked(clicks[0].said) if clicks and clicks[0].said else None
    decided = {id: Decision(one.kind, one.document, one.reason, one.decided_at.date()) for id, one in made.items() if one.kind}
    return hand, decided
