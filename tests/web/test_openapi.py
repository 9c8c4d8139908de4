"""The description of the API is made from the routes, and every address answers what it describes, whatever is asked of it."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from relocation.service import Store
from relocation.web import create_app
from relocation.web.openapi import document
from tests.web.offices import NOW, ordinary

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
"""So many requests an address, well-formed and malformed each; always the same ones."""


def test_every_route_of_the_api_is_described(app: Flask, client: FlaskClient):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    routes = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    assert len(paths) == len({rule.rule for rule in routes}) >= 19
    assert set(paths["/api/v1/sites"]) == {"get"}
    assert {one["name"] for one in paths["/api/v1/households"]["get"]["parameters"]} >= {"county", "township", "site", "text", "outcome", "after", "limit"}
    assert paths["/api/v1/explain/{id}"]["get"]["parameters"][0]["name"] == "id"
    assert paths["/api/v1/sites"]["get"]["x-needs"] == ["read"]
    assert set(paths["/api/v1/compare"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]) >= {"design", "construction"}


def test_the_description_is_the_same_every_time(app: Flask):
    assert document(app) == document(app)


def test_whoever_is_not_signed_in_reads_the_description_and_nothing_else(store: Store):
    client = create_app(store, now=lambda: NOW).test_client()
    described = client.get("/api/v1/openapi.json").json
    for address, operations in described["paths"].items():
        for method in operations:
            answer = client.open(address.replace("{", "").replace("}", ""), method=method.upper())
            assert answer.status_code == (200 if address == "/api/v1/openapi.json" else 401), (method, address)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["well-formed", "malformed"])
def test_whatever_is_asked_is_answered_as_described_and_never_by_an_error_of_ours(mode: GenerationMode, tmp_path: Path):
    store = ordinary(tmp_path)  # of its own: some of what is asked is done
    app = create_app(store, demo=True, now=lambda: NOW)
    app.config["WTF_CSRF_ENABLED"] = False  # the token of a form would turn all of it away at the door
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    asked: list[int] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case[Any]) -> None:
            asked.append(case.call_and_validate(checks=CHECKS).status_code)

        ask()
    assert len(asked) > 100
    assert 200 in asked or mode is GenerationMode.NEGATIVE
    store.close()
