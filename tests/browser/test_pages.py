"""The pages as a person meets them: in a real browser, at two widths, in two languages, with the keyboard, with hostile texts."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from relocation.web import create_app
from tests.browser.conftest import serving
from tests.web.offices import HOSTILE, NOW, SITE_HEADINGS, SITES, hostile, ledger, ordinary

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/brief",
    "/sites",
    "/sites/S1",
    "/households",
    "/households/H2",
    "/checks",
    "/checks/living-area",
    "/checks/living-area/of/H2",
    "/findings",
    "/import",
    "/about",
    "/map",
]
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = ordinary(tmp_path_factory.mktemp("office"))
    with serving(create_app(store, demo=True, now=lambda: NOW)) as served:
        yield served
    store.close()


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = hostile(tmp_path_factory.mktemp("hostile"))
    with serving(create_app(store, demo=True, now=lambda: NOW)) as served:
        yield served
    store.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def watched(page: Page, served: str) -> list[str]:
    """Collect what must not happen: console errors, script errors, requests that leave the server."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: wrong.append(sent.url) if not sent.url.startswith((served, "data:", "blob:")) else None)
    return wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_the_window_or_complains(page: Page, address: str, lang: str):
    wrong = watched(page, address)
    for path in PAGES:
        answer = page.goto(f"{address}{path}?lang={lang}")
        assert answer
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
    assert not wrong


def test_chinese_shows_in_a_font_that_has_it(page: Page, address: str):
    page.goto(f"{address}/?lang=zh")
    # A glyph that is missing is drawn as the same box whatever the character: two different ones would then look alike.
    same = page.evaluate(
        """() => { const draw = (text) => { const c = document.createElement('canvas'); c.width = c.height = 40; const x = c.getContext('2d');
        x.font = '30px ' + getComputedStyle(document.body).fontFamily; x.fillText(text, 4, 32); return c.toDataURL(); }; return draw('搬') === draw('迁'); }"""
    )
    assert not same


def test_the_switch_changes_the_language_and_stays_on_the_page(page: Page, address: str):
    page.goto(f"{address}/sites?township=甲乡&lang=zh")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.startswith(f"{address}/sites?township=")
    assert page.get_by_role("heading", level=1).inner_text() == "Sites"


def test_the_first_tab_leads_past_the_menu_and_every_stop_can_be_seen(page: Page, address: str):
    page.goto(f"{address}/sites?lang=zh")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e); return e === document.body || s.outlineStyle !== 'none'; })()"
        )
        assert seen


def test_every_control_has_a_name_and_every_page_one_heading(page: Page, address: str):
    for path in PAGES[:-1]:
        page.goto(f"{address}{path}?lang=zh")
        assert page.locator("h1").count() == 1, path
        nameless = page.evaluate(
            """[...document.querySelectorAll('input:not([type=hidden]), select, button, a')].filter(e =>
            !(e.labels && e.labels.length) && !e.textContent.trim() && !e.getAttribute('aria-label')).map(e => e.outerHTML)"""
        )
        assert not nameless, path


def test_a_clerk_imports_a_ledger_by_preview_and_confirmation(browser: Browser, tmp_path: Path):
    from relocation.service.office import open_office

    store = open_office(tmp_path / "home")
    with serving(create_app(store, demo=True, now=lambda: NOW)) as served:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{served}/")
        page.get_by_role("link", name="去导入").click()
        page.get_by_label("文件").set_input_files(ledger(tmp_path, "安置点.csv", SITE_HEADINGS, SITES))
        page.get_by_role("button", name="预览").click()
        assert "还没有保存" in page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="保存并检查").click()
        page.get_by_role("link", name="看总览").click()
        assert page.get_by_text("河湾安置点").or_(page.get_by_text("岗上安置点")).first.is_visible()
        page.close()
    store.close()


def test_hostile_texts_show_as_they_are_and_run_nowhere(browser: Browser, hostile_address: str):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong = watched(page, hostile_address)
    codes = [quote(f"S{n}{text}", safe="") for n, text in enumerate(HOSTILE)]
    for path in ["/", "/sites", "/households", "/findings", "/checks/four-proximities", "/map", *(f"/sites/{code}" for code in codes)]:
        page.goto(hostile_address + path)
        page.wait_for_timeout(50)
        assert page.title() != "owned", path
    page.goto(f"{hostile_address}/sites")
    shown = page.locator("main").inner_text()
    assert all(text in shown for text in HOSTILE)
    assert not wrong
    page.close()


def test_the_brief_prints_on_one_side_of_a4(browser: Browser, address: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for lang in ("zh", "en"):
        page.goto(f"{address}/brief?lang={lang}")
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(printed) == 1
        assert [round(edge) for edge in printed[0].get_size()] == [595, 842]
    context.close()
