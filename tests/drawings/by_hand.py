"""A small drawing put together by hand: a dwelling of 8.0 m width in millimetres, as plain columns that no file was read for."""

from collections.abc import Sequence

import numpy as np

from geo.drawing.model import Arcs, Drawing, DrawingLayer, Entities, Lines, Text

WIDE_MM, DEEP_MM, WALL_MM = 8000.0, 6250.0, 240.0
LAYERS = (DrawingLayer("WALL"), DrawingLayer("DOOR"), DrawingLayer("PUB_TEXT"), DrawingLayer("HIDDEN", on=False))


def rectangle(x1: float, y1: float, x2: float, y2: float) -> list[tuple[float, float, float, float]]:
    return [(x1, y1, x2, y1), (x2, y1, x2, y2), (x2, y2, x1, y2), (x1, y2, x1, y1)]


def drawn(name: str, deep: float, label: str, extra: Sequence[tuple[float, float, float, float]] = ()) -> Drawing:
    """Return a drawing of outer walls, one inner wall, a door's swing, a room's name, and one line on a layer that is off."""
    w = WALL_MM
    lines = [*rectangle(0, 0, WIDE_MM, deep), *rectangle(w, w, WIDE_MM - w, deep - w), (4000, w, 4000, deep - w), *extra, (-9e4, 0, 9e4, 0)]
    count = len(lines)
    layer = np.array([0] * (count - 1) + [3, 1, 2])
    return Drawing(
        name=name,
        sha256="0" * 64,
        format="dxf",
        version="AC1032",
        codepage="UTF-8",
        encoding="utf-8",
        header_unit=4,
        dimension_factor=1.0,
        readers=("cadkit 0.5.1", "ezdxf 1.4.5"),
        agreed=True,
        layers=LAYERS,
        entities=Entities(
            handle=tuple(f"{n:X}" for n in range(len(layer))),
            kind=("LINE",) * count + ("ARC", "TEXT"),
            layer=layer,
            space=np.zeros(len(layer), np.int64),
            block=("",) * len(layer),
        ),
        lines=Lines(np.array(lines, dtype=float), np.arange(count)),
        arcs=Arcs(np.array([(4000.0, 1000.0, 900.0, 0.0, np.pi / 2)]), np.array([count])),
        texts=(Text(label, 1500.0, 3000.0, 300.0, 0.0, count + 1),),
    )
