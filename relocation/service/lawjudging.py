"""Which of the things a county's text says can be law: known checks and parameters, whole values, documents that exist."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checks.check import Check
from checks.instruments import Instrument, Instruments, instruments_of
from checks.policy import PROJECT, Parameter, Standing, covers, specificity
from checks.sheet import Overlay, SheetError, overlay_of
from checks.vocabulary import UNITS
from relocation.service.judging import near
from relocation.service.lawtext import Written, is_day, short, written

COUNTY_DEPTH = 3
_VALUE_KEYS = ("since", "amount", "instrument", "clause", "standing", "place", "review_by")
_DOCUMENT_KEYS = ("title", "number", "issuer", "issued_on", "place", "basis", "is_document", "note")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
MOST = {"%": 100.0, "persons": 10_000_000.0, "households": 10_000_000.0, "days": 36_600.0, "m2/person": 100_000.0}
"""The greatest amount a unit can have; of a unit not named here, a billion."""


@dataclass(frozen=True, slots=True)
class LawText:
    """A county's text that can be law."""

    place: str
    text: str
    overlay: Overlay
    instruments: Instruments


def is_county(place: str) -> bool:
    """Tell whether a code is a county's: six digits of a province, a prefecture and a county in it."""
    return bool(re.fullmatch(r"[1-8][0-9]{5}", place)) and specificity(place) == COUNTY_DEPTH


def most(unit: str) -> float:
    """Return the greatest amount that can be in a unit."""
    return MOST.get(unit, 1e9)


def read_law(text: str, checks: Mapping[str, Check], register: Instruments, registered: Mapping[str, str], sites: Callable[[str], Collection[str]]) -> LawText:
    """Read a county's text. LawRefused, with every reason and its line, where it cannot be law.

    register   : the documents that exist beside those the text registers itself
    registered : ids of documents that counties have registered, and the county of each
    sites      : tells the codes of the sites that a county has, for values of one project only
    """
    said = written(text)
    if not isinstance(said.data, Mapping):
        said.refuse("not-a-mapping", "", value=short(said.data))
        said.raise_if_refused()
    _known_keys(said, "", said.data, ("place", "checks", "instruments"))
    place = str(said.data.get("place") or "")
    if not is_county(place):
        said.refuse("not-a-county", "place", value=short(place))
        said.raise_if_refused()
    own = _documents(said, place, register, registered)
    _checks(said, place, checks, {**register, **own})
    _projects(said, place, checks, sites)
    said.raise_if_refused()
    try:
        return LawText(place, text, overlay_of({**said.data, "checks": said.data.get("checks") or {}}, "YAML"), own)
    except SheetError as problem:  # nothing should be left for it to find
        said.refuse("unreadable", problem.key, value=problem.expected)
        said.raise_if_refused()
        raise


