"""A grid of cells on the ground: which of them exceed a value, as outlines, and the ground of which the grid says nothing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import Crs, to_wgs84

Floats = npt.NDArray[np.float64]

AROUND_CELLS = 32
"""An edge is given a corner at least every so many cells, so that it follows the ground when it is brought to another system."""

COUNTRY = (73.0, 3.0, 136.0, 54.0)
"""West, south, east and north of all ground a county of the country may have, degrees."""


MOST_RUNS = 400_000
"""So many stretches of wanted cells in a row are joined into outlines; real ground has far fewer, noise has more."""


class TooRagged(ValueError):
    """The wanted cells lie in more separate stretches than outlines can be made of."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows from north to south, NaN where nothing is known; `west`, `south` and `cell` in the units of `crs` (degrees or metres)."""

    values: Floats
    west: float
    south: float
    cell: float
    crs: Crs


def over(grid: Grid, limit: float) -> list[shapely.Geometry]:
    """Return the outlines, in WGS-84 degrees, of the connected grounds whose cells exceed `limit`; cells at the limit do not. TooRagged for noise."""
    with np.errstate(invalid="ignore"):
        return _outlines(grid, grid.values > limit)


def unsaid(grid: Grid) -> shapely.Geometry:
    """Return all ground of the country, in WGS-84 degrees, that no cell with a value covers. TooRagged as for `over`."""
    covered = _outlines(grid, ~np.isnan(grid.values))
    return shapely.difference(shapely.box(*COUNTRY), shapely.union_all(covered))


def _outlines(grid: Grid, wanted: npt.NDArray[np.bool_]) -> list[shapely.Geometry]:
    """Join the wanted cells, row by row into runs and the runs into outlines, and bring these to WGS-84."""
    edges = np.diff(np.pad(wanted, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)  # in the same order: every run has one start and one end
    if not len(row):
        return []
    if len(row) > MOST_RUNS:
        raise TooRagged(len(row))
    joined = shapely.union_all(shapely.box(start, row, end, row + 1))
    parts = shapely.get_parts(shapely.segmentize(joined, AROUND_CELLS))
    return list(shapely.transform(parts, lambda corners: _on_the_ground(grid, corners)))


def _on_the_ground(grid: Grid, corners: Floats) -> Floats:
    """Return the WGS-84 positions of corners given in cells from the west and in rows from the north."""
    x = grid.west + corners[:, 0] * grid.cell
    y = grid.south + (len(grid.values) - corners[:, 1]) * grid.cell
    return np.column_stack(to_wgs84(x, y, grid.crs))
