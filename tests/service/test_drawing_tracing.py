"""A verdict about drawings is traced to the drawing, the sheet on it and the entity."""

from collections.abc import Iterator

from checks.vocabulary import DRAWING, DRAWING_PAIR
from relocation.service import explaining
from relocation.service.tracing import Node
from tests.drawings.pasts import DESIGN, OWN
from tests.drawings.planting import moved_wall, overridden
from tests.drawings.sheets import Title
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import C
from tests.drawings.writing import Form, dxf
from tests.service.drawn import NOW, Desk, drawn, plan


def told(office: Desk, what: str, lang: str = "zh") -> list[tuple[str, str, str]]:
    (trace,) = explaining.explain(office.store, what, lang, NOW.date()).traces
    return [(node.label, node.value, node.link) for node in walked(trace.tree)]


def walked(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walked(child)


def test_a_unit_types_verdict_leads_to_both_drawings_and_their_sheets(office: Desk) -> None:
    office.ledger("S1-C,C户型,S1,是,3,2017-04-01,20,75")
    office.send("设计图.dxf", plan(C, past=DESIGN), "design")
    office.send("施工图.dxf", plan(C, past=OWN, title=Title(number="建施-07", revision="B", dated="2017.06.20")), "construction")
    office.judged()
    nodes = told(office, "unit-type-area:S1-C")
    codes = {row["name"]: row["code"] for row in office.rows(DRAWING)}
    assert ("设计图", "设计图.dxf", f"/drawings/{codes['设计图.dxf']}?county=990100") in nodes
    assert ("施工图", "施工图.dxf", f"/drawings/{codes['施工图.dxf']}?county=990100") in nodes
    assert any(value == "建施-07 · B · 2017.06.20" for _, value, _ in nodes)
    assert any(label == "设计图标注面积" and value == "75" for label, value, _ in nodes)
    assert any(label == "Area written in the design drawing" and value == "75" for label, value, _ in told(office, "unit-type-area:S1-C", "en"))


def test_a_typed_number_leads_to_its_dimension(office: Desk) -> None:
    office.send("设计图.dxf", dxf(overridden(drawn(C), 0, "9700").new), "design")
    office.judged()
    (drawing,) = office.rows(DRAWING)
    nodes = told(office, f"dimension-text:{drawing['code']}")
    assert any(label == "改写的尺寸" and value == "9700" for label, value, _ in nodes)
    assert any(label == "图元" and value.startswith("DIMENSION ") and value.endswith("标注") for label, value, _ in nodes)


def test_a_pairs_clues_lead_to_the_differences_and_their_entities(office: Desk) -> None:
    plant = moved_wall(C, "x", 3540, 300, Manner())
    office.send("设计图.dxf", dxf(plant.old, Form(past=DESIGN)), "design")
    office.send("施工图.dxf", dxf(plant.new, Form(past=OWN)), "construction")
    office.judged()
    (pair,) = office.rows(DRAWING_PAIR)
    nodes = told(office, f"drawing-lineage:{pair['code']}")
    assert ("设计图", "设计图.dxf", f"/drawings/{pair['design_drawing']}?county=990100") in nodes
    assert any(label.startswith("内墙（") and label.endswith("向右移动 300 mm") for label, _, _ in nodes)
    assert any(label == "设计图 图元" and value.startswith("墙体 · ") for label, value, _ in nodes)


def test_a_verdict_stays_explained_when_the_file_is_gone(office: Desk) -> None:
    office.send("设计图.dxf", plan(C), "design")
    office.judged()
    for path in (office.store.home / "drawings").iterdir():
        path.unlink()
    (drawing,) = office.rows(DRAWING)
    assert any(value == "设计图.dxf" for _, value, _ in told(office, f"dimension-text:{drawing['code']}"))
