"""One unit plan: a floor with the texts that belong to it, its outline, rooms, openings, and what is not sure about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.dwelling import Opening, Reason, Room, UnitPlan
from geo.drawing.model import Floats
from geo.drawing.plan.annotations import Said, gross_areas_in, persons_in, unit_label
from geo.drawing.plan.basis import Reading, loudest
from geo.drawing.plan.openings import Gap
from geo.drawing.plan.outline import Floor, balcony_area_m2, without
from geo.drawing.plan.plumb import GRID_M, Axes
from geo.drawing.plan.rooms import is_apart, rooms_of
from geo.drawing.plan.storeys import storey_of
from geo.drawing.plan.tables import without_others
from geo.drawing.plan.walls import THICKEST_M, Walls

SMALLEST_DWELLING_M2 = 8.0
"""A floor below this that nobody calls a unit type is a shed, a shaft or a sample."""
THICKNESS_ERROR_M = 0.12
"""How far the outer face of a wall drawn as one line may be off where nothing says how thick it is: half of a 240 wall either way."""

MOST_ERROR_SHARE = 0.03
"""An area that may be off by more than this is not told; its outline is, for an engineer to set right."""
WRITTEN_SHARE, WRITTEN_M2 = 0.01, 0.10
"""A written area is borne out within whichever of these is more."""
_LARGE_M2 = 6.0
"""A space of this size that has no name may be a yard or a neighbour's room."""


@dataclass(frozen=True)
class Ground:
    """What a floor was found among. texts and at: those nearest to it, places (n × 2) in the axes of the walls; balcony: its lines, n × 4."""

    walls: Walls
    texts: Sequence[Said]
    at: Floats
    balcony: Floats


def plan_of(reading: Reading, ground: Ground, floor: Floor, doubts: Sequence[Reason]) -> UnitPlan | None:
    """Return the unit plan of a floor; None for a floor that is no dwelling. doubts: why the floor itself is not sure."""
    naming, axes, texts = reading.naming, ground.walls.axes, sorted(ground.texts, key=loudest)
    labels = labels_of(reading, without_others(texts))
    texts = without_others(texts, labels[0] if labels else "")
    rooms = rooms_of(floor.spaces, ground.texts, ground.at, naming)
    if not labels and (floor.outline.area < SMALLEST_DWELLING_M2 or not any(room.labels for room in rooms)):
        return None
    apart = [room for room in rooms if is_apart(room, naming, own_stairs=bool(storey_of(texts)))]
    outline = without(floor, [room.outline for room in apart])
    bridged = [gap for gap in floor.gaps if gap.bridged and outline.distance(gap.ring) < GRID_M]
    own = [_unsure(room, bridged) for room in rooms if room not in apart]
    areas = [area for one in texts for area in gross_areas_in(one.text.value, naming)]
    walled = _walled_m2(floor, outline, [room for room in apart if any(naming.says("balcony", label) for label in room.labels)])
    error_m2 = _error_m2(ground.walls, floor, outline, bridged, doubts)
    return UnitPlan(
        label=labels[0] if labels else "",
        outline=axes.drawn_shape(outline),
        gross_m2=_gross_m2(outline, error_m2 - floor.party_m2, areas, doubts),
        gross_error_m2=round(error_m2, 6),
        balcony_m2=round(balcony_area_m2(outline, ground.balcony) + walled, 6),
        annotated_m2=areas[0] if areas else None,
        persons=tuple(dict.fromkeys(number for one in texts for number in persons_in(one.text.value, naming))),
        rooms=tuple(replace(room, outline=axes.drawn_shape(room.outline)) for room in own),
        openings=_openings(floor.gaps, outline, axes),
        open_because=(*doubts, *_doubts(labels, areas, floor, own)),
    )


def labels_of(reading: Reading, texts: Iterable[Said]) -> list[str]:
    """Return the unit types that texts name, each once, in the texts' order; those on a frame's layer last."""
    on_frame = reading.roles.having("frame")
    called = sorted(texts, key=lambda one: bool(on_frame[one.text.of]))
    return list(dict.fromkeys(name for one in called if (name := unit_label(one.flat))))


def _gross_m2(outline: Polygon, error_m2: float, areas: Sequence[float], doubts: Sequence[Reason]) -> float | None:
    """Return the area, None where it is no measurement: a room is missing, too much was bridged or assumed, or guessed walls bear out no written area."""
    borne_out = any(abs(area - outline.area) <= max(WRITTEN_SHARE * outline.area, WRITTEN_M2) for area in areas)
    if "outline-partial" in doubts or error_m2 > MOST_ERROR_SHARE * outline.area or ("walls-guessed" in doubts and not borne_out):
        return None
    return round(outline.area, 6)


def _error_m2(walls: Walls, floor: Floor, outline: Polygon, bridged: Sequence[Gap], doubts: Sequence[Reason]) -> float:
    """Return how far the area may be off: corners moved on to the grid, walls nobody drew or measured, the neighbour's half of party walls."""
    thick = THICKNESS_ERROR_M * outline.length if "thickness-unknown" in doubts else 0.0
    return walls.off_grid_m * outline.length + sum(gap.ring.area for gap in bridged) + thick + floor.party_m2


def _unsure(room: Room, bridged: Sequence[Gap]) -> Room:
    return replace(room, confidence="estimated") if any(room.outline.distance(gap.ring) < GRID_M for gap in bridged) else room


def _walled_m2(floor: Floor, outline: Polygon, balconies: Sequence[Room]) -> float:
    """Return the area of balconies behind walls of their own, to the outer face."""
    if not balconies:
        return 0.0
    around = shapely.union_all([room.outline.buffer(THICKEST_M, join_style="mitre") for room in balconies])
    return float(shapely.intersection(shapely.difference(floor.outline, outline), around).area)


def _openings(gaps: Iterable[Gap], outline: Polygon, axes: Axes) -> tuple[Opening, ...]:
    found = []
    for gap in gaps:
        if gap.kind != "passage" and outline.distance(gap.ring) < 0.01:
            x, y = axes.drawn(np.array(gap.middle))
            found.append(Opening(gap.kind, gap.width_m, round(float(x), 4), round(float(y), 4)))
    return tuple(found)


def _doubts(labels: Sequence[str], areas: Sequence[float], floor: Floor, rooms: Sequence[Room]) -> Iterator[Reason]:
    if len(labels) != 1:
        yield "labels-many" if labels else "unlabelled"
    if len(set(areas)) > 1:
        yield "areas-differ"
    if floor.party_m2:
        yield "party-wall"
    if any(not room.labels and room.area_m2 >= _LARGE_M2 for room in rooms):
        yield "room-unlabelled"
    if any(room.confidence == "estimated" for room in rooms):
        yield "rooms-estimated"
