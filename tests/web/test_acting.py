"""The page of actions, its workbook, its JSON, and what a finding's card and page add: the smallest fix and the look-alikes."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from relocation.service import Store
from relocation.web import create_app
from tests.web.offices import NOW


def main(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_actions_open_in_both_languages(client: FlaskClient, lang: str):
    answer = client.get(f"/actions?lang={lang}")
    assert answer.status_code == 200
    assert ("整改清单" if lang == "zh" else "Actions") in answer.text


def test_the_page_says_who_does_what_where_and_links_the_findings(client: FlaskClient):
    page = main(client, "/actions")
    assert "乡镇人民政府" in page
    assert "甲乡" in page
    [link] = set(re.findall(r'href="(/findings\?check=living-area&amp;outcome=fail[^"]*)"', page))
    assert "H2" in main(client, link.replace("&amp;", "&"))
    assert "/households/H2?county=411522" in page


def test_the_page_can_be_narrowed_and_the_workbook_holds_the_same(client: FlaskClient):
    page = main(client, "/actions?township=乙乡")
    assert "乙乡</h3>" in re.sub(r"\s", "", page)
    assert "甲乡</h3>" not in re.sub(r"\s", "", page)
    made = client.get("/actions.xlsx?township=乙乡")
    assert made.mimetype.endswith("spreadsheetml.sheet")
    rows = CalamineWorkbook.from_filelike(BytesIO(made.data)).get_sheet_by_name("整改清单").to_python()
    assert {row[3] for row in rows[1:]} == {"乙乡"}


def test_the_api_gives_the_same_numbers_as_the_findings(client: FlaskClient):
    told = client.get("/api/v1/actions").json
    actions = [action for office in told["offices"] for place in office["places"] for action in place["actions"]]
    for outcome in ("fail", "review", "no-data"):
        found = client.get(f"/api/v1/findings?outcome={outcome}&limit=200").json["findings"]
        assert told["counts"][outcome] == len(found) == sum(one["findings"] for one in actions if one["outcome"] == outcome)
    assert client.get("/api/v1/actions?limit=2").json["shown"] == 2
    assert client.get("/api/v1/actions?office=nobody").status_code == 400
    assert client.get("/api/v1/actions?limit=many").status_code == 400


def test_a_card_names_the_smallest_fix(client: FlaskClient):
    page = main(client, "/households/H2")
    assert "最小整改" in page
    assert "由 96.4 平方米减到 75 平方米" in page
    assert "最小整改" not in main(client, "/households/H1").split("旧房")[0]


def test_the_page_of_a_check_says_what_to_do_and_whose_work_it_is(client: FlaskClient):
    page = main(client, "/checks/living-area")
    assert "怎么办" in page and "核对房产测绘面积与核定人口" in page
    assert "责任部门：乡镇人民政府" in page


def test_the_page_of_a_verdict_shows_fix_and_look_alikes_without_names(client: FlaskClient):
    page = main(client, "/checks/living-area/of/H2")
    assert "最小整改" in page
    assert "举一反三" in page
    assert "/households/H1" in page
    assert not re.search("演[一二三四五六七八]{2}", page)


def test_the_api_explains_with_fix_and_with_look_alikes_when_asked(client: FlaskClient):
    [trace] = client.get("/api/v1/explain/living-area:H2").json["traces"]
    assert trace["fix"]["fields"][0]["after"] == 75
    assert "alike" not in trace
    [trace] = client.get("/api/v1/explain/living-area:H2?like=3").json["traces"]
    assert [one["subject"] for one in trace["alike"]["others"]] == ["H1"]
    assert client.get("/api/v1/explain/living-area:H2?like=1000").status_code == 400


def test_an_office_without_a_run_has_no_actions_and_says_so(empty: FlaskClient):
    assert "还没有检查过" in main(empty, "/actions")
    assert not re.search(r"[\u3400-\u9fff]", main(empty, "/actions?lang=en"))


def test_hostile_text_stays_text_among_the_actions(hostile_store: Store):
    client = create_app(hostile_store, demo=True, now=lambda: NOW).test_client()
    page = client.get("/actions").text
    assert "<img src=x" not in page
    assert "<script>document" not in page
    assert "1337" not in page
    rows = CalamineWorkbook.from_filelike(BytesIO(client.get("/actions.xlsx").data)).get_sheet_by_name("整改清单").to_python()
    assert not [cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@"))]
