"""From nothing to thirty households at the door, on the pages alone: a plan, its days, the dossiers ready to print."""

import pypdfium2
import pytest
from playwright.sync_api import Browser

from relocation.service import Store
from tests.browser.chromium import watched

pytestmark = pytest.mark.browser


def test_thirty_households_are_planned_and_their_dossiers_are_ready_to_print(browser: Browser, demonstration: tuple[Store, str]):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    watch = watched(page)
    page.goto(f"{demonstration[1]}/visits?lang=zh")
    page.get_by_label("计划名称").fill("三十户抽查")
    page.get_by_label("随机种子").fill("2026-11-24")
    page.get_by_label("近期走访过的户也可以抽").check()
    page.get_by_role("button", name="抽样并定计划").click()
    assert page.get_by_role("heading", level=1).inner_text() == "三十户抽查"
    assert page.locator(".visit-stops tbody tr").count() == 30
    assert page.locator(".visit-day").count() >= 4  # eight a day, and who has no position on days of their own
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="下载走访表").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="一户一页的档案").click()
    assert page.locator("article.visit-dossier").count() == 30
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(pypdfium2.PdfDocument(page.pdf(format="A4"))) == 30
    with page.expect_download() as printed:
        page.get_by_role("link", name="下载 PDF").click()
    assert printed.value.suggested_filename.endswith(".pdf")
    assert watch.clean(), watch
    page.close()
