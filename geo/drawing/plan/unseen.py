"""What of a building is in a drawing and on no print of it: on layers that do not print, too small, under a wipeout, far beside the sheet."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import Polygon

from geo.drawing.dwelling import Flag
from geo.drawing.model import Drawing, Floats, plain_layer
from geo.drawing.plan.roles import ROLES, Mask, Roles

TINY_M = 0.01
"""Letters lower than this in the building's own size are a tenth of a millimetre on paper at 1:100: nobody is meant to read them."""
COVERED_M = 0.5
"""So much of a wall under a wipeout is no letter's or door's background."""
FAR = 20
"""What is farther from the body of a drawing than so many times its longer side is on no sheet of it."""
_LEAST = 16  # places below which there is no body that anything could be far from
_NAMES = 5
_BUILT = ("wall", "door", "window", "column", "balcony", "dimension", "text", "room", "stair")


def hidden(drawing: Drawing, roles: Roles, metres: float | None) -> Iterator[Flag]:
    """Return a flag F10 for each way in which geometry of the building in model space stays off a print; `metres`: of one drawing unit.

    Facts: count, layers, how (layer, letters, wipeout, far).
    """
    entities = drawing.entities
    if not len(entities):
        return
    model = ~np.array([space.paper for space in drawing.spaces], np.bool_)[entities.space]
    built = model & np.isin(roles.code, [ROLES.index(role) for role in _BUILT])
    away = built & ~_on_prints(drawing) & np.array([kind != "INSERT" for kind in entities.kind], np.bool_)
    if away.any():
        yield _flag(drawing, away, "layer")
    yield from _far(drawing, built & roles.shown)
    if metres:
        yield from _tiny(drawing, model, metres)
        yield from _covered(drawing, model & roles.having("wall"), model & roles.shown, metres)


def _on_prints(drawing: Drawing) -> Mask:
    """Tell which entities lie on layers that print, or on one that never does by convention."""
    layers = [layer.shown or plain_layer(layer.name).casefold() == "defpoints" for layer in drawing.layers]
    return np.array(layers, np.bool_)[drawing.entities.layer]


def _flag(drawing: Drawing, rows: Mask, how: str, where: tuple[float, float] | None = None) -> Flag:
    names = sorted({drawing.layers[row].name for row in set(drawing.entities.layer[rows].tolist())})
    return Flag("F10", "medium", {"count": int(rows.sum()), "layers": ", ".join(names[:_NAMES]), "how": how}, where)


def _tiny(drawing: Drawing, model: Mask, metres: float) -> Iterator[Flag]:
    tiny = [text for text in drawing.texts if model[text.of] and 0 < text.height * metres < TINY_M and text.value.strip()]
    if tiny:
        where = (round(tiny[0].x * metres, 4), round(tiny[0].y * metres, 4))
        yield Flag("F10", "medium", {"count": len(tiny), "layers": drawing.layer_of(tiny[0].of), "how": "letters"}, where)


def _covered(drawing: Drawing, walls: Mask, shown: Mask, metres: float) -> Iterator[Flag]:
    """Yield the walls that wipeouts cover; small ones that keep a letter's ground clear cover none."""
    covers = [Polygon(hatch.rings[0]) for hatch in drawing.hatches if hatch.pattern == "WIPEOUT" and shown[hatch.of] and len(hatch.rings[0]) > 2]
    of = drawing.lines.of[walls[drawing.lines.of]]
    if not covers or not len(of):
        return
    lines = shapely.linestrings(drawing.lines.xy[walls[drawing.lines.of]].reshape(-1, 2, 2))
    cover = shapely.union_all([shapely.make_valid(one) for one in covers])
    under_it = shapely.intersection(lines, cover)
    length = shapely.length(under_it)
    if float(length.sum()) * metres < COVERED_M:
        return
    under = np.zeros(len(drawing.entities), np.bool_)
    under[of[length > 0]] = True
    x, y = shapely.get_coordinates(under_it)[0] * metres
    yield _flag(drawing, under, "wipeout", (round(float(x), 4), round(float(y), 4)))


def _far(drawing: Drawing, rows: Mask) -> Iterator[Flag]:
    """Yield what lies far from the body of the drawing, which reaches from the 10th to the 90th of a hundred places."""
    lines, texts = rows[drawing.lines.of], [text for text in drawing.texts if rows[text.of]]
    at: Floats = np.vstack([drawing.lines.xy[lines][:, :2], np.array([(one.x, one.y) for one in texts], np.float64).reshape(-1, 2)])
    of = np.concatenate([drawing.lines.of[lines], np.array([one.of for one in texts], np.int64)])
    if len(at) < _LEAST:
        return
    low, high = np.percentile(at, (10, 90), axis=0)
    off = np.maximum(np.maximum(low - at, at - high), 0).max(axis=1)
    beyond = off > FAR * float((high - low).max())
    if beyond.any():
        found = np.zeros(len(drawing.entities), np.bool_)
        found[of[beyond]] = True
        yield _flag(drawing, found, "far")
