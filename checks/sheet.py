"""Rule sheets: the titles, dated values, sentences and worked cases that stand beside a rule, read and refused here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from checks.plain import plain
from checks.policy import NATIONAL, Parameter, Standing, Value
from checks.vocabulary import LEDGERS, OFFICES, UNITS

Words = Mapping[str, str]
"""The same text in both languages: {"zh": …, "en": …}."""


class SheetError(ValueError):
    """A rule sheet or an overlay that cannot be used; says in which file, at which key, and what was expected."""

    def __init__(self, file: str, key: str, expected: str) -> None:
        super().__init__(f"{file}: {key}: {expected}")
        self.file, self.key, self.expected = file, key, expected


@dataclass(frozen=True, slots=True)
class Reason:
    """How one reason is said: what was found, and what to do about it (empty: the sheet's general remedy).

    `office` is who does it where that is not the sheet's own office. `due` says that the days measured run to the day of
    judgement against a limit of days, so that what is left of the limit tells by which day it has to be done.
    """

    found: Words
    remedy: Words
    office: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Records of a ledger beside an area that could change: those whose flags and choices are among `where` become `into`.

    They turn in the order of the day in the column `earliest`, those without one last; in that of the ledger where it is empty.
    """

    ledger: str
    where: Mapping[str, tuple[Any, ...]]
    into: Mapping[str, Any]
    earliest: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A number whose smallest change might turn a finding into a pass.

    `steps` says how far one step moves each field: a number, or "a/b", the quotient of two of the record's own fields.
    `said` tells the change in words, with {steps}, {before} and {after} of the first field. Records that share the
    columns `by` are mended together: `together` tells it with those columns, {n} records and the {change} of each.
    Instead of numbers of its own an area may be mended by what `turns` among the records in it, {steps} of them.
    """

    about: str
    steps: Mapping[str, float | str]
    said: Words
    by: tuple[str, ...] = ()
    together: Words | None = None
    turns: Turn | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example: facts in, verdict out. Shown on the check's page, and run as its test."""

    title: Words
    about: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    as_of: date
    around: Mapping[str, Any] = field(default_factory=dict)
    overlay: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[Mapping[str, Any], ...] = ()  # further records of the same kind, where a rule compares records


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of a check that is not its rule."""

    title: Words
    question: Words
    unit: str
    remedy: Words
    page_zh: str
    parameters: Mapping[str, Parameter]
    reasons: Mapping[str, Reason]
    phrases: Mapping[str, Mapping[str, Words]]
    labels: Mapping[str, Words]
    cases: tuple[Case, ...]
    office: str
    formerly: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


_KEYS = {"title", "question", "unit", "remedy", "page", "parameters", "reasons", "phrases", "labels", "cases", "formerly", "office", "fixes"}
_VALUE_KEYS = {"since", "amount", "instrument", "clause", "standing", "place", "review_by", "first_day"}


def read_sheet(path: Path) -> Sheet:
    """Read one sheet. Raises SheetError for anything missing, unknown or said in one language only."""
    raw = _mapping(_yaml(path), path.name, "sheet")
    if unknown := set(raw) - _KEYS:
        raise SheetError(path.name, ", ".join(sorted(unknown)), f"one of {', '.join(sorted(_KEYS))}")
    name = path.name
    return Sheet(
        title=words(raw.get("title"), name, "title"),
        question=words(raw.get("question"), name, "question"),
        unit=_unit(name, "unit", raw.get("unit", "")),
        remedy=words(raw.get("remedy"), name, "remedy"),
        page_zh=str(raw.get("page", "")).strip(),
        parameters={key: _parameter(path, key, body) for key, body in _mapping(raw.get("parameters", {}), name, "parameters").items()},
        reasons={key: _reason(name, key, body) for key, body in _mapping(raw.get("reasons"), name, "reasons").items()},
        phrases={
            group: {state: words(text, name, f"phrases.{group}.{state}", may_be_empty=True) for state, text in states.items()}
            for group, states in _mapping(raw.get("phrases", {}), name, "phrases").items()
        },
        labels={key: words(text, name, f"labels.{key}") for key, text in _mapping(raw.get("labels", {}), name, "labels").items()},
        cases=tuple(_case(name, i, body) for i, body in enumerate(raw.get("cases", ()))),
        formerly=tuple(raw.get("formerly", ())),
        office=_office(name, "office", raw.get("office")),
        fixes=tuple(_fix(name, i, body) for i, body in enumerate(raw.get("fixes", ()))),
    )


@dataclass(frozen=True, slots=True)
class Overlay:
    """The values one place has set for itself: check id → parameter → values."""

    place: str
    values: Mapping[str, Mapping[str, tuple[Value, ...]]]


def read_overlay(path: Path) -> Overlay:
    """Read a place's own values. Raises SheetError for a missing place or an incomplete value."""
    return overlay_of(_yaml(path), path.name)


def overlay_of(written: object, file: str) -> Overlay:
    """Return a place's own values from what its YAML says; `file` is named where that cannot be used (SheetError)."""
    raw = _mapping(written, file, "overlay")
    place = str(raw.get("place", ""))
    if len(place) != 6 or not place.isdigit():
        raise SheetError(file, "place", "an administrative code of six digits, in quotes")
    checks = _mapping(raw.get("checks"), file, "checks")
    return Overlay(
        place,
        {
            check: {
                key: tuple(_value(file, f"{check}.{key}", {"place": place, **value}) for value in values)
                for key, values in _mapping(parameters, file, check).items()
            }
            for check, parameters in checks.items()
        },
    )


def words(raw: object, file: str, key: str, *, may_be_empty: bool = False) -> Words:
    """Return a text in both languages; SheetError when one is missing."""
    if not isinstance(raw, Mapping) or set(raw) != {"zh", "en"}:
        raise SheetError(file, key, "a text with zh and en")
    texts = {lang: str(raw[lang]).strip() for lang in ("zh", "en")}
    if not may_be_empty and not all(texts.values()):
        raise SheetError(file, key, "neither zh nor en may be empty")
    return texts


def _yaml(path: Path) -> object:
    try:
        return plain(path.read_text("utf-8"))
    except yaml.YAMLError as problem:
        raise SheetError(path.name, "YAML", str(problem).splitlines()[0]) from problem


def _mapping(raw: object, file: str, key: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise SheetError(file, key, "a mapping")
    return raw


def _parameter(path: Path, name: str, raw: Mapping[str, Any]) -> Parameter:
    file = path.name
    if "lent_by" in raw:
        return _lent(path, name, str(raw["lent_by"]))
    title = words({"zh": raw.get("zh", ""), "en": raw.get("en", "")}, file, f"parameters.{name}")
    values = tuple(_value(file, f"parameters.{name}", value) for value in raw.get("values", ()))
    days = [(value.place, value.since) for value in values]
    if len(set(days)) != len(days):
        raise SheetError(file, f"parameters.{name}", "one value a day and place")
    return Parameter(name, _unit(file, f"parameters.{name}.unit", raw.get("unit", "")), title["zh"], title["en"], values)


def _lent(path: Path, name: str, lender: str) -> Parameter:
    """Return the parameter of the same name that another check's sheet has, so that no value is written twice."""
    for sheet in path.parent.parent.glob(f"*/{lender.replace('-', '_')}.yaml"):
        written = _mapping(_mapping(_yaml(sheet), sheet.name, "sheet").get("parameters"), sheet.name, "parameters").get(name)
        if isinstance(written, Mapping) and "lent_by" not in written:
            return replace(_parameter(sheet, name, written), lent_by=lender)
    raise SheetError(path.name, f"parameters.{name}.lent_by", "a check with a parameter of that name")


def _unit(file: str, key: str, raw: object) -> str:
    if raw not in UNITS:
        raise SheetError(file, key, f"one of {', '.join(UNITS)}")
    return str(raw)


def _value(file: str, key: str, raw: Mapping[str, Any]) -> Value:
    if unknown := set(raw) - _VALUE_KEYS:
        raise SheetError(file, key, f"no {', '.join(sorted(unknown))}")
    if not isinstance(raw.get("since"), date):
        raise SheetError(file, key, "a day since which the value holds (since: 2016-09-22)")
    if not str(raw.get("instrument", "")).strip():
        raise SheetError(file, key, "the instrument that says so")
    try:
        standing = Standing(str(raw.get("standing")))
    except ValueError:
        raise SheetError(file, key, f"standing: one of {', '.join(Standing)}") from None
    amount = raw.get("amount")
    if amount is not None and not isinstance(amount, int | float):
        raise SheetError(file, key, "amount: a number, or null where the rule ends")
    review_by = raw.get("review_by")
    if review_by is not None and not isinstance(review_by, date):
        raise SheetError(file, key, "review_by: a day")
    if raw.get("first_day", "assumed") != "assumed":
        raise SheetError(file, key, "first_day: assumed, where since is not the day its source names; else leave it out")
    number, clause, place = None if amount is None else float(amount), words(raw.get("clause"), file, f"{key}.clause"), str(raw.get("place", NATIONAL))
    return Value(raw["since"], number, str(raw["instrument"]), clause, standing, place, review_by, "first_day" in raw)


def _reason(file: str, name: str, raw: Mapping[str, Any]) -> Reason:
    found = words({"zh": raw.get("zh", ""), "en": raw.get("en", "")}, file, f"reasons.{name}")
    remedy = raw.get("remedy", {"zh": "", "en": ""})
    office = _office(file, f"reasons.{name}.office", raw["office"]) if "office" in raw else ""
    return Reason(found, words(remedy, file, f"reasons.{name}.remedy", may_be_empty=True), office, bool(raw.get("due", False)))


def _office(file: str, key: str, raw: object) -> str:
    if raw not in OFFICES:
        raise SheetError(file, key, f"one of {', '.join(OFFICES)}")
    return str(raw)


def _fix(file: str, number: int, raw: Mapping[str, Any]) -> Fix:
    key = f"fixes[{number}]"
    turns = _turn(file, f"{key}.turns", raw["turns"]) if "turns" in raw else None
    steps = _mapping(raw.get("steps", {}), file, f"{key}.steps")
    if bool(steps) == bool(turns):
        raise SheetError(file, f"{key}.steps", "at least one field and its step, or turns")
    by, together = tuple(raw.get("by", ())), raw.get("together")
    if bool(by) != bool(together):
        raise SheetError(file, key, "by and together, both or neither")
    said = words({"zh": raw.get("zh", ""), "en": raw.get("en", "")}, file, key)
    return Fix(str(raw["about"]), dict(steps), said, by, words(together, file, f"{key}.together") if together else None, turns)


def _turn(file: str, key: str, raw: object) -> Turn:
    turns = _mapping(raw, file, key)
    if turns.get("ledger") not in LEDGERS or not turns.get("where") or not turns.get("into"):
        raise SheetError(file, key, "a ledger, where and into")
    where = {name: tuple(wanted) for name, wanted in _mapping(turns["where"], file, f"{key}.where").items()}
    return Turn(str(turns["ledger"]), where, dict(_mapping(turns["into"], file, f"{key}.into")), str(turns.get("earliest", "")))


def _case(file: str, number: int, raw: Mapping[str, Any]) -> Case:
    key = f"cases[{number}]"
    title = words(raw.get("title"), file, f"{key}.title")
    given, expect = _mapping(raw.get("given"), file, f"{key}.given"), _mapping(raw.get("expect"), file, f"{key}.expect")
    as_of = raw.get("as_of", date(2018, 6, 30))
    return Case(
        title,
        str(raw["about"]),
        given,
        expect,
        as_of,
        raw.get("around", {}),
        raw.get("overlay", {}),
        str(raw.get("source", "")),
        raw.get("beside", {}),
        tuple(raw.get("others", ())),
    )
