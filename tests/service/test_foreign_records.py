"""A finding about one household names another: to whoever may not see the other, by its place alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from relocation.accounts.actor import Actor
from relocation.accounts.roles import Role
from relocation.service import Store, explaining, exporting, findings
from relocation.service.checking import check
from relocation.service.importing import import_files
from relocation.service.lawbook import instruments
from relocation.service.rectification.opening import open_one
from tests.service import rectifying
from tests.service.rectifying import DAY, KEEPER, NOW
from tests.web.canaries import id_number

ID = id_number(1)
FOREIGN, NEIGHBOUR = "ZZ9", "QQ8"


@pytest.fixture
def shared(store: Store, ledger: Callable[..., Path]) -> Store:
    heading = f"{rectifying.HEADING},身份证号"
    for county, codes in (("411522", {"H1": "甲乡", NEIGHBOUR: "乙乡"}), ("411523", {FOREIGN: "丙镇"})):
        lines = [f"{rectifying.home(code, township=township)},{ID}" for code, township in codes.items()]
        import_files(store, [ledger(lines, heading=heading)], now=NOW, county=county, as_kind="households")
    check(store, as_of=DAY, now=NOW)
    return store


def said(store: Store, lang: str) -> str:
    [found] = findings.findings(store, check="duplicate-identity", subject="H1").findings
    told = findings.finding_json(found, lang, instruments(store))
    traced = explaining.explain(store, "duplicate-identity:H1", lang).traces[0].sentence
    table = b"".join(exporting.exported(store, "csv", lang).splitlines()).decode() if lang == "zh" else ""
    return json.dumps(told, ensure_ascii=False) + traced + table


def test_whoever_is_bound_to_a_county_reads_of_the_other_that_it_is_a_household_of_that_county(shared: Store) -> None:
    keeper = shared.acting(KEEPER)
    assert FOREIGN not in said(keeper, "zh") + said(keeper, "en")
    assert "另一县（411523）的一户" in said(keeper, "zh")
    assert "a household of another county (411523)" in said(keeper, "en")
    assert NEIGHBOUR in said(keeper, "zh")


def test_whoever_is_bound_to_a_township_is_not_told_the_neighbours_code_either(shared: Store) -> None:
    bound = shared.acting(rectifying.actor("bound", Role.KEEPER, township="甲乡"))
    assert not {FOREIGN, NEIGHBOUR} & set(said(bound, "zh").replace("、", " ").replace('"', " ").split())
    assert "本县另一乡镇的一户" in said(bound, "zh")
    assert "a household of another township" in said(bound, "en")


def test_whoever_sees_everything_reads_the_code(shared: Store) -> None:
    assert f"411523/{FOREIGN}" in said(shared, "zh")


def test_an_entry_opened_by_somebody_who_sees_everything_tells_its_county_no_foreign_code(shared: Store) -> None:
    whole = shared.acting(Actor("all", "all", frozenset({Role.KEEPER}), shared.scope))
    entry = open_one(whole, "duplicate-identity", "household", "411522", "H1", now=NOW, reason="核对")
    assert FOREIGN not in entry.text + entry.found
    assert "另一县（411523）的一户" in entry.text
