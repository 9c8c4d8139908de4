"""What an entity is part of, as a difference is told: wall, opening, or nothing in particular."""

from geo.drawing.dwelling import Plans
from geo.drawing.leftovers import Kinds
from geo.drawing.model import Drawing

_OF_ROLE = {"wall": "wall", "door": "opening", "window": "opening"}


def kinds_of(plans: Plans) -> Kinds:
    """Return what says of an entity what it is part of; of a drawing whose layers nobody understood it says nothing."""

    def kind(_drawing: Drawing, of: int) -> str:
        return _OF_ROLE.get(plans.roles[of], "") if of < len(plans.roles) else ""

    return kind
