"""The map in a real browser: offline, literal, usable by mouse, keyboard and thumb."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from relocation.maps import assets
from relocation.maps.data import MapData
from relocation.maps.page import folium_map
from tests.browser.chromium import Watch, chromium, watched
from tests.maps.examples import example
from tests.maps.naughty import NAUGHTY, naughty_example

NONCE = "dGVzdA=="
POLICY = f"default-src 'none'; script-src 'nonce-{NONCE}'; style-src 'self' 'nonce-{NONCE}'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
FAVICON = "/favicon.ico"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@dataclass
class Opened:
    page: Any
    watch: Watch
    data: MapData

    def text(self, selector: str) -> str:
        return str(self.page.text_content(selector))

    def choose(self, row: int) -> None:
        self.page.evaluate(f"relocation.state.choose(relocation.state.groups[0], {row}, true)")


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serves one map page under the strict policy of the web application, and its assets."""

    page = ""

    def do_GET(self) -> None:
        name = self.path.removeprefix("/assets/")
        try:
            path, kind = assets.served_asset(name)
            body = path.read_bytes()
        except assets.UnknownAsset:
            body, kind = self.page.encode("utf-8"), "text/html; charset=utf-8"
        self.send_response(204 if self.path == FAVICON else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        if self.path != FAVICON:
            self.wfile.write(body)

    def log_message(self, *ignored: object) -> None:
        pass


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Return a function that opens a map inline (a file) or served (loopback, strict policy) in a window of a given size."""
    with_servers: list[http.server.ThreadingHTTPServer] = []

    def open_(data: MapData, mode: str = "inline", *, width: int = 1280, height: int = 800, touch: bool = False, fragment: str = "") -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
        page = context.new_page()
        watch = watched(page)
        html = folium_map(data, mode, nonce=NONCE)  # type: ignore[arg-type]
        if mode == "inline":
            file = tmp_path / "map.html"
            file.write_text(html, encoding="utf-8")
            address = file.as_uri()
        else:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(type("_Page", (_Handler,), {"page": html})))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with_servers.append(server)
            address = f"http://127.0.0.1:{server.server_port}/map"
        page.goto(address + fragment)
        page.wait_for_selector("html[data-ready]", timeout=20_000, state="attached")
        return Opened(page, watch, data)

    yield open_
    for context in list(browser.contexts):
        context.close()
    for server in with_servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("mode", ["inline", "served"])
def test_the_map_opens_without_a_network_and_without_a_murmur(opened: Any, mode: str) -> None:
    shown = opened(example(), mode)
    shown.choose(3)
    shown.page.click(".leaflet-control-zoom-in")
    shown.page.wait_for_timeout(400)
    assert shown.watch.clean(), shown.watch
    if mode == "inline":
        assert [url for url in shown.watch.requests if not url.startswith("data:")] == [shown.page.url]
    assert shown.page.evaluate("relocation.state.frames") >= 2
    assert shown.text(".leaflet-control-attribution") == "Leaflet"


@pytest.mark.parametrize("mode", ["inline", "served"])
def test_every_hostile_text_shows_as_exactly_what_it_is(opened: Any, mode: str) -> None:
    data = naughty_example()
    shown = opened(data, mode)
    assert shown.text("#map-title") == NAUGHTY[0] == shown.page.title()
    for row, name in enumerate(NAUGHTY):
        shown.choose(row)
        assert shown.text("#card-title .text") == name
        assert shown.page.locator("#card-body .sentence").first.text_content() in {check.sentences[row] for check in data.sites.checks}
        assert data.sites.codes[row] in shown.text(".facts")
    shown.page.evaluate("relocation.state.choose(relocation.state.groups[1], 5, true)")
    for details in shown.page.locator("#layer-rows details").all():
        details.locator("summary").click()
    everything = shown.page.evaluate("document.body.innerText + document.title + document.body.innerHTML.length")
    assert "1337" not in everything and shown.page.title() != "owned"
    assert shown.page.locator("img:not(.leaflet-container img), svg, #card script, #tools script, b").count() == 0
    for layer in data.layers:
        assert layer.title in shown.text("#layer-rows") and layer.note in shown.text("#layer-rows")
    assert shown.watch.clean(), shown.watch


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_on_the_map_is_the_one_that_was_given(opened: Any, lang: str) -> None:
    data = example(lang, count=120, houses=30)
    shown = opened(data)
    for at, places in enumerate((data.sites, data.households)):
        assert places is not None
        got = shown.page.evaluate(
            f"(g => g.checks.map(c => Array.from(g.at.x, (_, row) => c.sentence(row))).concat([Array.from(g.at.x, (_, row) => g.code(row)), Array.from(g.at.x, (_, row) => g.name(row))]))(relocation.state.groups[{at}])"
        )
        assert got == [*(list(check.sentences) for check in places.checks), list(places.codes), list(places.names)]


def test_places_and_outlines_lie_where_they_were_given(opened: Any) -> None:
    data = example(houses=0)
    shown = opened(data)
    west, north = shown.page.evaluate("(s => [s.groups[0].at.x, s.groups[0].at.y].map(a => Array.from(a)))(relocation.state)")
    for x, y, lon, lat in list(zip(west, north, data.sites.lon, data.sites.lat, strict=True))[1:]:
        back = shown.page.evaluate("([x, y]) => { const p = L.CRS.EPSG3857.pointToLatLng(L.point(x * 256, y * 256), 0); return [p.lng, p.lat]; }", [x, y])
        assert back == pytest.approx([lon, lat], abs=6e-7)
    county = next(at for at, layer in enumerate(data.layers) if layer.id == "county_boundaries")
    ring = shown.page.evaluate(f"Array.from(relocation.state.layers[{county}].paths[0].points)")
    wanted = data.layers[county].shapes[0].geoms[0].exterior.coords
    assert len(ring) == 2 * len(wanted)
    assert [x * 360 - 180 for x in ring[::2]] == pytest.approx([lon for lon, _ in wanted], abs=6e-6)


def test_a_click_on_a_site_opens_its_card_and_draws_its_lines(opened: Any) -> None:
    data = example(houses=0)
    shown = opened(data, "served")
    row = 5
    at = shown.page.evaluate(
        f"(s => {{ const p = L.CRS.EPSG3857.pointToLatLng(L.point(s.groups[0].at.x[{row}] * 256, s.groups[0].at.y[{row}] * 256), 0);"
        "const q = map_1.latLngToContainerPoint(p), b = map_1.getContainer().getBoundingClientRect(); return [q.x + b.left, q.y + b.top]; })(relocation.state)"
    )
    shown.page.mouse.click(*at)
    assert shown.text("#card-title .text") == data.sites.names[row]
    assert shown.page.locator(".lines li").count() == 4
    assert shown.page.get_attribute("a.page", "href") == f"/sites/{data.sites.codes[row]}"
    words = [item.text_content() for item in shown.page.locator(".finding .word").all()]
    assert len(words) == 2
    shown.page.keyboard.press("Escape")
    assert not shown.page.is_visible("#card")


def test_outcomes_and_checks_filter_what_is_shown_and_counted(opened: Any) -> None:
    data = example(houses=0)
    shown = opened(data)
    worst = data.sites.worst.tolist()
    count = {name: int(shown.text(f"[data-outcome={name}] .count")) for name in ("pass", "fail", "review", "no-data", "not-applicable")}
    assert list(count.values()) == [worst.count(number) for number in range(5)]
    shown.page.uncheck("[data-outcome=fail] input")
    assert len(shown.page.evaluate("relocation.state.found")) == len(worst) - worst.count(1)
    assert shown.page.evaluate("relocation.state.groups[0].byOutcome[1].length") == 0
    shown.page.check("[data-outcome=fail] input")
    shown.page.select_option("#check", "unit-cost")
    costs = data.sites.checks[1].outcomes.tolist()
    assert int(shown.text("[data-outcome=fail] .count")) == costs.count(1)


def test_search_by_name_or_code_and_filters_work_by_keyboard_alone(opened: Any) -> None:
    data = example(houses=0)
    shown = opened(data)
    shown.page.focus("#search")
    shown.page.keyboard.type(data.sites.codes[7].lower())
    shown.page.wait_for_selector("#list li:only-child .entry")
    shown.page.keyboard.press("Enter")
    assert shown.text("#card-title .text") == data.sites.names[7]
    assert shown.page.evaluate("document.activeElement.id") == "close-card"
    shown.page.keyboard.press("Enter")
    assert not shown.page.is_visible("#card")
    shown.page.focus("[data-outcome=fail] input")
    shown.page.keyboard.press("Space")
    assert shown.page.evaluate("document.activeElement.closest('[data-outcome]').dataset.outcome") == "fail"  # focus is not lost
    assert not shown.page.evaluate("relocation.state.outcomes[1]")


def test_a_place_without_a_position_is_listed_and_said_to_be_off_the_map(opened: Any) -> None:
    shown = opened(example(houses=0))
    assert "1" in shown.text("#matches") and "没有坐标" in shown.text("#matches")
    shown.choose(0)
    assert "没有坐标" in shown.text("#card-body")


def test_an_address_with_a_code_opens_that_place(opened: Any) -> None:
    data = example()
    shown = opened(data, fragment=f"#{data.sites.codes[9]}")
    assert shown.text("#card-title .text") == data.sites.names[9]


def test_each_layer_states_source_date_and_accuracy_and_the_map_its_approval_numbers(opened: Any) -> None:
    data = example()
    shown = opened(data)
    rows = shown.page.locator("#layer-rows .layer")
    assert rows.count() == len(data.layers)
    for at, layer in enumerate(data.layers):
        text = str(rows.nth(at).locator("details").text_content())
        assert layer.source in text and layer.dated in text
        assert "位置误差" in text or layer.id == "rivers"
    assert "GS(2024)0650号" in shown.text("#approvals")
    assert shown.text("#internal") == "内部使用"
    assert "2026年11月24日" in shown.text("#as-of")
    assert shown.page.is_visible("#own-approval-no.blank")
    assert shown.page.is_visible(".leaflet-control-scale-line")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_map_is_usable_on_a_telephone(opened: Any, lang: str) -> None:
    data = example(lang)
    shown = opened(data, width=390, height=844, touch=True)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not shown.page.is_visible("#tools")
    assert shown.page.locator(".folium-map").bounding_box()["height"] > 844 * 0.45
    for chip in shown.page.locator(".outcomes .row").all():
        assert chip.bounding_box()["height"] >= 44
    shown.page.tap("#open-tools")
    assert shown.page.is_visible("#search")
    shown.page.tap("#list .entry >> nth=2")
    assert shown.page.is_visible("#card") and not shown.page.is_visible("#tools")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    shown.page.tap("#close-card")
    assert not shown.page.is_visible("#card")
    assert shown.watch.clean(), shown.watch


def test_outcomes_differ_in_black_and_white(opened: Any) -> None:
    """Symbols are compared as grey pictures: no two of the five may look alike."""
    shown = opened(example())
    pictures = shown.page.evaluate(
        """[0, 1, 2, 3, 4].map(outcome => {
          const icon = relocation.outcomeIcon(outcome), c = icon.getContext('2d'), d = c.getImageData(0, 0, icon.width, icon.height).data, grey = [];
          for (let i = 0; i < d.length; i += 4) { const a = d[i + 3] / 255; grey.push(a * (0.299 * d[i] + 0.587 * d[i + 1] + 0.114 * d[i + 2]) + 255 * (1 - a)); }
          return grey; })"""
    )
    for one in range(5):
        for other in range(one):
            unlike = sum(abs(a - b) > 60 for a, b in zip(pictures[one], pictures[other], strict=True))
            assert unlike > 0.08 * len(pictures[0]), (one, other, unlike)


def test_printing_shows_map_legend_and_sources_and_gives_the_screen_back(opened: Any) -> None:
    shown = opened(example())
    shown.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert shown.page.is_visible("[data-outcome=fail] canvas") and shown.page.is_visible("#approvals")
    assert not shown.page.is_visible("#search") and not shown.page.is_visible("#print")
    shown.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert shown.page.is_visible("#search")
