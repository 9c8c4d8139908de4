"""Whatever stands in an address or a form: an answer in words, never an error of ours, and nothing of it runs or is computed."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.markup import harmless, of_pages
from tests.web.naughty import NAUGHTY
from tests.web.test_importing import token

SOME = NAUGHTY[::9]
CONDITIONS = (
    "text",
    "township",
    "county",
    "subject",
    "check",
    "kind",
    "site",
    "after",
    "limit",
    "outcome",
    "lang",
    "as_of",
    "lon",
    "lat",
    "with",
    "office",
    "page",
    "next",
    "q",
    "state",
    "order",
)
FIELDS = (
    "name",
    "text",
    "reason",
    "county",
    "place",
    "as_kind",
    "crs",
    "yaml",
    "number",
    "stored",
    "institute",
    "site",
    "role",
    "why",
    "until",
    "unit",
    "password",
    "version",
    "next",
)


def test_no_address_breaks_on_any_condition(app: Flask, client: FlaskClient):
    rules = [*of_pages(app, arguments=True), *of_pages(app, arguments=False)]
    for number, rule in enumerate(rules):
        for text in SOME[number % 10 :: 10]:
            address = re.sub(r"<[^>]+>", lambda _, text=text: quote(text, safe="") or "x", rule.rule)  # type: ignore[misc]
            harmless(client.get(address, query_string=dict.fromkeys(CONDITIONS[number % 2 :: 2], text)), address)
            harmless(client.get(address, query_string={CONDITIONS[number % len(CONDITIONS)]: text}), address)


def test_no_form_breaks_on_any_field(app: Flask, client: FlaskClient):
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and not rule.endpoint.startswith("signing")]
    assert len(rules) >= 8
    csrf = token(client)
    for number, rule in enumerate(rules):
        for text in SOME[number % 10 :: 10]:
            address = re.sub(r"<[^>]+>", lambda _, text=text: quote(text, safe="") or "x", rule.rule)  # type: ignore[misc]
            harmless(client.post(address, data={"csrf_token": csrf, **dict.fromkeys(FIELDS, text)}), f"{address} {text}")


def test_an_error_is_still_said_when_the_page_of_errors_fails_too(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("a template of another version")

    monkeypatch.setitem(app.jinja_env.globals, "url_for", broken)  # what every page's frame asks; the application serves other tests too
    answer = client.get("/no-such-page?lang=en")
    assert answer.status_code == 404
    assert "not found" in answer.text.lower() or "No such page" in answer.text or "<h1>" in answer.text
    assert "stylesheet" not in answer.text
    hostile = client.get("/findings?outcome=%3Cscript%3E&lang=en")
    assert "<script>" not in hostile.text


def test_pages_are_not_read_again_while_the_program_runs(app: Flask):
    assert app.jinja_env.auto_reload is False
