"""Signing in: who gets in, for how long, and what a session is worth to a thief."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store, Trouble, accounts, signing
from relocation.service.office import open_office
from relocation.store import log
from relocation.store.tables import event
from relocation.web import create_app
from tests.web.signed import PASSWORD, account, enter, signed_in, token

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
WRONG = "wrong"
NEW = "Walnut-Ferry-Lantern-3"


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store, clock: Clock) -> Flask:
    return create_app(store, now=clock)


def logged(store: Store, action: str) -> list[tuple[str, str]]:
    with store.reading() as connection:
        found = [log.as_event(row) for row in connection.execute(event.select().order_by(event.c.seq)).mappings()]
    return [(one.who, one.subject) for one in found if one.action == action]


def tries(client: FlaskClient, name: str, password: str = WRONG) -> int:
    return client.post("/sign-in", data={"csrf_token": token(client, "/sign-in"), "name": name, "password": password}).status_code


def test_without_sign_in_every_page_leads_to_it_and_programs_are_told(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/sites?township=x")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?back=/sites?township%3Dx"
    assert client.get("/api/v1/sites").status_code == 401
    assert client.get("/no-such-page").status_code == 302
    assert client.get("/sign-in").status_code == 200
    assert client.get("/static/style.css").status_code == 200


def test_whoever_signs_in_comes_back_to_the_page_they_wanted_and_nowhere_else(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    for back, leads in (("/sites?township=x", "/sites?township=x"), ("https://attacker.example/", "/"), ("//attacker.example", "/")):
        client = app.test_client()
        said = {"csrf_token": token(client, "/sign-in"), "name": "Keeper ", "password": PASSWORD, "back": back}
        assert client.post("/sign-in", data=said).headers["Location"] == leads


def test_a_wrong_password_and_an_unknown_name_are_answered_with_the_same_words(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    pages = []
    for name in ("keeper", "nobody"):
        client = app.test_client()
        answer = client.post("/sign-in", data={"csrf_token": token(client, "/sign-in"), "name": name, "password": "wrong"})
        assert answer.status_code == 401
        pages.append([line for line in answer.text.replace(name, "").splitlines() if "csrf_token" not in line and "nonce" not in line])
    assert pages[0] == pages[1]
    assert logged(store, "account.refused") == [("keeper", "keeper"), ("nobody", "")]


def test_ten_wrong_guesses_close_a_name_for_an_hour_known_or_not(app: Flask, store: Store, clock: Clock) -> None:
    account(store, "keeper", ["keeper"], now=START)
    for name in ("keeper", "nobody"):
        client = app.test_client()
        assert [tries(client, name) for _ in range(12)] == [401] * 10 + [429] * 2
    assert tries(app.test_client(), "keeper", PASSWORD) == 429
    clock.on(minutes=61)
    assert tries(app.test_client(), "keeper", PASSWORD) == 302


def test_how_many_tries_are_left_is_said_from_the_seventh_known_or_not(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    for name in ("keeper", "nobody"):
        client = app.test_client()
        pages = [client.post("/sign-in", data={"csrf_token": token(client, "/sign-in"), "name": name, "password": WRONG}).text for _ in range(10)]
        assert not any("还可以再试" in page for page in pages[:6])
        assert ["还可以再试 3 次" in pages[6], "还可以再试 2 次" in pages[7], "还可以再试 1 次" in pages[8], "次数已用完" in pages[9]] == [True] * 4


def test_a_reset_password_opens_a_closed_name_at_once_and_says_so(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    client = app.test_client()
    assert [tries(client, "keeper") for _ in range(11)][-1] == 429
    administrator = signed_in(app, ["administrator"], name="boss")
    answer = administrator.post("/accounts/keeper/reset", data={"csrf_token": token(administrator)})
    given = re.search(r'one-time">([^<]+)<', answer.text)
    assert given
    assert "登录错误次数已清零" in answer.text
    assert tries(app.test_client(), "keeper", given[1]) == 302


def test_fifty_wrong_guesses_close_an_address_whatever_the_names(store: Store) -> None:
    def guess(number: int, address: str) -> str:
        with pytest.raises(Trouble) as refused:
            signing.sign_in(store, f"n{number}", "x", address=address, browser="b", now=START, token="t", key=b"k")
        return refused.value.code

    said = [guess(number, "10.0.0.1") for number in range(52)]
    assert said == ["sign-in-wrong"] * 50 + ["sign-in-throttled"] * 2
    assert guess(99, "10.0.0.2") == "sign-in-wrong"


def test_the_name_somebody_tried_is_not_in_the_database(store: Store) -> None:
    with pytest.raises(Trouble):
        signing.sign_in(store, "MySecretTypedInTheWrongBox", "x", address="a", browser="b", now=START, token="t", key=b"k")
    store.close()
    kept = b"".join(path.read_bytes() for path in store.home.glob("relocation.db*"))
    assert b"mysecret" not in kept.lower()


def test_no_more_than_four_passwords_are_compared_at_once(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Lock

    here, most, counting = 0, 0, Lock()

    def wait() -> None:
        nonlocal here, most
        with counting:
            here += 1
            most = max(most, here)
        import time

        time.sleep(0.02)
        with counting:
            here -= 1

    def guess(number: int) -> None:
        with pytest.raises(Trouble):
            signing.sign_in(store, f"n{number}", "x", address=f"{number}", browser="b", now=START, token=f"{number}", key=b"k", wait=wait)

    with ThreadPoolExecutor(12) as people:
        list(people.map(guess, range(12)))
    assert 1 <= most <= signing.AT_ONCE == 4


def test_a_session_begins_under_a_new_token_and_the_one_before_is_worth_nothing(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    client = app.test_client()
    client.get("/sign-in?lang=en")
    planted = client.get_cookie("relocation")
    assert planted
    form = token(client, "/sign-in")
    client.post("/sign-in", data={"csrf_token": form, "name": "keeper", "password": PASSWORD})
    taken = client.get_cookie("relocation")
    assert taken and taken.value != planted.value
    thief = app.test_client()
    thief.set_cookie("relocation", planted.value)
    assert thief.get("/account").status_code == 302
    assert '<html lang="en">' in client.get("/account").text
    assert client.post("/language", data={"csrf_token": form, "lang": "zh"}).status_code == 400


def test_a_stolen_cookie_ends_the_session_when_another_browser_shows_it(app: Flask, store: Store) -> None:
    client = signed_in(app, ["keeper"], name="keeper")
    cookie = client.get_cookie("relocation")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("relocation", cookie.value)
    assert thief.get("/account", headers={"User-Agent": "another"}).status_code == 302
    assert client.get("/account").status_code == 302
    assert logged(store, "account.session-stolen") == [("keeper", "keeper")]


def test_signing_out_ends_the_session_for_whoever_kept_its_cookie(app: Flask) -> None:
    client = signed_in(app, ["keeper"])
    cookie = client.get_cookie("relocation")
    assert cookie
    assert client.post("/sign-out", data={"csrf_token": token(client)}).headers["Location"] == "/sign-in"
    assert client.get("/account").status_code == 302
    client.set_cookie("relocation", cookie.value)
    assert client.get("/account").status_code == 302


def test_a_session_ends_when_it_was_idle_for_half_an_hour(app: Flask, clock: Clock) -> None:
    client = signed_in(app, ["keeper"])
    for _ in range(4):
        clock.on(minutes=29)
        assert client.get("/account").status_code == 200
    clock.on(minutes=31)
    assert client.get("/account").status_code == 302


def test_a_session_ends_after_ten_hours_however_busy(app: Flask, clock: Clock) -> None:
    client = signed_in(app, ["keeper"])
    for _ in range(24):
        clock.on(minutes=25)
        assert client.get("/account").status_code == 200
    clock.on(minutes=1)
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize("what", ["disable", "reset", "roles", "places"])
def test_what_an_administrator_changes_holds_at_the_very_next_request(app: Flask, store: Store, what: str) -> None:
    client = signed_in(app, ["keeper"], ["411522"], name="keeper")
    assert client.get("/account").status_code == 200
    if what == "disable":
        accounts.disable(store, "keeper", now=START)
    elif what == "reset":
        accounts.reset(store, "keeper", now=START, random=bytes(range(32)))
    elif what == "roles":
        accounts.set_roles(store, "keeper", accounts.roles_of(["viewer"]), now=START)
    else:
        accounts.set_places(store, "keeper", accounts.place_text(["411523"]), now=START)
    assert client.get("/account").status_code == 302


def test_one_of_ones_own_sessions_can_be_ended_and_nobody_elses(app: Flask) -> None:
    here = signed_in(app, ["keeper"], name="keeper")
    there, other = enter(app, "keeper"), signed_in(app, ["viewer"], name="other")
    assert here.get("/account").text.count("退出那里") == 1
    for number in ("3", "99", "x", ""):  # 3 is the other account's
        assert here.post("/account/end", data={"csrf_token": token(here), "sign_in": number}).status_code == 404
    assert other.get("/account").status_code == 200
    assert here.post("/account/end", data={"csrf_token": token(here), "sign_in": "2"}).status_code == 302
    assert there.get("/account").status_code == 302


def test_the_first_administrator_has_a_password_for_one_time_and_sees_nothing_before_another(store: Store, app: Flask) -> None:
    given = accounts.first(store, now=START, random=bytes(range(32)))
    assert accounts.first(store, now=START, random=bytes(range(32))) == ""
    client = app.test_client()
    answer = client.post("/sign-in", data={"csrf_token": token(client, "/sign-in"), "name": accounts.FIRST, "password": given})
    assert answer.headers["Location"] == "/account"
    assert client.get("/accounts").headers["Location"] == "/account"
    assert client.post("/accounts/add", data={"csrf_token": token(client)}).status_code == 403
    changed = {"csrf_token": token(client), "old": given, "new": NEW, "again": NEW}
    before = client.get_cookie("relocation")
    assert client.post("/account/password", data=changed).headers["Location"] == "/account"
    assert client.get("/accounts").status_code == 200
    stale = app.test_client()
    assert before
    stale.set_cookie("relocation", before.value)
    assert stale.get("/account").status_code == 302
    assert tries(app.test_client(), accounts.FIRST, given) == 401


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"old": "wrong"}, "原密码不对"),
        ({"again": "Walnut-Ferry-Lantern-4"}, "不一样"),
        ({"new": "short", "again": "short"}, "10 个字符"),
        ({"new": "Password123!", "again": "Password123!"}, "太常见"),
        ({"new": PASSWORD, "again": PASSWORD}, "和原密码相同"),
        ({"new": "somebody2018", "again": "somebody2018"}, "用户名或县名"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(app: Flask, changed: dict[str, str], said: str) -> None:
    client = signed_in(app, ["keeper"], name="somebody")
    answer = client.post("/account/password", data={"csrf_token": token(client), "old": PASSWORD, "new": NEW, "again": NEW, **changed})
    assert answer.status_code == 400
    assert said in answer.text
    assert client.get("/account").status_code == 200


def test_guessing_the_present_password_of_an_open_session_is_counted_too(app: Flask) -> None:
    client = signed_in(app, ["keeper"], name="somebody")
    wrong = {"old": "wrong", "new": NEW, "again": NEW}
    assert [client.post("/account/password", data={"csrf_token": token(client), **wrong}).status_code for _ in range(11)] == [400] * 10 + [429]


def test_behind_tls_the_cookie_travels_no_other_way(store: Store) -> None:
    client = create_app(store, now=lambda: START, names=["office.example"], https=True).test_client()
    answer = client.get("/sign-in?lang=en", base_url="https://office.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-relocation=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"]


def test_a_name_that_was_not_given_is_refused(store: Store) -> None:
    client = create_app(store, now=lambda: START, names=["office.example"]).test_client()
    assert client.get("/sign-in", base_url="http://office.example:8000").status_code == 200
    assert client.get("/sign-in", base_url="http://other.example").status_code == 400
    assert create_app(store, demo=True, names=["office.example"]).test_client().get("/", base_url="http://office.example").status_code == 400
