"""Charts: drawn to scale, told apart without colour, well formed whatever the names are, and never failing on nothing or on the huge."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.verdict import Outcome
from relocation.reports.charts.lines import Series, lines
from relocation.reports.charts.mark import Mark, Picture, fitted, short, svg, ticks, width_of
from relocation.reports.charts.scatter import Dot, Line, scatter
from relocation.reports.charts.stacked import LEAST, Row, stacked
from tests.web.offices import HOSTILE

FAIL, REVIEW, PASS = Outcome.FAIL, Outcome.REVIEW, Outcome.PASS
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("甲镇", *HOSTILE, "\x00坏\ud800名", "很长很长很长很长很长很长很长很长很长很长的名字")
text = st.one_of(st.sampled_from(NAMES), st.text(max_size=12))
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
counts = st.integers(0, 10**9)


def every(picture: Picture, tag: str) -> list[Mark]:
    """Return the marks of a kind, wherever they stand."""
    found, waiting = [], list(picture.marks)
    while waiting:
        one = waiting.pop(0)
        found += [one] if one.tag == tag else []
        waiting += one.children
    return found


def read(picture: Picture) -> ElementTree.Element:
    """Return the picture as another program reads it, held to what every chart must be."""
    said = svg(picture)
    root = ElementTree.fromstring(said)  # noqa: S314 - our own text: that it is well formed is what is asked
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None and root.get("role") == "img"
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "line", "text", "g"}
    names = {name for one in root.iter() for name in one.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}
    assert all(one.get("id", picture.name).startswith(picture.name) for one in root.iter())
    for value in re.findall(r'(?:x|y|width|height|x1|x2|y1|y2|cx|cy|r|d|points)="([^"]*)"', said):
        assert "nan" not in value and "inf" not in value
    return root


def bars(rows: list[Row], width: float = 760.0) -> Picture:
    return stacked(rows, "bars", "题", "说", "户", "zh", width)


def test_bars_are_as_long_as_what_they_count_and_every_part_says_its_number() -> None:
    drawn = bars([Row("甲镇", {FAIL: 10, PASS: 30}), Row("乙镇", {REVIEW: 20, PASS: 60})])
    parts = [one for one in every(drawn, "rect") if one.children]
    told = {one.children[0].text: float(one.attributes["width"]) for one in parts}
    assert told["甲镇 合规 30"] == pytest.approx(3 * told["甲镇 不合规 10"], rel=0.01)
    assert told["乙镇 合规 60"] == pytest.approx(3 * told["乙镇 待核 20"], rel=0.01)
    starts = sorted((float(one.attributes["y"]), float(one.attributes["x"]), float(one.attributes["width"])) for one in parts)
    for before, after in pairwise(starts):
        if before[0] == after[0]:
            assert after[1] == pytest.approx(before[1] + before[2], abs=0.02)  # a part begins where the one before it ends
    said = [one.text for one in every(drawn, "text")]
    assert {"10", "30", "20", "60", "40", "80", "不合规", "待核", "缺资料", "合规", "不适用"} <= set(said)
    assert {one.attributes["fill"] for one in parts} == {"#7a1712", "#cfdfd8", "url(#bars-review)"}


def test_one_household_among_a_million_is_still_seen() -> None:
    drawn = bars([Row("甲镇", {FAIL: 1, PASS: 1_000_000})])
    widths = [float(one.attributes["width"]) for one in every(drawn, "rect") if one.children]
    assert min(widths) == LEAST and max(widths) > 300
    assert "100万" in [one.text for one in every(drawn, "text")] or "120万" in [one.text for one in every(drawn, "text")]


def test_a_line_stands_as_high_as_what_had_happened_by_then() -> None:
    drawn = lines(
        ["2018-01", "2018-02", "2018-03"], [Series("已入住", (0.0, 50.0, 100.0)), Series("已拆", (0.0, 0.0, 50.0))], "lines", "题", "说", "户", "zh", 760.0
    )
    paths = [one for one in every(drawn, "path") if one.attributes.get("fill") == "none"]
    first, second = (re.findall(r"([\d.]+) ([\d.]+)", one.attributes["d"]) for one in paths)
    (x0, y0), (x1, y1), (x2, y2) = ((float(x), float(y)) for x, y in first)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.02) and y0 - y1 == pytest.approx(y1 - y2, abs=0.02) and y2 < y1 < y0
    assert float(second[2][1]) == pytest.approx(y1, abs=0.02)
    assert paths[0].attributes.get("stroke-dasharray") != paths[1].attributes.get("stroke-dasharray")
    assert {"已入住 100", "已拆 50", "2018-01", "2018-03"} <= {one.text for one in every(drawn, "text")}


def test_the_names_of_lines_that_end_together_do_not_lie_on_each_other() -> None:
    drawn = lines(["2018-01", "2018-02"], [Series(f"第{n}", (0.0, 100.0)) for n in range(4)], "lines", "题", "说", "户", "zh", 760.0)
    heights = sorted(float(one.attributes["y"]) for one in every(drawn, "text") if one.text.startswith("第"))
    assert len(heights) == 4 and all(after - before >= 15.9 for before, after in pairwise(heights))


def test_points_and_limits_stand_on_one_scale() -> None:
    dots = [Dot("低", 20.0, 1100.0, PASS, "低"), Dot("限上", 25.0, 1200.0, REVIEW, "限上"), Dot("高", 30.0, 1700.0, FAIL, "高")]
    drawn = scatter(dots, [Line("x", 25.0, "面积"), Line("y", 1200.0, "单价")], "dots", "题", "说", ("x", "y"), "zh", 760.0)
    limits = [one for one in every(drawn, "line") if one.attributes.get("stroke-dasharray") and float(one.attributes["x2"]) - float(one.attributes["x1"]) != 26]
    down, across = limits
    diamond = next(one for one in every(drawn, "path") if one.children and one.children[0].text == "限上")
    x, top = (float(value) for value in re.findall(r"[\d.]+", diamond.attributes["d"])[:2])
    assert x == pytest.approx(float(down.attributes["x1"]), abs=0.02) and top + 6 == pytest.approx(float(across.attributes["y1"]), abs=0.02)
    disc = next(one for one in every(drawn, "circle") if one.children)
    assert float(disc.attributes["cx"]) < x and float(disc.attributes["cy"]) > float(across.attributes["y1"])
    assert {"面积", "单价", "限上", "高"} <= {one.text for one in every(drawn, "text")}


@PATIENT
@given(st.lists(st.tuples(text, st.dictionaries(st.sampled_from(list(Outcome)), counts)), max_size=6), st.sampled_from([350.0, 760.0]))
def test_bars_of_anything_are_well_formed_and_stay_on_the_paper(rows: list[tuple[str, dict[Outcome, int]]], width: float) -> None:
    drawn = bars([Row(name, parts) for name, parts in rows], width)
    read(drawn)
    for one in every(drawn, "rect"):
        assert float(one.attributes.get("x", "0")) + float(one.attributes["width"]) <= width + 0.1


@PATIENT
@given(st.lists(st.tuples(text, st.lists(st.floats(0, 1e12), min_size=3, max_size=3)), max_size=4), st.sampled_from([350.0, 760.0]), st.integers(0, 3))
def test_lines_of_anything_are_well_formed(told: list[tuple[str, list[float]]], width: float, months: int) -> None:
    series = [Series(name, tuple(values[:months])) for name, values in told] if months else []
    read(lines([f"2018-0{n + 1}" for n in range(months)] if series else [], series, "lines", "题", "说", "户", "zh", width))


@PATIENT
@given(st.lists(st.tuples(text, st.floats(0, 1e9), st.floats(0, 1e9), st.sampled_from(list(Outcome))), max_size=8), st.floats(0, 1e9))
def test_points_of_anything_are_well_formed_and_stay_on_the_paper(told: list[tuple[str, float, float, Outcome]], limit: float) -> None:
    drawn = scatter([Dot(name, x, y, outcome, name) for name, x, y, outcome in told], [Line("y", limit, "<限>")], "dots", "题", "说", ("x", "y"), "zh", 350.0)
    read(drawn)
    for one in (each for each in every(drawn, "circle") if each.children):
        assert 0 <= float(one.attributes["cx"]) <= drawn.width and 0 <= float(one.attributes["cy"]) <= drawn.height


def test_hostile_names_are_texts_and_nothing_else() -> None:
    root = read(bars([Row(name, {FAIL: 1}) for name in NAMES]))
    said = "".join(root.itertext())
    assert "<script>document.title='owned'</script>" in said and "onerror" in said  # as text, which the reading above proves


@PATIENT
@given(st.floats(0, 1e12), st.floats(0, 1e12), st.integers(2, 8))
def test_ticks_are_round_and_reach_over_both_ends(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    at = ticks(low, high, most)
    assert len(at) >= 2 and at[0] <= low * (1 + 1e-6) + 1e-6 and at[-1] >= high * (1 - 1e-6)
    step = at[1] - at[0]
    mantissa = float(f"{step:.6e}".partition("e")[0])
    assert min(abs(mantissa - round_) for round_ in (1, 2, 5, 10)) < 0.01


def test_of_households_there_are_no_halves() -> None:
    assert ticks(0.0, 1.0, 6, least=1.0) == [0.0, 1.0] and ticks(0.0, 3.0, 6, least=1.0) == [0.0, 1.0, 2.0, 3.0]
    assert "0.5" not in [one.text for one in every(bars([Row("甲镇", {FAIL: 1})]), "text")]


def test_an_axis_has_room_for_its_numbers_and_a_label_for_its_name() -> None:
    assert [short(value, "zh") for value in (1500, 120_000, 3e8)] == ["1,500", "12万", "3亿"]
    assert [short(value, "en") for value in (1500, 120_000, 3e6, 2e9)] == ["1,500", "120k", "3M", "2G"]
    cut = fitted("很长很长的名字", 50.0)
    assert cut.endswith("…") and width_of(cut) <= 50 and fitted("短", 50.0) == "短"
