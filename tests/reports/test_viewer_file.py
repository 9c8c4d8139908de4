"""The one HTML file: alone, strict, its data beside its scripts and never among its markup."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from relocation.reports.comparison import rendered
from relocation.reports.comparison_sheet import ComparisonSheet, Decision
from relocation.reports.viewer import viewer_data
from tests.reports.examples import example, refused
from tests.reports.hostile import NASTY, hostile


class Read(HTMLParser):
    """The tags, attributes and script bodies of a page."""

    def __init__(self, made: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.bodies: dict[str, str] = {}
        self.inside = ""
        self.feed(made.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = str(dict(attrs).get("id") or tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name is the parser's
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.bodies[self.inside] = self.bodies.get(self.inside, "") + data


@pytest.mark.parametrize("make", [example, refused, hostile])
def test_the_file_is_alone_and_runs_only_the_scripts_it_came_with(make: Callable[[], ComparisonSheet]):
    page = Read(rendered(make(), ".html", "zh"))
    assert sorted({tag for tag, _ in page.tags}) == ["body", "div", "h1", "head", "html", "meta", "noscript", "script", "style", "title"]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "href", "style")]
    policy = next(attrs["content"] for tag, attrs in page.tags if tag == "meta" and "http-equiv" in attrs) or ""
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(page.bodies[kind].encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", page.bodies["script"])


def test_the_data_are_the_sheets_and_survive_hostile_texts():
    page = Read(rendered(hostile(), ".html", "zh"))
    data = json.loads(page.bodies["drawings-data"])
    assert data["title"].startswith(NASTY[0])
    assert NASTY[1] in data["old"]["layers"][0]
    assert [one["layer"] for one in data["differences"]] == list(NASTY[:4])


def test_geometry_travels_to_a_tenth_of_a_millimetre():
    data = viewer_data(example(), "zh")
    raw = base64.b64decode(data["old"]["lines"])
    lines = np.frombuffer(raw, "<f4").reshape(-1, 4) + np.array([*data["origins"]["old"]] * 2)
    assert np.abs(lines[0] - [0, 0, 8, 0]).max() < 1e-4
    assert np.abs(lines[2] - [8, 6.25, 0, 6.25]).max() < 1e-4


def test_the_answer_stands_first_unit_type_by_unit_type():
    [one] = viewer_data(example(), "zh")["judged"]
    assert [(side["which"], side["outcome"]) for side in one["sides"]] == [("设计图", "pass"), ("施工图", "fail")]
    assert one["sides"][1]["figures"] == "54.8 ㎡ ÷ 2 人 = 每人 27.4 ㎡"
    assert one["change"] == "施工图比设计图每人多 2.4 ㎡"


def test_two_drawings_that_do_not_fit_are_shown_each_in_its_own_axes_without_differences():
    data = viewer_data(refused(), "en")
    assert not data["together"]
    assert data["sets"] == data["differences"] == []


@pytest.mark.parametrize(("lang", "wanted"), [("zh", "作为问题（与批复不符）"), ("en", "kept as a finding (与批复不符)")])
def test_a_difference_kept_as_a_finding_says_why(lang: str, wanted: str):
    sheet = replace(example(), decisions={"d1": Decision("finding", reason="与批复不符")})
    assert viewer_data(sheet, lang)["sets"][0]["decision"] == wanted
