"""Single columns as bytes and back: numbers as they lie in memory, texts by their distinct values or joined, shapes as WKB."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from checks.records import Array

_BETWEEN = "\x1f"  # separates the texts of a column that are mostly distinct
_FEW = 4  # texts are written once each where this many rows share one on average
_PLAIN = {"f": "<f8", "i": "<i8", "b": "i1", "d": "<i8"}


class Damaged(ValueError):
    """The bytes are not those of packed records, or do not fit what the program knows."""


class Blobs:
    """Takes the arrays from the end of the bytes in the order in which the text names them."""

    def __init__(self, packed: bytes, at: int) -> None:
        """Begin at byte `at`."""
        self._packed, self._at = memoryview(packed), at

    def bytes(self, count: int) -> memoryview:
        """Return the next so many bytes."""
        if not 0 <= count <= len(self._packed) - self._at:
            raise Damaged("cut short")
        self._at += count
        return self._packed[self._at - count : self._at]

    def numbers(self, dtype: str, count: int) -> Array:
        """Return the next so many numbers, as an array of its own."""
        return np.frombuffer(self.bytes(np.dtype(dtype).itemsize * count), dtype).copy()

    def end(self) -> None:
        """Damaged unless everything was taken."""
        if self._at != len(self._packed):
            raise Damaged("more than was told")


def put(column: Array, blobs: list[bytes], *, shapes: bool = False) -> list[Any]:
    """Append a column's bytes to `blobs` and return how it is written; `shapes` says that it holds geometry and None."""
    if shapes:
        return _put_shapes(column, blobs)
    kind = column.dtype.kind
    if kind == "M":
        blobs.append(column.astype("datetime64[D]").astype("<i8").tobytes())
        return ["d"]
    if kind == "f":
        blobs.append(column.astype("<f8", copy=False).tobytes())
        return ["f"]
    if kind == "i":
        of = "b" if column.dtype.itemsize == 1 else "i"
        blobs.append(column.astype(_PLAIN[of], copy=False).tobytes())
        return [of]
    values = column.tolist()
    return _put_texts(values, blobs) if all(type(value) is str for value in values) else ["j", values]


def _put_shapes(column: Array, blobs: list[bytes]) -> list[Any]:
    written = shapely.to_wkb(column, output_dimension=4, include_srid=False, flavor="iso").tolist()
    lengths = np.array([-1 if one is None else len(one) for one in written], "<i8")
    whole = b"".join(one for one in written if one is not None)
    blobs += [lengths.tobytes(), whole]
    return ["w", len(whole)]


def _put_texts(values: list[str], blobs: list[bytes]) -> list[Any]:
    distinct = dict.fromkeys(values)
    if len(distinct) * _FEW <= len(values) or any(_BETWEEN in text for text in distinct):
        place = dict(zip(distinct, range(len(distinct)), strict=True))
        blobs.append(np.fromiter(map(place.__getitem__, values), "<i4", len(values)).tobytes())
        return ["t", list(distinct)]
    whole = _BETWEEN.join(values).encode("utf-8")
    blobs.append(whole)
    return ["s", len(whole)]


def take(how: Sequence[Any], blobs: Blobs, rows: int) -> tuple[str, Array]:
    """Return what a column holds ("f", "i", "b", "d", "t" for texts, "w" for shapes, "j" for a mixture) and the column of `rows` rows."""
    kind: str = how[0]
    told: Any = how[1] if len(how) > 1 else 0
    if kind in _PLAIN:
        numbers = blobs.numbers(_PLAIN[kind], rows)
        return kind, numbers.astype("datetime64[D]") if kind == "d" else numbers
    if kind == "t":
        return "t", _by_distinct(told, blobs.numbers("<i4", rows))
    if kind == "s":
        texts = str(blobs.bytes(told), "utf-8").split(_BETWEEN) if rows else []
        return "t", _column(texts, rows)
    if kind == "w":
        return "w", _shapes(blobs, rows, told)
    if kind == "j" and all(value is None or isinstance(value, str | int | float) for value in told):
        return "j", _column(told, rows)
    raise Damaged("a kind of column nobody writes")


def _by_distinct(texts: Any, places: Array) -> Array:
    if not all(isinstance(text, str) for text in texts) or (len(places) and not 0 <= places.min() <= places.max() < len(texts)):
        raise Damaged("texts")
    return _column(texts, len(texts))[places]


def _column(values: Sequence[Any], rows: int) -> Array:
    if len(values) != rows:
        raise Damaged("rows")
    column = np.empty(rows, object)
    column[:] = values
    return column


def _shapes(blobs: Blobs, rows: int, count: int) -> Array:
    lengths = blobs.numbers("<i8", rows)
    whole = bytes(blobs.bytes(count))
    sizes = np.maximum(lengths, 0)
    if len(lengths) and (lengths.min() < -1 or int(sizes.astype(object).sum()) != count):
        raise Damaged("shapes")
    ends = [0, *np.cumsum(sizes).tolist()]
    written = _column([None if length < 0 else whole[start:end] for length, (start, end) in zip(lengths.tolist(), pairwise(ends), strict=True)], rows)
    try:
        return np.asarray(shapely.from_wkb(written), dtype=object)
    except shapely.errors.ShapelyError as error:
        raise Damaged("shapes") from error
