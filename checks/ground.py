"""A check asked of ground instead of records: of every cell of an area what it would say of a site there.

A block of cells is asked as one place twice: with its radius added to how well the place is known, and with it taken away. A check that
carries uncertainty along gives a bound both ways: what it says of the wider place holds wherever in the block the site lies, or else what it
says of the narrower one. Where both say the same of every facility and zone, every cell of the block has that answer (see `_sure`); elsewhere
the block is parted, and a single cell is asked as any site is. So no answer here is anybody's but the check's own.

Where a check looks at many layers, each is asked for its own part of the answer first, with the others set aside; of the cells that all layers
answer alike one is asked with all of them, and speaks for the rest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from checks.check import Around, Check
from checks.choices import Mode
from checks.records import Array, Records
from checks.sheet import Overlay
from checks.verdict import Flags, Outcome, Verdict
from checks.vocabulary import SITE
from geo.cells import OUTSIDE, PARTED, Cells, Codes, settled
from geo.layer import Layer

Floats = npt.NDArray[np.float64]

BOUNDED = frozenset({"four-proximities", "exclusion-zones"})
"""Checks of which it was shown that a wider and a narrower place bound the answer between them. Others are asked cell by cell."""

APART = frozenset({"exclusion-zones"})
"""Checks whose answer of a place is settled by what each of their layers says of it, whatever the metres."""

ROUNDING = 1.001
"""So much a block's radius is stretched: some rules turn metres into degrees by a round number."""
_TOUCHING = ("too-close", "near")


