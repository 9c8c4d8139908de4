"""Cells over an area, and a question settled for all of them by asking it of blocks first.

Whoever asks of a block must answer for every place of it: `sure` is True only where all places within `radius_m` of the block's middle have the
one answer. Blocks that nobody is sure of are parted, down to single cells, whose middle is asked with a radius of 0. So the answer of every cell
is the one its middle gets when asked alone, at a fraction of the work where an answer holds over kilometres.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.ellipsoid import EQUATOR_RADIUS_M, FLATTENING

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int16]
Ask = Callable[[Floats, Floats, float], tuple[Codes, Flags]]
"""(longitudes, latitudes, radius_m) → for each place its answer, and whether all places so near have it."""

MOST_M_A_DEGREE = 111_700.0
"""Of latitude anywhere; a degree of longitude has at most that times the cosine of the latitude."""

PARTED = (32, 8, 2, 1)
"""How many cells a block has along a side, from the first question to the last."""

PAYS_FROM = 0.55
"""Where fewer blocks than this share were sure, the next smaller ones would cost more than they spare, and the cells are asked at once."""

OUTSIDE = -1
_E2 = FLATTENING * (2 - FLATTENING)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells lying along meridians and parallels: south-west corner and size in WGS-84 degrees, rows counted from the south."""

    west: float
    south: float
    wide: float
    high: float
    columns: int
    rows: int

    def middles(self, row: npt.NDArray[np.intp], column: npt.NDArray[np.intp], across: int = 1) -> tuple[Floats, Floats]:
        """Return longitude and latitude of the middles of blocks of so many cells along a side, counted in blocks."""
        return np.asarray(self.west + (column + 0.5) * across * self.wide), np.asarray(self.south + (row + 0.5) * across * self.high)

    def radius_m(self, across: int) -> float:
        """Return a length that no place of such a block exceeds from its middle; 0 for a single cell, which stands for its middle."""
        if across == 1:
            return 0.0
        nearest_equator = 0.0 if self.south < 0 < self.south + self.rows * self.high else min(abs(self.south), abs(self.south + self.rows * self.high))
        return 0.5 * across * MOST_M_A_DEGREE * float(np.hypot(self.wide * np.cos(np.radians(nearest_equator)), self.high))

    def area_m2(self) -> Floats:
        """Return the area of a cell of each row, on the ellipsoid."""
        middle = np.radians(self.south + (np.arange(self.rows) + 0.5) * self.high)
        bend = 1 - _E2 * np.sin(middle) ** 2
        along, across = EQUATOR_RADIUS_M * (1 - _E2) / bend**1.5, EQUATOR_RADIUS_M / np.sqrt(bend) * np.cos(middle)
        return np.asarray(np.radians(self.high) * along * np.radians(self.wide) * across)

    def held(self, area: shapely.Geometry) -> Flags:
        """Return which cells have their middle in an area, rows by columns."""
        row, column = np.indices((self.rows, self.columns)).reshape(2, -1)
        shapely.prepare(area)
        return np.asarray(shapely.intersects_xy(area, *self.middles(row, column))).reshape(self.rows, self.columns)


def over(area: shapely.Geometry, size_m: float) -> Cells:
    """Return cells no larger than `size_m` along a side that cover a WGS-84 area."""
    west, south, east, north = shapely.bounds(area).tolist()
    least = 0.0 if south < 0 < north else min(abs(south), abs(north))
    high = size_m / MOST_M_A_DEGREE
    wide = high / float(np.cos(np.radians(least)))
    return Cells(west, south, wide, high, max(int(np.ceil((east - west) / wide)), 1), max(int(np.ceil((north - south) / high)), 1))


def settled(cells: Cells, wanted: Flags, ask: Ask, parted: Sequence[int] = PARTED) -> Codes:
    """Return the answer of every wanted cell, `OUTSIDE` for the others. Each of `parted` has to divide the one before it, the last has to be 1."""
    answer = np.full((cells.rows, cells.columns), OUTSIDE, dtype=np.int16)
    open_cells, pays = wanted.copy(), True
    for number, across in enumerate(parted):
        row, column = np.nonzero(_any(open_cells, across))
        if not len(row):
            break
        if not pays and across > 1:
            continue
        code, sure = ask(*cells.middles(row, column, across), cells.radius_m(across))
        sure = sure | (across == 1)
        told = np.full(_blocks(cells, across), OUTSIDE, dtype=np.int16)
        told[row[sure], column[sure]] = code[sure]
        spread = told.repeat(across, axis=0).repeat(across, axis=1)[: cells.rows, : cells.columns]
        known = open_cells & (spread != OUTSIDE)
        answer[known] = spread[known]
        open_cells &= ~known
        pays = number == 0 or sure.mean() >= PAYS_FROM  # the first are as large as a township: few of them have one answer
    return answer


def _blocks(cells: Cells, across: int) -> tuple[int, int]:
    return -(-cells.rows // across), -(-cells.columns // across)


def _any(flags: Flags, across: int) -> Flags:
    """Return which blocks hold a cell that is flagged."""
    rows, columns = -(-flags.shape[0] // across), -(-flags.shape[1] // across)
    padded = np.zeros((rows * across, columns * across), dtype=np.bool_)
    padded[: flags.shape[0], : flags.shape[1]] = flags
    return np.asarray(padded.reshape(rows, across, columns, across).any(axis=(1, 3)))
