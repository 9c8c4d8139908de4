"""Every page held to axe-core: no violation that is serious or critical. A page that is added is found by its links and tested by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, ViewportSize
from werkzeug.test import TestResponse

from relocation.resources import folder
from relocation.service import Store
from relocation.service.bench import asking, keeping, proposing
from relocation.service.office import open_office
from relocation.service.visiting import planning, results
from relocation.service.visiting.picking import Wish
from relocation.web import create_app
from tests.browser.axe import grave
from tests.service.conftest import HOUSEHOLDS, NOW
from tests.web.signed import signed_in, token

pytestmark = pytest.mark.browser

COUNTY = "411522"
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
AFTER_A_FORM = {
    "drawing_compared.html", "drawing_stored.html", "evidence_attached.html", "households_found.html", "law_preview.html", "ledger_bulk.html",
    "ledger_bulk_done.html", "ledger_conflict.html", "ledger_list_preview.html", "ledger_open.html", "ledger_workbook_done.html",
    "ledger_workbook_preview.html", "stored.html", "visit_elsewhere.html",
}  # fmt: skip
"""Pages that only a form's answer shows, not looked at here: they are made of the parts of the pages before them."""
BESIDE = {"account.html", "error.html", "ledger_none.html", "mapbook_job.html", "preview.html", "sign_in.html", "start.html", "visit_preview.html"}
"""Pages that no link leads to, made by `beside`."""
ALSO_NARROW = ("/", "/sites", "/households", "/findings", "/ledger", "/vet", "/import", "/evidence", "/drawings", "/map", f"/visits/{COUNTY}-1")
ALSO_ENGLISH = ("/households", "/ledger", "/vet")
_LINK = re.compile(r'(?:href|src)="(/[^"#]*)')


@dataclass
class Walk:
    """Where a client gets by links alone: the first page that each template made."""

    app: Flask
    made: dict[str, str] = field(default_factory=dict)

    def go(self, starts: list[str]) -> None:
        """Follow links, to one address of each route."""
        client, rules = self.app.test_client(), self.app.url_map.bind("localhost")
        waiting, known, asked = list(starts), set(starts), {"static", "map.asset"}
        while waiting:
            address = waiting.pop(0)
            endpoint = rules.match(urlsplit(address).path)[0]
            if endpoint in asked or _is_file(address):
                continue
            used: list[str] = []
            with template_rendered.connected_to(lambda _app, template, used=used, **_more: used.append(template.name), self.app):
                answer = client.get(address, follow_redirects=True)
            if answer.mimetype != "text/html":
                asked.add(endpoint)
            elif answer.status_code == 200:  # else it wants a condition, which a link will have
                asked.add(endpoint)
                for name in used:
                    self.made.setdefault(name, address)
                found = [unescape(link) for link in _LINK.findall(answer.text)]
                waiting += [link for link in dict.fromkeys(found) if link not in known]
                known.update(found)


def _is_file(address: str) -> bool:
    """Tell whether an address is no page: programs' answers, files, pictures."""
    path = urlsplit(address).path
    return path.startswith("/api/") or "." in path.rpartition("/")[2] or path.endswith("/original")


@pytest.fixture(scope="module")
def store(demonstration: tuple[Store, str]) -> Store:
    """Return the demonstration with a plan of visits and a proposed site, so that every list has something in it."""
    made = demonstration[0]
    planning.make(made, Wish("7", size=6, county=COUNTY), name="抽查", a_day=3, now=NOW)
    [place] = proposing.points(made, [("东岭", 114.905, 32.012)], proposing.Told())
    [answer] = asking.ask(made, [place], as_of=NOW.date(), most_off_m=500.0)
    keeping.keep(made, answer, now=NOW, remark="", contested={})
    return made


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    return create_app(store, demo=True, now=lambda: NOW)


