"""Programs compare drawings and read what is on record of them: the terminal's JSON, limits, and one shape for errors."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from relocation.service.checking import check
from relocation.service.office import open_office
from relocation.web import create_app
from tests.drawings.pasts import DESIGN, OWN
from tests.drawings.unit_types import C, deepened
from tests.service.drawn import COUNTY, NOW, Desk, desk, plan

LARGE = deepened(C, 3900, 600)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("drawings")
    (folder / "sent").mkdir()
    store = open_office(folder / "home")
    made = desk(store, folder / "sent")
    made.ledger("S1-C,C户型,S1,是,3,2017-04-01,20,75")
    made.send("设计图.dxf", plan(LARGE, past=DESIGN), "design")
    made.send("施工图.dxf", plan(C, past=OWN), "construction")
    check(store, as_of=NOW.date(), now=NOW)
    yield made
    store.close()


@pytest.fixture
def program(office: Desk) -> FlaskClient:
    return create_app(office.store, demo=True, now=lambda: NOW).test_client()


def sent(client: FlaskClient, design: tuple[bytes, str] | None, construction: tuple[bytes, str] | None, **more: Any) -> Any:
    files = {name: (BytesIO(one[0]), one[1]) for name, one in (("design", design), ("construction", construction)) if one}
    return client.post("/api/v1/compare", data={**files, **more}, content_type="multipart/form-data")


def test_two_files_are_compared_as_the_terminal_compares_them(program: FlaskClient, office: Desk) -> None:
    before = sorted(path.name for path in Path(office.store.home).rglob("*") if path.is_file())
    answer = sent(program, (plan(LARGE), "设计.dxf"), (plan(C), "施工.dxf"), approved_on="2017-04-01")
    assert answer.status_code == 200
    said = answer.json
    assert {"aligned", "unit_types", "differences", "lineage", "not_compared"} <= set(said)
    (one,) = said["unit_types"]
    assert (one["label"], one["design"]["outcome"], one["construction"]["outcome"]) == ("C户型", "fail", "pass")
    assert (one["design"]["m2_a_person"], one["limit"]) == (pytest.approx(27), 25)
    assert (said["old"]["name"], said["new"]["name"]) == ("设计.dxf", "施工.dxf")
    assert sorted(path.name for path in Path(office.store.home).rglob("*") if path.is_file()) == before


def test_persons_given_stand_over_those_drawn(program: FlaskClient) -> None:
    (one,) = sent(program, (plan(C), "a.dxf"), (plan(C), "b.dxf"), persons="C户型=2", approved_on="2017-04-01").json["unit_types"]
    assert one["design"]["persons"] == 2
    assert one["design"]["outcome"] == "review"  # the drawing says three: who is right has to be settled


@pytest.mark.parametrize(
    ("design", "more"),
    [
        (None, {}), ((b"", "a.dxf"), {}), ((b"MZ\x90", "a.dwg"), {}), ((b"0\nSECTION\n", "a.dxf"), {}), ((b"x", "../../etc/passwd"), {}),
        ((plan(C), "a.dxf"), {"persons": "C户型"}), ((plan(C), "a.dxf"), {"approved_on": "soon"}), ((plan(C), "a.dxf"), {"county": "1"}),
    ],
    ids=["none", "empty", "a program", "cut short", "a name that climbs", "persons without a number", "no day", "no county"],
)  # fmt: skip
def test_what_cannot_be_compared_is_answered_in_the_one_shape(program: FlaskClient, design: tuple[bytes, str] | None, more: dict[str, str]) -> None:
    answer = sent(program, design, (plan(C), "b.dxf"), **more)
    assert answer.status_code == 400
    assert set(answer.json) == {"error", "mend", "status"}
    assert answer.json["status"] == 400
    assert all(answer.json.values())


def test_a_page_of_another_origin_cannot_have_drawings_compared(program: FlaskClient) -> None:
    assert program.post("/api/v1/compare", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_drawings_pairs_and_unit_types_on_record_are_listed_and_given(program: FlaskClient) -> None:
    listed = program.get("/api/v1/drawings").json["drawings"]
    assert {one["role"] for one in listed} == {"design", "construction"}
    assert program.get("/api/v1/drawings?site=S2").json == {"drawings": []}
    assert program.get(f"/api/v1/drawings?county={COUNTY}&site=S1").json["drawings"] == listed
    one = program.get(f"/api/v1/drawings/{listed[0]['code']}").json
    assert [found["check"] for found in one["findings"]] == ["dimension-text"]
    (pair,) = program.get("/api/v1/drawing-pairs").json["pairs"]
    whole = program.get(f"/api/v1/drawing-pairs/{pair['code']}").json
    assert [(found["check"], found["outcome"]) for found in whole["findings"]] == [("drawing-lineage", "review")]
    assert whole["comparison"]["unit_types"][0]["design"]["outcome"] == "fail"
    (kept,) = program.get("/api/v1/unit-types").json["unit_types"]
    assert (kept["code"], kept["design_annotated_m2"], kept["construction_annotated_m2"]) == ("S1-C", 81, 75)
    checks = {found["check"]: found["outcome"] for found in program.get("/api/v1/unit-types/S1-C").json["findings"]}
    assert checks == {"unit-type-area": "fail", "drawing-agreement": "review"}


@pytest.mark.parametrize("address", ["/api/v1/drawings/none", "/api/v1/drawing-pairs/none", "/api/v1/unit-types/none"])
def test_what_is_not_on_record_is_not_found(program: FlaskClient, address: str) -> None:
    answer = program.get(address)
    assert answer.status_code == 404
    assert answer.json["mend"]
