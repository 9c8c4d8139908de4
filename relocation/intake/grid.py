"""A grid of slopes (ESRI ASCII, .asc) to the layer of steep slopes: cells steeper than the law's number become its zones.

GDAL's drivers for grids stay shut: the format is six numbers and a table of others. It names no coordinate system and no
unit, so both are said by whoever brings it: the system with it, and degrees by the layer it is brought as.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from geo.crs import Crs
from geo.grid import MOST_RUNS, Grid, TooRagged, over, unsaid
from relocation.intake.assemble import Told
from relocation.intake.guard import Guard
from relocation.intake.ledger import LayerFile
from relocation.intake.placing import Place, named_or_refused
from relocation.intake.refusal import Note, Words

SLOPES = "steep_slopes"
CELLS, LONGEST_LINE = 9_000_000, 4_000_000
"""A county of 90 by 90 kilometres in cells of 30 metres has as many."""
STEEPEST = 90.0
METRES_A_DEGREE = 111_320.0
_NEEDED = ("ncols", "nrows", "cellsize")
_CORNERS = ("xllcorner", "yllcorner", "xllcenter", "yllcenter")
_KNOWN = {*_NEEDED, *_CORNERS, "nodata_value"}


def read_grid(path: Path, guard: Guard, told: Told, as_kind: str | None) -> list[LayerFile]:
    """Read a grid of slopes in degrees as layer of steep slopes; Unusable where it is none, or its system, county or limit is not said."""
    if as_kind != f"layer:{SLOPES}":
        raise guard.refuse("grid-not-slopes", layer=SLOPES)
    if not told.crs:
        raise guard.refuse("grid-no-crs")
    if not told.county:
        raise guard.refuse("grid-no-county")
    if told.steep_over is None:
        raise guard.refuse("grid-no-limit")
    crs = named_or_refused(told.crs, Place(told.file, ""))
    with path.open(encoding="ascii", errors="replace") as lines:
        grid = _read(lines, guard, crs)
    try:
        return [_layer_file(grid, told, told.county, told.steep_over)]
    except TooRagged as noise:
        raise guard.refuse("grid-ragged", runs=int(noise.args[0]), limit=MOST_RUNS) from None


def _read(lines: IO[str], guard: Guard, crs: Crs) -> Grid:
    head, first, number = _head(lines, guard)
    columns, rows = _whole(head, "ncols", guard), _whole(head, "nrows", guard)
    if columns * rows > CELLS:
        raise guard.refuse("grid-too-large", cells=columns * rows, limit=CELLS)
    values, met = np.empty(columns * rows), 0
    for place, line in _numbered(first, lines, number, guard):
        cells = _numbers(line, place, guard)
        if met + len(cells) > len(values):
            raise guard.refuse("grid-cells", wanted=len(values), found=f"> {len(values)}")
        values[met : met + len(cells)] = cells
        met += len(cells)
    if met != len(values):
        raise guard.refuse("grid-cells", wanted=len(values), found=met)
    values[values == head.get("nodata_value", -9999.0)] = np.nan
    table = values.reshape(rows, columns)
    wrong = np.argwhere(~np.isnan(table) & ~((table >= 0) & (table <= STEEPEST)))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise guard.refuse("grid-not-degrees", row=row + 1, column=column + 1, value=float(table[row, column]))
    half = head["cellsize"] / 2
    west, south = (head[f"{axis}llcorner"] if f"{axis}llcorner" in head else head[f"{axis}llcenter"] - half for axis in "xy")
    return Grid(table, west, south, head["cellsize"], crs)


def _head(lines: IO[str], guard: Guard) -> tuple[dict[str, float], str, int]:
    """Return what the lines before the cells say, the first line of cells and its number."""
    head: dict[str, float] = {}
    line, number = "", 0
    for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), ""), 1):
        parts = line.split()
        name = parts[0].lower() if parts else ""
        if name not in _KNOWN or len(parts) != 2 or name in head:
            break
        head[name] = float(_numbers(parts[1], number, guard)[0])
    lacking = [name for name in _NEEDED if head.get(name, 0) <= 0]
    lacking += [f"{axis}llcorner" for axis in "xy" if not {f"{axis}llcorner", f"{axis}llcenter"} & set(head)]
    if lacking:
        raise guard.refuse("grid-heading", lacking=", ".join(lacking))
    return head, line, number


def _whole(head: dict[str, float], name: str, guard: Guard) -> int:
    if head[name] != int(head[name]):
        raise guard.refuse("grid-heading", lacking=name)
    return int(head[name])


def _numbered(first: str, lines: IO[str], number: int, guard: Guard) -> Iterator[tuple[int, str]]:
    yield number, first
    for place, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), ""), number + 1):
        if len(line) >= LONGEST_LINE:
            raise guard.refuse("grid-number", line=place, value="…")
        yield place, line


def _numbers(text: str, line: int, guard: Guard) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    words = text.split()
    try:
        numbers = np.array(words, dtype=np.float64)
    except ValueError:
        numbers = np.full(1, np.nan)
    if not np.isfinite(numbers).all():
        wrong = next((word for word in words if not _is_number(word)), words[0])
        raise guard.refuse("grid-number", line=line, value=wrong[:40])
    return numbers


def _is_number(word: str) -> bool:
    try:
        return bool(np.isfinite(float(word)))
    except ValueError:
        return False


def _layer_file(grid: Grid, told: Told, county: str, limit: float) -> LayerFile:
    from geo.layer import UNCOVERED, Layer

    zones = over(grid, limit)
    shapes = np.empty(len(zones) + 1, dtype=object)
    shapes[:] = [*zones, unsaid(grid)]
    cell_m = grid.cell * (METRES_A_DEGREE if grid.cell < 1 else 1.0)  # no grid of slopes has cells of less than a metre or of a degree
    name = f"坡度大于 {limit:g} 度（栅格第 {{}} 块）"
    layer = Layer(
        SLOPES,
        (*(name.format(number) for number in range(1, len(zones) + 1)), "栅格没有坡度的地方"),
        shapes,
        np.full(len(shapes), county, dtype=object),
        np.full(len(shapes), cell_m / np.sqrt(2)),
        str(grid.crs),
        told.file,
        "",
        "",
        {UNCOVERED: np.array([*[False] * len(zones), True], dtype=object)},
    )
    known, steep = np.count_nonzero(~np.isnan(grid.values)), int(np.count_nonzero(np.nan_to_num(grid.values) > limit))
    facts: dict[str, str | int | float | Words] = {"cells": grid.values.size, "known": int(known), "steep": steep, "limit": f"{limit:g}", "zones": len(zones)}
    note = Note("grid-read", told.file, facts=facts)
    return LayerFile(layer, told.file, "", np.arange(1, len(shapes) + 1, dtype=np.int64), len(shapes), (), (note,))
