"""The ledger's pages where evidence changes after a submission or a closing: said before it is done, and shown ever after."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.web import create_app
from tests.evidence.hostile import pdf
from tests.web.ledgering import ONE, main, post
from tests.web.offices import NOW, ordinary
from tests.web.signed import signed_in, token


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Flask]:
    (tmp_path / "home").mkdir()
    store = ordinary(tmp_path / "home")
    yield create_app(store, now=lambda: NOW)
    store.close()


@pytest.fixture
def keeper(pages: Flask) -> FlaskClient:
    return signed_in(pages, ["keeper"], ["411522"])


@pytest.fixture
def reviewer(pages: Flask) -> FlaskClient:
    return signed_in(pages, ["reviewer"], ["411522"])


def attach(client: FlaskClient, number: int) -> str:
    """Attach a paper to the entry and return the page that answers."""
    form = {
        "csrf_token": token(client),
        "subject_kind": "entry",
        "subject": ONE,
        "county": "411522",
        "kind": "minutes",
        "files": (io.BytesIO(pdf(number)), f"会议纪要{number}.pdf"),
    }
    answer = client.post("/evidence/attach", data=form, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_evidence_after_submission_cancels_it_and_every_page_says_so_before_and_after(keeper: FlaskClient, reviewer: FlaskClient) -> None:
    post(keeper, "/ledger/new", text="会议没有照片", county="411522", unit="县住建局")
    for form in ({"move": "assign", "unit": "县住建局"}, {"move": "start"}, {"move": "submit", "measure": "补开会议"}):
        post(keeper, f"/ledger/{ONE}/move", **form)
    assert "材料一变，提交就撤销" in main(keeper, f"/ledger/{ONE}")
    assert f"{ONE} 的佐证材料变了" in attach(keeper, 1)
    page = main(keeper, f"/ledger/{ONE}")
    assert "佐证材料有变，原来的提交或批准撤销" in page and "会议纪要1.pdf</a>" in page.split("经过")[1]
    post(keeper, f"/ledger/{ONE}/move", move="submit")
    post(reviewer, f"/ledger/{ONE}/move", move="verify")
    assert keeper.post("/evidence/1/withdraw", data={"csrf_token": token(keeper), "why": "拿错了"}).status_code == 403
    assert "销号凭据已全部撤回" not in main(keeper, "/ledger")
    post(reviewer, "/evidence/1/withdraw", why="会议没有开过")
    assert "有 1 条已销号，但销号时凭的材料已全部撤回" in main(keeper, "/ledger")
    assert main(keeper, "/ledger?unproven=1").count("data-entry=") == 1
    assert "这一条现在没有凭据" in main(keeper, f"/ledger/{ONE}")
    assert keeper.get("/api/v1/ledger?unproven=1").json["entries"][0]["closed_without_standing_proof"] is True
    again = post(keeper, f"/ledger/{ONE}/again", reason="会议没有开过")
    assert "以前销号的问题再现" in again and "411522-0002" in again
