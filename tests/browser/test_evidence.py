"""Photos attached in a real browser: chosen, sent, judged, flagged, withdrawn; at two widths, with nothing going wrong on the way."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from relocation.service.office import open_office
from relocation.web import create_app
from tests.browser.conftest import serving
from tests.evidence.photos import photo, taken_at
from tests.evidence.scenes import scene
from tests.service.evidence_office import NOW, OURS, SITE_LAT, SITE_LON, attach, fill

pytestmark = pytest.mark.browser

NAUGHTY = '"><img src=x onerror="document.title=1337">.jpg'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("photos")
    (made / "现场.jpg").write_bytes(taken_at(datetime(2018, 5, 3, 10), SITE_LON, SITE_LAT, 3))  # noqa: DTZ001 - a camera's clock has no zone
    (made / "copy.png").write_bytes(photo(form="PNG", picture=scene(7, size=(320, 240)).crop((20, 12, 300, 220))))
    (made / "page.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1337'/>")
    return made


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("office")
    store = fill(open_office(folder / "home"), folder)
    attach(store, folder, photo(7), "H0001", name="a.jpg")
    (folder / "b.jpg").write_bytes(photo(8))
    attach(store, folder, photo(8), "H0012", name="b.jpg", note=NAUGHTY)
    with serving(create_app(store, demo=True, now=lambda: NOW)) as address:
        yield address
    store.close()


@pytest.fixture(params=(1280, 390))
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    assert opened.title() != "1337"
    assert not wrong
    context.close()


def test_files_are_chosen_sent_judged_and_one_withdrawn(page: Page, served: str, folder: Path) -> None:
    page.goto(f"{served}/households/H0012?county={OURS}")
    if not page.get_by_label("文件（可一次选几个）").is_visible():
        page.get_by_text("添加材料").click()
    page.get_by_label("文件（可一次选几个）").set_input_files([folder / "copy.png", folder / "page.svg"])
    page.get_by_label("材料种类").select_option("work-log")
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("有 1 份材料有疑点")).to_be_visible()
    expect(page.get_by_text("同一张照片还附在搬迁户 H0001")).to_be_visible()
    expect(page.get_by_text("page.svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="copy.png", exact=True).click()
    _shows(page.locator("img.proof-large"))
    page.get_by_text("撤回", exact=True).first.click()
    page.get_by_label("理由").fill("不是这户的")
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤回“copy.png”")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_evidence_fits_and_shows_its_pictures(page: Page, served: str, lang: str) -> None:
    for path in ("/evidence", "/evidence?flagged=1", "/evidence/1", f"/households/H0012?county={OURS}", f"/sites/S1?county={OURS}"):
        page.goto(f"{served}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        for picture in page.locator("main img:visible").all():
            picture.scroll_into_view_if_needed()
            _shows(picture)


def _shows(picture: Locator) -> None:
    """Wait until a picture was fetched, then see that it has a size: a broken one is complete, too."""
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
