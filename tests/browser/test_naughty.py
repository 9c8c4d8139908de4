"""Every text that is code to somebody, on the pages, on the map and in the file of the map, in a real browser: nothing runs, nothing is blocked either."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog

from relocation.service import Store
from relocation.web import create_app
from tests.browser.conftest import serving
from tests.web.markup import COMPUTED
from tests.web.naughty import BROWSER, MARK, NAUGHTY, TEMPLATES
from tests.web.naughty_office import naughty
from tests.web.offices import NOW

VIOLATIONS = "addEventListener('securitypolicyviolation', seen => console.error('policy: ' + seen.violatedDirective + ' ' + seen.blockedURI))"
RECORDS = [*BROWSER[::12], *TEMPLATES[::12]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = naughty(tmp_path_factory.mktemp("naughty"))
    yield opened
    opened.close()


@pytest.mark.browser
def test_no_page_runs_or_computes_anything_that_came_from_a_file(browser: Browser, store: Store, tmp_path: Path):
    wrong: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    with serving(create_app(store, demo=True, now=lambda: NOW)) as served:
        context = browser.new_context(locale="zh-CN", accept_downloads=True)
        context.add_init_script(VIOLATIONS)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", dismissed)
        page.on("request", lambda sent: None if sent.url.startswith((served, "data:", "blob:", "file:")) else wrong.append(sent.url))
        lists = ["/", "/sites?limit=200", "/households?limit=200", "/findings?limit=200", "/checks/four-proximities", "/actions", "/map"]
        for ledger in ("sites", "households"):
            after = context.request.get(f"{served}/api/v1/{ledger}?limit=200").json()["after"]
            lists.append(f"/{ledger}?limit=200&after={quote(after, safe='')}")
        codes = [quote(f"S{NAUGHTY.index(text)}{text[:40]}", safe="") for text in RECORDS]
        for path in [*lists, *(f"/sites/{code}" for code in codes)]:
            page.goto(served + path)
            page.wait_for_timeout(30)
            assert page.title() != MARK, path
            assert not COMPUTED.search(page.locator("body").inner_text()), path
        made = tmp_path / "地图.html"
        made.write_bytes(context.request.get(f"{served}/map.html").body())
        page.goto(made.as_uri())
        page.wait_for_timeout(300)
        assert page.title() != MARK
        assert not COMPUTED.search(page.locator("body").inner_text())
        context.close()
    assert not wrong, wrong[:5]
