"""The finished document: nothing from outside, nothing evaluated, the same bytes for the same data."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from relocation.maps import assets
from relocation.maps.chart import Chart, Geometry
from relocation.maps.data import NOT_RUN, CheckColumn, MapData, Reach
from relocation.maps.geometry import geometry
from relocation.maps.page import folium_map
from relocation.maps.texts import texts
from relocation.maps.wording import WORDS
from tests.maps.examples import example
from tests.maps.naughty import NAUGHTY, naughty_example

NONCE = "bm9uY2U="


class Tags(HTMLParser):
    """Collects tags with their attributes, and the contents of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script":
            self.scripts.append(data)

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def said(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json"[^>]*id="texts">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_the_exported_file_names_no_other_file_and_no_host() -> None:
    page = folium_map(example())
    for tag, attributes in Tags(page).tags:
        assert not {"src", "href", "srcset", "action", "data", "poster"} & attributes.keys(), (tag, attributes)
    assert not re.search(r"url\((?!data:|#)", page)
    assert "sourceMappingURL" not in page


def test_the_exported_file_forbids_itself_every_request_and_every_other_script() -> None:
    policy = next(meta["content"] for meta in Tags(folium_map(example())).having("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_every_script_and_style_of_the_served_page_carries_the_nonce_and_nothing_is_inline_in_a_tag() -> None:
    tags = Tags(folium_map(example(), "served", nonce=NONCE, asset_prefix="/assets/"))
    assert len(tags.having("script")) > 8
    for attributes in tags.having("script") + tags.having("style"):
        assert attributes["nonce"] == NONCE
    for _, attributes in tags.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_every_address_of_the_served_page_is_an_asset_that_is_served() -> None:
    tags = Tags(folium_map(example(), "served", nonce=NONCE, asset_prefix="/a/"))
    wanted = [str(one["src"]) for one in tags.having("script") if "src" in one] + [str(one["href"]) for one in tags.having("link")]
    assert len(wanted) > 8
    for address in wanted:
        path, kind = assets.served_asset(address.removeprefix("/a/"))
        assert path.is_file() and kind in ("text/javascript", "text/css")


@pytest.mark.parametrize("name", ["", "map/frame.html", "../pyproject.toml", "leaflet/../../jquery.js", "leaflet/leaflet-src.js", "/etc/passwd"])
def test_only_listed_assets_are_served(name: str) -> None:
    with pytest.raises(assets.UnknownAsset):
        assets.served_asset(name)


def test_a_folium_element_that_asks_for_an_unknown_host_stops_the_page() -> None:
    from folium.plugins import Fullscreen

    chart = Chart("[[],0,0]", (114, 31, 115, 32))
    chart.map.add_child(Fullscreen())
    with pytest.raises(assets.UnknownAsset, match="fullscreen"):
        chart.render()


def test_folium_is_given_no_text_of_any_record_or_layer() -> None:
    data = example()
    columns = json.dumps(geometry(data))
    page = Chart(columns, (114, 31, 115, 32)).render()
    assert page.isascii()
    for name in (*data.sites.codes, *data.sites.names, *(name for layer in data.layers for name in layer.names if name)):
        assert name not in page


def test_folium_refuses_geometry_in_which_a_template_could_begin() -> None:
    for columns in ('["{{7*191}}"]', '["{%print 7*191%}"]', '["</script>"]'):
        with pytest.raises(ValueError):
            Geometry(columns, (0, 0, 1, 1))


@pytest.mark.parametrize("mode", ["inline", "served"])
def test_hostile_texts_reach_the_page_unevaluated_and_only_inside_json(mode: Any) -> None:
    page = folium_map(naughty_example(), mode, nonce=NONCE)
    held = said(page)
    assert held["title"] == NAUGHTY[0]
    assert "1337" not in json.dumps(held, ensure_ascii=False)
    around = page.replace(re.search(r'id="texts">(.*?)</script>', page, re.DOTALL)[1], "")
    assert "7*191" not in around.replace("{{7*191}}", "", 1)  # once in the escaped title
    assert "onerror" not in page.replace(assets.source("leaflet/leaflet.js"), "").replace(re.search(r'id="texts">(.*?)</script>', page, re.DOTALL)[1], "")
    assert "<img" not in page


def test_the_same_data_gives_the_same_file() -> None:
    assert folium_map(example()) == folium_map(example())


@pytest.mark.parametrize("bad", [{"nonce": ""}, {"nonce": '"><script>'}, {"nonce": NONCE, "asset_prefix": '"><script>'}])
def test_a_nonce_or_prefix_that_could_leave_its_attribute_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        folium_map(example(), "served", **bad)


def test_the_map_has_the_same_words_in_both_languages() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key, text in WORDS["zh"].items():
        assert WORDS["en"][key].count("%s") == text.count("%s"), key
        assert WORDS["en"][key].isascii() or key == "plusMinus"
    used = set(re.findall(r"\bwords\.(\w+)(?!\w|\()", " ".join(path.read_text("utf-8") for path in _sources())))
    used |= set(re.findall(r'data-(?:word|label)="(\w+)"', assets.source(assets.FRAME)))
    assert used <= WORDS["zh"].keys()


def _sources() -> list[Path]:
    return [assets.served_asset(name)[0] for name in assets.OWN_SCRIPTS]


def test_the_worst_outcome_stands_for_a_place() -> None:
    data = example(houses=0)
    columns = tuple(
        CheckColumn(f"c{n}", "", np.array(column, dtype=np.int8), [""] * 5) for n, column in enumerate(([0, 4, NOT_RUN, 3, 2], [1, NOT_RUN, NOT_RUN, 0, 3]))
    )
    places = replace(data.sites, codes=list("abcde"), checks=columns)
    assert places.worst.tolist() == [1, 4, NOT_RUN, 3, 2]  # fail over pass; n/a over nothing; no-data over pass; review over no-data


def test_an_empty_map_of_an_office_without_data_is_a_page_all_the_same() -> None:
    data = example(count=1, houses=0)
    empty = replace(data, layers=(), sites=replace(data.sites, reaches=(), lon=np.array([np.nan]), lat=np.array([np.nan])))
    assert "relocation.start(" in folium_map(empty)


def test_shapes_of_every_kind_are_taken() -> None:
    data = example(houses=0)
    shapes = np.array([
        shapely.Point(115, 32), None, shapely.LineString([(115, 32), (115.1, 32)]), shapely.MultiPolygon([shapely.box(115, 32, 115.1, 32.1)]),
        shapely.box(115, 32, 115.2, 32.2).difference(shapely.box(115.05, 32.05, 115.1, 32.1)), shapely.Point(), shapely.MultiPoint([(115, 32), (116, 32)]),
    ], dtype=object)  # fmt: skip
    layer = replace(data.layers[0], id="industrial_parks", names=list("abcdefg"), shapes=shapes, uncertainty_m=np.full(7, np.nan), details=(), classes=())
    reach = Reach("industrial_parks", np.full(24, 4), np.full(24, 10.0), np.full(24, 115.0), np.full(24, 32.0))
    drawn = MapData("t", "en", data.as_of, replace(data.sites, reaches=(reach,)), (layer,))
    assert "relocation.start(" in folium_map(drawn)
    assert texts(drawn)["layers"][0]["unplaced"] == 2
