"""Rooms: clear spaces with the labels and written areas that stand in them."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.annotations import Said, room_label
from geo.drawing.dwelling import Room
from geo.drawing.model import Floats
from geo.drawing.naming import Naming
from geo.drawing.text import areas_in


def labelled(spaces: Sequence[Polygon], texts: Sequence[Said], at: Floats, naming: Naming) -> tuple[list[Room], list[tuple[str, tuple[float, float]]]]:
    """Return a room for each space, and the labels (with their place) that stand in no space.

    at: where the texts stand (n × 2, in the axes of the spaces). A written area belongs to the space it stands in; where several
    labels share a space, so do their areas.
    """
    names = [room_label(one.text.value, naming) for one in texts]
    areas = [() if any(naming.says(role, one.text.value) for role in ("gross", "net", "shared", "unit")) else areas_in(one.text.value) for one in texts]
    rooms, homeless = [], set(range(len(texts)))
    for space in spaces:
        inside = np.flatnonzero(shapely.contains_xy(space, at[:, 0], at[:, 1])) if len(at) else np.empty(0, np.int64)
        homeless -= set(inside.tolist())
        mine = tuple(names[row] for row in inside if names[row])
        written = [area for row in inside for area in areas[row]]
        rooms.append(Room(mine, round(space.area, 6), space, round(sum(written), 4) if written else None, "exact"))
    return rooms, [(names[row], (float(at[row, 0]), float(at[row, 1]))) for row in sorted(homeless) if names[row]]


def is_apart(room: Room, naming: Naming) -> bool:
    """Tell whether a room is no part of the dwelling's own floor: a stairwell and the like, or a balcony."""
    return bool(room.labels) and all(naming.says("public", label) or naming.says("balcony", label) for label in room.labels)
