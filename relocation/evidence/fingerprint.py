"""The fingerprint of a picture: a small grey sketch of it and the perceptual hashes of the whole and of 255 crops.

A perceptual hash is the signs of the lowest frequencies of the picture (discrete cosine transform): what stays when a picture is resized, saved
anew or made lighter. A cropped copy answers to no hash of the whole, so every crop that takes up to 30 % off any side, by steps of 10 %, has its own.
All of them come out of two products of matrices, because crop, averaging and transform are linear along each axis.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
Grey = npt.NDArray[np.uint8]

SIDE = 128
"""Pixels of the sketch's sides; any picture is squeezed into that square, since a crop may change both sides' proportion."""
FREQUENCIES = 8
FROM = (0.0, 0.1, 0.2, 0.3)
TO = (1.0, 0.9, 0.8, 0.7)
WINDOWS = (len(FROM) * len(TO)) ** 2
PLAIN = 6.0
"""Deviation of the grey values below which a picture shows nothing that could be known again: a wall, the night, a sheet of paper."""
VERSION = b"\x01"

Span = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What is kept of a picture to know it again. `hashes` are those of `windows()`, the whole first."""

    sketch: Grey
    hashes: Hashes

    @property
    def plain(self) -> bool:
        """Whether it shows too little to be known again."""
        return float(self.sketch.std()) < PLAIN

    def packed(self) -> bytes:
        """Return it as bytes."""
        return VERSION + self.sketch.tobytes() + self.hashes.astype("<u8").tobytes()


def unpacked(data: bytes) -> Fingerprint:
    """Return the fingerprint that `Fingerprint.packed` wrote; ValueError for anything else."""
    if len(data) != 1 + SIDE * SIDE + 8 * WINDOWS or data[:1] != VERSION:
        raise ValueError("no fingerprint of this kind")
    sketch = np.frombuffer(data, np.uint8, SIDE * SIDE, 1).reshape(SIDE, SIDE)
    return Fingerprint(sketch, np.frombuffer(data, "<u8", WINDOWS, 1 + SIDE * SIDE).astype(np.uint64))


def fingerprint(grey: npt.NDArray[np.uint8]) -> Fingerprint:
    """Return the fingerprint of a picture of any size, given as grey values (rows, columns)."""
    high, wide = grey.shape
    sketch = averaging(((0.0, 1.0),), SIDE, high)[0] @ grey.astype(np.float64) @ averaging(((0.0, 1.0),), SIDE, wide)[0].T
    square = np.clip(np.rint(sketch), 0, 255).astype(np.uint8)
    return Fingerprint(square, window_hashes(square, spans(), spans()))


@cache
def spans() -> tuple[Span, ...]:
    """Return the parts of one axis that are hashed, the whole first."""
    return tuple((start, end) for start in FROM for end in TO)


def windows() -> list[tuple[Span, Span]]:
    """Return the windows in the order of their hashes: (left, right), (top, bottom) as shares of the picture."""
    return [(across, down) for down in spans() for across in spans()]


def window_hashes(sketch: Grey, down: tuple[Span, ...], across: tuple[Span, ...]) -> Hashes:
    """Return a hash for every pair of a part of the rows and a part of the columns, row parts outermost."""
    found = _transform(down, sketch.shape[0]) @ sketch.astype(np.float64) @ _transform(across, sketch.shape[1]).T
    each = found.reshape(len(down), FREQUENCIES, len(across), FREQUENCIES).swapaxes(1, 2).reshape(-1, FREQUENCIES * FREQUENCIES)
    bits = each > np.median(each[:, 1:], axis=1)[:, None]
    bits[:, 0] = False  # how light the whole is says nothing of what it shows
    weights = np.uint64(1) << np.arange(FREQUENCIES * FREQUENCIES, dtype=np.uint64)
    return np.asarray((bits * weights).sum(axis=1, dtype=np.uint64))


@cache
def _transform(parts: tuple[Span, ...], length: int) -> Floats:
    """Return the matrix that takes each part's lowest frequencies from an axis, part by part."""
    points = 4 * FREQUENCIES
    wave = np.cos(np.pi / points * (np.arange(points) + 0.5)[None, :] * np.arange(FREQUENCIES)[:, None])
    return np.asarray((wave @ averaging(parts, points, length)).reshape(-1, length))


@cache
def averaging(parts: tuple[Span, ...], cells: int, length: int) -> Floats:
    """Return (part, cell, pixel): how much each pixel of an axis weighs in each of the equal cells of a part of it; a pixel cut in two weighs in both."""
    edges = np.array([[start + (end - start) * cell / cells for cell in range(cells + 1)] for start, end in parts]) * length
    pixel = np.arange(length)
    lower, upper = edges[:, :-1, None], edges[:, 1:, None]
    covered = np.clip(np.minimum(upper, pixel + 1) - np.maximum(lower, pixel), 0, None)
    return np.asarray(covered / covered.sum(axis=2, keepdims=True))


def distance(one: Hashes, other: Hashes) -> npt.NDArray[np.uint8]:
    """Return in how many of 63 bits hashes differ, element by element."""
    return np.asarray(np.bitwise_count(one ^ other))
