"""Proposed places: typed, clicked, drawn, or read from a file; what cannot be one is refused with where it stands and what to do."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, isfinite, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from checks.ground import Plot
from checks.records import Records
from checks.sentence import distance
from checks.vocabulary import SITE
from relocation import intake
from relocation.intake import LayerFile
from relocation.service.bench.words import BORDER
from relocation.service.reference import around
from relocation.service.vetting import positions
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MOST = 20
"""So many places are held against each other at once: more rows than fit a screen are a list, not a choice."""
MOST_UNCERTAIN_M = 20_000.0
LARGEST_M2 = 20e6
"""An outline beyond this is a township, not a site."""
LONGEST_NAME = 60
_AT = re.compile(r"\[(\S+) (\S+)\]")
_TABLES = frozenset({".csv", ".txt"})
_DRAWINGS = frozenset({".dxf", ".dwg"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of all places of one question: the system they are written in, how well they are known, the county that is meant ("" any)."""

    crs: str = "WGS84"
    uncertainty_m: float = 10.0
    screened: bool | None = None
    county: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed place: WGS-84 degrees of its point (one inside the outline, where there is one), its county ("" in none known)."""

    name: str
    lon: float
    lat: float
    county: str
    told: Told
    outline: BaseGeometry | None = None
    notes: tuple[dict[str, str], ...] = field(default=())

    def records(self, plot: Plot) -> Records:
        """Return the place as a record that checks about sites can judge."""
        made = plot.records(np.array([self.lon]), np.array([self.lat]))
        columns = {name: made.stored(name) for name in ("county", "lon", "lat", "uncertainty_m", "approved_on", "mode", "risk_screened")}
        outline = np.empty(1, dtype=object)
        outline[0] = self.outline
        texts = {"code": np.array([self.name], dtype=object), "name": np.array([self.name], dtype=object)}
        return Records(SITE, {**columns, **texts, "outline": outline}, 1)


def points(store: Store, given: Sequence[tuple[str, float, float]], told: Told) -> list[Proposal]:
    """Return points (name, x or longitude, y or latitude in the told system) as proposals. Trouble for what can be none."""
    _sane(given, told)
    lon, lat, counties = positions(store, given, told.crs)
    made = [
        Proposal(_name(name, number), float(x), float(y), str(county), told)
        for number, ((name, _, _), x, y, county) in enumerate(zip(given, lon, lat, counties, strict=True), 1)
    ]
    for one in made:
        _ours(store, one)
    return made


def outline(store: Store, name: str, shape: BaseGeometry, told: Told) -> Proposal:
    """Return a WGS-84 outline as a proposal. Trouble where it crosses itself, holds no ground, is no site's size, or leaves its county."""
    _sane([(name, 0.0, 0.0)], told)
    if shapely.get_dimensions(shape) != 2:
        raise Trouble("bench-no-area", name=name)
    if not shapely.is_valid(shape):
        at = _AT.search(shapely.is_valid_reason(shape))
        where = f"{float(at[1]):.6f} {float(at[2]):.6f}" if at else "?"
        raise Trouble("bench-crossing", name=name, where=where)
    size_m2 = shapely.area(shape) * 111_320 * 110_950 * cos(radians(shapely.get_y(shapely.centroid(shape))))
    if not 1 <= size_m2 <= LARGEST_M2:
        raise Trouble("bench-size", name=name, size=f"{size_m2:,.0f}", most=f"{LARGEST_M2:,.0f}")
    inner = shapely.point_on_surface(shape)
    [made] = points(store, [(name, float(shapely.get_x(inner)), float(shapely.get_y(inner)))], Told("WGS84", told.uncertainty_m, told.screened, told.county))
    return Proposal(made.name, made.lon, made.lat, made.county, told, shape, _within_border(store, made, shape))


def from_file(store: Store, path: Path, file_name: str, told: Told) -> list[Proposal]:
    """Return every point and outline of a file: a text table of name, longitude, latitude, a drawing, or whatever a layer may be imported from.

    Trouble, or Unusable for the whole file; an outline that would have to be mended is refused: a proposal is looked at as it was sent.
    """
    if Path(file_name).suffix.lower() in _TABLES:
        return points(store, listed(path.read_bytes(), file_name), told)
    if Path(file_name).suffix.lower() in _DRAWINGS:
        from relocation.service.bench.outlines import from_drawing  # late: what drawings need, few ask for

        return from_drawing(store, path, file_name, told)
    read = intake.read_all(path, as_kind="layer:proposed", crs=None if told.crs == "WGS84" else told.crs, file_name=file_name)
    found: list[Proposal] = []
    for part in (part for part in read if isinstance(part, LayerFile)):
        if part.refusals:
            raise intake.Unusable(part.refusals[0])
        if mended := next((note for note in part.notes if note.code == "geometry-mended"), None):
            raise Trouble("bench-crossing-file", file=file_name, number=mended.row)
        few(len(found) + len(part.layer))
        found += [_of_feature(store, part, row, told) for row in range(len(part.layer))]
    if not found:
        raise Trouble("bench-empty-file", file=file_name)
    return found


