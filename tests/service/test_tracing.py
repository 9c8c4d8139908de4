"""A verdict traced as a tree: down to the cell and the document, with what is due for review marked."""

from collections.abc import Iterator
from datetime import date

import pytest

from checks.registry import checks
from relocation.service import Store, Trouble, explaining, findings
from relocation.service.tracing import STALE, Node
from tests.service.conftest import NOW

TODAY = NOW.date()


def trace(county: Store, what: str, lang: str = "zh", today: date = TODAY) -> Node:
    return explaining.explain(county, what, lang, today).traces[0].tree


def every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from every(child)


def test_a_measured_value_leads_to_the_cells_it_was_read_from(county: Store) -> None:
    (fail, *_) = findings.findings(county, check="living-area", outcome="fail").findings
    tree = trace(county, f"living-area:{fail.subject}")
    measured = next(node for node in tree.children if node.label == "算得")
    assert measured.unit == "平方米/人"
    area = next(node for node in measured.children if "面积" in node.label)
    (cell,) = area.children
    assert cell.label == "出自" and ".xlsx" in cell.value and cell.value[-1].isdigit()
    assert area.link.endswith("#f-floor_area_m2")


def test_a_limit_leads_to_the_value_its_document_clause_place_and_standing(county: Store) -> None:
    tree = trace(county, "unit-cost:GSA22")
    limit = next(node for node in tree.children if node.label.startswith("标准"))
    assert (limit.value, limit.unit, limit.link) == ("1,600", "元/平方米", "/checks/unit-cost#p-county_most_yuan_m2")
    said = {node.label: node for node in limit.children[0].children}
    assert "演示县" in said["依据"].value and said["依据"].link == "/law/instruments/demo-county-rules"
    assert said["条款"].value == "第三条" and said["性质"].value == "正式文件" and "411522" in said["适用范围"].value
    day = next(node for node in limit.children if node.label == "适用哪一天的规定")
    assert day.value == "2018-04-10" and "安置点台账.xlsx" in day.children[0].value


def test_a_countys_value_says_that_it_goes_before_the_wider_ones(county: Store) -> None:
    (found, *_) = [one for one in findings.findings(county, check="old-house", outcome="fail", limit=200).findings if one.law and one.law.place == "411522"]
    tree = trace(county, f"old-house:{found.subject}")
    assert any("优先于上一级" in node.value for node in every(tree))
    history = next(node for node in every(tree) if node.label == "数值沿革")
    assert [node.value for node in history.children] == ["730"]


def test_the_nearest_facilities_lead_to_their_layer_with_source_day_and_uncertainty(county: Store) -> None:
    near = next(node for node in trace(county, "four-proximities:GSA01").children if node.label == "最近的设施")
    assert len(near.children) == 4
    for target in near.children:
        assert target.link.startswith("/about#layer-")
        assert {"位置误差", "图层", "来源", "日期"} <= {node.label for node in target.children}


def test_what_was_missing_is_named_with_the_cell_to_fill(county: Store) -> None:
    (lacking, *_) = findings.findings(county, check="living-area", outcome="no-data", kind="household").findings
    gone = next(node for node in trace(county, f"living-area:{lacking.subject}").children if node.label == "缺少")
    assert gone.children[0].value == "台账里没有填" and gone.children[0].link


def test_a_value_past_its_day_of_review_is_marked_with_a_sign_and_the_day(county: Store) -> None:
    old, new = (trace(county, "four-proximities:GSA01", today=day) for day in (date(2027, 7, 1), date(2027, 6, 30)))
    assert any(node.label.startswith(f"{STALE} 应在2027年6月30日前复核") for node in every(old))
    assert not any(STALE in node.label for node in every(new))
    STALE.encode("gbk")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("id", list(checks()))
def test_every_finding_of_every_check_can_be_traced(county: Store, id: str, lang: str) -> None:
    seen = set()
    for found in findings.findings(county, check=id, limit=300).findings:
        if (found.reason, found.subject_kind) in seen:
            continue
        seen.add((found.reason, found.subject_kind))
        shown = explaining.explain(county, f"{id}:{found.subject}", lang, TODAY, kind=found.subject_kind, county=found.county)
        for node in every(shown.traces[0].tree):
            assert node.label and "None" not in node.label + node.value and "{" not in node.label
            assert node.link.startswith("/") or not node.value
    assert seen or not findings.counts(county).counts[id]["fail"]


def test_a_passing_household_is_traced_by_judging_it_again(county: Store) -> None:
    tree = trace(county, "living-area:GS0001")
    assert tree.value == "合规"


def test_a_subject_of_another_county_is_not_there(county: Store) -> None:
    with pytest.raises(Trouble):
        explaining.explain(county, "unit-cost:GSA22", "zh", county="411521")
