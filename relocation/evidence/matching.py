"""Lays one sketch on another and says how far they are the same picture: not the same place, the same picture.

Hashes only propose where a copy may lie; here the part is fitted to the whole (position, size, slight turning: Gauss-Newton steps on six numbers,
coarse to fine, after Lucas and Kanade, 1981), and what is seen is compared block by block. Two photos of one place taken a moment apart differ in
some blocks by who walks by and in others by where the camera stood; a copy agrees in all of them but those somebody wrote on.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from relocation.evidence.fingerprint import PLAIN, SIDE, Floats, Grey, Span, averaging

Flags = npt.NDArray[np.bool_]

CELLS = 48
"""Cells of the grid's sides on which pictures are compared: as fine as a part of 40 % of a side is still known."""
BLOCKS = 6
LEAST_SEEN = 0.4
"""Share of the cells that must show something, of the whole and of a block."""
COPY = 0.82
"""Share of telling blocks from which on two pictures are called the same one; see `benchmarks/photo_copies.py` for what that gives and costs."""
HOPELESS = 0.75
"""Correlation of what is blurred below which nothing sharper will be found: even a stranger's sky lies above its hills."""
SETTLED = 0.7
"""Correlation from which on the fit is found, whatever it says; below it, the picture may lie turned, and is tried so."""
_TURNS = (0.0, 0.06, -0.06)
_BLURS = (3.0, 1.5, 0.7)
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Match:
    """How well a part fits: `agreeing` is the share of the blocks with anything to see in them that show the same, `whole` the correlation over all."""

    agreeing: float
    whole: float


NONE = Match(0.0, 0.0)


def match(part: Grey, whole: Grey, window: tuple[Span, Span]) -> Match:
    """Fit `part` into `whole`, beginning at the window ((left, right), (top, bottom), shares of `whole`), and compare them."""
    (left, right), (top, bottom) = window
    wanted = _averaged(part)
    if wanted.std() < PLAIN or (clear := _clear(wanted)).mean() < LEAST_SEEN:
        return NONE
    image, best = whole.astype(np.float64), NONE
    for turn in _TURNS:
        high, wide = bottom - top, right - left
        fit = np.array([[high, high * turn, top - high * turn / 2], [-wide * turn, wide, left + wide * turn / 2]]) * SIDE
        for blur in _BLURS:
            fit, alike = _fitted(wanted, clear.ravel(), image, fit, blur)
            if alike < HOPELESS or not _plausible(fit):
                break
        else:
            seen, inside = _seen(image, fit)
            best = max(best, _compared(wanted, seen, inside & clear & _clear(seen)), key=lambda one: (one.agreeing, one.whole))
        if best.agreeing >= COPY or best.whole > SETTLED:
            break
    return best


def _clear(grid: Floats) -> Flags:
    """Tell where a picture shows something: pure black and pure white are corners left by turning, light that ran over, plates with writing."""
    return np.asarray((grid > 3) & (grid < 250))


def _averaged(sketch: Grey) -> Floats:
    cells = averaging(((0.0, 1.0),), CELLS, SIDE)[0]
    return np.asarray(cells @ sketch.astype(np.float64) @ cells.T)


_AT = (np.arange(CELLS) + 0.5) / CELLS
_ROWS, _COLUMNS = (grid.ravel() for grid in np.meshgrid(_AT, _AT, indexing="ij"))
_ONES = np.ones(CELLS * CELLS)
_GRID = np.stack([_ROWS, _COLUMNS, _ONES])


