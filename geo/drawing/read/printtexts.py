"""The texts of a printed page: pieces of a PDF as they were set, put together where they are one line of writing."""

import math
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from geo.drawing.affine import Affine
from geo.drawing.model import Text

CAPITAL = 0.72
"""Height of a capital or a figure as a share of the type's size: drawings give the height, prints the size."""


class Set(NamedTuple):
    """One piece of type in millimetres of paper: where it begins and where it ends."""

    value: str
    x: float
    y: float
    size: float
    rotation: float
    end_x: float
    end_y: float


def piece_of(found: Any, matrix: Affine) -> Set | None:
    """Return a text object as a piece; None for blanks and for the invisible text that is laid over scans."""
    if pdfium.FPDFTextObj_GetTextRenderMode(found.raw) in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
        return None
    value = found.extract().replace("\x00", "").rstrip()  # PDFium puts a blank behind where the next piece is further on
    if not value:
        return None
    x, y = matrix.e, matrix.f
    rotation = math.atan2(matrix.b, matrix.a)
    size = found.get_font_size() * math.hypot(matrix.c, matrix.d)
    reach = _reach(found, value) * math.hypot(matrix.a, matrix.b)
    return Set(value, x, y, size, rotation, x + reach * math.cos(rotation), y + reach * math.sin(rotation))


def _reach(found: Any, value: str) -> float:
    """Return how far a piece reaches in its own axes: a sign of ASCII takes half of its size, another the whole."""
    return float(found.get_font_size()) * sum(0.5 if sign < "\x7f" else 1.0 for sign in value)


def texts_of(pieces: list[Set], entity: Any) -> list[Text]:
    """Return whole texts; `entity` begins an entity and returns its row."""
    lines: list[Set] = []
    for piece in pieces:
        if lines and _goes_on(lines[-1], piece):
            before = lines[-1]
            lines[-1] = before._replace(value=before.value + piece.value, end_x=piece.end_x, end_y=piece.end_y)
        else:
            lines.append(piece)
    return [Text(line.value.strip(), line.x, line.y, line.size * CAPITAL, line.rotation, entity()) for line in lines if line.value.strip()]


def _goes_on(line: Set, piece: Set) -> bool:
    """Return whether a piece stands right behind the line, on its baseline and as large."""
    if abs(piece.rotation - line.rotation) > 0.01 or not 0.8 <= piece.size / max(line.size, 1e-9) <= 1.25:
        return False
    dx, dy = piece.x - line.end_x, piece.y - line.end_y
    along = dx * math.cos(line.rotation) + dy * math.sin(line.rotation)
    beside = abs(dy * math.cos(line.rotation) - dx * math.sin(line.rotation))
    return beside < 0.2 * line.size and -0.4 * line.size < along < 0.35 * line.size
