"""Where an account is bound to is chosen from what there is, and a refused form keeps what was typed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from relocation.service import Store, accounts
from relocation.service.importing import import_files
from relocation.service.office import open_office
from relocation.web import create_app
from tests.web.signed import signed_in, token

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_office(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, now=lambda: START)


def test_an_account_is_bound_to_places_that_are_ticked_and_a_refused_form_keeps_what_was_typed(app: Flask, store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("户编号,户主姓名,乡镇\nH1,演甲,甲乡\nH2,演乙,乙乡\n", "utf-8")
    import_files(store, [tmp_path / "a.csv"], now=START, as_kind="households", county="411522")
    boss = signed_in(app, ["administrator"], name="boss")
    page = boss.get("/accounts").text
    offered = re.findall(r'name="place" value="([^"]+)"', page[page.index("/accounts/add") :])
    assert sorted(offered) == ["411522", "411522/乙乡", "411522/甲乡"]
    form = {"csrf_token": token(boss), "name": "二 三", "shown": "乙乡经办", "role": "viewer", "place": "411522/乙乡", "places": "411523"}
    refused = boss.post("/accounts/add", data=form)
    assert refused.status_code == 400
    again = refused.text[refused.text.index("/accounts/add") :]
    for kept in ('value="二 三"', 'value="乙乡经办"', 'value="411523"', 'value="viewer" checked', 'value="411522/乙乡" checked'):
        assert kept in again, kept
    assert boss.post("/accounts/add", data={**form, "name": "yi.2"}).status_code == 200
    [made] = [one for one in accounts.listed(store) if one.name == "yi.2"]
    assert accounts.places_of(made.scope) == ["411522/乙乡", "411523"]
    nobody = boss.post("/accounts/yi.2/rights", data={"csrf_token": token(boss), "places": "411524"})  # without a role
    row = nobody.text[nobody.text.index("/accounts/yi.2/rights") :].split("</form>")[0]
    assert (nobody.status_code, 'value="411524"' in row, 'value="411522/乙乡" checked' in row) == (400, True, False)


def test_a_bound_administrator_is_offered_the_own_places_alone(app: Flask, store: Store, tmp_path: Path) -> None:
    for county in ("411522", "411523"):
        (tmp_path / "a.csv").write_text(f"户编号,户主姓名,乡镇\nH{county},演甲,甲{county}乡\n", "utf-8")
        import_files(store, [tmp_path / "a.csv"], now=START, as_kind="households", county=county)
    page = signed_in(app, ["administrator"], ["411523"], name="theirs").get("/accounts").text
    assert "411523/甲411523乡" in page and "411522" not in page.replace("例如 411522", "").replace("写成 411522/甲乡", "")
