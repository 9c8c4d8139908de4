"""The only place where a finding becomes a sentence: who or where; what was found; whose rule, since when; what to do."""

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any

from checks.finding import Finding, LawApplied
from checks.instruments import Instrument, Instruments
from checks.policy import Standing
from checks.records import Proximity
from checks.sheet import Sheet, Words
from checks.verdict import Outcome
from checks.vocabulary import KINDS, LAYERS, UNITS

_COMMON: Mapping[str, Words] = {
    "missing": {"zh": "缺少{missing}，无法判断", "en": "cannot be judged without {missing}"},
    "no-rule": {"zh": "当日尚无此项规定，不作判断", "en": "no such rule was in force that day, so it is not judged"},
    "outside": {"zh": "不属于本项检查的范围", "en": "is outside what this check covers"},
}
_ADD: Words = {"zh": "请补齐{missing}后重新检查", "en": "Add {missing} and run the check again"}


def sentence(sheet: Sheet, finding: Finding, lang: str, instruments: Instruments) -> str:
    """Return the finding in words, Chinese or English."""
    parts = [f"{who(finding, lang)}{'：' if lang == 'zh' else ': '}{found(sheet, finding, lang)}"]
    if finding.law:
        parts.append(_by_whose_word(sheet, finding.law, lang, instruments))
    if mend := remedy(sheet, finding, lang):
        parts.append(("处理：" if lang == "zh" else "To do: ") + mend)
    return ("。".join(parts) + "。") if lang == "zh" else ". ".join(parts) + "."


def who(finding: Finding, lang: str) -> str:
    """Return whom or what a finding is about: township, name, and the code where a name is masked."""
    place = " ".join(part for part in (finding.township, finding.name) if part)
    if finding.subject_kind == "household" or not finding.name:
        return f"{place}（{finding.subject}）" if lang == "zh" else f"{place} ({finding.subject})".strip()
    return place


def found(sheet: Sheet, finding: Finding, lang: str) -> str:
    """Return what was found, without whose rule it is."""
    own = sheet.reasons.get(finding.reason)
    template = (own.found if own else _COMMON[finding.reason])[lang]
    return _Words(lang, finding.limit).vformat(template, (), _facts(sheet, finding, lang))


def remedy(sheet: Sheet, finding: Finding, lang: str) -> str:
    """Return what to do about a finding; empty where there is nothing to do."""
    if finding.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return ""
    reason = sheet.reasons.get(finding.reason)
    own = reason.remedy[lang] if reason else ""
    general = _ADD[lang] if finding.outcome is Outcome.NO_DATA else sheet.remedy[lang]
    return _Words(lang, finding.limit).vformat(own or general, (), _facts(sheet, finding, lang))


def standing_words(standing: str, lang: str) -> str:
    """Return how firmly a value stands, in a word."""
    return Standing(standing).zh if lang == "zh" else standing


def document(instrument: Instrument, lang: str) -> str:
    """Return a document's title with its number."""
    title = instrument.title[lang]
    if lang == "zh":
        return (f"《{title}》" if instrument.is_document else title) + (f"（{instrument.number}）" if instrument.number else "")
    return f"{title} ({instrument.number})" if instrument.number else title


def day(value: date, lang: str) -> str:
    """Return a day as people write it: 2018年3月5日, 5 March 2018."""
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else f"{value.day} {value:%B} {value.year}"


def number(value: float, beside: float | None = None) -> str:
    """Return a number with two decimals at most, or as many more as tell it from `beside`.

    25.004 against a limit of 25 is written 25.004: a figure that is over must not be printed as the limit itself.
    """
    text = f"{value:,.2f}"
    for decimals in range(3, 15):  # beyond that a double holds nothing more of such numbers
        if beside is None or value == beside or float(text.replace(",", "")) != beside:
            break
        text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".")


def quantity(value: float, unit: str, lang: str) -> str:
    """Return a number with its unit in words."""
    return f"{number(value)}{'' if unit == '%' else ' '}{UNITS[unit][lang]}".strip()


def distance(value_m: float, lang: str) -> str:
    """Return a distance in whole metres below ten kilometres, where limits lie, and in kilometres above."""
    if value_m < 9999.5:
        return f"{value_m:,.0f} {'米' if lang == 'zh' else 'm'}"
    return f"{value_m / 1000:,.1f} {'公里' if lang == 'zh' else 'km'}"


def _by_whose_word(sheet: Sheet, law: LawApplied, lang: str, instruments: Instruments) -> str:
    parameter = sheet.parameters[law.parameter]
    title = document(instruments[law.instrument], lang) if law.instrument in instruments else law.instrument
    amount = quantity(law.value, parameter.unit, lang)
    standing = standing_words(law.standing, lang)
    if lang == "zh":
        return f"依据：{title}{law.clause[lang]}，{day(law.since, lang)}起，{parameter.zh} {amount}（{standing}）"
    return f"By {title}, {law.clause[lang]}, since {day(law.since, lang)}: {parameter.en} {amount} ({standing})"


def _facts(sheet: Sheet, finding: Finding, lang: str) -> dict[str, Any]:
    facts: dict[str, Any] = {**finding.facts, "measured": finding.measured, "limit": finding.limit, "unit": UNITS[finding.unit][lang]}
    facts["missing"] = _listed([_column_words(finding, name, lang) for name in finding.missing], lang)
    for group, states in sheet.phrases.items():
        items = finding.facts.get(group)
        if isinstance(items, Mapping):
            facts[group] = _phrases(sheet, items, states, lang)
    return facts


def _phrases(sheet: Sheet, items: Mapping[str, Any], states: Mapping[str, Words], lang: str) -> str:
    """Say a group of alike facts, each by the phrase of its own state."""
    said = []
    for key, item in items.items():
        template = states[str(item["state"])][lang]
        said.append(_Words(lang, None).vformat(template, (), {**item, "label": sheet.labels[key][lang]}))
    return ("；" if lang == "zh" else "; ").join(said)


def _column_words(finding: Finding, name: str, lang: str) -> str:
    if name in LAYERS:
        return LAYERS[name][lang]
    kind = KINDS.get(finding.subject_kind, KINDS["area"])
    column = kind.column(name)
    return f"“{column.zh}”" if lang == "zh" else f"“{column.en}”"


def _listed(names: list[str], lang: str) -> str:
    return "、".join(names) if lang == "zh" else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


class _Words(Formatter):
    """Formats facts as people write them: {x:m} a distance, {x:n} a number, {x:day} a day. Facts are never templates."""

    def __init__(self, lang: str, limit: float | None) -> None:
        self._lang, self._limit = lang, limit

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one fact; a fact that is not known is said to be so."""
        if value is None or value == "":
            return "（未填）" if self._lang == "zh" else "(not recorded)"
        if format_spec == "m":
            return distance(float(value), self._lang)
        if format_spec == "n":
            return number(float(value), self._limit)
        if format_spec == "day":
            return day(date.fromisoformat(str(value)), self._lang)
        if format_spec == "claims":
            return _listed([Proximity.by_id(id).__getattribute__(self._lang) for id in str(value).split()], self._lang)
        return str(value)