def listed(raw: bytes, file_name: str) -> list[tuple[str, float, float]]:
    """Return name, longitude, latitude of each line of a text table; a first line without numbers is a heading. Trouble names the line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    if "\0" in text:
        raise Trouble("unknown-position", position=file_name)
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.replace("，", ",").splitlines()) if any(cell.strip() for cell in row)]
    if rows and not any(_number(cell) is not None for cell in rows[0][-2:]):
        rows = rows[1:]
    if not rows:
        raise Trouble("bench-empty-file", file=file_name)
    few(len(rows))
    return [_line(row, number, file_name) for number, row in enumerate(rows, 1)]


def _line(row: Sequence[str], number: int, file_name: str) -> tuple[str, float, float]:
    cells = row if len(row) > 1 else row[0].split()
    x, y = (_number(cell) for cell in (*cells[-2:], "", "")[:2])
    if x is None or y is None:
        raise Trouble("unknown-position", position=f"{file_name} {number}: {' '.join(row)}")
    return (cells[0] if len(cells) > 2 else ""), x, y


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _of_feature(store: Store, part: LayerFile, row: int, told: Told) -> Proposal:
    shape, name = part.layer.shapes[row], part.layer.names[row] or f"{part.file} {int(part.row_numbers[row])}"
    moved = Told("WGS84", told.uncertainty_m, told.screened, told.county)  # reading brought it to WGS-84
    if shape is not None and shapely.get_type_id(shape) == 0:
        return points(store, [(name, float(shapely.get_x(shape)), float(shapely.get_y(shape)))], moved)[0]
    if shape is None:
        raise Trouble("bench-no-area", name=name)
    return outline(store, name, shape, moved)


def _sane(given: Sequence[Any], told: Told) -> None:
    if not given:
        raise Trouble("bench-nothing")
    few(len(given))
    known_to(told.uncertainty_m)


def few(count: int, most: int = MOST) -> None:
    """Refuse more places than are held against each other at once."""
    if count > most:
        raise Trouble("bench-too-many", count=count, most=most)


def known_to(uncertainty_m: float) -> None:
    """Refuse metres by which no position can be uncertain."""
    if not 0 <= uncertainty_m <= MOST_UNCERTAIN_M:
        raise Trouble("bench-uncertainty", value=f"{uncertainty_m:g}", most=f"{MOST_UNCERTAIN_M:,.0f}")


def _name(name: str, number: int) -> str:
    said = " ".join(name.split())
    return (said if said.isprintable() else "")[:LONGEST_NAME] or f"{number}"


def _ours(store: Store, one: Proposal) -> None:
    """Refuse a place in another county than the one that is meant, and one outside the actor's places."""
    said = f"{one.lon:.6f} {one.lat:.6f}"
    if one.told.county and one.county != one.told.county:
        raise Trouble("bench-other-county", name=one.name, position=said, wanted=one.told.county, county=one.county or "—")
    if not store.actor.scope.everywhere and not (one.county and store.actor.scope.touches(one.county)):
        raise Trouble("bench-outside", name=one.name, position=said)


def _within_border(store: Store, one: Proposal, shape: BaseGeometry) -> tuple[dict[str, str], ...]:
    """Refuse an outline that leaves its county by more than is known of the border; note one that leaves it by less."""
    borders = around(store).get("county_boundaries")
    if borders is None or not one.county:
        return ()
    row = list(borders.counties).index(one.county)
    beyond = shapely.difference(shape, borders.shapes[row])
    if shapely.is_empty(beyond):
        return ()
    known_m = float(np.nan_to_num(borders.uncertainty_m[row]))
    reach_deg = known_m / (110_000 * cos(radians(one.lat)))
    if not shapely.covers(shapely.buffer(borders.shapes[row], reach_deg), beyond):
        at = shapely.point_on_surface(beyond)
        percent = 100 * float(shapely.area(beyond)) / float(shapely.area(shape))
        raise Trouble("bench-border", name=one.name, county=one.county, percent=f"{percent:.0f}", where=f"{shapely.get_x(at):.6f} {shapely.get_y(at):.6f}")
    return ({lang: BORDER[lang].format(m=distance(known_m, lang)) for lang in ("zh", "en")},)
