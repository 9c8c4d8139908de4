"""Attaching photos on a page, what is said of them there, and what leaves the office: the original as a file, the picture without its data."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relocation.service import Store
from relocation.service.office import open_office
from relocation.service.rectification import opening
from relocation.web import create_app
from tests.evidence.hostile import pdf
from tests.evidence.photos import photo, taken_at
from tests.evidence.scenes import scene
from tests.service.evidence_office import NOW, OURS, SITE_LAT, SITE_LON, THEIRS, fill
from tests.web.signed import signed_in, token

MAY = datetime(2018, 5, 3, 10, 22)  # noqa: DTZ001 - a camera's clock has no zone
NAUGHTY = "<img src=x onerror=alert(1)>\u202egpj.演甲{{7*191}}.jpg"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Store]:
    opened = fill(open_office(tmp_path / "home"), tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(place: Store) -> Flask:
    return create_app(place, now=lambda: NOW)


@pytest.fixture
def keeper(app: Flask) -> FlaskClient:
    return signed_in(app, ["keeper"], [OURS])


def send(client: FlaskClient, *files: tuple[bytes, str], subject: str = "S1", kind: str = "photo", county: str = OURS, **fields: str) -> TestResponse:
    form = {"csrf_token": token(client), "subject_kind": "site" if subject.startswith("S") else "household", "subject": subject, "county": county, "kind": kind}
    return client.post("/evidence/attach", data={**form, **fields, "files": [(io.BytesIO(data), name) for data, name in files]})


def test_a_photo_is_attached_judged_shown_and_downloaded_as_it_came(keeper: FlaskClient) -> None:
    data = taken_at(MAY, SITE_LON, SITE_LAT)
    answer = send(keeper, (data, "现场.jpg"), since="2018-05-03", note="第一次核查")
    assert answer.status_code == 200
    assert "在现场、在所称时间内拍摄" in answer.text
    page = keeper.get("/sites/S1").text
    for text in ("现场.jpg", "在现场、在所称时间内拍摄", "第一次核查", "拍摄于 2018年5月3日 10:22", "所称日期 2018年5月3日"):
        assert text in page
    original = keeper.get("/evidence/1/original")
    assert original.data == data
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert original.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_english_readers_read_english(keeper: FlaskClient) -> None:
    send(keeper, (taken_at(MAY, SITE_LON, SITE_LAT), "a.jpg"), since="2018-05-03")
    page = keeper.get("/sites/S1?lang=en").text
    assert "taken at the place, in the time claimed" in page
    assert "photo of the place" in page


def test_the_picture_shown_carries_no_place_and_no_time(keeper: FlaskClient) -> None:
    send(keeper, (taken_at(MAY, SITE_LON, SITE_LAT), "a.jpg"))
    for form in ("picture", "thumbnail"):
        shown = keeper.get(f"/evidence/1/{form}.jpg")
        assert shown.mimetype == "image/jpeg"
        assert b"Exif" not in shown.data
        assert "inline" not in shown.headers.get("Content-Disposition", "inline").replace("inline", "")


def test_several_files_are_sent_at_once_and_a_refused_one_keeps_no_other_out(keeper: FlaskClient) -> None:
    answer = send(keeper, (photo(1), "a.jpg"), (b"<svg xmlns='x'/>", "b.svg"), (pdf(2), "c.pdf"), (b"\xff\xd8\xff broken", "d.jpg"), subject="H0001")
    assert answer.status_code == 200
    assert "收下 2 份，没有收 2 份" in answer.text
    for text in ("b.svg", "不收作佐证材料", "照片不完整或已损坏"):
        assert text in answer.text
    page = keeper.get("/households/H0001").text
    assert "2 页" in page
    assert "b.svg" not in page


def test_the_same_picture_for_two_households_is_said_loudly_when_sent_on_both_pages_and_in_the_list(keeper: FlaskClient) -> None:
    send(keeper, (photo(7), "a.jpg"), subject="H0001")
    copy = photo(form="PNG", picture=scene(7, size=(320, 240)).crop((20, 12, 300, 220)))
    answer = send(keeper, (copy, "b.png"), subject="H0012")
    assert "有 1 份材料有疑点" in answer.text
    assert re.search(r"同一张照片还附在搬迁户 H0001（411522 甲乡），作为“现场照片”", answer.text)
    for code, other in (("H0001", "H0012"), ("H0012", "H0001")):
        page = keeper.get(f"/households/{code}").text
        assert 'class="proof-twice" role="alert"' in page
        assert f"还附在搬迁户 {other}" in page
    flagged = keeper.get("/evidence?flagged=1").text
    assert "a.jpg" in flagged
    assert "b.png" in flagged


def test_another_county_learns_that_and_not_where(app: Flask, keeper: FlaskClient) -> None:
    theirs = signed_in(app, ["keeper"], [THEIRS])
    send(theirs, (photo(7), "theirs-secret.jpg"), subject="H0012", county=THEIRS)
    answer = send(keeper, (photo(7), "ours.jpg"), subject="H0001")
    assert "同一张照片还附在另一个县的记录上" in answer.text
    every = [answer.text, *(keeper.get(page).text for page in ("/evidence", "/evidence?flagged=1", "/households/H0001", "/evidence/2", "/api/v1/evidence"))]
    assert not [page for page in every if "theirs-secret" in page or "H0012" in page or THEIRS in page]
    for page in ("/evidence/1", "/evidence/1/original", "/evidence/1/picture.jpg", "/evidence/1/thumbnail.jpg", "/api/v1/evidence/1"):
        assert keeper.get(page).status_code == 404
        assert keeper.get(page.replace("/1", "/999", 1) if "/api/v1" not in page else "/api/v1/evidence/999").status_code == 404
    refused = keeper.post("/evidence/1/withdraw", data={"csrf_token": token(keeper), "why": "x"})
    assert refused.status_code == 404


def test_a_viewer_reads_and_neither_attaches_nor_withdraws(app: Flask, keeper: FlaskClient) -> None:
    send(keeper, (photo(1), "a.jpg"))
    viewer = signed_in(app, ["viewer"], [OURS])
    assert 'action="/evidence/attach"' not in viewer.get("/sites/S1").text
    assert viewer.get("/evidence/1").status_code == 200
    assert send(viewer, (photo(2), "b.jpg")).status_code == 403
    assert viewer.post("/evidence/1/withdraw", data={"csrf_token": token(viewer), "why": "x"}).status_code == 403


def test_nothing_is_attached_without_the_forms_token(keeper: FlaskClient) -> None:
    form = {"subject_kind": "site", "subject": "S1", "county": OURS, "kind": "photo", "files": [(io.BytesIO(photo(1)), "a.jpg")]}
    assert keeper.post("/evidence/attach", data=form).status_code == 400


def test_withdrawing_asks_for_a_reason_and_keeps_the_file(keeper: FlaskClient) -> None:
    send(keeper, (photo(1), "a.jpg"))
    assert keeper.post("/evidence/1/withdraw", data={"csrf_token": token(keeper), "why": " "}).status_code == 400
    done = keeper.post("/evidence/1/withdraw", data={"csrf_token": token(keeper), "why": "传错了点"}, follow_redirects=True)
    assert "已撤回 1 份" in done.text
    assert "传错了点" in done.text
    assert keeper.get("/evidence/1/original").status_code == 200
    assert "没有符合条件的材料" in keeper.get("/evidence").text


def test_what_cannot_be_seen_in_a_remark_or_a_reason_is_made_visible(keeper: FlaskClient) -> None:
    send(keeper, (photo(1), "a.jpg"), note="看\x00得见\u202e")
    page = keeper.get("/evidence/1").text
    assert "看\ufffd得见\ufffd" in page
    keeper.post("/evidence/1/withdraw", data={"csrf_token": token(keeper), "why": "\x00错"})
    assert "\ufffd错" in keeper.get("/evidence/1").text


def test_a_files_name_acts_nowhere(keeper: FlaskClient) -> None:
    send(keeper, (photo(1), NAUGHTY))
    for page in ("/evidence", "/evidence/1", "/sites/S1"):
        text = keeper.get(page).text
        assert "<img src=x" not in text
        assert "1337" not in text
        assert "\u202e" not in text
    disposition = keeper.get("/evidence/1/original").headers["Content-Disposition"]
    assert "\n" not in disposition
    assert "\u202e" not in disposition


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "cats"}, 400),
        ({"since": "2018-13-01"}, 400),
        ({"since": "2018-05-02", "until": "2018-05-01"}, 400),
        ({"subject": "S9"}, 404),
        ({"subject_kind": "x"}, 404),
        ({"subject": "S1\x00"}, 404),
        ({"county": "\x00"}, 404),
    ],
)
def test_what_cannot_be_attached_so_is_refused_in_words(keeper: FlaskClient, fields: dict[str, str], status: int) -> None:
    answer = send(keeper, (photo(1), "a.jpg"), **fields)
    assert answer.status_code == status
    assert "程序出了错" not in answer.text


@pytest.mark.parametrize("query", ["kind=cats", "county=x", "after=x", "limit=9999", f"after={10**30}"])
def test_conditions_that_cannot_be_are_refused(keeper: FlaskClient, query: str) -> None:
    for page in ("/evidence", "/api/v1/evidence"):
        assert keeper.get(f"{page}?{query}").status_code == 400


def test_no_file_and_far_too_many_are_refused(keeper: FlaskClient) -> None:
    assert send(keeper).status_code == 400
    assert send(keeper, *[(b"x", f"{n}.jpg") for n in range(21)]).status_code == 400


def test_programs_get_the_same(keeper: FlaskClient) -> None:
    send(keeper, (taken_at(MAY, SITE_LON, SITE_LAT), "a.jpg"), since="2018-05-03")
    page = keeper.get("/api/v1/evidence").get_json()
    (one,) = page["evidence"]
    assert (one["support"], one["subject"], one["flagged"], page["after"]) == ("supports", "S1", False, 0)
    assert keeper.get(f"/api/v1/evidence?subject_kind=site&county={OURS}&subject=S1").get_json()["evidence"] == [one]
    assert keeper.get(f"/api/v1/evidence/{one['id']}").get_json() == one


def test_the_uploads_copy_does_not_stay_beside_the_kept_one(keeper: FlaskClient, place: Store) -> None:
    send(keeper, (photo(1), "a.jpg"))
    assert not [path for path in (place.home / "uploads").rglob("*") if path.is_file()]


def test_an_entrys_page_takes_evidence_and_leads_there_and_back(keeper: FlaskClient, place: Store) -> None:
    entry = opening.open_by_hand(place, county=OURS, township="甲乡", text="会议没有照片", now=NOW)
    page = keeper.get(f"/ledger/{entry.id}").text
    assert 'action="/evidence/attach"' in page
    form = {"csrf_token": token(keeper), "subject_kind": "entry", "subject": entry.id, "county": OURS, "kind": "minutes"}
    answer = keeper.post("/evidence/attach", data={**form, "files": [(io.BytesIO(photo(3)), "会议.jpg")]})
    assert f'href="/ledger/{entry.id}#evidence"' in answer.text
    assert "拍的是文件，不核对地点和时间" in keeper.get(f"/ledger/{entry.id}").text
    assert f"/ledger/{entry.id}" in keeper.get("/evidence").text
