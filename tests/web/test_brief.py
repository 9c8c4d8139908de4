"""The brief on a page: questions with their figures, files of it, the same for programs, in both languages, and refusals in words."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from relocation.service import Store
from relocation.store import log
from relocation.web import create_app
from tests.web.offices import HOSTILE, NOW, ordinary
from tests.web.signed import signed_in

COUNTY = "411522"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an office of its own: a brief that was made is noted."""
    opened = ordinary(tmp_path_factory.mktemp("brief"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def served(desk: Store) -> Flask:
    return create_app(desk, now=lambda: NOW)


@pytest.fixture(scope="module")
def reader(served: Flask) -> FlaskClient:
    return signed_in(served, ["viewer"], [COUNTY], name="leader")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("简报", "哪些户人均超过 25 平方米？", "超面积 1 户", "涉及核定人口 3 人", "这是第一份简报", "有什么变化", "要决定什么、由谁决定")),
        (
            "en",
            (
                "Brief",
                "Which houses are larger than 25 m² a person?",
                "1 household too large",
                "3 persons approved for the move in them",
                "This is the first brief",
            ),
        ),
    ],
)
def test_the_page_asks_and_answers_in_the_readers_language(reader: FlaskClient, lang: str, said: tuple[str, ...]):
    page = reader.get(f"/brief?lang={lang}").text
    for text in said:
        assert text in page, text
    assert 'aria-current="page"' in page
    assert "/brief/figure/411522?figure=area.fail" in page


def test_a_figures_page_counts_it_again_and_lists_what_it_counts(reader: FlaskClient):
    told = reader.get(f"/api/v1/brief?county={COUNTY}").json
    figures = [one for answer in told["answers"] for one in answer["figures"]]
    assert len(figures) > 50
    for one in figures:
        page = reader.get(one["page"] + "&lang=zh").text
        rows = page.count('scope="row"')
        assert f"由下面 {rows} 条" in page, one["id"]
    area = reader.get(f"/brief/figure/{COUNTY}?figure=area.fail-persons&lang=zh").text
    assert "涉及核定人口：3 人" in area
    assert "人均 32.13 平方米" in area
    assert reader.get(f"/brief/figure/{COUNTY}?figure=area.nothing").status_code == 404


def test_what_the_county_has_no_ledger_of_is_no_data_for_programs_too(reader: FlaskClient):
    answers = {one["id"]: one for one in reader.get(f"/api/v1/brief?county={COUNTY}").json["answers"]}
    assert answers["funds"]["outcome"] == "no-data"
    assert answers["area"]["outcome"] == "fail"
    assert {one["on"] for one in answers["area"]["figures"]} == {"2018-06-30"}


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/brief?county=411523", 404, "411523"),
        ("/brief?county=41", 400, "六位"),
        ("/brief.svg", 400, "县"),
        (f"/brief.xlsx?county={COUNTY}", 400, "pdf"),
        (f"/brief?county={COUNTY}&since=2018-06-30", 400, "2018年7月1日"),
        (f"/brief?county={COUNTY}&since=yesterday", 400, "yesterday"),
        (f"/api/v1/brief?county={COUNTY}&as_of=2018-01-01", 400, "2018-06-30"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(reader: FlaskClient, address: str, status: int, said: str):
    refused = reader.get(f"{address}{'&' if '?' in address else '?'}lang=zh")
    assert refused.status_code == status
    assert said in refused.text.replace("2018-07-01", "2018年7月1日")


def test_each_file_is_given_noted_and_read_again(reader: FlaskClient, desk: Store):
    pdf = reader.get(f"/brief.pdf?county={COUNTY}&lang=zh")
    assert len(pypdfium2.PdfDocument(pdf.data)) == 1
    word = Document(BytesIO(reader.get(f"/brief.docx?county={COUNTY}").data))
    assert "哪些户人均超过 25 平方米？" in word.tables[0].rows[0].cells[0].text
    assert "data:image/svg+xml" in reader.get(f"/brief.html?county={COUNTY}").text
    assert reader.head(f"/brief.pdf?county={COUNTY}").status_code == 200
    with desk.reading() as connection:
        noted = [(one.who, one.county, one.subject) for one in log.everything(connection, "export.")]
    assert noted == [("leader", COUNTY, "brief.pdf"), ("leader", COUNTY, "brief.docx"), ("leader", COUNTY, "brief.html")]


def test_whoever_is_bound_to_a_township_reads_of_that_alone(served: Flask):
    page = signed_in(served, ["viewer"], [f"{COUNTY}/甲乡"], name="town").get("/brief").text
    assert "范围：甲乡" in page
    assert "登记 2 户" in page
    assert "乙乡" not in page


def test_an_office_with_nothing_in_it_is_led_to_its_first_steps(empty: FlaskClient):
    assert empty.get("/brief").location == "/"


def test_hostile_names_stand_as_they_are_written_on_the_page_and_in_every_file(hostile_store: Store, tmp_path: Path):
    client = create_app(hostile_store, demo=True, now=lambda: NOW).test_client()
    county = client.get("/api/v1/brief?county=411522").json
    shown = [case["who"] for one in county["answers"] for case in one["worst"]]
    assert any(text[:8] in who for who in shown for text in HOSTILE)
    page, file = client.get("/brief?lang=zh").text, client.get("/brief.html?county=411522").text
    for who in shown[:2]:
        assert str(escape(who)) in page
        assert str(escape(who)) in file
    for made in (page, file):
        assert "<script>document" not in made
        assert 'onerror="' not in made
        assert "1337" not in made
    assert len(pypdfium2.PdfDocument(client.get("/brief.pdf?county=411522").data)) == 1
    assert Document(BytesIO(client.get("/brief.docx?county=411522").data)).tables
