"""Every planted case is judged as the list of plants says, and every outcome a check can give is planted."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks import census, registry
from checks.sheet import read_overlay
from geo.layer import Layer
from tests.data.demo_county.making import county_homes
from tests.data.demo_county.records import household_records, layer, site_records
from tests.data.demo_county.sites import SITES
from tests.data.demo_county.vectors import Feature

DATA = Path(__file__).resolve().parents[2] / "data"
PLANTS = yaml.safe_load((DATA / "demo" / "plants.yaml").read_text("utf-8"))

# No document makes it a violation to be near none of the four, or to be below a talked-of mix: those two checks never fail.
ALL = {"pass", "fail", "review", "no-data", "not-applicable"}
POSSIBLE = {
    "four-proximities": ALL - {"fail"}, "living-area": ALL, "unit-cost": ALL, "resettlement-ratio": ALL - {"fail"}, "old-house": ALL,
}  # fmt: skip


def features_by_layer(path: Path, file: str) -> dict[str, tuple[dict[str, Any], list[Feature]]]:
    found = {}
    for about in yaml.safe_load((path / file).read_text("utf-8"))["layers"]:
        features = json.loads((path / about["file"]).read_text("utf-8"))["features"]
        found[about["id"]] = about, [(one["properties"], one["geometry"]) for one in features]
    return found


def layers_of_the_county() -> dict[str, Layer]:
    """Return the reference layers, with the county's own features in place of what they have of it."""
    made = {}
    own = features_by_layer(DATA / "demo", "demo.yaml")
    for id, (about, features) in features_by_layer(DATA / "reference", "layers.yaml").items():
        others = [one for one in features if one[0].get("adcode") != PLANTS["county"]]
        made[id] = layer(about, others + own[id][1] if id in own else features)
    return made


@cache
def outcomes() -> Mapping[tuple[str, str, str], tuple[str, str]]:
    """Return (check, kind of subject, subject) → (outcome, reason) of the whole made-up county."""
    homes, _ = county_homes(DATA / "reference")
    households = household_records(homes)
    areas = census.areas(households, {"411522": "光山县"})
    around = layers_of_the_county()
    overlays = [read_overlay(DATA / "demo" / "overlays.yaml")]
    said = {}
    for id, check in registry.checks().items():
        for records in (site_records(SITES, homes), households, areas):
            if records.kind not in check.about:
                continue
            verdict = check.run(records, date.fromisoformat(PLANTS["as_of"]), around, overlays)
            for one in check.findings(records, verdict):
                said[id, one.subject_kind, one.subject] = (one.outcome.id, one.reason)
    return said


@pytest.mark.parametrize("plant", PLANTS["plants"], ids=lambda p: f"{p['check']}:{p['subject']}:{p['outcome']}")
def test_a_planted_case_is_judged_as_the_list_says(plant: dict[str, Any]) -> None:
    assert outcomes()[plant["check"], plant["subject_kind"], plant["subject"]][0] == plant["outcome"], plant["why"]["en"]


@pytest.mark.parametrize("check", sorted(POSSIBLE))
def test_every_outcome_a_check_can_give_is_planted(check: str) -> None:
    assert {plant["outcome"] for plant in PLANTS["plants"] if plant["check"] == check} == POSSIBLE[check]


def test_the_checks_that_cannot_fail_fail_nowhere_in_the_county() -> None:
    assert not {key for key, (outcome, _) in outcomes().items() if outcome == "fail" and "fail" not in POSSIBLE.get(key[0], ALL)}


def test_only_planted_households_break_the_area_line() -> None:
    planted = {plant["subject"] for plant in PLANTS["plants"] if plant["check"] == "living-area" and plant["outcome"] == "fail"}
    assert {key[2] for key, (outcome, _) in outcomes().items() if key[0] == "living-area" and outcome == "fail"} == planted


def test_only_planted_old_houses_are_overdue_or_lived_in_again() -> None:
    planted = {plant["subject"] for plant in PLANTS["plants"] if plant["check"] == "old-house" and plant["outcome"] == "fail"}
    assert {key[2] for key, (outcome, _) in outcomes().items() if key[0] == "old-house" and outcome == "fail"} == planted
