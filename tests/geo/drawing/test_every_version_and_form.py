"""Whatever program, version, form and code page a plan was written in, the same plan is read, and it is the plan that was drawn."""

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from geo.drawing.model import Drawing
from geo.drawing.read.packing import pack
from geo.drawing.read.reading import read
from geo.drawing.text import comparable
from tests.drawings.dwg import dwg
from tests.drawings.layer_names import NAMINGS
from tests.drawings.sheets import Layout, Sheet, sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import B, C, D
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.truth import Rounded, Truth, of_drawing, of_sheet

SHEETS: dict[str, Sheet] = {
    "two plans with furniture": sheet((C, B), Manner(columns="frame", hatched=True, furniture=True), Layout(elevation=True)),
    "mirrored and turned": sheet((replace(B, balcony=True),), Manner(furniture=True, walls="polyline"), Layout(mirrored=True, turned_deg=33.0)),
    "plan in a block, in metres": sheet((D,), Manner(stair=True), Layout(in_block=True, unit_m=1.0, dx_mm=5e8, dy_mm=3e9)),
}
TEXT_DXF = ("R12", "R2000", "R2004", "R2007", "R2010", "R2013", "R2018")
DWG = ("R2000", "R2004", "R2010", "R2013", "R2018")
FORMS: dict[str, Form] = {
    **{f"DXF {version}": Form(version) for version in TEXT_DXF},
    **{f"binary DXF {version}": Form(version, binary=True) for version in TEXT_DXF},
    **{f"layers called the {naming} way": Form(naming=naming) for naming in NAMINGS},
    "texts as MTEXT": Form(texts="MTEXT"),
    "Unicode escapes": Form(escape="unicode"),
    "Unicode escapes, R2000": Form("R2000", escape="unicode"),
    "multibyte escapes": Form("R2000", escape="multibyte"),
    "multibyte escapes, R2010": Form("R2010", escape="multibyte"),
    "GBK under ANSI_1252": Form("R2000", encoding="gbk", codepage="ANSI_1252"),
    "GBK under ANSI_1252, R2004": Form("R2004", encoding="gbk", codepage="ANSI_1252"),
    "GBK called gb2312": Form("R2000", encoding="gbk", codepage="gb2312"),
    "GBK under a name nobody knows": Form("R2000", encoding="gbk", codepage="HZTXT"),
    "UTF-8 under ANSI_1252": Form("R2000", encoding="utf-8", codepage="ANSI_1252"),
    "UTF-8 under ANSI_936": Form("R2000", encoding="utf-8", codepage="ANSI_936"),
    "UTF-8 in R12": Form("R12", encoding="utf-8", codepage="ANSI_936"),
    "GBK in R2010, where only UTF-8 may be": Form("R2010", encoding="gbk"),
}
LIARS = {name for name in FORMS if " under " in name or name in ("UTF-8 in R12", "GBK in R2010, where only UTF-8 may be")}
PLANS = sorted(SHEETS)


def truth(plan: str, form: Form) -> Truth:
    names = dict(NAMINGS[form.naming])
    found = of_sheet(SHEETS[plan], names, hatches=form.version != "R12")
    return replace(found, texts=as_compared(found.texts))


def as_compared(texts: Counter[tuple[str, Rounded]]) -> Counter[tuple[str, Rounded]]:
    out = Counter[tuple[str, Rounded]]()
    for (value, at), count in texts.items():
        out[comparable(value), at] += count
    return out


def held(drawing: Drawing) -> Truth:
    found = of_drawing(drawing)
    return replace(found, texts=as_compared(found.texts))


@cache
def as_dwg(plan: str, version: str) -> Drawing:
    return read(dwg(SHEETS[plan], Form(version)), "plan.dwg")


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", FORMS)
def test_a_dxf_is_read_as_it_was_drawn(name: str, plan: str) -> None:
    drawing = read(dxf(SHEETS[plan], FORMS[name]), "plan.dxf")
    assert held(drawing) == truth(plan, FORMS[name])
    assert drawing.read_whole, (drawing.disagreements, drawing.unreadable)
    assert drawing.readers == ("cadkit", "group codes")


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("version", DWG)
def test_a_dwg_is_read_as_it_was_drawn(version: str, plan: str) -> None:
    drawing = as_dwg(plan, version)
    assert held(drawing) == truth(plan, Form(version))
    assert drawing.read_whole, (drawing.disagreements, drawing.unreadable)
    assert drawing.readers == ("cadkit", "ACadSharp")


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("version", DWG)
def test_a_dwg_and_its_dxf_twin_hold_the_same(version: str, plan: str) -> None:
    twin = read(dxf(SHEETS[plan], Form("R2018")), "plan.dxf")
    drawing = as_dwg(plan, version)
    assert held(drawing) == held(twin)
    assert [layer.name for layer in drawing.layers if layer.name in NAMINGS["chinese"].values()] == [
        layer.name for layer in twin.layers if layer.name in NAMINGS["chinese"].values()
    ]
    assert drawing.header_unit == twin.header_unit
    assert [(one.factor, one.decimals) for one in drawing.dimensions] == [(one.factor, one.decimals) for one in twin.dimensions]
    assert [one.measured for one in drawing.dimensions] == pytest.approx([one.measured for one in twin.dimensions], rel=1e-12)


@pytest.mark.parametrize("name", FORMS)
def test_a_header_that_lies_of_its_code_page_is_a_repair_and_no_other_is(name: str) -> None:
    drawing = read(dxf(SHEETS[PLANS[0]], FORMS[name]), "plan.dxf")
    assert [repair.what for repair in drawing.repairs] == (["encoding"] if name in LIARS else [])


def test_an_r14_dwg_whose_chain_of_entities_is_broken_is_never_taken_for_whole() -> None:
    drawing = read(dwg(SHEETS[PLANS[1]], Form("R14")), "plan.dwg")
    assert not drawing.agreed
    assert not drawing.read_whole
    assert any(line.startswith("LINE") for line in drawing.disagreements)


@pytest.mark.parametrize("name", FORMS)
def test_every_piece_names_an_entity_a_layer_and_a_space_that_are_there(name: str) -> None:
    drawing = read(dxf(SHEETS[PLANS[0]], FORMS[name]), "plan.dxf")
    named = np.concatenate(
        [drawing.lines.of, drawing.arcs.of, [text.of for text in drawing.texts], [one.of for one in drawing.inserts], [one.of for one in drawing.hatches]]
    )
    assert named.min() >= 0
    assert named.max() < len(drawing.entities)
    assert drawing.entities.layer.max() < len(drawing.layers)
    assert set(drawing.entities.space.tolist()) == {0}
    assert len(drawing.entities.handle) == len(drawing.entities.kind) == len(drawing.entities.block) == len(drawing.entities.space)


def test_the_same_bytes_are_read_to_the_same_drawing() -> None:
    data = dxf(SHEETS[PLANS[0]])
    assert pack(read(data, "plan.dxf")) == pack(read(data, "plan.dxf"))
