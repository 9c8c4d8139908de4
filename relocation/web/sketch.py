"""A small drawing of one place and the four it is measured against: north up, one scale both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

WIDTH_PX, HEIGHT_PX, EDGE_PX, LINE_PX = 640, 300, 46, 17
M_A_DEGREE = 111_320.0
"""Metres of one degree of latitude; good to half a percent, and the drawing has no finer lines."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One target on the drawing, with where its name stands."""

    kind: str
    name: str
    near: bool
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The place itself, its targets, and the bar of the scale."""

    x: float
    y: float
    spots: tuple[Spot, ...]
    scale_px: float
    scale_m: int


def sketch(position: tuple[float, float] | None, near: Mapping[str, Any]) -> Sketch | None:
    """Lay out a place (lon, lat) and its nearest targets; None where there is no position or no placed target."""
    placed = {kind: target for kind, target in near.items() if target.get("lon") is not None and target.get("lat") is not None}
    if position is None or not placed:
        return None
    east = M_A_DEGREE * cos(radians(position[1]))
    away = {kind: ((t["lon"] - position[0]) * east, (t["lat"] - position[1]) * M_A_DEGREE) for kind, t in placed.items()}
    xs, ys = [0.0, *(x for x, _ in away.values())], [0.0, *(y for _, y in away.values())]
    m_a_px = max((max(xs) - min(xs)) / (WIDTH_PX - 4 * EDGE_PX), (max(ys) - min(ys)) / (HEIGHT_PX - 2 * EDGE_PX), 1.0)
    left = WIDTH_PX / 2 - (max(xs) + min(xs)) / 2 / m_a_px
    top = HEIGHT_PX / 2 + (max(ys) + min(ys)) / 2 / m_a_px
    spots = _apart([_spot(kind, placed[kind], left + x / m_a_px, top - y / m_a_px, left) for kind, (x, y) in away.items()])
    scale_m = _round_length(m_a_px * 110)
    return Sketch(round(left, 1), round(top, 1), spots, round(scale_m / m_a_px, 1), scale_m)


def _spot(kind: str, target: Mapping[str, Any], x: float, y: float, middle: float) -> Spot:
    right = x >= middle
    label_x = x + (12 if right else -12)
    state = str(target.get("state", ""))
    return Spot(
        kind, str(target.get("name") or ""), state == "within", round(x, 1), round(y, 1), round(label_x, 1), round(y + 4.5, 1), "start" if right else "end"
    )


def _apart(spots: list[Spot]) -> tuple[Spot, ...]:
    """Move names on the same side down until none lies on another."""
    moved: list[Spot] = []
    for spot in sorted(spots, key=lambda one: one.label_y):
        above = [one.label_y for one in moved if one.anchor == spot.anchor]
        moved.append(replace(spot, label_y=max([spot.label_y, *(y + LINE_PX for y in above)])))
    return tuple(moved)


def _round_length(most_m: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20 … metres that is not above `most_m`."""
    step = 1
    while step * 10 <= most_m:
        step *= 10
    return max(n * step for n in (1, 2, 5) if n * step <= max(most_m, 1))
