import re
import stat
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relocation.service.secret import secret_key
from relocation.web.security import is_loopback


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/import").text)
    assert found
    return found[1]


UNFORMED = {"/api/v1/compare"}
"""What programs send without a form: nothing is kept of it, and pages of other origins are turned away."""


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000", "[::1]", "127.0.0.2:80", "LOCALHOST"])
def test_this_machine_is_known_by_its_own_names(host: str):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "attacker.example",
        "attacker.example:8000",
        "10.0.0.1",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example",
        "[::2]:80",
        "",
        "::1:80:x",
        "0.0.0.0",  # noqa: S104 - a name that must not get in
    ],
)
def test_any_other_name_is_refused_so_that_no_page_elsewhere_can_borrow_it(client: FlaskClient, host: str):
    assert not is_loopback(host)
    answer = client.get("/sites", headers={"Host": host})
    assert answer.status_code == 400
    assert "/sites/S1" not in answer.text


@pytest.mark.parametrize("address", ["/", "/sites", "/import", "/no-such-page", "/api/v1/checks", "/static/style.css"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, address: str):
    headers = client.get(address).headers
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_nonce_is_used_once(client: FlaskClient):
    first, second = (re.search(r"'nonce-([^']+)'", client.get("/").headers["Content-Security-Policy"]) for _ in range(2))
    assert first
    assert second
    assert first[1] != second[1]


@pytest.mark.parametrize("address", ["/", "/sites", "/households", "/households/H1", "/findings", "/findings.csv", "/api/v1/households"])
def test_pages_with_peoples_data_stay_in_no_cache(client: FlaskClient, address: str):
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_no_page_has_inline_handlers_styles_or_scripts(client: FlaskClient):
    for address in ("/", "/sites", "/sites/S1", "/households/H2", "/checks/living-area", "/findings", "/import", "/about"):
        page = client.get(address).text
        assert not re.search(r"\s(on\w+|style)=|javascript:|<style|<script(?! nonce)", page), address


def test_nothing_is_done_without_the_forms_token(app: Flask, client: FlaskClient):
    asked = 0
    for rule in app.url_map.iter_rules():
        if not rule.methods or not rule.methods - {"GET", "HEAD", "OPTIONS"} or rule.rule in UNFORMED:
            continue
        answer = client.post(re.sub(r"<[^>]+>", "1", rule.rule), data={"lang": "en", "file": (BytesIO(b"x"), "x.csv")})
        assert answer.status_code == 400, rule.rule
        assert "放得太久" in answer.text
        asked += 1
    assert asked > 20


def test_a_form_sent_from_another_site_is_refused_even_with_a_token(client: FlaskClient):
    answer = client.post("/language", data={"csrf_token": token(client), "lang": "en"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: FlaskClient):
    cookie = client.get("/?lang=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "back", ["https://attacker.example/", "//attacker.example/", "/\\attacker.example", "\\/attacker.example", "javascript:alert(1)", "/a\r\nX: y"]
)
def test_the_language_switch_leads_nowhere_else(client: FlaskClient, back: str):
    answer = client.post("/language", data={"csrf_token": token(client), "lang": "en", "back": back})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_the_language_switch_returns_to_the_page_it_was_used_on(client: FlaskClient):
    answer = client.post("/language", data={"csrf_token": token(client), "lang": "en", "back": "/sites?township=甲乡"})
    assert answer.headers["Location"].startswith("/sites?township=")
    assert '<html lang="en">' in client.get("/sites").text


def test_a_file_over_the_limit_is_refused_in_words(app: Flask):
    too_long = {"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = app.test_client().open("/import/preview", method="POST", environ_overrides=too_long, input_stream=BytesIO(b""))
    assert answer.status_code == 413
    assert "64 MB" in answer.text


def test_the_key_that_signs_cookies_is_made_once_and_readable_by_its_owner_only(tmp_path: Path):
    key = secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert len(key) >= 32
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
