import pytest
from flask.testing import FlaskClient

from checks.verdict import Outcome

OUTCOMES = {outcome.id for outcome in Outcome}


def test_checks_are_listed_with_what_the_contract_names(client: FlaskClient):
    rows = client.get("/api/v1/checks").json
    assert {"four-proximities", "living-area", "unit-cost", "resettlement-ratio", "old-house"} <= {row["id"] for row in rows}
    assert all({"id", "family", "about", "title", "law"} <= set(row) for row in rows)


def test_counts_hold_all_five_outcomes_of_every_check(client: FlaskClient):
    run = client.get("/api/v1/check").json
    assert run["as_of"] == "2018-06-30"
    assert all(set(numbers) == OUTCOMES for numbers in run["counts"].values())
    assert sum(run["counts"]["living-area"].values()) == 4  # four households, one verdict each


def test_a_finding_has_every_member_of_the_contract(client: FlaskClient):
    found = client.get("/api/v1/findings?check=living-area&outcome=fail").json["findings"]
    assert [finding["subject"] for finding in found] == ["H2"]
    [finding] = found
    named = {"check", "subject_kind", "subject", "name", "county", "outcome", "measured", "limit", "unit", "sentence", "law", "missing", "target"}
    assert named <= set(finding)
    assert set(finding["law"]) == {"value", "since", "instrument", "clause", "standing", "place", "first_day_assumed"}
    assert finding["measured"] == pytest.approx(96.4 / 3)
    assert finding["limit"] == 25


def test_the_sentence_of_a_finding_is_the_one_on_the_page(client: FlaskClient):
    [finding] = client.get("/api/v1/findings?check=living-area&outcome=fail").json["findings"]
    assert finding["sentence"] in client.get("/households/H2").text


def test_findings_come_page_by_page_without_a_gap_or_a_repeat(client: FlaskClient):
    whole = client.get("/api/v1/findings?limit=200").json
    assert whole["after"] == ""
    seen, after = [], ""
    while True:
        page = client.get("/api/v1/findings", query_string={"limit": 2, "after": after}).json
        seen += page["findings"]
        after = page["after"]
        if not after:
            break
    assert seen == whole["findings"]


def test_a_record_comes_with_its_fields_sources_and_findings(client: FlaskClient):
    record = client.get("/api/v1/sites/S1").json
    fields = {field["name"]: field for field in record["fields"]}
    assert fields["households"]["value"] == "52"
    assert fields["households"]["cell"] == "M2"
    assert {finding["check"] for finding in record["findings"]} >= {"four-proximities", "unit-cost"}


def test_a_proposed_site_is_judged_and_not_stored(client: FlaskClient):
    before = client.get("/api/v1/sites").json["total"]
    vetted = client.get("/api/v1/vet?lon=114.9&lat=32.01&name=拟选").json
    assert vetted["check"] == "four-proximities"
    assert vetted["outcome"] in OUTCOMES
    assert client.get("/api/v1/sites").json["total"] == before


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/findings?outcome=wrong", 400),
        ("/api/v1/findings?limit=0", 400),
        ("/api/v1/findings?limit=99999", 400),
        ("/api/v1/findings?check=no-such-check", 404),
        ("/api/v1/findings?after=broken", 400),
        ("/api/v1/sites?county=1", 400),
        ("/api/v1/sites?text=%00", 400),
        ("/api/v1/sites/none", 404),
        ("/api/v1/households/none", 404),
        ("/api/v1/explain/none", 404),
        ("/api/v1/vet?lon=x&lat=1", 400),
        ("/api/v1/vet?lon=nan&lat=1", 400),
        ("/api/v1/vet?lon=114.9&lat=32&as_of=yesterday", 400),
        ("/api/v1/vet?lon=114.9&lat=32&crs=Mars", 400),
        ("/api/v1/nothing", 404),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_errors_have_one_shape_and_say_what_to_do(client: FlaskClient, address: str, status: int, lang: str):
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert answer.status_code == status
    assert answer.json
    assert answer.json["status"] == status
    assert answer.json["error"]
    assert answer.json["mend"]


def test_health_answers(client: FlaskClient):
    assert client.get("/health").json["ok"] is True