@pytest.fixture(scope="module")
def address(demonstration: tuple[Store, str], store: Store) -> str:
    return demonstration[1]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return one page for all; its pages keep the policy they are sent with."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def beside(app: Flask, store: Store, folder: Path) -> Iterator[tuple[str, TestResponse]]:
    """Give the pages that no link leads to, each with its template's name: after a form, before anything is there, for who must sign in."""
    client = app.test_client()
    yield "error.html", client.get("/sites/NOBODY")
    sent = ("户.csv", f"{HOUSEHOLDS}\nH1,演一,十里镇,是,4,2018-01-01,集中安置,100\nH2,演二,十里镇,是,四口,2018-01-01,集中安置,100\n".encode())
    yield "preview.html", _sent(client, "/import/preview", "/import", *sent)
    sheet = ("走访表.xlsx", results.sheet(store, COUNTY, 1, "zh"))
    yield "visit_preview.html", _sent(client, f"/visits/{COUNTY}-1/preview", f"/visits/{COUNTY}-1", *sheet)
    begun = client.post("/mapbook", data={"csrf_token": token(client, "/mapbook"), "sites": "GSA06", "form": "zip"})
    yield "mapbook_job.html", client.get(begun.headers["Location"])
    empty = open_office(folder / "empty")
    strict = create_app(empty, now=lambda: NOW)
    yield "sign_in.html", strict.test_client().get("/sign-in")
    client = signed_in(strict, ["keeper"])
    yield "account.html", client.get("/account")
    yield "start.html", client.get("/")
    yield "ledger_none.html", client.get("/ledger/lists")
    empty.close()


def _sent(client: FlaskClient, address: str, form: str, name: str, body: bytes) -> TestResponse:
    return client.post(address, data={"csrf_token": token(client, form), "file": (BytesIO(body), name)})


def test_every_page_is_found_by_its_links_and_none_is_seriously_hard_to_use(page: Page, address: str, app: Flask):
    walk = Walk(app)
    walk.go([rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments])
    pages = {path.name for path in (folder("templates") / "web").glob("*.html") if "{% extends" in path.read_text("utf-8")}
    wrong = {}
    for name in sorted(pages & walk.made.keys()):
        page.goto(address + walk.made[name])
        wrong[walk.made[name]] = grave(page)
    assert not {at: found for at, found in wrong.items() if found}
    assert pages - walk.made.keys() <= AFTER_A_FORM | BESIDE, "a page that no link leads to: add it to `beside`"


def test_pages_that_no_link_leads_to_are_no_harder(page: Page, address: str, app: Flask, store: Store, tmp_path: Path):
    page.route("**/static/*.js", lambda route: route.abort())  # one of them waits for what is not there and asks for the page anew
    made = dict(beside(app, store, tmp_path))
    assert made.keys() == BESIDE
    for name, answer in made.items():
        page.route(f"{address}/{name}", lambda route, _request, text=answer.text: route.fulfill(body=text, content_type="text/html; charset=utf-8"))
        page.goto(f"{address}/{name}")
        assert page.locator("h1").count() == 1, name
        assert not grave(page), name
    page.unroute("**/static/*.js")


def test_the_main_pages_hold_on_a_phone_and_in_english(page: Page, address: str):
    for lang, size, paths in (("zh", NARROW, ALSO_NARROW), ("en", WIDE, ALSO_ENGLISH)):
        page.set_viewport_size(size)
        for path in paths:
            page.goto(f"{address}{path}?lang={lang}")
            assert not grave(page), (lang, path)
    page.set_viewport_size(WIDE)


def test_a_violation_is_found_where_there_is_one(page: Page, address: str):
    page.goto(f"{address}/about?lang=zh")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p class=grey>看不清</p><style></style>')")
    assert any("label" in one for one in grave(page))


SEEN = """() => { const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return one === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight); }"""


SCROLLED = """() => new Promise((tell) => { const one = document.activeElement; let left = 600;
    const look = () => one.scrollLeft > 0 || !--left ? tell(one.scrollLeft > 0) : requestAnimationFrame(look); look(); })"""
"""Whether what the keyboard stands on moves within six hundred frames. Playwright's own waiting would want a policy that lets it evaluate."""


def test_every_stop_of_the_keyboard_is_seen_and_a_wide_table_is_one_of_them(page: Page, address: str):
    page.set_viewport_size(NARROW)
    for path in ("/", "/vet", "/visits", "/households/GS0020"):
        page.goto(f"{address}{path}?lang=en")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first stop leads past the menu
        for number in range(15):
            page.keyboard.press("Tab")
            assert page.evaluate(SEEN), (path, number, page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('scroll')"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCROLLED)
    page.set_viewport_size(WIDE)
