"""The workbench in a real browser: clicked, typed, drawn and uploaded places, the ground on the map, weights, contests and keeping, by mouse and by keyboard."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from relocation.service import Store
from tests.browser.chromium import Watch, watched

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def address(demonstration: tuple[Store, str]) -> str:
    return demonstration[1]


def opened(browser: Browser, address: str, width: int, lang: str) -> tuple[Page, Watch]:
    page = browser.new_page(viewport={"width": width, "height": 900}, has_touch=width < 500)
    watch = watched(page)
    page.goto(f"{address}/vet?lang={lang}")
    page.wait_for_selector("#v-map[data-painted]", timeout=PATIENCE_MS)
    return page, watch


def put(page: Page, across: float, down: float) -> None:
    """Click the map so many parts of its width and height from its corner."""
    box = page.locator("#v-map").bounding_box()
    assert box
    page.locator("#v-map").click(position={"x": box["width"] * across, "y": box["height"] * down})


def answered(page: Page, places: int) -> None:
    page.wait_for_selector(f'#vet[data-ready="{places}"]', timeout=PATIENCE_MS)
    page.wait_for_selector("#v-answer:not([aria-busy]) .verdict", timeout=PATIENCE_MS)


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_a_clicked_place_is_answered_and_where_it_would_pass_is_drawn(browser: Browser, address: str, width: int, lang: str):
    page, watch = opened(browser, address, width, lang)
    put(page, 0.45, 0.72)
    answered(page, 1)
    page.wait_for_selector(".vet-instead p", timeout=PATIENCE_MS)
    said = page.inner_text("#v-answer")
    for words in (("适用", "查过，不适用", "未能核查"), ("Applies", "Checked, does not apply", "Could not be checked"))[lang == "en"]:
        assert words in said
    assert page.locator("#v-legend li").count() >= 3
    painted = page.evaluate("""() => [...document.querySelectorAll('.leaflet-overlay-pane canvas, .leaflet-tile')].some((c) => {
        const d = c.getContext && c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d && d.some((v) => v > 0); })""")
    assert painted
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watch.clean(), watch
    page.close()


def test_places_are_compared_and_a_weight_changes_the_scores(browser: Browser, address: str):
    page, watch = opened(browser, address, 1280, "zh")
    page.fill("#v-places", "东岭 114.905 32.012\n南坡 114.75 31.80\n晏河 114.77，31.85")
    page.get_by_role("button", name="核查", exact=True).click()
    answered(page, 3)
    before = page.inner_text("#v-comparison tr.sum")
    assert "这一项占多少都不改变名次" in page.inner_text("#v-comparison")
    page.get_by_label("到县城（直线） 权重").fill("9")
    page.get_by_label("到县城（直线） 权重").press("Tab")
    page.wait_for_function("(was) => document.querySelector('#v-comparison tr.sum').innerText !== was", arg=before, timeout=PATIENCE_MS)
    page.get_by_role("button", name="2 南坡").click()
    assert "南坡" in page.inner_text(".vet-name")
    assert watch.clean(), watch
    page.close()


def test_a_drawn_outline_is_answered_and_an_unreadable_line_is_said(browser: Browser, address: str):
    page, watch = opened(browser, address, 1280, "zh")
    page.get_by_role("button", name="在图上画范围").click()
    for _ in range(6):
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(350)
    for x, y in ((0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55)):
        put(page, x, y)
    assert "4" in page.inner_text("#v-drawing")
    page.get_by_role("button", name="画完了").click()
    answered(page, 1)
    page.fill("#v-places", "东岭 东边 32.0")
    page.get_by_role("button", name="核查", exact=True).click()
    assert "东岭 东边 32.0" in page.inner_text("#v-trouble")
    assert watch.clean(), watch
    page.close()


def test_with_the_keyboard_alone_a_place_is_put_contested_and_kept(browser: Browser, address: str):
    page, watch = opened(browser, address, 1280, "zh")
    page.locator("#v-map").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    answered(page, 1)
    page.wait_for_selector(".vet-instead p", timeout=PATIENCE_MS)
    page.locator("#v-answer details summary").last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("现场坡度不足 10 度")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "您的异议：现场坡度不足 10 度" in page.inner_text("#v-answer")
    page.locator("#v-remark").focus()
    page.keyboard.type("二期备选")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="打开").click()
    assert "现场坡度不足 10 度" in page.inner_text("main")
    assert "二期备选" in page.inner_text("main")
    assert watch.clean(), watch
    page.close()


def test_a_file_with_hostile_names_is_shown_as_text(browser: Browser, address: str, tmp_path: Path):
    name = "<img src=x onerror=\"document.title='owned'\">"
    shape = {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": [114.905, 32.012]}}
    path = tmp_path / "拟选.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [shape, shape]}), "utf-8")
    page, watch = opened(browser, address, 390, "zh")
    page.set_input_files("#v-file", path)
    answered(page, 2)
    assert name in page.inner_text("#v-answer")
    assert "owned" not in page.title()
    assert watch.clean(), watch
    page.close()


def test_what_the_office_refuses_is_said_on_the_page(browser: Browser, address: str):
    page, watch = opened(browser, address, 1280, "en")
    page.fill("#v-places", "Nowhere 0 0")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#v-trouble:not([hidden])", timeout=PATIENCE_MS)
    assert page.inner_text("#v-trouble")
    assert [one for one in watch.console if "400" not in one] == []
    assert not watch.errors
    page.close()
