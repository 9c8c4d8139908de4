"""The pages of the log and of the office's state: who sees them, and of which places."""

import re
from pathlib import Path

import pytest
from flask import Flask

from relocation.accounts.actor import Actor
from relocation.accounts.scope import EVERYWHERE
from relocation.service import Store, accounts
from relocation.service.anchoring import anchor_line
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.store import log
from relocation.web import create_app
from tests.disks import only_read, small_disk
from tests.web.offices import NOW
from tests.web.signed import signed_in

HEADING = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积"


@pytest.fixture
def office(tmp_path: Path) -> Store:
    store = open_office(tmp_path / "home")
    for county in ("411522", "411523"):
        path = tmp_path / f"{county}.csv"
        path.write_text(f"{HEADING}\nH{county},演甲,十里镇,是,3,2017-03-05,集中安置,75\n", "utf-8")
        import_files(store, [path], now=NOW, county=county)
    with store.writing() as connection:
        log.append(
            connection,
            by=store.actor,
            at=NOW,
            action="ledger.returned",
            kind="ledger",
            county="411522",
            subject="411522-0007",
            old={"state": "submitted"},
            new={"state": "returned"},
            why="照片不是本户的 <b>",
        )
    return store


@pytest.fixture
def app(office: Store) -> Flask:
    return create_app(office, now=lambda: NOW)


def test_a_reviewer_reads_the_log_of_his_own_county_and_of_no_other(app: Flask) -> None:
    page = signed_in(app, ["reviewer"], ["411522"]).get("/log").text
    assert "411522-0007" in page
    assert "退回整改" in page
    assert "submitted → returned" in page
    assert "411523" not in page


def test_the_log_says_who_as_colleagues_know_them_and_what_they_are(app: Flask, office: Store) -> None:
    reviewer = signed_in(app, ["reviewer"], ["411522"], name="li")
    accounts.add(office.whole, "zhang.3", "张家口岸核查岗", accounts.roles_of(["keeper"]), accounts.place_text(["411522"]), now=NOW, random=bytes(32))
    with office.writing() as connection:
        log.append(
            connection,
            by=Actor("zhang.3", "", frozenset(), EVERYWHERE),
            at=NOW,
            action="ledger.submitted",
            kind="ledger",
            county="411522",
            subject="411522-0008",
        )
    page = reviewer.get("/log?subject=411522-0008").text
    row = re.sub(r"<[^>]+>", " ", page[page.index('<th scope="row" class="n code">') :].split("</tr>")[0])
    assert all(said in row for said in ("张家口岸核查岗", "台账员", "zhang.3"))
    english = reviewer.get("/log?subject=411522-0008&lang=en").text
    assert "ledger keeper" in english
    assert "本机终端" in reviewer.get("/log?action=records.imported&lang=zh").text


@pytest.mark.parametrize("role", ["viewer", "vetter", "engineer", "keeper"])
def test_nobody_else_reads_the_log_or_the_state(app: Flask, role: str) -> None:
    client = signed_in(app, [role])
    assert client.get("/log").status_code == 403
    assert client.get("/status").status_code == 403


def test_what_people_wrote_is_shown_as_text(app: Flask) -> None:
    assert "照片不是本户的 &lt;b&gt;" in signed_in(app, ["reviewer"]).get("/log").text


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("subject=411522-0007", "411522-0007", "411523"),
        ("action=ledger.returned", "411522-0007", "411523"),
        ("county=411523", "411523", "411522-0007"),
        ("day=2001-01-01", "没有符合条件的记录", "411522-0007"),
        ("who=nobody", "没有符合条件的记录", "411522-0007"),
    ],
)
def test_the_log_is_narrowed_by_what_is_asked(app: Flask, asked: str, there: str, gone: str) -> None:
    rows = signed_in(app, ["reviewer"]).get(f"/log?{asked}").text.partition("</form>\n<section")[2]
    assert there in rows
    assert gone not in rows


@pytest.mark.parametrize("asked", ["day=yesterday", "before=x", "before=-1", "county=41", "day=2026-11-2%00"])
def test_what_cannot_be_asked_is_refused_in_words(app: Flask, asked: str) -> None:
    assert signed_in(app, ["reviewer"]).get(f"/log?{asked}").status_code == 400


def test_a_long_log_is_read_page_by_page(app: Flask, office: Store) -> None:
    with office.writing() as connection:
        for number in range(60):
            log.append(connection, by=office.actor, at=NOW, action="record.changed", county="411522", subject=f"Q{number:03d}")
    client = signed_in(app, ["reviewer"], ["411522"])
    first = client.get("/log").text
    assert "Q059" in first
    assert "Q005" not in first
    with office.acting(office.actor).reading() as connection:
        last = log.latest(connection, log.Sought(subject="Q010"), limit=1)[0].seq
    assert "Q005" in client.get(f"/log?before={last}").text


def test_the_head_stands_on_the_page(app: Flask, office: Store) -> None:
    client = signed_in(app, ["reviewer"], ["411522"])
    assert anchor_line(office) in client.get("/log").text


def test_an_administrator_sees_how_things_stand_in_both_languages(app: Flask) -> None:
    client = signed_in(app, ["administrator"])
    page = client.get("/status").text
    for said in ("运行状态", "synchronous", "还没有", "landlock".capitalize()):
        assert said in page
    assert '<td data-head="相符"><span class="tag due">否' not in page  # every safety setting is what it has to be


def test_a_home_that_is_only_read_says_so_on_every_page(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        open_office(disk / "home").close()
        only_read(disk)
        reading = open_office(disk / "home")
        client = create_app(reading, demo=True, now=lambda: NOW).test_client()
        for page in ("/", "/households", "/log", "/status"):
            assert "只能读" in client.get(page).text
        reading.close()


def test_a_damaged_database_is_not_served_but_said_with_the_command_that_restores(office: Store) -> None:
    app = create_app(office, demo=True, now=lambda: NOW)
    client = app.test_client()
    assert client.get("/households").status_code == 200
    office.close()
    path = office.home / "relocation.db"
    data = bytearray(path.read_bytes())
    for at in range(2, len(data) // 4096):
        data[at * 4096 : at * 4096 + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    answer = client.get("/households")
    assert answer.status_code == 503
    assert "relocation restore" in answer.text
    for page in ("/", "/about", "/api/v1/sites", "/sign-in"):  # once found damaged nothing is served, even what could be read
        assert client.get(page).status_code == 503
    assert client.get("/api/v1/sites").json["status"] == 503
    assert client.get("/static/style.css").status_code == 200
