"""What a drawing holds once it is read, whoever wrote it: plain columns, blocks resolved into place, texts decoded.

Lengths are in the drawing's own unit (see `geo.drawing.plan.units` for what that is worth); angles in radians, counter-clockwise
from the x axis. Every piece of geometry names by `of` the entity it came from, a row of `Entities`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DrawingLayer:
    """One layer as the file declares it."""

    name: str  # decoded; "xref$0$WALL" stays whole, see plain_layer
    on: bool = True
    frozen: bool = False
    plotted: bool = True

    @property
    def shown(self) -> bool:
        """Whether a print would show it."""
        return self.on and not self.frozen and self.plotted


@dataclass(frozen=True)
class Space:
    """Model space, or one paper layout."""

    name: str
    paper: bool = False


@dataclass(frozen=True)
class Entities:
    """The entities of the file after its blocks were put in place: n rows, one column each.

    handle: the identifier in the file, of the INSERT for what came out of a block ("" where the format has none).
    kind: the DXF name (LINE, LWPOLYLINE, TEXT, …). layer, space: rows of Drawing.layers and Drawing.spaces.
    block: the names of the blocks it sits in, outermost first, joined by "/"; "" outside blocks.
    """

    handle: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    layer: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    space: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    block: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.handle)


@dataclass(frozen=True)
class Lines:
    """Straight pieces, n × (x1, y1, x2, y2); a polyline is its pieces."""

    xy: Floats = field(default_factory=lambda: np.empty((0, 4)))
    of: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True)
class Arcs:
    """Circles and arcs, n × (centre x, centre y, radius, start, end), counter-clockwise in the drawing's plane, end > start.

    A circle runs from 0 to 2π; bulges are arcs; mirrored and turned blocks are already resolved.
    """

    xyr: Floats = field(default_factory=lambda: np.empty((0, 5)))
    of: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(frozen=True)
class Curve:
    """A spline, ellipse or unevenly scaled arc as points close enough to it (chord error below 1/1000 of its size)."""

    points: Floats  # k × 2
    of: int
    closed: bool = False


@dataclass(frozen=True)
class Text:
    """One piece of text: TEXT, MTEXT, ATTRIB or the text drawn in a block; decoded, format codes taken out."""

    value: str  # lines joined by "\n"; compare through geo.drawing.text.comparable
    x: float  # where it is anchored: the alignment point where it has one
    y: float
    height: float
    rotation: float
    of: int
    tag: str = ""  # of an ATTRIB
    anchor: str = "left-baseline"  # which point of the text x and y are: left, center, right … – baseline, bottom, middle, top


@dataclass(frozen=True)
class Dimension:
    """One dimension entity.

    points: what it measures between (k × 2, k ≥ 2). measured: the length (drawing units × factor) or the angle it
    would show, computed from the points. stored: group 42 of the file, None where missing. text: what was typed in place of
    the measurement, "" where nothing was, "<>" kept.
    """

    kind: str  # linear, aligned, radius, diameter, angular, ordinate
    points: Floats
    measured: float
    stored: float | None
    text: str
    factor: float  # DIMLFAC, of the style or of the entity
    decimals: int  # DIMDEC
    x: float  # middle of its text
    y: float
    of: int


@dataclass(frozen=True)
class Hatch:
    """A filled region: its outlines (rings of k × 2 points) and its pattern."""

    rings: tuple[Floats, ...]
    pattern: str
    solid: bool
    of: int


@dataclass(frozen=True)
class Insert:
    """A block put in place at the top level or inside another block; its content is already among the columns."""

    name: str
    x: float
    y: float
    scale_x: float  # negative where mirrored
    scale_y: float
    rotation: float
    of: int
    attributes: Mapping[str, str] = field(default_factory=dict)  # tag → value


@dataclass(frozen=True)
class Lineage:
    """What the file says of its own past. All of it can be forged or lost: indications, never proof.

    Moments are UTC and aware where the format knows the zone, naive local time otherwise; None where the file does not say.
    """

    created_at: datetime | None = None
    updated_at: datetime | None = None
    edit_hours: float | None = None
    saved_by: str = ""
    fingerprint: str = ""  # FINGERPRINTGUID: the same in every later save of one file
    version_id: str = ""  # VERSIONGUID: another in every save
    next_handle: int | None = None  # HANDSEED: grows with every entity ever made
    application: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)  # field → where in the file it was read


@dataclass(frozen=True)
class Repair:
    """Something that was wrong in the file and was mended while reading."""

    what: str  # a key of the wording
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """One drawing read whole, or with the list of what was not read."""

    name: str
    sha256: str
    format: str  # dwg, dxf, pdf
    version: str  # AC1015, …; PDF 1.7
    codepage: str  # as the header says
    encoding: str  # as the texts were decoded; differs where the header lies
    header_unit: int  # $INSUNITS, 0 where unstated
    dimension_factor: float  # $DIMLFAC of the header
    readers: tuple[str, ...]  # who read it, the first is whose columns these are
    agreed: bool  # the second reader found the same counts, lengths and texts
    layers: tuple[DrawingLayer, ...] = ()
    spaces: tuple[Space, ...] = (Space("Model"),)
    entities: Entities = field(default_factory=Entities)
    lines: Lines = field(default_factory=Lines)
    arcs: Arcs = field(default_factory=Arcs)
    curves: tuple[Curve, ...] = ()
    texts: tuple[Text, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    hatches: tuple[Hatch, ...] = ()
    inserts: tuple[Insert, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    unreadable: Mapping[str, int] = field(default_factory=dict)  # class of custom object → how many no reader decodes
    missing_references: tuple[str, ...] = ()  # external drawings (xrefs) and pictures that were not supplied
    repairs: tuple[Repair, ...] = ()
    disagreements: tuple[str, ...] = ()  # what the two readers see differently, for the reader of the report
    left_out: Mapping[str, int] = field(default_factory=dict)  # kind of entity that is not compared → how many

    @property
    def read_whole(self) -> bool:
        """Whether nothing was left unread: no custom object, no missing reference, two readers agreeing."""
        return self.agreed and not self.unreadable and not self.missing_references

    def layer_of(self, of: int) -> str:
        """Return the plain name of the layer that entity `of` is on."""
        return plain_layer(self.layers[int(self.entities.layer[of])].name)


def plain_layer(name: str) -> str:
    """Return a layer's name without the drawing it was bound from: "villa$0$WALL" and "villa|WALL" are "WALL"."""
    return name.rsplit("|", 1)[-1].rsplit("$", 1)[-1]
