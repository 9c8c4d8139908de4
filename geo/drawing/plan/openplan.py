"""Open plans: one space with several labels, parted where it is narrow; where it is not, nobody drew a border and none is invented."""

from collections.abc import Sequence

import numpy as np
import shapely
from scipy import ndimage
from shapely import Polygon

from geo.drawing.model import Floats, Ints
from geo.drawing.plan.linework import polygons, united

CELL_M = 0.02
"""Grid on which distance from the walls is taken; a border is off by a cell at most."""
NECK = 0.7
"""A border is one if the space is less wide there than this share of the narrower of the two parts at their widest."""
_STEP_M = 0.04
_MOST_CELLS = 500_000


def parted(space: Polygon, at: Floats) -> tuple[Polygon, ...] | None:
    """Return the part of a space around each of several points (n × 2, in the space), in their order; None where it does not narrow.

    Watershed of the distance from the walls: what is further from them than the widest neck falls apart into one core a point,
    and each place goes with the nearest core.
    """
    x0, y0, x1, y1 = space.bounds
    columns, rows = round((x1 - x0) / CELL_M) + 2, round((y1 - y0) / CELL_M) + 2
    if columns * rows > _MOST_CELLS:
        return None
    shapely.prepare(space)
    x, y = x0 + (np.arange(columns) - 0.5) * CELL_M, y0 + (np.arange(rows) - 0.5) * CELL_M
    inside = shapely.contains_xy(space, *np.meshgrid(x, y))
    clear = ndimage.distance_transform_edt(inside) * CELL_M
    places = np.floor((at - (x0, y0)) / CELL_M).astype(np.int64)[:, ::-1] + 1
    cores = _cores(clear, places)
    if cores is None:
        return None
    nearest = ndimage.distance_transform_edt(cores == 0, return_distances=False, return_indices=True)
    return _shapes(space, np.where(inside, cores[tuple(nearest)], 0), len(at), (x0, y0))


def _cores(clear: Floats, places: Ints) -> Ints | None:
    """Return the cells far enough from the walls that each of the places (row, column) has a core of its own, numbered from 1.

    None where they never fall apart, or where they are joined by more than a neck.
    """
    for wide in np.arange(_STEP_M, float(clear.max()), _STEP_M):
        far, _ = ndimage.label(clear > wide)
        rows, columns = ndimage.distance_transform_edt(far == 0, return_distances=False, return_indices=True)
        mine = [int(far[rows[row, column], columns[row, column]]) for row, column in places.tolist()]
        if len(set(mine)) == len(mine):
            widest = min(float(clear[far == number].max()) for number in mine)
            numbered = np.zeros(int(far.max()) + 1, np.int64)
            numbered[mine] = np.arange(1, len(mine) + 1)
            cores: Ints = numbered[far]
            return cores if wide < NECK * widest else None
    return None


def _shapes(space: Polygon, flooded: Ints, count: int, corner: tuple[float, float]) -> tuple[Polygon, ...] | None:
    """Return the parts as shapes that make up the space: runs of cells, cut out of it, what is left over going to the nearest."""
    found = []
    for number in range(1, count + 1):
        runs = []
        for row, cells in enumerate(flooded == number):
            edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8)))
            y = corner[1] + (row - 1) * CELL_M
            runs += [shapely.box(corner[0] + (a - 1) * CELL_M, y, corner[0] + (b - 1) * CELL_M, y + CELL_M) for a, b in edges.reshape(-1, 2).tolist()]
        found.append(united(runs))
    shapes: list[Polygon] = []
    for number, shape in enumerate(found):
        others = shapely.union_all(found[:number] + found[number + 1 :])
        grown = shapely.difference(shapely.intersection(shapely.buffer(shape, 2 * CELL_M, join_style="mitre"), space), others)
        taken = shapely.union_all(shapes) if shapes else Polygon()
        parts = polygons(shapely.difference(grown, taken))
        if not parts:
            return None
        shapes.append(shapely.simplify(parts[0], CELL_M))
    return tuple(shapes)


def areas_shared(areas_m2: Sequence[float], whole_m2: float) -> tuple[float, ...]:
    """Return areas of parts brought up to the area of the whole that they were cut from."""
    total = sum(areas_m2)
    return tuple(round(area * whole_m2 / total, 6) for area in areas_m2) if total else tuple(areas_m2)
