"""Every planted case is judged as the list of plants says, nothing else is found, and every outcome a check can give is planted."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks import census, registry
from checks.finding import Finding
from checks.sheet import read_overlay
from geo.layer import Layer
from tests.data.demo_county.making import county
from tests.data.demo_county.records import beside_records, household_records, layer, site_records
from tests.data.demo_county.sites import SITES
from tests.data.demo_county.taken import drawn_records
from tests.data.demo_county.vectors import Feature

DATA = Path(__file__).resolve().parents[2] / "data"
LIST = yaml.safe_load((DATA / "demo" / "plants.yaml").read_text("utf-8"))
PLANTS, ALIKE = LIST["plants"], LIST["alike"]
OVERLAYS = (DATA / "demo" / "overlays.yaml", DATA / "overlays" / "411522.yaml")
OPEN = {"fail", "review", "no-data"}

# What a check can say of this county. Fewer than five where no document makes it a violation, where nothing is out of its
# reach, or where it takes what one county cannot show beside the rest: all five layers of zones, ten sites in
# one township, a batch of no money (a file that says so is asked back).
ALL = {"pass", "fail", "review", "no-data", "not-applicable"}
NEVER_FAILS = ALL - {"fail"}
IN_REACH = NEVER_FAILS - {"not-applicable"}
POSSIBLE = {
    **dict.fromkeys(("demolition-rate", "living-area", "old-house", "self-raised", "subsidy-payment", "unit-cost"), ALL),
    **dict.fromkeys(("copied-text", "duplicate-identity", "eligibility", "fit-out", "follow-up-support", "four-proximities", "move-in"), NEVER_FAILS),
    **dict.fromkeys(("public-notice", "renovation-overlap", "reported-figures", "resettlement-ratio", "rounded-figures", "signatures"), NEVER_FAILS),
    **dict.fromkeys(("infrastructure-share", "subsidy-gap", "support-chain"), NEVER_FAILS),
    "construction-progress": {"pass", "review", "no-data"},
    "displacement": {"pass", "review", "no-data"},
    "exclusion-zones": ALL - {"pass"},
    "funding-sum": {"pass", "review", "no-data"},
    "progress-spread": {"pass", "not-applicable"},
    "record-completeness": {"pass", "review", "not-applicable"},
    "retained-funds": ALL - {"not-applicable"},
    "site-facilities": ALL - {"review"},
    "unit-type-area": ALL,
    # No document makes these a violation, and every pair, drawing and unit type of a day with a rule is within their reach.
    **dict.fromkeys(("dimension-text", "drawing-agreement", "drawing-lineage"), IN_REACH),
}
Key = tuple[str, str, str, str]  # check, kind of subject, subject, outcome


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
        others = [one for one in features if one[0].get("adcode") != LIST["county"]]
        made[id] = layer(about, others + own[id][1] if id in own else features)
    return made | {id: layer(*said) for id, said in own.items() if id not in made}


@cache
def findings() -> tuple[Finding, ...]:
    """Return what every check says of every record of the made-up county."""
    made = county(DATA / "reference")
    households = household_records(made.homes)
    ledgers = {"households": households, "sites": site_records(SITES, made.homes), **beside_records(made.beside), **drawn_records(DATA / "demo")}
    areas = census.areas(households, {"411522": "光山县"})
    around = layers_of_the_county()
    overlays = [read_overlay(next(path for path in OVERLAYS if path.exists()))]
    said: list[Finding] = []
    for check in registry.checks().values():
        for records in (*ledgers.values(), areas):
            if records.kind in check.about:
                verdict = check.run(records, date.fromisoformat(LIST["as_of"]), around, overlays, beside=ledgers)
                said += check.findings(records, verdict)
    return tuple(said)


def key(finding: Finding) -> Key:
    subject = finding.subject
    if finding.reason == "not-supplied" and "/" not in subject:
        subject += f"/{finding.facts['kind']}s"
    return finding.check, finding.subject_kind, subject, finding.outcome.id


@cache
def reasons() -> dict[Key, str]:
    return {key(one): one.reason for one in findings()}


def named(ranges: str) -> Iterable[str]:
    """Return the codes of a list of ranges: GS0001-GS0003 GS0009."""
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from (f"{first[:2]}{number:04d}" for number in range(int(first[2:]), int((last or first)[2:]) + 1))


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: f"{p['check']}:{p['subject']}:{p['outcome']}")
def test_a_planted_case_is_judged_as_the_list_says(plant: dict[str, Any]) -> None:
    at = (plant["check"], plant["subject_kind"], plant["subject"], plant["outcome"])
    found = {one[3]: reason for one, reason in reasons().items() if one[:3] == at[:3]}
    assert at in reasons(), (plant["why"]["en"], found)
    assert reasons()[at] == plant.get("reason", reasons()[at]), plant["why"]["en"]


def test_nothing_is_found_that_is_not_on_the_list() -> None:
    planted = {(plant["check"], plant["subject_kind"], plant["subject"], plant["outcome"]) for plant in PLANTS}
    alike = {(one["check"], one["subject_kind"], subject, one["outcome"]) for one in ALIKE for subject in named(one.get("subjects", ""))}
    left = [one for one in findings() if one.outcome.id in OPEN and key(one) not in planted | alike]
    counted = {(one["check"], one["subject_kind"], one["outcome"], one["reason"]): one["count"] for one in ALIKE if "subjects" not in one}
    found = Counter((one.check, one.subject_kind, one.outcome.id, one.reason) for one in left)
    unlisted = [(key(one), one.reason, one.missing) for one in left if (one.check, one.subject_kind, one.outcome.id, one.reason) not in counted]
    assert not unlisted
    assert found == counted


@pytest.mark.parametrize("alike", [one for one in ALIKE if "subjects" in one], ids=lambda one: f"{one['check']}:{one['reason']}:{one['count']}")
def test_what_many_households_have_for_one_cause_is_said_of_each_of_them(alike: dict[str, Any]) -> None:
    subjects = list(named(alike["subjects"]))
    assert len(subjects) == alike["count"]
    wanted = {(alike["check"], alike["subject_kind"], subject, alike["outcome"]) for subject in subjects}
    assert {reasons().get(one) for one in wanted} == {alike["reason"]}


def test_every_check_is_planted() -> None:
    assert set(POSSIBLE) == set(registry.checks())


@pytest.mark.parametrize("check", sorted(POSSIBLE))
def test_every_outcome_a_check_can_give_is_planted(check: str) -> None:
    planted = {plant["outcome"] for plant in PLANTS if plant["check"] == check}
    assert planted == POSSIBLE[check]


def test_a_layer_that_was_never_sent_is_said_once_of_each_kind_of_record() -> None:
    absent = [one for one in findings() if one.reason == "not-supplied"]
    assert {(one.check, one.missing) for one in absent} == {("exclusion-zones", ("steep_slopes",))}
    assert sorted(str(one.facts["kind"]) for one in absent) == ["household", "site"]
