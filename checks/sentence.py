"""The only place where a finding becomes a sentence: who or where; what was found; whose rule, since when; what to do."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Any

from checks.choices import DrawingDoubt, LineageClue, Proximity
from checks.finding import Finding, LawApplied
from checks.instruments import Instrument, Instruments
from checks.policy import PROJECT, Standing
from checks.sheet import Sheet, Words
from checks.verdict import NOT_SUPPLIED, Outcome
from checks.vocabulary import KINDS, LAYERS, LEDGERS, UNITS

SUPPOSITION = "supposition"
"""The register's entry that a supposed value names instead of a document."""

_COMMON: Mapping[str, Words] = {
    "missing": {"zh": "缺少{missing}，无法判断", "en": "cannot be judged without {missing}"},
    "no-rule": {"zh": "当日尚无此项规定，不作判断", "en": "no such rule was in force that day, so it is not judged"},
    "not-supplied": {
        "zh": "没有导入{missing}，{subjects:n} 个{kind:kind}无法判断",
        "en": "{missing} was not imported, so {subjects:n} {kind:kind} cannot be judged",
    },
    "outside": {"zh": "不属于本项检查的范围", "en": "is outside what this check covers"},
}
_IMPORT: Words = {"zh": "请导入{missing}后重新检查", "en": "Import {missing} and run the check again"}
_ADD: Words = {"zh": "请补齐{missing}后重新检查", "en": "Add {missing} and run the check again"}

_CHOSEN = {"claims": Proximity, "doubts": DrawingDoubt, "clues": LineageClue}
"""Lists of choices' ids by how a sheet asks for their words."""

_MASKED = {kind.id for kind in KINDS.values() if any(column.name == "head_name" for column in kind)}
"""Records called by a person's name, of which only the first character is shown."""


def sentence(sheet: Sheet, finding: Finding, lang: str, instruments: Instruments) -> str:
    """Return the finding in words, Chinese or English."""
    parts = [f"{who(finding, lang)}{'：' if lang == 'zh' else ': '}{found(sheet, finding, lang)}"]
    if finding.law:
        parts.append(by_whose_word(sheet, finding.law, lang, instruments))
    if mend := remedy(sheet, finding, lang):
        parts.append(("处理：" if lang == "zh" else "To do: ") + mend)
    return ("。".join(parts) + "。") if lang == "zh" else ". ".join(parts) + "."


def who(finding: Finding, lang: str) -> str:
    """Return whom or what a finding is about: township, name (or what it is, where it has none), and the code where the name does not tell it apart."""
    kind = KINDS.get(finding.subject_kind)
    called = finding.name or (kind.__getattribute__(lang) if kind else "")
    place = " ".join(part for part in (finding.township, called) if part)
    if finding.subject_kind in _MASKED or not finding.name:
        return f"{place}（{finding.subject}）" if lang == "zh" else f"{place} ({finding.subject})".strip()
    return place


def found(sheet: Sheet, finding: Finding, lang: str) -> str:
    """Return what was found, without whose rule it is."""
    own = sheet.reasons.get(finding.reason)
    template = (own.found if own else _COMMON[finding.reason])[lang]
    return _filled(template, _facts_of(sheet, finding, lang), lang, finding.limit)


def phrase(sheet: Sheet, group: str, key: str, item: Mapping[str, Any], lang: str) -> str:
    """Return one of a group of alike facts in the words it has in the finding's sentence. KeyError for a group the sheet has no phrases for."""
    return _phrase(sheet, key, item, sheet.phrases[group], lang)


def remedy(sheet: Sheet, finding: Finding, lang: str) -> str:
    """Return what to do about a finding; empty where there is nothing to do."""
    if finding.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return ""
    reason = sheet.reasons.get(finding.reason)
    own = reason.remedy[lang] if reason else ""
    general = _IMPORT[lang] if finding.reason == NOT_SUPPLIED else _ADD[lang] if finding.outcome is Outcome.NO_DATA else sheet.remedy[lang]
    return _filled(own or general, _facts_of(sheet, finding, lang), lang, finding.limit)


def since_words(since: date, assumed: bool, lang: str) -> str:
    """Return since when a value holds, and that its first day was not found where it was taken from its month, year or period."""
    if lang == "zh":
        return f"{day(since, lang)}起" + ("（起始日没有查到，按这一天算）" if assumed else "")
    return f"since {day(since, lang)}" + (" (its first day was not found and is taken to be this one)" if assumed else "")


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


