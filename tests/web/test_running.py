"""Work that takes long on the page: where it stands is told to whoever began it and to nobody else, and it can be stopped with nothing half-stored."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from relocation import steps
from relocation.service import Store, Trouble
from relocation.web import create_app
from relocation.web.needing import Right, needs
from tests.web.offices import HOME_HEADINGS, HOMES, NOW, ledger, ordinary
from tests.web.signed import account, enter, signed_in, token
from tests.web.test_importing import fields

WORK = "0123456789abcdef" * 2
PATIENCE_S = 30


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    opened = ordinary(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(office: Store) -> Flask:
    return create_app(office, now=lambda: NOW)


def test_where_work_stands_is_told_to_whoever_began_it_who_alone_can_stop_it(app: Flask, office: Store):
    told, going_on = Event(), Event()

    @needs(Right.READ)
    def slow() -> str:
        steps.told("judging", 1, 3)
        told.set()
        assert going_on.wait(PATIENCE_S)
        steps.told("judging", 2, 3)
        return "nobody stopped it"

    app.add_url_rule("/slow", view_func=slow)
    name = account(office, "keeper", ["keeper"], now=NOW)
    keeper, beside, other = enter(app, name), enter(app, name), signed_in(app, ["keeper"], name="other")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(keeper.get, f"/slow?work={WORK}&lang=zh")
        assert told.wait(PATIENCE_S)
        assert beside.get(f"/running/{WORK}").json == {"over": False, "done": 1, "total": 3, "stopping": False, "said": "逐项核查 1 / 3"}
        assert other.get(f"/running/{WORK}").json == {"over": True}
        assert other.post(f"/running/{WORK}/stop", data={"csrf_token": token(other)}).json == {"stopping": False}
        assert beside.post(f"/running/{WORK}/stop", data={"csrf_token": token(beside)}).json == {"stopping": True}
        assert "正在停下" in beside.get(f"/running/{WORK}").json["said"]
        going_on.set()
        stopped = answer.result(PATIENCE_S)
    assert stopped.status_code == 409 and "已按您的要求停下" in stopped.text
    assert beside.get(f"/running/{WORK}").json == {"over": True}
    assert steps.listener() is None


def test_an_import_that_is_stopped_stores_nothing_and_a_check_behind_it_says_what_is_stored(app: Flask, office: Store, tmp_path: Path):
    keeper = signed_in(app, ["keeper"])
    body = ledger(tmp_path, "x.csv", HOME_HEADINGS, [(f"N{number}", *row[1:]) for number, row in enumerate(HOMES)]).read_bytes()

    def stop_at(at: str) -> steps.Listener:
        def stop(stage: str, done: int, total: int) -> None:
            if stage == at:
                raise Trouble("stopped")

        return stop

    for at, said, stored in (("storing", "什么也没有留下", 4), ("judging", "台账已经存下", 8)):
        shown = keeper.post("/import/preview", data={"csrf_token": token(keeper, "/import"), "file": (BytesIO(body), "户.csv")})
        with steps.heard_by(stop_at(at)):
            answer = keeper.post("/import/store", data=fields(shown.text))
        assert answer.status_code == 409 and said in answer.text, at
        assert keeper.get("/api/v1/households").json["total"] == stored, at


@pytest.mark.parametrize("name", ["", "x", "0" * 31, "G" * 32])
def test_a_name_that_is_none_is_not_followed(app: Flask, name: str):
    keeper = signed_in(app, ["keeper"])
    assert keeper.get(f"/sites?work={name}").status_code == 200
    assert app.extensions["running"].works == {}
