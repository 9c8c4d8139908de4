"""Signed-in people for tests: each with a browser of their own."""

import re
from collections.abc import Sequence
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from relocation.service import Store, accounts

PASSWORD = "Heron-Kettle-Orbit-7"


def account(store: Store, name: str, roles: Sequence[str], places: Sequence[str] = (), *, now: datetime) -> str:
    """Make an account (of no `places`: for everywhere) whose password is PASSWORD, and return its name."""
    from relocation.accounts.passwords import hashed
    from relocation.store import accounts as stored

    name, scope = name.lower(), accounts.place_text(places, everywhere=not places)
    accounts.add(store.whole, name, name, accounts.roles_of(roles), scope, now=now, random=name.encode().ljust(32, b".")[:32])
    with store.writing() as connection:
        made = stored.named(connection, name)
        assert made
        stored.set_password(connection, made.id, hashed(PASSWORD, name.encode().ljust(16, b".")[:16]), must_change=False)
    return name


def signed_in(app: Flask, roles: Sequence[str], places: Sequence[str] = (), name: str = "") -> FlaskClient:
    """Return a client that is signed in with these roles ("keeper", "reviewer" …) and places ("411522", "411522/甲乡"; none: everywhere)."""
    office = app.extensions["relocation"]
    return enter(app, account(office.store, name or _plain("-".join([*roles, *places])), roles, places, now=office.now()))


def _plain(text: str) -> str:
    """Return a text with letters an account's name may have: townships are written by their numbers."""
    return "".join(sign if sign.isascii() and sign != "/" else f".{ord(sign):x}" for sign in text)


def enter(app: Flask, name: str, password: str = PASSWORD) -> FlaskClient:
    """Return a client in which an account has just signed in."""
    client = app.test_client()
    answer = client.post("/sign-in", data={"csrf_token": token(client, "/sign-in"), "name": name, "password": password})
    assert answer.status_code == 302, answer.text
    return client


def token(client: FlaskClient, page: str = "/account") -> str:
    """Return the token of a form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]
