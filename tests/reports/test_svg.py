"""The picture as SVG: well-formed, alone, to scale, and legible without colour."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from geo.drawing.difference import ChangeSet, Difference
from relocation.reports.comparison import rendered
from relocation.reports.comparison_sheet import ComparisonSheet
from tests.reports.examples import example, mm, refused
from tests.reports.hostile import NASTY, hostile

NS = "{http://www.w3.org/2000/svg}"


def parsed(made: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(made)  # noqa: S314 - made here


def texts(made: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(made).iter(f"{NS}text")]


def test_the_picture_is_an_a3_sheet_at_one_to_fifty_and_says_so():
    made = rendered(example(), ".svg", "zh")
    root = parsed(made)
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    assert any("1:50" in said for said in texts(made))
    removed = next(one for one in root.iter(f"{NS}path") if one.get("class") == "removed").get("d", "")
    x1, y1, x2, y2 = map(float, re.findall(r"-?[\d.]+", removed)[:4])
    assert (round(x2 - x1, 2), round(y2 - y1, 2)) == (160.0, 0.0)  # a wall of 8.00 m on a sheet of 1:50


def test_removed_and_added_differ_by_dash_and_weight_and_every_kind_has_a_sign():
    root = parsed(rendered(example(), ".svg", "en"))
    styles = {one.get("class"): one for one in root.iter(f"{NS}path") if one.get("class") in ("removed", "added")}
    assert styles["removed"].get("stroke-dasharray")
    assert styles["added"].get("stroke-dasharray") is None
    assert float(styles["added"].get("stroke-width", 0)) > float(styles["removed"].get("stroke-width", 0))
    marks = next(one for one in root.iter(f"{NS}g") if one.get("class") == "marks")
    assert len({path.get("d") for path in marks.iter(f"{NS}path")}) == 4  # moved, changed, added, removed


@pytest.mark.parametrize(("lang", "wanted"), [("zh", ["图例", "移动：由虚线到实线，→"]), ("en", ["Legend", "moved: from dashed to thick, →"])])
def test_the_legend_is_in_the_picture(lang: str, wanted: list[str]):
    assert set(wanted) <= set(texts(rendered(example(), ".svg", lang)))


def test_hostile_texts_are_text_and_nothing_is_fetched():
    made = rendered(hostile(), ".svg", "zh")
    root = parsed(made)
    assert {one.tag.removeprefix(NS) for one in root.iter()} <= {"svg", "g", "path", "text", "rect", "circle"}
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or name.endswith("href")]
    assert any(NASTY[1] in said for said in texts(made))


def test_a_refused_pair_shows_the_design_alone():
    root = parsed(rendered(refused(), ".svg", "zh"))
    assert not [one for one in root.iter(f"{NS}g") if one.get("class") == "cloud"]


def lettered(id: str, op: str, words: str, x_mm: float, y_mm: float) -> Difference:
    """Return a text of 300 mm that was changed or moved to a place, its box with it."""
    ring = mm((x_mm, y_mm), (x_mm + 900, y_mm), (x_mm + 900, y_mm + 300), (x_mm, y_mm + 300), (x_mm, y_mm))
    return Difference(id, op, "text", "PUB_TEXT", words, words, ((x_mm + 450) / 1000, (y_mm + 150) / 1000), (ring,), (ring,), change_set=1)


def with_differences(*found: Difference) -> ComparisonSheet:
    sheet = example()
    angle = ((0.0, 0.0), (0.0, 6.0), (1.0, 6.0), (1.0, 1.0), (6.0, 1.0), (6.0, 0.0), (0.0, 0.0))
    around = ChangeSet(1, (0.0, 0.0, 6.0, 6.0), angle, tuple(one.id for one in found), {})
    return replace(sheet, comparison=replace(sheet.comparison, differences=found, change_sets=(around,)))


def test_a_text_that_moved_is_read_where_it_now_stands():
    root = parsed(rendered(with_differences(lettered("t", "moved", "储藏室", 2000, 2000)), ".svg", "zh"))
    written = next(one for one in root.iter(f"{NS}g") if one.get("class") == "written")
    assert ["".join(one.itertext()) for one in written] == ["储藏室"]


def test_values_are_not_printed_over_each_other():
    close = [lettered(f"t{n}", "changed", f"客厅{n}", 2000 + 30 * n, 2000 - 20 * n) for n in range(4)]
    root = parsed(rendered(with_differences(*close), ".svg", "zh"))
    marks = next(one for one in root.iter(f"{NS}g") if one.get("class") == "marks")
    heights = sorted(float(one.get("y", "0")) for one in marks.iter(f"{NS}text"))
    assert len(heights) > 1
    assert all(below - above >= 2.4 for above, below in pairwise(heights))


def test_the_number_of_a_set_stands_on_its_cloud_and_not_at_the_corner_of_its_box():
    root = parsed(rendered(with_differences(lettered("t", "moved", "储藏室", 2000, 2000)), ".svg", "zh"))
    [cloud] = [one for one in root.iter(f"{NS}g") if one.get("class") == "cloud"]
    path, circle = next(cloud.iter(f"{NS}path")).get("d", ""), next(cloud.iter(f"{NS}circle"))
    corners = {(x, y) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=[MA]|$)", path)}
    assert (circle.get("cx"), circle.get("cy")) in corners
