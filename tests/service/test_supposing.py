"""What if a number were another: who changes, and nothing stored; a wrong name or amount is answered with the right ones."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relocation.service import Store, Trouble, checking, findings, lawbook, supposing
from relocation.service.comparing import CheckChange
from relocation.service.importing import import_files
from relocation.service.supposing import Supposition
from tests.service.conftest import HOUSEHOLDS, NOW

DAY = date(2018, 1, 1)
BOTH = {"living-area.most_m2_a_person": 20, "unit-type-area.most_m2_a_person": 20}
PAID = f"{HOUSEHOLDS},自筹款,缴款日期"


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office with three homes of 18, 24 and 26 square metres a person, checked."""
    rows = [f"H{n},演甲,十里镇,是,3,2017-03-05,集中安置,{area}" for n, area in enumerate((54, 72, 78))]
    import_files(store, [ledger(rows)], now=NOW, county="411522")
    checking.check(store, as_of=DAY, now=NOW)
    return store


def changed(found: Supposition, check: str) -> CheckChange:
    """Return what a supposition changes for one check."""
    return next(one for one in found.changed if one.check == check)


def test_a_stricter_number_lists_who_would_change_with_both_sentences(office: Store) -> None:
    found = supposing.suppose(office, ["most_m2_a_person=20"], as_of=DAY)
    change = changed(found, "living-area")
    assert dict(change.moved) == {("pass", "fail"): 1} and change.judged == 3
    document = found.json(office, "zh")
    assert document["with"] == BOTH and document["as_of"] == "2018-01-01"
    (one,) = (subject for entry in document["changed"] for subject in entry["subjects"])
    assert (one["subject"], one["from"], one["to"]) == ("H1", "pass", "fail")
    assert "未超过 25 平方米" in one["before"] and "超过 20 平方米" in one["after"]


def test_a_supposed_number_is_not_put_into_a_documents_mouth(office: Store) -> None:
    one = changed(supposing.suppose(office, ["most_m2_a_person=20"], as_of=DAY), "living-area").changed[0]
    said = findings.sentence(one.after, "zh", lawbook.instruments(office))
    assert "假设" in said and "规划" not in said and "按“正式文件”判断" in said
    assert "judged as formal" in findings.sentence(one.after, "en", lawbook.instruments(office))


def test_nothing_is_stored(office: Store) -> None:
    before = findings.counts(office)
    supposing.suppose(office, ["most_m2_a_person=1"], as_of=DAY)
    assert findings.counts(office) == before


def test_the_number_in_force_changes_nobody(office: Store) -> None:
    assert supposing.suppose(office, ["living-area.most_m2_a_person=25"], as_of=DAY).total == 0


def test_supposing_is_what_a_law_of_that_number_would_find(office: Store) -> None:
    supposed = supposing.suppose(office, ["most_m2_a_person=20"], as_of=DAY).changed
    text = """place: "411522"
checks:
  living-area:
    most_m2_a_person:
      - {since: 2016-09-22, amount: 20, instrument: national-plan-2016, clause: {zh: 一, en: one}, standing: formal}
"""
    previewed = lawbook.preview(office, text, DAY).changed
    assert {one.check: one.moved for one in previewed} == {one.check: one.moved for one in supposed}
    assert {one.check: one.total for one in previewed} == {"living-area": 1, "unit-type-area": 0}


@pytest.mark.parametrize("asked", ["most_m2_a_person=20", "living-area.most_m2_a_person=20"])
def test_a_number_that_several_checks_go_by_is_supposed_in_all_of_them(office: Store, asked: str) -> None:
    """Homes and the unit types they are built by are bound by one line of one document."""
    found = supposing.suppose(office, [asked], as_of=DAY)
    assert {f"{one.check}.{one.parameter.name}": one.amount for one in found.given} == BOTH
    assert {one.check for one in found.changed} == {"living-area", "unit-type-area"}


def test_several_numbers_are_supposed_together(office: Store) -> None:
    found = supposing.suppose(office, ["most_m2_a_person=20", "demolish_within_days=1"], as_of=DAY)
    assert {one.check: one.total for one in found.changed} == {"living-area": 1, "unit-type-area": 0, "old-house": 0, "demolition-rate": 0}


@pytest.mark.parametrize("text", ["20m2", "abc", "-5", "1e999", "1e3", "", "nan", "inf", "２０", "20 平方米", "0x14", "1_000", "2,0", "٢٠", "20.", ".5"])
def test_an_amount_with_a_unit_or_none_at_all_is_answered_with_the_unit(office: Store, text: str) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(office, [f"most_m2_a_person={text}"], as_of=DAY)
    assert told.value.code == "supposition-amount"
    assert "平方米/人" in told.value.mend("zh") and "m² per person" in told.value.mend("en") and "25" in told.value.mend("zh")


def test_days_and_persons_are_whole(office: Store) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(office, ["demolish_within_days=1.5"], as_of=DAY)
    assert "天" in told.value.mend("zh")


def test_a_share_above_a_hundred_is_refused(office: Store) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(office, ["plan_share_percent=101"], as_of=DAY)
    assert told.value.code == "supposition-range" and "100" in told.value.mend("zh")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("most_m2_person", "most_m2_a_person"),
        ("living-aera.most_m2_a_person", "living-area.most_m2_a_person"),
        ("old-house.most_m2_a_person", "most_m2_a_person"),
    ],
)
def test_a_wrong_name_is_answered_with_near_ones(office: Store, name: str, near: str) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(office, [f"{name}=20"], as_of=DAY)
    assert told.value.code == "unknown-supposition" and near in told.value.mend("zh")


@pytest.mark.parametrize(("asked", "code"), [([], "nothing-supposed"), (["20"], "supposition-form"), (["=20"], "unknown-supposition")])
def test_what_supposes_nothing_is_answered_with_the_form(office: Store, asked: list[str], code: str) -> None:
    with pytest.raises(Trouble) as told:
        supposing.suppose(office, asked, as_of=DAY)
    assert told.value.code == code and told.value.mend("zh")


def test_the_change_of_26_october_2016_replayed(store: Store, ledger: Callable[..., Path]) -> None:
    """Four households paid 3,000 yuan a person: one the day before the change, three on and after the day."""
    days = ("2016-10-25", "2016-10-26", "2016-12-01", "2017-06-01")
    rows = [f"H{n},演甲,十里镇,是,4,2016-05-01,集中安置,100,12000,{day}" for n, day in enumerate(days)]
    import_files(store, [ledger(rows, PAID)], now=NOW, county="411522")
    checking.check(store, as_of=DAY, now=NOW, only=["self-raised"])
    real = {one.subject: one.outcome.id for one in findings.findings(store, check="self-raised", kind="household").findings}
    assert real == {"H0": "review", "H1": "fail", "H2": "fail", "H3": "fail"}

    unchanged = supposing.suppose(store, ["most_self_raised_yuan_person=3000"], as_of=DAY)  # had the change never come
    assert dict(unchanged.changed[0].moved) == {("fail", "pass"): 3, ("review", "pass"): 1}

    earlier = supposing.suppose(store, ["most_self_raised_yuan_person=0"], as_of=DAY)  # had it always been nothing
    assert dict(earlier.changed[0].moved) == {("review", "fail"): 1}
    assert earlier.changed[0].changed[0].after.subject == "H0"

    day_before = supposing.suppose(store, ["most_self_raised_yuan_person=0"], as_of=date(2016, 10, 25))
    assert dict(day_before.changed[0].moved) == {("pass", "fail"): 1}  # judged that day, who had paid 3,000 the same day was right
