"""The pages around the ledger: lists previewed and brought, pairs answered, months frozen, the workbook out and back, each by who may."""

import io
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store, registers
from relocation.service.office import open_office
from relocation.service.rectification import merging
from relocation.web import create_app
from tests.data.demo_county.problem_books import BOOKS, write_problem_lists
from tests.ledger.workbooks import FIRST, edit, put
from tests.service.listed import COUNTY, NOW, brought, with_sites
from tests.web.signed import signed_in, token


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = with_sites(open_office(tmp_path / "home"))
    yield store
    store.close()


@pytest.fixture
def pages(office: Store) -> Flask:
    return create_app(office, now=lambda: NOW)


@pytest.fixture
def keeper(pages: Flask) -> FlaskClient:
    return signed_in(pages, ["keeper"], [COUNTY])


def send(client: FlaskClient, address: str, path: Path, **form: str) -> str:
    with path.open("rb") as file:
        answer = client.post(
            address, data={"csrf_token": token(client), "file": (io.BytesIO(file.read()), path.name), **form}, content_type="multipart/form-data"
        )
    assert answer.status_code == 200, answer.text
    return answer.text


def confirm(client: FlaskClient, page: str, address: str, **more: object) -> str:
    """Post the form of a preview page with what it holds hidden."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page[page.index(f'action="{address}"') :]))
    answer = client.post(address, data={**hidden, **more})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_list_is_previewed_then_brought_and_the_reconciliation_is_shown(keeper: FlaskClient, tmp_path: Path) -> None:
    write_problem_lists(tmp_path)
    page = send(keeper, "/ledger/lists/preview", tmp_path / BOOKS["national"], tier="national", county=COUNTY, list="国家巡查")
    assert "登记这 42 条" in page
    assert "42" not in re.sub(r"\s", "", keeper.get("/ledger/lists").text.split("</main>")[0].split("导入记录")[1])
    done = confirm(keeper, page, "/ledger/lists/keep")
    assert "411522-0042" in done
    listed = keeper.get("/ledger/lists").text
    assert "42 = 42 = 42 + 0" in listed
    again = send(keeper, "/ledger/lists/preview", tmp_path / BOOKS["national"], tier="national", county=COUNTY, list="国家巡查")
    assert "什么也不会改变" in again


def test_an_office_without_records_says_that_there_are_no_lists_yet(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "fresh")) as store:
        viewer = signed_in(create_app(store, now=lambda: NOW), ["viewer"], [COUNTY])
        for address in ("/ledger/lists", "/ledger/same", "/ledger/months", "/ledger/workdays"):
            answer = viewer.get(address)
            assert (answer.status_code, "还没有问题清单" in answer.text) == (200, True), address
            assert not re.search(r"[\u3400-\u9fff]", viewer.get(f"{address}?lang=en").text.split("<main")[1].split("</main>")[0])
            viewer.get("/?lang=zh")


def test_whoever_may_not_reveal_reads_no_number_that_a_list_named(keeper: FlaskClient, pages: Flask, office: Store, tmp_path: Path) -> None:
    phone, site = "13800001111", next(iter(registers.sites(office, "zh").rows))
    for tier in ("national", "municipal"):
        path = tmp_path / f"{tier}.csv"
        path.write_text(f"序号,乡镇,安置点,问题描述,责任单位\n1,,{site.name},{site.name}房屋渗水 电话{phone},电话{phone}\n", "utf-8")
        confirm(keeper, send(keeper, "/ledger/lists/preview", path, tier=tier, county=COUNTY, list=tier), "/ledger/lists/keep")
    viewer = signed_in(pages, ["viewer"], [COUNTY])
    one = "/ledger/411522-0001"
    for address in (
        "/ledger",
        one,
        "/ledger/same",
        "/ledger/lists",
        f"/ledger/timeline/site/{COUNTY}/{site.code}",
        f"/api/v1{one}/timeline",
        "/api/v1/ledger-lists/same",
    ):
        answer = viewer.get(address)
        assert answer.status_code == 200 and phone not in answer.text, address
    assert phone in keeper.get("/ledger/same").text


def test_a_pair_is_answered_side_by_side_and_taken_back(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists")
    pair = merging.pairs(office, COUNTY)[0]
    page = keeper.get("/ledger/same").text
    assert pair.one.text in page
    assert pair.other.text in page
    form = {"csrf_token": token(keeper), "one": pair.one.id, "other": pair.other.id, "county": COUNTY}
    after = keeper.post("/ledger/same", data={**form, "answer": "same"}, follow_redirects=True).text
    assert "345 = 344 + 1" in re.sub(r"<[^>]+>", "", after)
    taken_back = keeper.post("/ledger/same", data={**form, "answer": "apart"}, follow_redirects=True).text
    assert "345 = 345 + 0" in re.sub(r"<[^>]+>", "", taken_back)


def test_a_month_that_is_over_is_frozen_on_the_page(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists", now=NOW - timedelta(days=40))
    page = keeper.post("/ledger/months", data={"csrf_token": token(keeper), "county": COUNTY, "month": "2019-09"}, follow_redirects=True).text
    assert "2019-09" in page
    assert "每一行都对得上" in page
    refused = keeper.post("/ledger/months", data={"csrf_token": token(keeper), "county": COUNTY, "month": "2019-10"})
    assert refused.status_code == 409


def test_the_workbook_goes_out_comes_back_and_only_ticked_rows_are_changed(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists", tiers={"national": "国家巡查"})
    path = tmp_path / "台账.xlsx"
    path.write_bytes(keeper.get("/ledger/workbook.xlsx?tier=national").data)
    edit(path, put(0, unit="<b>县住建局</b>"))
    edit(path, put(1, unit="县财政局"))
    page = send(keeper, "/ledger/workbook/preview", path)
    assert "&lt;b&gt;县住建局&lt;/b&gt;" in page
    done = confirm(keeper, page, "/ledger/workbook/keep", row=[str(FIRST + 1)])
    assert "已改动 1 行" in done
    assert "县财政局" in keeper.get("/ledger/411522-0002").text
    assert "县住建局&lt;/b&gt;" not in keeper.get("/ledger/411522-0001").text


def test_a_row_that_would_lose_something_is_flagged_and_not_ticked(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists", tiers={"national": "国家巡查"})
    path = tmp_path / "台账.xlsx"
    path.write_bytes(keeper.get("/ledger/workbook.xlsx?tier=national").data)
    edit(path, put(0, unit=""))
    edit(path, put(1, text="与清单不同的描述"))
    edit(path, put(2, unit="县财政局"))
    page = send(keeper, "/ledger/workbook/preview", path)
    assert "原来有内容，表里空了" in page
    assert "上级清单的原文" in page
    ticks = re.findall(r'name="row" value="(\d+)"( checked)?', page)
    assert ticks == [(str(FIRST), ""), (str(FIRST + 1), ""), (str(FIRST + 2), " checked")]


@pytest.mark.parametrize("row", ["x", "-1", "١", "9" * 30])
def test_a_row_that_is_no_number_is_refused(keeper: FlaskClient, office: Store, tmp_path: Path, row: str) -> None:
    brought(office, tmp_path / "lists", tiers={"national": "国家巡查"})
    path = tmp_path / "台账.xlsx"
    path.write_bytes(keeper.get("/ledger/workbook.xlsx").data)
    page = send(keeper, "/ledger/workbook/preview", path)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page[page.index('action="/ledger/workbook/keep"') :]))
    assert keeper.post("/ledger/workbook/keep", data={**hidden, "row": row}).status_code == 400


def test_a_viewer_sees_the_pages_and_no_form_of_them(pages: Flask, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists")
    viewer = signed_in(pages, ["viewer"], [COUNTY])
    for address in ("/ledger/lists", "/ledger/same", "/ledger/months", "/ledger/workbook", "/ledger/workdays"):
        page = viewer.get(address)
        assert page.status_code == 200
        main = page.text[page.text.index("<main") : page.text.index("</main>")]
        assert 'method="post"' not in main, address
    for address in (
        "/ledger/lists/preview",
        "/ledger/lists/keep",
        "/ledger/same",
        "/ledger/months",
        "/ledger/workbook/preview",
        "/ledger/workbook/keep",
        "/ledger/workdays",
    ):
        assert viewer.post(address, data={"csrf_token": token(viewer)}).status_code == 403, address


def test_another_county_sees_nothing_of_the_lists(pages: Flask, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists")
    other = signed_in(pages, ["keeper"], ["411523"])
    seen = "".join(other.get(f"{address}?county={COUNTY}").text for address in ("/ledger/lists", "/ledger/same", "/ledger/months", "/ledger/workdays"))
    seen += "".join(other.get(f"/api/v1/ledger-lists/{name}?county={COUNTY}").text for name in ("reconciliation", "same", "months"))
    assert "国家巡查" not in seen
    assert "十里镇" not in seen
    assert "411522-0" not in seen


def test_the_same_for_programs(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists")
    sums = keeper.get("/api/v1/ledger-lists/reconciliation").json
    assert (sums["items"], sums["problems"], sums["merged"], sums["holds"]) == (345, 345, 0, True)
    pairs = keeper.get("/api/v1/ledger-lists/same").json
    assert sum(reason["points"] for reason in pairs[0]["reasons"]) == pairs[0]["points"]
    assert keeper.get("/api/v1/ledger-lists/months").json == []
    assert keeper.get("/api/v1/ledger-lists/months?by=person").status_code == 400


def test_every_page_has_its_english(keeper: FlaskClient, office: Store, tmp_path: Path) -> None:
    brought(office, tmp_path / "lists", tiers={"national": "National"})
    keeper.post("/language", data={"csrf_token": token(keeper), "lang": "en", "back": "/"})
    for address, said in (
        ("/ledger/lists", "The lists reconciled"),
        ("/ledger/same", "Are these the same problem?"),
        ("/ledger/months", "Month ends"),
        ("/ledger/workbook", "Bring back"),
        ("/ledger/workdays", "Years that are known"),
    ):
        assert said in keeper.get(f"{address}?lang=en").text, address
