"""The pages of drawings in a real browser: two files are compared by a person who only looks, decisions and corrections stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from relocation.web import create_app
from tests.browser.chromium import watched
from tests.browser.conftest import serving
from tests.web.drawn import MOVED, OTHER, Drawn, drawn, files_of
from tests.web.offices import NOW

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Drawn, str]]:
    made = drawn(tmp_path_factory.mktemp("drawn"))
    with serving(create_app(made.store, demo=True, now=lambda: NOW)) as address:
        yield made, address
    made.store.close()


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    phone = request.param < 500
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN", has_touch=phone, is_mobile=phone)
    yield context.new_page()
    context.close()


def click(page: Page, pane: int, script: str, x: float, y: float) -> None:
    """Click a point of the drawing on the nth canvas; `script` is its pane in the page's script."""
    left, top = page.evaluate(f"([x, y]) => [drawings.px({script}.view, x), drawings.py({script}.view, y)]", [x, y])
    page.locator(".dv-stage canvas").nth(pane).click(position={"x": left, "y": top})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_drawings_opens_without_a_murmur_at_both_widths(served: tuple[Drawn, str], page: Page, lang: str):
    office, address = served
    watch = watched(page)
    for path in ("", f"/{office.design}", f"/pairs/{office.pair}", f"/pairs/{office.apart}", f"/{office.unmeasured}", "/names?institute=A"):
        page.goto(f"{address}/drawings{path}{'&' if '?' in path else '?'}lang={lang}")
        if path.count("/") and "names" not in path:
            page.wait_for_selector("canvas[data-drawn]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        nameless = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select, button, a, canvas[tabindex]')].filter(e => !(e.labels && e.labels.length)"
            " && !e.textContent.trim() && !e.getAttribute('aria-label')).map(e => e.outerHTML)"
        )
        assert not nameless, path
    assert watch.clean(), watch


def test_a_person_compares_two_files_and_reads_which_wall_moved_and_what_it_does(served: tuple[Drawn, str], browser: Browser, tmp_path: Path):
    _, address = served
    one, two = files_of(MOVED, tmp_path)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    watch = watched(page)
    page.goto(f"{address}/drawings")
    form = page.locator("form", has_text="比对两张图")
    form.get_by_label("设计图").set_input_files(one)
    form.get_by_label("施工图").set_input_files(two)
    form.get_by_role("button", name="比对").click()
    page.wait_for_selector("canvas[data-drawn]")
    judged = page.inner_text(".dv-judged")
    assert "75 ㎡ ÷ 3 人 = 每人 25 ㎡" in judged
    assert "81 ㎡ ÷ 3 人 = 每人 27 ㎡" in judged
    assert page.inner_text(".dv-outcome-fail .dv-mark") == "不合规"
    page.keyboard.press("n")
    page.wait_for_selector(".dv-chosen")
    assert "600 mm" in page.inner_text(".dv-list")
    assert page.locator(".dv-decision").count() == 0  # what is not kept cannot be decided on
    assert watch.clean(), watch
    page.close()


def test_a_decision_made_by_keyboard_survives_a_reload_and_another_browser(served: tuple[Drawn, str], browser: Browser):
    office, address = served
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    watch = watched(page)
    page.goto(f"{address}/drawings/pairs/{office.pair}")
    page.wait_for_selector("canvas[data-drawn]")
    page.keyboard.press("n")
    page.locator(".dv-chosen .dv-decision select").select_option("ignored")
    page.locator(".dv-chosen .dv-decision input[type=text]").fill("笔误，已电话核实")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dv-decided")
    assert page.url.endswith("#set-1")
    assert watch.clean(), watch
    page.close()
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(f"{address}/drawings/pairs/{office.pair}")
    other.wait_for_selector(".dv-decided")
    assert "笔误，已电话核实" in other.inner_text(".dv-decided")
    other.get_by_label("显示").select_option("open")
    assert other.locator(".dv-sets > li:visible .dv-number").first.inner_text() == "2"
    other.context.close()


def test_two_clicks_in_either_drawing_lay_a_refused_pair(served: tuple[Drawn, str], browser: Browser, tmp_path: Path):
    _, address = served
    one, two = files_of(OTHER, tmp_path)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    watch = watched(page)
    page.goto(f"{address}/drawings")
    form = page.locator("form", has_text="比对两张图")
    form.get_by_label("设计图").set_input_files(one)
    form.get_by_label("施工图").set_input_files(two)
    form.get_by_role("button", name="比对").click()
    page.wait_for_selector("canvas[data-drawn]")
    assert "对不上" in page.inner_text(".dv-list")
    assert "在设计图上点第一个点" in page.inner_text(".dv-hint")
    corners = page.evaluate(
        "(s => [s.old, s.next].map(p => { const xs = [...p.lines].filter((_, i) => i % 2 === 0), ys = [...p.lines].filter((_, i) => i % 2); return [Math.min(...xs), Math.min(...ys), Math.max(...xs)]; }))(drawings.state)"
    )
    for which in (0, 2):
        for pane in (0, 1):
            click(page, pane, f"drawings.state.panes[{pane}]", corners[pane][which], corners[pane][1])
    page.get_by_role("button", name="按这两点重新比对").click()
    page.wait_for_selector("canvas[data-drawn]")
    assert "按人工指定的两点" in page.inner_text(".dv-tables")
    assert page.locator(".dv-sets > li").count() > 0
    assert watch.clean(), watch
    page.close()


def test_an_engineer_traces_an_outline_and_the_area_follows(served: tuple[Drawn, str], browser: Browser):
    office, address = served
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    watch = watched(page)
    page.goto(f"{address}/drawings/{office.design}")
    page.wait_for_selector("canvas[data-drawn]")
    ring = page.evaluate(
        "(ring => { const xs = ring.filter((_, i) => i % 2 === 0), ys = ring.filter((_, i) => i % 2); return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]; })(drawings.one.data.plans.find(p => !p.room).rings[0])"
    )
    left, low, right, high = ring
    page.get_by_role("button", name="描轮廓").click()
    for x, y in ((left, low), (right, low), (right, high), (left, high)):
        click(page, 0, "drawings.one.pane", x, y)
    page.get_by_role("button", name="完成").click()
    assert "“C户型”的轮廓，4 个角" in page.inner_text(".dv-drawn")
    page.get_by_role("button", name="指墙").click()
    page.get_by_label("更正的理由（必填）").fill("按外皮描")
    page.get_by_role("button", name="保存更正并重新识读").click()
    assert "按外皮描" in (page.text_content("#correct") or "")
    assert "75" in page.inner_text(".figures")
    page.wait_for_selector(".dv-drawn .dv-button")
    assert watch.clean(), watch
    page.close()
