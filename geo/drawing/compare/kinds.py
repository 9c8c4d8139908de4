"""What an entity is part of, as a difference is told: wall, opening, or nothing in particular; and which texts name a room."""

from collections.abc import Iterable

from geo.drawing.compare.leftovers import Kinds
from geo.drawing.dwelling import Plans
from geo.drawing.model import Drawing
from geo.drawing.text import comparable

_OF_ROLE = {"wall": "wall", "door": "opening", "window": "opening"}


def kinds_of(plans: Plans) -> Kinds:
    """Return what says of an entity what it is part of; of a drawing whose layers nobody understood it says nothing."""

    def kind(_drawing: Drawing, of: int) -> str:
        return _OF_ROLE.get(plans.roles[of], "") if of < len(plans.roles) else ""

    return kind


def room_names(plans: Iterable[Plans]) -> frozenset[str]:
    """Return the comparable names of the rooms and the unit types of plans."""
    return frozenset(
        comparable(name) for one in plans for unit in one.unit_plans for name in (unit.label, *(label for room in unit.rooms for label in room.labels))
    )
