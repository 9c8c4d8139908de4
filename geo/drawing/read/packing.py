"""A Drawing as bytes and back: for the border between two processes and for the store. The same drawing gives the same bytes.

Layout: eight bytes of name and version, the length of a JSON text (8 bytes, little-endian), that text, then the numbers of all
arrays one after the other as little-endian 64-bit columns. Nothing in it can run: no pickle, and sizes are checked against the bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.drawing.model import (
    Arcs,
    Curve,
    Dimension,
    Drawing,
    DrawingLayer,
    Entities,
    Hatch,
    Insert,
    Lineage,
    Lines,
    Repair,
    Space,
    Text,
)

MAGIC = b"DRAWING1"
_CLASSES = {made.__name__: made for made in (Arcs, Curve, Dimension, Drawing, DrawingLayer, Entities, Hatch, Insert, Lineage, Lines, Repair, Space, Text)}
_ROWS = (Curve, Dimension, DrawingLayer, Hatch, Insert, Repair, Space, Text)
Array = NDArray[Any]


class Damaged(ValueError):
    """The bytes are not those of a packed drawing."""


def pack(drawing: Drawing) -> bytes:
    """Return the drawing as bytes."""
    arrays: list[Array] = []
    text = json.dumps(_plain(drawing, arrays), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    numbers = b"".join(array.astype("<i8" if array.dtype.kind == "i" else "<f8", copy=False).tobytes() for array in arrays)
    return MAGIC + len(text).to_bytes(8, "little") + text + numbers


def _plain(value: Any, arrays: list[Array]) -> Any:
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"#": "i" if value.dtype.kind == "i" else "f", "shape": list(value.shape)}
    if isinstance(value, datetime):
        return {"@": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        return {"=": type(value).__name__, "v": [_plain(getattr(value, one.name), arrays) for one in fields(value)]}
    if isinstance(value, tuple):
        if value and type(value[0]) in _ROWS:  # many of one kind: the name once
            return {"*": type(value[0]).__name__, "v": [[_plain(getattr(row, one.name), arrays) for one in fields(row)] for row in value]}
        return [_plain(item, arrays) for item in value] if value and not isinstance(value[0], str) else list(value)
    if isinstance(value, Mapping):
        return {"%": [[key, _plain(item, arrays)] for key, item in value.items()]}
    return value


def unpack(packed: bytes) -> Drawing:
    """Return the drawing that `packed` holds; raises Damaged for anything else."""
    if packed[:8] != MAGIC:
        raise Damaged("not a packed drawing")
    end = 16 + int.from_bytes(packed[8:16], "little")
    try:
        reader = _Numbers(packed, end)
        made = reader.value(json.loads(packed[16:end].decode("utf-8")))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError) as error:
        raise Damaged("damaged") from error
    if not isinstance(made, Drawing) or reader.at != len(packed):
        raise Damaged("damaged")
    return made


class _Numbers:
    """Takes the arrays from the end of the bytes in the order in which the text names them."""

    def __init__(self, packed: bytes, at: int) -> None:
        self.packed, self.at = packed, at

    def value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple(plain) if not plain or isinstance(plain[0], str | int | float) else tuple(self.value(item) for item in plain)
        if not isinstance(plain, dict):
            return plain
        if "#" in plain:
            return self._array(plain["#"], plain["shape"])
        if "@" in plain:
            return datetime.fromisoformat(plain["@"])
        if "%" in plain:
            return {key: self.value(item) for key, item in plain["%"]}
        if "*" in plain:
            row = _CLASSES[plain["*"]]
            return tuple(row(*[self.value(item) for item in values]) for values in plain["v"])
        return _CLASSES[plain["="]](*[self.value(item) for item in plain["v"]])

    def _array(self, kind: str, shape: list[int]) -> Array:
        count = int(np.prod(shape, dtype=object))
        if count < 0 or self.at + 8 * count > len(self.packed):
            raise Damaged("cut short")
        array = np.frombuffer(self.packed, "<i8" if kind == "i" else "<f8", count, self.at).reshape(shape)
        self.at += 8 * count
        return array.astype(np.int64 if kind == "i" else np.float64)
