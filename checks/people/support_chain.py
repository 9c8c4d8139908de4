"""Do cause, measure, effect and income on the file card belong together?

Counted: households of the registered poor. Each cause of poverty on record (illness, schooling, no skill, no hands, no
money and so on) is looked for among the measures by the words that would answer it: illness by medical care or social
assistance, no skill by training, no hands by a minimum income or a public-service post. An effect without a measure,
an effect that speaks of another trouble, more income without an income, and a cause and measure of a bare word each
are asked about.

Not counted: households that move at their own cost. Bad roads, water, housing and disasters are answered by the move
itself. A cause the table of words does not know is not compared.

Why: inspectors read the four lines one under the other and ask what one has to do with the next. A clerk may have
answered a cause in words this table lacks; a person has to read the card, so that nothing here is more than a review.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from checks.check import rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import Numbers, Outcome, Verdict, When, at_least, at_most, first, lacking, strictest
from checks.vocabulary import HOUSEHOLD


class Trouble(NamedTuple):
    """One cause of poverty: the words that name it and the words that answer it."""

    named: str
    answered: str


TROUBLES = (
    Trouble("病 患者 住院", "医 健康 病 救助 报销 治疗 康复 兜底 低保"),
    Trouble("残", "残 康复 护理 低保 兜底 辅具 托养 供养 公益 光伏"),
    Trouble("因学 上学 就学 读书 学费 大学 学生", "教育 助学 雨露 学费 学杂费 奖学 资助 营养餐 免学"),
    Trouble("技术 技能 文化程度低", "培训 技能 技术 指导 学艺 车间"),
    Trouble("缺劳动力 无劳动力 劳动力 缺劳 无劳 劳力 年老 年迈 孤寡", "低保 兜底 公益 五保 供养 养老 光伏 分红 流转 护理"),
    Trouble("资金 缺钱 无本钱", "贷款 信贷 小额 贴息 产业 入股 资金 补助 光伏 奖补"),
    Trouble("土地 缺地 无地 耕地", "流转 务工 就业 产业 入股 岗位 车间 公益 养殖"),
    Trouble("动力不足 内生动力 发展动力 懒 等靠要", "就业 务工 产业 培训 公益 引导 激励 积分 教育"),
    Trouble("交通 道路 偏远 缺水 饮水 住房 危房 房屋 灾", ""),  # the move itself answers these
)
RESULTS = "脱贫 增收 收入 改善 稳定 达标 入住 搬 解决 好转 就业 务工 上岗"
BETTER_OFF = "增收 收入增 收入提高 月收入 年收入 脱贫"
MARKS = re.compile(r"[\W_]+")
_BY_MOVING, _RESULT, _BETTER = 1 << len(TROUBLES) - 1, 1 << len(TROUBLES), 1 << len(TROUBLES) + 1
_LINES = ("poverty_cause", "measures", "support_effect", "income_yuan")

Bits = npt.NDArray[np.int64]


@rule(about=HOUSEHOLD, dated_by="approved_on", needs=("registered_poor",), reads=_LINES, applies=lambda home: home.registered_poor)
def support_chain(home: Records, law: Terms) -> Verdict:
    """Compare the four lines by their words; what does not fit speaks before what is not there."""
    answers = [one.answered for one in TROUBLES]
    named = _found(home.poverty_cause, [one.named for one in TROUBLES])
    answered = _found(home.measures, answers) | _BY_MOVING
    achieved = _found(home.support_effect, [*answers, RESULTS, BETTER_OFF])
    measured, effect = ~lacking(home, "measures"), ~lacking(home, "support_effect")
    unanswered = np.bitwise_count(named & ~answered).astype(np.float64)
    unanswered[~measured | lacking(home, "poverty_cause")] = np.nan
    length = np.where(np.isnan(unanswered), np.nan, _length(home.poverty_cause) + _length(home.measures))
    verdict = strictest(
        at_most(unanswered, law.most_unanswered_causes, within="fits", over="unanswered", fails=False),
        at_least(length, law.least_characters, within="fits", under="bare-words", fails=False),
    )
    in_force, fits = law.most_unanswered_causes.which >= 0, verdict.outcome == Outcome.PASS
    elsewhere = (achieved & (_RESULT - 1) != 0) & (achieved & (answered | _RESULT | _BETTER) == 0)
    poor_yet_better = (achieved & _BETTER != 0) & (home.income_yuan <= 0)
    asked = in_force & (verdict.outcome != Outcome.REVIEW)
    return first(
        When(in_force & effect & ~measured, Outcome.REVIEW, "effect-without-measure"),
        When(fits & elsewhere, Outcome.REVIEW, "effect-elsewhere"),
        When(fits & poor_yet_better, Outcome.REVIEW, "better-without-income"),
        *(When(asked & lacking(home, name), Outcome.NO_DATA, "missing", (name,)) for name in _LINES),
        When(fits & (named == 0), Outcome.NOT_APPLICABLE, "unknown-cause"),
        otherwise=verdict,
    ).having(cause=home.poverty_cause, measures=home.measures, effect=home.support_effect, income_yuan=home.income_yuan)


def _found(texts: Array, groups: Sequence[str]) -> Bits:
    """Return for each text one bit for each group of words it holds one of; the longest word at a place is the one meant."""
    bits: dict[str, int] = {}
    for number, words in enumerate(groups):
        for word in words.split():
            bits[word] = bits.get(word, 0) | 1 << number
    any_word = re.compile("|".join(sorted(bits, key=len, reverse=True)))
    held = {text: reduce(or_, map(bits.__getitem__, any_word.findall(text or "")), 0) for text in set(texts)}
    return np.fromiter(map(held.__getitem__, texts), np.int64, len(texts))


def _length(texts: Array) -> Numbers:
    """Return how many characters each text has, marks and blanks not counted."""
    lengths = {text: float(len(MARKS.sub("", text or ""))) for text in set(texts)}
    return np.fromiter(map(lengths.__getitem__, texts), np.float64, len(texts))
