"""Several hundred texts that are code to somebody, in every text column, layer, column name and file name: no page runs, computes or breaks on one."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store
from relocation.service.mapping import map_data
from relocation.web import create_app
from tests.web.markup import Markup, harmless, of_pages
from tests.web.naughty import NAUGHTY
from tests.web.naughty_office import naughty
from tests.web.offices import NOW
from tests.web.test_importing import token

SOME = NAUGHTY[::19]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = naughty(tmp_path_factory.mktemp("naughty"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    return create_app(store, demo=True, now=lambda: NOW)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_every_page_without_an_argument_is_whole(app: Flask, client: FlaskClient):
    rules = of_pages(app, arguments=False)
    assert len(rules) > 20
    for number, rule in enumerate(rules):
        harmless(client.get(f"{rule.rule}?lang={'zh' if number % 3 else 'en'}"), rule.rule)
    for address in ("/sites", "/households", "/findings"):
        harmless(client.get(f"{address}?lang=zh&limit=200"), address)


@pytest.mark.parametrize(("ledger", "least"), [("sites", 400), ("households", 380)])
def test_every_record_has_its_page_and_shows_the_texts_as_they_are(client: FlaskClient, ledger: str, least: int):
    rows: list[dict[str, str]] = []
    after = ""
    while True:
        page = client.get(f"/api/v1/{ledger}", query_string={"limit": 200, "after": after}).json
        rows, after = rows + page["rows"], page["after"]
        if not after:
            break
    assert len(rows) >= least
    for row in rows[::20]:
        answer = client.get(f"/{ledger}/{quote(row['code'], safe='')}", query_string={"county": "411522"})
        assert answer.status_code == 200, row["code"]
        harmless(answer, row["code"])
        shown = "".join("".join(Markup(answer.text).text).split())
        assert "".join(row["code"].split()) in shown, row["code"]


def test_the_texts_come_back_by_the_api_as_they_went_in(client: FlaskClient):
    rows: list[dict[str, str]] = []
    after = ""
    while True:
        page = client.get("/api/v1/sites", query_string={"limit": 200, "after": after}).json
        rows, after = rows + page["rows"], page["after"]
        if not after:
            break
    given = {text.strip() for text in NAUGHTY}
    names = {row["name"].strip() for row in rows}
    assert len(names & given) > 0.95 * len(names)


@pytest.mark.parametrize("form", ["xlsx", "csv", "geojson"])
def test_exports_hold_no_formula_and_no_link(client: FlaskClient, form: str):
    answer = client.get(f"/findings.{form}?check=four-proximities")
    assert answer.status_code == 200
    if form == "xlsx":
        with zipfile.ZipFile(BytesIO(answer.data)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))]
        assert not any(re.search(r"<f[ >]|hyperlink|externalLink", sheet) for sheet in sheets)
    elif form == "csv":
        cells = [cell for row in csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "＠"))]
    else:
        assert json.loads(answer.data)


def test_every_download_names_its_file_as_rfc_6266_has_it(client: FlaskClient):
    addresses = [
        "/findings.xlsx",
        "/findings.csv",
        "/findings.json",
        "/import/template/sites.xlsx",
        "/import/template/households.xlsx",
        "/map.html",
        "/law/411522.yaml",
    ]
    found = 0
    for address in addresses:
        answer = client.get(address)
        said = answer.headers.get("Content-Disposition", "")
        if answer.status_code == 200 and said:
            found += 1
            assert said.isascii(), address
            assert re.fullmatch(r"attachment; filename=(?:\"[^\"\x00-\x1f]*\"|[\w.-]+)(?:; filename\*=UTF-8''[\w.%~!#$&+^`|-]+)?", said), (address, said)
    assert found >= 5


def test_a_file_may_have_any_name_and_any_headings(client: FlaskClient):
    for number, text in enumerate(SOME):
        headings = ["安置点编码", "安置点名称", *(f'"{one.replace(chr(34), chr(34) * 2)}"' for one in NAUGHTY[number * 19 : number * 19 + 20])]
        body = (",".join(headings) + f"\nX{number},点,甲\n").encode()
        data = {"csrf_token": token(client), "county": "411522", "file": (BytesIO(body), f"{text}.csv")}
        answer = client.post("/import/preview", data=data)
        assert answer.status_code in (200, 400), text
        harmless(answer, text)


def test_the_layers_are_there_with_every_name(store: Store):
    data = map_data(store, "zh")
    names = {str(name) for layer in data.layers for name in layer.names}
    assert len(names & set(NAUGHTY)) > 0.9 * len(NAUGHTY)
