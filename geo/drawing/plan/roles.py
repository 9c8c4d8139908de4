"""What each entity of a drawing is there for, told by the name of its layer and of the blocks that it sits in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.drawing.model import Drawing, Ints, plain_layer
from geo.drawing.plan.naming import Naming

Mask = NDArray[np.bool_]
ROLES = (
    "",
    "frame",
    "dimension",
    "text",
    "hatch",
    "axis",
    "furniture",
    "elevation",
    "stair",
    "balcony",
    "column",
    "window",
    "door",
    "wall",
    "room",
    "title",
    "seal",
)
_STRONG = frozenset({"furniture", "title", "seal", "axis"})
"""Blocks that are what their name says, on whatever layer they lie; doors and windows only where the layer does not say more."""


@dataclass(frozen=True)
class Roles:
    """The role of each entity (a row of ROLES) and whether a print of model space shows it."""

    code: Ints
    shown: Mask
    walls_by_name: bool  # False: no layer was named as walls

    @property
    def names(self) -> tuple[str, ...]:
        """The role of each entity in words, "" where nothing says it."""
        return tuple(ROLES[code] for code in self.code.tolist())

    def having(self, *roles: str) -> Mask:
        """Return which entities are shown and have one of the roles."""
        found: Mask = self.shown & np.isin(self.code, [ROLES.index(role) for role in roles])
        return found


def roles_of(drawing: Drawing, naming: Naming, wall_layers: tuple[str, ...] = ()) -> Roles:
    """Return the roles of the entities; `wall_layers` (plain names), where given, are the walls and no other layer is."""
    by_layer = np.array([_layer_role(layer.name, naming, wall_layers) for layer in drawing.layers] or [0], np.int64)
    entities = drawing.entities
    if not len(entities):
        return Roles(np.empty(0, np.int64), np.empty(0, np.bool_), False)
    code = by_layer[entities.layer]
    names = {name: _block_role(name, naming) for name in set(entities.block) if name}
    block = np.array([names.get(name, 0) for name in entities.block], np.int64)
    strong = np.isin(block, [ROLES.index(role) for role in _STRONG])
    # A plan kept as one block has door blocks inside walls' layers and nothing else: a named layer holds against a door's or window's name.
    code = np.where(strong | ((block > 0) & (code == 0)), block, code)
    visible = np.array([layer.on and not layer.frozen and layer.plotted for layer in drawing.layers] or [True], np.bool_)
    paper = np.array([space.paper for space in drawing.spaces] or [False], np.bool_)
    wall = ROLES.index("wall")
    return Roles(code, visible[entities.layer] & ~paper[entities.space], bool((code == wall).any()))


def _layer_role(name: str, naming: Naming, wall_layers: tuple[str, ...]) -> int:
    plain = plain_layer(name)
    if wall_layers:
        if plain in wall_layers or name in wall_layers:
            return ROLES.index("wall")
        role = naming.layer_role(plain)
        return ROLES.index("" if role == "wall" else role)
    return ROLES.index(naming.layer_role(plain))


def _block_role(path: str, naming: Naming) -> int:
    for name in reversed(path.split("/")):
        role = naming.block_role(plain_layer(name))
        if role:
            return ROLES.index(role)
    return 0
