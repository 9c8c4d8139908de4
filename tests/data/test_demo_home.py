"""The demonstration loaded as a user loads it, from files to findings, says of every planted case what the list says."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from relocation.service.auditing import listed, verify
from relocation.service.demo import load_demo
from relocation.service.findings import counts, findings
from relocation.service.rectification import months
from relocation.store import log
from relocation.store.opening import Store
from tests.data.test_demo_plants import OPEN, named

LIST = yaml.safe_load((Path(__file__).resolve().parents[2] / "data" / "demo" / "plants.yaml").read_text("utf-8"))
PLANTS = LIST["plants"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load_demo(tmp_path_factory.mktemp("office") / "home", now=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), months=True)


def test_every_planted_case_is_found_in_the_loaded_office(store: Store) -> None:
    wrong = {}
    for plant in PLANTS:
        page = findings(store, check=plant["check"], kind=plant["subject_kind"], subject=plant["subject"])
        found = [one.outcome.id for one in page.findings]
        closed = plant["outcome"] not in OPEN  # of people only what wants something done is listed; the rest is counted
        if found != [plant["outcome"]] and not (closed and not found):
            wrong[plant["check"], plant["subject"]] = (plant["outcome"], found)
    assert not wrong


def test_the_loaded_office_finds_as_much_as_the_list_says_and_no_more(store: Store) -> None:
    listed: Counter[tuple[str, str]] = Counter()
    for plant in PLANTS:
        (one, *_) = findings(store, check=plant["check"], kind=plant["subject_kind"], subject=plant["subject"]).findings or (None,)
        said_of_many = one is not None and one.reason == "not-supplied"  # said once, counted of every record it leaves open
        listed[plant["check"], plant["outcome"]] += int(str(one.facts["subjects"])) if one and said_of_many else 1
    for alike in LIST["alike"]:
        planted = {one["subject"] for one in PLANTS if (one["check"], one["outcome"]) == (alike["check"], alike["outcome"])}
        listed[alike["check"], alike["outcome"]] += alike["count"] - len(planted & set(named(alike.get("subjects", ""))))
    found = {(check, outcome): number for check, said in counts(store).counts.items() for outcome, number in said.items()}
    assert {key: number for key, number in found.items() if number and key[1] in OPEN} == {key: total for key, total in listed.items() if key[1] in OPEN}


def test_two_months_are_frozen_and_one_leads_to_the_other(store: Store) -> None:
    october, september = months.tables(store, "411522")
    assert [(one.month.month, one.before.month if one.before else None, one.holds, one.intact) for one in (october, september)] == [
        ("2026-10", "2026-09", True, True), ("2026-09", None, True, True),
    ]  # fmt: skip
    # 42 national and 173 provincial items came in September, 130 municipal ones in October; of those before, one was verified and three were dismissed
    assert (september.whole.opened, september.whole.left) == (215, 215)
    assert (october.whole.carried, october.whole.opened, october.whole.closed, october.whole.left) == (215, 130, 4, 341)
    flows = {line.group: (line.carried, line.opened, line.closed) for line in october.lines}
    assert flows == {"national": (42, 0, 1), "provincial": (173, 0, 3), "municipal": (0, 130, 0)}


def test_its_past_is_told_in_order_and_the_log_holds(store: Store) -> None:
    assert not verify(store).problems
    assert not [event for event in listed(store, limit=10_000) if event.action == log.CLOCK_BACK]
