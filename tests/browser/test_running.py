"""While a form that takes long is at work the page says where it stands, and its button stops it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from relocation import steps
from relocation.service import Store
from relocation.web import create_app
from relocation.web.needing import Right, needs
from tests.browser.conftest import serving
from tests.service.conftest import NOW

pytestmark = pytest.mark.browser
ENOUGH = 20_000_000

# A page that is about to be replaced answers no test: what it shows is noted where the next page can read it, and the button is pressed there.
NOTES = """() => {
    document.querySelector('form[data-long]').action = '/slow';
    const box = document.getElementById('running'), seen = [];
    new MutationObserver(() => {
        seen.push(`${box.hidden} ${box.querySelector('[data-said]').textContent}`);
        sessionStorage.setItem('seen', JSON.stringify(seen));
        if (seen.at(-1).includes('/')) box.querySelector('button').click();
    }).observe(box, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden']});
}"""


@pytest.fixture
def address(demonstration: tuple[Store, str]) -> Iterator[str]:
    """Return where the demonstration is served with one more address, which works until it is stopped."""
    app = create_app(demonstration[0], demo=True, now=lambda: NOW)

    @needs(Right.READ)
    def slow() -> str:
        for step in range(1, ENOUGH):
            steps.told("judging", step, ENOUGH)
        return "nobody stopped it"

    app.add_url_rule("/slow", view_func=slow, methods=["POST"])
    with serving(app) as served:
        yield served


def test_a_form_at_work_says_where_it_stands_and_stops_when_it_is_told_to(browser: Browser, address: str):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/?lang=zh")
    assert not page.locator("#running").is_visible()
    page.evaluate(NOTES)
    page.locator("form[data-long] button").click(no_wait_after=True)
    page.get_by_role("heading", name="已按您的要求停下").wait_for(timeout=60_000)
    seen = page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")
    assert "false 正在处理……" in seen
    assert any(one.startswith("false 逐项核查 ") and one.endswith(f" / {ENOUGH:,}") for one in seen), seen
    assert "什么也没有留下" in page.inner_text("main")
    page.close()
