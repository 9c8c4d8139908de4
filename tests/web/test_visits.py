"""Plans of visits on the pages and for programs: drawn, taken along, brought back, noted, and refused in words."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl.utils import get_column_letter
from werkzeug.test import TestResponse

from relocation.service import Store
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.store import log
from relocation.visits.columns import COLUMNS
from relocation.web import create_app
from tests.service.rectifying import HEADING, NOW, home
from tests.web.signed import signed_in, token

COUNTY, FIRST_ROW = "411522", 4
AT = {column.name: number for number, column in enumerate(COLUMNS, 1)}
WISH = {"seed": "7", "size": "4", "county": COUNTY, "name": "六月抽查", "a_day": "2"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an office of twelve households in one county, one in another, two in a third."""
    folder = tmp_path_factory.mktemp("visits")
    opened = open_office(folder / "home")
    for county, lines in (
        (COUNTY, [home(f"H{n:02}", "100") for n in range(12)]),
        ("411523", [home("X1", "100")]),
        ("411524", [home("Y1", "100"), home("Y2", "100")]),
    ):
        path = folder / f"{county}.csv"
        path.write_text("\n".join([HEADING, *lines]) + "\n", "utf-8")
        import_files(opened, [path], now=NOW, county=county, as_kind="households")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    return create_app(store, now=lambda: NOW)


@pytest.fixture(scope="module")
def keeper(app: Flask) -> FlaskClient:
    return signed_in(app, ["keeper"], [COUNTY], name="keeper")


def post(client: FlaskClient, address: str, **form: object) -> TestResponse:
    return client.post(address, data={"csrf_token": token(client), **form})


def exports(store: Store) -> list[tuple[str, str, int]]:
    with store.reading() as connection:
        return [(one.who, one.subject, one.new["rows"]) for one in log.everything(connection, "export.")]


def filled(sheet: bytes, **cells: str) -> bytes:
    """Return a sheet whose first household was visited."""
    book, made = openpyxl.load_workbook(BytesIO(sheet)), BytesIO()  # noqa: TID251 - our own sheet, filled in as a spreadsheet program would
    for name, text in cells.items():
        book.worksheets[0].cell(FIRST_ROW, AT[name]).value = text
    book.save(made)
    return made.getvalue()


def test_a_plan_goes_from_the_form_to_the_door_and_back(keeper: FlaskClient, store: Store):
    made = post(keeper, "/visits", **WISH)
    assert made.status_code == 302
    page = made.headers["Location"]
    plan = f"/api/v1{page}"
    assert len(keeper.get(plan).json["households"]) == 4
    assert keeper.get("/visits").text.count("六月抽查") == 1

    before = exports(store)
    assert keeper.head(f"{page}/sheet.xlsx").status_code == 200
    sheet = keeper.get(f"{page}/sheet.xlsx").data
    assert keeper.get(f"{page}/dossiers.pdf").data[:5] == b"%PDF-"
    assert exports(store)[len(before) :] == [("keeper", "visits.xlsx", 4), ("keeper", "dossiers.pdf", 4)]
    dossiers = keeper.get(f"{page}/dossiers").text
    assert dossiers.count("visit-dossier") == 4 and "演甲" not in dossiers

    back = filled(sheet, visited_on="2018-06-02", measured_area_m2="101.5")
    seen = post(keeper, f"{page}/preview", file=(BytesIO(back), "走访表.xlsx"))
    assert seen.status_code == 200 and "101.5" in seen.text
    assert [one["result"] for one in keeper.get(plan).json["households"]] == [None] * 4
    told = post(keeper, f"{plan}/results", file=(BytesIO(back), "走访表.xlsx"), dry_run="1").json
    assert (told["stored"], len(told["found"]), told["blank"], told["refused"]) == (False, 1, 3, 0)
    assert post(keeper, f"{plan}/results", file=(BytesIO(back), "走访表.xlsx")).json["stored"]
    again = keeper.get(plan).json
    assert [one["result"]["measured_area_m2"] for one in again["households"] if one["result"]] == [101.5]
    assert {one["id"]: one["value"] for one in again["scores"]}["area-a-person"] == pytest.approx(101.5 / 4)
    wrong = post(keeper, f"{plan}/results", file=(BytesIO(filled(sheet, visited_on="2018-06-02", measured_area_m2="很大")), "走访表.xlsx")).json
    assert [one["cell"] for one in wrong["refusals"]] == [f"{get_column_letter(AT['measured_area_m2'])}{FIRST_ROW}"]


