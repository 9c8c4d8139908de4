"""Entities that the primary reader hands on undecoded: multilines, multileaders and tables from their group codes; the rest is counted.

What is a known kind without geometry that matters is left out; what no reader decodes (objects of 天正, AEC, proxies) is unreadable.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from geo.drawing.affine import Affine
from geo.drawing.model import Hatch, Text
from geo.drawing.read.announced import kind_of, name_of
from geo.drawing.read.columns import Columns
from geo.drawing.read.shapes import Seen
from geo.drawing.read.standins import draw_picture, picture_of
from geo.drawing.text import decoded_mtext

LEFT_OUT = frozenset({
    "ATTDEF", "RAY", "XLINE", "POINT", "SHAPE", "VIEWPORT", "OLE2FRAME", "OLEFRAME", "REGION", "BODY", "3DSOLID", "SURFACE", "MESH", "HELIX", "LIGHT", "SUN",
    "TOLERANCE", "SECTIONOBJECT", "GEOPOSITIONMARKER", "CAMERA", "UNDERLAY", "PDFUNDERLAY", "DWFUNDERLAY", "DGNUNDERLAY", "IMAGE", "SEQEND", "VERTEX",
    "ENDBLK", "BLOCK", "PLANESURFACE", "EXTRUDEDSURFACE", "LOFTEDSURFACE", "REVOLVEDSURFACE", "SWEPTSURFACE", "NURBSURFACE", "COORDINATION_MODEL", "ATTRIB",
})  # fmt: skip
"""Kinds that are known and have no line, wall or text to compare."""
Codes = list[tuple[int, Any]]


def draw_unknown(columns: Columns, entity: Mapping[str, Any], handle: str, layer: int, seen: Seen) -> tuple[str, Affine] | None:
    """Draw what can be drawn from group codes; return a block to be put in place (of a table), with its transformation."""
    name = kind_of(entity)
    props = entity["props"]
    codes: Codes = [(int(code), value) for code, value in props.get("dxf.codes", ())]
    of = columns.entity(handle, name, layer)
    if name == "MLINE" and codes:
        _multiline(columns, of, codes)
    elif name in ("MULTILEADER", "MLEADER") and codes:
        _multileader(columns, of, codes)
    elif name == "ACAD_TABLE" and codes:
        said = dict(reversed(codes))
        if isinstance(said.get(2), str):
            return said[2], Affine(e=float(said.get(10, 0.0)), f=float(said.get(20, 0.0)))
        seen.fail(name)
    elif name == "WIPEOUT":
        _wipeout(columns, of, props, seen)
    elif name in LEFT_OUT:
        seen.leave(name)
    elif (picture := picture_of(props)) and draw_picture(columns, of, picture):
        seen.depict(name_of(name, props, seen.classes))
    else:
        seen.fail(name_of(name, props, seen.classes))
    return None


def _pairs(codes: Codes, x: int) -> Iterator[tuple[float, float]]:
    for at, (code, value) in enumerate(codes):
        if code == x:
            y = next((float(after) for other, after in codes[at + 1 : at + 3] if other == x + 10), 0.0)
            yield float(value), y


def _multiline(columns: Columns, of: int, codes: Codes) -> None:
    """MLINE: one run of lines an element; each vertex carries its mitre and how far along it each element stands."""
    closed = any(code == 71 and int(value) & 2 for code, value in codes[:12])
    vertices, mitres = list(_pairs(codes, 11)), list(_pairs(codes, 13))
    offsets: list[list[float]] = []
    first = False
    for code, value in codes:
        if code == 11:
            offsets.append([])
        elif code == 74:
            first = True
        elif code == 41 and first and offsets:
            offsets[-1].append(float(value))
            first = False
    elements = min((len(row) for row in offsets), default=0)
    for element in range(elements):
        run = [(x + dx * row[element], y + dy * row[element]) for (x, y), (dx, dy), row in zip(vertices, mitres, offsets, strict=False)]
        for one, other in zip(run, run[1:] + (run[:1] if closed else []), strict=False):
            columns.line(of, *one, *other)


def _multileader(columns: Columns, of: int, codes: Codes) -> None:
    """MULTILEADER: its text and its leader lines."""
    text = next((value for code, value in codes if code == 304 and isinstance(value, str) and value != "LEADER_LINE{"), "")
    height = next((float(value) for code, value in codes if code == 41), 0.0)
    where = next(_pairs(codes, 12), (0.0, 0.0))
    if text:
        columns.texts.append(Text(decoded_mtext(text), *where, height, 0.0, of, anchor="left-top"))
    inside, points = False, list[tuple[float, float]]()
    for at, (code, value) in enumerate(codes):
        if code == 304 and value == "LEADER_LINE{":
            inside, points = True, []
        elif code == 305:
            inside = False
            for one, other in pairwise(points):
                columns.line(of, *one, *other)
        elif inside and code == 10:
            points += [next(_pairs(codes[at : at + 3], 10))]


def _wipeout(columns: Columns, of: int, props: Mapping[str, Any], seen: Seen) -> None:
    """WIPEOUT: what it covers, as an outline with the pattern "WIPEOUT"; its corners are given in the picture's axes, y down."""
    clip = props.get("dxf.clip_vertices")
    origin, u, v = props.get("dxf.insertion_point"), props.get("dxf.u_vector"), props.get("dxf.v_vector")
    if not (clip and origin and u and v):
        seen.leave("WIPEOUT")
        return
    if len(clip) == 2:  # a rectangle is given by two corners
        (x1, y1, *_), (x2, y2, *_) = clip
        clip = [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
    ring = [(origin[0] + u[0] * (x + 0.5) + v[0] * (0.5 - y), origin[1] + u[1] * (x + 0.5) + v[1] * (0.5 - y)) for x, y, *_ in clip]
    columns.hatches.append(Hatch((np.array(ring, np.float64),), "WIPEOUT", False, of))
