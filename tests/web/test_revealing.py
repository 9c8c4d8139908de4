"""A household's page gives a personal value in full by a form, once; a number is searched by a form and stands in no address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from relocation.service import importing
from relocation.service.office import open_office
from relocation.web import create_app
from tests.service.conftest import HOUSEHOLDS
from tests.web.drawn import token
from tests.web.offices import NOW

NUMBER = "990101196303139033"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[FlaskClient]:
    store = open_office(tmp_path / "home")
    path = tmp_path / "a.csv"
    path.write_text(f"{HOUSEHOLDS},身份证号\nH7,演某某,东岭乡,是,3,2016-12-01,集中安置,75,{NUMBER}\n", "utf-8")
    importing.import_files(store, [path], now=NOW, as_kind="households", county="411522")
    yield create_app(store, demo=True, now=lambda: NOW).test_client()
    store.close()


def test_the_value_is_shown_once_and_never_kept(office: FlaskClient) -> None:
    page = office.get("/households/H7?county=411522").text
    assert NUMBER not in page
    assert 'name="purpose"' in page
    form = {"csrf_token": token(office), "county": "411522", "field": "id_number", "purpose": "核对重复户"}
    answer = office.post("/households/H7/reveal", data=form)
    assert answer.status_code == 200
    assert f'id="revealed">{NUMBER}<' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert NUMBER not in office.get("/households/H7?county=411522").text


def test_without_a_token_a_purpose_or_a_personal_field_nothing_is_shown(office: FlaskClient) -> None:
    whole = {"csrf_token": token(office), "county": "411522", "field": "id_number", "purpose": "核对重复户"}
    for lacking, status in ({"csrf_token": ""}, 400), ({"purpose": " "}, 400), ({"field": "mode"}, 400), ({"county": "990000"}, 404):
        answer = office.post("/households/H7/reveal", data={**whole, **lacking})
        assert answer.status_code == status
        assert NUMBER not in answer.text
    assert office.get("/households/H7/reveal").status_code in (404, 405)


def test_a_number_leads_to_its_households(office: FlaskClient) -> None:
    answer = office.post("/households/by-number", data={"csrf_token": token(office), "number": NUMBER, "purpose": "核对重复户"})
    assert answer.status_code == 200
    assert "/households/H7" in answer.text
    assert NUMBER not in answer.text
    nobody = office.post("/households/by-number", data={"csrf_token": token(office), "number": "1", "purpose": "核对重复户"})
    assert nobody.status_code == 200
    assert "/households/H" not in nobody.text
