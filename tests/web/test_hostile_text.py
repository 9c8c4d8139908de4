"""Texts that are code in some language show as exactly what they are, on every page and in every answer."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from relocation.service import Store
from relocation.web import create_app
from tests.web.offices import HOSTILE, NOW


@pytest.fixture(scope="module")
def hostile(hostile_store: Store) -> FlaskClient:
    return create_app(hostile_store, demo=True, now=lambda: NOW).test_client()


LISTS = ["/", "/sites", "/households", "/findings?limit=200", "/checks", "/checks/living-area", "/checks/four-proximities"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_hostile_name_shows_literally_in_the_list_of_sites(hostile: FlaskClient, lang: str):
    page = hostile.get(f"/sites?lang={lang}").text
    for text in HOSTILE:
        assert str(escape(text)) in page, text


@pytest.mark.parametrize("address", LISTS)
def test_no_page_holds_markup_that_came_from_a_file(hostile: FlaskClient, address: str):
    page = hostile.get(address).text
    assert not re.search(r"<img src=x|<script(?! nonce=)|<svg[/ ]onload|<b>粗体|onerror=\"", page)
    assert "1337" not in page  # 7*191: nothing was computed


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_the_pages_of_records_with_hostile_codes_open_and_show_them(hostile: FlaskClient, number: int):
    text = HOSTILE[number]
    for folder, letter in (("sites", "S"), ("households", "H")):
        answer = hostile.get(f"/{folder}/{quote(f'{letter}{number}{text}', safe='')}")
        assert answer.status_code == 200, (folder, text)
        assert str(escape(text)) in answer.text
        assert not re.search(r"<img src=x|<script(?! nonce=)|<svg[/ ]onload|<b>粗体", answer.text)


def test_a_hostile_search_is_shown_back_as_text(hostile: FlaskClient):
    for text in HOSTILE:
        answer = hostile.get("/sites", query_string={"text": text})
        assert answer.status_code == 200
        assert f'value="{escape(text)}"' in answer.text


def test_the_api_gives_hostile_texts_back_unchanged_and_as_json_only(hostile: FlaskClient):
    answer = hostile.get("/api/v1/sites?limit=200")
    assert answer.mimetype == "application/json"
    assert {row["name"] for row in answer.json["rows"]} == set(HOSTILE)
