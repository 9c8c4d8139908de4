"""A drawing as what is to be drawn: lines, arcs, curves and lettering of the shown layers, laid where they are wanted. Draws nothing itself."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geo.drawing.model import Drawing, Floats, Ints, Text, plain_layer

Bools = NDArray[np.bool_]
Placing = Callable[[Floats], Floats]
"""Takes points (n × 2) to where they are drawn; a similarity, mirrored or not."""


@dataclass(frozen=True)
class Lettering:
    """One line of text: a point of its baseline, height of a capital and direction in radians; units of the picture.

    align: where on the baseline the point is (left, center, right), since how wide letters are only a painter with a font knows.
    """

    value: str
    x: float
    y: float
    height: float
    rotation: float
    layer: int = 0
    align: str = "left"


@dataclass(frozen=True)
class Picture:
    """What is drawn, in one unit and one pair of axes; y grows upwards.

    lines: n × (x1, y1, x2, y2). arcs: n × (centre x, centre y, radius, start, end), counter-clockwise, end > start.
    The layer columns name rows of `layers`.
    """

    lines: Floats = field(default_factory=lambda: np.empty((0, 4)))
    line_layer: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    arcs: Floats = field(default_factory=lambda: np.empty((0, 5)))
    arc_layer: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    curves: tuple[Floats, ...] = ()
    curve_layer: tuple[int, ...] = ()
    letters: tuple[Lettering, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The least box around everything drawn (x1, y1, x2, y2), None for an empty picture; of arcs the whole circle."""
        corners = [self.lines[:, :2], self.lines[:, 2:], self.arcs[:, :2] - self.arcs[:, 2:3], self.arcs[:, :2] + self.arcs[:, 2:3], *self.curves]
        corners.append(np.array([(one.x, one.y) for one in self.letters]).reshape(-1, 2))
        points = np.vstack([one for one in corners if len(one)]) if any(len(one) for one in corners) else np.empty((0, 2))
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            return None
        (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
        return float(x1), float(y1), float(x2), float(y2)


def picture(drawing: Drawing, *, everything: bool = False) -> Picture:
    """Return what a print of a drawing's model space would show, in the drawing's own unit and axes.

    A drawing whose model space is empty gives its paper space. everything: also the layers that are off, frozen or not plotted.
    """
    drawn = _drawn(drawing, everything=everything)
    lines, arcs = drawn[drawing.lines.of], drawn[drawing.arcs.of]
    of_layer = drawing.entities.layer
    curves = [(curve.points, curve.of) for curve in drawing.curves if drawn[curve.of]]
    curves += [(_closed(ring), hatch.of) for hatch in drawing.hatches if drawn[hatch.of] for ring in hatch.rings if len(ring) > 1]
    return Picture(
        lines=drawing.lines.xy[lines],
        line_layer=of_layer[drawing.lines.of[lines]],
        arcs=drawing.arcs.xyr[arcs],
        arc_layer=of_layer[drawing.arcs.of[arcs]],
        curves=tuple(points for points, _ in curves),
        curve_layer=tuple(int(of_layer[of]) for _, of in curves),
        letters=_letters(drawing, drawn),
        layers=tuple(plain_layer(layer.name) for layer in drawing.layers),
    )


def _drawn(drawing: Drawing, *, everything: bool) -> Bools:
    """Return which entities are drawn."""
    shown = np.array([everything or layer.shown for layer in drawing.layers], dtype=bool)
    paper = np.array([space.paper for space in drawing.spaces], dtype=bool)
    if not len(drawing.entities):
        return np.zeros(0, dtype=bool)
    on = shown[drawing.entities.layer] if len(shown) else np.ones(len(drawing.entities), dtype=bool)
    in_model = ~paper[drawing.entities.space]
    drawn: Bools = on & (in_model if in_model.any() else ~in_model)
    return drawn


def _closed(ring: Floats) -> Floats:
    return ring if np.array_equal(ring[0], ring[-1]) else np.vstack([ring, ring[:1]])


def _letters(drawing: Drawing, drawn: Bools) -> tuple[Lettering, ...]:
    layer = drawing.entities.layer
    texts = [one for one in drawing.texts if drawn[one.of] and one.value.strip()]
    made = [line for text in texts for line in _lines_of(text, int(layer[text.of]))]
    height = float(np.median([one.height for one in texts])) if texts else 0.0
    made += [
        Lettering(_shown_length(one.text, one.measured, one.decimals), one.x, one.y - height / 2, height, 0.0, int(layer[one.of]), "center")
        for one in drawing.dimensions
        if drawn[one.of] and height
    ]
    return tuple(made)


LINE_APART = 1.6
"""From one baseline to the next, in heights of a capital."""


def _lines_of(text: Text, layer: int) -> list[Lettering]:
    """Return a text line by line, each with a point of its baseline, below the anchor or above it as the anchor says."""
    across, _, upright = text.anchor.partition("-")
    lines = text.value.split("\n")
    block = text.height * (1 + LINE_APART * (len(lines) - 1))
    first = {"top": text.height, "middle": text.height - block / 2, "bottom": text.height - block}.get(upright, 0.0)
    made = []
    for number, line in enumerate(lines):
        down = first + LINE_APART * text.height * number
        x, y = text.x + float(np.sin(text.rotation)) * down, text.y - float(np.cos(text.rotation)) * down
        made.append(Lettering(line, x, y, text.height, text.rotation, layer, across if across in ALIGNMENTS else "left"))
    return [one for one in made if one.value.strip()]


ALIGNMENTS = ("left", "center", "right")


def _shown_length(typed: str, measured: float, decimals: int) -> str:
    said = f"{measured:.{max(0, min(decimals, 8))}f}"
    return typed.replace("<>", said) if typed.strip() else said


def laid(what: Picture, place: Placing) -> Picture:
    """Return a picture moved by a similarity: arcs stay counter-clockwise and lettering keeps its reading direction, mirrored or not."""
    origin, east, north = place(np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]))
    (ax, ay), (bx, by) = east - origin, north - origin
    mirrored = bool(ax * by - ay * bx < 0)
    letters = np.array([(one.x, one.y) for one in what.letters]).reshape(-1, 2)
    ahead = letters + np.array([(np.cos(one.rotation), np.sin(one.rotation)) for one in what.letters]).reshape(-1, 2)
    at, to = place(letters), place(ahead)
    moved = tuple(
        replace(
            one,
            x=float(x),
            y=float(y),
            height=one.height * float(np.hypot(dx, dy)),
            rotation=float(np.arctan2(dy, dx)) - (np.pi if mirrored else 0.0),
            align=_TURNED[one.align] if mirrored else one.align,
        )
        for one, (x, y), (dx, dy) in zip(what.letters, at, to - at, strict=True)
    )
    lines = np.hstack([place(what.lines[:, :2]), place(what.lines[:, 2:])])
    return replace(what, lines=lines, arcs=_laid_arcs(what.arcs, place, mirrored=mirrored), curves=tuple(place(one) for one in what.curves), letters=moved)


_TURNED = {"left": "right", "center": "center", "right": "left"}
"""A mirror puts the beginning of a line where its end was; the letters themselves are read as before."""


def _laid_arcs(arcs: Floats, place: Placing, *, mirrored: bool) -> Floats:
    if not len(arcs):
        return arcs
    centre, radius, start, end = arcs[:, :2], arcs[:, 2:3], arcs[:, 3], arcs[:, 4]
    at = place(centre)
    first, last = (place(centre + radius * np.column_stack([np.cos(angle), np.sin(angle)])) - at for angle in (start, end))
    begin = last if mirrored else first  # a mirror turns the direction round: what was the end comes first
    angle = np.arctan2(begin[:, 1], begin[:, 0])
    return np.column_stack([at, np.hypot(first[:, 0], first[:, 1]), angle, angle + (end - start)])
