"""No number of a person stands in a text that is typed, nor in the log; one that came in a list is masked for whoever may not see it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checks.free_text import numbers_in, without_numbers
from relocation.accounts.roles import Role
from relocation.ledger.moves import Move
from relocation.service import Store, Trouble
from relocation.service.evidence import attaching
from relocation.service.numberless import numberless
from relocation.service.rectification import listing, lists, merging, moving, opening, timeline
from relocation.service.rectification.conflict import Conflict
from relocation.store import log
from tests.service.evidence_office import OURS, fill, somebody

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ID, CARD, PHONE = "990000199001011234", "6222021234567890123", "13800001111"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"户主 {ID}，", ["990000**********34"]),
        ("证件９９００００１９９００１０１１２３４", ["990000**********34"]),
        ("证件 990000 1990 0101 1234", ["990000**********34"]),
        ("证件 9 9 0 0 0 0 1 9 9 0 0 1 0 1 1 2 3 x", ["990000**********3x"]),
        ("证件990000\u200b19900101\u200b123X", ["990000**********3X"]),
        (f"卡号{CARD}", ["***************0123"]),
        ("卡号 6222 0212 3456 7890", ["************7890"]),
        (f"电话{PHONE}或+86 138-0000-2222", ["********111", "**********222"]),
    ],
)
def test_a_number_is_found_however_it_is_written_and_told_masked(text: str, shown: list[str]) -> None:
    assert numbers_in(text) == shown
    with pytest.raises(Trouble) as refused:
        numberless(text)
    assert refused.value.code == "personal-in-text"
    assert ID not in refused.value.reason("zh") + refused.value.mend("en")


@pytest.mark.parametrize(
    "text", ["", "2018 2019 2020 2021 四年", "面积 75.5 平方米，13 户 45 人", "光政〔2018〕15号 2018-05-10 至 2019-06-01", "H0001 至 H0099", "0376-8888888"]
)
def test_days_years_areas_and_codes_are_nobodys_number(text: str) -> None:
    assert numbers_in(text) == []
    assert without_numbers(text) == text


def test_what_stands_around_a_masked_number_stays() -> None:
    assert without_numbers(f"甲 {PHONE}，乙") == "甲 ********111，乙"


def test_typed_texts_of_ledger_and_evidence_are_refused(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    keeper = store.acting(somebody(Role.KEEPER))
    for typed in (
        lambda: opening.open_by_hand(keeper, county=OURS, text=f"房屋渗水，电话 {PHONE}", now=NOW),
        lambda: opening.open_by_hand(keeper, county=OURS, text="房屋渗水", source=f"来信 {ID}", now=NOW),
        lambda: attaching.claim("photo", note=f"户主 {ID}"),
    ):
        with pytest.raises(Trouble) as refused:
            typed()
        assert refused.value.code == "personal-in-text"


def test_a_list_that_came_in_is_masked_for_whoever_may_not_reveal(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    (tmp_path / "问题清单.csv").write_text(f"序号,乡镇,行政村,问题描述,责任单位\n1,甲乡,甲村,户主反映房屋渗水 {ID} 电话{PHONE},甲乡政府\n", "utf-8")
    lists.bring_list(store.acting(somebody(Role.KEEPER)), tmp_path / "问题清单.csv", county=OURS, tier="national", now=NOW)
    for role, seen in ((Role.VIEWER, False), (Role.KEEPER, True)):
        (row,) = listing.every(store.acting(somebody(role)), "zh", day=NOW.date())
        assert (ID in str(row.json()), PHONE in str(row.json())) == (seen, seen)
        shown = listing.one(store.acting(somebody(role)), row.entry.id, "zh", day=NOW.date())
        assert (ID in str(shown.json())) is seen


def test_nor_do_conflicts_likenesses_previews_and_the_line_of_time_tell_it(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    keeper, viewer = store.acting(somebody(Role.KEEPER)), store.acting(somebody(Role.VIEWER))
    for tier, name in (("national", "国"), ("municipal", "市")):
        (tmp_path / f"{name}.csv").write_text(f"序号,乡镇,行政村,问题描述,责任单位\n1,甲乡,甲村,甲安置点房屋渗水 {ID} 电话{PHONE},电话{PHONE}\n", "utf-8")
        told = lists.bring_list(keeper, tmp_path / f"{name}.csv", county=OURS, tier=tier, now=NOW)
    first = listing.every(keeper, "zh", day=NOW.date())[0].entry
    edited = moving.move(keeper, first.id, moving.Wish(Move.EDIT, fields={"unit": "县住建局"}), now=NOW).entry  # its line of time holds the number
    met = Conflict(edited, Move.EDIT, {"text": "x", "unit": "县住建局"}, first.version)
    seen: dict[str, Callable[[Store], object]] = {
        "conflict": lambda one: listing.meeting(one, met),
        "likeness": lambda one: merging.pairs(one, OURS, answered=True),
        "preview": lambda one: lists.readable_report(one, told).json("zh"),
        "entry": lambda one: [happening.json() | {"fields": happening.fields} for happening in timeline.of_entry(one, edited, "zh")],
        "site": lambda one: [(happening.json(), happening.fields) for happening in timeline.of_subject(one, "site", OURS, "S1", "zh")],
    }
    for what, shown in seen.items():
        assert PHONE in str(shown(keeper)), what
        assert PHONE not in str(shown(viewer)) and ID not in str(shown(viewer)), what


def test_nothing_of_it_stands_in_the_log_even_where_no_verb_looked(store: Store) -> None:
    with store.writing() as connection:
        log.append(connection, by=store.actor, at=NOW, action="test.noted", why=f"户主 {ID}")
    with store.reading() as connection:
        assert [one.why for one in log.everything(connection, "test.")] == ["户主 990000**********34"]
