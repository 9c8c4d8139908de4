import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from relocation.service import lawbook
from relocation.web import create_app
from tests.web.offices import COUNTY_LAW, HOMES, NOW, SITES, office_of

LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[FlaskClient]:
    """Give an office whose law the test may change."""
    store = office_of(tmp_path, SITES, HOMES)
    yield create_app(store, demo=True, now=lambda: NOW).test_client()
    store.close()


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/law?county=411522").text)
    assert found
    return found[1]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


VALUE = {
    "county": "411522", "parameter": "living-area.most_m2_a_person", "amount": "20", "since": "2016-09-22", "standing": "formal",
    "instrument": "demo-county-rules", "clause_zh": "第九条", "clause_en": "",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["/law", "/law?county=411522", "/law/instruments/national-plan-2016", "/what-if", "/what-if?living-area.most_m2_a_person=20"]
)
def test_every_page_of_the_law_opens_in_both_languages(client: FlaskClient, address: str, lang: str):
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text


def test_the_law_page_shows_values_with_day_place_standing_and_document(client: FlaskClient):
    page = client.get("/law").text
    for word in ("人均建筑面积上限", "2016年9月22日", "正式文件", "工作惯例", "本县 411522", "/law/instruments/national-plan-2016"):
        assert word in page


def test_a_value_from_the_form_is_previewed_then_published_with_a_reason(own: FlaskClient):
    shown = own.post("/law/preview", data={**VALUE, "csrf_token": token(own)})
    assert shown.status_code == 200 and "H1" in shown.text and "第九条" in shown.text
    before = own.get("/api/v1/findings?check=living-area").json
    text = own.get("/law/411522.yaml").text
    assert "living-area" not in text  # nothing is stored by a preview
    asked = {"text": re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', shown.text, re.DOTALL)[1], "previous": hidden(shown.text, "previous")}
    asked = {name: value.replace("&#34;", '"').replace("&#39;", "'") for name, value in asked.items()}
    assert own.post("/law/publish", data={**asked, "reason": "", "csrf_token": token(own)}).status_code == 400
    done = own.post("/law/publish", data={**asked, "reason": "县里开会定的", "csrf_token": token(own)}, follow_redirects=True)
    assert done.status_code == 200 and "县里开会定的" in done.text and "第 2 版" in done.text
    assert "living-area" in own.get("/law/411522.yaml").text and "living-area" not in own.get("/law/versions/1.yaml").text
    assert own.get("/api/v1/findings?check=living-area").json == before  # old verdicts keep their law
    again = own.post("/law/publish", data={**asked, "reason": "又来一次", "csrf_token": token(own)})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "20平方米"}, "平方米/人"),
        ({"amount": "-1"}, "平方米/人"),
        ({"since": "去年"}, "since: 2017-01-01"),
        ({"since": "2017-02-30"}, "since: 2017-01-01"),
        ({"clause_zh": ""}, "clause"),
        ({"standing": "law"}, "formal"),
        ({"instrument": "nothing"}, "demo-county-rules"),
        ({"instrument": "new", "document_id": "Bad Id"}, "county-rules-2017"),
        ({"parameter": "living-area.most"}, "most_m2_a_person"),
        ({"parameter": "living"}, "living-area"),
        ({"county": "410000"}, "411522"),
    ],
)
def test_a_value_that_cannot_be_law_is_answered_with_place_and_mend(own: FlaskClient, changed: dict[str, str], said: str):
    answer = own.post("/law/preview", data={**VALUE, **changed, "csrf_token": token(own)})
    assert answer.status_code == 400 and said in answer.text
    assert len(lawbook.history(own.application.extensions["relocation"].store)) == 1


def test_a_county_registers_its_own_document_in_the_form(own: FlaskClient):
    document = {"document_id": "own-2018", "document_title_zh": "县2018年办法", "document_issuer_zh": "县政府", "document_issued_on": "2018-01-01"}
    shown = own.post("/law/preview", data={**VALUE, "instrument": "new", **document, "csrf_token": token(own)})
    assert shown.status_code == 200 and "县2018年办法" in shown.text


