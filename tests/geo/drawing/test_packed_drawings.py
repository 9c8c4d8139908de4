"""A drawing goes into bytes and comes back the same; bytes that are not a packed drawing are refused."""

from random import Random

import numpy as np
import pytest

from geo.drawing.model import Drawing
from geo.drawing.read.packing import MAGIC, Damaged, pack, unpack
from geo.drawing.read.reading import read, read_packed
from tests.drawings.dwg import dwg
from tests.drawings.hostile import hostile_files
from tests.drawings.prints import print_of
from tests.drawings.sheets import Layout, sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import A, C
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.truth import of_drawing

PLAN = sheet((C,), Manner(furniture=True, hatched=True), Layout(title_block="attributes"))
FILES = {
    "plan.dxf": dxf(PLAN),
    "old.dxf": dxf(PLAN, Form("R12")),
    "plan.dwg": dwg(PLAN, Form("R2018")),
    "plan.pdf": print_of([PLAN]),
    "walls.dxf": next(one.data for one in hostile_files() if "TCH_WALL" in one.name),
    "outside.dxf": next(one.data for one in hostile_files() if one.name == "outside drawing that was not sent"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_drawing_comes_back_as_it_went(name: str) -> None:
    drawing = read(FILES[name], name)
    back = unpack(pack(drawing))
    assert pack(back) == pack(drawing)
    assert of_drawing(back) == of_drawing(drawing)
    for one in (field for field in Drawing.__dataclass_fields__ if field not in ("entities", "lines", "arcs", "curves", "dimensions", "hatches")):
        assert getattr(back, one) == getattr(drawing, one), one
    assert back.entities.kind == drawing.entities.kind
    assert np.array_equal(back.entities.layer, drawing.entities.layer)
    assert [one.points.tolist() for one in back.dimensions] == [one.points.tolist() for one in drawing.dimensions]


def test_a_drawing_read_for_another_process_is_the_one_read_here() -> None:
    assert read_packed(b'["plan.dxf"]', FILES["plan.dxf"]) == pack(read(FILES["plan.dxf"], "plan.dxf"))


@pytest.mark.parametrize("data", [b"", MAGIC, MAGIC + bytes(8), b"\x80\x04" + bytes(100), MAGIC + (2).to_bytes(8, "little") + b"{}", MAGIC + b"\xff" * 40])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        unpack(data)


@pytest.mark.parametrize(
    "text", ['{"=":"Drawing","v":[]}', '{"=":"os","v":["x"]}', '{"=":"Space","v":["a",false]}', "[" * 2000, '{"#":"f","shape":[99999999999]}', '{"@":"soon"}']
)
def test_texts_that_name_anything_else_are_refused(text: str) -> None:
    with pytest.raises(Damaged):
        unpack(MAGIC + len(text).to_bytes(8, "little") + text.encode())


def test_packed_bytes_that_were_changed_give_a_drawing_or_a_refusal_and_nothing_else() -> None:
    sound, chance = pack(read(dxf(sheet((A,))), "plan.dxf")), Random(3)  # noqa: S311 - the same damage every time
    refused = 0
    for _ in range(150):
        spoilt = bytearray(sound)
        for _ in range(chance.choice((1, 5))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            assert isinstance(unpack(bytes(spoilt)), Drawing)
        except Damaged:
            refused += 1
    assert refused > 20
