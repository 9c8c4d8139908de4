"""How often honest townships are named and copied cards found, simulated with a fixed seed; and that it scales."""

from datetime import date
from time import process_time

import numpy as np
import pytest

from checks.records import Records
from checks.registry import checks
from checks.verdict import Outcome
from checks.vocabulary import HOUSEHOLD
from checks.wording import alike_percent, families, plain

AS_OF = date(2018, 6, 30)
TOWNSHIPS, HOUSEHOLDS = 200, 150
WHO = ("户主", "妻子", "长子", "母亲", "次子", "父亲", "儿媳", "孙女")
WHAT = (
    "患慢性病长年吃药", "在外地打工收入不稳", "上高中要花学费", "种茶几亩靠天吃饭", "养羊十来只没有圈舍", "会木工但接不到活", "有残疾不能干重活", "做保洁一月挣千把块",
    "开过小卖部亏了本", "学厨师刚刚出师", "进山采药材换零钱", "当护林员领补贴", "养蜂遇上坏年景", "在家照看孙辈", "腿脚不便常跑医院", "欠着亲戚的盖房钱",
    "盼着搬下山找活干", "想学电焊没有门路", "种的玉米常被野猪糟蹋", "每年修路要误工",
)  # fmt: skip


def words(values: object) -> np.ndarray:
    return np.array(values, dtype=object)


def honest(chance: np.random.Generator, rows: int) -> np.ndarray:
    """Cards written from life out of a common stock of words: three people of a household, and what is true of each."""
    who, what = words(WHO), words(WHAT)
    clauses = [who[chance.integers(0, len(WHO), rows)] + what[chance.integers(0, len(WHAT), rows)] for _ in range(3)]
    return np.asarray(clauses[0] + "，" + clauses[1] + "，" + clauses[2] + "。", dtype=object)


def reviewed(texts: np.ndarray, townships: int = TOWNSHIPS) -> np.ndarray:
    """Return for each township which of its households are named."""
    rows = len(texts)
    township = words([f"乡{i}" for i in range(townships)])[np.arange(rows) * townships // rows]
    code = words([f"H{i}" for i in range(rows)])
    homes = Records(HOUSEHOLD, {"county": words(["990000"] * rows), "township": township, "code": code, "poverty_cause": texts})
    named = checks()["copied-text"].run(homes, AS_OF).outcome == Outcome.REVIEW
    return np.asarray(named.reshape(townships, -1))


def test_of_a_hundred_honest_townships_five_at_most_see_anybody_named() -> None:
    named = reviewed(honest(np.random.default_rng(3), TOWNSHIPS * HOUSEHOLDS))
    assert named.any(axis=1).mean() <= 0.01


def test_cards_copied_with_a_name_and_a_figure_changed_are_found() -> None:
    chance = np.random.default_rng(4)
    texts = honest(chance, TOWNSHIPS * HOUSEHOLDS).reshape(TOWNSHIPS, HOUSEHOLDS)
    for township in texts:  # ten cards in each township from one text of another household
        for card in range(10):
            township[card] = f"演{'甲乙丙丁戊己庚辛壬癸'[card]}家里缺少劳动力，长期依靠{chance.integers(2, 9)}亩坡地维持生活，没有技术，增收困难。"
    named = reviewed(texts.ravel())
    assert named[:, :10].mean() >= 0.95
    assert named[:, 10:].mean() <= 0.01


def test_thirty_five_thousand_texts_of_one_township_take_seconds() -> None:
    texts = honest(np.random.default_rng(5), 35_000)
    begun = process_time()
    reviewed(texts, townships=1)
    assert process_time() - begun < 20  # a few on an ordinary machine


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [("甲乙丙丁", "甲乙丙丁", 100), ("甲乙丙丁戊己", "甲乙丙丁庚辛", 60), ("甲乙", "丙丁", 0), ("甲乙丙", "", 0), ("", "", 100)],
)
def test_likeness_is_the_share_of_common_pairs(one: str, other: str, percent: float) -> None:
    assert alike_percent(one, other) == percent


def test_likeness_does_not_wander_from_copy_to_copy() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 60)))
    chain = [letters[at : at + 30] for at in (0, 4, 8, 12)]  # each like its neighbour, the last not like the first
    found = families(chain, np.zeros(4, dtype=np.int64), np.array([9, 1, 1, 1]), np.full(4, 80.0))
    assert found[0] == found[1] == 0
    assert found[3] != 0


def test_blanks_and_punctuation_are_no_part_of_a_text() -> None:
    assert plain(" 缺 劳力，\n“靠”坡地(3亩)。_") == "缺劳力靠坡地3亩"
