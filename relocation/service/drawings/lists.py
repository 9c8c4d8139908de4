"""The drawings on record as lists: by site, with the pairs they make, the unit types they speak of, and how each stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from checks.choices import DrawingRole, LineageClue
from checks.finding import Finding
from checks.records import RecordKind
from checks.verdict import WORST_FIRST
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
from relocation.service import findings, paging
from relocation.service.drawings.facts import Row
from relocation.service.drawings.kept import slot_of
from relocation.service.drawings.rows import rows_of
from relocation.store import drawings, standings
from relocation.store.opening import Connection, Store
from relocation.store.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Line:
    """One drawing, pair or unit type: its columns, and the worst outcome that stands for it, "" before a check."""

    row: Row
    worst: str
    area: Finding | None = None  # of a unit type: what the check on the area a person says


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair: its columns, its worst outcome, how many differences were decided on, its clues in both languages."""

    row: Row
    worst: str
    decided: int
    clues: tuple[Mapping[str, str], ...]


@dataclass
class SiteDrawings:
    """What one site has: drawings by role, pairs, unit types."""

    county: str
    code: str
    name: str
    township: str
    drawings: list[Line] = field(default_factory=list)
    pairs: list[PairLine] = field(default_factory=list)
    types: list[Line] = field(default_factory=list)

    @property
    def problems(self) -> bool:
        """Whether anything here fails or is to be looked into."""
        return any(line.worst in ("fail", "review") for line in self._lines)

    @property
    def unreadable(self) -> bool:
        """Whether a drawing here could not be relied on, or a unit type not judged by one."""
        return any(line.worst == "no-data" for line in self._lines) or any(line.row["doubts"] for line in self.drawings)

    @property
    def _lines(self) -> list[Line | PairLine]:
        return [*self.drawings, *self.pairs, *self.types]

    @property
    def worst(self) -> str:
        """The worst outcome here, "" before a check."""
        there = {line.worst for line in self._lines}
        return next((outcome.id for outcome in WORST_FIRST if outcome.id in there), "")

    @property
    def worst_first(self) -> int:
        """Where the site stands among others: those that fail first, those not checked last."""
        known = [outcome.id for outcome in WORST_FIRST]
        return known.index(self.worst) if self.worst else len(known)


ROLES = [role.id for role in DrawingRole]


def by_site(store: Store, county: str | None = None, site: str | None = None) -> list[SiteDrawings]:
    """Return the sites that have a drawing, or a unit type on record, by county and code."""
    kept = {kind: rows_of(store, kind, county) for kind in (DRAWING, DRAWING_PAIR, UNIT_TYPE)}
    names = {str(row["code"]): str(row["name"]) for row in kept[DRAWING]}
    sites: dict[tuple[str, str], SiteDrawings] = {}
    with store.reading() as connection:
        worst = {kind: _worst(connection, kind, rows) for kind, rows in kept.items()}
        for kind, rows in kept.items():
            for row in rows:
                at = _site(sites, row)
                outcome = worst[kind].get((row["county"], row["code"]), "")
                if kind is DRAWING:
                    at.drawings.append(Line(row, outcome))
                elif kind is UNIT_TYPE:
                    at.types.append(Line(row, outcome))
                else:
                    at.pairs.append(PairLine(row, outcome, _decided(connection, row, names), clues_said(row)))
    for one in sites.values():
        one.drawings.sort(key=lambda line: (ROLES.index(line.row["role"]) if line.row["role"] in ROLES else len(ROLES), line.row["name"]))
        one.types.sort(key=lambda line: str(line.row["name"]))
    return [sites[key] for key in sorted(sites) if site is None or key[1] == site]


MADE = re.compile(r"[DPU][0-9a-f]{12}")
"""A code that was made for a drawing, a pair or a unit type: a digest, which tells a reader nothing."""


def names_made(store: Store) -> dict[str, str]:
    """Return the name of each drawing, pair and unit type whose code was made here."""
    rows = [row for kind in (DRAWING, DRAWING_PAIR, UNIT_TYPE) for row in rows_of(store, kind)]
    return {str(row["code"]): str(row["name"]) for row in rows if row["name"] and MADE.fullmatch(str(row["code"]))}


def with_areas(store: Store, sites: Sequence[SiteDrawings]) -> list[SiteDrawings]:
    """Return sites with what the check on the area a person says of each unit type."""
    said: dict[tuple[str, str], Finding] = {}
    for county in sorted({site.county for site in sites}):
        after, more = "", True
        while more:
            page = findings.findings(store, check="unit-type-area", kind="unit_type", county=county, after=after, limit=paging.MOST)
            said |= {(one.county, one.subject): one for one in page.findings}
            after, more = page.after, bool(page.after)
    return [replace(site, types=[replace(line, area=said.get((site.county, str(line.row["code"])))) for line in site.types]) for site in sites]


def lacking(sites: Sequence[SiteDrawings]) -> list[str]:
    """Return which of design and construction drawing a site still has none of, where it has the other."""
    there = {line.row["role"] for site in sites for line in site.drawings}
    return [role for role in ("design", "construction") if there and role not in there]


def unit_type(store: Store, code: str, county: str | None = None) -> Row:
    """Return one unit type's columns. Trouble for one that is not on record."""
    found = next((row for row in rows_of(store, UNIT_TYPE, county) if row["code"] == code), None)
    if found is None:
        raise Trouble("unknown-subject", subject=code, near="")
    return found


def clues_said(row: Row) -> tuple[Mapping[str, str], ...]:
    """Return a pair's clues in both languages."""
    found = (LineageClue.by_id(id) for id in str(row["clues"] or "").split())
    return tuple({"zh": one.zh, "en": one.en} for one in found)


def _site(sites: dict[tuple[str, str], SiteDrawings], row: Row) -> SiteDrawings:
    key = (str(row["county"]), str(row["site_code"] or ""))
    if key not in sites:
        sites[key] = SiteDrawings(*key, str(row["site_name"] or ""), str(row["township"] or ""))
    return sites[key]


def _worst(connection: Connection, kind: RecordKind, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    found = standings.worst_of(connection, kind.id, [(row["county"], row["code"]) for row in rows])
    return {key: WORST_FIRST[at].id for key, at in found.items()}


def _decided(connection: Connection, row: Row, names: Mapping[str, str]) -> int:
    files = [names.get(str(row[side]), "") for side in ("design_drawing", "construction_drawing")]
    return sum(bool(one.kind) for one in drawings.decisions(connection, str(row["county"]), slot_of(row, *files)).values())
