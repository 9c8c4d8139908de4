"""The law in a real browser: the slider and its field follow each other, a value goes from the form to a new version, nothing leaves the machine."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from relocation.web import create_app
from tests.browser.chromium import watched
from tests.browser.conftest import serving
from tests.web.offices import HOMES, NOW, SITES, office_of

pytestmark = pytest.mark.browser


def test_a_slider_moves_its_number_and_a_county_publishes_what_the_form_says(browser: Browser, tmp_path: Path):
    store = office_of(tmp_path, SITES, HOMES)
    with serving(create_app(store, demo=True, now=lambda: NOW)) as address:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        watch = watched(page)
        page.goto(f"{address}/what-if?living-area.most_m2_a_person=24")
        slider, field = page.locator('[data-knob="w-living-area.most_m2_a_person"]'), page.locator('[id="w-living-area.most_m2_a_person"]')
        assert slider.is_visible() and slider.input_value() == "24"
        slider.fill("20")
        assert field.input_value() == "20"
        page.get_by_role("button", name="看谁会变").first.click()
        assert "living-area.most_m2_a_person=20" in page.url and page.locator("#result b").first.inner_text() == "1"

        page.goto(f"{address}/law?county=411522")
        page.get_by_text("增加一条数值").click()
        page.select_option("#v-parameter", "living-area.most_m2_a_person")
        page.fill("#v-amount", "20")
        page.fill("#v-since", "2016-09-22")
        page.select_option("#v-instrument", "demo-county-rules")
        page.fill("#v-clause", "第九条")
        page.get_by_role("button", name="预览会改变什么").first.click()
        assert "发布后会改变什么" in page.inner_text("h1")
        page.fill("#reason", "县里开会定的")
        page.get_by_role("button", name="发布为新版本").click()
        assert "县里开会定的" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watch.clean(), watch
        page.close()
    store.close()
