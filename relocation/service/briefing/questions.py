"""The questions of a brief, each with the findings that answer it. What an inspection told counties off for is what their leaders are asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.verdict import Outcome

Words = tuple[str, str]
"""Chinese, English."""

FAIL, REVIEW, NO_DATA = Outcome.FAIL.id, Outcome.REVIEW.id, Outcome.NO_DATA.id
SUBJECTS, PERSONS, ONE = "subjects", "persons", "of "


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as a query over findings: which ones, and what of them is counted or added up.

    measure : "subjects" counts each subject once, "persons" adds up the approved persons of households, "of FACT" is that fact of the county's
              own finding, any other word adds up that fact where it is above nothing
    """

    name: str
    words: Words
    checks: Sequence[str]
    kinds: Sequence[str]
    outcomes: Sequence[str] = ()
    reasons: Sequence[str] = ()
    measure: str = SUBJECTS
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `counts` are its figures. Its cases are the findings of the first count that finds any; `rank` is the fact that makes one worse."""

    id: str
    words: Words
    checks: Sequence[str]
    kinds: Sequence[str]
    counts: Sequence[Count]
    rank: str = ""


def _asked(
    id: str, zh: str, en: str, checks: Sequence[str], kinds: Sequence[str], *, wrong: Words = ("不合规", "fail"), more: Sequence[Count] = ()
) -> Question:
    """Return a question with the usual figures: what fails (of households the persons too), what is in doubt, what nobody knows."""
    figures = [Count("fail", wrong, checks, kinds, (FAIL,)), Count("review", ("待核", "to review"), checks, kinds, (REVIEW,))]
    if "household" in kinds:
        figures.insert(1, Count("fail-persons", ("涉及核定人口", "approved for the move in them"), checks, kinds, (FAIL,), measure=PERSONS))
    return Question(id, (zh, en), checks, kinds, (*figures, *more, Count("no-data", ("缺资料", "without data"), checks, kinds, (NO_DATA,))))


_FOUR, _SITE, _HOME = ("four-proximities",), ("site",), ("household",)
_IDLE, _FUND = ("retained-funds",), ("fund",)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "four", ("哪些安置点四靠一个都不靠？", "Which sites rely on none of the four?"), _FOUR, _SITE,
        (
            Count("none", ("一个都不靠", "rely on none"), _FOUR, _SITE, (REVIEW,), ("needs-justification", "justified")),
            Count("too-close", ("误差内难判定", "too close to call"), _FOUR, _SITE, (REVIEW,), ("too-close",)),
            Count("claim", ("台账说靠、实测不靠", "said to be near what they are not"), _FOUR, _SITE, (REVIEW,), ("claim-differs",)),
            Count("no-data", ("缺资料", "without data"), _FOUR, _SITE, (NO_DATA,)),
        ),
    ),
    _asked("ground", "哪些安置点在避让区内，或没有排查？", "Which sites stand where none may, or were never screened?", ("exclusion-zones",), _SITE),
    Question(
        "ratio", ("集中安置与分散安置各占多少？", "How much of the resettlement is concentrated?"), ("resettlement-ratio",), ("county", "township"),
        (
            Count("persons", ("集中安置占（按人）", "concentrated, by persons"), ("resettlement-ratio",), ("county",), measure="of by_persons", unit="%"),
            Count("households", ("集中安置占（按户）", "concentrated, by households"), ("resettlement-ratio",), ("county",), measure="of by_households", unit="%"),
            Count("review", ("待核", "to review"), ("resettlement-ratio",), ("township",), (FAIL, REVIEW)),
            Count("no-data", ("缺资料", "without data"), ("resettlement-ratio",), ("township",), (NO_DATA,)),
        ),
    ),
    _asked("double", "哪些户不该算搬迁户？", "Which households should not count as relocated?", ("eligibility", "renovation-overlap", "duplicate-identity"), _HOME),
    _asked("area", "哪些户人均超过 25 平方米？", "Which houses are larger than 25 m² a person?", ("living-area",), _HOME, wrong=("超面积", "too large")),
    _asked("cost", "哪些安置点造价偏高、补助不够？", "Which sites cost too much for the subsidy?", ("unit-cost", "subsidy-gap", "infrastructure-share"), _SITE),
    _asked("facilities", "哪些安置点配套不全？", "Which sites lack facilities?", ("site-facilities", "fit-out"), _SITE),
    _asked(
        "old-house", "哪些旧房到期没有拆？", "Which old houses still stand past their day?", ("old-house",), _HOME, wrong=("到期未拆", "not demolished in time"),
        more=(Count("rate", ("到期旧房拆除率", "demolished of those due"), ("demolition-rate",), ("county",), measure="of rate", unit="%"),),
    ),
    _asked("move-in", "哪些户交了钥匙没有住进去？", "Which households have a key and do not live there?", ("move-in",), _HOME),
    _asked("support", "哪些户后续扶持没有落实？", "Which households lack follow-up support?", ("follow-up-support", "support-chain"), _HOME),
    Question(
        "funds", ("有多少资金趴在账上？", "How much money lies idle?"), _IDLE, _FUND,
        (
            Count("idle", ("超过一年没有花", "idle over a year"), _IDLE, _FUND, (FAIL, REVIEW), ("over-own-limit", "two-years", "one-year"), "idle_yuan", "yuan"),
            Count("batches", ("共", "in all"), _IDLE, _FUND, (FAIL, REVIEW), ("over-own-limit", "two-years", "one-year")),
            Count("all", ("账上结余合计", "left on the accounts"), _IDLE, _FUND, measure="idle_yuan", unit="yuan"),
            Count("odd", ("账目对不上", "that do not add up"), _IDLE, _FUND, (REVIEW,), ("counted-too-early", "overspent")),
            Count("no-data", ("缺资料", "without data"), _IDLE, _FUND, (NO_DATA,)),
        ),
        "idle_yuan",
    ),
    _asked("paid", "哪些户多收了自筹、补助没有按规定发？", "Which households paid too much, or were paid wrongly?", ("self-raised", "subsidy-payment"), _HOME),
    _asked("drawings", "哪些户型超面积、图纸对不上？", "Which unit types are too large, and which drawings disagree?", ("unit-type-area", "drawing-agreement"), ("unit_type",)),
    _asked("progress", "哪些安置点停工、进度存疑？", "Which sites stand still, or report odd progress?", ("construction-progress",), _SITE),
    _asked("files", "哪些户的档卡有问题？", "Which households' files are in doubt?", ("record-completeness", "copied-text", "signatures"), _HOME),
    _asked("reported", "哪些上报数与台账不符？", "Which reported figures differ from the records?", ("reported-figures",), ("reported",)),
    _asked("notice", "公示名单与登记册一致吗？", "Do the public notices equal the register?", ("public-notice",), ("notice", "household")),
)  # fmt: skip
"""In the order of an inspection; a brief puts the worst first."""

UNITS: dict[str, Words] = {
    "site": ("个安置点", "sites"), "household": ("户", "households"), "fund": ("笔", "batches"), "unit_type": ("个户型", "unit types"),
    "reported": ("项上报数", "reported figures"), "notice": ("条", "entries"), "persons": ("人", "persons"), "yuan": ("元", "yuan"),
    "township": ("个乡镇", "townships"), "entry": ("条台账", "ledger entries"), "finding": ("条", "findings"),
}  # fmt: skip
"""What is counted, as it stands behind a figure."""


def question(id: str) -> Question | None:
    """Return a question by its id, None where there is none."""
    return next((one for one in QUESTIONS if one.id == id), None)


def pick(words: Words, lang: str) -> str:
    """Return words in one language."""
    return words[int(lang != "zh")]
