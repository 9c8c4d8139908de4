"""One drawing, read: the bytes of a DWG, DXF or vector PDF become the plain columns of `geo.drawing.model`.

Meant for a separate, limited process: the parsers are young and the files are strangers'.
"""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath, PureWindowsPath
from typing import Any

import numpy as np

from geo.drawing.model import Drawing, DrawingLayer, Entities, Repair, Space
from geo.drawing.read import primary
from geo.drawing.read.agree import FARTHEST
from geo.drawing.read.announced import Announced, lost
from geo.drawing.read.columns import Columns
from geo.drawing.read.explode import Block, Exploder, Layers, out_of_bounds
from geo.drawing.read.lineage_fields import lineage_of
from geo.drawing.read.packing import pack
from geo.drawing.read.shapes import Seen
from geo.drawing.read.sniff import Found, sniff
from geo.drawing.read.sources import PRIMARY, Source, source_of
from geo.drawing.read.unreadable import Unreadable
from geo.drawing.text import decoded


def read(data: bytes, name: str, references: Mapping[str, bytes] | None = None) -> Drawing:
    """Return the drawing in `data`, called `name`; `references` holds external drawings by file name.

    Raises Unreadable with a key and facts where the file is no drawing, cut short, damaged, encrypted or made to do harm.
    """
    found = sniff(data)
    if found.format == "pdf":
        from geo.drawing.read.pdf import read_pdf

        return read_pdf(data, name, found.version)
    with _no_collector():
        source = source_of(data, found)
        return _drawing(data, name, found, source, _bound(references or {}, source, name))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking a million fresh dictionaries again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_packed(heading: bytes, data: bytes, *references: bytes) -> bytes:
    """Read a drawing for another process: `heading` is a JSON list of its name and those of the references; see `read`."""
    name, *others = json.loads(heading)
    return pack(read(data, name, dict(zip(others, references, strict=True))))


def _bound(references: Mapping[str, bytes], source: Source, name: str) -> dict[str, Drawing]:
    """Read the external drawings that were supplied, by their file name in small letters; one level deep."""
    wanted = {_stem(block["xref_path"] or block["name"]) for block in source.document["blocks"] if block["is_xref"]}
    supplied = {_stem(given): (given, data) for given, data in sorted(references.items()) if _stem(given) != _stem(name)}
    return {stem: read(supplied[stem][1], supplied[stem][0]) for stem in sorted(wanted & set(supplied))}


def _stem(path: str) -> str:
    return PurePath(PureWindowsPath(path).name).stem.casefold()


def _drawing(data: bytes, name: str, found: Found, source: Source, bound: Mapping[str, Drawing]) -> Drawing:
    document = source.document
    layers = Layers()
    for layer in document["layers"]:
        layers.add(DrawingLayer(decoded(layer["name"]), layer["visible"], layer["frozen"], layer["plottable"]))
    facts = source.witness.dimensions if source.witness else _facts_without_second(document)
    classes = source.witness.classes if source.witness else ()
    exploder = Exploder(_blocks(document, layers, bound), layers, facts, Seen(classes))
    spaces, parts = _spaces(document, exploder)
    columns, space_of = _merged(parts)
    if out_of_bounds(columns, FARTHEST):
        raise Unreadable("out-of-bounds", limit=FARTHEST)
    pictured = sorted(exploder.seen.pictured.items())
    told = (
        *source.told(), *(f"one reader: {kind} ×{count}" for kind, count in pictured),
        *(f"{inner.name}: {what}" for inner in bound.values() for what in inner.disagreements),
    )  # fmt: skip
    mended = (*source.repairs(), *(Repair("picture", {"what": kind, "count": count}) for kind, count in pictured))
    props = document["props"]
    prefix = "dwg.header." if found.format == "dwg" else "dxf.$"
    drawing = Drawing(
        name, hashlib.sha256(data).hexdigest(), found.format, found.version, found.codepage or (document["source"]["codepage"] or ""), source.encoding,
        int(props.get(prefix + "INSUNITS") or 0), float(props.get(prefix + "DIMLFAC") or 1.0),
        (PRIMARY, source.witness.reader) if source.witness else (PRIMARY,), not told and source.witness is not None and all(inner.agreed for inner in bound.values()),
        layers=tuple(layers.rows), spaces=spaces,
        lineage=lineage_of(props, found.version, source.witness.saved_by if source.witness else "", document["source"]["application"]),
        unreadable=_summed(exploder.seen.unreadable, _lost(classes, document), *(inner.unreadable for inner in bound.values())),
        missing_references=_missing(exploder, bound), repairs=(*mended, *(repair for inner in bound.values() for repair in inner.repairs)),
        disagreements=told, left_out=_summed(exploder.seen.left_out, *(inner.left_out for inner in bound.values())),
    )  # fmt: skip
    filled = _filled(drawing, columns, space_of)
    if not len(columns.kind) and not (filled.unreadable or filled.missing_references or filled.left_out):
        raise Unreadable("no-lines")
    return filled


