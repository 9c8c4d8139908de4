"""Lists from above become entries of the ledger, each item once, with what it is about where that is certain."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from relocation.ledger.states import State, Tier
from relocation.service import Store, Trouble
from relocation.service.rectification import listing
from relocation.service.rectification.lists import ListReport, bring_list
from relocation.store import log
from tests.data.demo_county.problem_books import SEED
from tests.data.demo_county.problem_lists import lists
from tests.service.listed import COUNTY, NOW, brought, homes, with_sites
from tests.service.rectifying import ELSEWHERE, KEEPER, REVIEWER, actor

HEAD = ["序号", "乡镇", "行政村", "安置点", "户编号", "户主姓名", "问题描述", "责任单位", "整改时限"]
List = Callable[..., ListReport]


@pytest.fixture
def listing_of(store: Store, tmp_path: Path) -> List:
    """Return what brings a list of rows under HEAD."""
    with_sites(store)

    def bring(rows: Sequence[Sequence[Any]], name: str = "清单", **more: Any) -> ListReport:
        path = tmp_path / "清单.xlsx"
        book: Any = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("清单")
        for at, row in enumerate([HEAD, *rows]):
            page.write_row(at, 0, row)
        book.close()
        return bring_list(store.acting(more.pop("by", KEEPER)), path, county=COUNTY, tier=more.pop("tier", "provincial"), name=name, now=NOW, **more)

    return bring


def row(number: int, text: str, **cells: str) -> list[Any]:
    at = {"township": 1, "village": 2, "site": 3, "household": 4, "head": 5, "unit": 7, "due": 8}
    made: list[Any] = [number, "", "", "", "", "", text, "", ""]
    for name, value in cells.items():
        made[at[name]] = value
    return made


def entries_of(store: Store) -> list[listing.EntryRow]:
    return listing.every(store, "zh", day=NOW.date())


def test_345_items_of_three_lists_become_345_entries_with_tier_list_and_number(store: Store, tmp_path: Path) -> None:
    reports = brought(with_sites(store), tmp_path / "lists")
    assert {tier: (one.read, len(one.added), one.refused) for tier, one in reports.items()} == {
        "national": (42, 42, 0),
        "provincial": (173, 173, 0),
        "municipal": (130, 130, 0),
    }
    rows = entries_of(store)
    assert Counter(one.entry.tier for one in rows) == {Tier.NATIONAL: 42, Tier.PROVINCIAL: 173, Tier.MUNICIPAL: 130}
    assert {one.state for one in rows} == {State.OPEN}
    assert rows[0].entry.source == "国家巡查 第1条（时限原文：一个月内）"
    assert {one.said for one in rows} == {one.text for tier in lists(SEED).values() for one in tier}


def test_the_same_file_twice_changes_nothing_and_says_that_all_came_before(store: Store, tmp_path: Path) -> None:
    brought(with_sites(store), tmp_path / "lists")
    with store.reading() as connection:
        before = log.everything(connection)
    again = brought(store, tmp_path / "lists")
    assert {tier: (len(one.added), one.known) for tier, one in again.items()} == {"national": (0, 42), "provincial": (0, 173), "municipal": (0, 130)}
    assert len(entries_of(store)) == 345
    with store.reading() as connection:
        assert log.everything(connection) == before


def test_a_preview_stores_nothing(listing_of: List, store: Store) -> None:
    seen = listing_of([row(1, "十里镇3户旧房未拆除")], dry_run=True)
    assert ([one.number for one in seen.added], seen.stored) == (["1"], False)
    assert entries_of(store) == []


def test_a_longer_list_of_the_same_name_adds_what_is_new_and_refuses_what_says_something_else(listing_of: List) -> None:
    listing_of([row(1, "十里镇3户旧房未拆除"), row(2, "寨河镇公示缺照片")])
    again = listing_of([row(1, "十里镇3户旧房未拆除"), row(2, "寨河镇公示没有名单"), row(3, "文殊乡档案空白")])
    assert ([one.number for one in again.added], again.known) == (["3"], 1)
    assert [(one.code, one.cell, one.facts["id"]) for one in again.refusals] == [("list-number-differs", "G3", "411522-0002")]


@pytest.mark.parametrize(
    ("cells", "text", "subject"),
    [
        ({"site": "湖湾安置点"}, "入住率低", ("site", "GSA09")),
        ({"site": "GSA09"}, "入住率低", ("site", "GSA09")),
        ({"village": "湖湾安置点"}, "入住率低", ("site", "GSA09")),
        ({}, "泼陂河镇湖湾安置点入住率低", ("site", "GSA09")),
        ({"household": "H1"}, "旧房未拆", ("household", "H1")),
        ({"village": "演一村", "head": "演甲"}, "旧房未拆", ("household", "H1")),
        ({}, "H1户旧房未拆", ("household", "H1")),
        ({"village": "演一村", "head": "演乙"}, "旧房未拆", ("", "")),  # two of that name in the village
        ({"village": "演三村", "head": "演甲"}, "旧房未拆", ("", "")),
        ({"site": "湖湾"}, "入住率低", ("", "")),  # nearly a name is none
        ({"household": "H9"}, "旧房未拆", ("", "")),
        ({}, "湖湾安置点和茶谷安置点入住率低", ("", "")),
        ({}, "H1、H2两户旧房未拆", ("", "")),
    ],
)
def test_an_item_is_about_a_record_only_where_that_is_certain(
    listing_of: List, store: Store, ledger: Callable[..., Path], cells: dict[str, str], text: str, subject: tuple[str, str]
) -> None:
    homes(store, ledger, *(f"{code},{head},十里镇,演一村,是,4,2017-03-01,集中安置,90" for code, head in (("H1", "演甲"), ("H2", "演乙"), ("H3", "演乙"))))
    (one,) = listing_of([row(1, text, **cells)]).added
    assert (one.subject_kind, one.subject) == subject
    assert (one.entry, one.text) == ("411522-0001", text)


@pytest.mark.parametrize(
    ("cells", "text", "township"),
    [
        ({"township": "十里镇"}, "旧房未拆", "十里镇"),
        ({}, "十里镇旧房未拆", "十里镇"),
        ({}, "十里镇和文殊乡旧房未拆", ""),
        ({"township": "十里"}, "旧房未拆", ""),
        ({"site": "湖湾安置点"}, "入住率低", "泼陂河镇"),
        ({}, "全县档案不规范", ""),
    ],
)
def test_a_township_is_the_one_the_records_know_or_none(listing_of: List, cells: dict[str, str], text: str, township: str) -> None:
    assert listing_of([row(1, text, **cells)]).added[0].township == township


def test_the_lists_own_deadline_unit_and_person_stand_in_the_entry(listing_of: List, store: Store) -> None:
    listing_of([row(1, "旧房未拆", unit="十里镇人民政府", due="2019年12月20日前"), row(2, "档案空白", due="立行立改")])
    first, second = (one.entry for one in entries_of(store))
    assert (first.unit, first.due_on.isoformat()) == ("十里镇人民政府", "2019-12-20")
    assert second.due_on.isoformat() == "2019-12-09"  # thirty working days after 28 October


def test_a_list_without_a_name_takes_its_title_or_its_file_s_name(listing_of: List) -> None:
    assert listing_of([row(1, "旧房未拆")], name="").name == "清单"


def test_a_text_too_long_for_the_ledger_is_refused_at_its_cell(listing_of: List) -> None:
    found = listing_of([row(1, "拆" * 2_001), row(2, "旧房未拆")])
    assert [(one.code, one.cell) for one in found.refusals] == [("list-words", "G2")]
    assert "2000" in found.refusals[0].mend("zh")


@pytest.mark.parametrize(
    ("by", "code"), [(ELSEWHERE, "not-your-place"), (REVIEWER, "not-allowed"), (actor("town", *KEEPER.roles, township="十里镇"), "not-your-place")]
)
def test_who_may_not_keep_the_county_s_ledger_brings_no_list(listing_of: List, by: Any, code: str) -> None:
    with pytest.raises(Trouble) as wrong:
        listing_of([row(1, "旧房未拆")], by=by)
    assert wrong.value.code == code


@pytest.mark.parametrize("tier", ["check", "by-hand", "heaven"])
def test_a_tier_that_sends_no_lists_is_refused(listing_of: List, tier: str) -> None:
    with pytest.raises(Trouble) as wrong:
        listing_of([row(1, "旧房未拆")], tier=tier)
    assert wrong.value.code == "ledger-word"


def test_bringing_a_list_is_logged_with_the_file_s_hash_and_no_person(listing_of: List, store: Store) -> None:
    listing_of([row(1, "旧房未拆", head="演甲")])
    with store.reading() as connection:
        events = log.everything(connection)
    brought_in = next(one for one in events if one.action == "list.imported")
    assert (brought_in.subject, brought_in.new["added"], len(brought_in.files[0])) == ("清单", 1, 64)
    assert "演甲" not in str(events)
