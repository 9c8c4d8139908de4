"""The fact card and the five questions as pages: readable without scripts, bound to places, hostile texts shown as texts."""

import re

from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store
from relocation.web import create_app
from tests.web.offices import NOW
from tests.web.signed import signed_in, token


def test_the_card_bears_figures_units_and_days_in_both_languages(client: FlaskClient) -> None:
    page = client.get("/facts").text
    row = re.search(r'<tr id="poor-households">(.*?)</tr>', page, re.DOTALL)
    assert row and ">3</b>" in row[1] and "户" in row[1] and "2018-06-30" in row[1] and "建档立卡户，不含同步搬迁" in row[1]
    english = client.get("/facts?lang=en").text
    assert "Registered-poor households that move" in english and '3</b> <span class="unit">households' in english
    assert "Missing：this ledger was not imported" in english.replace(": ", "：")


def test_the_print_and_the_workbook_are_files(client: FlaskClient) -> None:
    assert client.get("/facts.pdf?township=甲乡").data.startswith(b"%PDF")
    assert client.get("/facts.xlsx").data.startswith(b"PK")


def test_the_questions_are_answered_without_a_script_and_every_answer_is_explained(app: Flask, client: FlaskClient) -> None:
    assert 'seed=2018-07-01"' in client.get("/facts").text  # the five of the day are the same for everybody
    drawn = client.get("/facts/test?county=411522")
    assert drawn.status_code == 302 and re.search(r"seed=\d{4}$", drawn.location)
    page = client.get("/facts/test?county=411522&seed=7").text
    asked = page.count("<fieldset")
    assert asked and page.count('type="radio"') == 4 * asked
    form = dict(re.findall(r'<input type="hidden" name="(county|township|seed|print)" value="([^"]*)"', page))
    form |= {"csrf_token": token(client, "/facts/test?county=411522&seed=7"), **{f"q{n}": "0" for n in range(asked)}}
    told = client.post("/facts/test", data=form).text
    assert told.count('class="right') == asked and "<h2>我的成绩" not in told  # nothing was ticked, so nothing is kept
    changed = client.post("/facts/test", data=form | {"print": "0" * 16})
    assert changed.status_code == 302 and "seed=7" in changed.location
    kept = client.post("/facts/test", data=form | {"keep": "1"}).text
    assert "<h2>我的成绩" in kept and "只有您自己看得到" in kept
    assert client.post("/facts/test/forget", data={"csrf_token": form["csrf_token"]}).status_code == 302
    assert "<h2>我的成绩" not in client.get("/facts/test?county=411522&seed=7").text


def test_whoever_is_bound_to_a_township_gets_that_card_and_no_other(store: Store) -> None:
    bound = signed_in(create_app(store, now=lambda: NOW), ["viewer"], ["411522/乙乡"])
    assert "乙乡 应知应会" in bound.get("/facts").text
    assert bound.get("/facts?county=411522&township=甲乡").status_code == 404
    assert bound.get("/facts.pdf?county=411522&township=甲乡").status_code == 404


def test_hostile_names_are_texts_on_the_card(hostile_store: Store) -> None:
    client = create_app(hostile_store, demo=True, now=lambda: NOW).test_client()
    page = client.get("/facts").text
    assert "<img src=x" not in page and "&lt;img src=x onerror" in page


def test_the_charts_are_drawn_in_the_page_with_the_same_numbers_as_a_table(client: FlaskClient) -> None:
    page = client.get("/charts").text
    for id in ("outcomes", "progress", "costs"):
        assert f'aria-labelledby="{id}-wide-title {id}-wide-desc"' in page and f'<title id="{id}-narrow-title">' in page
    assert page.count("看同样的数（表）") == 3 and page.count("截至 2018-06-30") == 3
    assert re.search(r'<th scope="row">河湾安置点</th><td class="n">25</td><td class="n">1,100</td>', page)
    assert " style=" not in page and "来源：" in page
    english = client.get("/charts?lang=en").text
    assert "See the same numbers (table)" in english and "building cost (yuan per m²)" in english


def test_a_chart_is_a_file_of_its_own_and_an_office_without_ledgers_has_none(client: FlaskClient, empty: FlaskClient) -> None:
    assert client.get("/charts/outcomes.svg").data.startswith(b"<svg ")
    assert client.get("/charts/other.svg").status_code == 404
    assert "还没有导入台账" in empty.get("/charts").text and empty.get("/charts/costs.svg").status_code == 404
    assert "还没有导入台账" in empty.get("/facts").text and empty.get("/facts.pdf").status_code == 404


def test_hostile_names_are_texts_in_the_charts(hostile_store: Store) -> None:
    page = create_app(hostile_store, demo=True, now=lambda: NOW).test_client().get("/charts").text
    assert "<img src=x" not in page and "&lt;img src=x onerror" in page and "<script>document" not in page