def test_a_program_draws_what_the_page_draws_and_is_told_who_was_asked_before(keeper: FlaskClient):
    first = post(keeper, "/api/v1/visits", **{**WISH, "seed": "9"}).json
    assert first["id"] in [one["id"] for one in keeper.get("/api/v1/visits").json]
    everybody = keeper.get(f"/api/v1/visits/sample?seed=1&size=12&county={COUNTY}&again=1").json["households"]
    assert {one["asked_before"]["by"] for one in everybody if one["code"] in {each["code"] for each in first["households"]}} == {f"#{first['id']}"}
    second = post(keeper, "/visits", **{**WISH, "size": "12", "again": "1", "name": "全部"}).headers["Location"]
    page = keeper.get(second).text
    assert page.count("近期走访过") >= 4 and f"走访计划 {first['id']}" in page
    assert "近期走访过" in keeper.get(f"{second}/dossiers").text


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"size": "13"}, "12"),
        ({"size": "很多"}, "很多"),
        ({"size": "", "precision": "五"}, "五"),
        ({"seed": ""}, "种子"),
        ({"allocation": "random"}, "proportional"),
    ],
)
def test_what_cannot_be_drawn_is_refused_on_the_page_and_for_programs(keeper: FlaskClient, wish: dict[str, str], said: str):
    page, program = (post(keeper, address, **{**WISH, **wish}) for address in ("/visits", "/api/v1/visits"))
    assert page.status_code == program.status_code == 400
    assert said in page.text and said in program.json["error"] + program.json["mend"]
    assert program.json["mend"]


def test_one_household_and_an_empty_county_are_refused_with_a_way_out(app: Flask):
    other = signed_in(app, ["keeper"], ["411523"])
    one = post(other, "/api/v1/visits", **{**WISH, "county": "411523", "size": "1"})
    assert one.status_code == 400 and "X1" in one.json["error"] + one.json["mend"]
    none = signed_in(app, ["keeper"], ["411525"])
    empty = post(none, "/api/v1/visits", **{**WISH, "county": "411525"})
    assert empty.status_code == 404 and "411525" in empty.json["error"] and empty.json["mend"]


def test_a_reader_opens_a_plan_and_changes_nothing_and_another_county_finds_none(app: Flask, keeper: FlaskClient):
    plan = post(keeper, "/api/v1/visits", **{**WISH, "seed": "20", "again": "1"}).json["id"]
    viewer, other = signed_in(app, ["viewer"], [COUNTY]), signed_in(app, ["viewer"], ["411523"])
    assert viewer.get(f"/visits/{plan}").status_code == 200
    assert post(viewer, "/api/v1/visits", **WISH).status_code == 403
    assert post(viewer, f"/api/v1/visits/{plan}/results", file=(BytesIO(b"x"), "x.xlsx")).status_code == 403
    for address in (f"/visits/{plan}", f"/api/v1/visits/{plan}", f"/visits/{plan}/sheet.xlsx", f"/visits/{plan}/dossiers.pdf", "/api/v1/visits/411522-99"):
        assert other.get(address).status_code == 404, address


def test_visits_of_another_body_come_in_for_programs_too(app: Flask):
    book, made, keeper = openpyxl.Workbook(), BytesIO(), signed_in(app, ["keeper"], ["411524"])
    for row in (("户编号", "走访日期", "走访单位"), ("Y1", "2018-06-01", "县审计局"), ("H99", "2018-06-01", "县审计局")):
        book.active.append(row)
    book.save(made)
    told = post(keeper, "/api/v1/visits/elsewhere", county="411524", file=(BytesIO(made.getvalue()), "审计.xlsx")).json
    assert (told["added"], told["refused"]) == (1, 1)
    drawn = keeper.get("/api/v1/visits/sample?seed=1&size=2&county=411524&again=1").json["households"]
    assert {one["code"]: one["asked_before"] for one in drawn} == {"Y1": {"county": "411524", "code": "Y1", "on": "2018-06-01", "by": "县审计局"}, "Y2": None}
