"""Where in a county a site would pass: every cell asked by the checks themselves, and the nearest cell that passes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from checks.ground import Ground, Plot, ground, questions, worst
from checks.registry import checks
from checks.siting.exclusion_zones import ZONES
from checks.siting.four_proximities import CLASSES
from checks.verdict import NOT_SUPPLIED, Outcome
from checks.vocabulary import SITE
from geo.cells import OUTSIDE, Cells, over
from geo.ellipsoid import surface
from geo.index import between_m
from relocation import steps
from relocation.service.bench.asking import siting
from relocation.service.bench.words import ASSUMED, SUITS, point_of
from relocation.service.judging import near
from relocation.service.lawbook import overlays
from relocation.service.reference import around, boundary
from relocation.store import files, law
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

CELL_M = 100.0
SMALLEST_CELL_M, LARGEST_CELL_M = 20.0, 2_000.0
MOST_CELLS = 2_000_000
"""So many cells are asked at once: beyond that the answer takes longer than anybody waits, and a larger cell says as much."""
KEPT = 4
"""Answers kept while nothing changes: a page asks for the same ground again and again."""

CLASSES_OF_GROUND = tuple(SUITS)
PASS, SAVE, UNKNOWN, CLOSE, REVIEW, FAIL = range(6)
_BASE = 8  # the classes of several checks are told as the digits of one number


def severity(outcome: Outcome, reason: str) -> int:
    """Return the class of ground for a check's outcome there, 0 the best. What is not judged never passes."""
    if outcome is Outcome.PASS:
        return PASS
    if outcome is Outcome.FAIL:
        return FAIL
    if outcome is Outcome.REVIEW:
        return CLOSE if reason == "too-close" else REVIEW
    return SAVE if reason == NOT_SUPPLIED else UNKNOWN


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that passes, the nearest one: its middle, how far and in which direction (degrees from north) from where it was asked, its class."""

    lon: float
    lat: float
    distance_m: float
    bearing_deg: float
    suits: str

    def json(self, lang: str) -> dict[str, Any]:
        """Return the place for the page and for programs."""
        numbers = {"lon": round(self.lon, 6), "lat": round(self.lat, 6), "distance_m": self.distance_m, "bearing_deg": self.bearing_deg}
        return {**numbers, "towards": point_of(self.bearing_deg, lang), "suits": self.suits, "suits_word": SUITS[self.suits][lang]}


@dataclass(frozen=True, slots=True)
class Area:
    """The ground of a county, cell by cell, as each check of siting sees it."""

    county: str
    as_of: date
    uncertainty_m: float
    cell_m: float
    cells: Cells
    grounds: dict[str, Ground]
    absent: tuple[str, ...]

    def classes(self, only: Sequence[str] = ()) -> npt.NDArray[np.int8]:
        """Return the class of each cell by all checks, or by some; `geo.cells.OUTSIDE` beyond the county."""
        return worst({id: one for id, one in self.grounds.items() if not only or id in only}, severity)

    def sizes_km2(self, only: Sequence[str] = ()) -> dict[str, float]:
        """Return how much ground there is of each class, square kilometres."""
        found, each = self.classes(only), np.repeat(self.cells.area_m2()[:, None], self.cells.columns, axis=1)
        return {name: float(each[found == number].sum()) / 1e6 for number, name in enumerate(CLASSES_OF_GROUND)}

    def at(self, lon: float, lat: float, only: Sequence[str] = ()) -> str | None:
        """Return the class of the cell that holds a place, None outside the county."""
        row, column = int((lat - self.cells.south) // self.cells.high), int((lon - self.cells.west) // self.cells.wide)
        if not (0 <= row < self.cells.rows and 0 <= column < self.cells.columns):
            return None
        number = int(self.classes(only)[row, column])
        return None if number == OUTSIDE else CLASSES_OF_GROUND[number]

    def limits(self, lon: float, lat: float, lang: str, only: Sequence[str] = ()) -> list[dict[str, str]]:
        """Return which checks keep the cell that holds a place from passing, with its class by each."""
        said = [(id, self.at(lon, lat, [id])) for id in self.grounds if not only or id in only]
        return [{"check": id, "title": checks()[id].title(lang), "suits": suits} for id, suits in said if suits not in (None, CLASSES_OF_GROUND[PASS])]

    def nearest(self, lon: float, lat: float, only: Sequence[str] = ()) -> Found | None:
        """Return the nearest cell that passes, else the nearest that passes by the layers at hand; None where there is neither."""
        found = self.classes(only)
        for wanted in (PASS, SAVE):
            row, column = np.nonzero(found == wanted)
            if len(row):
                return _closest(lon, lat, *self.cells.middles(row, column), CLASSES_OF_GROUND[wanted])
        return None

    def json(self, lang: str, only: Sequence[str] = ()) -> dict[str, Any]:
        """Return the ground as runs of like cells, row by row from the south: first column, cells, and one digit (base 8) a check."""
        cells = self.cells
        where = {"west": cells.west, "south": cells.south, "wide": cells.wide, "high": cells.high, "rows": cells.rows, "columns": cells.columns}
        sizes = self.sizes_km2(only)
        return {
            "county": self.county, "as_of": self.as_of.isoformat(), "uncertainty_m": self.uncertainty_m, "cell_m": self.cell_m, "assumed": ASSUMED[lang],
            "base": _BASE, "checks": [{"id": id, "title": checks()[id].title(lang)} for id in self.grounds], "absent": list(self.absent), **where,
            "classes": [{"id": id, "word": words[lang], "km2": sizes[id]} for id, words in SUITS.items()], "runs": list(self._runs()),
        }  # fmt: skip

    def _runs(self) -> Iterator[list[int]]:
        digits = [worst({id: one}, severity).astype(np.int64) for id, one in self.grounds.items()]
        value = sum((np.maximum(one, 0) * _BASE**place for place, one in enumerate(digits)), np.zeros_like(digits[0]))
        value[digits[0] == OUTSIDE] = -1
        for row in value:
            first = np.flatnonzero(np.append(True, row[1:] != row[:-1]))
            runs = np.column_stack([first, np.diff(np.append(first, len(row))), row[first]])
            yield runs[runs[:, 2] >= 0].ravel().tolist()


def area(store: Store, county: str, *, as_of: date, uncertainty_m: float, cell_m: float = CELL_M) -> Area:
    """Return where in a county a site approved on `as_of`, known to `uncertainty_m`, its risks screened, would pass.

    Trouble for a county without an outline or outside the actor's places, without any layer to go by, or too many cells.
    """
    border = _border(store, county)
    if not SMALLEST_CELL_M <= cell_m <= LARGEST_CELL_M:
        raise Trouble("bench-cell", value=f"{cell_m:g}", least=f"{SMALLEST_CELL_M:g}", most=f"{LARGEST_CELL_M:g}")
    whole = store.whole
    layers = around(whole)
    looked_at = (*CLASSES.values(), *ZONES)
    absent = tuple(id for id in looked_at if id not in layers)
    if len(absent) == len(looked_at):
        raise Trouble("bench-no-layers")
    cells = over(border, cell_m)
    if cells.rows * cells.columns > MOST_CELLS:
        raise Trouble("bench-too-fine", cells=f"{cells.rows * cells.columns:,}", most=f"{MOST_CELLS:,}", larger=f"{_large_enough(border, cell_m):g}")
    key = (_revision(whole), county, as_of, uncertainty_m, cell_m)
    kept: dict[Any, Area] = whole.kept.setdefault("bench-areas", {})
    if key not in kept:
        plot, wanted = Plot(county, as_of, uncertainty_m, screened=True), cells.held(border)
        about = [check for check in siting() if SITE in check.about]
        asked = _counted(sum(questions(check, layers) for check in about))
        grounds = {check.id: ground(check, cells, wanted, plot, layers, overlays(whole), asked) for check in about}
        for old in list(kept)[: max(len(kept) - KEPT + 1, 0)]:
            kept.pop(old, None)
        kept[key] = Area(county, as_of, uncertainty_m, cell_m, cells, grounds, absent)
    return kept[key]


def _counted(total: int) -> Callable[[], None]:
    """Return what tells one step more each time it is called."""
    numbers = count()
    return lambda: steps.told("ground", next(numbers), total)


def known_checks(only: Sequence[str]) -> list[str]:
    """Return the ids of checks about the ground. Trouble, with near ids, for one that is none of them."""
    about = [check.id for check in siting() if SITE in check.about]
    if wrong := next((id for id in only if id not in about), None):
        raise Trouble("unknown-check", check=wrong, near=near(wrong, about))
    return list(only)


def _border(store: Store, county: str) -> shapely.Geometry:
    if not store.actor.scope.touches(county):
        raise Trouble("not-your-place", place=county)
    border = boundary(store, county)
    if border is None:
        with store.reading() as connection:
            known = files.county_names(connection)
        raise Trouble("bench-no-border", county=county, near=near(county, sorted(known)) or "—")
    return border


def _large_enough(border: shapely.Geometry, cell_m: float) -> float:
    while True:
        cell_m *= 2
        cells = over(border, cell_m)
        if cells.rows * cells.columns <= MOST_CELLS:
            return cell_m


def _revision(store: Store) -> tuple[int, int | None]:
    with store.reading() as connection:
        return files.revision(connection, "layers"), law.latest_id(connection)


def _closest(lon: float, lat: float, to_lon: npt.NDArray[np.float64], to_lat: npt.NDArray[np.float64], suits: str) -> Found:
    here = surface(np.array([lon]), np.array([lat]))
    away = surface(to_lon, to_lat).xyz_m - here.xyz_m
    square = np.einsum("ij,ij->i", away, away)
    few = np.argsort(square, kind="stable")[:64]  # chords and geodesics cannot disagree by more over one county
    count = len(few)
    start = surface(np.full(count, lon), np.full(count, lat))
    metres = between_m(start, np.full(count, lon), np.full(count, lat), surface(to_lon[few], to_lat[few]), to_lon[few], to_lat[few])
    best = few[int(np.argmin(metres))]
    up = here.up[0]
    east = np.array([-np.sin(np.radians(lon)), np.cos(np.radians(lon)), 0.0])
    bearing = float(np.degrees(np.arctan2(away[best] @ east, away[best] @ np.cross(up, east)))) % 360
    return Found(float(to_lon[best]), float(to_lat[best]), float(metres.min()), bearing, suits)
