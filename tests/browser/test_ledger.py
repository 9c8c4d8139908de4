"""A finding carried to its proven end in a real browser, by two people with a photo; somebody of another county sees none of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from relocation.service import Store
from relocation.service.importing import import_files
from relocation.service.rectification import opening
from relocation.web import create_app
from tests.browser.conftest import serving
from tests.browser.test_pages import WIDTHS, watched
from tests.evidence.photos import taken_at
from tests.web.offices import HOME_HEADINGS, HOMES, NOW, ledger, ordinary
from tests.web.signed import PASSWORD, account

pytestmark = pytest.mark.browser

ONE = "411522-0001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = ordinary(tmp_path)
    for name, role, place in (("keeper", "keeper", "411522"), ("reviewer", "reviewer", "411522"), ("elsewhere", "keeper", "411523")):
        account(store, name, [role], [place], now=NOW)
    yield store
    store.close()


@contextmanager
def signed_in(browser: Browser, served: str, name: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{served}/sign-in?lang=zh")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("form[action*='sign-in'] button")
    yield page
    context.close()


def state(page: Page) -> str:
    return page.locator(".head .tag").first.inner_text()


def done(page: Page, move: str) -> None:
    """Press the button of a move's form, opening what it is folded in."""
    form = page.locator(f"form:has(input[name=move][value={move}])")
    if not form.is_visible():
        page.locator(f"details:has(input[name=move][value={move}]) > summary").click()
    form.locator("button").click()
    page.wait_for_load_state()


def test_a_finding_is_carried_from_open_to_closed_by_two_people_with_a_photo_and_nobody_elsewhere_sees_it(
    browser: Browser, office: Store, tmp_path: Path
) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(taken_at(datetime(2018, 6, 30, 9, 30), 114.9, 32.0))  # noqa: DTZ001 - a camera's clock has no zone
    with serving(create_app(office, now=lambda: NOW)) as served:
        with signed_in(browser, served, "keeper") as page:
            wrong = watched(page, served)
            page.goto(f"{served}/households/H2")
            page.locator(".verdict:has-text('96.4') form.inline button").click()
            page.wait_for_url(f"**/ledger/{ONE}")
            assert state(page) == "待整改"
            done(page, "assign")  # the unit is proposed
            done(page, "start")
            page.set_input_files("#p-files", str(photo))
            page.select_option("#p-kind", "photo")
            page.fill("#p-since", "2018-06-30")
            page.click("#evidence button:has-text('上传并核对')")
            page.goto(f"{served}/ledger/{ONE}")
            assert page.locator("#evidence h2").inner_text().endswith("1")
            page.fill("form:has(input[name=move][value=submit]) textarea", "收回多出的房间")
            done(page, "submit")
            assert state(page) == "待验收"
            assert page.locator("input[name=move][value=verify]").count() == 0
            assert not wrong
        with signed_in(browser, served, "reviewer") as page:
            page.goto(f"{served}/ledger/{ONE}")
            done(page, "verify")
            assert "还不合规，不能销号" in page.locator("main").inner_text()
            mended = [tuple("75" if heading == "安置住房面积" else value for heading, value in zip(HOME_HEADINGS, HOMES[1], strict=True))]
            import_files(office, [ledger(tmp_path, "mended.csv", HOME_HEADINGS, mended)], now=NOW, as_kind="households", county="411522")
            page.goto(f"{served}/ledger/{ONE}")
            done(page, "verify")
            assert state(page) == "已销号"
            assert page.locator(".moves").count() == 0
            told = page.locator(".timeline").inner_text()
            for said in ("登记入台账", "交办", "附上佐证材料", "提交验收", "验收销号", "登记内容改动"):
                assert said in told
        with signed_in(browser, served, "elsewhere") as page:
            page.goto(f"{served}/ledger")
            assert ONE not in page.content()
            answer = page.goto(f"{served}/ledger/{ONE}")
            assert answer
            assert answer.status == 404


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_of_the_ledger_is_wider_than_the_window_or_complains(browser: Browser, office: Store, width: int, lang: str) -> None:
    opening.open_fails(office, now=NOW)
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    page = context.new_page()
    with serving(create_app(office, demo=True, now=lambda: NOW)) as served:
        wrong = watched(page, served)
        for path in ("/ledger", f"/ledger/{ONE}", "/ledger/new", "/ledger/timeline/household/411522/H2", "/ledger?timing=overdue"):
            answer = page.goto(f"{served}{path}{'&' if '?' in path else '?'}lang={lang}")
            assert answer
            assert answer.status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
        assert not wrong
    context.close()


def test_the_list_is_worked_by_keyboard(browser: Browser, office: Store) -> None:
    opening.open_fails(office, now=NOW)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    with serving(create_app(office, demo=True, now=lambda: NOW)) as served:
        page.goto(f"{served}/ledger?order=number")
        for key in ("j", "j", "x", "k", "x", "x"):
            page.keyboard.press(key)
        assert page.locator("input[name=entry]:checked").evaluate_all("boxes => boxes.map((box) => box.value)") == ["411522-0002"]
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ledger/{ONE}")
        page.goto(f"{served}/ledger")
        page.fill("#f-text", "jjxk")  # typing is typing
        assert page.locator("input[name=entry]:checked").count() == 0
    context.close()
