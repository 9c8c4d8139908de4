"""What two lists say of one problem is found, with reasons that add up, and what only sounds alike is not proposed as sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.registry import checks
from relocation.ledger.likeness import LIKELY, POSSIBLE, Item, groups, proposals, topics
from tests.data.demo_county.problem_lists import TIERS, Said, lists, truth

Key = tuple[str, int]


def items_of(made: dict[str, list[Said]]) -> tuple[list[Item], list[Key]]:
    """Return the items as a reader of the lists has them: with the places their columns name."""
    every = [one for tier in TIERS for one in made[tier]]
    fine = [{one.township: 1, **({one.village: 2} if one.village else {}), **({one.site: 3} if one.site else {})} for one in every]
    read = [Item(number, one.tier, one.text, one.category, places) for number, (one, places) in enumerate(zip(every, fine, strict=True))]
    return read, [(one.tier, one.number) for one in every]


def found(seed: int, least: int) -> tuple[set[tuple[Key, Key]], set[tuple[Key, Key]]]:
    made = lists(seed)
    items, keys = items_of(made)
    return {(keys[one.one], keys[one.other]) for one in proposals(items, least)}, truth(made)


def test_the_made_up_lists_have_the_mayor_s_numbers_and_241_problems() -> None:
    made = lists(411522)
    assert [len(made[tier]) for tier in TIERS] == [42, 173, 130]
    assert len({id(one.problem) for tier in TIERS for one in made[tier]}) == 241
    assert len(truth(made)) == 24 * 3 + 14 + 2 + 40


@pytest.mark.parametrize("seed", [11, 12, 13, 14, 15])
def test_of_lists_with_known_truth_most_pairs_are_proposed_and_few_are_wrong(seed: int) -> None:
    """Floors under what `python -m benchmarks.likeness` measures; seeds that no weight was chosen on."""
    sure, true = found(seed, LIKELY)
    worth_a_look, _ = found(seed, POSSIBLE)
    assert len(sure & true) / len(sure) > 0.9
    assert len(worth_a_look & true) / len(true) > 0.8


WRITTEN_BY_HAND = [
    ("十里镇三户搬迁户老房子还立着，没有按协议拆。", "十里镇3户旧房应拆未拆"),
    ("专项资金八百万元躺在县财政专户，一年多没有拨下去", "易地搬迁资金滞留800万元，支出进度慢"),
    ("泼陂河镇湖湾安置点离集镇远，说不出靠哪里", "湖湾安置点选址不符合四靠要求"),
    ("文殊乡贫困户档卡代签，致贫原因照抄", "文殊乡：档案资料多处由他人代签字、内容雷同"),
]
PLACES = {"十里镇": 1, "泼陂河镇": 1, "文殊乡": 1, "湖湾安置点": 3}


@pytest.mark.parametrize(("one", "other"), WRITTEN_BY_HAND)
def test_paraphrases_that_no_generator_wrote_are_proposed(one: str, other: str) -> None:
    every = [text for pair in WRITTEN_BY_HAND for text in pair]
    named = [{name: fine for name, fine in PLACES.items() if name in text} for text in every]
    items = [Item(number, f"list {number % 2}", text, places=places) for number, (text, places) in enumerate(zip(every, named, strict=True))]
    pairs = {(every[pair.one], every[pair.other]) for pair in proposals(items)}
    assert (one, other) in pairs


def test_the_same_words_in_another_township_are_not_the_same_problem() -> None:
    same = "{}旧房拆除不到位，6户应拆未拆。"
    items = [Item(1, "a", same.format("十里镇"), places={"十里镇": 1}), Item(2, "b", same.format("文殊乡"), places={"文殊乡": 1})]
    assert not proposals(items)


def test_items_of_one_list_are_not_compared() -> None:
    assert not proposals([Item(1, "a", "十里镇6户旧房未拆"), Item(2, "a", "十里镇6户旧房未拆")])


def test_the_reasons_add_up_to_the_points_and_name_what_is_shared() -> None:
    items = [
        Item(1, "a", "十里镇6户旧房应拆未拆", "拆旧复垦", {"十里镇": 1}, "GS0001"),
        Item(2, "b", "十里镇有六户老房没有拆除", "拆旧复垦", {"十里镇": 1}, "GS0001"),
    ]
    (only,) = proposals(items)
    assert sum(reason.points for reason in only.reasons) == only.points
    shared = {reason.kind: reason.shared for reason in only.reasons}
    assert {kind: shared[kind] for kind in ("topic", "amount", "subject", "category")} == {
        "topic": "old-house", "amount": "6户", "subject": "GS0001", "category": "拆旧复垦",
    }  # fmt: skip


def test_different_numbers_of_one_thing_speak_against() -> None:
    def points(number: int) -> int:
        return proposals([Item(1, "a", "十里镇6户旧房应拆未拆", places={"十里镇": 1}), Item(2, "b", f"十里镇{number}户老房没有拆除", places={"十里镇": 1})], 0)[
            0
        ].points

    assert points(9) < points(6) - 40


def test_the_order_of_the_items_changes_no_proposal() -> None:
    items, _ = items_of(lists(3))
    forward = {(frozenset((one.one, one.other)), one.points) for one in proposals(items)}
    assert {(frozenset((one.one, one.other)), one.points) for one in proposals(items[::-1])} == forward


def test_no_text_at_all_is_like_nothing() -> None:
    assert proposals([]) == proposals([Item(1, "a", ""), Item(2, "b", "")]) == []


def test_every_topic_s_checks_exist_and_no_word_is_of_one_character() -> None:
    known = set(checks())
    assert not [check for topic in topics().values() for check in topic["checks"] if check not in known]
    assert not [word for topic in topics().values() for word in topic["words"] if len(word) < 2]


def test_groups_never_hold_two_items_of_one_list() -> None:
    of = {1: "a", 2: "b", 3: "c", 4: "a", 5: "b"}
    assert groups([(1, 2), (2, 3), (3, 4), (4, 5)], of) == [(1, 2, 3), (4, 5)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_groups_are_apart_from_each_other_and_of_different_lists(pairs: list[tuple[int, int]]) -> None:
    of = {key: str(key % 4) for key in range(31)}
    made = groups([pair for pair in pairs if pair[0] != pair[1]], of)
    assert len({key for one in made for key in one}) == sum(map(len, made))
    assert all(len({of[key] for key in one}) == len(one) > 1 for one in made)
