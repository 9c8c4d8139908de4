"""Is there follow-up support, is it said plainly enough to be checked, and does anybody have work?

Counted: households of the registered poor, and every site, by the support on record. Stock phrases (产业扶持, 就业培训
and their like) are taken away, each number counts as four characters, and what is left has to be five characters or
more: "猕猴桃3亩，合作社保底收购" can be checked, "产业扶持" cannot. A household that has moved in also needs an effect on
record, and, where somebody in it can work, at least one person in work.

Not counted: households that move at their own cost; work where nobody can work; effect and work before the household
has moved in. A blank is no data and "none" is an answer: the two are kept apart.

Why: moving is the easy half. All of this is judged by the law of the day of judgement and not of the approval, since
support goes on. One person in work was asked for in 2020, from which day of that year was not found, and whether it went
on was not found, so nobody at work is a question. Before 2020 it is practice and can only be asked about. How
plain is plain enough is this program's own default and at most a review.
"""

import re

import numpy as np

from checks.check import rule
from checks.policy import Terms
from checks.records import Array, Records
from checks.verdict import OUTSIDE, Flags, Numbers, Outcome, Verdict, When, at_least, first, instead, lacking, settled, strictest
from checks.vocabulary import HOUSEHOLD, SITE

STOCK = re.compile(
    "产业扶持|产业扶贫|产业帮扶|产业发展|发展产业|就业扶持|就业帮扶|就业培训|就业创业|技能培训|转移就业|外出务工|务工就业|金融扶持|金融扶贫|"
    "小额信贷|社会保障|兜底保障|政策兜底|教育扶持|教育扶贫|健康扶贫|医疗扶持|公益性岗位|公益岗位|后续扶持|后续帮扶|扶持|帮扶|措施|等"
)
NONE = frozenset({"", "无", "没有", "暂无", "未定", "待定", "否", "不详", "无成效", "暂无成效", "没有成效", "无变化"})
MOST_TO_SAY_NONE = 12  # no longer text is looked at: "none" is a word
NUMBER, MARKS = re.compile(r"\d[\d,.]*"), re.compile(r"[\W_]+")
A_NUMBERS_WORTH = "四个字符"


@rule(about=SITE, dated_by="approved_on", reads=("support_plan",))
def site_support(site: Records, law: Terms) -> Verdict:
    """Judge the support planned for a site: is there any, and is it said plainly."""
    return _plan(site, law).having(plan=site.support_plan)


@rule(
    about=HOUSEHOLD,
    dated_by="moved_in_on",
    needs=("registered_poor",),
    reads=("support_plan",),
    applies=lambda home: home.registered_poor,
)
def follow_up_support(home: Records, law: Terms) -> Verdict:
    """Judge a household's plan and, once it has moved in, the effect and whether anybody works."""
    moved = home.moved_in | (home.moved_in_on <= np.datetime64(law.as_of, "D"))
    verdict = strictest(_plan(home, law), _work(home, law, moved & (home.labour_count > 0)))
    good = verdict.outcome == Outcome.PASS
    return first(
        When(good & moved & _says_none(home.support_effect), Outcome.REVIEW, "without-effect"),
        When(good & ~moved & lacking(home, "moved_in"), Outcome.NO_DATA, "missing", ("moved_in",)),
        *(When(good & moved & lacking(home, name), Outcome.NO_DATA, "missing", (name,)) for name in ("support_effect", "labour_count")),
        otherwise=verdict,
    ).having(
        plan=home.support_plan,
        effect=home.support_effect,
        labour_count=home.labour_count,
        employed_count=home.employed_count,
    )


def _plan(records: Records, law: Terms) -> Verdict:
    """Judge the plan on record by what it says beside stock phrases."""
    limit = _today(law).least_own_characters
    in_force, blank = limit.which >= 0, lacking(records, "support_plan")
    return first(
        When(in_force & blank, Outcome.NO_DATA, "missing", ("support_plan",)),
        When(in_force & _says_none(records.support_plan), Outcome.REVIEW, "none-planned"),
        otherwise=at_least(_own_characters(records.support_plan), limit, within="specific", under="vague"),
    )


def _work(home: Records, law: Terms, asked: Flags) -> Verdict:
    """Judge the persons in work where somebody can work; nothing is asked of the others."""
    work = at_least(home.employed_count, _today(law).least_employed, within="working", under="nobody-works")
    known = first(When(lacking(home, "employed_count"), Outcome.NO_DATA, "missing", ("employed_count",)), otherwise=work)
    return instead(settled(len(home), Outcome.NOT_APPLICABLE, OUTSIDE), known, asked)


def _today(law: Terms) -> Terms:
    """Return the law of the day of judgement: support goes on, whenever the household was approved or moved."""
    return Terms(law.parameters, np.full(len(law.days), law.as_of, dtype="datetime64[D]"), law.places, law.as_of)


def _says_none(texts: Array) -> Flags:
    """Tell where somebody wrote that there is nothing, which is an answer; a blank is none."""
    said = {text: bool(text) and len(text) <= MOST_TO_SAY_NONE and MARKS.sub("", text) in NONE for text in set(texts)}
    return np.fromiter(map(said.__getitem__, texts), np.bool_, len(texts))


def _own_characters(texts: Array) -> Numbers:
    """Count what a text says beside stock phrases, marks and blanks; a number is worth four characters."""
    counts = {text: float(len(MARKS.sub("", STOCK.sub("", NUMBER.sub(A_NUMBERS_WORTH, text or ""))))) for text in set(texts)}
    return np.fromiter(map(counts.__getitem__, texts), np.float64, len(texts))
