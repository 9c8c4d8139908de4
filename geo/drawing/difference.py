"""What two drawings differ by, once one was laid over the other: plain facts, in a fixed order.

Metres where the unit of both is known, else drawing units of the old drawing (`Comparison.unit_m` is None). Positions are in the
axes of the old drawing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Alignment:
    """The similarity that takes the new drawing onto the old one: scale, then mirror, then turn, then shift.

    inlier: share of end points that meet within tolerance. residual: median distance of those, in metres (or units).
    status: aligned, by-hand (two clicks), refused.
    """

    scale: float
    rotation_deg: float
    dx: float
    dy: float
    mirrored: bool
    inlier: float
    residual: float
    status: str
    reason: str = ""  # key: why it was refused or what it rests on


@dataclass(frozen=True)
class Difference:
    """One difference: what happened to what kind of thing.

    op: added, removed, moved, changed. what: wall, line, arc, opening, room, area, text, dimension, override, hatch, block.
    before, after: text or figure, None where there is none. where: a point to zoom to. shape_before, shape_after: polylines
    to draw. moved_m: how far. change_set: number of the cloud it belongs to. weight: 0 noise below the reporting limit …
    3 touches area or a room. way: whither it moved as the old drawing hangs, right, up, left or down, "" where not moved or askew.
    rooms: names of the rooms it lies beside, of a room its own. outer: whether it is of a dwelling's outer wall.
    """

    id: str  # made of the facts, so that a decision survives a re-run
    op: str
    what: str
    layer: str
    before: str | float | None
    after: str | float | None
    where: tuple[float, float]
    shape_before: tuple[tuple[tuple[float, float], ...], ...] = ()
    shape_after: tuple[tuple[tuple[float, float], ...], ...] = ()
    moved_m: float | None = None
    change_set: int = 0
    weight: int = 1
    view: int = 0
    handles_before: tuple[str, ...] = ()
    handles_after: tuple[str, ...] = ()
    way: str = ""
    rooms: tuple[str, ...] = ()
    outer: bool = False


@dataclass(frozen=True)
class ChangeSet:
    """Differences near each other, under one cloud."""

    number: int
    box: tuple[float, float, float, float]
    cloud: tuple[tuple[float, float], ...]
    members: tuple[str, ...]  # ids of differences
    counts: Mapping[str, int] = field(default_factory=dict)  # "op what" → n


@dataclass(frozen=True)
class Tolerances:
    """How near is the same; lengths in metres."""

    match_m: float = 0.001
    report_m: float = 0.005
    text_m: float = 0.025
    cloud_gap_m: float = 0.6


@dataclass(frozen=True)
class Comparison:
    """Old against new: alignment of each view, differences, clouds, and what was not compared."""

    unit_m: float | None
    alignments: tuple[Alignment, ...]
    differences: tuple[Difference, ...]
    change_sets: tuple[ChangeSet, ...]
    folded: Mapping[str, int] = field(default_factory=dict)  # noise folded away: layer renames, hatch pattern, below 5 mm
    not_compared: Mapping[str, int] = field(default_factory=dict)  # reason → number of entities
    compared: int = 0
    tolerances: Tolerances = field(default_factory=Tolerances)