@dataclass(frozen=True, slots=True)
class Ground:
    """What one check says of each cell: `code` points into `answers`, `geo.cells.OUTSIDE` where nobody asked."""

    check: str
    code: Codes
    answers: tuple[tuple[Outcome, str], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The site that is thought of in every place: whose county, approved when, known how well, its risks screened (None: nothing is said)."""

    county: str
    approved_on: date
    uncertainty_m: float = 0.0
    screened: bool | None = None

    def records(self, lon: Floats, lat: Floats, more_m: float = 0.0) -> Records:
        """Return the site at each WGS-84 place; `more_m` is added to how well its position is known."""
        rows = len(lon)
        return Records(
            SITE,
            {
                "county": np.full(rows, self.county, dtype=object),
                "lon": np.asarray(lon, np.float64),
                "lat": np.asarray(lat, np.float64),
                "uncertainty_m": np.full(rows, self.uncertainty_m + more_m),
                "approved_on": np.full(rows, self.approved_on, dtype="datetime64[D]"),
                "mode": np.full(rows, Mode.CONCENTRATED, dtype=np.int8),
                "risk_screened": np.full(rows, -1 if self.screened is None else int(self.screened), dtype=np.int8),
            },
            rows,
        )


def ground(
    check: Check, cells: Cells, wanted: Flags, plot: Plot, around: Around, overlays: Iterable[Overlay], asked: Callable[[], None] = lambda: None
) -> Ground:
    """Return what a check about sites says of every wanted cell; `asked` is called so often as `questions` says."""
    own = tuple(overlays)
    alone = [id for id in check.rule_about(SITE).layers if id in around]
    if check.id not in APART or len(alone) < 2:
        asked()
        code, answers = _asked_whole(check, cells, wanted, plot, around, own)
    else:
        code, answers = _asked_apart(check, cells, wanted, plot, around, own, alone, asked)
    return Ground(check.id, code, tuple((Outcome(outcome), reason) for outcome, reason, *_ in answers))


def questions(check: Check, around: Around) -> int:
    """Return how many times `ground` asks a check about all cells."""
    alone = [id for id in check.rule_about(SITE).layers if id in around]
    return 1 if check.id not in APART or len(alone) < 2 else len(alone) + 1


_Answers = dict[tuple[Any, ...], int]


def _asked_apart(
    check: Check, cells: Cells, wanted: Flags, plot: Plot, around: Around, own: tuple[Overlay, ...], alone: Sequence[str], asked: Callable[[], None]
) -> tuple[Codes, _Answers]:
    """Ask layer by layer, then of each combination of answers one cell with all layers."""
    parts = []
    for id in alone:
        asked()
        parts.append(_asked_whole(check, cells, wanted, plot, {id: around[id]}, own, states=True)[0][wanted])
    asked()
    _, first, which = np.unique(np.stack(parts), axis=1, return_index=True, return_inverse=True)
    row, column = np.nonzero(wanted)
    lon, lat = cells.middles(row[first], column[first])
    answers: _Answers = {}
    told = _codes(check.run(plot.records(lon, lat), plot.approved_on, around, own), answers)
    code = np.full(wanted.shape, OUTSIDE, dtype=np.int16)
    code[wanted] = told[which.ravel()]
    return code, answers


def _asked_whole(
    check: Check, cells: Cells, wanted: Flags, plot: Plot, around: Around, own: tuple[Overlay, ...], *, states: bool = False
) -> tuple[Codes, _Answers]:
    """Ask blocks and cells; with `states` answers differ also by how each layer stands."""
    answers: _Answers = {}

    def asked(lon: Floats, lat: Floats, more_m: float) -> Verdict:
        return check.run(plot.records(lon, lat, more_m), plot.approved_on, around, own)

    def ask(lon: Floats, lat: Floats, radius_m: float) -> tuple[Codes, Flags]:
        wider = asked(lon, lat, radius_m * ROUNDING)
        code = _codes(wider, answers, states=states)
        if not radius_m:
            return code, np.ones(len(lon), dtype=np.bool_)
        return code, _sure(wider, asked(lon, lat, -radius_m * ROUNDING), code, around, plot, (lon, lat, radius_m * ROUNDING))

    return settled(cells, wanted, ask, PARTED if check.id in BOUNDED else (1,)), answers


def _codes(verdict: Verdict, answers: _Answers, *, states: bool = False) -> Codes:
    """Return each row's outcome and reason (and states) as a number, the same for the same answer in every question."""
    names = [name for name in verdict.facts if states and name.endswith(".state")]
    columns = [verdict.outcome.tolist(), [verdict.words[number] for number in verdict.reason.tolist()], *(_stretched(verdict, name).tolist() for name in names)]
    return np.fromiter((answers.setdefault(key, len(answers)) for key in zip(*columns, strict=True)), dtype=np.int16, count=len(verdict.outcome))


def _sure(wider: Verdict, narrower: Verdict, code: Codes, around: Around, plot: Plot, block: tuple[Floats, Floats, float]) -> Flags:
    """Tell of which blocks both questions settle every cell.

    *Within* and *clear* and *inside*, said of the wider place, hold in all of the block; *not within* and *not clear*, said of the narrower one,
    do too. So a state that both have is the state everywhere, and then only one distance is left that can decide (the one to keep from a
    hazard), which lies between the two answers and changes nothing if these agree. Two states take more: *too close* to a zone is settled
    only where a block cannot reach past the zone's uncertain border (`_steady`), and ground without data only where it holds all of the block.
    """
    sure, blank = np.ones(len(code), dtype=np.bool_), np.zeros(len(code), dtype=np.bool_)
    for name in [one for one in wider.facts if one.endswith(".state")]:
        one, other = _stretched(wider, name), _stretched(narrower, name)
        same = one == other
        if name.startswith("zones."):
            layer = around.get(name.split(".")[1])
            if layer is not None:
                same &= ~np.isin(one, _TOUCHING) | _steady(layer, plot.uncertainty_m, block[2])
                uncovered = (one == "uncovered") & _all_blank(layer.uncovered, plot.county, *block)
                blank |= uncovered
                same |= uncovered
        sure &= same
    said = np.array([wider.words[number] for number in wider.reason], dtype=object)
    told_same = _same_answer(wider, narrower) | (blank & (said == "zone-uncovered"))  # said only where all else passes at its worst
    return np.asarray(sure & told_same)


def _stretched(verdict: Verdict, name: str) -> Array:
    """Return a fact as one value a row, "" where the row has none."""
    column = np.append(verdict.facts[name], "")
    places = np.array([verdict.place_of(row) for row in range(len(verdict.outcome))]) if len(verdict.facts[name]) != len(verdict.outcome) else None
    return np.asarray(column[:-1] if places is None else column[places], dtype=object)


def _same_answer(one: Verdict, other: Verdict) -> Flags:
    reasons = [np.array([verdict.words[number] for number in verdict.reason], dtype=object) for verdict in (one, other)]
    return np.asarray((one.outcome == other.outcome) & (reasons[0] == reasons[1]))


def _steady(layer: Layer, uncertainty_m: float, radius_m: float) -> bool:
    """Tell whether the borders of a layer's zones are alike uncertain, by more than a block's radius, so that no cell of it can lie surely inside."""
    zones = layer.covered
    areas = bool((shapely.get_dimensions(zones.shapes[~zones.unplaced]) == 2).all())
    known = np.nan_to_num(zones.uncertainty_m[~zones.unplaced])
    return areas and len(np.unique(known)) == 1 and uncertainty_m + float(known[0]) >= radius_m


def _all_blank(blank: Layer, county: str, lon: Floats, lat: Floats, radius_m: float) -> Flags:
    """Tell which blocks lie wholly in ground of which the layer says nothing, going by the square around each."""
    found = np.zeros(len(lon), dtype=np.bool_)
    if not len(blank):
        return found
    high = radius_m / 110_000.0
    wide = high / np.cos(np.radians(lat))
    squares = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
    for shape, of in zip(blank.shapes, blank.counties, strict=True):
        if of == county and shape is not None:
            shapely.prepare(shape)
            found |= shapely.contains_properly(shape, squares)
    return found


def worst(grounds: Mapping[str, Ground], severity: Callable[[Outcome, str], int]) -> npt.NDArray[np.int8]:
    """Return the gravest class of each cell over several checks, `geo.cells.OUTSIDE` where nobody asked."""
    layers = []
    for one in grounds.values():
        table = np.array([*(severity(outcome, reason) for outcome, reason in one.answers), -1], dtype=np.int8)
        layers.append(table[one.code])
    return np.asarray(np.maximum.reduce(layers))
