"""Rooms: clear spaces with the labels and written areas that stand in them."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.dwelling import Room
from geo.drawing.model import Floats
from geo.drawing.plan.annotations import Said, room_label
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.openplan import areas_shared, parted
from geo.drawing.text import areas_in

_NOT_A_ROOM = ("gross", "net", "shared", "unit", "persons")


def rooms_of(spaces: Sequence[Polygon], texts: Sequence[Said], at: Floats, naming: Naming) -> list[Room]:
    """Return the rooms of clear spaces: one a space, or one a label where a space of several labels narrows between them.

    at: where the texts stand (n × 2, in the axes of the spaces). A written area belongs to the space it stands in; where several
    labels share a space it is the sum of theirs, and none where some have none.
    """
    names = [room_label(one.text.value, naming) for one in texts]
    areas = [() if any(naming.says(role, one.text.value) for role in _NOT_A_ROOM) else areas_in(one.text.value) for one in texts]
    return [room for space in spaces for room in _in_space(space, at, names, areas)]


def _in_space(space: Polygon, at: Floats, names: Sequence[str], areas: Sequence[tuple[float, ...]]) -> Iterator[Room]:
    inside = np.flatnonzero(shapely.contains_xy(space, at[:, 0], at[:, 1])).tolist() if len(at) else []
    labelled = [row for row in inside if names[row]]
    written = [(row, area) for row in inside for area in areas[row]]
    parts = parted(space, at[labelled]) if len(labelled) > 1 else None
    if parts is None:
        yield Room(tuple(names[row] for row in labelled), round(space.area, 6), space, _sum(written, len(labelled)), "exact")
        return
    sizes = areas_shared([part.area for part in parts], space.area)
    for row, part, size in zip(labelled, parts, sizes, strict=True):
        mine = [(other, area) for other, area in written if labelled[int(np.argmin(np.hypot(*(at[labelled] - at[other]).T)))] == row]
        yield Room((names[row],), size, part, _sum(mine, 1), "estimated")


def _sum(written: Sequence[tuple[int, float]], labels: int) -> float | None:
    """Return the area that is written of a space: the sum where each label has one, the one that all agree on, else none."""
    figures = [area for _, area in written]
    if figures and len(figures) == max(labels, 1):
        return round(sum(figures), 4)
    return figures[0] if labels <= 1 and len(set(figures)) == 1 else None


def is_apart(room: Room, naming: Naming, own_stairs: bool = False) -> bool:
    """Tell whether a room is no part of the dwelling's own floor: a balcony, a yard, a stairwell unless it is the dwelling's own."""
    return bool(room.labels) and all(naming.says("balcony", label) or _is_public(label, naming, own_stairs) for label in room.labels)


def _is_public(label: str, naming: Naming, own_stairs: bool) -> bool:
    return naming.says("public", label) and not (own_stairs and naming.says("stairs", label))
