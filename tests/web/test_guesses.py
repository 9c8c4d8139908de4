"""Wrong guesses at the door shut out whoever guesses, wherever they come from, and not whose name it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from relocation.accounts.throttle import MOST, MOST_KEPT, WINDOW, network_of
from relocation.service import Store
from relocation.service.guesses import marks_of
from relocation.service.office import open_office
from relocation.service.secret import secret_key
from relocation.store import accounts as accounts_kept
from relocation.store.account_tables import attempt
from relocation.web import create_app
from tests.web.signed import PASSWORD, account, token

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
WRONG = "wrong"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, now=lambda: START)


def tries(client: FlaskClient, name: str, password: str = WRONG, address: str = "127.0.0.1") -> int:
    form = {"csrf_token": token(client, "/sign-in"), "name": name, "password": password}
    return client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address}).status_code


def test_wrong_guesses_from_elsewhere_shut_the_guesser_out_and_not_the_owner(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    assert [tries(app.test_client(), "keeper", address="10.0.0.9") for _ in range(11)] == [401] * 10 + [429]
    assert tries(app.test_client(), "keeper", PASSWORD, address="10.0.0.9") == 429  # right or wrong, from there
    assert tries(app.test_client(), "keeper", PASSWORD, address="10.0.0.5") == 302


def test_a_name_guessed_from_many_addresses_is_shut_but_not_where_its_owner_signs_in(app: Flask, store: Store) -> None:
    account(store, "keeper", ["keeper"], now=START)
    assert tries(app.test_client(), "keeper", PASSWORD, address="10.0.0.5") == 302
    key = secret_key(store.home)
    with store.writing() as connection:  # as if guessed from so many addresses; each guess takes a tenth of a second
        for number in range(MOST["name"]):
            for what, whose in marks_of(key, "keeper", f"192.168.{number}.1"):
                accounts_kept.note_try(connection, what, whose, START, keep=WINDOW, most=MOST_KEPT)
    assert tries(app.test_client(), "keeper", PASSWORD, address="10.0.0.6") == 429
    assert tries(app.test_client(), "keeper", PASSWORD, address="10.0.0.5") == 302


def test_tries_take_no_more_room_than_they_may_and_hosts_of_one_network_are_one_address(store: Store) -> None:
    with store.writing() as connection:
        for number in range(30):
            accounts_kept.note_try(connection, "address", f"{number}", START, keep=WINDOW, most=20)
        assert connection.execute(select(func.count()).select_from(attempt)).scalar_one() == 20
        assert accounts_kept.tries(connection, "address", "29", START - WINDOW) == [START]
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") != network_of("2001:db8:0:1::1")
    assert network_of("10.0.0.1") != network_of("10.0.0.2")