def _known_keys(said: Written, path: str, body: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in body:
        if key not in known:
            said.refuse("unknown-key", f"{path}.{key}" if path else key, near=", ".join(known))


def _section(said: Written, path: str, body: object) -> Mapping[str, Any]:
    if body is None:
        return {}
    if not isinstance(body, Mapping):
        said.refuse("not-a-mapping", path, value=short(body))
        return {}
    return body


def _documents(said: Written, place: str, register: Instruments, registered: Mapping[str, str]) -> dict[str, Instrument]:
    made: dict[str, Instrument] = {}
    for id, raw in _section(said, "instruments", said.data.get("instruments")).items():
        path = f"instruments.{id}"
        body = dict(_section(said, path, raw))
        _known_keys(said, path, body, _DOCUMENT_KEYS)
        if not _ID.fullmatch(id):
            said.refuse("bad-id", path, value=short(id))
            continue
        if id in register or registered.get(id, place) != place:
            said.refuse("taken-id", path, value=id)
            continue
        if not covers(str(body.get("place", "")) or "999999", place):
            said.refuse("bad-document", path, value="place")
            continue
        if not body.get("issuer"):
            said.refuse("bad-document", path, value="issuer")  # a county knows whose word it publishes
            continue
        try:
            made.update(instruments_of({id: {**body, "number": body.get("number") or "", "issued_on": body.get("issued_on") or ""}}, "YAML"))
        except SheetError as problem:
            said.refuse("bad-document", path, value=problem.key.removeprefix(f"{id}."))
    return made


def _checks(said: Written, place: str, checks: Mapping[str, Check], register: Instruments) -> None:
    for id, parameters in _section(said, "checks", said.data.get("checks")).items():
        path = f"checks.{id}"
        if id not in checks:
            said.refuse("unknown-check", path, value=short(id), near=near(id, list(checks)))
            continue
        known = checks[id].own_parameters
        for name, values in _section(said, path, parameters).items():
            here = f"{path}.{name}"
            if name not in known:
                said.refuse("unknown-parameter", here, check=id, value=short(name), near=", ".join(known) or "–")
            elif not isinstance(values, list):
                said.refuse("not-a-list", here)
            else:
                _values(said, here, values, known[name], place, register)


def _values(said: Written, path: str, values: list[Any], parameter: Parameter, place: str, register: Instruments) -> None:
    held: set[tuple[object, str]] = set()
    for number, raw in enumerate(values):
        here = f"{path}[{number}]"
        if not isinstance(raw, Mapping):
            said.refuse("not-a-mapping", here, value=short(raw))
            continue
        _known_keys(said, here, raw, _VALUE_KEYS)
        since, where = raw.get("since"), str(raw.get("place", place))
        if not is_day(since):
            said.refuse("no-since", f"{here}.since", value=short(since))
        elif (since, where) in held:
            said.refuse("same-day", here, value=since)
        else:
            held.add((since, where))
        _amount(said, here, raw, parameter)
        _source(said, here, raw, register)
        if where != place and not where.startswith(place + PROJECT):
            said.refuse("other-place", f"{here}.place", value=short(where), place=place)
        due = raw.get("review_by")
        if due is not None and not (is_day(due) and is_day(since) and due >= since):
            said.refuse("bad-review", f"{here}.review_by", value=short(due))


def _projects(said: Written, place: str, checks: Mapping[str, Check], sites: Callable[[str], Collection[str]]) -> None:
    """Refuse values of a project for a check that judges no record of a site, and for a site the county does not have."""
    for id, name, number, where in _project_values(said.data.get("checks"), place):
        here = f"checks.{id}.{name}[{number}].place"
        code = where.partition(PROJECT)[2]
        if id in checks and not checks[id].judges_projects:
            said.refuse("no-project", here, check=id, place=place)
        elif code not in (known := sites(place)):
            said.refuse("unknown-project", here, value=short(code), near=near(code, sorted(known)) or "–")


def _project_values(written: object, place: str) -> Iterator[tuple[str, str, int, str]]:
    """Yield check, parameter, number and place of every value that names a project, wherever the text is well formed."""
    for id, parameters in written.items() if isinstance(written, Mapping) else ():
        for name, values in parameters.items() if isinstance(parameters, Mapping) else ():
            for number, raw in enumerate(values if isinstance(values, list) else ()):
                where = str(raw.get("place", "")) if isinstance(raw, Mapping) else ""
                if where.startswith(place + PROJECT):
                    yield id, name, number, where


def _amount(said: Written, path: str, raw: Mapping[str, Any], parameter: Parameter) -> None:
    amount, unit = raw.get("amount"), UNITS[parameter.unit]
    if "amount" in raw and amount is None:
        return
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not math.isfinite(amount):
        said.refuse("no-amount", f"{path}.amount", value=short(amount), unit=unit_words(unit))
    elif not 0 <= amount <= most(parameter.unit):
        said.refuse("out-of-range", f"{path}.amount", value=amount, unit=unit_words(unit), least=0, most=f"{most(parameter.unit):,.0f}")


def unit_words(unit: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a unit is called, and where there is none, that it is a plain number."""
    return unit if unit["zh"] else {"zh": "（无单位）", "en": "a plain number"}


def _source(said: Written, path: str, raw: Mapping[str, Any], register: Instruments) -> None:
    instrument = str(raw.get("instrument") or "").strip()
    if not instrument:
        said.refuse("no-instrument", f"{path}.instrument", near=next(iter(register), "–"))
    elif instrument not in register:
        said.refuse("unknown-instrument", f"{path}.instrument", value=short(instrument), near=near(instrument, list(register)))
    clause = raw.get("clause")
    if not isinstance(clause, Mapping) or set(clause) != {"zh", "en"} or not all(str(text or "").strip() for text in clause.values()):
        said.refuse("no-clause", f"{path}.clause")
    if str(raw.get("standing")) not in set(Standing):
        said.refuse("no-standing", f"{path}.standing", value=short(raw.get("standing")), near=", ".join(Standing))
