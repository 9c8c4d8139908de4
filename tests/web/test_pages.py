import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checks.registry import checks
from relocation.service import Store
from relocation.web import create_app
from relocation.web.needing import Right, needs
from tests.web.offices import HOMES, NOW, SITES, office_of

PAGES = [
    "/",
    "/sites",
    "/sites/S1",
    "/households",
    "/households/H1",
    "/checks",
    "/checks/living-area",
    "/checks/living-area/of/H1",
    "/findings",
    "/import",
    "/about",
]
WORST = ["fail", "review", "no-data", "pass", "not-applicable"]
CHINESE = re.compile(r"[\u3400-\u9fff]")


def main(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_in_both_languages(client: FlaskClient, address: str, lang: str):
    answer = client.get(f"{address}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text


def test_the_language_chosen_in_the_address_is_kept_for_the_next_page(client: FlaskClient):
    client.get("/?lang=en")
    assert '<html lang="en">' in client.get("/sites").text


def test_an_english_page_without_records_has_no_chinese_left(empty: FlaskClient):
    for address in ("/", "/import", "/checks", "/no-such-page"):
        text = re.sub(r"<script.*?</script>|<datalist.*?</datalist>", "", main_of(empty.get(f"{address}?lang=en").text), flags=re.DOTALL)
        left = [line for line in re.sub(r"<[^>]+>", "\n", text).splitlines() if CHINESE.search(re.sub(r"[(（][^()（）]*[)）]", "", line))]
        assert not left, address  # a document's Chinese number stands in brackets and was taken out above


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_an_office_with_nothing_imported_is_told_the_first_steps(empty: FlaskClient):
    page = empty.get("/").text
    assert "还没有数据" in page
    assert "/import/template/sites.xlsx" in page


def test_the_overview_asks_the_questions_and_gives_all_five_outcomes_with_their_numbers(client: FlaskClient):
    page = main(client, "/")
    assert "哪些户人均面积超" in page
    assert page.count('role="img"') >= 5  # a bar a check
    for word in ("不合规", "待核", "缺资料", "合规", "不适用"):
        assert page.count(word) >= 5
    assert "2018年6月30日" in page  # the as-of date


def test_the_overview_says_the_worst_case_by_name_with_its_sentence(client: FlaskClient):
    page = main(client, "/")
    assert "人均 32.13 平方米" in page  # 96.4 m² ÷ 3 persons
    assert "/households/H2" in page


def test_a_number_on_the_overview_carries_its_unit(client: FlaskClient):
    text = re.sub(r"<[^>]+>|\s", "", main(client, "/"))
    assert "1户不合规" in text
    assert "1个安置点不合规" in text


def test_names_and_id_numbers_of_people_are_masked_wherever_they_stand(client: FlaskClient):
    for address in ("/", "/households", "/households/H2", "/sites/S1", "/findings", "/checks/living-area", "/api/v1/households", "/api/v1/findings"):
        page = client.get(address).text
        assert not re.search("演[一二三四五六七八]{2}", page), address


def test_a_site_says_where_each_fact_was_read(client: FlaskClient):
    page = main(client, "/sites/S1")
    assert "sites.csv" in page
    assert ">M2<" in re.sub(r"\s", "", page)  # 安置户数 is the thirteenth column, S1 the second row


def test_a_site_shows_its_four_nearest_targets_with_their_distances(client: FlaskClient):
    page = main(client, "/sites/S1")
    for word in ("靠县城", "靠乡镇", "靠产业园区", "靠景区"):
        assert word in page


def test_lists_can_be_narrowed_by_outcome_township_and_text(client: FlaskClient):
    assert "H2" in main(client, "/households?outcome=fail")
    assert "/households/H1" not in main(client, "/households?outcome=fail")
    assert "/sites/S1" not in main(client, "/sites?township=乙乡")
    assert "/sites/S2" in main(client, "/sites?text=岗上")


def test_a_list_goes_on_where_the_page_ended(client: FlaskClient):
    seen, address = [], "/sites?limit=1"
    while address:
        page = main(client, address)
        seen += re.findall(r'/sites/(S\d)[?"]', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    worst = {row["code"]: WORST.index(row["worst"]) for row in client.get("/api/v1/sites").get_json()["rows"]}
    assert len(set(worst.values())) > 1
    assert seen == sorted(["S1", "S2", "S3"], key=lambda code: (worst[code], code))


def test_a_check_shows_what_counts_the_dated_values_their_standing_and_worked_cases(client: FlaskClient):
    page = main(client, "/checks/living-area")
    for word in ("计入", "不计入", "为什么", "2016年9月22日", "正式文件", "发改地区〔2016〕2022号", "算过的例子"):
        assert word in page, word


def test_a_verdict_can_be_traced_to_the_cells_it_rests_on(client: FlaskClient):
    page = main(client, "/checks/living-area/of/H2")
    assert "96.4" in page
    assert "households.csv" in page
    assert "发改地区〔2016〕2022号" in page


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("csv", b""), ("geojson", b"{"), ("json", b"{")])
def test_findings_come_as_a_file_with_the_filters_of_the_page(client: FlaskClient, form: str, start: bytes):
    answer = client.get(f"/findings.{form}?check=living-area&outcome=fail")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(start)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/no-such-page", 404, "没有找到这一页"),
        ("/sites/no-such-site", 404, "no-such-site"),
        ("/checks/livng-area", 404, "livng-area"),
        ("/sites?limit=many", 400, "每页条数"),
        ("/sites?outcome=wrong", 400, "没有“wrong”这种结果"),
        ("/sites?county=x", 400, "不是六位数字"),
        ("/sites?after=!!!", 400, ""),
        ("/findings.docx", 400, "没有“docx”这种导出格式"),
        ("/import/template/drawings.xlsx", 404, ""),
        ("/import/refused/..%2Fsecret-key", 404, ""),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(client: FlaskClient, address: str, status: int, said: str):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text


def test_an_error_of_ours_is_said_with_a_number_and_no_traceback(store: Store, caplog: pytest.LogCaptureFixture):
    broken = create_app(store, demo=True, now=lambda: NOW)
    broken.view_functions["records.sites"] = needs(Right.READ)(lambda: str(1 / 0))
    answer = broken.test_client().get("/sites")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    number = re.search(r'class="code">([0-9a-f]{8})<', answer.text)
    assert number
    assert number[1] in caplog.text  # the log has it under the same number


def test_a_figure_over_the_limit_is_never_printed_as_the_limit(tmp_path: Path):
    homes = [(*HOMES[0][:13], "150.024", *HOMES[0][14:])]  # 25.004 m² for each of six
    opened = office_of(tmp_path, SITES, homes)
    client = create_app(opened, demo=True, now=lambda: NOW).test_client()
    for address in ("/", "/households/H1", "/findings?check=living-area", "/checks/living-area/of/H1"):
        assert "25.004" in client.get(address).text, address
    opened.close()


def test_the_count_of_passing_households_leads_to_them(client: FlaskClient) -> None:
    overview = client.get("/").get_data(as_text=True)
    assert "check=living-area&amp;outcome=pass&amp;all=1" in overview or "check=living-area&outcome=pass&all=1" in overview
    page = client.get("/findings?check=living-area&outcome=pass&all=1").get_data(as_text=True)
    assert "H2" not in page.split("<tbody>")[1] and "H1" in page.split("<tbody>")[1]
    silent = client.get("/findings?check=living-area&outcome=pass").get_data(as_text=True)
    assert "不逐户保存" in silent and "all=1" in silent
    assert "H1" in client.get("/findings.csv?check=living-area&outcome=pass&all=1").get_data(as_text=True)
    answer = client.get("/api/v1/findings?check=living-area&outcome=pass").get_json()
    assert (answer["findings"], answer["passing_left_out"] > 0) == ([], True)
    assert [one["subject"] for one in client.get("/api/v1/findings?check=living-area&outcome=pass&all=1").get_json()["findings"]][:1] == ["H1"]


@pytest.mark.parametrize("mark", ["WzEsMSwxLDEsMV0", "W10", "WyJhIiwiYiIsImMiLCJkIiwiZSJd"])
def test_a_page_mark_of_other_make_is_refused_in_words(client: FlaskClient, mark: str) -> None:
    assert client.get(f"/findings?all=1&after={mark}").status_code == 400


def test_a_county_without_a_ledger_is_said_so(client: FlaskClient) -> None:
    answer = client.get("/?county=999999")
    assert answer.status_code == 404 and "没有县 999999 的台账" in answer.text and "411522" in answer.text


def test_a_new_check_keeps_the_day_unless_another_is_given(tmp_path: Path) -> None:
    store = office_of(tmp_path, SITES, HOMES)
    client = create_app(store, demo=True, now=lambda: NOW).test_client()
    before = client.get("/").text
    day = re.search(r'name="as_of" value="([^"]+)"', before)
    assert day and day[1] == "2018-06-30" and "这是第一次检查" in before
    for given, kept in (({}, "2018-06-30"), ({"as_of": "2019-12-31"}, "2019-12-31"), ({}, "2019-12-31")):
        posted = client.post("/check", data={"csrf_token": _token(client), **given})
        assert (posted.status_code, client.get("/api/v1/check").get_json()["as_of"]) == (302, kept)
    assert client.post("/check", data={"csrf_token": _token(client), "as_of": "gestern"}).status_code == 400
    assert "与上一次检查（" in client.get("/").text and "按 2019年12月31日 的情况）相比" in client.get("/").text
    store.close()


def _token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("id", checks())
def test_every_checks_page_shows_its_law_and_every_worked_case(client: FlaskClient, id: str, lang: str):
    check, answer = checks()[id], client.get(f"/checks/{id}?lang={lang}")
    page = unescape(answer.text)
    assert answer.status_code == 200 and check.title(lang) in page
    assert all(case.title[lang] in page for case in check.cases)
    assert all(value.clause[lang] in page for parameter in check.parameters.values() for value in parameter.values)
    assert client.get(f"/api/v1/explain/{id}?lang={lang}").json
