"""Title blocks: what stands in them, in model and paper space; what does not is never guessed."""

from dataclasses import replace

import pytest

from geo.drawing.dwelling import TitleBlock
from geo.drawing.model import Drawing, Insert, Space
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.sheets import FIELDS, Layout, Title, sheet
from tests.drawings.unit_types import TYPES
from tests.drawings.variants import Variant, variants
from tests.drawings.writing import dxf
from tests.geo.drawing.made import Pen

FRAMED = [
    one
    for one in variants()
    if one.kind in ("double", "metres", "attributes", "mirrored", "rotated 90°", "rotated 33°, mirrored", "DWG", "file forms", "no frame")
]


@pytest.mark.parametrize("variant", FRAMED, ids=lambda one: one.name)
def test_every_field_is_found_wherever_the_sheet_lies(variant: Variant, naming: Naming) -> None:
    blocks = understand(read(variant.data, variant.file), naming).title_blocks
    if variant.sheet.title is None:
        assert blocks == ()
        return
    (block,) = blocks
    assert {name: getattr(block, name) for name in FIELDS} == {name: getattr(variant.sheet.title, name) for name in FIELDS}


def ruled(pen: Pen, rows: list[tuple[str, str]], x: float = 0.0, y: float = 0.0, below: bool = False) -> None:
    """Draw cells of 2,500 by 800 with labels at the left, or at the top."""
    for row, (label, value) in enumerate(rows):
        x0, y0 = (x + row * 2500.0, y) if below else (x, y - row * 800.0)
        for cell in (0, 1):
            left, low = (x0, y0 - cell * 800.0) if below else (x0 + cell * 2500.0, y0)
            for a, b, c, d in ((0, 0, 2500, 0), (0, 800, 2500, 800), (0, 0, 0, 800), (2500, 0, 2500, 800)):
                pen.line(left + a, low + b, left + c, low + d, "TITLE")
            if words := (label, value)[cell]:
                pen.text(words, left + 200.0, low + 200.0, 350.0, "TITLE")


def blocks_of(drawing: Drawing, naming: Naming) -> tuple[TitleBlock, ...]:
    return understand(drawing, naming).title_blocks


ROWS = [("图 号", "结施-07"), ("图名：", "D户型平面图"), ("比例", "1:50"), ("审定", "")]


@pytest.mark.parametrize("below", [False, True])
def test_values_are_read_right_of_their_labels_or_below_them(naming: Naming, below: bool) -> None:
    pen = Pen()
    ruled(pen, ROWS, below=below)
    (block,) = blocks_of(pen.drawing(), naming)
    assert (block.number, block.name, block.scale, block.approver, block.designer) == ("结施-07", "D户型平面图", "1:50", "absent", "")


def test_label_and_value_in_one_text_are_told_apart(naming: Naming) -> None:
    pen = Pen()
    for row, words in enumerate(("图号：建施-01", "图名: 总平面图", "日期：2017.03", "版次:B")):
        pen.text(words, 0.0, -600.0 * row)
    (block,) = blocks_of(pen.drawing(), naming)
    assert (block.number, block.name, block.dated, block.revision) == ("建施-01", "总平面图", "2017.03", "B")


def test_ink_in_the_cell_of_a_signature_is_present_and_no_name(naming: Naming) -> None:
    pen = Pen()
    ruled(pen, [*ROWS, ("设计", ""), ("校对", "演乙")])
    pen.arc(3600.0, -2800.0, 150.0, 0.3, 2.0, "INK")
    pen.line(3400.0, -2950.0, 3700.0, -2700.0, "INK")
    (block,) = blocks_of(pen.drawing(), naming)
    assert (block.designer, block.checker, block.approver) == ("present", "演乙", "absent")


def test_a_signature_that_may_be_a_picture_is_unreadable_and_not_absent(naming: Naming) -> None:
    pen = Pen()
    ruled(pen, ROWS)
    (block,) = blocks_of(replace(pen.drawing(), left_out={"IMAGE": 2}), naming)
    assert block.approver == "unreadable"


def test_seals_are_told_by_the_names_of_their_blocks_at_the_nearest_title_block(naming: Naming) -> None:
    pen = Pen()
    ruled(pen, ROWS)
    ruled(pen, [("图号", "建施-08"), *ROWS[1:]], x=60000.0)
    for name, x in (("出图章", 1000.0), ("注册章_甲", 61000.0), ("BED", 1000.0)):
        pen.inserts.append(Insert(name, x, 2500.0, 1.0, 1.0, 0.0, pen.entity("0", "INSERT")))
    first, second = blocks_of(pen.drawing(), naming)
    assert (first.number, first.seals, second.number, second.seals) == ("结施-07", ("出图章",), "建施-08", ("注册章_甲",))


def test_attributes_are_read_by_their_tags_in_whatever_space(naming: Naming) -> None:
    pen = Pen()
    ruled(pen, ROWS)
    said = {"DRAWINGNO": "建施-09", "TITLE": "平面图", "REV": "C", "DATE": "2017-06-20", "OTHER": "x"}
    pen.inserts.append(Insert("A3", 0.0, 0.0, 1.0, 1.0, 0.0, pen.entity("0", "INSERT"), said))
    drawing = pen.drawing()
    space = drawing.entities.space.copy()
    space[-1] = 1
    paper = replace(drawing, spaces=(Space("Model"), Space("布局1", paper=True)), entities=replace(drawing.entities, space=space))
    model, layout = blocks_of(paper, naming)
    assert (model.number, layout.number, layout.name, layout.revision, layout.dated, layout.where) == ("结施-07", "建施-09", "平面图", "C", "2017-06-20", None)


def test_a_schedule_with_two_of_the_words_is_no_title_block(naming: Naming) -> None:
    pen = Pen()
    ruled(pen, [("比例", "1:20"), ("设计", "M0921"), ("数量", "4")])
    assert blocks_of(pen.drawing(), naming) == ()


def test_a_sheet_of_one_plan_without_a_title_is_called_what_its_title_block_says(naming: Naming) -> None:
    made = sheet((replace(TYPES["C"], label="住宅"),), None, Layout(title=Title(name="B户型平面图")))
    (plan,) = understand(read(dxf(made), "plan.dxf"), naming).unit_plans
    assert (plan.label, plan.open_because) == ("B户型", ())
