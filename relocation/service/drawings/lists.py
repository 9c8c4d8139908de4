"""The drawings on record as lists: by site, with the pairs they make, the unit types they speak of, and how each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checks.choices import DrawingRole, LineageClue
from checks.records import RecordKind
from checks.verdict import WORST_FIRST
from checks.vocabulary import DRAWING, DRAWING_PAIR, UNIT_TYPE
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


def known_institutes(store: Store, own: Iterable[str]) -> list[str]:
    """Return the names of institutes met on drawings or with words of their own."""
    return sorted({str(row["institute"]) for row in rows_of(store, DRAWING) if row["institute"]} | set(own))
