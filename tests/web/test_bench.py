"""The workbench's page and questions: tokens, rights, bad input answered with a mend, kept proposals shown as they were frozen."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relocation.service import Store
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.offices import NOW

HERE = {"name": "东岭", "x": 114.905, "y": 32.012}
FAR = {"name": "南坡", "x": 114.75, "y": 31.80}


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[FlaskClient]:
    """Return a client of a copy of the ordinary office, to store in."""
    shutil.copytree(store.home, tmp_path / "home")
    opened = open_office(tmp_path / "home")
    yield create_app(opened, demo=True, now=lambda: NOW).test_client()
    opened.close()


def token(client: FlaskClient) -> str:
    found = re.search(r'data-token="([^"]+)"', client.get("/vet").text)
    assert found
    return found[1]


def asked(client: FlaskClient, what: str, **body: object) -> TestResponse:
    return client.post(f"/api/v1/vet/{what}", data=json.dumps(body), content_type="application/json", headers={"X-CSRFToken": token(client)})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_its_words_in_both_languages_and_runs_nothing_inline(client: FlaskClient, lang: str):
    page = client.get(f"/vet?lang={lang}")
    assert page.status_code == 200
    assert ("Vet a proposed site" in page.text) == (lang == "en")
    assert not re.search(r"<[^>]+\son\w+=", page.text)
    assert not re.search(r'style="', page.text)
    assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>", page.text))


def test_a_question_without_the_token_is_refused(client: FlaskClient):
    assert client.post("/api/v1/vet/answer", json={"places": [HERE]}).status_code == 400


def test_the_answer_holds_findings_and_three_lists_and_compares_several(client: FlaskClient):
    one = asked(client, "answer", places=[HERE]).json
    assert one["compared"] is None
    assert {check["check"] for check in one["answers"][0]["checks"]} == {"four-proximities", "exclusion-zones"}
    assert one["no_roads"]
    two = asked(client, "answer", places=[HERE, FAR], weights={"county-seat": 1}).json
    assert two["compared"]["order"] == [0, 1]
    assert [answer["name"] for answer in two["answers"]] == ["东岭", "南坡"]


def test_an_outline_drawn_on_the_map_is_answered_with_its_ring(client: FlaskClient):
    ring = [[114.9, 32.0], [114.902, 32.0], [114.902, 32.002], [114.9, 32.002]]
    [answer] = asked(client, "answer", places=[{"name": "地块", "ring": ring}]).json["answers"]
    assert answer["outline"]["type"] == "Polygon"


BAD = {
    "no places": {},
    "places that are none": {"places": ["here"]},
    "no number": {"places": [{"x": "east", "y": 32}]},
    "a truth for a number": {"places": [{"x": True, "y": 32}]},
    "abroad": {"places": [{"x": 0, "y": 0}]},
    "swapped": {"places": [{"x": 32.012, "y": 114.905}]},
    "an unknown system": {"places": [HERE], "crs": "Mars"},
    "too many": {"places": [HERE] * 21},
    "another county": {"places": [HERE], "county": "411523"},
    "a crossing ring": {"places": [{"ring": [[114.9, 32.0], [114.902, 32.002], [114.902, 32.0], [114.9, 32.002]]}]},
    "two corners": {"places": [{"ring": [[114.9, 32.0], [114.902, 32.002]]}]},
    "a day that is none": {"places": [HERE], "as_of": "tomorrow"},
    "a negative uncertainty": {"places": [HERE], "uncertainty_m": -1},
    "a weight below zero": {"places": [HERE, FAR], "weights": {"township": -1}},
    "weights that are no mapping": {"places": [HERE, FAR], "weights": [1]},
    "screened perhaps": {"places": [HERE], "screened": "perhaps"},
    "joined from anywhere": {"places": [HERE], "most_off_m": 1e9},
    "a name with a control character": {"places": [{**HERE, "name": "a\u0000b"}]},
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_cannot_be_asked_is_answered_with_the_reason_and_the_mend(client: FlaskClient, body: dict[str, object]):
    answer = asked(client, "answer", **body)
    assert answer.status_code == 400
    assert answer.json["error"]
    assert answer.json["mend"]


def test_a_file_is_answered_and_a_broken_one_refused(client: FlaskClient):
    table = "名称,经度,纬度\n东岭,114.905,32.012\n南坡,114.75,31.8\n".encode("gb18030")

    def sent(name: str, content: bytes) -> TestResponse:
        return client.post("/api/v1/vet/file", data={"file": (io.BytesIO(content), name), "wish": "{}"}, headers={"X-CSRFToken": token(client)})

    assert [one["name"] for one in sent("拟选.csv", table).json["answers"]] == ["东岭", "南坡"]
    for name, content in (("拟选.geojson", b"{"), ("拟选.csv", b"\0\0"), ("拟选.csv", b""), ("拟选.zip", b"PK\x03\x04")):
        refused = sent(name, content)
        assert refused.status_code == 400
        assert refused.json["mend"]


def test_the_ground_is_told_in_runs_and_asked_for_one_check(client: FlaskClient):
    told = client.get("/api/v1/vet/area?county=411522&cell=1000").json
    cells = [count for runs in told["runs"] for count in runs[1::3]]
    assert sum(cells) > 1_500
    assert told["absent"]
    near = client.get("/api/v1/vet/nearest?county=411522&cell=1000&lon=114.75&lat=31.8&only=four-proximities").json
    assert near["nearest"]["suits"] == "pass"
    assert near["limits"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/vet/area",
        "/api/v1/vet/area?county=999999",
        "/api/v1/vet/area?county=411522&cell=1",
        "/api/v1/vet/area?county=411522&cell=20",
        "/api/v1/vet/area?county=411522&uncertainty=-5",
        "/api/v1/vet/area?county=411522&as_of=2018",
        "/api/v1/vet/nearest?county=411522&cell=1000&lon=here&lat=32",
        "/api/v1/vet/nearest?county=411522&cell=1000&lon=114.9&lat=32&only=displacement",
        "/api/v1/vet/backdrop?county=999999",
    ],
)
def test_ground_that_cannot_be_told_is_answered_in_words(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert answer.json["error"]
    assert answer.json["mend"]


def test_a_proposal_is_kept_listed_shown_and_contested(desk: FlaskClient):
    kept = asked(desk, "keep", places=[HERE], remark="二期", contested={"four-proximities/here": "功能区图已更新"}).json
    assert kept == {"id": "411522-1", "page": "/vet/kept/411522/1"}
    assert "411522-1" in desk.get("/vet/kept").text
    page = desk.get(kept["page"]).text
    assert "东岭" in page
    assert "功能区图已更新" in page
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert csrf
    sent = desk.post(kept["page"] + "/contest", data={"csrf_token": csrf[1], "item": "four-proximities/township", "reason": "镇址有误"})
    assert sent.status_code == 303
    assert "镇址有误" in desk.get(kept["page"]).text
    assert "near" in desk.get(kept["page"] + "?lang=en").text


def test_a_name_of_markup_is_text_in_the_list_and_on_the_page(desk: FlaskClient):
    name = "<img src=x onerror=alert(1)>"
    kept = asked(desk, "keep", places=[{**HERE, "name": name}]).json
    for page in ("/vet/kept", kept["page"]):
        assert name not in desk.get(page).text
        assert "&lt;img" in desk.get(page).text


@pytest.mark.parametrize("address", ["/vet/kept/411522/99", "/vet/kept/nowhere/1"])
def test_a_proposal_that_is_not_there_is_a_page_that_says_so(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


def test_nothing_is_kept_for_a_place_abroad_or_with_a_reason_missing(desk: FlaskClient):
    assert asked(desk, "keep", places=[{"name": "远", "x": 110.0, "y": 30.0}]).status_code == 400
    assert asked(desk, "keep", places=[HERE], contested={"four-proximities/here": ""}).status_code == 400
    assert asked(desk, "keep", places=[HERE, FAR]).status_code == 400
    assert "411522-1" not in desk.get("/vet/kept").text
