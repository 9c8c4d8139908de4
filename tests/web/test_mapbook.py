"""The pages of the map book: how many and how long, made beside the pages, stopped, downloaded, noted; a site's picture."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.accounts.scope import Scope
from relocation.service import Store
from relocation.service.mapbook import jobs
from relocation.service.mapbook.making import book
from relocation.service.mapbook.picking import Asked
from relocation.service.office import open_office
from relocation.store import log
from relocation.web import create_app
from tests.web.offices import HOMES, HOSTILE, NOW, SITES, office_of
from tests.web.signed import account, enter, token


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = office_of(tmp_path_factory.mktemp("mapbook"), SITES, HOMES)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def served(kept: Store) -> Flask:
    app = create_app(kept, now=lambda: NOW)
    for name in ("viewer-a", "viewer-b"):
        account(kept, name, ["viewer"], ["411522"], now=NOW)
    return app


@pytest.fixture
def viewer(served: Flask) -> FlaskClient:
    return enter(served, "viewer-a")


def begun(client: FlaskClient, **form: str) -> str:
    """Begin a book and return the job's address."""
    answer = client.post("/mapbook", data={"csrf_token": token(client, "/mapbook"), **form})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def ended(store: Store, client: FlaskClient, address: str) -> str:
    """Wait for a job of the first viewer and return its state as the page is told it."""
    mine = store.acting(Actor("viewer-a", "viewer-a", frozenset({Role.VIEWER}), Scope(frozenset({"411522"}))))
    jobs.wait(mine, address.rsplit("/", 1)[-1])
    return str(client.get(f"{address}/state").json["state"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_how_many_fit_and_about_how_long(viewer: FlaskClient, lang: str):
    page = viewer.get(f"/mapbook?lang={lang}").get_data(as_text=True)
    assert ("符合条件的有 3 个安置点" if lang == "zh" else "3 sites fit") in page
    assert re.search(r"约 \d+ 秒" if lang == "zh" else r"about \d+ s", page)
    some = viewer.get(f"/mapbook?township=乙乡&lang={lang}").get_data(as_text=True)
    assert ("符合条件的有 2 个安置点" if lang == "zh" else "2 sites fit") in some
    none = viewer.get(f"/mapbook?text=没有这个&lang={lang}")
    assert none.status_code == 200 and ("放宽条件" if lang == "zh" else "Widen the conditions") in none.get_data(as_text=True)


def test_a_book_is_made_downloaded_and_noted(kept: Store, viewer: FlaskClient):
    address = begun(viewer, form="pdf", sites="S1, S2")
    assert viewer.get(address).status_code == 200
    assert ended(kept, viewer, address) == "done"
    assert "下载" in viewer.get(address).get_data(as_text=True)
    answer = viewer.get(f"{address}/file")
    assert answer.mimetype == "application/pdf" and len(pypdfium2.PdfDocument(BytesIO(answer.get_data()))) == 2
    with kept.reading() as connection:
        noted = [one for one in log.everything(connection, "export.") if one.subject == "mapbook.pdf"]
    assert [one.new["rows"] for one in noted] == [2] and noted[0].who == "viewer-a"


def test_a_stopped_book_is_gone_on_with(kept: Store, viewer: FlaskClient):
    address = begun(viewer, form="zip")
    viewer.post(f"{address}/stop", data={"csrf_token": token(viewer, "/mapbook")})
    assert ended(kept, viewer, address) in ("stopped", "done")
    viewer.post(f"{address}/again", data={"csrf_token": token(viewer, "/mapbook")})
    assert ended(kept, viewer, address) == "done"
    assert viewer.get(f"{address}/file").get_data()[:2] == b"PK"


def test_another_person_is_given_nothing_of_it(kept: Store, served: Flask, viewer: FlaskClient):
    address = begun(viewer, form="pdf", sites="S1")
    assert ended(kept, viewer, address) == "done"
    other = enter(served, "viewer-b")
    for path in (address, f"{address}/state", f"{address}/file"):
        assert other.get(path).status_code == 404
    for path in (f"{address}/stop", f"{address}/again"):
        assert other.post(path, data={"csrf_token": token(other, "/mapbook")}).status_code == 404


def test_a_form_that_cannot_be_is_refused(viewer: FlaskClient):
    for form in ({"form": "exe"}, {"form": "pdf", "text": "x" * 201}, {"form": "pdf", "sites": "S1 \x00"}):
        assert viewer.post("/mapbook", data={"csrf_token": token(viewer, "/mapbook"), **form}).status_code == 400
    assert viewer.post("/mapbook", data={"csrf_token": token(viewer, "/mapbook"), "form": "pdf", "sites": "S9"}).status_code == 404


def test_a_site_has_its_picture_and_one_without_a_position_says_so(viewer: FlaskClient):
    page = viewer.get("/sites/S1").get_data(as_text=True)
    assert "/mapbook/site.svg?" in page
    picture = viewer.get("/mapbook/site.svg?code=S1&county=411522")
    assert picture.mimetype == "image/svg+xml" and "河湾安置点" in picture.get_data(as_text=True)
    narrow = viewer.get("/mapbook/site.svg?code=S1&county=411522&narrow=1").get_data(as_text=True)
    assert 'width="84mm"' in narrow
    assert viewer.get("/mapbook/site.svg?code=S3").status_code == 404 and "/mapbook/site.svg" not in viewer.get("/sites/S3").get_data(as_text=True)


def test_hostile_texts_are_printed_as_they_are_a_page_a_site(hostile_store: Store):
    made, sites = book(hostile_store, Asked(), "zh", NOW.date())
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    assert sites == len(pages) == len(HOSTILE)
    for text in ("{{7*191}}", "&lt;b&gt;&amp;#x3C;", "=cmd|'/c calc'!A1"):
        assert sum(text in page for page in pages) == 1
    assert not any("1337" in page for page in pages)


def test_an_empty_office_is_told_what_to_import(tmp_path: Path):
    opened = open_office(tmp_path)
    page = create_app(opened, demo=True, now=lambda: NOW).test_client().get("/mapbook").get_data(as_text=True)
    opened.close()
    assert "还没有安置点" in page and "导入安置点台账" in page
