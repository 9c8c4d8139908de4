"""Every value names a document that exists, and what no document says firmly has a day by which somebody looks again."""

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


def test_the_register_holds_no_document_of_a_made_up_county() -> None:
    assert [id for id, one in REGISTER.items() if "演示" in one.title["zh"]] == []
    assert Path(DEMO).is_file()
