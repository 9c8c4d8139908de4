"""The peer: what today's open-source viewers of drawings do. Each entity becomes a fingerprint of its rounded coordinates; sets are subtracted."""

from collections import Counter

from geo.drawing.model import Drawing

_SHARE = 1e-6  # of the drawing's size: to what coordinates are rounded


def plain_set_difference(old: Drawing, new: Drawing) -> int:
    """Return the number of entities that only one of two drawings has, by kind and rounded coordinates; blocks count as their place alone."""
    size = max([1.0, *(abs(value) for value in old.lines.xy.ravel().tolist())])
    one, other = (_fingerprints(drawing, size * _SHARE) for drawing in (old, new))
    return (one - other).total() + (other - one).total()


def _fingerprints(drawing: Drawing, step: float) -> Counter[tuple[object, ...]]:
    entities = drawing.entities
    parts: dict[int, list[object]] = {}
    for of, values in zip(drawing.lines.of.tolist(), drawing.lines.xy.tolist(), strict=True):
        parts.setdefault(of, []).append(tuple(round(value / step) for value in values))
    for of, values in zip(drawing.arcs.of.tolist(), drawing.arcs.xyr.tolist(), strict=True):
        parts.setdefault(of, []).append(tuple(round(value / step) for value in values))
    for text in drawing.texts:
        parts.setdefault(text.of, []).append((text.value, round(text.x / step), round(text.y / step)))
    for put in drawing.inserts:
        parts.setdefault(put.of, []).append((put.name, round(put.x / step), round(put.y / step)))
    return Counter((entities.kind[of], *said) for of, said in parts.items() if not entities.block[of])
