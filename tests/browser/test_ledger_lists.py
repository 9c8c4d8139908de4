"""Pairs answered by keyboard and the workbook brought back, in a real browser at a desk's and a phone's width."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from relocation.service import Store
from relocation.service.office import open_office
from relocation.service.rectification import merging
from relocation.web import create_app
from tests.browser.conftest import serving
from tests.browser.test_pages import WIDTHS, watched
from tests.ledger.workbooks import FIRST, edit, put
from tests.service.listed import COUNTY, NOW, brought, with_sites

pytestmark = pytest.mark.browser


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = with_sites(open_office(tmp_path / "home"))
    brought(store, tmp_path / "lists")
    yield store
    store.close()


def test_pairs_are_answered_without_the_mouse(browser: Browser, office: Store) -> None:
    first, second = merging.pairs(office, COUNTY)[:2]
    with serving(create_app(office, demo=True, now=lambda: NOW)) as served:
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{served}/ledger/same?lang=zh")
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.wait_for_url("**/ledger/same?county=*")
        assert first.one.id in page.locator("[role=status]").first.inner_text()
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("n")
        page.close()
    answers = {(pair.one.id, pair.other.id): pair.answer.answer for pair in merging.pairs(office, COUNTY, answered=True) if pair.answer}
    assert answers[first.one.id, first.other.id] == "same"
    assert list(answers.values()).count("different") == 1
    assert (second.one.id, second.other.id) in answers or len(answers) == 2


def test_the_workbook_is_downloaded_edited_and_brought_back(browser: Browser, office: Store, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with serving(create_app(office, demo=True, now=lambda: NOW)) as served:
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{served}/ledger/workbook?lang=zh&tier=national")
        with page.expect_download() as download:
            page.click("a[download]")
        download.value.save_as(path)
        edit(path, put(0, unit="县财政局"))
        page.set_input_files("#file", str(path))
        page.click("form[action*='preview'] button.first")
        assert page.locator(f"input[name=row][value='{FIRST}']").is_checked()
        page.click("form[action*='keep'] button.first")
        page.wait_for_load_state()
        assert "已改动 1 行" in page.locator("h1").inner_text()
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_around_the_ledger_is_wider_than_its_screen(browser: Browser, office: Store, width: int, lang: str) -> None:
    with serving(create_app(office, demo=True, now=lambda: NOW)) as served:
        page = browser.new_page(viewport={"width": width, "height": 900})
        wrong = watched(page, served)
        for name in ("lists", "same", "months", "workbook", "workdays"):
            page.goto(f"{served}/ledger/{name}?lang={lang}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()
    assert wrong == []
