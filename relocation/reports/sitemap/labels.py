"""Where names stand: beside what they name, inside the frame, off the lines and off each other where that can be had."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
RADII_MM = (2.4, 5.5, 10.0, 16.0)
ANGLES = tuple(np.pi / 4 * n for n in (0, 4, 7, 3, 1, 5, 6, 2))  # to the right and to the left first, as one reads
NARROW_EM, LINE_EM = 0.57, 1.25
LED_FROM_MM = 5.0
ON_LABEL, ON_SIGN, ON_LINE, FAR = 40.0, 8.0, 1.2, 0.12


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text of a size to be put beside a point of the paper; all in millimetres."""

    x: float
    y: float
    lines: tuple[str, ...]
    size_mm: float

    @property
    def width_mm(self) -> float:
        """How wide the longest line is, about: a Chinese sign is as wide as it is high."""
        return max((sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else NARROW_EM for sign in line) for line in self.lines), default=0.0) * self.size_mm

    @property
    def height_mm(self) -> float:
        """How high the lines stand together."""
        return len(self.lines) * self.size_mm * LINE_EM


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: its box (left, top, right, bottom), and whether a thin line must lead to what it names."""

    label: Label
    box: Box
    led: bool


def place(labels: Sequence[Label], lines: Floats, width_mm: float, height_mm: float, taken: Sequence[Box] = ()) -> list[Placed]:
    """Return labels in their order, each where it covers least: of labels placed before, of signs, of the points sampled on lines (n × 2)."""
    signs = np.array([(one.x, one.y) for one in labels]).reshape(-1, 2)
    placed: list[Placed] = []
    for label in labels:
        boxes, far = _candidates(label, width_mm, height_mm)
        costs = [_cost(box, [*taken, *(one.box for one in placed)], signs, lines) + FAR * away for box, away in zip(boxes, far, strict=True)]
        best = int(np.argmin(costs))
        placed.append(Placed(label, boxes[best], far[best] > LED_FROM_MM))
    return placed


def _candidates(label: Label, width_mm: float, height_mm: float) -> tuple[list[Box], list[float]]:
    """Return boxes around a point at growing distance, moved into the frame, and how far each stands off."""
    boxes, far = [], []
    wide, high = label.width_mm, label.height_mm
    for radius in RADII_MM:
        for angle in ANGLES:
            across, along = float(np.cos(angle)), float(np.sin(angle))
            left = label.x + across * radius - (wide if across < -0.1 else 0 if across > 0.1 else wide / 2)
            top = label.y - along * radius - (high if along > 0.1 else 0 if along < -0.1 else high / 2)
            left, top = min(max(left, 1.0), max(width_mm - wide - 1.0, 1.0)), min(max(top, 1.0), max(height_mm - high - 1.0, 1.0))
            boxes.append((left, top, left + wide, top + high))
            far.append(radius)
    return boxes, far


def _cost(box: Box, others: Sequence[Box], signs: Floats, lines: Floats) -> float:
    covered = sum(max(0.0, min(box[2], one[2]) - max(box[0], one[0])) * max(0.0, min(box[3], one[3]) - max(box[1], one[1])) for one in others)
    return ON_LABEL * covered + ON_SIGN * _within(signs, box, 1.0) + ON_LINE * _within(lines, box, 0.3)


def _within(points: Floats, box: Box, edge: float) -> float:
    if not len(points):
        return 0.0
    x, y = points[:, 0], points[:, 1]
    return float(np.count_nonzero((x > box[0] - edge) & (x < box[2] + edge) & (y > box[1] - edge) & (y < box[3] + edge)))
