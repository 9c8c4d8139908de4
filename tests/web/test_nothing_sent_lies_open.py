"""What people send lies open only while the page that asks for it is made; columns that no check needs are named and kept nowhere."""

import io
import os
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from relocation.intake.unkept import note_of
from relocation.service import Store, Trouble, sealed
from relocation.service.office import open_office
from relocation.web import create_app, uploads
from tests.web.offices import NOW
from tests.web.test_importing import fields, preview

CARD, PHONE, ILLNESS = "6222021001112223334", "13800138000", "慢性肾功能衰竭"
NUMBER = "990101199001010035"
WRONG = "990101199001010036"  # its check digit does not fit, so the row is refused
HEADING = "户编号,户主姓名,乡镇,身份证号,核定搬迁人口,银行卡号,联系电话,患病情况"
LINES = (
    f"H1,演甲,甲乡,{NUMBER},3,{CARD},{PHONE},{ILLNESS}",
    f"H2,演乙,甲乡,{WRONG},4,{CARD},{PHONE},{ILLNESS}",
    f"H3,演丙,甲乡,{NUMBER},x,{CARD},{PHONE},{ILLNESS}",
)
CANARIES = (CARD, PHONE, ILLNESS, NUMBER, WRONG)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open") / "home"


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    opened = open_office(home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return create_app(store, demo=True, now=lambda: NOW).test_client()


def everything(home: Path) -> Iterator[bytes]:
    """Give the bytes of every file of a home, and of an archive each member's."""
    for path in home.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            yield path.name.encode()
            yield raw
            if zipfile.is_zipfile(io.BytesIO(raw)):
                with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                    yield from (archive.read(name) for name in archive.namelist())


def lying_open(home: Path) -> set[str]:
    said = b"\0".join(everything(home))
    return {one for one in CANARIES for form in (one.encode(), one.encode("utf-16-le"), one.encode("gb18030")) if form in said}


def test_no_byte_of_a_card_a_phone_an_illness_or_an_id_number_lies_under_the_home_at_any_step(client: FlaskClient, home: Path) -> None:
    body = "\n".join([HEADING, *LINES]).encode() + b"\n"
    shown = preview(client, "台账.csv", body, county="411522")
    assert shown.status_code == 200
    for heading, said in (("银行卡号", "银行卡或账户号码"), ("联系电话", "是联系电话"), ("患病情况", "涉及健康状况")):
        assert heading in shown.text and said in shown.text
    assert not lying_open(home)
    assert not any(one in shown.text for one in (CARD, PHONE, ILLNESS))
    stored = client.post("/import/store", data=fields(shown.text))
    assert stored.status_code == 200 and not lying_open(home)
    link = re.search(r'href="(/import/refused/[^"]+)"', stored.text)
    assert link, "a row was refused, so there is a workbook of it"
    workbook = client.get(link[1])
    with zipfile.ZipFile(io.BytesIO(workbook.data)) as archive:
        assert any(b"H2" in archive.read(name) or b"H3" in archive.read(name) for name in archive.namelist())
    assert not lying_open(home)
    assert not [path for path in home.rglob("*") if path.name.endswith((uploads.OPEN, ".part"))]


def test_the_search_for_open_bytes_finds_them(home: Path, client: FlaskClient) -> None:
    (home / "left.csv").write_text(LINES[0], "utf-8")
    assert lying_open(home) == {CARD, PHONE, ILLNESS, NUMBER}
    (home / "left.csv").unlink()


def test_what_a_killed_server_left_open_and_what_is_old_goes_at_the_next_start(store: Store, home: Path) -> None:
    folder = home / "uploads" / "somebody"
    (folder / f"x{uploads.OPEN}").mkdir(parents=True)
    (folder / f"x{uploads.OPEN}" / "a.csv").write_text(LINES[0], "utf-8")
    old, fresh = folder / "old.sealed", folder / "fresh.sealed"
    for path in (old, fresh):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * uploads.KEPT_SECONDS,) * 2)
    create_app(store, demo=True, now=lambda: NOW)
    assert [path.name for path in folder.iterdir()] == ["fresh.sealed"]


def test_a_sealed_file_opens_whole_where_it_was_sealed_and_nowhere_else(store: Store, tmp_path: Path) -> None:
    data = os.urandom(2 * (1 << 20) + 7)
    (tmp_path / "a" / "open").mkdir(parents=True)
    plain = tmp_path / "a" / "open" / "x.bin"
    for content in (data, data[: 1 << 20], b""):
        plain.write_bytes(content)
        sealed.keep(store, plain)
        assert b"".join(sealed.read(store, tmp_path / "a", "x.bin")) == content
    plain.write_bytes(data)
    sealed.keep(store, plain)
    path = tmp_path / "a" / "x.bin.sealed"
    kept = path.read_bytes()
    assert data[:64] not in kept
    part = 4 + int.from_bytes(kept[:4], "big")
    for broken in (
        kept[:-1],
        kept[: 2 * part],
        kept[part:],
        kept[part : 2 * part] + kept[:part] + kept[2 * part :],
        kept[:99] + bytes([kept[99] ^ 1]) + kept[100:],
    ):
        path.write_bytes(broken)
        with pytest.raises(Trouble, check=lambda trouble: trouble.code == "seal-broken"):
            b"".join(sealed.read(store, tmp_path / "a", "x.bin"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.bin.sealed").write_bytes(kept)
    with pytest.raises(Trouble):
        b"".join(sealed.read(store, tmp_path / "b", "x.bin"))


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("银行卡号", "column-card"), ("一卡通账号", "column-card"), ("开 户 行", "column-card"), ("联系电话", "column-phone"), ("手机", "column-phone"), ("本人联系方式", "column-phone"),
        ("是否残疾", "column-illness"), ("健康状况", "column-illness"), ("大病救助", "column-illness"), ("序号备注", "column-unknown"), ("经办人", "column-unknown"),
    ],
)  # fmt: skip
def test_a_column_that_no_check_needs_is_told_by_its_heading(heading: str, code: str) -> None:
    assert note_of(heading) == code