def _fitted(wanted: Floats, clear: Flags, image: Floats, fit: Floats, blur: float) -> tuple[Floats, float]:
    """Return the fit after some steps at one sharpness (`blur`, in cells of the grid), and how far the two look alike at it."""
    target = _normal(_smooth(wanted, clear.reshape(wanted.shape), blur).ravel()[clear])
    grid = _GRID[:, clear]
    scale = float(np.sqrt(abs(np.linalg.det(fit[:, :2])))) / CELLS
    soft = ndimage.gaussian_filter(image, blur * scale, mode="nearest")
    down, across = np.gradient(soft)
    for _ in range(_STEPS):
        at = fit @ grid - 0.5
        values = ndimage.map_coordinates(soft, at, order=1, mode="nearest")
        spread = float(values.std()) or 1.0
        slopes = [ndimage.map_coordinates(slope, at, order=1, mode="nearest") / spread for slope in (down, across)]
        moves = np.stack([slope * axis for slope in slopes for axis in grid], axis=1)
        moves -= moves.mean(axis=0)
        square = moves.T @ moves
        step = np.linalg.solve(square + 1e-4 * np.trace(square) / 6 * np.eye(6), moves.T @ (target - _normal(values))).reshape(2, 3)
        fit = fit + step
        if np.abs(step).max() < 0.02 or not _plausible(fit):
            break
    values = ndimage.map_coordinates(soft, fit @ grid - 0.5, order=1, mode="nearest")
    return fit, float((target * _normal(values)).mean())


def _normal(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / (values.std() or 1.0))


def _plausible(fit: Floats) -> bool:
    """Tell whether a fit is still a part of about this size, turned by little: beyond that it has run away."""
    sizes = np.hypot(fit[0, :2], fit[1, :2]) / SIDE
    turned = max(abs(fit[0, 1]) / max(abs(fit[1, 1]), 1.0), abs(fit[1, 0]) / max(abs(fit[0, 0]), 1.0))
    return bool(sizes.min() >= 0.3 and sizes.max() <= 1.15 and turned < 0.25 and fit[0, 0] > 0 and fit[1, 1] > 0)


def _seen(image: Floats, fit: Floats) -> tuple[Floats, Flags]:
    """Return the image on the part's grid, each cell averaged over nine points, and which cells lie inside it."""
    total, inside = np.zeros(CELLS * CELLS), np.ones(CELLS * CELLS, dtype=np.bool_)
    for across in (-1 / 3, 0.0, 1 / 3):
        for down in (-1 / 3, 0.0, 1 / 3):
            at = fit @ np.stack([_ROWS + down / CELLS, _COLUMNS + across / CELLS, _ONES]) - 0.5
            total += ndimage.map_coordinates(image, at, order=1, mode="nearest")
            inside &= ((at >= -0.5) & (at <= SIDE - 0.5)).all(axis=0)
    return (total / 9).reshape(CELLS, CELLS), inside.reshape(CELLS, CELLS)


def _compared(wanted: Floats, seen: Floats, clear: Flags) -> Match:
    """Compare two aligned grids block by block where both show something, without their slow changes of light."""
    if clear.mean() < LEAST_SEEN:
        return NONE
    one, other = (grid - _smooth(grid, clear, CELLS / 8) for grid in (wanted, seen))
    whole = float(np.corrcoef(one[clear], other[clear])[0, 1])
    first, second, weight = (_blocks(grid) for grid in (one, other, clear.astype(np.float64)))
    full = weight.mean(axis=1) > LEAST_SEEN
    weight = weight[full] / weight[full].sum(axis=1, keepdims=True)
    first, second = (part[full] - (part[full] * weight).sum(axis=1, keepdims=True) for part in (first, second))
    spread = np.sqrt(np.stack([(part**2 * weight).sum(axis=1) for part in (first, second)]))
    telling = spread.max(axis=0) > max(0.25 * float(one[clear].std()), 1.0)
    if telling.sum() < BLOCKS:
        return NONE
    agree = (first * second * weight).sum(axis=1)[telling] / np.maximum(spread.prod(axis=0)[telling], 1e-9)
    return Match(float((agree >= 0.8).mean()), whole)


def _smooth(grid: Floats, clear: Flags, blur: float) -> Floats:
    """Return a grid without its fine detail, told by its clear cells alone; `blur` in cells."""
    known = clear.astype(np.float64)
    light, weight = (ndimage.gaussian_filter(values, blur, mode="nearest") for values in (grid * known, known))
    return np.asarray(light / np.maximum(weight, 1e-6))


def _blocks(grid: Floats) -> Floats:
    size = CELLS // BLOCKS
    return grid.reshape(BLOCKS, size, BLOCKS, size).swapaxes(1, 2).reshape(BLOCKS * BLOCKS, -1)
