"""Blocks put in place, however deep: counted before anything is made, so that a file that multiplies itself is refused."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.drawing.affine import Affine
from geo.drawing.model import DrawingLayer, Insert, Text
from geo.drawing.read.columns import Columns, Placing, insert_matrix
from geo.drawing.read.dimensions import DimensionFacts, dimension
from geo.drawing.read.shapes import DRAW, Seen, own_axes, xy
from geo.drawing.read.unknown import draw_unknown
from geo.drawing.read.unreadable import Unreadable
from geo.drawing.text import decoded

MOST_ENTITIES = 1_000_000
DEEPEST = 32
Entity = Mapping[str, Any]


@dataclass
class Block:
    """One block definition of the file; `bound` holds an external drawing's content once it was supplied."""

    name: str
    base: tuple[float, float]
    entities: list[Entity]
    reference: str | None = None  # path of the external drawing
    bound: Columns | None = None


@dataclass
class Layers:
    """The layer table, found by name whatever the case; a name that the table lacks is added."""

    rows: list[DrawingLayer] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)
    _spelt: dict[str, int] = field(default_factory=dict)  # as entities write it

    def add(self, layer: DrawingLayer) -> int:
        """Add a layer unless its name is known; return its row."""
        key = layer.name.casefold()
        if key not in self._at:
            self._at[key] = len(self.rows)
            self.rows.append(layer)
        return self._at[key]

    def row(self, name: str | None) -> int:
        """Return the row of a layer by name; what names none, as in damaged files, is on layer 0."""
        name = name or "0"
        found = self._spelt.get(name)
        if found is None:
            found = self._spelt[name] = self.add(DrawingLayer(name))
        return found


