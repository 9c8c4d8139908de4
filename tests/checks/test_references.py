"""Every value names a document that exists, and what no document says firmly has a day by which somebody looks again."""

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from checks.check import Check
from checks.instruments import instruments_of, read_instruments
from checks.policy import Standing, Value
from checks.registry import checks
from checks.sheet import read_overlay
from relocation.resources import folder

DATA = folder("data")
REGISTER = read_instruments(DATA / "instruments" / "instruments.yaml")
DEMO = DATA / "demo" / "overlays.yaml"
OWN = instruments_of(yaml.safe_load(DEMO.read_text("utf-8"))["instruments"], DEMO.name)
OUR_OWN = {"project-default", "supposition"}
LOOKED_AT_AGAIN = {Standing.PRACTICE, Standing.UNVERIFIED, Standing.DERIVED}


def values(check: Check) -> list[tuple[str, Value]]:
    return [(name, value) for name, parameter in check.parameters.items() for value in parameter.values]


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_every_value_of_a_sheet_names_a_registered_document(check: Check) -> None:
    assert [(name, value.instrument) for name, value in values(check) if value.instrument not in REGISTER] == []


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_every_worked_example_names_a_registered_document(check: Check) -> None:
    cited = {value["instrument"] for case in check.cases for own in case.overlay.values() for value in own}
    assert cited - set(REGISTER) - set(OWN) == set()


def test_what_the_demonstration_county_publishes_names_registered_documents_and_known_parameters() -> None:
    overlay = read_overlay(DEMO)
    for id, parameters in overlay.values.items():
        assert set(parameters) <= set(checks()[id].parameters)
        assert {value.instrument for own in parameters.values() for value in own} <= {*REGISTER, *OWN}
    assert not set(OWN) & set(REGISTER)


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_what_is_not_firm_has_a_day_of_review(check: Check) -> None:
    unwatched = [f"{name} since {value.since}" for name, value in values(check) if value.standing in LOOKED_AT_AGAIN and value.review_by is None]
    assert unwatched == [], "add review_by: the day by which somebody should have looked again"


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_a_day_of_review_comes_after_the_value(check: Check) -> None:
    assert [name for name, value in values(check) if value.review_by and value.review_by <= value.since] == []


def _last_day(issued_on: str) -> date:
    """Return the last day that a document's date may mean: of its month, of its year, or any day at all where it has none."""
    if not issued_on:
        return date.max
    if len(issued_on) == 4:
        return date(int(issued_on), 12, 31)
    if len(issued_on) == 7:
        year, month = (int(part) for part in issued_on.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(issued_on)


def _eve(issued_on: str) -> str:
    return (date.fromisoformat(issued_on) - timedelta(days=1)).isoformat() if len(issued_on) == len("2016-10-26") else ""


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_a_first_day_that_its_document_does_not_give_is_marked_as_assumed(check: Check) -> None:
    for name, value in values(check):
        document = REGISTER[value.instrument]
        if value.amount is None or value.instrument in OUR_OWN or (document.issued_on and value.since > _last_day(document.issued_on)):
            continue  # the end of a rule, this program's own choice, or a day on which the document was surely there
        if value.standing == "formal" and value.since.isoformat() == _eve(document.issued_on):
            continue  # what the document changes was surely in force on the day before it
        assert value.first_day_assumed == (value.since.isoformat() != document.issued_on), (name, value.since)


def test_no_formal_value_rests_on_an_assumed_day() -> None:
    formal = {
        (check.id, name, value.amount) for check in checks().values() for name, value in values(check) if value.first_day_assumed and value.standing == "formal"
    }
    assert formal == set()  # each yields a review until its day is sure


def test_a_document_whose_issuer_was_not_found_names_nobody() -> None:
    nameless = {id for id, one in REGISTER.items() if one.issuer == {"zh": "", "en": ""}}
    assert {"household-cap-hearsay", "field-practice", "general-land-constraints", "follow-up-documents-2021"} <= nameless
    assert "national-plan-2016" not in nameless


def test_the_register_holds_no_document_of_a_made_up_county() -> None:
    assert [id for id, one in REGISTER.items() if "演示" in one.title["zh"]] == []
    assert Path(DEMO).is_file()
