"""Stored values as people read them, in either language; what belongs to a person comes masked."""

from checks.masking import masked
from checks.records import Column, Kind
from checks.vocabulary import KINDS, UNITS

_FLAGS = {"zh": {"1": "是", "0": "否"}, "en": {"1": "yes", "0": "no"}}


def shown(column: Column, value: str | None, lang: str) -> str:
    """Return a value (as `ledgers.plain` writes it) as shown; "" when it is missing."""
    if value is None or value == "":
        return ""
    if column.personal:
        return masked(column, value)
    if column.kind is Kind.FLAG:
        return _FLAGS[lang][value]
    if column.choices is not None:
        return _words(column, value, lang)
    if column.kind in (Kind.NUMBER, Kind.COUNT) and column.unit not in ("deg", ""):
        return grouped(value)
    return value


def changed(column: Column, value: str | None, lang: str) -> str:
    """Return a value as a list of changes shows it: like elsewhere, degrees to the sixth decimal (a tenth of a metre)."""
    if value and column.unit == "deg":
        return f"{float(value):.6f}"
    return shown(column, value, lang)


def _words(column: Column, value: str, lang: str) -> str:
    assert column.choices is not None
    ids = value.split(" ") if column.several else [value]
    members = [column.choices.by_id(id) for id in ids]
    return ("、" if lang == "zh" else ", ").join(member.zh if lang == "zh" else member.en for member in members)


def grouped(number: str) -> str:
    """Return a decimal with its thousands separated: 1234567.5 → 1,234,567.5."""
    if "e" in number or "n" in number:
        return number
    whole, dot, rest = number.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() else number


def heading(column: Column, lang: str) -> str:
    """Return a column's heading."""
    return column.zh if lang == "zh" else column.en


def unit(name: str, lang: str) -> str:
    """Return a unit in words."""
    return UNITS[name][lang] if name in UNITS else name


def kind_word(kind: str, lang: str) -> str:
    """Return what kind of thing a finding is about."""
    if kind in KINDS:
        return KINDS[kind].zh if lang == "zh" else KINDS[kind].en
    return {"county": ("县", "county"), "township": ("乡镇", "township"), "record": ("记录", "records")}.get(kind, (kind, kind))[0 if lang == "zh" else 1]
