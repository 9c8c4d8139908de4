"""The fact card as it is read: lines of texts by group, in one language; page, PDF, workbook and terminal show the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from checks.sentence import number
from checks.tally import item_called
from relocation.figures.figure import UNITS, Figure, Reported, group_word, lacking_said, missing_word, said, source_word
from relocation.service.figures.card import Card

AGREES, DIFFERS, OPEN = "agrees", "differs", "open"
_STATES = {"pass": AGREES, "fail": DIFFERS, "review": DIFFERS}


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it is read. `state`: "agrees", "differs", "open" (cannot be said), "" before a check."""

    item: str
    said: str
    on: str
    by: str
    recorded: str
    difference: str
    state: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it is read. `value` "" where it is missing, and `missing` says why."""

    id: str
    title: str
    base: str
    value: str
    amount: float | None
    unit: str
    lacking: str
    missing: str
    as_of: str
    source: str
    reports: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The card in words."""

    title: str
    below: str
    warning: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    others: tuple[Told, ...]
    differing: int
    words: "Headings"


@dataclass(frozen=True, slots=True)
class Headings:
    """The words around the figures."""

    figure: str
    recorded: str
    as_of: str
    source: str
    reported: str
    difference: str
    others: str
    told_by: str
    none: str
    foot: str
    more: str
    loud: str


def sheet(card: Card, lang: str) -> Sheet:
    """Return a card in words."""
    at = int(lang != "zh")
    groups = tuple((group_word(group, lang), tuple(_line(one, lang) for one in some)) for group, some in groupby(card.shown, key=lambda one: one.meant.group))
    title = ("{place} 应知应会", "{place}: must-know figures")[at].format(place=card.place.name)
    below = (
        "台账记录截至 {day}，{made} 制表；每个数自带日期和单位。", "Recorded figures as of {day}, made on {made}; every figure bears its day and unit.",
    )[at].format(day=card.as_of.isoformat(), made=card.made_on.isoformat())  # fmt: skip
    warning = ("核查之后台账又有改动：来自核查的数可能已经过时。", "The records changed since the checks ran: figures that rest on a check may be stale.")[at]
    unchecked = (
        "还没有核查过：来自核查的数和上报比对都缺。",
        "No check was run yet: figures that rest on a check, and comparisons with reports, are missing.",
    )[at]
    return Sheet(
        title, below, warning if card.stale else unchecked if card.checked_at is None else "", groups,
        tuple(_told(one, lang) for one in card.others), len(card.differing), headings(lang),
    )  # fmt: skip


def headings(lang: str) -> Headings:
    """Return the words around the figures."""
    if lang == "zh":
        return Headings(
            "指标", "台账记录", "截至", "来源", "上报", "上报减台账", "其他上报数", "出处", "没有上报", "内部使用。户不是人；缺资料不等于零。",
            "另有 {n} 次上报", "上报与台账不符 {n} 处",
        )  # fmt: skip
    return Headings(
        "Figure", "Recorded", "As of", "Source", "Reported", "Reported less recorded", "Other figures reported", "Told where", "Not reported",
        "For internal use. Households are not persons; missing is not zero.", "{n} more reports", "{n} reported figures differ from the records",
    )  # fmt: skip


def _line(one: Figure, lang: str) -> Line:
    meant = one.meant
    base = meant.base[lang]
    if one.of is not None and one.value is not None:
        unit = meant.of or "households"
        base += ("（{of}）" if lang == "zh" else " ({of})").format(of=said(one.of, unit, lang))
    as_of = f"{one.since.isoformat()} – {one.as_of.isoformat()}" if one.since else one.as_of.isoformat()
    value = number(one.value) if one.value is not None else ""
    missing = missing_word(one.missing, lang) if one.missing else ""
    ordered = sorted(one.reported, key=lambda each: each.value is None)
    return Line(
        one.id, meant.title[lang], base, value, one.value, UNITS[meant.unit][lang], lacking_said(one, lang), missing, as_of, source_word(meant.source, lang),
        tuple(_told(each, lang) for each in ordered),
    )  # fmt: skip


_WORDS = {AGREES: ("相符", "agrees"), DIFFERS: ("不符", "differs"), OPEN: ("不能断定", "cannot be said"), "": ("未核查", "not checked")}
_REASONS = {"not-yet": ("日期未到", "day has not come"), "unit-differs": ("单位不符", "other unit"), "not-comparable": ("台账不能证明", "not in the ledgers")}


def _told(one: Reported, lang: str) -> Told:
    at = int(lang != "zh")
    value = ("没有填数", "no value")[at] if one.value is None else f"{number(one.value)} {one.unit or ('（没有单位）', '(no unit)')[at]}"
    state = _STATES.get(one.outcome, OPEN if one.outcome else "")
    words = _REASONS.get(one.reason) or _WORDS[state]
    difference = one.difference
    signed = "" if difference is None else f"{'+' if difference > 0 else '−' if difference < 0 else ''}{number(abs(difference))}"
    item = item_called(one.item)
    recorded = "" if one.recorded is None or item is None else said(one.recorded, item.unit, lang)
    return Told(
        f"{one.place} {one.item}".strip(),
        value,
        one.on.isoformat() if one.on else ("没有日期", "no day")[at],
        one.by,
        recorded,
        signed,
        state,
        words[at],
        one.sentence,
    )


def loudest(lines: Sequence[Told]) -> Told | None:
    """Return the report that a line is read by: one that differs before one that does not."""
    return next((one for one in lines if one.state == DIFFERS), lines[0] if lines else None)
