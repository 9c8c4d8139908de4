"""What each layer of a drawing was taken for: the list by which an engineer sees why a wall was none."""

from dataclasses import dataclass

import numpy as np

from geo.drawing.model import Drawing, plain_layer
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.roles import ROLES, roles_of

_SIDES = {"design": ("设计图", "design"), "construction": ("施工图", "construction")}
_ROLES = {
    "": ("未认出", "not known"), "frame": ("图框", "frame"), "dimension": ("尺寸", "dimensions"), "text": ("文字", "texts"), "hatch": ("填充", "hatches"),
    "axis": ("轴线", "axes"), "furniture": ("家具", "furniture"), "elevation": ("立面", "elevations"), "stair": ("楼梯", "stairs"),
    "balcony": ("阳台", "balconies"), "column": ("柱", "columns"), "window": ("窗", "windows"), "door": ("门", "doors"), "wall": ("墙", "walls"),
    "room": ("房间", "rooms"), "title": ("图签", "title block"), "seal": ("印章", "seals"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayerTaken:
    """One layer: of which drawing (design, construction, "" for a lone one), what it was taken for, whether a print shows it, how many entities."""

    which: str
    name: str
    role: str
    shown: bool
    entities: int

    def side(self, lang: str) -> str:
        """Return which drawing, in words."""
        return _SIDES[self.which][0 if lang == "zh" else 1] if self.which in _SIDES else ""

    def word(self, lang: str) -> str:
        """Return what it was taken for, in words."""
        return _ROLES[self.role][0 if lang == "zh" else 1]

    def json(self) -> dict[str, str | int | bool]:
        """Return the layer for other programs."""
        return {"drawing": self.which, "layer": self.name, "role": self.role, "shown": self.shown, "entities": self.entities}


def layers_taken(drawing: Drawing, naming: Naming, wall_layers: tuple[str, ...] = (), which: str = "") -> list[LayerTaken]:
    """Return the layers of a drawing that hold anything, the fullest first, each as most of its entities were taken."""
    roles = roles_of(drawing, naming, wall_layers).code
    found = []
    for number, layer in enumerate(drawing.layers):
        of = roles[drawing.entities.layer == number]
        if len(of):
            found.append(LayerTaken(which, plain_layer(layer.name), ROLES[int(np.bincount(of).argmax())], layer.shown, len(of)))
    return sorted(found, key=lambda one: (-one.entities, one.name))
