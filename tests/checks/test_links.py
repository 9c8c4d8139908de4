"""By what a record bears on another, as rules write it, and held to what the rules really look at."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from checks.check import Check
from checks.links import holding, link_of
from checks.records import Records
from checks.registry import checks
from checks.vocabulary import HOUSEHOLD, LEDGERS


def homes(**columns: list[str | None]) -> Records:
    return Records(HOUSEHOLD, {name: np.array(values, dtype=object) for name, values in columns.items()})


def test_a_link_leads_from_the_judged_record_to_those_that_bear_on_it() -> None:
    link = link_of("county site_code=code")
    assert link.to_theirs(homes(county=["411522"], site_code=["S1"])) == (("county", frozenset({"411522"})), ("code", frozenset({"S1"})))


def test_a_link_leads_back_from_a_record_to_those_it_bears_on() -> None:
    link = link_of("county site_code=code")
    assert link.to_own({"county": frozenset({"411522"}), "code": frozenset({"S1", "S2"})}) == (
        ("county", frozenset({"411522"})),
        ("site_code", frozenset({"S1", "S2"})),
    )


def test_a_missing_text_is_nobody_elses() -> None:
    assert link_of("id_number").to_theirs(homes(id_number=[None, ""])) is None


def test_two_missing_texts_are_one_where_the_link_says_so() -> None:
    key = link_of("county township?").to_theirs(homes(county=["411522"], township=[None]))
    assert key is not None
    assert holding(homes(county=["411522", "411522", "411523"], township=["", "东岭乡", None]), key).tolist() == [True, False, False]


def test_what_a_link_does_not_look_at_may_change() -> None:
    link = link_of("county township?: measures")
    assert not link.looked_at(frozenset({"floor_area_m2"}))
    assert link.looked_at(frozenset({"measures"})) and link.looked_at(frozenset({"township"}))
    assert link_of("id_number").looked_at(frozenset({"floor_area_m2"}))


@pytest.mark.parametrize("check", checks().values(), ids=list(checks()))
def test_links_name_columns_that_both_sides_have(check: Check) -> None:
    for rule in check.rules:
        assert set(rule.linked) <= set(rule.beside)
        for ledger, links in rule.linked.items():
            theirs = {column.name for column in LEDGERS[ledger]}
            for link in links:
                assert {tie.theirs for tie in link.ties} | link.of <= theirs
                assert all({tie.own for tie in link.ties} <= {column.name for column in kind} for kind in rule.about)


class Watched(Records):
    """Records that remember which of their columns were looked at."""

    seen: set[str]

    def stored(self, name: str) -> Any:
        self.__dict__.setdefault("seen", set()).add(name)
        return super().stored(name)


def test_copied_text_looks_at_no_more_of_the_ledger_than_its_link_says() -> None:
    check = checks()["copied-text"]
    [link] = check.links(HOUSEHOLD, "households")
    text = "因病致贫，家中长期有人住院，劳动力不足，收入来源少"
    many: dict[str, list[str | None]] = {"code": [f"H{n}" for n in range(9)], "county": ["411522"] * 9, "township": ["东岭乡"] * 9, "poverty_cause": [text] * 9}
    ledger = Watched(HOUSEHOLD, {name: np.array(values, dtype=object) for name, values in many.items()})
    check.run(homes(**{name: values[:1] for name, values in many.items()}), date(2019, 12, 31), {}, (), {"households": ledger})
    assert ledger.seen - {"code", "county"} <= link.of | {tie.theirs for tie in link.ties}