def test_a_value_for_one_site_is_entered_in_the_form_and_shown_with_its_place(own: FlaskClient):
    value = {**VALUE, "parameter": "unit-cost.county_most_yuan_m2", "amount": "1000", "project": "S1"}
    shown = own.post("/law/preview", data={**value, "csrf_token": token(own)})
    assert shown.status_code == 200 and "411522/S1" in shown.text and "只用于本安置点" in shown.text
    answer = own.post("/law/preview", data={**value, "project": "S1X", "csrf_token": token(own)})
    assert answer.status_code == 400 and "没有编码为“S1X”的安置点" in answer.text
    asked = {"text": re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', shown.text, re.DOTALL)[1], "previous": hidden(shown.text, "previous")}
    asked = {name: text.replace("&#34;", '"').replace("&#39;", "'") for name, text in asked.items()}
    own.post("/law/publish", data={**asked, "reason": "单独批的", "csrf_token": token(own)})
    assert "单个安置点 411522/S1" in own.get("/law").text and "One site 411522/S1" in own.get("/checks/unit-cost?lang=en").text


def test_a_text_is_uploaded_and_previewed(own: FlaskClient):
    body = {"file": (BytesIO(COUNTY_LAW.replace("1600", "2000").encode("gb18030")), "本县.yaml"), "csrf_token": token(own)}
    shown = own.post("/law/preview", data=body, content_type="multipart/form-data")
    assert shown.status_code == 200 and "2000" in shown.text
    bad = {"file": (BytesIO(b"place: ["), "x.yaml"), "csrf_token": token(own)}
    assert own.post("/law/preview", data=bad, content_type="multipart/form-data").status_code == 400


def test_hostile_text_in_a_law_stays_text(own: FlaskClient):
    evil = COUNTY_LAW.replace("第三条", "'<script>alert(1)</script>'").replace("Demonstration county's own rules", "<b>bold</b>")
    shown = own.post("/law/preview", data={"text": evil, "csrf_token": token(own)}).text
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
    own.post("/law/publish", data={"text": evil, "previous": "1", "reason": "<i>why</i>", "csrf_token": token(own)})
    page = own.get("/law?county=411522").text
    assert "<script>alert" not in page and "<i>why" not in page and "&lt;i&gt;why" in page


def test_what_changes_the_law_needs_the_token(own: FlaskClient):
    for address in ("/law/preview", "/law/publish"):
        assert own.post(address, data={"text": COUNTY_LAW, "reason": "试试"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"), [("/law/instruments/none", 404), ("/law/versions/99.yaml", 404), ("/law/123.yaml", 400), ("/law?county=x", 400)]
)
def test_what_is_not_there_is_said_so(client: FlaskClient, address: str, status: int):
    answer = client.get(address)
    assert answer.status_code == status and "Traceback" not in answer.text


def test_stale_values_are_amber_with_a_sign_and_words(client: FlaskClient):
    later = create_app(client.application.extensions["relocation"].store, demo=True, now=lambda: LATER).test_client()
    for address in ("/law", "/checks/old-house", "/law/instruments/project-default"):
        assert "※" in later.get(address).text and "应在 2027年6月30日 前复核" in later.get(address).text
        assert "应在" not in client.get(address).text
    assert "※" in later.get("/findings/old-house/household/H2/why").text


def test_the_what_if_page_lists_who_changes_without_any_script(client: FlaskClient):
    page = client.get("/what-if?living-area.most_m2_a_person=20&as_of=2018-01-01&old-house.demolish_within_days=").text
    assert "H1" in page and "未超过 25 平方米" in page and "超过 20 平方米" in page and 'value="20"' in page


@pytest.mark.parametrize("amount", ["20m2", "abc", "-5", "1e999"])
def test_an_amount_that_is_none_is_answered_beside_the_field(client: FlaskClient, amount: str):
    answer = client.get("/what-if", query_string={"living-area.most_m2_a_person": amount})
    assert answer.status_code == 400 and "平方米/人" in answer.text and 'aria-invalid="true"' in answer.text


def test_the_api_supposes_and_refuses_in_one_shape(client: FlaskClient):
    document = client.get("/api/v1/suppose?with=most_m2_a_person=20&as_of=2018-01-01").json
    assert document["with"] == {"living-area.most_m2_a_person": 20, "unit-type-area.most_m2_a_person": 20}
    assert {one["check"]: bool(one["counts"]) for one in document["changed"]} == {"living-area": True, "unit-type-area": False}
    for asked, status in (("with=most_m2_a_person=20m2", 400), ("with=mots=1", 404), ("", 400), ("with=most_m2_a_person=20&as_of=x", 400)):
        answer = client.get(f"/api/v1/suppose?{asked}")
        assert answer.status_code == status and set(answer.json or ()) == {"error", "mend", "status"}


LINK = re.compile(r'href="(/[^"]*)"')


@pytest.mark.parametrize(
    "address",
    [
        "/findings/living-area/household/H2/why",
        "/findings/four-proximities/site/S1/why?county=411522",
        "/findings/unit-cost/site/S2/why",
        "/checks/resettlement-ratio/of/411522",
    ],
)
def test_every_step_of_a_trace_leads_to_a_page_that_shows_it(client: FlaskClient, address: str):
    page = client.get(address).text
    tree = page[page.index('<ul class="tree">') : page.index("</main>")]
    links = {link.replace("&amp;", "&") for link in LINK.findall(tree)}
    assert links
    for link in links:
        target, _, anchor = link.partition("#")
        answer = client.get(target)
        assert answer.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in answer.text, link


def test_every_number_of_a_trace_is_a_link(client: FlaskClient):
    page = client.get("/findings/living-area/household/H2/why").text
    tree = page[page.index('<ul class="tree">') : page.index("</main>")]
    outside = re.sub(r"<a .*?</a>", "", tree, flags=re.DOTALL)
    assert "32.13" in tree and "<b>" not in outside[: outside.rindex("</ul>")]
