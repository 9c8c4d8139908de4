"""Layers that a print would not show, layouts beside the model, drawings inside drawings."""

import pytest
from ezdxf.document import Drawing as Document

from geo.drawing.model import plain_layer
from geo.drawing.read.reading import read
from tests.drawings.dwg import dwg
from tests.drawings.layer_names import NAMINGS
from tests.drawings.sheets import Layout, sheet
from tests.drawings.unit_types import A
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.made_files import drawing_of, file_of

HIDDEN = Form("R2018", hidden={"furniture": "off", "axis": "frozen", "dimension": "unplotted"})


@pytest.mark.parametrize("name", ["plan.dxf", "plan.dwg"])
def test_layers_off_frozen_or_not_plotted_are_told_apart(name: str) -> None:
    write = dwg if name.endswith("dwg") else dxf
    layers = {layer.name: layer for layer in read(write(sheet((A,)), HIDDEN), name).layers}
    names = NAMINGS["chinese"]
    assert (layers[names["furniture"]].on, layers[names["furniture"]].frozen) == (False, False)
    assert layers[names["axis"]].frozen
    assert not layers[names["dimension"]].plotted
    assert [name for name, layer in layers.items() if not layer.shown and name != "Defpoints"] == sorted(
        (names[role] for role in HIDDEN.hidden), key=list(layers).index
    )


def test_a_layer_that_the_table_lacks_is_there_all_the_same() -> None:
    data = file_of(lambda doc: doc.modelspace().add_line((0, 0), (1, 0), {"layer": "不在表中"}))
    drawing = read(data, "made.dxf")
    assert drawing.layer_of(0) == "不在表中"
    assert drawing.layers[int(drawing.entities.layer[0])].shown


def test_a_bound_layer_is_plain_after_its_last_mark() -> None:
    assert [plain_layer(name) for name in ("villa$0$WALL", "villa|WALL", "WALL", "a$0$b$1$墙")] == ["WALL", "WALL", "WALL", "墙"]


def test_layouts_are_spaces_of_paper_and_their_entities_say_so() -> None:
    def draw(doc: Document) -> None:
        doc.modelspace().add_line((0, 0), (1, 0))
        doc.layout("Layout1").add_line((0, 5), (297, 5))
        doc.layouts.new("首层平面").add_text("图签", height=5)

    drawing = drawing_of(draw)
    named = {space.name: space.paper for space in drawing.spaces}
    assert named == {"Model": False, "Layout1": True, "首层平面": True}
    of = drawing.texts[0].of
    assert drawing.spaces[int(drawing.entities.space[of])].name == "首层平面"
    assert [drawing.spaces[int(drawing.entities.space[int(of)])].name for of in drawing.lines.of] == ["Model", "Layout1"]


def referring(doc: Document) -> None:
    doc.add_xref_def("..\\底图\\ground.dwg", "ground")
    doc.modelspace().add_blockref("ground", (1000, 0), {"rotation": 90})
    doc.modelspace().add_line((0, 0), (1, 0))


def test_an_outside_drawing_that_is_missing_is_named_by_its_path() -> None:
    drawing = drawing_of(referring)
    assert drawing.missing_references == ("..\\底图\\ground.dwg",)
    assert not drawing.read_whole
    assert [insert.name for insert in drawing.inserts] == ["ground"]


def test_an_outside_drawing_that_was_supplied_lies_in_place_with_its_own_layers() -> None:
    def ground_of(doc: Document) -> None:
        doc.layers.add("墙").off()
        doc.modelspace().add_line((0, 0), (10, 0), {"layer": "墙"})

    ground = file_of(ground_of)
    drawing = drawing_of(referring, references={"Ground.dwg": ground})
    assert drawing.missing_references == ()
    assert drawing.lines.xy.tolist() == [[0, 0, 1, 0], pytest.approx([1000, 0, 1000, 10])]
    layer = drawing.layers[int(drawing.entities.layer[int(drawing.lines.of[1])])]
    assert (layer.name, layer.on) == ("ground|墙", False)
    assert drawing.layer_of(int(drawing.lines.of[1])) == "墙"


def test_what_a_supplied_drawing_lacks_itself_is_named_with_it() -> None:
    inner = file_of(lambda doc: (doc.add_xref_def("deeper.dwg", "deeper"), doc.modelspace().add_blockref("deeper", (0, 0))))
    drawing = drawing_of(referring, references={"ground.dwg": inner})
    assert drawing.missing_references == ("ground.dwg: deeper.dwg",)


def test_a_supplied_drawing_that_was_not_read_whole_makes_the_whole_doubtful() -> None:
    import re

    ground = file_of(lambda doc: doc.modelspace().add_line((0, 0), (10, 0)))
    wall = b"  0\nTCH_WALL\n  5\nF0\n100\nAcDbEntity\n  8\n0\n100\nTCH_WALL\n"
    at = re.search(rb"  2\nENTITIES\n", ground).end()
    drawing = drawing_of(referring, references={"ground.dwg": ground[:at] + wall + ground[at:]})
    assert dict(drawing.unreadable) == {"TCH_WALL": 1}
    assert not drawing.read_whole


def test_a_picture_that_was_not_supplied_is_a_missing_reference() -> None:
    def draw(doc: Document) -> None:
        doc.modelspace().add_image(doc.add_image_def("scan.jpg", (100, 100)), (0, 0), (10, 10))
        doc.modelspace().add_line((0, 0), (1, 0))

    drawing = drawing_of(draw)
    assert drawing.missing_references == ("scan.jpg",)


def test_the_unit_of_the_header_is_what_was_written() -> None:
    assert read(dxf(sheet((A,), layout=Layout(unit_m=1.0))), "a.dxf").header_unit == 6
    assert read(dxf(sheet((A,)), Form(header_unit=1)), "a.dxf").header_unit == 1
    assert read(dxf(sheet((A,)), Form("R12")), "a.dxf").header_unit == 0