def by_whose_word(sheet: Sheet, law: LawApplied, lang: str, instruments: Instruments) -> str:
    """Return whose rule a verdict rests on, since when, its value and how firmly it stands: as `sentence` has it."""
    parameter = sheet.parameters[law.parameter]
    title = document(instruments[law.instrument], lang) if law.instrument in instruments else law.instrument
    amount = quantity(law.value, parameter.unit, lang)
    standing, since = standing_words(law.standing, lang), since_words(law.since, law.first_day_assumed, lang)
    if law.instrument == SUPPOSITION:  # it stands as firmly as the value it takes the place of, and is no document's
        standing = f"按“{standing}”判断" if lang == "zh" else f"judged as {standing}"
    if PROJECT in law.place:
        standing += "，只用于本安置点" if lang == "zh" else ", for this site only"
    if lang == "zh":
        return f"依据：{title}{law.clause[lang]}，{since}，{parameter.zh} {amount}（{standing}）"
    return f"By {title}, {law.clause[lang]}, {since}: {parameter.en} {amount} ({standing})"


def _facts_of(sheet: Sheet, finding: Finding, lang: str) -> Callable[[str], Any]:
    """Return how a finding's facts are looked up; what has to be put into words first is so only when asked for."""

    def fact(name: str) -> Any:
        if name == "measured":
            return finding.measured
        if name == "limit":
            return finding.limit
        if name == "unit":
            return UNITS[finding.unit][lang]
        if name == "missing":
            return _listed([_column_words(finding, one, lang) for one in finding.missing], lang)
        value = finding.facts[name]
        return _phrases(sheet, value, sheet.phrases[name], lang) if isinstance(value, Mapping) else value

    return fact


def _phrases(sheet: Sheet, items: Mapping[str, Any], states: Mapping[str, Words], lang: str) -> str:
    """Say a group of alike facts, each by the phrase of its own state; a state whose phrase is empty is not said."""
    said = [_phrase(sheet, key, item, states, lang) for key, item in items.items()]
    return _Spoken(("；" if lang == "zh" else "; ").join(filter(None, said)))


def _phrase(sheet: Sheet, key: str, item: Mapping[str, Any], states: Mapping[str, Words], lang: str) -> str:
    facts = {**item, "label": sheet.labels[key][lang]}
    return _filled(states[str(item["state"])][lang], facts.__getitem__, lang, None)


class _Spoken(str):
    """What was put into words already, be it no word at all: nothing in it is missing."""

    __slots__ = ()


def _column_words(finding: Finding, name: str, lang: str) -> str:
    if name in LAYERS:
        return LAYERS[name][lang]
    if name in LEDGERS:
        return f"{LEDGERS[name].zh}台账" if lang == "zh" else f"the ledger of {LEDGERS[name].ledger}"
    kind = KINDS.get(finding.subject_kind, KINDS["area"])
    column = kind.column(name)
    return f"“{column.zh}”" if lang == "zh" else f"“{column.en}”"


def _listed(names: list[str], lang: str) -> str:
    return "、".join(names) if lang == "zh" else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _codes(lines: str, lang: str) -> str:
    """Say codes as `checks.peers.named` gives them: one a line, and how many more in the last."""
    codes = [_code(line, lang) for line in lines.splitlines()]
    if not codes[-1].startswith("+"):
        return _listed(codes, lang)
    more = int(codes.pop())
    return f"{'、'.join(codes)} 等 {len(codes) + more} 户" if lang == "zh" else f"{', '.join(codes)} and {more} more"


def _code(line: str, lang: str) -> str:
    """Say a code, or of a household that the reader is not to be told where it lies: COUNTY/ in another county, / in another township."""
    if not line.endswith("/"):
        return line
    if line == "/":
        return "本县另一乡镇的一户" if lang == "zh" else "a household of another township"
    return f"另一县（{line[:-1]}）的一户" if lang == "zh" else f"a household of another county ({line[:-1]})"


def _filled(template: str, fact: Callable[[str], Any], lang: str, limit: float | None) -> str:
    """Fill a sheet's template. Templates are the sheets' own words, facts are only ever put in: {{…}} in a name stays as it is."""
    said = []
    for literal, name, spec in _parts(template):
        said.append(literal)
        if name is not None:
            said.append(_written(fact(name), spec, lang, limit))
    return "".join(said)


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((literal, name, spec or "") for literal, name, spec, _conversion in Formatter().parse(template))


def _written(value: Any, spec: str, lang: str, limit: float | None) -> str:
    """Write one fact as people do: x:m a distance, x:n a number, x:day a day, x:codes codes, x:doubts a closed list; one not known is said so."""
    if isinstance(value, _Spoken):
        return value
    if value is None or value == "":
        return "（未填）" if lang == "zh" else "(not recorded)"
    if spec == "m":
        return distance(float(value), lang)
    if spec == "n":
        return number(float(value), limit)
    if spec == "day":
        return day(date.fromisoformat(str(value)), lang)
    if spec == "kind":
        return KINDS[str(value)].zh if lang == "zh" else KINDS[str(value)].ledger
    if spec == "codes":
        return _codes(str(value), lang)
    if spec in _CHOSEN:
        return _listed([_CHOSEN[spec].by_id(id).__getattribute__(lang) for id in str(value).split()], lang)
    return str(value)
