"""The pages of notices: a preview for whoever reads, a file for who keeps the ledger, a refusal in words for what cannot be published."""

import hashlib
from collections.abc import Iterator

import pypdfium2
import pytest
from flask import Flask

from relocation.service import Store, auditing
from relocation.web import create_app
from tests.web.offices import NOW, ordinary
from tests.web.signed import signed_in, token

WALL = {"kind": "wall", "county": "411522", "township": "甲乡", "contact": "甲乡办公室 0376-1234567", "names": "surname"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = ordinary(tmp_path_factory.mktemp("notices"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(office: Store) -> Flask:
    return create_app(office, now=lambda: NOW)


def test_a_reader_sees_the_notice_masked_and_has_no_button_that_makes_a_file(app: Flask) -> None:
    viewer = signed_in(app, ["viewer"], ["411522"], name="viewer")
    page = viewer.get("/notices", query_string=WALL)
    assert page.status_code == 200
    assert "甲乡　东村：2 户、核定 9 人" in page.text
    assert "演**" in page.text
    assert "演一二" not in page.text
    assert "/notices/file" not in page.text
    refused = viewer.post("/notices/file", data=WALL | {"format": "pdf", "csrf_token": token(viewer)})
    assert refused.status_code == 403


def test_the_keeper_of_the_ledger_downloads_what_was_previewed_and_the_log_has_its_hash(app: Flask, office: Store) -> None:
    keeper = signed_in(app, ["keeper"], ["411522"], name="keeper")
    assert 'action="/notices/file"' in keeper.get("/notices", query_string=WALL).text
    made = keeper.post("/notices/file", data=WALL | {"format": "pdf", "paper": "a3", "csrf_token": token(keeper)})
    assert made.status_code == 200
    assert made.mimetype == "application/pdf"
    said = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()
    assert "演**" in said
    assert "演一二" not in said
    newest = auditing.listed(office, limit=1)[0]
    assert (newest.who, newest.action, newest.subject, newest.township) == ("keeper", "export.made", "notice.wall.pdf", "甲乡")
    assert newest.new["sha256"] == hashlib.sha256(made.data).hexdigest()


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"kind": "poster"}, 400, "没有“poster”这种公示"),
        ({"township": "丙乡"}, 404, "台账里没有“丙乡”"),
        ({"township": "", "village": "北村"}, 404, "台账里没有“北村”"),
        ({"county": "411599", "township": ""}, 404, "不在您的管辖范围"),
        ({"days": "400"}, 400, "公示不能是 400 天"),
        ({"begins_on": "明天"}, 400, "不是日期"),
        ({"contact": "13812345678"}, 400, "个人手机号"),
        ({"kind": "funds"}, 404, "没有可以公示的记录"),
        ({"kind": "summary"}, 200, "&lt;5"),  # two households: the table says no more than that they are few
    ],
)
def test_what_cannot_be_published_is_said_on_the_page(app: Flask, changed: dict[str, str], status: int, said: str) -> None:
    if "viewer" not in app.config:
        app.config["viewer"] = signed_in(app, ["viewer"], ["411522"], name="looker")
    page = app.config["viewer"].get("/notices", query_string=WALL | changed)
    assert (page.status_code, said in page.text) == (status, True), page.text[-3000:]


def test_without_lists_of_notices_nobody_counts_as_displayed_and_the_page_says_that_none_was_imported(app: Flask) -> None:
    page = signed_in(app, ["viewer"], ["411522"], name="matcher").get("/notices/match?county=411522&lang=zh")
    assert page.status_code == 200
    assert "没有导入公示名单" in page.text
    assert "/households/H1" in page.text  # it has no ID number, so it cannot be compared, and is not passed over


def test_somebody_of_one_township_sees_their_own_notice_and_not_the_countys(app: Flask) -> None:
    mine = signed_in(app, ["keeper"], ["411522/甲乡"], name="townsman")
    assert mine.get("/notices", query_string=WALL).status_code == 200
    assert mine.get("/notices", query_string=WALL | {"township": ""}).status_code == 404
    other = mine.post("/notices/file", data=WALL | {"township": "乙乡", "format": "pdf", "csrf_token": token(mine)})
    assert other.status_code == 404