def _filled(drawing: Drawing, columns: Columns, space_of: list[int]) -> Drawing:
    entities = Entities(tuple(columns.handle), tuple(columns.kind), np.array(columns.layer, np.int64), np.array(space_of, np.int64), tuple(columns.block))
    return replace(
        drawing, entities=entities, lines=columns.lines(), arcs=columns.arcs(), curves=tuple(columns.curves), texts=tuple(columns.texts),
        dimensions=tuple(columns.dimensions), hatches=tuple(columns.hatches), inserts=tuple(columns.inserts),
    )  # fmt: skip


def _spaces(document: primary.Document, exploder: Exploder) -> tuple[tuple[Space, ...], list[Columns]]:
    total, spaces, parts = 0, list[Space](), list[Columns]()
    for model in document["models"]:
        total += exploder.count(model["entities"])
        if total > 1_000_000:
            raise Unreadable("too-many-entities", limit=1_000_000, block="")
    for model in document["models"]:
        paper = model["kind"] != "model"
        spaces.append(Space(decoded(model["name"]), paper))
        parts.append(exploder.columns(model["entities"], paper))
    return tuple(spaces) or (Space("Model"),), parts


def _merged(parts: list[Columns]) -> tuple[Columns, list[int]]:
    """Put the spaces one after the other; return the space of each entity beside."""
    space_of = [number for number, part in enumerate(parts) for _ in part.kind]
    if len(parts) == 1:
        return parts[0], space_of
    out = Columns()
    for part in parts:
        out.append(part)
    return out, space_of


def _blocks(document: primary.Document, layers: Layers, bound: Mapping[str, Drawing]) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for block in document["blocks"]:
        name = decoded(block["name"])
        reference = (block["xref_path"] or name) if block["is_xref"] else None
        made = Block(name, (block["base_point"]["x"], block["base_point"]["y"]), block["entities"], reference)
        if reference is not None and _stem(reference) in bound:
            made.bound = _content(bound[_stem(reference)], name, layers)
        blocks.setdefault(block["name"].casefold(), made)
    return blocks


def _content(drawing: Drawing, name: str, layers: Layers) -> Columns:
    """Return an external drawing's content as a block's, its layers named "drawing|layer" as CAD does."""
    rows = [layers.add(replace(layer, name=layer.name if layer.name == "0" else f"{name}|{layer.name}")) for layer in drawing.layers]
    entities = drawing.entities
    whole = Columns(list(entities.handle), list(entities.kind), [rows[row] for row in entities.layer.tolist()], list(entities.block))
    whole.take(drawing)
    return whole


def _lost(classes: Sequence[Announced], document: primary.Document) -> dict[str, int]:
    return lost(classes, (part["entities"] for part in (*document["models"], *document["blocks"])))


def _summed(*counted: Mapping[str, int]) -> dict[str, int]:
    total = Counter[str]()
    for one in counted:
        total.update(one)
    return dict(sorted(total.items()))


def _missing(exploder: Exploder, bound: Mapping[str, Drawing]) -> tuple[str, ...]:
    inner = {f"{drawing.name}: {path}" for drawing in bound.values() for path in drawing.missing_references}
    return tuple(sorted({*(decoded(path) for path in exploder.missing), *inner}))


def _facts_without_second(document: primary.Document) -> Any:
    from geo.drawing.read.dimensions import DimensionFacts, Style

    props = document["props"]
    factor = props.get("dwg.header.DIMLFAC", props.get("dxf.$DIMLFAC"))
    return DimensionFacts(header=Style(float(factor) if factor else None, None))