@dataclass
class Exploder:
    """Turns lists of entities into columns; every block is worked out once, in its own axes."""

    blocks: Mapping[str, Block]  # by name in small letters
    layers: Layers
    facts: DimensionFacts
    seen: Seen = field(default_factory=Seen)
    missing: dict[str, None] = field(default_factory=dict)  # external drawings and pictures, in the order met
    _content: dict[str, Columns] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)

    def count(self, entities: list[Entity], path: tuple[str, ...] = ()) -> int:
        """Return how many entities a list becomes; raises Unreadable beyond a million, 32 levels or in a circle."""
        total = 0
        for entity in entities:
            kind = entity["kind"]
            total += 1
            if kind["type"] == "insert":
                total += kind["columns"] * kind["rows"] * self._count_block(kind["block"], path)
            if total > MOST_ENTITIES:
                raise Unreadable("too-many-entities", limit=MOST_ENTITIES, block=path[-1] if path else "")
        return total

    def _count_block(self, name: str, path: tuple[str, ...]) -> int:
        key = name.casefold()
        block = self.blocks.get(key)
        if block is None:
            return 0
        if block.name in path:
            raise Unreadable("block-in-itself", block=block.name)
        if len(path) >= DEEPEST:
            raise Unreadable("blocks-too-deep", block=block.name, limit=DEEPEST)
        if key not in self._counted:
            bound = len(block.bound.kind) if block.bound else 0
            self._counted[key] = bound + self.count(block.entities, (*path, block.name))
        return self._counted[key]

    def columns(self, entities: list[Entity], paper: bool = False) -> Columns:
        """Return a list of entities as columns with every block in place."""
        out = Columns()
        placings: dict[str, list[Placing]] = {}
        for entity in entities:
            self._draw(out, entity, placings, paper)
        for key, at in placings.items():
            out.place(self._block(key), self.blocks[key].name, at, self.layers.row("0"))
        return out

    def _block(self, key: str) -> Columns:
        if key not in self._content:
            block = self.blocks[key]
            self._content[key] = block.bound if block.bound is not None else self.columns(block.entities)
        return self._content[key]

    def _draw(self, out: Columns, entity: Entity, placings: dict[str, list[Placing]], paper: bool) -> None:
        kind = entity["kind"]
        what = kind["type"]
        handle = f"{entity['id']:X}" if entity["id"] else ""
        layer = self.layers.row(entity["layer"])
        if not entity["visible"]:
            self.seen.leave("invisible")
        elif what in DRAW:
            name, draw = DRAW[what]
            draw(out, out.entity(handle, _exact(name, entity["props"]) if name in _SEVERAL else name, layer), kind)
        elif what == "insert":
            self._insert(out, entity, handle, layer, placings)
        elif what == "dimension":
            of = out.entity(handle, "DIMENSION", layer)
            made = dimension(kind, entity["props"], handle, of, self.facts, paper)
            if made is None:
                self.seen.fail("DIMENSION")
            else:
                out.dimensions.append(made)
        else:
            self._other(out, entity, handle, layer, placings)

    def _other(self, out: Columns, entity: Entity, handle: str, layer: int, placings: dict[str, list[Placing]]) -> None:
        kind = entity["kind"]
        if kind["type"] == "unknown":
            placed = draw_unknown(out, entity, handle, layer, self.seen)
            if placed is not None and placed[0].casefold() in self.blocks:
                placings.setdefault(placed[0].casefold(), []).append(Placing(placed[1], handle, layer))
            return
        out.entity(handle, kind["type"].upper(), layer)
        self.seen.leave(kind["type"].upper())
        if kind["type"] == "image" and kind.get("path"):
            self.missing[kind["path"]] = None

    def _insert(self, out: Columns, entity: Entity, handle: str, layer: int, placings: dict[str, list[Placing]]) -> None:
        kind = entity["kind"]
        block = self.blocks.get(kind["block"].casefold())
        attributes = {decoded(one["tag"]): decoded(one["value"]) for one in entity["attributes"]}
        own = own_axes(kind) or Affine()
        turn = insert_matrix(kind["scale"]["x"], kind["scale"]["y"], kind["rotation"]).then(own)
        along = insert_matrix(1, 1, kind["rotation"]).then(own)
        scale_x, scale_y, rotation = turn.decomposed()
        if block is None:
            self.seen.fail("INSERT")
        elif block.reference is not None and block.bound is None:
            self.missing[block.reference] = None
        for row in range(max(kind["rows"], 1)):
            for column in range(max(kind["columns"], 1)):
                x, y = along.point(column * kind["column_spacing"], row * kind["row_spacing"])
                x, y = x + kind["position"]["x"], y + kind["position"]["y"]
                of = out.entity(handle, "INSERT", layer)
                out.inserts.append(Insert(block.name if block else kind["block"], x, y, scale_x, scale_y, rotation, of, attributes))
                if block is not None:
                    shift_x, shift_y = turn.point(-block.base[0], -block.base[1])
                    placed = turn._replace(e=x + shift_x, f=y + shift_y)
                    placings.setdefault(kind["block"].casefold(), []).append(Placing(placed, handle, layer))
        self._attributes(out, entity, handle)

    def _attributes(self, out: Columns, entity: Entity, handle: str) -> None:
        for one in entity["attributes"]:
            display = one.get("display") or {}
            if one["invisible"] or not one["value"].strip():
                continue
            of = out.entity(handle, "ATTRIB", self.layers.row(one.get("layer") or entity["layer"]), entity["kind"]["block"])
            anchor = f"{display.get('halign', 'left')}-{display.get('valign', 'baseline')}"
            value, height, rotation = decoded(one["value"]), display.get("height", 0.0), display.get("rotation", 0.0)
            out.texts.append(Text(value, *xy(one["position"]), height, rotation, of, tag=decoded(one["tag"]), anchor=anchor))


_SEVERAL = frozenset({"SOLID", "LWPOLYLINE"})


def _exact(name: str, props: Mapping[str, Any]) -> str:
    """Return the DXF name where one kind of the reader stands for several."""
    if name == "SOLID":
        return str(props.get("dxf.type") or props.get("dwg.face_type") or name)
    if name == "LWPOLYLINE" and (props.get("dxf.polyline_3d") or props.get("dwg.polyline_3d")):
        return "POLYLINE"
    return name


def out_of_bounds(columns: Columns, limit: float) -> bool:
    """Return whether a coordinate is no number or lies beyond `limit`."""
    groups = [columns.lines().xy, columns.arcs().xyr, *(curve.points for curve in columns.curves)]
    groups += [np.array([(text.x, text.y, text.height) for text in columns.texts]), np.array([(one.x, one.y) for one in columns.inserts])]
    groups += [one.points for one in columns.dimensions] + [ring for hatch in columns.hatches for ring in hatch.rings]
    return any(len(group) and not (np.abs(group) <= limit).all() for group in groups) or not math.isfinite(limit)
