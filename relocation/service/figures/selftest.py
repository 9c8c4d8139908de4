"""The five questions of a place, from what is stored now: asked, answered, each answer explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.sentence import day
from relocation.figures.figure import meanings, said
from relocation.figures.quiz import QUESTIONS, Option, Question, fingerprint, month_ends, questions
from relocation.service.figures.card import card, earlier
from relocation.service.figures.places import Place
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MONTHS_BACK = (1, 3, 6, 12)
"""So many months before the card's day lie the earlier figures that are offered as stale answers."""

MOST_SEED = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers as it is read, and what is said of it once it was chosen."""

    said: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is read."""

    figure: str
    text: str
    base: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """The questions of a place by a seed. `fingerprint` differs when any of them does."""

    place: Place
    seed: str
    as_of: date
    asked: tuple[Asked, ...]
    fingerprint: str

    @property
    def short(self) -> bool:
        """Whether fewer questions could be made than there should be."""
        return len(self.asked) < QUESTIONS

    def score(self, chosen: Sequence[int | None]) -> int:
        """Return how many of the chosen answers (by place from 0; None: not answered) are right."""
        return sum(at is not None and at < len(one.answers) and one.answers[at].right for one, at in zip(self.asked, chosen, strict=False))

    def json(self) -> dict[str, Any]:
        """Return it for other programs, answers and reasons included."""
        return {
            "county": self.place.county, "township": self.place.township, "seed": self.seed, "as_of": self.as_of.isoformat(), "fingerprint": self.fingerprint,
            "questions": [
                {"figure": one.figure, "question": one.text, "base": one.base, "options": [each.said for each in one.answers],
                 "right": next(at for at, each in enumerate(one.answers) if each.right), "why": [each.why for each in one.answers]}
                for one in self.asked
            ],
        }  # fmt: skip


def test(store: Store, place: Place, seed: str, lang: str, *, today: date) -> Test:
    """Return the questions of a place. Trouble for a seed nobody can write down, and where too little is known to ask anything."""
    seed = seed.strip()
    if not seed or len(seed) > MOST_SEED or not seed.isprintable():
        raise Trouble("figures-seed", most=MOST_SEED)
    now = card(store, place, lang, today=today)
    ends = month_ends(now.as_of, MONTHS_BACK)
    about = f"{seed}|{place.county}|{place.township}"
    made = questions(about, now.figures, earlier(store, place, ends))
    if not made:
        raise Trouble("figures-no-test", place=place.name)
    return Test(place, seed, now.as_of, tuple(_asked(one, place, lang) for one in made), fingerprint(made))


test.__test__ = False  # type: ignore[attr-defined]  # a verb, not a case of pytest's
Test.__test__ = False  # type: ignore[attr-defined]


def _asked(one: Question, place: Place, lang: str) -> Asked:
    meant = meanings()[one.figure]
    title = meant.title[lang]
    text = (
        f"截至{day(one.as_of, lang)}，{place.name}“{title}”，台账记录是多少？" if lang == "zh"
        else f"{place.name}, “{title}” as of {day(one.as_of, lang)}: what do the records say?"
    )  # fmt: skip
    return Asked(one.figure, text, meant.base[lang], tuple(_answer(one, each, lang) for each in one.options))


def _answer(question: Question, one: Option, lang: str) -> Answer:
    unit = meanings()[question.figure].unit
    return Answer(said(one.value, unit, lang), one.right, _why(question, one, lang))


_WHY = {
    "": ("对。截至{on}台账记录就是这个数。", "Right: that is what the records say as of {on}."),
    "stale": ("过时了：这是截至{on}的数。", "Stale: that was the figure as of {on}."),
    "swapped": ("分母弄反了：{said}是“{title}”。", "The other base: {said} is “{title}”."),
    "reported": ("这是上报数（{on}，{by}），台账记录不支持。", "That was reported ({on}, {by}); the records do not bear it out."),
    "beside": ("这是旁边的数：“{title}”是{said}（{base}）。", "That is the figure next to it: “{title}” is {said} ({base})."),
}  # fmt: skip
_UNIT_WHY = ("单位弄反了：“{title}”才是{said}。", "The unit is swapped: it is “{title}” that is {said}.")


def _why(question: Question, one: Option, lang: str) -> str:
    at = int(lang != "zh")
    other = meanings()[one.figure or question.figure]
    swapped_unit = one.why == "swapped" and other.unit != meanings()[question.figure].unit
    template = _UNIT_WHY[at] if swapped_unit else _WHY[one.why][at]
    on = one.on or question.as_of
    unknown = ("场合不详", "where is not recorded")[at]
    return template.format(on=day(on, lang), by=one.by or unknown, title=other.title[lang], base=other.base[lang], said=said(one.value, other.unit, lang))
