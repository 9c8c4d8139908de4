"""Figures counted from the ground: each is one query, and asked again by its id it comes to the same value."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from checks.finding import Finding
from checks.sentence import number
from checks.verdict import NOT_SUPPLIED
from checks.vocabulary import UNITS as SPOKEN
from relocation.service.briefing.contract import Figure
from relocation.service.briefing.ground import Ground
from relocation.service.briefing.questions import ONE, PERSONS, SUBJECTS, UNITS, Count, Question, pick

UNKNOWN = ("无数据", "no data")


def matching(ground: Ground, count: Count) -> list[Finding]:
    """Return the findings a figure counts, as they are kept: worst first. What was not supplied for a whole ledger is no record's own finding."""
    return [
        one for one in ground.findings
        if one.check in count.checks and one.subject_kind in count.kinds and one.reason != NOT_SUPPLIED
        and (not count.outcomes or one.outcome.id in count.outcomes) and (not count.reasons or one.reason in count.reasons)
    ]  # fmt: skip


def measured(ground: Ground, count: Count) -> tuple[float | None, int]:
    """Return a figure's value and how many of what it counts lack the fact that is added up. None: nobody knows."""
    found = matching(ground, count)
    if count.measure == SUBJECTS:
        return float(len({(one.subject_kind, one.subject) for one in found})), 0
    if count.measure == PERSONS:
        return _summed(ground.persons.get(code) for code in sorted({one.subject for one in found}))
    fact = count.measure.removeprefix(ONE)
    values = [_number(one.facts.get(fact)) for one in found]
    if count.measure.startswith(ONE):
        return (values[0] if values else None), 0
    value, unknown = _summed(None if value is None else max(value, 0.0) for value in values)
    return value, unknown


def counted(ground: Ground, count: Count, one: Finding) -> float | None:
    """Return what one finding adds to a figure: one subject, its approved persons, or its fact. None: not filled in, and in no sum."""
    if count.measure == SUBJECTS:
        return 1.0
    if count.measure == PERSONS:
        return ground.persons.get(one.subject)
    value = _number(one.facts.get(count.measure.removeprefix(ONE)))
    return value if value is None or count.measure.startswith(ONE) else max(value, 0.0)


def _summed(values: Iterable[float | None]) -> tuple[float | None, int]:
    """Return the sum of what is known, and how much is not; None where nothing is known of something."""
    every = list(values)
    known = [value for value in every if value is not None]
    return (sum(known) if known or not every else None), len(every) - len(known)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def figure(ground: Ground, question: Question, count: Count, lang: str) -> Figure:
    """Return one figure of a question."""
    value, unknown = measured(ground, count)
    unit = count.unit or ("persons" if count.measure == PERSONS else count.kinds[0])
    on = max((ground.on[check] for check in count.checks), default=ground.as_of)
    id = f"{question.id}.{count.name}"
    return made(id, pick(count.words, lang), value, unit, on, lang, page=_page(ground, id), unknown=unknown)


def made(id: str, label: str, value: float | None, unit: str, on: date, lang: str, *, page: str = "", unknown: int = 0) -> Figure:
    """Return a figure as it is printed: its number with its unit, and that so many are in no sum."""
    shown = with_unit(value, unit, lang)
    if unknown:
        shown += (f"（另 {unknown} 户未填）" if lang == "zh" else f" ({unknown} more not filled in)") if unit == "persons" else ""
        shown += (f"（另 {unknown} 笔未填）" if lang == "zh" else f" ({unknown} more not filled in)") if unit == "yuan" else ""
    return Figure(id, label, value, unit, shown, on, page, unknown)


def with_unit(value: float | None, unit: str, lang: str) -> str:
    """Return a value with its unit in words, money from ten thousand yuan on in ten thousands too; that it is not known where it is not."""
    if value is None:
        return pick(UNKNOWN, lang)
    word = pick(UNITS[unit], lang) if unit in UNITS else SPOKEN[unit][lang]
    if lang == "en" and value == 1 and word.endswith("s") and unit in UNITS:
        word = {"batches": "batch", "ledger entries": "ledger entry", "entries": "entry"}.get(word, word[:-1])
    if unit == "yuan" and value >= 10_000 and lang == "zh":
        return f"{number(value / 10_000)} 万元"
    return f"{number(value)}{'' if unit == '%' else ' '}{word}"


def _page(ground: Ground, id: str) -> str:
    """Return the address of the page that lists what is counted."""
    day = {"as_of": ground.as_of.isoformat()} if ground.judged_anew else {}
    return f"/brief/figure/{ground.county}?" + urlencode({"figure": id, **day})


def worse_first(found: Sequence[Finding], rank: str) -> list[Finding]:
    """Return findings the worst first: by outcome, then by the fact that makes one worse or by how far it lies from its limit, then by place and code."""
    return sorted(found, key=lambda one: (one.outcome.id != "fail", one.outcome.id != "review", -_badness(one, rank), one.township, one.subject, one.check))


def _badness(one: Finding, rank: str) -> float:
    if rank:
        return _number(one.facts.get(rank)) or 0.0
    if one.measured is None or one.limit is None:
        return 0.0
    return abs(one.measured - one.limit) / (abs(one.limit) or 1.0)
