"""A DWG and its DXF twin give the same shapes, kind by kind, whichever version the DWG is of."""

from functools import cache

import numpy as np
import pytest
from ezdxf.document import Drawing as Document

from geo.drawing.model import Drawing
from geo.drawing.read.reading import read
from tests.drawings.dwg import converted
from tests.geo.drawing.made_files import file_of
from tests.geo.drawing.truth import of_drawing

VERSIONS = ("R2000", "R2004", "R2010", "R2013", "R2018")
DOWN = (0, 0, -1)


def everything(doc: Document) -> None:
    """One of each: plain, bulged, turned over, in rows and columns, nested, on paper, on layers that do not show."""
    doc.encoding = "gbk"
    doc.header["$DIMSTYLE"] = "Standard"
    space = doc.modelspace()
    doc.layers.add("关闭").off()
    doc.layers.add("冻结").freeze()
    space.add_line((0, 0), (1000, 500), {"layer": "关闭"})
    space.add_lwpolyline([(0, 0, 0.5), (1000, 0, 0), (1000, 800, -1), (0, 800, 0)], format="xyb", close=True)
    space.add_lwpolyline([(0, 0, 1), (500, 0, 0)], format="xyb", dxfattribs={"extrusion": DOWN})
    space.add_polyline2d([(0, 0), (300, 0), (300, 300)], close=True)
    space.add_circle((200, 200), 90, {"layer": "冻结"})
    space.add_arc((200, 200), 120, 300, 60)
    space.add_arc((700, 200), 120, 300, 60, dxfattribs={"extrusion": DOWN})
    space.add_ellipse((0, 0), (300, 100), 0.4, 0.3, 4.0)
    space.add_open_spline([(0, 0), (100, 200), (300, -100), (450, 150), (600, 0)])
    space.add_text("卧室 12.5㎡", height=50, rotation=30).set_placement((400, 400))
    space.add_mtext("建筑面积\\P75.00m\\U+00B2", {"insert": (100, 900), "char_height": 60})
    space.add_solid([(0, 0), (50, 0), (0, 50), (50, 50)])
    hatch = space.add_hatch()
    edges = hatch.paths.add_edge_path()
    edges.add_line((0, 0), (400, 0))
    edges.add_arc((200, 0), 200, 0, 180)
    hatch.paths.add_polyline_path([(100, 20), (150, 20), (150, 60)], is_closed=True, flags=16)
    block = doc.blocks.new("DOOR", base_point=(10, 20))
    block.add_line((10, 20), (10, 920))
    block.add_arc((10, 20), 900, 0, 90)
    doc.blocks.new("PAIR").add_blockref("DOOR", (0, 0), {"xscale": -1, "rotation": 15})
    space.add_blockref("PAIR", (5000, 0), {"rotation": 45})
    space.add_blockref("DOOR", (9000, 0), {"column_count": 3, "row_count": 2, "column_spacing": 1500, "row_spacing": 2500, "rotation": 20})
    space.add_blockref("DOOR", (0, 9000), {"xscale": 2, "yscale": 1})
    doc.layout("Layout1").add_line((0, 0), (420, 297))


@cache
def twin() -> bytes:
    return file_of(everything, "R2018")


@cache
def drawing(version: str) -> Drawing:
    return read(twin(), "twin.dxf") if version == "DXF" else read(converted(twin(), version), "drawing.dwg")


@pytest.mark.parametrize("version", VERSIONS)
def test_lines_arcs_texts_and_fills_are_the_twins(version: str) -> None:
    found, wanted = of_drawing(drawing(version)), of_drawing(drawing("DXF"))
    assert found.lines == wanted.lines
    assert found.arcs == wanted.arcs
    assert found.texts == wanted.texts
    assert found.fills == wanted.fills
    assert found.layers == wanted.layers
    assert sum(found.lines.values()) == 15
    assert sum(found.arcs.values()) == 13


@pytest.mark.parametrize("version", VERSIONS)
def test_curves_are_the_twins(version: str) -> None:
    found, wanted = drawing(version).curves, drawing("DXF").curves
    assert len(found) == len(wanted) == 3
    for one, other in zip(found, wanted, strict=True):
        assert one.points == pytest.approx(other.points, abs=1e-6)
        assert one.closed == other.closed


@pytest.mark.parametrize("version", VERSIONS)
def test_blocks_layers_and_spaces_are_the_twins(version: str) -> None:
    found, wanted = drawing(version), drawing("DXF")
    place = lambda one: (one.name, *np.round((one.x, one.y, one.scale_x, one.scale_y, np.cos(one.rotation), np.sin(one.rotation)), 6).tolist())  # noqa: E731
    assert sorted(map(place, found.inserts)) == sorted(map(place, wanted.inserts))
    shown = {layer.name: layer.shown for layer in wanted.layers if layer.name in ("0", "关闭", "冻结")}
    assert {layer.name: layer.shown for layer in found.layers if layer.name in shown} == shown == {"0": True, "关闭": False, "冻结": False}
    spaces = [{of.spaces[int(of.entities.space[int(one)])].paper for one in of.lines.of} for of in (found, wanted)]
    assert spaces == [{False, True}, {False, True}]


@pytest.mark.parametrize("version", VERSIONS)
def test_two_readers_agree_on_it(version: str) -> None:
    assert drawing(version).read_whole, (drawing(version).disagreements, drawing(version).unreadable)
