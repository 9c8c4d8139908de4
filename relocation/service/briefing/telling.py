"""A brief as the words that stand on its one page: the same for every output, cut to the room there is. Plain texts, numbers and lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.sentence import day
from checks.verdict import Outcome
from relocation.service.briefing.contract import Answer, Brief, Case, Figure
from relocation.service.briefing.questions import Words, pick
from relocation.service.rectification.days import day_of


@dataclass(frozen=True, slots=True)
class Room:
    """How much is shown: cases of each question, letters of a case (twice as many in English), lines of a change or decision, sources.

    `scale`: how large the type is; 1 is the smallest that reads well.
    """

    cases: int
    letters: int
    lines: int
    sources: int
    scale: float = 1.0


PAGE = Room(cases=2, letters=80, lines=5, sources=12)
ROOMS = (
    Room(2, 70, 5, 10, 1.12), Room(1, 90, 5, 10, 1.15), Room(1, 60, 4, 8, 1.08), Room(2, 46, 4, 8), Room(1, 90, 4, 8), Room(1, 60, 3, 8), Room(1, 44, 2, 6),
    Room(1, 34, 2, 5), Room(1, 26, 1, 4), Room(1, 18, 1, 3), Room(0, 0, 1, 3), Room(0, 0, 0, 2, 0.9),
)  # fmt: skip
"""From the most to the least: paper takes the first that fits on one side."""

_WORDS: Mapping[str, Words] = {
    "title": ("{name}易地扶贫搬迁工作简报", "Relocation brief of {name}"),
    "answers": ("问与答（问题重的在前）", "Questions and answers, the worst first"),
    "place": ("位置", "Place"),
    "fine": ("没有发现问题", "Nothing found"),
    "none": ("不适用", "Does not apply"),
    "changes": ("有什么变化", "What changed"),
    "lines-more": ("等", " and others"),
    "decisions": ("要决定什么、由谁决定", "What to decide, and by whom"),
    "assumptions": ("前提", "Assumptions"),
    "sources": ("依据和来源", "What it rests on"),
    "first": ("这是第一份简报，没有更早的可比；可以选一个日期来比较。", "This is the first brief: there is no earlier one to compare with. A day can be chosen."),
    "brief": ("与 {day} 的上一份简报相比", "since the brief of {day}"),
    "day": ("自 {day} 起", "since {day}"),
    "same": ("没有变化", "nothing changed"),
    "map": ("圆点为安置点，编号与左边各问中最重的一处相同", "Dots are sites; a number marks the worst place of that question"),
    "more": ("另有 {n} 项，见{where}", "{n} more, see {where}"),
    "findings": ("核查结果", "the findings"),
    "ledger": ("台账", "the ledger"),
    "unplaced": ("无位置", "no position"),
    "sources-more": ("另有 {n} 项依据，见检查项页", "{n} more on the page of checks"),
    "trace": ("每个数字都可重算：relocation report brief --county {county} --figure 问题代号（各问后的小字，另有 register、since、ledger、findings）", "Every figure can be counted again: relocation report brief --county {county} --figure WORD (the small word behind each question; also register, since, ledger, findings)"),
}  # fmt: skip


def told(brief: Brief, room: Room = PAGE) -> dict[str, Any]:
    """Return what stands on the page."""
    lang = brief.lang
    open_ = [one for one in brief.answers if one.outcome in ("fail", "review", "no-data")]
    fine = [one.heading for one in brief.answers if one.outcome == "pass"]
    none = [one.heading for one in brief.answers if one.outcome == "not-applicable"]
    return {
        "lang": lang,
        "county": brief.county,
        "title": _say("title", lang, name=brief.name),
        "below": _below(brief),
        "totals": [_figure(one, lang, brief.as_of) for one in brief.totals],
        "words": {name: pick(words, lang) for name, words in _WORDS.items() if "{" not in words[0]},
        "answers": [_answer(one, brief, room) for one in open_],
        "fine": (" " if lang == "en" else "").join(fine),
        "none": (" " if lang == "en" else "").join(none),
        "since": _since(brief),
        "changes": [
            _moved(one.figure, one.lines, room, lang, "findings", brief.as_of if one.figure.unit == "finding" else brief.made_on)
            for one in brief.since.changes
            if one.figure.value
        ],
        "decisions": [{**_moved(one.figure, one.lines, room, lang, "ledger", brief.made_on), "by": one.by} for one in brief.decisions if one.figure.value],
        "assumptions": list(brief.assumptions),
        "sources": _cut(brief.sources, room.sources, lang),
        "map_source": brief.map_source,
        "scale": room.scale,
        "trace": _say("trace", lang, county=brief.county),
    }


def _say(word: str, lang: str, **facts: object) -> str:
    return pick(_WORDS[word], lang).format(**facts)


def _below(brief: Brief) -> str:
    """Say of which day it is, from which run and records, whose places."""
    lang, zh = brief.lang, brief.lang == "zh"
    parts = [f"核查结果以 {day(brief.as_of, lang)} 为准" if zh else f"Findings as of {day(brief.as_of, lang)}"]
    if brief.run_at:
        parts.append(f"{day(day_of(brief.run_at), lang)} 运行" if zh else f"run on {day(day_of(brief.run_at), lang)}")
    parts.append(f"台账和期限以 {day(brief.made_on, lang)} 为准" if zh else f"ledger and deadlines as of {day(brief.made_on, lang)}")
    if brief.places:
        parts.append(("范围：" if zh else "places: ") + ("、" if zh else ", ").join(brief.places))
    return ("；" if zh else "; ").join(parts)


def _answer(one: Answer, brief: Brief, room: Room) -> dict[str, Any]:
    lang = brief.lang
    outcome = Outcome.by_id(one.outcome)
    cases = one.worst[: room.cases]
    left = one.total - len(cases)
    shown = [figure for figure in one.figures if figure.value != 0] or list(one.figures[:1])
    return {
        "id": one.id,
        "heading": one.heading,
        "outcome": one.outcome,
        "outcome_word": outcome.zh if lang == "zh" else outcome.en,
        "figures": [_figure(figure, lang, brief.as_of) for figure in shown],
        "note": one.note,
        "cases": [_case(case, room, lang) for case in cases],
        "more": _say("more", lang, n=left, where=pick(_WORDS["findings"], lang)) if left > 0 and cases else "",
        "page": one.page,
    }


def _figure(one: Figure, lang: str, usual: date) -> dict[str, Any]:
    """Return a figure as it is printed; its day stands beside it where it is not that of its neighbours."""
    said = f"{one.label} {one.shown}" if lang == "zh" else f"{one.shown} {_lower(one)}".strip()
    other = "" if one.on == usual else f"（{one.on}）" if lang == "zh" else f" ({one.on})"
    return {
        "id": one.id,
        "label": one.label,
        "shown": one.shown,
        "on": one.on.isoformat(),
        "page": one.page,
        "known": one.value is not None,
        "said": said + other,
    }


def _lower(one: Figure) -> str:
    return "" if one.label in one.shown else one.label


def _case(one: Case, room: Room, lang: str) -> dict[str, Any]:
    return {
        "mark": one.mark,
        "who": one.who,
        "said": brief_words(one.said, room.letters * (1 if lang == "zh" else 2), lang),
        "page": one.page,
        "outcome": one.outcome,
    }


def brief_words(said: str, letters: int, lang: str) -> str:
    """Return a sentence's first part, cut where it is longer than there is room for; whoever wants the rest follows the link."""
    first = said.split("。")[0] if lang == "zh" else said.split(". ")[0]
    return first if len(first) <= letters else f"{first[: max(letters - 1, 1)]}…"


def _since(brief: Brief) -> str:
    lang = brief.lang
    if brief.since.at is None:
        return _say("first", lang)
    said = _say(brief.since.kind, lang, day=day(day_of(brief.since.at), lang))
    moved = any(one.figure.value for one in brief.since.changes)
    return said if moved else f"{said}{'：' if lang == 'zh' else ': '}{_say('same', lang)}"


def _moved(figure: Figure, lines: Sequence[str], room: Room, lang: str, where: str, usual: date) -> dict[str, Any]:
    kept = [brief_words(line, 2 * room.letters or 40, lang) for line in lines[: room.lines]]
    if kept and len(lines) > len(kept):
        kept[-1] += pick(_WORDS["lines-more"], lang)  # so that nobody adds up a part and takes it for the whole
    return {**_figure(figure, lang, usual), "lines": kept, "where": pick(_WORDS[where], lang)}


def _cut(said: Sequence[str], most: int, lang: str) -> list[str]:
    left = len(said) - most
    return list(said) if left <= 0 else [*said[:most], _say("sources-more", lang, n=left)]
