"""The map as a file on a stick: opened by a double click with the network cut, by mouse at a desk and by thumb on a telephone."""

from pathlib import Path
from typing import Any

import pytest

from relocation.service import mapping
from tests.browser.chromium import watched
from tests.web.offices import HOMES, SITES, office_of

pytestmark = pytest.mark.browser
VIEW = "(m => [m.getZoom(), m.getCenter().lng, m.getCenter().lat])(map_1)"
FIRST = """(s => { const g = s.groups[0], p = L.CRS.EPSG3857.pointToLatLng(L.point(g.at.x[0] * 256, g.at.y[0] * 256), 0);
  const q = map_1.latLngToContainerPoint(p), b = map_1.getContainer().getBoundingClientRect(); return [q.x + b.left, q.y + b.top]; })(relocation.state)"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the map of a small office as it is exported, in both languages."""
    made = tmp_path_factory.mktemp("stick")
    store = office_of(made / "home", SITES, HOMES)
    for lang in ("zh", "en"):
        mapping.export_map(store, made / f"{lang}.html", lang)
    store.close()
    return {lang: made / f"{lang}.html" for lang in ("zh", "en")}


@pytest.mark.parametrize(("lang", "width", "touch"), [("zh", 390, True), ("en", 390, True), ("zh", 1280, False), ("en", 1280, False)])
def test_the_file_opens_with_the_network_cut_and_answers_mouse_and_thumb(browser: Any, files: dict[str, Path], lang: str, width: int, touch: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, has_touch=touch, is_mobile=touch, offline=True)
    page = context.new_page()
    watch = watched(page)
    page.goto(files[lang].as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    said = page.inner_text("body")
    what, day = ("安置点核查图", "2018年6月30日") if lang == "zh" else ("Resettlement sites of", "30 June 2018")
    assert what in said and day in said and "GS(2024)0650号" in said  # what it is, of which day, from which data
    before = page.evaluate(VIEW)
    _drag(context, page, touch)
    page.wait_for_function(f"before => {VIEW}.slice(1).join() !== before", arg=",".join(map(str, before[1:])))
    if touch:
        _pinch(context, page)
        page.wait_for_function(f"before => {VIEW}[0] > before", arg=before[0])
    page.evaluate("relocation.state.choose(relocation.state.groups[0], 0, true)")
    page.keyboard.press("Escape")
    at = page.evaluate(FIRST)
    page.touchscreen.tap(*at) if touch else page.mouse.click(*at)
    assert page.text_content("#card-title .text") == "河湾安置点"
    assert watch.clean() and not watch.beyond, watch
    context.close()


def _drag(context: Any, page: Any, touch: bool) -> None:
    if touch:
        _touch(context, page, [[(200 + 8 * n, 500 + 4 * n)] for n in range(9)])
        return
    page.mouse.move(700, 500)
    page.mouse.down()
    page.mouse.move(760, 540, steps=5)
    page.mouse.up()


def _pinch(context: Any, page: Any) -> None:
    _touch(context, page, [[(180 - 8 * n, 480), (220 + 8 * n, 480)] for n in range(12)])


def _touch(context: Any, page: Any, steps: list[list[tuple[int, int]]]) -> None:
    """Put fingers down, move them, lift them."""
    wire = context.new_cdp_session(page)
    for kind, fingers in [("touchStart", steps[0]), *(("touchMove", step) for step in steps[1:]), ("touchEnd", [])]:
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": id} for id, (x, y) in enumerate(fingers)]})
